package target

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// StatedCell is one target of a goal that does not add up.
type StatedCell struct {
	Owner  string          `json:"owner"`
	Period calendar.Period `json:"period"`
	Value  kpi.Value       `json:"value"`

	// Weight is, of a ratio, the expected denominator: the deals expected to
	// close for a win rate, the expected market for a share.
	Weight kpi.Value `json:"weight,omitzero"`
}

// Pair gives the cell of a ratio that is stated by its two sides: 30 wins of
// 50 deals. A denominator of zero makes a cell that State refuses.
func Pair(owner string, period calendar.Period, num, den kpi.Value) StatedCell {
	return StatedCell{Owner: owner, Period: period, Value: num.Div(den), Weight: den}
}

// Stated is a goal that does not add up, stated for owners and periods, and
// rolled up by the rule of its kind:
//
//	ratio      over owners and periods: Σ weight × value ÷ Σ weight, weights being
//	           the expected denominators; never a sum or a plain mean
//	level      over owners the sum; over periods the last one (Cell) or the mean
//	           of its periods (Average)
//	distinct   not at all: every owner and every period has its own
//
// It is immutable and safe for concurrent use; [State], [StateFlat],
// [StatePath] and JSON make one.
type Stated struct {
	tree  *Breakdown // goal, metric, owners and periods; its cells are not used
	cells map[statedKey]StatedCell
}

type statedKey struct {
	owner  string
	period calendar.Period
}

// State takes a goal of a ratio, a level or a distinct count with the cells
// that a table states. Ratios and levels are stated for owners without
// children and periods of the grain; distinct counts for any owner and any
// period made up of whole ones. Weights and phasings of the split are not
// looked at.
//
// All problems are reported at once: those of [Goal.ValidateFor] and
// [Split.Validate], a metric that is additive (check.ErrUnit), cells of
// unknown owners, of parents, off the grain, outside the goal's period,
// without a number or twice, and weights that are below zero or stand where
// there is no ratio.
func State(goal Goal, metric kpi.Metric, split Split, cells []StatedCell) (*Stated, error) {
	problems := check.List{Op: "target.State"}
	s := state(&problems, goal, metric, split, cells)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return s, nil
}

func state(problems *check.List, goal Goal, metric kpi.Metric, split Split, cells []StatedCell) *Stated {
	split.Owners = split.Owners.unweighted(MaxDepth)
	goal.checkAmounts(problems, "goal.")
	tree := layKind(problems, goal, metric, split, false)
	if tree == nil {
		return nil
	}
	tree.noModes(problems)
	s := &Stated{tree: tree, cells: map[statedKey]StatedCell{}}
	for i, c := range cells {
		s.take(problems, check.At("cells", i), c)
	}
	return s
}

func (b *Breakdown) noModes(problems *check.List) {
	for _, n := range b.nodes {
		if n.mode != SumOfChildren {
			problems.Add(check.ErrInvalid, "owners", "mode_not_used", n.mode, "owner", n.id)
		}
	}
	if b.split.Owners.limited() {
		problems.Add(check.ErrInvalid, "owners", "limit_not_used", nil, "kind", b.metric.Additivity)
	}
}

func (s *Stated) take(problems *check.List, at string, c StatedCell) {
	kind := s.tree.metric.Additivity
	i, known := s.tree.index[c.Owner]
	from, to, whole := s.tree.span(c.Period)
	switch {
	case !known:
		problems.Add(check.ErrUnknown, at+".owner", "unknown_owner", c.Owner)
	case len(s.tree.nodes[i].children) > 0 && kind != kpi.Distinct:
		problems.Add(check.ErrInvalid, at+".owner", "has_children", c.Owner)
	}
	switch {
	case !s.tree.goal.Period.Covers(c.Period):
		problems.Add(check.ErrRange, at+".period", "outside_the_goal", c.Period, "period", s.tree.goal.Period)
	case !whole || to-from > 1 && kind != kpi.Distinct:
		problems.Add(check.ErrInvalid, at+".period", "off_boundary", c.Period, "grain", s.tree.split.Grain)
	}
	if !c.Value.Defined() {
		problems.Add(check.ErrMissing, at+".value", "missing_amount", nil, "reason", c.Value.Reason())
	}
	switch {
	case c.Weight == kpi.Value{}:
	case kind != kpi.RatioOfSums:
		problems.Add(check.ErrInvalid, at+".weight", "weight_not_used", c.Weight, "kind", kind)
	default:
		if !c.Weight.Defined() || c.Weight.Sign() < 0 {
			checkWeight(problems, at+".weight", c.Weight)
		}
	}
	key := statedKey{c.Owner, c.Period}
	if _, twice := s.cells[key]; twice {
		problems.Add(check.ErrDuplicate, at+".period", "already_has_a_target", c.Period, "owner", c.Owner)
	}
	s.cells[key] = c
}

// base gives the goal, owners and periods; those of nobody for the zero
// Stated.
func (s *Stated) base() *Breakdown {
	if s.tree == nil {
		return &Breakdown{}
	}
	return s.tree
}

// Goal gives the goal.
func (s *Stated) Goal() Goal { return s.base().goal }

// Metric gives the metric of the goal.
func (s *Stated) Metric() kpi.Metric { return s.base().metric }

// Split gives calendar, grain and owners in the order of their IDs.
func (s *Stated) Split() Split { return s.base().Split() }

// Periods gives the periods of the grain, in order.
func (s *Stated) Periods() []calendar.Period { return s.base().Periods() }

// Owners gives every owner, in the order of [Breakdown.Owners].
func (s *Stated) Owners() []string { return s.base().Owners() }

// Cells gives what was stated, by owner and period.
func (s *Stated) Cells() []StatedCell {
	all := make([]StatedCell, 0, len(s.cells))
	for _, c := range s.cells {
		all = append(all, c)
	}
	slices.SortFunc(all, func(a, b StatedCell) int {
		return kpi.Figure{Owner: a.Owner, Period: a.Period}.Compare(kpi.Figure{Owner: b.Owner, Period: b.Period})
	})
	return all
}

// Equal reports whether both have the same goal, metric, owners and cells.
func (s *Stated) Equal(o *Stated) bool {
	if s == nil || o == nil {
		return s == o
	}
	return s.base().Equal(o.base()) && slices.Equal(s.Cells(), o.Cells())
}

// Cell gives the target of an owner for a period made up of whole periods of
// the grain, by the rule of its kind; of a level it is that of the last one.
//
// Special cases are:
//
//	an unknown owner, a period outside the goal's       undefined, NoTarget
//	a period that cuts one of the grain                 undefined, NotApplicable
//	a distinct count that was not stated                undefined, NoTarget
//	a ratio over several cells, one without its weight  undefined, NoData
//	nothing stated                                      undefined, NoData
func (s *Stated) Cell(owner string, period calendar.Period) kpi.Value {
	return s.roll(owner, period, false)
}

// Average gives the mean of a level over the periods of the grain, each
// counting alike; other kinds have no average (NotApplicable), for a ratio's
// year is no mean of its months. Special cases are those of Cell.
func (s *Stated) Average(owner string, period calendar.Period) kpi.Value {
	if s.base().metric.Additivity != kpi.Level {
		return kpi.Undefined(kpi.NotApplicable)
	}
	return s.roll(owner, period, true)
}

func (s *Stated) roll(owner string, period calendar.Period, average bool) kpi.Value {
	i, known := s.base().index[owner]
	if !known || !s.base().goal.Period.Covers(period) {
		return kpi.Undefined(kpi.NoTarget)
	}
	from, to, whole := s.base().span(period)
	if !whole {
		return kpi.Undefined(kpi.NotApplicable)
	}
	switch s.base().metric.Additivity {
	case kpi.Distinct:
		c, stated := s.cells[statedKey{owner, period}]
		if !stated {
			return kpi.Undefined(kpi.NoTarget)
		}
		return c.Value
	case kpi.Level:
		if !average {
			from = to - 1
		}
		return s.level(i, from, to)
	}
	return s.ratio(i, from, to)
}

func (s *Stated) level(i, from, to int) kpi.Value {
	total, n := kpi.Int(0), int64(0)
	for _, p := range s.base().periods[from:to] {
		var at []kpi.Value
		for _, c := range s.below(i, p) {
			at = append(at, c.Value)
		}
		if sum := sumOfValues(at...); sum.Defined() {
			total, n = total.Add(sum), n+1
		}
	}
	if n == 0 {
		return kpi.Value{}
	}
	return total.Div(kpi.Int(n))
}

func (s *Stated) ratio(i, from, to int) kpi.Value {
	var parts []kpi.Weighted
	for _, p := range s.base().periods[from:to] {
		for _, c := range s.below(i, p) {
			parts = append(parts, kpi.Weighted{Value: c.Value, Weight: c.Weight})
		}
	}
	if len(parts) == 1 {
		return parts[0].Value
	}
	return kpi.WeightedMean(parts)
}

// below gives the cells of the owners without children at or below one.
func (s *Stated) below(i int, p calendar.Period) []StatedCell {
	n := s.base().nodes[i]
	if c, stated := s.cells[statedKey{n.id, p}]; stated && len(n.children) == 0 {
		return []StatedCell{c}
	}
	var all []StatedCell
	for _, child := range n.children {
		all = append(all, s.below(child, p)...)
	}
	return all
}
