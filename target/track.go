package target

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Tracking says how an actual stands against its target on a day.
//
// It compares like with like: target, expected and everything after them are
// those of the Observed days alone, which is all of the Period unless
// [Input.Known] begins inside it. PeriodTarget is the whole.
type Tracking struct {
	Metric string       `json:"metric"`
	Owner  string       `json:"owner"`
	AsOf   calendar.Day `json:"as_of"`

	Period       calendar.Period `json:"period"`        // what the plan covers, from the first target to the last
	PeriodTarget kpi.Value       `json:"period_target"` // its target
	Observed     calendar.Period `json:"observed"`      // the part whose actuals are known; none: no part
	Through      calendar.Day    `json:"through"`       // the last day counted: the as-of day, or the last known before it

	Elapsed int       `json:"elapsed"` // days of Observed that are over
	Days    int       `json:"days"`    // days of Observed
	Passed  kpi.Value `json:"passed"`  // share of the plan of Observed that is due, 0 to 1
	Curve   Curve     `json:"curve"`

	Target     kpi.Value `json:"target"`     // of Observed
	Actual     kpi.Value `json:"actual"`     // through the last day counted
	Attainment kpi.Value `json:"attainment"` // actual against target 达成率
	Expected   kpi.Value `json:"expected"`   // due by the last day counted
	Variance   kpi.Value `json:"variance"`   // actual − expected, in plain sign
	Pace       kpi.Value `json:"pace"`       // actual against expected; 1 is on plan, above is better 进度
	Required   kpi.Value `json:"required"`   // per remaining day, to reach the target
	Landing    Landing   `json:"landing"`

	Status     Status          `json:"status"`
	Thresholds Thresholds      `json:"thresholds"` // those that were applied
	Findings   []check.Finding `json:"findings"`
}

// Landing is where Observed would end, by method. None of them is a
// forecast: they know nothing of what is in the pipeline.
type Landing struct {
	RunRate    kpi.Value `json:"run_rate"`     // actual × days ÷ elapsed
	RestOfPlan kpi.Value `json:"rest_of_plan"` // actual + (target − expected)
}

// Track compares an actual with a plan on a day. Of the days d elapsed out
// of n, the as-of day included, and the curve's part that is due:
//
//	expected    whole periods of the plan that have passed
//	            + target × elapsed ÷ days of the running one
//	pace        actual ÷ expected; lower is better: 2 − actual ÷ expected
//	            (both as kpi.Attainment, which says how signs count)
//	required    (target − actual) ÷ (n − d)
//	run rate    actual × n ÷ d
//
// Expected is linear in the targets, so that of a parent is the sum of its
// children's.
//
// Special cases are:
//
//	before the start            status not_started; actual, attainment, pace, variance
//	                            and landing undefined, NotYetDue; required target ÷ n
//	no day over is known        status no_data; actual and what hangs on it undefined, NoData
//	actual undefined            status no_data; what hangs on it undefined too
//	no target                   status no_data; attainment undefined, NoTarget
//	target met, higher          required 0, with days left or without
//	lower is better             required is what may still come per day, negative where too much has
//	no days left                required undefined, NoTimeLeft
//	nothing expected yet        pace undefined, ZeroDenominator; on track where actual is no worse than 0
//	target 0                    attainment undefined, ZeroDenominator; met or missed all the same
//	known ends before the       compared through the last known day; no verdict
//	period does                 met or missed before the last day is known
//
// Findings are partly_observed, not_observed, known_until and sign_change.
// Errors are those of [Input.Validate].
func Track(in Input) (Tracking, error) {
	if err := in.check("target.Track"); err != nil {
		return Tracking{}, err
	}
	all, observed := in.Curve.lay(in.sorted(), calendar.Day(0)), in.course()
	t := Tracking{
		Metric: in.Metric.ID, Owner: in.Plan[0].Owner, AsOf: in.AsOf, Through: in.through(),
		Period: all.period(), PeriodTarget: all.target(), Observed: observed.period(),
		Curve: in.Curve, Thresholds: in.Thresholds.orDefault(), Actual: in.Actual,
	}
	t.measure(observed)
	t.compare(in.Metric.Direction)
	t.Status = t.status(in.Metric.Direction)
	t.Findings = t.findings()
	return t, nil
}

// measure fills what the plan says of the days that are over.
func (t *Tracking) measure(c course) {
	t.Days, t.Elapsed = t.Observed.Days(), t.Observed.Elapsed(t.Through)
	t.Target, t.Expected = c.target(), c.due(t.Through)
	if t.Days > 0 {
		t.Passed = c.passed(t.Through)
	}
	switch {
	case t.notStarted():
		t.Actual = kpi.Undefined(kpi.NotYetDue)
	case t.Elapsed == 0:
		t.Actual = kpi.Value{}
	}
}

func (t *Tracking) compare(d kpi.Direction) {
	t.Attainment = kpi.Attainment(d, t.Actual, t.Target)
	if t.Observed.IsZero() && t.PeriodTarget.Defined() {
		t.Attainment = kpi.Value{} // there is a target; what is not known is the actual
	}
	t.Variance = kpi.Variance(t.Actual, t.Expected)
	t.Required = t.required(d)
	t.Pace, t.Landing.RunRate = t.Actual, t.Actual
	if t.Elapsed > 0 {
		t.Pace = kpi.Attainment(d, t.Actual, t.Expected)
		t.Landing.RunRate = t.Actual.Mul(share(t.Days, t.Elapsed))
	}
	t.Landing.RestOfPlan = t.Actual.Add(t.Target.Sub(t.Expected))
}

func (t *Tracking) required(d kpi.Direction) kpi.Value {
	left := int64(t.Days - t.Elapsed)
	met, _ := kpi.Met(d, t.Actual, t.Target)
	switch {
	case t.Days == 0:
		return t.Target
	case t.notStarted():
		return t.Target.Div(kpi.Int(left))
	case met && d == kpi.HigherIsBetter:
		return kpi.Int(0)
	case left == 0:
		return kpi.Undefined(kpi.NoTimeLeft)
	}
	return t.Target.Sub(t.Actual).Div(kpi.Int(left))
}

func (t *Tracking) notStarted() bool { return t.AsOf < t.Period.Start() }

func (t *Tracking) status(d kpi.Direction) Status {
	met, _ := kpi.Met(d, t.Actual, t.Target)
	level, _ := kpi.Met(d, t.Actual, t.Expected)
	switch limits := t.Thresholds; {
	case !t.Target.Defined():
		return NoData
	case t.notStarted():
		return NotStarted
	case !t.Actual.Defined():
		return NoData
	case t.Elapsed == t.Days && met:
		return Met
	case t.Elapsed == t.Days:
		return Missed
	case t.Passed.Less(limits.TooEarly):
		return TooEarly
	case !t.Pace.Defined() && level || t.Pace.Defined() && !t.Pace.Less(limits.OnTrack):
		return OnTrack
	case t.Pace.Defined() && !t.Pace.Less(limits.AtRisk):
		return AtRisk
	}
	return Behind
}
