package kpi

import (
	"bytes"
	"math/bits"
	"strconv"

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
	const exact = 1 << 53 // whole numbers up to here are float64s, and IEEE division rounds once
	if v.den != 0 && v.den <= exact && abs(v.num) <= exact {
		return float64(v.num) / float64(v.den), true
	}
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
	var buf [64]byte
	return string(v.appendString(buf[:0]))
}

func (v Value) appendString(b []byte) []byte {
	if !v.Defined() {
		return append(append(b, "undefined: "...), v.Reason().String()...)
	}
	return trim(v.appendText(b, places, HalfEven))
}

func trim(b []byte) []byte {
	if bytes.IndexByte(b, '.') < 0 {
		return b
	}
	return bytes.TrimSuffix(bytes.TrimRight(b, "0"), []byte("."))
}

// Text gives the number with exactly scale decimals (0 to 18), rounded by
// mode, without grouping; an undefined Value gives the same as String.
// A scale outside 0…18 counts as the nearer of the two. A number that rounds
// to zero has no sign.
func (v Value) Text(scale int, mode Rounding) string {
	if !v.Defined() {
		return v.String()
	}
	var buf [64]byte
	return string(v.appendText(buf[:0], min(max(scale, 0), MaxScale), mode))
}

// appendText is Text for a defined number and 0 ≤ scale ≤ 18.
func (v Value) appendText(b []byte, scale int, mode Rounding) []byte {
	if v.den == 0 {
		n := roundBig(v.rat(), scale, mode)
		return appendDigits(b, n.Sign() < 0, n.Abs(n).Append(nil, 10), scale)
	}
	whole, part := roundParts(v.num, uint64(v.den), scale, mode)
	if v.num < 0 && whole|part != 0 {
		b = append(b, '-')
	}
	b = strconv.AppendUint(b, whole, 10)
	if scale == 0 {
		return b
	}
	var buf [MaxScale + 1]byte // 1 and the places, so that leading zeros stand
	digits := strconv.AppendUint(buf[:0], uint64(pow10(scale))+part, 10)
	digits[0] = '.'
	return append(b, digits...)
}

// roundParts gives the magnitude of num/den rounded to scale places, as the
// whole part and the places. Kept apart they always fit: the places are less
// than 10^18.
func roundParts(num int64, den uint64, scale int, mode Rounding) (whole, part uint64) {
	whole, rest := abs(num)/den, abs(num)%den
	power := uint64(pow10(scale))
	hi, lo := bits.Mul64(rest, power)
	part, left := bits.Div64(hi, lo, den) // hi < den, as rest < den and power < 2^64
	odd := part&1 == 1
	if scale == 0 {
		odd = whole&1 == 1
	}
	if left == 0 || !mode.away(num < 0, compareHalf(left, den), odd) {
		return whole, part
	}
	if part++; part == power {
		return whole + 1, 0
	}
	return whole, part
}

// appendDigits puts the point into the digits of a magnitude.
func appendDigits(b []byte, negative bool, digits []byte, scale int) []byte {
	if negative {
		b = append(b, '-')
	}
	point := len(digits) - scale
	if point <= 0 {
		b = append(b, "0."...)
		b = append(b, bytes.Repeat([]byte("0"), -point)...)
		return append(b, digits...)
	}
	b = append(b, digits[:point]...)
	if scale > 0 {
		b = append(append(b, '.'), digits[point:]...)
	}
	return b
}

// Exact gives the number in full: a decimal where it is one of at most 18
// places, else numerator/denominator. An undefined Value gives the same as
// String.
func (v Value) Exact() string {
	var buf [64]byte
	return string(v.appendExact(buf[:0]))
}

func (v Value) appendExact(b []byte) []byte {
	if v.den == 0 {
		return v.appendExactBig(b)
	}
	if scale, ok := decimalScale(uint64(v.den)); ok {
		return v.appendText(b, scale, HalfEven)
	}
	b = strconv.AppendInt(b, v.num, 10)
	return strconv.AppendInt(append(b, '/'), v.den, 10)
}

func (v Value) appendExactBig(b []byte) []byte {
	if !v.Defined() {
		return v.appendString(b)
	}
	r := v.rat()
	if r.IsInt() {
		return append(b, r.Num().String()...)
	}
	if r.Denom().IsUint64() { // 10^18, the largest that 18 places can need, is one
		if scale, ok := decimalScale(r.Denom().Uint64()); ok {
			return v.appendText(b, scale, HalfEven)
		}
	}
	return append(b, r.String()...)
}

// decimalScale gives the least scale, up to 18, at which a number with this
// denominator is a decimal: the larger exponent of 2 and 5, where there are
// no other factors.
func decimalScale(den uint64) (scale int, ok bool) {
	twos := bits.TrailingZeros64(den)
	den >>= twos
	fives := 0
	for den%5 == 0 {
		den /= 5
		fives++
	}
	scale = max(twos, fives)
	return scale, den == 1 && scale <= MaxScale
}
