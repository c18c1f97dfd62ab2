package bridge

import "github.com/saleskpi/saleskpi/internal/enum"

// Basis says what a [PriceVolumeMix] explains. The zero Basis is Amounts.
type Basis uint8

const (
	Amounts Basis = iota // the amounts of the lines: revenue, or whatever was put in
	Margins              // amounts less costs, with the part cost beside price
)

func basisWords() []string { return []string{"amounts", "margins"} }

// String gives amounts or margins.
func (b Basis) String() string { return enum.String(basisWords(), b) }

// MarshalText gives the word.
func (b Basis) MarshalText() ([]byte, error) { return enum.Marshal("bridge.Basis", basisWords(), b) }

// UnmarshalText reads the word.
func (b *Basis) UnmarshalText(text []byte) error {
	return enum.Unmarshal("bridge.Basis", basisWords(), text, b)
}
