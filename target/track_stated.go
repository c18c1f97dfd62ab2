package target

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// TrackStated compares the actual of a goal that does not add up (a share, a
// rate, a level) with its target on a day, where that is one number for the
// whole period: what [Track] is for sums. A part of the way is no smaller
// share, so what is due on every day is the target itself:
//
//	expected    the target
//	pace        actual against target, as kpi.Attainment
//	passed      elapsed days ÷ days, which decides when it is too early to judge
//
// A goal that is stated period by period, along a path, is judged by what its
// path says of the day: [Stated.Track].
//
// Plan is one figure, the target of the whole period, and Actual the rate of
// its days so far. Days are working days where [Input.WorkDays] is given.
// Statuses and what they remember of earlier reviews are
// those of Track; required rate and landings are undefined, NotApplicable, but
// for a forecast that is handed in. Where Known does not cover the days so
// far the actual says nothing of them: it is no data. Of a level it is the
// day of the reading alone that must be known.
//
// A metric in a band (kpi.InBand: discount rate) has [Input.Within] in place of
// a target. Then target and expected are undefined, NotApplicable, and
//
//	attainment, pace   [kpi.Band.Attainment]: 1 inside, 1 − distance ÷ edge outside
//	variance           [kpi.Band.Distance]: 0 inside, below zero under the low edge
//	met, missed        inside, outside, when the period is over
//
// No pace lies above 1 there: under thresholds whose margin leads beyond it, a
// status rises at the second review in a row.
//
// Errors are those of [Input.Validate], a metric that adds up
// (check.ErrUnit), more than one figure of Plan (check.ErrInvalid), a band that
// is missing, wrong, beside a target (target_and_band) or of a metric that is
// not in one (check.ErrUnit, not_in_a_band).
func TrackStated(in Input) (Tracking, error) {
	problems := check.List{Op: "target.TrackStated"}
	in.checkNotAdditive(&problems)
	if err := problems.Err(); err != nil {
		return Tracking{}, err
	}
	t := in.begin(in.Plan[0].Owner, in.Plan[0].Period)
	t.PeriodTarget, t.Target, t.Expected = in.Plan[0].Value, in.Plan[0].Value, in.Plan[0].Value
	t.judge(in)
	return t, nil
}

// checkNotAdditive is check for a metric that does not add up and a plan in
// one piece.
func (in Input) checkNotAdditive(problems *check.List) {
	if in.Metric.Additivity == kpi.Additive {
		problems.Add(check.ErrUnit, "metric.additivity", "additive", in.Metric.Additivity, "metric", in.Metric.ID)
	}
	if len(in.Plan) > 1 {
		problems.Add(check.ErrInvalid, "plan", "more_than_one_period", len(in.Plan))
	}
	in.checkBand(problems)
	plain := in
	if plain.Metric.Additivity <= kpi.Distinct {
		plain.Metric.Additivity = kpi.Additive // the rest of Validate asks the same of both
	}
	if plain.Within = (kpi.Band{}); plain.Metric.Direction == kpi.InBand {
		plain.Metric.Direction = kpi.HigherIsBetter
	}
	problems.Nest("", plain.Validate())
}

// begin fills what does not hang on targets.
func (in Input) begin(owner string, period calendar.Period) Tracking {
	na, count := kpi.Undefined(kpi.NotApplicable), counter{in.WorkDays}
	t := Tracking{
		Metric: in.Metric.ID, Owner: owner, AsOf: in.AsOf, Through: in.through(), Period: period, Observed: period,
		Days: count.days(period), Elapsed: count.elapsed(period, in.through()), WorkingDays: !in.WorkDays.IsZero(),
		Passed: count.share(period, in.through(), share), Curve: in.Curve, Thresholds: in.Thresholds.orDefault(),
		Actual: in.Actual, Version: in.Version, Required: na, RequiredNext: na, Within: in.Within,
		Landing: Landing{RunRate: na, RestOfPlan: na, Curve: na, Forecast: in.Forecast},
	}
	needed := period.Start()
	if in.Metric.Additivity == kpi.Level {
		needed = min(t.Through, period.Last())
	}
	switch {
	case t.notStarted():
		t.Actual = kpi.Undefined(kpi.NotYetDue)
	case !t.begun() || !in.Known.IsZero() && !in.Known.Contains(needed):
		t.Actual = kpi.Value{}
	}
	return t
}

// judge compares once target, expected and actual are there.
func (t *Tracking) judge(in Input) {
	d := in.Metric.Direction
	t.Attainment = kpi.Attainment(d, t.Actual, t.Target)
	t.Variance, t.Pace = kpi.Variance(t.Actual, t.Expected), t.Actual
	if t.begun() {
		t.Pace = kpi.Attainment(d, t.Actual, t.Expected)
	}
	if t.inBand() {
		na := kpi.Undefined(kpi.NotApplicable)
		t.Target, t.Expected, t.PeriodTarget = na, na, na
		t.Attainment, t.Variance = t.Within.Attainment(t.Actual), t.Within.Distance(t.Actual)
		t.Pace = t.Attainment
	}
	t.settle(d, in.Earlier)
	t.Findings = t.findings(in.Metric)
}

// checkBand wants a band of a metric in a band, and of no other.
func (in Input) checkBand(problems *check.List) {
	switch banded := in.Within != (kpi.Band{}); {
	case in.Metric.Direction == kpi.InBand && !banded:
		problems.Add(check.ErrMissing, "within", "missing_band", in.Metric.ID)
		return
	case in.Metric.Direction != kpi.InBand && banded:
		problems.Add(check.ErrUnit, "within", "not_in_a_band", in.Metric.Direction, "metric", in.Metric.ID)
		return
	case !banded:
		return
	}
	problems.Nest("within", in.Within.Validate())
	for i, f := range in.Plan {
		if f.Value.Defined() {
			problems.Add(check.ErrInvalid, check.At("plan", i, "value"), "target_and_band", f.Value)
		}
	}
}
