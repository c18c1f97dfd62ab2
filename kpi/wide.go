package kpi

import (
	"math"
	"math/big"
	"unique"
)

// wide is a rational beyond 64 bits, as sign and big-endian magnitudes.
type wide struct {
	negative bool
	num, den string
}

// fraction gives numerator and denominator in lowest terms, the latter above
// zero. They are the caller's.
func (v Value) fraction() (num, den *big.Int) {
	if v.den != 0 {
		return big.NewInt(v.num), big.NewInt(v.den)
	}
	w := v.big.Value()
	num = new(big.Int).SetBytes([]byte(w.num))
	if w.negative {
		num.Neg(num)
	}
	return num, new(big.Int).SetBytes([]byte(w.den))
}

// fromFraction takes a fraction in lowest terms whose denominator is above
// zero.
func fromFraction(num, den *big.Int) Value {
	if num.IsInt64() && den.IsInt64() && num.Int64() != math.MinInt64 {
		return Value{num: num.Int64(), den: den.Int64()}
	}
	return Value{big: unique.Make(wide{num.Sign() < 0, string(num.Bytes()), string(den.Bytes())})}
}

func fromRat(r *big.Rat) Value { return fromFraction(r.Num(), r.Denom()) }

func (v Value) rat() *big.Rat { return new(big.Rat).SetFrac(v.fraction()) }

// mulWide cancels across before it multiplies. Both fractions are in lowest
// terms and so is then the result, and the greatest common divisors are of a
// long number and a short one where one of the factors is short: a product of
// many factors takes time in proportion to its length for each, where
// cancelling the product itself would take the square of it.
func mulWide(v, w Value) Value {
	a, b := v.fraction()
	c, d := w.fraction()
	cancel(a, d)
	cancel(c, b)
	return fromFraction(a.Mul(a, c), b.Mul(b, d))
}

// addWide adds over the least common denominator. What can still cancel
// divides what the denominators have in common (D. E. Knuth, The Art of
// Computer Programming, volume 2, section 4.5.1).
func addWide(v, w Value) Value {
	a, b := v.fraction()
	c, d := w.fraction()
	common := new(big.Int).GCD(nil, nil, b, d)
	b.Quo(b, common)
	d.Quo(d, common)
	a.Mul(a, d).Add(a, c.Mul(c, b))
	cancel(a, common)
	return fromFraction(a, b.Mul(b, d).Mul(b, common))
}

// cancel divides both by their greatest common divisor.
func cancel(a, b *big.Int) {
	if g := new(big.Int).GCD(nil, nil, a, b); !g.IsInt64() || g.Int64() != 1 {
		a.Quo(a, g)
		b.Quo(b, g)
	}
}

func compareWide(v, w Value) int {
	a, b := v.fraction()
	c, d := w.fraction()
	return a.Mul(a, d).Cmp(c.Mul(c, b))
}
