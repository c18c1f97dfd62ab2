package steps

import "github.com/saleskpi/saleskpi/internal/enum"

// Fate says what became of an entity between two steps, or why it is not in
// the funnel. An entity that reached the first of the two has one of the first
// four; the others tell, in this order, why it did not enter.
type Fate uint8

const (
	Converted    Fate = iota // it reached the second step; the zero Fate
	NotConverted             // it did not, and no time is left
	StillOpen                // it did not, and may yet
	Dropped                  // whenever it got as far as it got, an exclusion lay on its way
	NoEntry                  // no event of the first step, or none among the question's entries
	NotBegun                 // all its events lie after the as-of instant
	NoTime                   // no event has an instant of 1900–2200
	NoID                     // events without the ID of an entity, together one
	fates        = iota
)

func fateWords() []string {
	return []string{"converted", "not_converted", "still_open", "dropped", "no_entry", "not_begun", "no_time", "no_id"}
}

// String gives converted, not_converted, still_open, dropped, no_entry,
// not_begun, no_time or no_id.
func (f Fate) String() string { return enum.String(fateWords(), f) }

// MarshalText gives the word; a fate outside the constants is an error.
func (f Fate) MarshalText() ([]byte, error) { return enum.Marshal("steps.Fate", fateWords(), f) }

// UnmarshalText reads the word.
func (f *Fate) UnmarshalText(text []byte) error {
	return enum.Unmarshal("steps.Fate", fateWords(), text, f)
}
