package plan

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// A goal that does not add up, a share, a rate, a level, is compared with
// figures that were computed for exactly the owner and the days in question:
// nothing is summed. The figure of a running period is that of the days so
// far, under the whole period.

// adds reports whether the goal's actuals are sums.
func (s scope) adds() bool { return s.metric.Additivity == kpi.Additive }

// reviewStated gives the lines of a goal that does not add up.
func (s scope) reviewStated(p Plan, in Input, found actuals) ([]OwnerReview, error) {
	lines := []OwnerReview{}
	for _, owner := range s.owners() {
		tracking, err := s.trackStated(p, in, owner, found)
		if err != nil {
			return nil, err
		}
		line := OwnerReview{Owner: owner, Parent: s.parent(owner), Original: s.first.of(owner, s.goal.Period), Tracking: tracking}
		plan := s.plan(owner)
		exact := make([]kpi.Value, len(plan))
		for i, cell := range plan {
			exact[i] = s.actual(owner, found, cell.Period, in.AsOf)
		}
		line.Periods = s.periods(owner, plan, in, exact)
		line.Findings = s.findings(p, line)
		if tracking.Actual == (kpi.Value{}) && s.goal.Period.Start() <= in.AsOf {
			line.Findings = append(line.Findings, s.noActuals(p, owner, found))
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// noActuals says whether there are no figures of an owner, or none of the days
// in question.
func (s scope) noActuals(p Plan, owner string, found actuals) check.Finding {
	if len(found.figures[key{s.goal.Metric, owner}]) == 0 {
		return warning("no_actuals", owner)
	}
	return warning("actuals_of_other_days", owner, "period", p.Calendar.Text(s.goal.Period))
}

// grid gives the periods for which the goal is stated.
func (s scope) grid() []calendar.Period {
	if s.stated == nil {
		return []calendar.Period{s.goal.Period}
	}
	return within(s.goal.Period, s.stated.Periods())
}

// trackStated compares one owner over the goal's whole period: along the path
// that is stated for it, where there is one.
func (s scope) trackStated(p Plan, in Input, owner string, found actuals) (target.Tracking, error) {
	if s.stated != nil {
		tracked := target.Input{AsOf: in.AsOf, Known: in.Known, Thresholds: p.Thresholds, Plan: []kpi.Figure{{Owner: owner}}}
		s.remember(&tracked, found)
		return s.stated.Track(owner, s.readings(found), tracked)
	}
	tracked := s.input(p, in, []kpi.Figure{{Metric: s.goal.Metric, Owner: owner, Period: s.goal.Period, Value: s.aimed(owner, s.goal.Period)}})
	tracked.Within = s.goal.Within
	tracked.Actual = found.exactly(s.goal.Period, key{s.goal.Metric, owner})
	s.remember(&tracked, found)
	return target.TrackStated(tracked)
}

// actual gives what an owner reached in a period of the goal that has begun.
func (s scope) actual(owner string, found actuals, period calendar.Period, asOf calendar.Day) kpi.Value {
	if s.stated != nil {
		return s.stated.Actual(owner, period, asOf, s.readings(found))
	}
	return found.exactly(period, key{s.goal.Metric, owner})
}

func (s scope) readings(found actuals) target.Reached {
	return func(owner string, period calendar.Period) kpi.Value {
		return found.exactly(period, key{s.goal.Metric, owner})
	}
}

// attainment compares a part of the goal.
func (s scope) attainment(actual, aim kpi.Value) kpi.Value {
	if s.goal.Within != (kpi.Band{}) {
		return s.goal.Within.Attainment(actual)
	}
	return kpi.Attainment(s.metric.Direction, actual, aim)
}

// aimed gives what is stated for an owner over a period.
func (s scope) aimed(owner string, period calendar.Period) kpi.Value {
	switch {
	case s.stated != nil && !(owner == s.goal.Owner && period == s.goal.Period):
		return s.stated.Cell(owner, period)
	case owner == s.goal.Owner && period == s.goal.Period:
		return s.goal.Plan()[0].Value
	}
	return kpi.Undefined(kpi.NoTarget)
}

// exactly gives the figure of exactly these days, no data where there is
// none.
func (a actuals) exactly(days calendar.Period, k key) kpi.Value {
	for _, f := range a.figures[k] {
		if f.Period == days {
			return f.Value
		}
	}
	return kpi.Value{}
}
