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
// For an owner that is [Carried] or [Independent] a figure states its own
// quota, and for one that is [DirectPlusTeam] its own selling. What its
// children add up to may then differ: [Breakdown.Levels] says by how much.
//
// The goal's target may be left out: it becomes the sum. If it is there and
// is not the sum, that is an error (check.ErrInvalid, not_the_sum) that says
// by how much.
//
// All problems are reported at once: those of [BreakDown] but for weights; a
// figure of another metric (check.ErrInvalid), of an owner that is not in
// the tree (check.ErrUnknown) or is the sum of its children
// (check.ErrInvalid, has_children), off the
// boundaries of the grain or outside the goal's period (check.ErrRange),
// without a number or with more places than the unit has, and a cell
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
	for i := range b.nodes {
		if row := b.nodes[i].statedRow(); row != nil {
			*row = make([]kpi.Value, len(b.periods))
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
		copy((*n.statedRow())[from:to], parts)
	}
}

// statedRow gives the row that a table states; an owner that is the sum of
// its children has none.
func (n *node) statedRow() *[]kpi.Value {
	switch {
	case len(n.children) == 0 || n.mode.ownQuota():
		return &n.cells
	case n.mode == DirectPlusTeam:
		return &n.direct
	}
	return nil
}

// sells reports whether an owner sells itself: one without children, or one
// that does beside its team.
func (n *node) sells() bool { return len(n.children) == 0 || n.mode == DirectPlusTeam }

// Stated gives the figures from which [FromFigures] makes the same cells:
// those of the owners without children, own quotas and own selling, in the
// order of [kpi.Figure.Compare]. What is uncovered or relieved is no figure.
func (b *Breakdown) Stated() []kpi.Figure {
	figures := []kpi.Figure{}
	for i := range b.nodes {
		if row := b.nodes[i].statedRow(); row != nil {
			figures = append(figures, b.figures(b.nodes[i].id, *row)...)
		}
	}
	slices.SortFunc(figures, kpi.Figure.Compare)
	return figures
}

// figures gives the cells of a row that have a target.
func (b *Breakdown) figures(owner string, row []kpi.Value) []kpi.Figure {
	figures := make([]kpi.Figure, 0, len(row))
	for p, v := range row {
		if v.Defined() {
			figures = append(figures, kpi.Figure{Metric: b.metric.ID, Owner: owner, Period: b.periods[p], Value: v})
		}
	}
	return figures
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
	case b.nodes[owner].statedRow() == nil:
		found.Add(check.ErrInvalid, "owner", "has_children", f.Owner)
	}
	from, to, whole := b.span(f.Period)
	switch {
	case !b.goal.Period.Covers(f.Period):
		found.Add(check.ErrRange, "period", "outside_the_goal", f.Period, "period", b.goal.Period)
	case !whole:
		found.Add(check.ErrInvalid, "period", "off_boundary", f.Period, "grain", b.split.Grain)
	case found.Empty() && slices.ContainsFunc((*b.nodes[owner].statedRow())[from:to], kpi.Value.Defined):
		found.Add(check.ErrDuplicate, "period", "already_has_a_target", f.Period, "owner", f.Owner)
	}
	if !f.Value.Defined() {
		found.Add(check.ErrMissing, "value", "missing_amount", nil, "reason", f.Value.Reason())
	}
	checkPlaces(&found, "value", f.Value, b.metric.Unit.Places())
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
	checkPlaces(problems, "goal.target", b.goal.Target, b.metric.Unit.Places())
	if b.goal.Target.Defined() && sum != b.goal.Target {
		problems.Add(check.ErrInvalid, "goal.target", "not_the_sum", b.goal.Target, "sum", sum, "difference", sum.Sub(b.goal.Target))
	}
}
