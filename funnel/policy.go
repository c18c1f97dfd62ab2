package funnel

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Policy says how a history that does not go straight through the stages is
// read. The zero Policy is the usual one: a deal has passed the stages before
// the furthest it reached, keeps that when it moves back, is one deal with one
// life however often it is opened again, and its clock starts with its first
// entry.
type Policy struct {
	Skips Skips `json:"skips"`
	Back  Back  `json:"back"`
	Lives Lives `json:"lives"`
	Clock Clock `json:"clock"`
}

// Skips says which stages a deal has reached that jumped over some.
type Skips uint8

const (
	Implied Skips = iota // those it entered and all before; a won deal has passed every stage
	Entered              // those with an entry on record, and no other
	Strict               // those that it came to through every stage before, each entered after the one before
)

func skipsWords() []string { return []string{"implied", "entered", "strict"} }

// String gives implied, entered or strict.
func (s Skips) String() string { return enum.String(skipsWords(), s) }

// MarshalText gives the word; a policy outside the constants is an error.
func (s Skips) MarshalText() ([]byte, error) { return enum.Marshal("funnel.Skips", skipsWords(), s) }

// UnmarshalText reads the word.
func (s *Skips) UnmarshalText(text []byte) error {
	return enum.Unmarshal("funnel.Skips", skipsWords(), text, s)
}

// Back says what a deal that moved back has reached.
type Back uint8

const (
	Kept Back = iota // what it reached before, too
	Net              // what lies up to the stage where it is now, or was when it closed
)

func backWords() []string { return []string{"kept", "net"} }

// String gives kept or net.
func (b Back) String() string { return enum.String(backWords(), b) }

// MarshalText gives the word; a policy outside the constants is an error.
func (b Back) MarshalText() ([]byte, error) { return enum.Marshal("funnel.Back", backWords(), b) }

// UnmarshalText reads the word.
func (b *Back) UnmarshalText(text []byte) error {
	return enum.Unmarshal("funnel.Back", backWords(), text, b)
}

// Lives says what a deal is that leaves an end again.
type Lives uint8

const (
	OneLife Lives = iota // the same deal: what counts is where it stands on the as-of instant
	NewLife              // a new attempt, with its own start, age and end; the earlier one keeps its end
)

func livesWords() []string { return []string{"one_life", "new_life"} }

// String gives one_life or new_life.
func (l Lives) String() string { return enum.String(livesWords(), l) }

// MarshalText gives the word; a policy outside the constants is an error.
func (l Lives) MarshalText() ([]byte, error) { return enum.Marshal("funnel.Lives", livesWords(), l) }

// UnmarshalText reads the word.
func (l *Lives) UnmarshalText(text []byte) error {
	return enum.Unmarshal("funnel.Lives", livesWords(), text, l)
}

// Clock says which entry into the question's Start begins age, cycle and
// cohort; without a Start the creation does, whatever the clock.
type Clock uint8

const (
	FirstEntry Clock = iota // the first entry into Start or a later open stage
	LastEntry               // the latest entry into Start itself; where there is none, as FirstEntry
)

func clockWords() []string { return []string{"first_entry", "last_entry"} }

// String gives first_entry or last_entry.
func (c Clock) String() string { return enum.String(clockWords(), c) }

// MarshalText gives the word; a policy outside the constants is an error.
func (c Clock) MarshalText() ([]byte, error) { return enum.Marshal("funnel.Clock", clockWords(), c) }

// UnmarshalText reads the word.
func (c *Clock) UnmarshalText(text []byte) error {
	return enum.Unmarshal("funnel.Clock", clockWords(), text, c)
}

func (p Policy) validate(problems *check.List) {
	for _, word := range []struct {
		path     string
		of, most uint8
	}{
		{"policy.skips", uint8(p.Skips), uint8(Strict)},
		{"policy.back", uint8(p.Back), uint8(Net)},
		{"policy.lives", uint8(p.Lives), uint8(NewLife)},
		{"policy.clock", uint8(p.Clock), uint8(LastEntry)},
	} {
		if word.of > word.most {
			problems.Add(check.ErrUnknown, word.path, "unknown_word", word.of)
		}
	}
}
