package target

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Spread says what a revision does with the shortfall or surplus of closed
// periods. The zero Spread is StaysPut.
type Spread uint8

const (
	StaysPut     Spread = iota // it stays where it is; catching up is a required rate
	OverTheRest                // each owner's goes over its open periods in proportion to their targets
	EvenlySpread               // each owner's goes over its open periods evenly
)

func spreadWords() []string { return []string{"none", "rest", "even"} }

// String gives none, rest or even.
func (s Spread) String() string { return enum.String(spreadWords(), s) }

// MarshalText gives the word.
func (s Spread) MarshalText() ([]byte, error) {
	return enum.Marshal("target.Spread", spreadWords(), s)
}

// UnmarshalText reads the word.
func (s *Spread) UnmarshalText(text []byte) error {
	return enum.Unmarshal("target.Spread", spreadWords(), text, s)
}

// Revision changes the last version from a day on. All that it changes are
// open periods: those whose last day lies before the effective day are locked.
type Revision struct {
	Effective calendar.Day `json:"effective"`
	Known     calendar.Day `json:"known"`
	Author    string       `json:"author,omitzero"`
	Reason    string       `json:"reason,omitzero"`

	// Target is the goal's new target; left out it is what the edits make it.
	// The open cells of all owners scale to it.
	Target kpi.Value `json:"target,omitzero"`

	// Base and Stretch are the goal's new ones. Those that are left out go by
	// Bounds: they stay, and have to be stated where the new target passes
	// them, or move with the target.
	Base    kpi.Value `json:"base,omitzero"`
	Stretch kpi.Value `json:"stretch,omitzero"`
	Bounds  Bounds    `json:"bounds,omitzero"`

	Edits []Edit `json:"edits,omitempty"` // applied in order, after Target

	// Spread comes last. It needs the actuals of the owners without children,
	// and of own selling, in closed periods, one figure or more for each:
	// no data is not zero.
	Spread  Spread       `json:"spread,omitzero"`
	Actuals []kpi.Figure `json:"actuals,omitempty"`
}

// Revise gives the versions with a revision of the last one.
//
// A shortfall that is spread raises the open targets while the closed ones
// keep theirs, so the goal's target of the new version is higher by it: it is
// always the sum of the cells. The original stays beside it in
// [Versions.Attainment]. A surplus lowers the open targets; one that exceeds
// them is check.ErrInfeasible (surplus_exceeds_rest).
//
// Base and stretch stay unless the revision states them or asks for them to
// move ([MoveBounds]). A target of 15 million beyond a stretch of 13 is refused
// (check.ErrMissing, restate, at stretch) until the manager says what is now
// outstanding: a stretch that grew by itself would be nobody's decision, and
// one that the target has passed would be met with it.
//
// What proration took away stays as it is, as in [Breakdown.Edit]. A breakdown
// does not keep on which days somebody is there: to prorate the revised full
// targets, hand the presences to [Breakdown.Prorate] of the new version, and
// the result to Add.
//
// Errors are those of [Versions.Add] and [Breakdown.Edit], with the path
// edits[i], of which the goal is looked at once, after all changes; no version
// to revise, no effective or known day, actuals that are missing, of other
// metrics, unknown owners or open periods, or stand twice.
func (v Versions) Revise(r Revision) (Versions, error) {
	problems := check.List{Op: "target.Revise"}
	checkDay(&problems, "effective", r.Effective)
	checkDay(&problems, "known", r.Known)
	if r.Spread > EvenlySpread {
		problems.Add(check.ErrUnknown, "spread", "unknown_word", uint8(r.Spread))
	}
	if r.Bounds > MoveBounds {
		problems.Add(check.ErrUnknown, "bounds", "unknown_word", uint8(r.Bounds))
	}
	if len(v.list) == 0 {
		problems.Add(check.ErrMissing, "", "missing_breakdown", nil)
	}
	if len(v.list) == 0 || !r.Effective.Valid() { // nothing tells which periods are closed
		return Versions{}, problems.Err()
	}
	last := v.list[len(v.list)-1]
	checkKnown(&problems, "", r.Known, last)
	b := r.edit(&problems, last.Breakdown)
	if r.Spread == OverTheRest || r.Spread == EvenlySpread {
		b = r.spread(&problems, b)
	}
	if problems.Empty() { // once all is in, for the edits and the spread may make up for each other
		r.bound(&problems, last.Breakdown.goal, b)
	}
	if problems.Empty() {
		b.checkGoal(&problems)
	}
	if err := problems.Err(); err != nil {
		return Versions{}, err
	}
	next, err := v.Add(Version{Breakdown: b, Effective: r.Effective, Known: r.Known, Author: r.Author, Reason: r.Reason})
	problems.Nest("", err)
	return next, problems.Err()
}

func (r Revision) edit(problems *check.List, b *Breakdown) *Breakdown {
	var locks []Lock
	if n := b.closedBy(r.Effective); n > 0 {
		over, _ := calendar.NewPeriod(b.periods[0].Start(), b.periods[n-1].End())
		locks = []Lock{{Period: over}}
	}
	c := b.editor()
	apply := func(at string, e Edit) {
		e.Locks = append(slices.Clone(e.Locks), locks...)
		c.take(problems, at, e)
	}
	if r.Target != (kpi.Value{}) {
		apply("target", Edit{Owner: b.nodes[0].id, Period: b.goal.Period, Value: r.Target, Follow: ChildrenScale})
	}
	for i, e := range r.Edits {
		apply(check.At("edits", i), e)
	}
	return c.Breakdown
}

// spread adds each owner's shortfall to its open cells.
func (r Revision) spread(problems *check.List, b *Breakdown) *Breakdown {
	c, closed := b.clone(), b.closedBy(r.Effective)
	actual := r.actuals(problems, c, closed)
	if closed == len(c.periods) {
		problems.Add(check.ErrInfeasible, "spread", "no_open_period", r.Effective)
	}
	if !problems.Empty() {
		return b
	}
	for i := range slices.Backward(c.nodes) { // what is below first, for own quotas are met by the sum below
		n := &c.nodes[i]
		row := n.statedRow()
		if row == nil {
			for _, child := range n.children {
				actual[i] = actual[i].Add(actual[child])
			}
			continue
		}
		reached := actual[i]
		for _, child := range n.children {
			actual[i] = actual[i].Add(actual[child])
		}
		if n.mode.ownQuota() {
			reached = actual[i]
		}
		r.catchUp(problems, c, n, *row, closed, reached)
	}
	c.sumUp()
	c.goal.Target = c.nodes[0].total().Or(kpi.Int(0)) // without any target as with zeros
	return c
}

// actuals adds up what each owner reached in closed periods.
func (r Revision) actuals(problems *check.List, b *Breakdown, closed int) []kpi.Value {
	sums, given := slices.Repeat([]kpi.Value{kpi.Int(0)}, len(b.nodes)), make([][]bool, len(b.nodes))
	for i, f := range r.Actuals {
		at := check.At("actuals", i)
		owner, known := b.index[f.Owner]
		from, to, whole := b.span(f.Period)
		switch {
		case f.Metric != b.metric.ID:
			problems.Add(check.ErrInvalid, at+".metric", "other_metric", f.Metric, "metric", b.metric.ID)
		case !known:
			problems.Add(check.ErrUnknown, at+".owner", "unknown_owner", f.Owner)
		case !b.nodes[owner].sells():
			problems.Add(check.ErrInvalid, at+".owner", "has_children", f.Owner)
		case !whole || to > closed:
			problems.Add(check.ErrInvalid, at+".period", "not_closed", f.Period)
		case !f.Value.Defined():
			problems.Add(check.ErrMissing, at+".value", "missing_amount", nil, "reason", f.Value.Reason())
		default:
			if given[owner] == nil {
				given[owner] = make([]bool, len(b.periods))
			}
			for p := from; p < to; p++ {
				if given[owner][p] {
					problems.Add(check.ErrDuplicate, at+".period", "duplicate_period", f.Period, "owner", f.Owner)
				}
				given[owner][p] = true
			}
			sums[owner] = sums[owner].Add(f.Value)
		}
	}
	for i := range b.nodes {
		n := &b.nodes[i]
		if !n.sells() {
			continue
		}
		for p := range closed {
			if given[i] == nil || !given[i][p] {
				problems.Add(check.ErrMissing, "actuals", "missing_actual", nil, "owner", n.id, "period", b.split.Calendar.Label(b.periods[p]))
			}
		}
	}
	return sums
}

// catchUp raises the open cells of a row by what its closed ones fell short.
func (r Revision) catchUp(problems *check.List, b *Breakdown, n *node, row []kpi.Value, closed int, reached kpi.Value) {
	due, rest := sumRow(row, 0, closed).Or(kpi.Int(0)), sumRow(row, closed, len(row)).Or(kpi.Int(0))
	shortfall := b.rounded(due.Sub(reached))
	weights := n.phasing.weights(b.periods)[closed:]
	switch {
	case r.Spread == EvenlySpread:
		weights = Phasing{}.weights(b.periods[closed:])
	case rest.Sign() != 0:
		weights = make([]kpi.Value, 0, len(row)-closed)
		for _, cell := range row[closed:] {
			weights = append(weights, cell.Or(kpi.Int(0)).Abs())
		}
	}
	// Which way a surplus goes: where there is nothing to tell by, targets are not negative.
	side := cmp.Or(rest.Sign(), due.Sign(), b.goal.Target.Sign(), 1)
	parts, err := b.divide(shortfall, weights)
	problems.Nest("spread", err)
	for k, part := range parts {
		if part == kpi.Int(0) {
			continue // a cell without a target that receives nothing stays without
		}
		before := row[closed+k].Or(kpi.Int(0))
		after := before.Add(part)
		if part.Sign()*side < 0 && after.Sign()*cmp.Or(before.Sign(), side) < 0 {
			problems.Add(check.ErrInfeasible, "spread", "surplus_exceeds_rest", shortfall.Neg(),
				"owner", n.id, "period", b.split.Calendar.Label(b.periods[closed+k]))
		}
		row[closed+k] = after
	}
}
