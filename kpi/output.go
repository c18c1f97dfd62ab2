package kpi

import (
	"math/big"
	"strings"

	"github.com/shopspring/decimal"
)

// Int64 gives a whole number; ok is false where the Value is undefined, has
// a fraction, or does not fit.
func (v Value) Int64() (n int64, ok bool) { return v.num, v.den == 1 }

// Minor gives the number in minor units at a scale, rounded by mode:
// 1234.565 at scale 2 by HalfEven is 123456. ok is false where the Value is
// undefined, does not fit, or the scale is outside −18…18.
func (v Value) Minor(scale int, mode Rounding) (n int64, ok bool) {
	if !v.Defined() || scale < -MaxScale || scale > MaxScale {
		return 0, false
	}
	if v.den != 0 {
		if n, ok := roundSmall(v.num, v.den, scale, mode); ok {
			return n, true
		}
	}
	wide := roundBig(v.rat(), scale, mode)
	return wide.Int64(), wide.IsInt64()
}

// Decimal gives the number as a decimal of shopspring/decimal with exactly
// scale places, rounded by mode. ok is false where the Value is undefined or
// the scale is outside −18…18.
func (v Value) Decimal(scale int, mode Rounding) (d decimal.Decimal, ok bool) {
	if n, ok := v.Minor(scale, mode); ok {
		return decimal.New(n, int32(-scale)), true
	}
	if !v.Defined() || scale < -MaxScale || scale > MaxScale {
		return decimal.Decimal{}, false
	}
	return decimal.NewFromBigInt(roundBig(v.rat(), scale, mode), int32(-scale)), true
}

// Float64 gives the nearest float64, for charts and statistics; ok is false
// where the Value is undefined or beyond the range of float64.
func (v Value) Float64() (f float64, ok bool) {
	if !v.Defined() {
		return 0, false
	}
	f, _ = v.rat().Float64()
	if f-f != 0 { // infinite
		return 0, false
	}
	return f, true
}

// places is how many decimals the text form of a number that is no shorter
// decimal has.
const places = 12

// String gives the number as a decimal, exactly where twelve places are
// enough and else rounded to twelve by HalfEven; an undefined Value gives
// "undefined: " and the word of its reason. It is for logs and tests; for
// people see [Value.Text].
func (v Value) String() string {
	if !v.Defined() {
		return "undefined: " + v.Reason().String()
	}
	return trim(v.Text(places, HalfEven))
}

func trim(s string) string {
	if !strings.Contains(s, ".") {
		return s
	}
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// Text gives the number with exactly scale decimals (0 to 18), rounded by
// mode, without grouping; an undefined Value gives the same as String.
// A scale outside 0…18 counts as the nearer of the two. A number that rounds
// to zero has no sign.
func (v Value) Text(scale int, mode Rounding) string {
	if !v.Defined() {
		return v.String()
	}
	scale = min(max(scale, 0), MaxScale)
	digits := roundBig(v.rat(), scale, mode).String()
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	if scale == 0 {
		return sign + digits
	}
	if missing := scale + 1 - len(digits); missing > 0 {
		digits = strings.Repeat("0", missing) + digits
	}
	return sign + digits[:len(digits)-scale] + "." + digits[len(digits)-scale:]
}

// Exact gives the number in full: a decimal where it is one of at most 18
// places, else numerator/denominator. An undefined Value gives the same as
// String.
func (v Value) Exact() string {
	if !v.Defined() {
		return v.String()
	}
	r := v.rat()
	if r.IsInt() {
		return r.Num().String()
	}
	if scale, ok := decimalScale(r.Denom()); ok {
		return v.Text(scale, HalfEven)
	}
	return r.String()
}

// decimalScale gives the least scale, up to 18, at which a number with this
// denominator is a decimal.
func decimalScale(den *big.Int) (scale int, ok bool) {
	power, rest := big.NewInt(1), new(big.Int)
	for ; scale <= MaxScale; scale++ {
		if rest.Rem(power, den).Sign() == 0 {
			return scale, true
		}
		power.Mul(power, big.NewInt(10))
	}
	return 0, false
}
