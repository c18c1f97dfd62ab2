package bridge

import "github.com/saleskpi/saleskpi/internal/enum"

// StepKind says what a [Step] draws.
type StepKind uint8

const (
	Start    StepKind = iota // a column from zero to the base value
	Change                   // a floating column: one part
	Rest                     // a floating column: the members that stand together
	Subtotal                 // a column from zero to what is reached
	End                      // a column from zero to the current value
)

func stepWords() []string { return []string{"start", "change", "rest", "subtotal", "end"} }

// String gives start, change, rest, subtotal or end.
func (s StepKind) String() string { return enum.String(stepWords(), s) }

// MarshalText gives the word.
func (s StepKind) MarshalText() ([]byte, error) {
	return enum.Marshal("bridge.StepKind", stepWords(), s)
}

// UnmarshalText reads the word.
func (s *StepKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("bridge.StepKind", stepWords(), text, s)
}
