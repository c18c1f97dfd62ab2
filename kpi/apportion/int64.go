package apportion

import (
	"math/big"
	"math/bits"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Int64 splits a total in minor units (cents) by weights, by the method of
// largest remainder. Part i belongs to weight i; equal remainders go to the
// earlier part. It is exact for every int64 and allocates nothing but the
// result, unless the weights add up to more than 64 bits.
//
// Errors: check.ErrRange for a weight below zero, check.ErrInfeasible where
// all weights are zero or there are none.
func Int64(total int64, weights []int64) ([]int64, error) {
	if err := checkInt64s(weights); err != nil {
		return nil, err
	}
	parts := make([]int64, len(weights))
	if sum, fits := sum64(weights); fits {
		hamilton(parts, total, weights, sum)
		return parts, nil
	}
	wide := make([]*big.Int, len(weights))
	for i, w := range weights {
		wide[i] = big.NewInt(w)
	}
	for i, part := range hamiltonBig(big.NewInt(total), wide) {
		parts[i] = part.Int64()
	}
	return parts, nil
}

func checkInt64s(weights []int64) error {
	problems := check.List{Op: "apportion.Int64"}
	if !slices.ContainsFunc(weights, func(w int64) bool { return w != 0 }) {
		addNobody(&problems, "weights", len(weights))
	}
	for i, w := range weights {
		if w < 0 {
			problems.Add(check.ErrRange, check.At("weights", i), codeNegative, w)
		}
	}
	return problems.Err()
}

// sum64 adds weights that are not below zero.
func sum64(weights []int64) (sum uint64, fits bool) {
	for _, w := range weights {
		next, carry := bits.Add64(sum, uint64(w), 0)
		if carry != 0 {
			return 0, false
		}
		sum = next
	}
	return sum, true
}
