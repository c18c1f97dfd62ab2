package scorecard

import "github.com/saleskpi/saleskpi/internal/enum"

// Ties says how places are numbered where scores are equal. The zero Ties is
// Competition.
type Ties uint8

const (
	Competition Ties = iota // 1, 2, 2, 4: one more than how many are better
	Dense                   // 1, 2, 2, 3: one more than how many better scores there are
	Modified                // 1, 3, 3, 4: how many are as good or better
)

func tiesWords() []string { return []string{"competition", "dense", "modified"} }

// String gives competition, dense or modified.
func (t Ties) String() string { return enum.String(tiesWords(), t) }

// MarshalText gives the word.
func (t Ties) MarshalText() ([]byte, error) {
	return enum.Marshal("scorecard.Ties", tiesWords(), t)
}

// UnmarshalText reads the word.
func (t *Ties) UnmarshalText(text []byte) error {
	return enum.Unmarshal("scorecard.Ties", tiesWords(), text, t)
}

// rank numbers the places from to to of equal ones, which are the nth group.
func (t Ties) rank(from, nth, to int) int {
	switch t {
	case Dense:
		return nth
	case Modified:
		return to
	}
	return from + 1
}
