package bridge

import (
	"math/big"

	"github.com/saleskpi/saleskpi/kpi"
)

// average is what mix is measured against: the products in one unit of
// measure that are sold on both sides, taken together.
type average struct {
	flow
	growth, price kpi.Value // of quantity; the base price
	whole         *rounder  // where parts are rounded
}

func newAverage(f flow, places int) *average {
	a := &average{flow: f, growth: f.quantity.Current.Div(f.quantity.Base), price: f.value.Div(f.quantity.Base)}
	if places > 0 {
		a.whole = newRounder(f, places)
	}
	return a
}

// mix gives the mix part of a product: with g the growth of all quantity and
// P₀ the average base price,
//
//	q₁p₀ − q₁P₀ − g × (q₀p₀ − q₀P₀)  =  Q₁ × (s₁ − s₀) × (p₀ − P₀)
func (a *average) mix(p *product, places int) kpi.Value {
	if a.whole != nil {
		if even, ok := a.whole.evenly(p); ok {
			return p.atBase.Sub(even)
		}
	}
	even := p.quantity[1].Mul(a.price).Add(a.growth.Mul(p.value[0].Sub(p.quantity[0].Mul(a.price))))
	if !even.Defined() {
		return kpi.Undefined(kpi.UndefinedMix)
	}
	if places > 0 {
		even = round(even, places, kpi.HalfEven)
	}
	return p.atBase.Sub(even)
}

// rounder computes in whole units what a product would be worth without a
// mix of its own,
//
//	q₁P₀ + g × (q₀p₀ − q₀P₀)  =  (Q₀X₀·q₁ + Q₀Q₁·x₀ − Q₁X₀·q₀) / Q₀²
//
// with x the value and X₀ that of all products. Many products share the
// three factors, so each costs three products and a division.
type rounder struct {
	places               int
	perQ1, perX0, perQ0  *big.Int
	den, sum, term, rest *big.Int
}

// quantityPlaces is how fine quantities are for a rounder.
const quantityPlaces = 6

// newRounder gives nil where a number does not fit.
func newRounder(f flow, places int) *rounder {
	q0, ok0 := whole(f.quantity.Base, quantityPlaces)
	q1, ok1 := whole(f.quantity.Current, quantityPlaces)
	x0, ok2 := whole(f.value, places)
	if !ok0 || !ok1 || !ok2 || q0 == 0 {
		return nil
	}
	times := func(a, b int64) *big.Int { return new(big.Int).Mul(big.NewInt(a), big.NewInt(b)) }
	return &rounder{places, times(q0, x0), times(q0, q1), times(q1, x0), times(q0, q0), new(big.Int), new(big.Int), new(big.Int)}
}

// evenly is rounded by HalfEven; ok is false where a number does not fit.
func (r *rounder) evenly(p *product) (v kpi.Value, ok bool) {
	q0, ok0 := whole(p.quantity[0], quantityPlaces)
	q1, ok1 := whole(p.quantity[1], quantityPlaces)
	x0, ok2 := whole(p.value[0], r.places)
	if !ok0 || !ok1 || !ok2 {
		return kpi.Value{}, false
	}
	r.sum.Mul(r.perQ1, r.term.SetInt64(q1))
	r.sum.Add(r.sum, r.rest.Mul(r.perX0, r.term.SetInt64(x0)))
	r.sum.Sub(r.sum, r.rest.Mul(r.perQ0, r.term.SetInt64(q0)))
	r.sum.DivMod(r.sum, r.den, r.rest) // den > 0, so 0 ≤ rest < den
	half := r.rest.Lsh(r.rest, 1).Cmp(r.den)
	if !r.sum.IsInt64() {
		return kpi.Value{}, false
	}
	n := r.sum.Int64()
	if half > 0 || half == 0 && n&1 == 1 {
		n++
	}
	return kpi.Minor(n, r.places), true
}

// whole gives a value in units of 10^−scale, of which it must be a whole
// number.
func whole(v kpi.Value, scale int) (n int64, ok bool) {
	n, ok = v.Minor(scale, kpi.HalfEven)
	return n, ok && kpi.Minor(n, scale) == v
}
