package target

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// TrackStated compares the actual of a goal that does not add up (a share, a
// rate, a level) with its target on a day: what [Track] is for sums. A part
// of the way is no smaller share, so what is due on every day is the target
// itself:
//
//	expected    the target
//	pace        actual against target, as kpi.Attainment
//	passed      elapsed days ÷ days, which decides when it is too early to judge
//
// Plan is one figure, the target of the whole period, and Actual the rate of
// its days so far. Statuses and what they remember of earlier reviews are
// those of Track; required rate and landings are undefined, NotApplicable, but
// for a forecast that is handed in. Where Known does not cover the days so
// far the actual says nothing of them: it is no data.
//
// A metric in a band (kpi.InBand: discount rate) has [Input.Within] in place of
// a target. Then target and expected are undefined, NotApplicable, and
//
//	attainment, pace   [kpi.Band.Attainment]: 1 inside, 1 − distance ÷ edge outside
//	variance           [kpi.Band.Distance]: 0 inside, below zero under the low edge
//	met, missed        inside, outside, when the period is over
//
// No pace lies above 1 there, so that a status rises at the second review in
// a row.
//
// Errors are those of [Input.Validate], a metric that adds up
// (check.ErrUnit), more than one figure of Plan (check.ErrInvalid), a band that
// is missing, wrong, beside a target (target_and_band) or of a metric that is
// not in one (check.ErrUnit, not_in_a_band).
func TrackStated(in Input) (Tracking, error) {
	problems := check.List{Op: "target.TrackStated"}
	if in.Metric.Additivity == kpi.Additive {
		problems.Add(check.ErrUnit, "metric.additivity", "additive", in.Metric.Additivity, "metric", in.Metric.ID)
	}
	if len(in.Plan) > 1 {
		problems.Add(check.ErrInvalid, "plan", "more_than_one_period", len(in.Plan))
	}
	in.checkBand(&problems)
	plain := in
	plain.Metric.Additivity = kpi.Additive // the rest of Validate asks the same of both
	if plain.Within = (kpi.Band{}); plain.Metric.Direction == kpi.InBand {
		plain.Metric.Direction = kpi.HigherIsBetter
	}
	problems.Nest("", plain.Validate())
	if err := problems.Err(); err != nil {
		return Tracking{}, err
	}
	period, na := in.Plan[0].Period, kpi.Undefined(kpi.NotApplicable)
	t := Tracking{
		Metric: in.Metric.ID, Owner: in.Plan[0].Owner, AsOf: in.AsOf, Through: in.through(),
		Period: period, Observed: period, PeriodTarget: in.Plan[0].Value, Target: in.Plan[0].Value, Expected: in.Plan[0].Value,
		Days: period.Days(), Elapsed: period.Elapsed(in.through()), Curve: in.Curve, Thresholds: in.Thresholds.orDefault(),
		Actual: in.Actual, Version: in.Version, Required: na, RequiredNext: na, Within: in.Within,
		Landing: Landing{RunRate: na, RestOfPlan: na, Curve: na, Forecast: in.Forecast},
	}
	t.Passed = kpi.Frac(int64(t.Elapsed), int64(t.Days))
	known := in.Known.IsZero() || in.Known.Contains(period.Start())
	switch {
	case t.notStarted():
		t.Actual = kpi.Undefined(kpi.NotYetDue)
	case !t.begun() || !known:
		t.Actual = kpi.Value{}
	}
	t.Attainment = kpi.Attainment(in.Metric.Direction, t.Actual, t.Target)
	t.Variance = kpi.Variance(t.Actual, t.Expected)
	if t.inBand() {
		t.Target, t.Expected, t.PeriodTarget = na, na, na
		t.Attainment, t.Variance = t.Within.Attainment(t.Actual), t.Within.Distance(t.Actual)
	}
	t.Pace = t.Attainment
	t.settle(in.Metric.Direction, in.Earlier)
	t.Findings = t.findings(in.Metric.Direction)
	return t, nil
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
