package target

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// editor works on a clone of a breakdown, takes one edit after the other, and
// writes down what stands in the way of one.
type editor struct {
	*Breakdown
	problems  *check.List
	edit      Edit
	allLocked []bool         // by period, for all owners
	locked    map[int][]bool // by node and period
	from, to  int
	written   []overwritten // by this edit
}

// overwritten is what was in a cell before.
type overwritten struct {
	row []kpi.Value
	p   int
	was kpi.Value
}

func (b *Breakdown) editor() *editor { return &editor{Breakdown: b.clone()} }

// take makes an edit, or reports at a path why it cannot and changes nothing.
// The goal that results is not looked at: of several edits that belong
// together only the last one must leave one that is allowed.
func (c *editor) take(problems *check.List, at string, e Edit) {
	found, goal := check.List{}, c.goal.Target
	c.problems, c.edit, c.written = &found, e, c.written[:0]
	c.checkEdit()
	if found.Empty() {
		c.apply()
	}
	if !found.Empty() {
		for _, cell := range slices.Backward(c.written) {
			cell.row[cell.p] = cell.was
		}
		c.goal.Target = goal
	}
	problems.Nest(at, found.Err())
}

// write puts a value into a cell and remembers what was there.
func (c *editor) write(row []kpi.Value, p int, v kpi.Value) {
	c.written = append(c.written, overwritten{row, p, row[p]})
	row[p] = v
}

func (c *editor) checkEdit() {
	e := c.edit
	if _, known := c.index[e.Owner]; !known {
		c.problems.Add(check.ErrUnknown, "owner", "unknown_owner", e.Owner)
	}
	c.from, c.to = c.spanIn("period", e.Period)
	if !e.Value.Defined() {
		c.problems.Add(check.ErrMissing, "value", "missing_amount", nil, "reason", e.Value.Reason())
	}
	checkPlaces(c.problems, "value", e.Value, c.metric.Unit.Scale)
	if e.Follow > ChildrenScale {
		c.problems.Add(check.ErrUnknown, "follow", "unknown_word", uint8(e.Follow))
	}
	c.allLocked, c.locked = nil, nil
	for i, l := range e.Locks {
		c.lock(check.At("locks", i), l)
	}
}

func (c *editor) spanIn(at string, p calendar.Period) (from, to int) {
	from, to, whole := c.span(p)
	switch {
	case p.IsZero():
		c.problems.Add(check.ErrMissing, at, "missing_period", nil)
	case !c.Breakdown.goal.Period.Covers(p):
		c.problems.Add(check.ErrRange, at, "outside_the_goal", p, "period", c.goal.Period)
	case !whole:
		c.problems.Add(check.ErrInvalid, at, "off_boundary", p, "grain", c.split.Grain)
	default:
		return from, to
	}
	return 0, 0
}

func (c *editor) lock(at string, l Lock) {
	from, to := 0, len(c.periods)
	if !l.Period.IsZero() {
		from, to = c.spanIn(at+".period", l.Period)
	}
	if l.Owner == "" {
		c.allLocked = c.hold(c.allLocked, from, to)
		return
	}
	owner, known := c.index[l.Owner]
	if !known {
		c.problems.Add(check.ErrUnknown, at+".owner", "unknown_owner", l.Owner)
		return
	}
	if c.locked == nil {
		c.locked = map[int][]bool{}
	}
	c.locked[owner] = c.hold(c.locked[owner], from, to)
}

// hold marks some periods.
func (c *editor) hold(periods []bool, from, to int) []bool {
	if periods == nil {
		periods = make([]bool, len(c.periods))
	}
	for p := from; p < to; p++ {
		periods[p] = true
	}
	return periods
}

func (c *editor) isLocked(i, p int) bool {
	return c.allLocked != nil && c.allLocked[p] || c.locked[i] != nil && c.locked[i][p]
}

// apply spreads the new value over the periods and lets each follow.
func (c *editor) apply() {
	i := c.index[c.edit.Owner]
	n := c.nodes[i]
	free, parts := []int{}, []part{}
	rest := c.edit.Value
	phases := n.phasing.weights(c.periods)
	for p := c.from; p < c.to; p++ {
		if c.isLocked(i, p) {
			rest = rest.Sub(n.cells[p].Or(kpi.Int(0)))
			continue
		}
		held := c.held(i, p)
		rest = rest.Sub(held)
		free, parts = append(free, p), append(parts, part{n.cells[p].Or(kpi.Int(0)).Sub(held), phases[p]})
	}
	amounts, ok := c.spread(i, c.from, rest, parts)
	if !ok {
		return
	}
	for k, p := range free {
		c.change(i, p, amounts[k].Add(c.held(i, p)))
	}
}

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

// change sets a cell, scales what is below it and lets what is above follow.
func (c *editor) change(i, p int, value kpi.Value) {
	before := c.nodes[i].cells[p].Or(kpi.Int(0))
	difference := value.Sub(before)
	if difference == kpi.Int(0) {
		c.stateZero(i, p)
		return // nor does what is below an own quota change, which need not match it
	}
	c.set(i, p, value)
	switch c.edit.Follow {
	case SiblingsAbsorb:
		c.absorb(i, p, difference)
	case UncoveredAbsorbs:
		c.uncover(i, p, difference)
	default:
		c.raise(c.nodes[i].parent, p, difference)
	}
}

// stateZero makes a zero of a cell without a target where the edit asks for
// it: names that cell alone, and it is not the sum of others. What is above
// becomes their sum.
func (c *editor) stateZero(i, p int) {
	n := c.nodes[i]
	if n.cells[p].Defined() || c.to-c.from > 1 || len(n.children) > 0 && !n.mode.ownQuota() {
		return
	}
	c.write(n.cells, p, kpi.Int(0))
	c.raise(n.parent, p, kpi.Int(0))
}

// set writes a cell and scales the children that add up to it, and where the
// edit says so those below an own quota, at whatever depth it stands. One without a
// target that receives nothing stays without: no data is not zero.
func (c *editor) set(i, p int, value kpi.Value) {
	n := c.nodes[i]
	before := n.cells[p].Or(kpi.Int(0))
	if value == before {
		return
	}
	c.write(n.cells, p, value)
	switch {
	case len(n.children) == 0:
	case !n.mode.ownQuota():
		c.scale(i, p, value.Sub(cellOf(n.uncovered, p).Or(kpi.Int(0))))
	case c.edit.Follow == ChildrenScale:
		c.scaleOwn(i, p, before, value)
	}
}

// scale hands an amount to the children and the own selling.
func (c *editor) scale(i, p int, amount kpi.Value) {
	n := c.nodes[i]
	parts, free := []part{}, []int{}
	for k, child := range n.children {
		held := c.held(child, p)
		amount = amount.Sub(held)
		if !c.isLocked(child, p) {
			parts = append(parts, part{c.nodes[child].cells[p].Or(kpi.Int(0)).Sub(held), n.weights[k]})
			free = append(free, child)
		}
	}
	if n.mode == DirectPlusTeam {
		parts = append(parts, part{n.direct[p].Or(kpi.Int(0)), n.weights[len(n.children)]})
	}
	amounts, ok := c.spread(i, p, amount, parts)
	for k, child := range free {
		if ok {
			c.set(child, p, amounts[k].Add(c.held(child, p)))
		}
	}
	if ok && n.mode == DirectPlusTeam {
		if own := amounts[len(free)]; own != n.direct[p].Or(kpi.Int(0)) {
			c.write(n.direct, p, own)
		}
	}
}

// scaleOwn keeps the ratio between an own quota and what is handed on.
func (c *editor) scaleOwn(i, p int, before, value kpi.Value) {
	handed := c.handedOn(c.nodes[i], p).Or(kpi.Int(0)).Mul(value).Div(before)
	if !handed.Defined() {
		handed = c.passedOn(c.nodes[i], value)
	}
	c.scale(i, p, c.rounded(handed).Sub(cellOf(c.nodes[i].uncovered, p).Or(kpi.Int(0))))
}

// raise adds a difference to an owner and to all above it that are sums.
func (c *editor) raise(i, p int, difference kpi.Value) {
	for ; i >= 0 && !c.nodes[i].mode.ownQuota(); i = c.nodes[i].parent {
		if c.isLocked(i, p) && difference != kpi.Int(0) {
			c.infeasible(i, p, "locked", difference)
			return
		}
		c.write(c.nodes[i].cells, p, c.nodes[i].cells[p].Or(kpi.Int(0)).Add(difference))
	}
	if i < 0 {
		c.goal.Target = c.goal.Target.Add(difference)
	}
}

// absorb takes a difference from the siblings.
func (c *editor) absorb(i, p int, difference kpi.Value) {
	up := c.nodes[i].parent
	if up < 0 {
		c.infeasible(i, p, "no_siblings", difference)
		return
	}
	rest, parts, free := difference.Neg(), []part{}, []int{}
	for k, sibling := range c.nodes[up].children {
		if sibling == i || c.isLocked(sibling, p) {
			continue
		}
		may := c.nodes[sibling].cells[p].Or(kpi.Int(0)).Sub(c.held(sibling, p))
		rest = rest.Add(may)
		parts, free = append(parts, part{may, c.nodes[up].weights[k]}), append(free, sibling)
	}
	if len(c.nodes[up].children) == 1 {
		c.infeasible(i, p, "no_siblings", difference)
		return
	}
	amounts, ok := c.spread(i, p, rest, parts)
	for k, sibling := range free {
		if ok {
			c.set(sibling, p, amounts[k].Add(c.held(sibling, p)))
		}
	}
}

// uncover takes a difference from what nobody has.
func (c *editor) uncover(i, p int, difference kpi.Value) {
	up := c.nodes[i].parent
	if up < 0 {
		c.infeasible(i, p, "nobody_above", difference)
		return
	}
	n := &c.nodes[up]
	before := cellOf(n.uncovered, p).Or(kpi.Int(0))
	after := before.Sub(difference)
	if before.Sign()*after.Sign() < 0 || before.Sign() == 0 && difference.Sign()*n.cells[p].Sign() > 0 {
		c.infeasible(up, p, "not_enough", after)
		return
	}
	if n.uncovered == nil {
		n.uncovered = make([]kpi.Value, len(c.periods))
	}
	c.write(n.uncovered, p, after)
}
