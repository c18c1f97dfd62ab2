package cube

import (
	"math/big"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/shopspring/decimal"
)

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
