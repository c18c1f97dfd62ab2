package cube

import "github.com/saleskpi/saleskpi/internal/enum"

// Kind says what a measure makes of the records of a cell. The zero Kind is
// Sum.
type Kind uint8

const (
	Sum   Kind = iota // the sum of an amount; no data where there are none
	Count             // how many records; 0 where there are none
)

func kindWords() []string { return []string{"sum", "count"} }

// String gives sum or count.
func (k Kind) String() string { return enum.String(kindWords(), k) }

// MarshalText gives the word; a kind outside the constants is an error.
func (k Kind) MarshalText() ([]byte, error) { return enum.Marshal("cube.Kind", kindWords(), k) }

// UnmarshalText reads the word.
func (k *Kind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("cube.Kind", kindWords(), text, k)
}
