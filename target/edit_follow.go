package target

import "github.com/saleskpi/saleskpi/kpi"

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
