package plan

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// goals tells of every goal of which anything changed: itself, its breakdown,
// its stated cells.
func (c *chronicle) goals(d Diff) {
	for _, id := range eitherKey(c.from.Goals, c.to.Goals, goalID) {
		before, had := c.from.goal(id)
		after, has := c.to.goal(id)
		switch {
		case !had:
			c.add("goal_new", id, "target", c.to.unit(after.Metric)(after.Target), "owner", after.Owner, "period", c.to.Calendar.Text(after.Period))
		case !has:
			c.add("goal_gone", id, "target", c.from.unit(before.Metric)(before.Target), "owner", before.Owner, "period", c.from.Calendar.Text(before.Period))
		case before != after:
			c.goal(before, after)
		}
		c.split(d, id)
		c.stated(d, id)
	}
}

// goal tells of one goal that both plans have.
func (c *chronicle) goal(from, to target.Goal) {
	text := c.to.unit(to.Metric)
	c.step("target", to.ID, text, from.Target, to.Target)
	c.step("base", to.ID, text, from.Base, to.Base)
	c.step("stretch", to.ID, text, from.Stretch, to.Stretch)
	if from.Period != to.Period {
		c.add("goal_moved", to.ID, "from", c.from.Calendar.Text(from.Period), "to", c.to.Calendar.Text(to.Period))
	}
	if from.Owner != to.Owner {
		c.add("goal_handed_over", to.ID, "from", from.Owner, "to", to.Owner)
	}
	rest := from
	rest.Target, rest.Base, rest.Stretch, rest.Period, rest.Owner = to.Target, to.Base, to.Stretch, to.Period, to.Owner
	if rest != to {
		c.add("goal_changed", to.ID, fieldsOf(rest, to)...)
	}
}

// split tells of the breakdown of a goal.
func (c *chronicle) split(d Diff, goal string) {
	from, to := c.from.breakdown(goal), c.to.breakdown(goal)
	switch {
	case from == nil && to == nil:
	case from == nil:
		c.add("split_new", goal, "n", len(sellersOf(to)))
	case to == nil:
		c.add("split_gone", goal)
	case !same(from, to):
		before := len(c.found)
		c.carriers(from, to)
		c.cells(d, goal)
		if len(c.found) == before {
			c.add("split_changed", goal)
		}
	}
}

// sellersOf gives the owners of whom the sum is made: those without children,
// and those who sell themselves beside theirs.
func sellersOf(b *target.Breakdown) []string {
	return slices.DeleteFunc(slices.Clone(b.Owners()), func(owner string) bool { return !carried(b, owner).Defined() })
}

// carried gives what an owner sells itself over the goal's whole period; it is
// undefined for one that only has the sum of others.
func carried(b *target.Breakdown, owner string) kpi.Value {
	if len(b.Children(owner)) == 0 {
		return b.Cell(owner, b.Goal().Period)
	}
	return b.Quota(owner, b.Goal().Period).Direct
}

// carriers says who carries more or less, the largest difference first.
func (c *chronicle) carriers(from, to *target.Breakdown) {
	type carrier struct {
		owner    string
		from, to kpi.Value
		size     kpi.Value
	}
	var all []carrier
	id := func(s string) string { return s }
	for _, owner := range eitherKey(sellersOf(from), sellersOf(to), id) {
		before, after := carried(from, owner), carried(to, owner)
		all = append(all, carrier{owner, before, after, after.Or(kpi.Int(0)).Sub(before.Or(kpi.Int(0))).Abs()})
	}
	slices.SortStableFunc(all, func(a, b carrier) int { return cmp.Or(b.size.Compare(a.size), cmp.Compare(a.owner, b.owner)) })
	text := to.Metric().Unit.Text
	for _, who := range all {
		c.step("carries", who.owner, text, who.from, who.to, "goal", to.Goal().ID)
	}
}

// cells says how many cells of owners without children changed, and in which
// periods.
func (c *chronicle) cells(d Diff, goal string) {
	to := c.to.breakdown(goal)
	for _, whole := range d.Breakdowns.Changed {
		if whole.To.Goal().ID == goal {
			c.add("split_anew", goal, "n", len(sellersOf(to)), "periods", len(to.Periods()))
		}
	}
	for _, cells := range d.Cells {
		if cells.Goal != goal {
			continue
		}
		n, span := 0, []calendar.Period{}
		for _, change := range cells.Diff.Changes {
			team := len(to.Children(change.Owner)) > 0
			if change.Row == target.CellRow && !team || change.Row == target.DirectRow && team {
				n, span = n+1, append(span, change.Period)
			}
		}
		if n > 0 {
			first, last := c.ends(span)
			c.add("cells_changed", goal, "n", n, "of", len(sellersOf(to))*len(to.Periods()), "first", first, "last", last)
		}
	}
}

// ends gives the labels of the first and the last period.
func (c *chronicle) ends(periods []calendar.Period) (first, last string) {
	return c.to.Calendar.Text(slices.MinFunc(periods, calendar.Period.Compare)), c.to.Calendar.Text(slices.MaxFunc(periods, calendar.Period.Compare))
}

// stated tells of the cells of a goal that does not add up.
func (c *chronicle) stated(d Diff, goal string) {
	from, to := c.from.stated(goal), c.to.stated(goal)
	switch {
	case from == nil && to == nil:
	case from == nil:
		c.add("stated_new", goal, "n", len(to.Cells()))
	case to == nil:
		c.add("stated_gone", goal)
	}
	for _, whole := range d.Stated.Changed {
		if whole.To.Goal().ID == goal {
			c.add("stated_anew", goal, "n", len(to.Cells()))
		}
	}
	for _, cells := range d.StatedCells {
		if cells.Goal == goal {
			c.statedCells(cells, to.Metric().Unit.Text)
		}
	}
}

// statedCells tells of each owner's cells by their last change: what it is to
// reach in the end.
func (c *chronicle) statedCells(d StatedDiff, text func(kpi.Value) string) {
	type cell struct {
		owner    string
		period   calendar.Period
		from, to kpi.Value
	}
	var all []cell
	for _, x := range d.Cells.Added {
		all = append(all, cell{x.Owner, x.Period, kpi.Value{}, x.Value})
	}
	for _, x := range d.Cells.Removed {
		all = append(all, cell{x.Owner, x.Period, x.Value, kpi.Value{}})
	}
	for _, x := range d.Cells.Changed {
		all = append(all, cell{x.To.Owner, x.To.Period, x.From.Value, x.To.Value})
	}
	slices.SortFunc(all, func(a, b cell) int { return cmp.Or(cmp.Compare(a.owner, b.owner), a.period.Compare(b.period)) })
	for i, x := range all {
		if i+1 < len(all) && all[i+1].owner == x.owner {
			continue
		}
		var span []calendar.Period
		for _, other := range all {
			if other.owner == x.owner {
				span = append(span, other.period)
			}
		}
		first, last := c.ends(span)
		c.add("stated_cells", x.owner, "goal", d.Goal, "n", len(span), "first", first, "last", last, "from", text(x.from), "to", text(x.to))
	}
	if len(all) == 0 && d.Change == nil {
		c.add("stated_changed", d.Goal)
	}
}

// commitments tells of what people commit to.
func (c *chronicle) commitments(all []CommitmentsDiff) {
	for _, d := range all {
		g, known := c.to.goal(d.Goal)
		if !known {
			g, _ = c.from.goal(d.Goal)
		}
		text := c.to.unit(g.Metric)
		for _, x := range d.Commitments.Added {
			c.add("committed", x.Owner, "goal", d.Goal, "amount", text(x.Amount), "day", x.Day)
		}
		for _, x := range d.Commitments.Removed {
			c.add("commitment_gone", x.Owner, "goal", d.Goal, "amount", text(x.Amount), "day", x.Day)
		}
		for _, x := range d.Commitments.Changed {
			c.add("commitment_changed", x.To.Owner, "goal", d.Goal, "day", x.To.Day, "from", text(x.From.Amount), "to", text(x.To.Amount))
		}
		if d.Acceptance != nil && d.Commitments.empty() {
			c.add("acceptance_changed", d.Goal)
		}
	}
}

// assessments tells whether goals are judged better or worse than before.
func (c *chronicle) assessments(all Changes[target.Assessment]) {
	for _, a := range all.Added {
		c.add("assessed", a.Goal)
	}
	for _, a := range all.Removed {
		c.add("assessment_gone", a.Goal)
	}
	for _, pair := range all.Changed {
		switch before, after := pair.From.Verdict(), pair.To.Verdict(); {
		case after > before:
			c.add("assessed_better", pair.To.Goal)
		case after < before:
			c.add("assessed_worse", pair.To.Goal)
		default:
			c.add("assessed_anew", pair.To.Goal)
		}
	}
}
