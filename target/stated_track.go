package target

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Track compares what an owner reached with its path as of a day. What is due
// by then is what the cells say, by the kind of the goal:
//
//	ratio      Σ weight × value ÷ Σ weight of the periods that are over and of the
//	           running one, which weighs elapsed days ÷ days of its weight; cells
//	           that are all the same need no weights
//	level      the cell of the last period that is over; of a goal of one period
//	           its cell
//	distinct   the target of the whole, for nothing says how fast others come
//
// Pace and status are against that, so whoever walks the path is on track on
// every day of it. Target and attainment are those of the whole period,
// [Stated.Cell]: for a path of a ratio that is the mean by expected
// denominators and not where the path ends, which PeriodTarget has for the
// goal's owner (finding path_mean). What was reached is [Stated.Actual] of the
// goal's period.
//
// In says the rest: as-of day, known days, working days, thresholds, forecast,
// version and earlier reviews; its metric, plan, actual and curve are not
// looked at. The landing RestOfPlan is given for a level alone, as in [Track].
// Special cases are:
//
//	no period of a path is over yet (level)    expected undefined, NotYetDue; status too_early
//	cells that differ, one without weight      expected undefined, NoData; status no_data (finding weights_missing);
//	                                           the goal's owner keeps the goal's target
//	nothing stated for the owner               target undefined, NoTarget; status no_data (owner_without_target)
//	a level of owners below, some without data the sum of the others (finding no_data_below)
//
// and those of [TrackStated]. Errors are those of [Input.Validate] for what is
// looked at, and an owner that is unknown.
func (s *Stated) Track(owner string, reached Reached, in Input) (Tracking, error) {
	problems := check.List{Op: "target.Stated"}
	i, known := s.base().index[owner]
	if !known {
		problems.Add(check.ErrUnknown, "owner", "unknown_owner", owner)
		return Tracking{}, problems.Err()
	}
	goal := s.tree.goal
	in.Metric, in.Curve, in.Plan = s.tree.metric, ByPlan, goal.Plan()
	in.checkNotAdditive(&problems)
	if err := problems.Err(); err != nil {
		return Tracking{}, err
	}
	through, reached := in.through(), reached.orNothing()
	in.Actual = s.Actual(owner, goal.Period, through, reached)
	t := in.begin(owner, goal.Period)
	t.Target, t.Expected = s.aim(i, goal.Period.Last(), in.WorkDays), s.aim(i, through, in.WorkDays)
	if !t.Target.Defined() {
		t.Target = kpi.Undefined(kpi.NoTarget)
	}
	t.PeriodTarget = t.Target
	if i == 0 {
		t.PeriodTarget = goal.Target
	}
	if s.tree.metric.Additivity == kpi.Level {
		t.Landing.RestOfPlan = t.Actual.Add(t.Target.Sub(t.Expected))
	}
	t.judge(in)
	t.Findings = append(t.Findings, s.findings(t, i, through, reached)...)
	return t, nil
}

// findings says what a reader of a path should know.
func (s *Stated) findings(t Tracking, i int, through calendar.Day, reached Reached) []check.Finding {
	var found []check.Finding
	unit := s.tree.metric.Unit
	switch {
	case !s.states(i):
		found = append(found, warning("owner_without_target", t.Owner, s.tree.goal.called()...))
	case t.Expected == (kpi.Value{}) && s.tree.metric.Additivity == kpi.RatioOfSums:
		found = append(found, warning("weights_missing", t.Owner))
	}
	if t.Target.Defined() && t.Target != t.PeriodTarget {
		found = append(found, notice("path_mean", t.Owner, "end", unit.Text(t.PeriodTarget), "target", unit.Text(t.Target)))
	}
	if n := s.silentBelow(i, through, reached); n > 0 && t.Actual.Defined() {
		found = append(found, warning("no_data_below", t.Owner, "n", n, "of", len(s.tree.nodes[i].children)))
	}
	return found
}

// states reports whether anything is stated for an owner or, where it adds
// up, below it.
func (s *Stated) states(i int) bool {
	if i == 0 {
		return true // the goal itself
	}
	for _, p := range s.tree.periods {
		if len(s.below(i, p)) > 0 {
			return true
		}
	}
	_, stated := s.cells[statedKey{s.tree.nodes[i].id, s.tree.goal.Period}]
	return stated
}

// aim gives what is due of an owner by the end of a day, which on the last one
// is the target of the whole.
func (s *Stated) aim(i int, through calendar.Day, work calendar.WorkCalendar) kpi.Value {
	var v kpi.Value
	switch s.tree.metric.Additivity {
	case kpi.Level:
		v = s.levelBy(i, through)
	case kpi.RatioOfSums:
		v = s.ratioBy(i, through, counter{work})
	default:
		v = s.Cell(s.tree.nodes[i].id, s.tree.goal.Period)
	}
	switch {
	case v.Defined() || v.Reason() == kpi.NotYetDue:
		return v
	case i == 0 && (through >= s.tree.goal.Period.Last() || s.tree.metric.Additivity == kpi.Distinct || len(s.cells) == 0):
		return s.tree.goal.Target
	case !s.states(i):
		return kpi.Undefined(kpi.NoTarget)
	}
	return v
}

func (s *Stated) levelBy(i int, through calendar.Day) kpi.Value {
	periods := s.tree.periods
	over := overBy(periods, through)
	switch {
	case len(periods) == 1:
		over = 1
	case over == 0:
		return kpi.Undefined(kpi.NotYetDue)
	}
	return s.level(i, over-1, over)
}

// ratioBy weighs the cells of the days through one. Before the first day it
// is the first cell that is due.
func (s *Stated) ratioBy(i int, through calendar.Day, count counter) kpi.Value {
	through = max(through, s.tree.goal.Period.Start())
	var parts []kpi.Weighted
	for _, p := range s.tree.periods {
		if p.Start() > through {
			break
		}
		elapsed := count.share(p, through, share)
		for _, c := range s.below(i, p) {
			parts = append(parts, kpi.Weighted{Value: c.Value, Weight: c.Weight.Mul(elapsed)})
		}
	}
	if len(parts) > 0 && !slices.ContainsFunc(parts, func(p kpi.Weighted) bool { return p.Value != parts[0].Value }) {
		return parts[0].Value
	}
	return kpi.WeightedMean(parts)
}
