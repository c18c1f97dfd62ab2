package apportion

import (
	"math/big"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// BigInt splits a total of whole units by whole weights, both of any size,
// by the method of largest remainder. Part i belongs to weight i; equal
// remainders go to the earlier part.
//
// Errors: check.ErrMissing for a nil total or weight, check.ErrRange for a
// weight below zero, check.ErrInfeasible where all weights are zero or there
// are none.
func BigInt(total *big.Int, weights []*big.Int) ([]*big.Int, error) {
	if err := checkBigs("apportion.BigInt", total, weights); err != nil {
		return nil, err
	}
	return hamiltonBig(total, weights), nil
}

// BigRat is BigInt by exact fractions, such as a seller's share of a team
// that is itself a quotient of sums. The weights are brought to their least
// common denominator, and its size is the price: a thousand denominators
// without a common factor are slow.
//
// Errors: as of [BigInt].
func BigRat(total *big.Int, weights []*big.Rat) ([]*big.Int, error) {
	if err := checkBigs("apportion.BigRat", total, weights); err != nil {
		return nil, err
	}
	return hamiltonBig(total, numerators(weights)), nil
}

// numerators gives the weights multiplied by their least common denominator.
func numerators(weights []*big.Rat) []*big.Int {
	common := big.NewInt(1)
	for _, w := range weights {
		divisor := new(big.Int).GCD(nil, nil, common, w.Denom())
		common.Mul(common, divisor.Quo(w.Denom(), divisor))
	}
	whole := make([]*big.Int, len(weights))
	for i, w := range weights {
		factor := new(big.Int).Quo(common, w.Denom())
		whole[i] = factor.Mul(factor, w.Num())
	}
	return whole
}

// number is a *big.Int or a *big.Rat, whose zero value is nil.
type number interface {
	comparable
	Sign() int
}

func checkBigs[N number](op string, total *big.Int, weights []N) error {
	problems := check.List{Op: op}
	if total == nil {
		problems.Add(check.ErrMissing, "total", "missing_total", nil)
	}
	var missing N
	if !slices.ContainsFunc(weights, func(w N) bool { return w == missing || w.Sign() != 0 }) {
		addNobody(&problems, "weights", len(weights))
	}
	for i, w := range weights {
		switch {
		case w == missing:
			problems.Add(check.ErrMissing, check.At("weights", i), "missing_weight", nil)
		case w.Sign() < 0:
			problems.Add(check.ErrRange, check.At("weights", i), codeNegative, w)
		}
	}
	return problems.Err()
}
