package target

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// part is what one cell has that may change, and its weight where none has
// anything.
type part struct{ free, weight kpi.Value }

// spread makes the parts add up to an amount: the difference goes over them in
// proportion to their size, so that without one nothing changes, whatever
// their signs. Owner i and period p are named where nothing can take it.
func (c *editor) spread(i, p int, amount kpi.Value, parts []part) ([]kpi.Value, bool) {
	weights := make([]kpi.Value, len(parts))
	total, size := kpi.Int(0), kpi.Int(0)
	for k, part := range parts {
		weights[k] = part.free.Abs()
		total, size = total.Add(part.free), size.Add(weights[k])
	}
	if !slices.ContainsFunc(weights, func(w kpi.Value) bool { return w.Sign() != 0 }) {
		for k, part := range parts {
			weights[k] = part.weight
		}
	}
	if amount == total {
		return values(parts, func(p part) kpi.Value { return p.free }), true
	}
	code := ""
	switch {
	case !slices.ContainsFunc(weights, func(w kpi.Value) bool { return w.Sign() != 0 }):
		code = "locked"
	case total.Sign()*amount.Sign() < 0:
		code = "not_enough"
	}
	if code != "" {
		c.infeasible(i, p, code, amount)
		return nil, false
	}
	if total.Abs() == size { // of one sign the whole is in the same proportion as the difference
		amounts, err := c.divide(amount, weights)
		c.problems.Nest("", err)
		return amounts, err == nil
	}
	amounts, err := c.divide(amount.Sub(total), weights)
	c.problems.Nest("", err)
	for k := range amounts {
		amounts[k] = amounts[k].Add(parts[k].free)
		if amounts[k].Sign()*parts[k].free.Sign() < 0 {
			c.infeasible(i, p, "not_enough", amount)
			return nil, false
		}
	}
	return amounts, err == nil
}

func (c *editor) infeasible(i, p int, code string, amount kpi.Value) {
	c.problems.Add(check.ErrInfeasible, "value", code, amount,
		"owner", c.nodes[i].id, "period", c.split.Calendar.Label(c.periods[p]))
}

// held gives what of a cell cannot change because of locks below it or
// because nobody has it.
func (c *editor) held(i, p int) kpi.Value {
	n := c.nodes[i]
	switch {
	case c.isLocked(i, p):
		return n.cells[p].Or(kpi.Int(0))
	case len(n.children) == 0 || n.mode.ownQuota():
		return kpi.Int(0)
	}
	all := []kpi.Value{kpi.Int(0), cellOf(n.uncovered, p)}
	for _, child := range n.children {
		all = append(all, c.held(child, p))
	}
	return sumOfValues(all...)
}
