package funnel

import "github.com/saleskpi/saleskpi/internal/enum"

// Outcome says what a stage means for a deal in it. The zero Outcome is Open.
type Outcome uint8

const (
	Open         Outcome = iota // still being worked on
	Won                         // the end that counts as success
	Lost                        // every other end, "no decision" among them
	Disqualified                // an end that was no real chance or a duplicate: outside the win rate, counted apart
)

func outcomeWords() []string { return []string{"open", "won", "lost", "disqualified"} }

// String gives open, won, lost or disqualified.
func (o Outcome) String() string { return enum.String(outcomeWords(), o) }

// MarshalText gives the word; an outcome outside the constants is an error.
func (o Outcome) MarshalText() ([]byte, error) {
	return enum.Marshal("funnel.Outcome", outcomeWords(), o)
}

// UnmarshalText reads the word.
func (o *Outcome) UnmarshalText(text []byte) error {
	return enum.Unmarshal("funnel.Outcome", outcomeWords(), text, o)
}
