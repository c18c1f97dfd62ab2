package target

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// FromFigures gives the breakdown that a table of targets states: one figure
// for each owner without children and period. Parents are the sums of their
// children; weights in the tree are not looked at and not kept.
//
// A figure for several periods of the grain, such as a quarter of months, is
// spread over them by the phasing of its owner. A cell without a figure has
// no target: it adds nothing, and [Breakdown.Findings] names it.
//
// The goal's target may be left out: it becomes the sum. If it is there and
// is not the sum, that is an error (check.ErrInvalid, not_the_sum) that says
// by how much.
//
// All problems are reported at once: those of [BreakDown] but for weights; a
// figure of another metric (check.ErrInvalid), of an owner that is not in
// the tree (check.ErrUnknown) or has children (check.ErrInvalid), off the
// boundaries of the grain or outside the goal's period (check.ErrRange),
// without a number or with more places than the unit's scale, and a cell
// that an earlier figure has taken (check.ErrDuplicate). None of the figures
// is left out silently.
func FromFigures(goal Goal, metric kpi.Metric, split Split, figures []kpi.Figure) (*Breakdown, error) {
	problems := check.List{Op: "target.FromFigures"}
	split.Owners = split.Owners.unweighted(MaxDepth)
	b := lay(&problems, goal, metric, split)
	if b == nil {
		return nil, problems.Err()
	}
	b.enter(&problems, figures)
	if !problems.Empty() {
		return nil, problems.Err()
	}
	b.sumUp()
	b.settle(&problems)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return b, nil
}

// enter puts the figures into the cells of the owners without children.
func (b *Breakdown) enter(problems *check.List, figures []kpi.Figure) {
	for i, n := range b.nodes {
		if len(n.children) == 0 {
			b.nodes[i].cells = make([]kpi.Value, len(b.periods))
		}
	}
	for i, f := range figures {
		at := check.At("figures", i)
		from, to, ok := b.place(problems, at, f)
		if !ok {
			continue
		}
		n := &b.nodes[b.index[f.Owner]]
		parts, err := b.divide(f.Value, n.phasing.weights(b.periods)[from:to])
		problems.Nest(at+".value", err)
		copy(n.cells[from:to], parts)
	}
}

// place gives the cells of a figure, or reports why it has none.
func (b *Breakdown) place(problems *check.List, at string, f kpi.Figure) (from, to int, ok bool) {
	var found check.List
	if f.Metric != b.metric.ID {
		found.Add(check.ErrInvalid, "metric", "other_metric", f.Metric, "metric", b.metric.ID)
	}
	owner, known := b.index[f.Owner]
	switch {
	case !known:
		found.Add(check.ErrUnknown, "owner", "unknown_owner", f.Owner)
	case len(b.nodes[owner].children) > 0:
		found.Add(check.ErrInvalid, "owner", "has_children", f.Owner)
	}
	from, to, whole := b.span(f.Period)
	switch {
	case !b.goal.Period.Covers(f.Period):
		found.Add(check.ErrRange, "period", "outside_the_goal", f.Period, "period", b.goal.Period)
	case !whole:
		found.Add(check.ErrInvalid, "period", "off_boundary", f.Period, "grain", b.split.Grain)
	case found.Empty() && slices.ContainsFunc(b.nodes[owner].cells[from:to], kpi.Value.Defined):
		found.Add(check.ErrDuplicate, "period", "already_has_a_target", f.Period, "owner", f.Owner)
	}
	if !f.Value.Defined() {
		found.Add(check.ErrMissing, "value", "missing_amount", nil, "reason", f.Value.Reason())
	}
	checkPlaces(&found, "value", f.Value, b.metric.Unit.Scale)
	problems.Nest(at, found.Err())
	return from, to, found.Empty()
}

// settle makes the goal's target and the sum one.
func (b *Breakdown) settle(problems *check.List) {
	sum := b.nodes[0].total()
	if b.goal.Target == (kpi.Value{}) {
		b.goal.Target = sum
	}
	b.goal.checkAmounts(problems, "goal.")
	b.goal.checkMetric(problems, "goal.", b.metric)
	checkPlaces(problems, "goal.target", b.goal.Target, b.metric.Unit.Scale)
	if b.goal.Target.Defined() && sum != b.goal.Target {
		problems.Add(check.ErrInvalid, "goal.target", "not_the_sum", b.goal.Target, "sum", sum, "difference", sum.Sub(b.goal.Target))
	}
}
