package bridge

import (
	"slices"
	"unicode/utf8"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Line is what was sold of one product on one side. It is a record.
//
// Amounts are in the unit of the question. Where they were converted from
// other currencies at the rates of their day, ConstantAmount is the amount of
// the current side converted at the rates of the base side; left out, it is
// the Amount, and there is no currency part. ConstantCost is the same for
// Cost.
type Line struct {
	Key            []string  `json:"key"`                      // one for each level; empty text is what is missing
	UnitOfMeasure  string    `json:"unit_of_measure,omitzero"` // pcs, kg; what is sold in other units never mixes
	Quantity       kpi.Value `json:"quantity"`
	Amount         kpi.Value `json:"amount"`
	Cost           kpi.Value `json:"cost,omitzero"` // of Margins
	ConstantAmount kpi.Value `json:"constant_amount,omitzero"`
	ConstantCost   kpi.Value `json:"constant_cost,omitzero"`
}

// isSound is check without words, as nearly every line is.
func (l *Line) isSound(side, depth int) bool {
	if len(l.Key) != depth || side == 0 && l.hasConstant() || !utf8.ValidString(l.UnitOfMeasure) {
		return false
	}
	return !slices.ContainsFunc(l.Key, func(name string) bool { return !utf8.ValidString(name) })
}

func (l *Line) check(problems *check.List, at string, side, depth int) {
	if len(l.Key) != depth {
		problems.Add(check.ErrInvalid, check.At(at, "key"), "wrong_depth", len(l.Key), "levels", depth)
	}
	for k, name := range l.Key {
		checkText(problems, check.At(check.At(at, "key"), k), name)
	}
	checkText(problems, check.At(at, "unit_of_measure"), l.UnitOfMeasure)
	if side == 0 && l.ConstantAmount != (kpi.Value{}) {
		problems.Add(check.ErrInvalid, check.At(at, "constant_amount"), "constant_on_base", l.ConstantAmount)
	}
	if side == 0 && l.ConstantCost != (kpi.Value{}) {
		problems.Add(check.ErrInvalid, check.At(at, "constant_cost"), "constant_on_base", l.ConstantCost)
	}
}

func (l *Line) hasConstant() bool {
	return l.ConstantAmount != kpi.Value{} || l.ConstantCost != kpi.Value{}
}

// sold reports whether there is a quantity to have a price of.
func (l *Line) sold() bool { return l.Quantity.Sign() != 0 }

// value gives what is explained: the amount, or the margin, as it is and at
// constant currency.
func (l *Line) value(basis Basis) (actual, constant kpi.Value) {
	amount, cost := l.constant()
	if basis == Amounts {
		return l.Amount, amount
	}
	return l.Amount.Sub(l.Cost), amount.Sub(cost)
}

// constant gives amount and cost at constant currency.
func (l *Line) constant() (amount, cost kpi.Value) {
	amount, cost = l.Amount, l.Cost
	if l.ConstantAmount != (kpi.Value{}) {
		amount = l.ConstantAmount
	}
	if l.ConstantCost != (kpi.Value{}) {
		cost = l.ConstantCost
	}
	return amount, cost
}
