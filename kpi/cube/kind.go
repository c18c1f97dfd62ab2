package cube

import "github.com/saleskpi/saleskpi/internal/enum"

// Kind says what a measure makes of the records of a cell. The zero Kind is
// Sum. Over no records a count and a distinct count are 0, every other kind
// is no data.
//
// What is kept is one or a few numbers for each cell, except for the last
// three kinds, which keep their values.
type Kind uint8

const (
	Sum      Kind = iota // the sum of an amount
	Count                // how many records
	Min                  // the least amount
	Max                  // the greatest amount
	Mean                 // the sum of an amount over how many there are
	First                // the amount of the earliest day; of several on that day the least
	Last                 // the amount of the latest day; of several on that day the greatest
	Distinct             // how many different keys; keeps the keys
	Balance              // what stands at the end of a period, see [Standing]; keeps the readings
	Quantile             // the amount below which a part of them lies, see [Measure]; keeps the amounts
)

func kindWords() []string {
	return []string{"sum", "count", "min", "max", "mean", "first", "last", "distinct", "balance", "quantile"}
}

// String gives sum, count, min, max, mean, first, last, distinct, balance or
// quantile.
func (k Kind) String() string { return enum.String(kindWords(), k) }

// MarshalText gives the word; a kind outside the constants is an error.
func (k Kind) MarshalText() ([]byte, error) { return enum.Marshal("cube.Kind", kindWords(), k) }

// UnmarshalText reads the word.
func (k *Kind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("cube.Kind", kindWords(), text, k)
}

// counts reports whether records are counted without an amount, so that over
// nothing there are 0.
func (k Kind) counts() bool { return k == Count || k == Distinct }

// keyed reports whether the kind needs a key.
func (k Kind) keyed() bool { return k == Distinct || k == Balance }

// keeps reports whether the kind keeps its values.
func (k Kind) keeps() bool { return k >= Distinct }
