package cube

import (
	"slices"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
)

// Method says which amount a quantile gives where p falls between two of
// them. With x₁ ≤ … ≤ xₙ:
//
//	linear        h = (n − 1)p + 1;  x⌊h⌋ + (h − ⌊h⌋)(x⌊h⌋+1 − x⌊h⌋)
//	nearest rank  x⌈pn⌉, and x₁ for p = 0
//
// Linear is type 7 of Hyndman and Fan (1996), the default of R, NumPy and
// spreadsheets; its median of an even number is the mean of the middle two.
// Nearest rank always gives an amount that was there (their type 1). The
// zero Method is Linear.
type Method uint8

const (
	Linear      Method = iota // between two amounts, in proportion
	NearestRank               // always one of the amounts
)

func methodWords() []string { return []string{"linear", "nearest_rank"} }

// String gives linear or nearest_rank.
func (m Method) String() string { return enum.String(methodWords(), m) }

// MarshalText gives the word; a method outside the constants is an error.
func (m Method) MarshalText() ([]byte, error) { return enum.Marshal("cube.Method", methodWords(), m) }

// UnmarshalText reads the word.
func (m *Method) UnmarshalText(text []byte) error {
	return enum.Unmarshal("cube.Method", methodWords(), text, m)
}

// amounts are what a quantile keeps of a cell: most in a word at the scale
// of the unit, the few that do not fit as values.
type amounts struct {
	small []int64
	large []kpi.Value
}

func (a *amounts) add(n amount) {
	if n.wide == nil {
		a.small = append(a.small, n.small)
	} else {
		a.large = append(a.large, kpi.FromBig(n.wide, kpi.MaxScale))
	}
}

func (a *amounts) absorb(o *amounts) {
	a.small = append(a.small, o.small...)
	a.large = append(a.large, o.large...)
}

// sort orders the amounts, and moves those that fit a word after all.
func (a *amounts) sort(scale int) {
	a.large = slices.DeleteFunc(a.large, func(v kpi.Value) bool {
		n, fits := v.Minor(scale, kpi.HalfEven)
		if fits = fits && kpi.Minor(n, scale) == v; fits {
			a.small = append(a.small, n)
		}
		return fits
	})
	slices.Sort(a.small)
	slices.SortFunc(a.large, kpi.Value.Compare)
}

// quantile gives the amount at p by a method. It sorts.
func (a *amounts) quantile(p kpi.Value, m Method, scale int) kpi.Value {
	n := len(a.small) + len(a.large)
	if n == 0 {
		return kpi.Value{}
	}
	a.sort(scale)
	if m == NearestRank {
		return a.nth(max(ceil(p.Mul(kpi.Int(int64(n)))), 1), scale)
	}
	h := p.Mul(kpi.Int(int64(n - 1)))
	whole, _ := h.Minor(0, kpi.Floor)
	low := a.nth(whole+1, scale)
	part := h.Sub(kpi.Int(whole))
	if part.Sign() == 0 {
		return low
	}
	return low.Add(a.nth(whole+2, scale).Sub(low).Mul(part))
}

func ceil(v kpi.Value) int64 {
	n, _ := v.Minor(0, kpi.Ceiling)
	return n
}

// nth gives the n-th least of the sorted amounts, from 1. The large ones are
// few.
func (a *amounts) nth(n int64, scale int) kpi.Value {
	for i, v := range a.large {
		below, _ := slices.BinarySearchFunc(a.small, v, func(s int64, v kpi.Value) int {
			return kpi.Minor(s, scale).Compare(v)
		})
		switch place := int64(below + i + 1); {
		case place == n:
			return v
		case place > n:
			return kpi.Minor(a.small[n-1-int64(i)], scale)
		}
	}
	return kpi.Minor(a.small[n-1-int64(len(a.large))], scale)
}
