package kpi

import (
	"iter"
	"math"
	"math/bits"
)

// Add gives v + w.
func (v Value) Add(w Value) Value {
	if r := undefined(v, w); r != 0 {
		return Undefined(r)
	}
	if v.den != 0 && w.den != 0 {
		if v.den == w.den {
			if sum, ok := add64(v.num, w.num); ok {
				return Frac(sum, v.den)
			}
		} else if sum, ok := addFrac(v, w); ok {
			return sum
		}
	}
	return addWide(v, w)
}

// addFrac adds fractions of different denominators over their least common
// one.
func addFrac(v, w Value) (sum Value, ok bool) {
	g := int64(gcd(uint64(v.den), uint64(w.den)))
	left, ok1 := mul64(v.num, w.den/g)
	right, ok2 := mul64(w.num, v.den/g)
	den, ok3 := mul64(v.den, w.den/g)
	num, ok4 := add64(left, right)
	if !(ok1 && ok2 && ok3 && ok4) {
		return Value{}, false
	}
	return Frac(num, den), true
}

// Sub gives v − w.
func (v Value) Sub(w Value) Value { return v.Add(w.Neg()) }

// Mul gives v × w.
func (v Value) Mul(w Value) Value {
	if r := undefined(v, w); r != 0 {
		return Undefined(r)
	}
	if v.den != 0 && w.den != 0 {
		// Cancelling across first keeps the products small and the result
		// in lowest terms.
		g := int64(gcd(abs(v.num), uint64(w.den)))
		h := int64(gcd(abs(w.num), uint64(v.den)))
		num, ok1 := mul64(v.num/g, w.num/h)
		den, ok2 := mul64(v.den/h, w.den/g)
		if ok1 && ok2 {
			return Value{num: num, den: den}
		}
	}
	return mulWide(v, w)
}

// Div gives v / w. A w of zero gives an undefined Value with reason
// ZeroDenominator: 0 from n is 0, and n from 0 is undefined, 0 from 0 too.
func (v Value) Div(w Value) Value {
	if r := undefined(v, w); r != 0 {
		return Undefined(r)
	}
	if w.Sign() == 0 {
		return Undefined(ZeroDenominator)
	}
	return v.Mul(w.inverse())
}

func (v Value) inverse() Value {
	if v.isBig() {
		num, den := v.fraction()
		if num.Sign() < 0 {
			num, den = num.Neg(num), den.Neg(den)
		}
		return fromFraction(den, num)
	}
	if v.num < 0 {
		return Value{num: -v.den, den: -v.num}
	}
	return Value{num: v.den, den: v.num}
}

// Neg gives −v.
func (v Value) Neg() Value {
	if v.isBig() {
		num, den := v.fraction()
		return fromFraction(num.Neg(num), den)
	}
	v.num = -v.num
	return v
}

// Abs gives v without its sign.
func (v Value) Abs() Value {
	if v.Sign() < 0 {
		return v.Neg()
	}
	return v
}

// Min gives the smaller of two numbers, undefined where either is.
func (v Value) Min(w Value) Value {
	if r := undefined(v, w); r != 0 {
		return Undefined(r)
	}
	if w.Compare(v) < 0 {
		return w
	}
	return v
}

// Max gives the larger of two numbers, undefined where either is.
func (v Value) Max(w Value) Value {
	if r := undefined(v, w); r != 0 {
		return Undefined(r)
	}
	if w.Compare(v) > 0 {
		return w
	}
	return v
}

// Sum rolls values up: no data adds nothing, any other reason makes the
// total undefined, and a sum over nothing is no data.
func Sum(values iter.Seq[Value]) Value {
	total := Value{}
	for v := range values {
		switch {
		case v == Value{}:
		case total == Value{}:
			total = v
		default:
			total = total.Add(v)
		}
	}
	return total
}

// Partial is the sum of what is defined, with how much that is.
type Partial struct {
	Sum Value `json:"sum"` // of the defined values; no data where there are none
	N   int   `json:"n"`   // how many are defined
	Of  int   `json:"of"`  // how many there are
}

// PartialSum sums the defined values and counts the rest, for a caller who
// asks for a total that leaves something out.
func PartialSum(values iter.Seq[Value]) Partial {
	var p Partial
	for v := range values {
		p.Of++
		if v.Defined() {
			p.N++
			p.Sum = p.Sum.Or(Int(0)).Add(v)
		}
	}
	return p
}

// undefined gives the stronger reason of two operands, zero where both are
// defined.
func undefined(v, w Value) Reason { return Stronger(v.Reason(), w.Reason()) }

// add64 and mul64 report false where the result does not fit, or is the one
// number whose negative does not.
func add64(a, b int64) (int64, bool) {
	sum := a + b
	if (sum > a) != (b > 0) && b != 0 || sum == math.MinInt64 {
		return 0, false
	}
	return sum, true
}

func mul64(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(abs(a), abs(b))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}
