package scorecard

import "github.com/saleskpi/saleskpi/internal/enum"

// Axis says what a curve or a gate reads. The zero Axis is OverAttainment.
type Axis uint8

const (
	OverAttainment Axis = iota // actual against target, 1 is 100 %
	OverActual                 // the actual itself, whatever the target
)

func axisWords() []string { return []string{"attainment", "actual"} }

// String gives attainment or actual.
func (a Axis) String() string { return enum.String(axisWords(), a) }

// MarshalText gives the word.
func (a Axis) MarshalText() ([]byte, error) {
	return enum.Marshal("scorecard.Axis", axisWords(), a)
}

// UnmarshalText reads the word.
func (a *Axis) UnmarshalText(text []byte) error {
	return enum.Unmarshal("scorecard.Axis", axisWords(), text, a)
}
