package cube

import (
	"cmp"
	"math/big"
	"math/bits"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/shopspring/decimal"
)

// amount is one amount of a record: whole minor units in a word or, where
// wide is there, units of the finest scale.
type amount struct {
	small int64
	wide  *big.Int
}

// compare orders amounts of a scale.
func (a amount) compare(b amount, scale int) int {
	if a.wide == nil && b.wide == nil {
		return cmp.Compare(a.small, b.small)
	}
	return a.finest(scale).Cmp(b.finest(scale))
}

// finest gives the amount in units of the finest scale, not to be changed.
func (a amount) finest(scale int) *big.Int {
	if a.wide != nil {
		return a.wide
	}
	n := big.NewInt(a.small)
	return n.Mul(n, pow10(kpi.MaxScale-scale))
}

func (a amount) value(scale int) kpi.Value {
	if a.wide != nil {
		return kpi.FromBig(a.wide, kpi.MaxScale)
	}
	return kpi.Minor(a.small, scale)
}

// fromDecimal gives an amount; ok is false beyond the limits of amounts.
func fromDecimal(d decimal.Decimal, scale int) (a amount, ok bool) {
	if n, ok := small(d, scale); ok {
		return amount{small: n}, true
	}
	n, ok := finest(d)
	return amount{wide: n}, ok
}

// smallDigits is how many digits surely fit a word.
const smallDigits = 18

// small gives the amount as whole units of 10^−scale, where it is one, fits
// a word, and keeps to the limits of amounts.
func small(d decimal.Decimal, scale int) (amount int64, ok bool) {
	digits, exponent := d.NumDigits(), int(d.Exponent())
	if digits > smallDigits || !inScale(exponent) {
		return 0, false
	}
	amount = d.CoefficientInt64()
	switch shift := exponent + scale; {
	case shift == 0 || amount == 0:
		return amount, true
	case shift > 0 && shift+digits <= smallDigits:
		return amount * power(shift), true
	case shift < 0 && -shift < digits && amount%power(-shift) == 0:
		return amount / power(-shift), true
	}
	return 0, false
}

func inScale(exponent int) bool { return exponent >= -kpi.MaxScale && exponent <= kpi.MaxScale }

// power gives 10^n for 0 ≤ n ≤ 18.
func power(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// finest gives the amount at the finest scale; ok is false beyond the limits
// of amounts.
func finest(d decimal.Decimal) (amount *big.Int, ok bool) {
	exponent := int(d.Exponent())
	if !inScale(exponent) || d.NumDigits() > kpi.MaxDigits {
		return nil, false
	}
	amount = d.Coefficient()
	return amount.Mul(amount, pow10(kpi.MaxScale+exponent)), true
}

func pow10(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}

// portion gives n × num/den as a whole number and what is left of it:
//
//	n × num = whole × den + rest, 0 ≤ rest < den
//
// for 0 < num ≤ den, so that the whole fits a word.
func portion(n, num, den int64) (whole, rest int64) {
	magnitude := uint64(n)
	if n < 0 {
		magnitude = -magnitude
	}
	hi, lo := bits.Mul64(magnitude, uint64(num))
	quotient, remainder := bits.Div64(hi, lo, uint64(den))
	whole, rest = int64(quotient), int64(remainder)
	if n >= 0 {
		return whole, rest
	}
	if rest == 0 {
		return -whole, 0
	}
	return -whole - 1, den - rest
}
