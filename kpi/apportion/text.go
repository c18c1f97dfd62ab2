package apportion

import (
	"math/big"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// text writes a decimal in full with the places that it has: 12.50. What
// lies beyond the limits is written with an exponent, so that a short input
// never makes a long text. (The decimal's own String depends on variables of
// its package.)
func text(d decimal.Decimal) string {
	n, exponent := d.Coefficient(), int(d.Exponent())
	digits := new(big.Int).Abs(n).String()
	switch {
	case exponent < -MaxDigits || exponent > MaxDigits:
		digits += "e" + strconv.Itoa(exponent)
	case exponent > 0 && n.Sign() != 0:
		digits += strings.Repeat("0", exponent)
	case exponent < 0:
		digits = strings.Repeat("0", max(0, 1-exponent-len(digits))) + digits
		point := len(digits) + exponent
		digits = digits[:point] + "." + digits[point:]
	}
	if n.Sign() < 0 {
		return "-" + digits
	}
	return digits
}
