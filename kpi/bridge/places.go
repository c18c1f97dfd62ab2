package bridge

import (
	"math/big"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
)

// A sum of 7/3, 5/19 and ten thousand more has a denominator of thousands of
// digits. Up to these limits fractions are kept, and beyond them shortened.
const (
	mostBits     = 1024 // of the common denominator
	mostProducts = 1000 // products or segments with fractions of their own
	casePlaces   = 12   // of cases of a formula, as many as a Value shows
	morePlaces   = 6    // of amounts beyond those of their unit, and of numerators
)

// tooFine reports whether the values have no common denominator of mostBits.
func tooFine(values []kpi.Value) bool {
	common, seen := big.NewInt(1), map[string]bool{}
	for _, v := range values {
		if _, whole := v.Int64(); whole {
			continue
		}
		_, text, fraction := strings.Cut(v.Exact(), "/")
		if !fraction || seen[text] {
			continue
		}
		seen[text] = true
		den, _ := new(big.Int).SetString(text, 10)
		shared := new(big.Int).GCD(nil, nil, common, den)
		common.Mul(common, den.Quo(den, shared))
		if common.BitLen() > mostBits {
			return true
		}
	}
	return false
}

// shorten rounds every value. Whoever splits by these values does so with
// what they then are, so that nothing is lost.
func shorten(values []kpi.Value, places int) {
	for i, v := range values {
		values[i] = round(v, places, kpi.HalfEven)
	}
}

// round gives a value with a scale, of any size.
func round(v kpi.Value, scale int, mode kpi.Rounding) kpi.Value {
	if n, ok := v.Minor(scale, mode); ok {
		return kpi.Minor(n, scale)
	}
	d, ok := v.Decimal(scale, mode)
	if !ok {
		return v
	}
	return kpi.FromBig(d.Coefficient(), scale)
}
