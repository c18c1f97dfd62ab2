package kpi

import (
	"cmp"
	"math"
	"math/big"
	"math/bits"
	"unique"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

// Value is an exact number or the reason why there is none. It is a rational
// in lowest terms, so sums, products and quotients lose nothing and == is
// equality; rounding happens only on the way out, by a named mode.
//
// The zero Value is undefined with reason NoData. A Value carries no unit;
// metrics and result columns do. It is 32 bytes, immutable and safe for
// concurrent use.
//
// An undefined operand makes a result undefined; of two reasons the stronger
// one (see [Reason]) is given.
type Value struct {
	num, den int64               // in lowest terms with den > 0, where both fit
	big      unique.Handle[wide] // else the number, interned so that == holds
	reason   Reason              // never NoData: that is the zero Value
}

// Limits of numbers that come in as text or decimal.
const (
	MaxDigits = 64 // digits of an amount
	MaxScale  = 18 // digits after the decimal point, and zeros before it
)

// Int gives a whole number.
func Int(n int64) Value {
	if n == math.MinInt64 {
		return fromRat(new(big.Rat).SetInt64(n))
	}
	return Value{num: n, den: 1}
}

// Minor gives n minor units at a scale, n × 10^−scale: Minor(123456, 2) is
// 1234.56. A scale outside −18…18 gives an undefined Value with reason
// NotApplicable.
func Minor(n int64, scale int) Value {
	switch {
	case scale < -MaxScale || scale > MaxScale:
		return Undefined(NotApplicable)
	case scale < 0:
		return Int(n).Mul(Int(pow10(-scale)))
	}
	return Frac(n, pow10(scale))
}

// Frac gives num/den. A den of zero gives an undefined Value with reason
// ZeroDenominator.
func Frac(num, den int64) Value {
	if den == 0 {
		return Undefined(ZeroDenominator)
	}
	if num == math.MinInt64 || den == math.MinInt64 {
		return fromRat(big.NewRat(num, den))
	}
	if den < 0 {
		num, den = -num, -den
	}
	if den == 1 {
		return Value{num: num, den: 1}
	}
	g := int64(gcd(abs(num), uint64(den)))
	return Value{num: num / g, den: den / g}
}

// FromDecimal gives the same number as a decimal of shopspring/decimal. More
// than 64 digits, or an exponent outside −18…18, is an error
// (check.ErrRange).
func FromDecimal(d decimal.Decimal) (Value, error) {
	exp, digits := int(d.Exponent()), d.NumDigits()
	if exp < -MaxScale || exp > MaxScale || digits > MaxDigits {
		return Value{}, check.New("kpi.FromDecimal", check.ErrRange, "", "number_too_large", nil,
			"digits", digits, "exponent", exp, "most_digits", MaxDigits, "most_scale", MaxScale)
	}
	if digits <= 18 {
		return Minor(d.CoefficientInt64(), -exp), nil
	}
	return FromBig(d.Coefficient(), -exp), nil
}

// FromBig gives n × 10^−scale for a number of any size, the way other
// decimal types hold theirs (pgtype.Numeric, apd.Decimal). n is not kept; a
// nil n gives no data, a scale outside −18…18 an undefined Value with reason
// NotApplicable.
func FromBig(n *big.Int, scale int) Value {
	switch {
	case n == nil:
		return Value{}
	case scale < -MaxScale || scale > MaxScale:
		return Undefined(NotApplicable)
	case scale < 0:
		return fromRat(new(big.Rat).SetInt(new(big.Int).Mul(n, bigPow10(-scale))))
	}
	return fromRat(new(big.Rat).SetFrac(n, bigPow10(scale)))
}

// Undefined gives a Value that is not there, with the reason. A Reason
// outside the constants counts as NoData.
func Undefined(r Reason) Value {
	if r == 0 || r >= NoData {
		return Value{}
	}
	return Value{reason: r}
}

func (v Value) isBig() bool { return v.big != unique.Handle[wide]{} }

// Defined reports whether there is a number.
func (v Value) Defined() bool { return v.den != 0 || v.isBig() }

// Reason says why there is no number; it is zero where there is one.
func (v Value) Reason() Reason {
	if v.Defined() {
		return 0
	}
	if v.reason == 0 {
		return NoData
	}
	return v.reason
}

// Sign gives −1, 0 or 1, and 0 for an undefined Value.
func (v Value) Sign() int {
	switch {
	case v.isBig() && v.big.Value().negative:
		return -1
	case v.isBig() || v.num > 0:
		return 1
	case v.num < 0:
		return -1
	}
	return 0
}

// Equal reports whether both are the same number, or undefined for the same
// reason. It is ==.
func (v Value) Equal(w Value) bool { return v == w }

// Compare orders values: the undefined first, by reason, then by number.
func (v Value) Compare(w Value) int {
	switch {
	case v == w:
		return 0
	case !v.Defined() || !w.Defined():
		return cmp.Compare(v.Reason()-1, w.Reason()-1) // the zero Reason wraps to the end
	case v.den == w.den && v.den != 0:
		return cmp.Compare(v.num, w.num)
	case v.den != 0 && w.den != 0:
		return compareFrac(v, w)
	}
	return compareWide(v, w)
}

// compareFrac compares v.num × w.den with w.num × v.den over 128 bits.
func compareFrac(v, w Value) int {
	sign := v.Sign()
	if other := w.Sign(); sign != other || sign == 0 {
		return cmp.Compare(sign, other)
	}
	leftHi, leftLo := bits.Mul64(abs(v.num), uint64(w.den))
	rightHi, rightLo := bits.Mul64(abs(w.num), uint64(v.den))
	return sign * cmp.Or(cmp.Compare(leftHi, rightHi), cmp.Compare(leftLo, rightLo))
}

// Less reports whether both are defined and v is the smaller number.
func (v Value) Less(w Value) bool { return v.Defined() && w.Defined() && v.Compare(w) < 0 }

// Or gives v where it is defined, and other where it is not.
func (v Value) Or(other Value) Value {
	if v.Defined() {
		return v
	}
	return other
}

func gcd(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}
