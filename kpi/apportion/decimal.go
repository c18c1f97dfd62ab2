package apportion

import (
	"math"
	"math/big"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

// Decimal splits a total by weights, by the method of largest remainder,
// into parts with exactly scale digits after the point: 2 for cents, 0 for
// whole pieces, -3 for thousands. Part i belongs to weight i; equal
// remainders go to the earlier part. The total must be a whole number of
// units of 10^-scale, or no such parts would add up to it. Weights have
// scales of their own.
//
// Errors: check.ErrInvalid for a total with more places than scale,
// check.ErrRange for a weight below zero and for numbers beyond the limits,
// check.ErrInfeasible where all weights are zero or there are none.
func Decimal(total decimal.Decimal, scale int, weights []decimal.Decimal) ([]decimal.Decimal, error) {
	hasReceiver := slices.ContainsFunc(weights, func(w decimal.Decimal) bool { return w.Sign() != 0 })
	if hasReceiver {
		if parts, fits := split64(total, scale, weights); fits {
			return parts, nil
		}
	}
	problems := check.List{Op: "apportion.Decimal"}
	checkTotal(&problems, total, scale)
	if !hasReceiver {
		addNobody(&problems, "weights", len(weights))
	}
	for i, w := range weights {
		checkWeight(&problems, w, func() string { return check.At("weights", i) })
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return splitBig(total, scale, weights), nil
}

// split is Decimal for arguments that have been checked.
func split(total decimal.Decimal, scale int, weights []decimal.Decimal) []decimal.Decimal {
	if parts, fits := split64(total, scale, weights); fits {
		return parts
	}
	return splitBig(total, scale, weights)
}

func splitBig(total decimal.Decimal, scale int, weights []decimal.Decimal) []decimal.Decimal {
	places := finest(weights)
	whole := make([]*big.Int, len(weights))
	for i, w := range weights {
		whole[i] = units(w, places)
	}
	parts := make([]decimal.Decimal, len(weights))
	for i, part := range hamiltonBig(units(total, scale), whole) {
		parts[i] = decimal.NewFromBigInt(part, int32(-scale))
	}
	return parts
}

// few is up to how many weights are split on the stack.
const few = 32

// split64 is split where total, weights and the sum of weights fit 64 bits
// when written in whole units. Whatever Decimal refuses does not fit, except
// that there is no receiver.
func split64(total decimal.Decimal, scale int, weights []decimal.Decimal) (parts []decimal.Decimal, fits bool) {
	if max(scale, -scale) > MaxScale || !isNear(total, MaxScale) {
		return nil, false
	}
	size, fits := units64(total, scale)
	if !fits {
		return nil, false
	}
	var stack [2 * few]int64
	room := stack[:]
	if len(weights) > few {
		room = make([]int64, 2*len(weights))
	}
	whole, counts := room[:len(weights)], room[len(weights):2*len(weights)]
	places := finest(weights)
	for i, w := range weights {
		if whole[i], fits = units64(w, places); !fits || whole[i] < 0 || !isNear(w, MaxDigits) {
			return nil, false
		}
	}
	sum, fits := sum64(whole)
	if !fits {
		return nil, false
	}
	if sum > 0 { // else the total is zero too: below a weight of zero in a tree
		hamilton(counts, size, whole, sum)
	}
	parts = make([]decimal.Decimal, len(weights))
	for i, n := range counts {
		parts[i] = decimal.New(n, int32(-scale))
	}
	return parts, true
}

// finest gives the smallest scale at which every weight is a whole number.
func finest(weights []decimal.Decimal) int {
	places := -MaxDigits
	for _, w := range weights {
		if w.Sign() != 0 {
			places = max(places, -int(w.Exponent()))
		}
	}
	return places
}

// isNear reports whether a number has at most some places after the point,
// and at most as many zeros before it.
func isNear(d decimal.Decimal, most int32) bool {
	return -most <= d.Exponent() && d.Exponent() <= most
}

// digits64 is how many digits always fit int64.
const digits64 = 18

// isWhole reports whether d is a whole number of units of 10^-scale.
func isWhole(d decimal.Decimal, scale int) bool {
	surplus := -int(d.Exponent()) - scale
	if surplus <= 0 || d.Sign() == 0 {
		return true
	}
	rest := d.Coefficient()
	return rest.Rem(rest, power10(surplus)).Sign() == 0
}

// units gives d in units of 10^-scale, of which it is a whole number.
func units(d decimal.Decimal, scale int) *big.Int {
	n, shift := d.Coefficient(), int(d.Exponent())+scale
	switch {
	case n.Sign() == 0:
		return n
	case shift < 0:
		return n.Quo(n, power10(-shift))
	}
	return n.Mul(n, power10(shift))
}

// units64 is units where that fits and is whole.
func units64(d decimal.Decimal, scale int) (n int64, fits bool) {
	if d.NumDigits() > digits64 {
		return 0, false
	}
	n = d.CoefficientInt64()
	if n == 0 {
		return 0, true
	}
	shift := int(d.Exponent()) + scale
	for ; shift < 0; shift++ {
		if n%10 != 0 {
			return 0, false
		}
		n /= 10
	}
	for ; shift > 0; shift-- {
		if n > math.MaxInt64/10 || n < math.MinInt64/10 {
			return 0, false
		}
		n *= 10
	}
	return n, true
}

func power10(n int) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
