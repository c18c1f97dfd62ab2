package main

import (
	"fmt"

	"github.com/Rhymond/go-money"
	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/shopspring/decimal"
)

// The split is a yearly goal of 12 million by twelve months' history, in
// cents.
const yearGoal = 1_200_000_000

func history() []int64 {
	return []int64{113467200, 72193200, 102571300, 133846600, 69693200, 105005900,
		123526400, 73198000, 93894300, 113157300, 0, 88000000}
}

// parts are those of a split, in cents.
type parts []int64

// agrees asks only that nothing is lost: the methods hand out the cents that
// are left in ways of their own.
func (p parts) agrees(map[cell]tally) error {
	left := int64(yearGoal)
	for _, part := range p {
		left -= part
	}
	if left != 0 || len(p) != len(history()) {
		return fmt.Errorf("%d parts, and %d cents are left", len(p), left)
	}
	return nil
}

type decimalParts []decimal.Decimal

func (p decimalParts) agrees(want map[cell]tally) error {
	var all parts
	for _, part := range p {
		all = append(all, centsOf(part))
	}
	return all.agrees(want)
}

type moneyParts []*money.Money

func (p moneyParts) agrees(want map[cell]tally) error {
	var all parts
	for _, part := range p {
		all = append(all, part.Amount())
	}
	return all.agrees(want)
}

// byHand is the split that people write: each part rounded, and what is left
// to the last. The last can be many cents away from its share, or negative.
func byHand(goal decimal.Decimal, scale int32, weights []decimal.Decimal) decimalParts {
	sum := decimal.Decimal{}
	for _, w := range weights {
		sum = sum.Add(w)
	}
	all, left := make(decimalParts, len(weights)), goal
	for i, w := range weights[:len(weights)-1] {
		all[i] = goal.Mul(w).DivRound(sum, scale)
		left = left.Sub(all[i])
	}
	all[len(all)-1] = left
	return all
}

// splits are the cases of twelve weights, first ours and then the other.
func splits() []*contest {
	weights, ints, amounts := history(), []int{}, []decimal.Decimal{}
	for _, w := range weights {
		ints, amounts = append(ints, int(w)), append(amounts, decimal.New(w, -2))
	}
	goal, asMoney := decimal.New(yearGoal, -2), money.New(yearGoal, money.USD)
	split := func(name string, contenders ...contender) *contest {
		return &contest{name: name, records: 1, repeat: 20_000, contenders: contenders}
	}
	// Results live outside the closures so that what is timed allocates nothing
	// for being handed back.
	var ours, byWeights decimalParts
	var whole parts
	var theirs moneyParts
	return []*contest{
		split("12 weights, cents",
			contender{"apportion.Int64", func() (result, error) {
				p, err := apportion.Int64(yearGoal, weights)
				whole = p
				return &whole, err
			}},
			contender{"go-money Allocate", func() (result, error) {
				p, err := asMoney.Allocate(ints...)
				theirs = p
				return &theirs, err
			}}),
		split("12 weights, decimals",
			contender{"apportion.Decimal", func() (result, error) {
				p, err := apportion.Decimal(goal, 2, amounts)
				ours = p
				return &ours, err
			}},
			contender{"Mul and DivRound", func() (result, error) {
				byWeights = byHand(goal, 2, amounts)
				return &byWeights, nil
			}}),
	}
}
