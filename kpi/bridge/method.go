package bridge

import "github.com/saleskpi/saleskpi/internal/enum"

// Method says how the drivers of a formula share the gap. The zero Method is
// Shapley.
type Method uint8

const (
	Shapley    Method = iota // the mean over all orders in which drivers may change: no order to argue about
	InSequence               // one after the other in a stated order: what changes later meets what changed before
)

func methodWords() []string { return []string{"shapley", "sequence"} }

// String gives shapley or sequence.
func (m Method) String() string { return enum.String(methodWords(), m) }

// MarshalText gives the word.
func (m Method) MarshalText() ([]byte, error) {
	return enum.Marshal("bridge.Method", methodWords(), m)
}

// UnmarshalText reads the word.
func (m *Method) UnmarshalText(text []byte) error {
	return enum.Unmarshal("bridge.Method", methodWords(), text, m)
}
