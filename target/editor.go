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
	checkPlaces(c.problems, "value", e.Value, c.metric.Unit.Places())
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
