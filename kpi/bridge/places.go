package bridge

import (
	"math/big"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
)

const (
	mostBits = 1024 // of the common denominator of a sum
	places   = 12   // to which numbers are shortened where it would be larger, as many as a Value shows
)

// shorten keeps sums of many fractions small. A sum of 7/3, 5/19 and ten
// thousand more has a denominator of thousands of digits; where that would
// take more than mostBits, every value is rounded to twelve places by HalfEven
// and the report is true. Whoever splits by these values does so with what
// they then are, so that nothing is lost.
func shorten(values []kpi.Value) bool {
	if shareDenominator(values) {
		return false
	}
	for i, v := range values {
		if d, ok := v.Decimal(places, kpi.HalfEven); ok {
			values[i] = kpi.FromBig(d.Coefficient(), places)
		}
	}
	return true
}

// shareDenominator reports whether a common denominator of mostBits is
// enough.
func shareDenominator(values []kpi.Value) bool {
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
			return false
		}
	}
	return true
}
