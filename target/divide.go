package target

import (
	"math/big"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// divide splits an amount over weights at the places of the metric's unit. Both ways
// are one method; whole numbers that fit take the fast one. An amount of
// zero needs no weights: below a weight of zero they may all be zero. A cushion
// can make more digits of an amount than there may be.
func (b *Breakdown) divide(amount kpi.Value, weights []kpi.Value) ([]kpi.Value, error) {
	scale := b.metric.Unit.Places()
	if amount == kpi.Int(0) {
		return slices.Repeat([]kpi.Value{amount}, len(weights)), nil
	}
	if total, whole, ok := small(amount, scale, weights); ok {
		parts, err := apportion.Int64(total, whole)
		return values(parts, func(n int64) kpi.Value { return kpi.Minor(n, scale) }), err
	}
	total, ok := units(amount, scale)
	if !ok {
		return nil, check.New("target.BreakDown", check.ErrRange, "owners", "number_too_large", amount, "scale", scale, "most_digits", kpi.MaxDigits)
	}
	parts, err := apportion.BigRat(total, fractions(weights))
	return values(parts, func(n *big.Int) kpi.Value { return kpi.FromBig(n, scale) }), err
}

func small(amount kpi.Value, scale int, weights []kpi.Value) (total int64, whole []int64, ok bool) {
	total, ok = amount.Minor(scale, kpi.Down)
	whole = make([]int64, len(weights))
	for i := 0; ok && i < len(weights); i++ {
		whole[i], ok = weights[i].Int64()
	}
	return total, whole, ok
}

func fractions(weights []kpi.Value) []*big.Rat {
	fractions := make([]*big.Rat, len(weights))
	for i, w := range weights {
		fractions[i], _ = new(big.Rat).SetString(w.Exact())
	}
	return fractions
}

func values[N any](parts []N, value func(N) kpi.Value) []kpi.Value {
	values := make([]kpi.Value, len(parts))
	for i, part := range parts {
		values[i] = value(part)
	}
	return values
}
