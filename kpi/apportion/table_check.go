package apportion

import (
	"math/big"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

// check reports what is wrong with the records, before anything is computed.
func (t Table) check(problems *check.List) {
	checkScale(problems, t.Scale)
	checkSides(problems, len(t.Rows), len(t.Columns))
	amount := func(d decimal.Decimal, path string) { (Split{Scale: t.Scale}).checkAmount(problems, d, path) }
	rows, columns := checkMargin(problems, "rows", t.Rows, amount), checkMargin(problems, "columns", t.Columns, amount)
	seen := make(map[[2]string]int, len(t.Locked))
	for i, cell := range t.Locked {
		if !rows[cell.Row] {
			problems.Add(check.ErrUnknown, check.At("locked", i, "row"), "unknown_key", cell.Row)
		}
		if !columns[cell.Column] {
			problems.Add(check.ErrUnknown, check.At("locked", i, "column"), "unknown_key", cell.Column)
		}
		if first, found := seen[[2]string{cell.Row, cell.Column}]; found {
			problems.Add(check.ErrDuplicate, check.At("locked", i), "duplicate_lock", nil, "first", first, "row", cell.Row, "column", cell.Column)
		} else {
			seen[[2]string{cell.Row, cell.Column}] = i
		}
		amount(cell.Amount, check.At("locked", i, "amount"))
	}
}

// checkMargin reports the problems of one side and gives its keys.
func checkMargin(problems *check.List, name string, parts []Part, amount func(decimal.Decimal, string)) map[string]bool {
	first, known := make(map[string]int, len(parts)), make(map[string]bool, len(parts))
	for i, p := range parts {
		if earlier, found := first[p.Key]; found && p.Key != "" {
			problems.Add(check.ErrDuplicate, check.At(name, i, "key"), "duplicate_key", p.Key, "first", earlier)
		}
		if p.Key == "" {
			problems.Add(check.ErrMissing, check.At(name, i, "key"), "missing_key", nil)
		}
		if len(p.Children) > 0 {
			problems.Add(check.ErrInvalid, check.At(name, i, "children"), "margin_with_children", nil)
		}
		amount(p.Amount, check.At(name, i, "amount"))
		first[p.Key], known[p.Key] = i, true
	}
	return known
}

// check reports what cannot be met.
func (g *grid) check(problems *check.List) {
	whole, across := g.sum(g.Rows), g.sum(g.Columns)
	checkSums(problems, whole, across, g.text)
	g.checkRectangle(problems)
	if problems.Empty() { // else it would be a consequence
		g.checkClosed(problems, g.rows)
		g.checkClosed(problems, g.columns)
	}
	g.checkOpen(problems, g.rows, whole.Sign())
	g.checkOpen(problems, g.columns, whole.Sign())
	checkDigits(problems, total(g.rows.openLeft()))
}

func (g *grid) sum(parts []Part) *big.Int {
	sum := new(big.Int)
	for _, p := range parts {
		sum.Add(sum, units(p.Amount, g.Scale))
	}
	return sum
}

// checkRectangle reports the locked cells of rows and columns that are open.
func (g *grid) checkRectangle(problems *check.List) {
	for i, cell := range g.Locked {
		if g.rows.isOpen(cell.Row) && g.columns.isOpen(cell.Column) {
			problems.Add(check.ErrInfeasible, check.At("locked", i), "not_a_rectangle", text(cell.Amount), "row", cell.Row, "column", cell.Column)
		}
	}
}

func (s side) isOpen(key string) bool {
	_, found := slices.BinarySearch(s.open, s.at[key])
	return found
}

// checkClosed reports rows or columns whose cells are all locked and do not
// add up to the margin.
func (g *grid) checkClosed(problems *check.List, s side) {
	for place, left := range s.left {
		if left.Sign() != 0 && !s.isOpen(s.key(place)) {
			problems.Add(check.ErrInfeasible, s.path(place), "locks_differ", g.marginText(s, place), "key", s.key(place), "by", g.text(left))
		}
	}
}

// checkOpen reports rows or columns where what is left has the other sign
// than the total.
func (g *grid) checkOpen(problems *check.List, s side, sign int) {
	for _, place := range s.open {
		if left := s.left[place]; left.Sign() != 0 && left.Sign() != sign {
			problems.Add(check.ErrInfeasible, s.path(place), codeOtherSign, g.marginText(s, place), "key", s.key(place), "by", g.text(new(big.Int).Abs(left)))
		}
	}
}

func (g *grid) marginText(s side, place int) string { return text(s.parts[s.order[place]].Amount) }

func (g *grid) text(n *big.Int) string { return text(g.amount(n)) }
