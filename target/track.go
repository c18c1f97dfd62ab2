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

	Elapsed     int           `json:"elapsed"`               // days of Observed that are over
	Days        int           `json:"days"`                  // days of Observed
	WorkingDays bool          `json:"working_days,omitzero"` // Elapsed and Days are working days
	Passed      kpi.Value     `json:"passed"`                // share of the plan of Observed that is due, 0 to 1
	Curve       Curve         `json:"curve"`
	Learned     *LearnedCurve `json:"learned,omitzero"` // how a learned curve came about, and its band on the day

	Target     kpi.Value `json:"target"`     // of Observed
	Actual     kpi.Value `json:"actual"`     // through the last day counted
	Attainment kpi.Value `json:"attainment"` // actual against target 达成率
	Expected   kpi.Value `json:"expected"`   // due by the last day counted
	Variance   kpi.Value `json:"variance"`   // actual − expected, in plain sign
	Pace       kpi.Value `json:"pace"`       // actual against expected; 1 is on plan, above is better 进度
	Required   kpi.Value `json:"required"`   // per remaining day, to reach the target
	Landing    Landing   `json:"landing"`

	RequiredNext kpi.Value `json:"required_next"`      // of the next day, where the rest is spread along the curve
	BestRate     kpi.Value `json:"best_rate,omitzero"` // per day, the best ever held for as many days as remain

	Version    string          `json:"version,omitzero"` // of the target, as it was handed in
	Status     Status          `json:"status"`
	Plain      Status          `json:"plain"`           // what the thresholds alone say; Status minds the earlier reviews
	Thresholds Thresholds      `json:"thresholds"`      // those that were applied
	Within     kpi.Band        `json:"within,omitzero"` // of a metric in a band, in place of a target: see [TrackStated]
	Findings   []check.Finding `json:"findings"`
}

// Track compares an actual with a plan on a day. Of the days d elapsed out
// of n, the as-of day included, and the curve's part that is due:
//
//	expected    whole periods of the plan that have passed
//	            + target × elapsed ÷ days of the running one
//	pace        actual ÷ expected; lower is better: 2 − actual ÷ expected
//	            (both as kpi.Attainment, which says how signs count)
//	attainment  actual against the whole target: where lower is better it is above 1 and
//	            falls until the end, see the finding attainment_falls
//	required    (target − actual) ÷ (n − d)
//	run rate    actual × n ÷ d
//
// Days are working days where [Input.WorkDays] is given. Every curve but a
// learned one is linear in the targets, so that the expected of a parent is
// the sum of its children's; [RollUp] adds up those that are not.
//
// With a learned curve the status goes by its band: behind where actual ÷
// target lies below the lower quartile of the shares of earlier periods on
// the same day, at risk below their median, else on track. Otherwise it goes
// by pace. What is told of earlier reviews then keeps it from flickering,
// see [Stood].
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
//	only days off are over      run rate undefined, ZeroDenominator
//	only days off are left      required undefined, NoTimeLeft; no verdict before the last day is over
//	learned, partly observed    status by pace: the band is that of whole periods
//	too few to learn from       expected and what hangs on it undefined, TooFew; status no_data
//
// Findings are partly_observed, not_observed, known_until, sign_change,
// too_few_periods, above_best_rate and attainment_falls.
// Errors are those of [Input.Validate].
func Track(in Input) (Tracking, error) {
	if err := in.check("target.Track"); err != nil {
		return Tracking{}, err
	}
	l := in.learned()
	all, observed := in.courses(in.shape(l))
	t := Tracking{
		Metric: in.Metric.ID, Owner: in.Plan[0].Owner, AsOf: in.AsOf, Through: in.through(),
		Period: all.period(), PeriodTarget: all.target(), Observed: observed.period(), WorkingDays: !in.WorkDays.IsZero(),
		Curve: in.Curve, Thresholds: in.Thresholds.orDefault(), Actual: in.Actual, Version: in.Version,
	}
	t.measure(observed)
	t.learn(in, l)
	t.compare(in.Metric.Direction)
	t.RequiredNext = t.requiredNext(observed)
	t.Landing = t.land(in.Forecast)
	if t.Days > t.Elapsed {
		t.BestRate = in.bestRate(t.Days - t.Elapsed)
	}
	t.settle(in.Metric.Direction, in.Earlier)
	t.Findings = t.findings(in.Metric)
	return t, nil
}

// measure fills what the plan says of the days that are over.
func (t *Tracking) measure(c course) {
	t.Days, t.Elapsed = c.count.days(t.Observed), c.count.elapsed(t.Observed, t.Through)
	t.Target, t.Expected = c.target(), c.due(t.Through)
	if !t.Observed.IsZero() {
		t.Passed = c.passed(t.Through)
	}
	switch {
	case t.notStarted():
		t.Actual = kpi.Undefined(kpi.NotYetDue)
	case !t.begun():
		t.Actual = kpi.Value{}
	}
}

// learn gives the band of a learned curve on the day. It is that of whole
// periods, and so there is none where only a part is observed.
func (t *Tracking) learn(in Input, l learning) {
	if in.Curve != Learned {
		return
	}
	about := l.about
	t.Learned = &about
	if t.Observed == t.Period && t.Days > 0 && t.begun() {
		t.Learned.Low = l.quantile(t.Elapsed, t.Days, 1)
		t.Learned.Median = l.quantile(t.Elapsed, t.Days, 2)
		t.Learned.High = l.quantile(t.Elapsed, t.Days, 3)
	}
}

func (t *Tracking) compare(d kpi.Direction) {
	t.Attainment = kpi.Attainment(d, t.Actual, t.Target)
	if t.Observed.IsZero() && t.PeriodTarget.Defined() {
		t.Attainment = kpi.Value{} // there is a target; what is not known is the actual
	}
	t.Variance = kpi.Variance(t.Actual, t.Expected)
	t.Required = t.required(d)
	t.Pace = t.Actual
	if t.begun() {
		t.Pace = kpi.Attainment(d, t.Actual, t.Expected)
	}
}

func (t *Tracking) required(d kpi.Direction) kpi.Value {
	left := int64(t.Days - t.Elapsed)
	met, _ := kpi.Met(d, t.Actual, t.Target)
	switch {
	case t.Observed.IsZero():
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

// requiredNext spreads what is missing over what the curve still holds:
//
//	(target − actual) × due on the next day ÷ (target − expected)
func (t *Tracking) requiredNext(c course) kpi.Value {
	if !t.Required.Defined() || t.Required == kpi.Int(0) || t.Observed.IsZero() {
		return t.Required
	}
	missing := t.Target.Sub(t.Actual)
	if t.notStarted() {
		missing = t.Target
	}
	return missing.Mul(c.due(c.next(t.Through)).Sub(t.Expected)).Div(t.Target.Sub(t.Expected))
}

// next gives the next day that counts, or the last day of the course.
func (c course) next(through calendar.Day) calendar.Day {
	p := c.period()
	day := max(through, p.Start().Add(-1))
	for elapsed := c.count.elapsed(p, day); day < p.Last(); {
		if day = day.Add(1); c.count.elapsed(p, day) > elapsed {
			return day
		}
	}
	return p.Last()
}

func (t *Tracking) notStarted() bool { return t.AsOf < t.Period.Start() }

// begun reports whether a day of Observed is over, worked or not, and over
// whether all of them are.
func (t *Tracking) begun() bool { return t.Observed.Elapsed(t.Through) > 0 }
func (t *Tracking) over() bool  { return t.begun() && t.Through >= t.Observed.Last() }

// status judges with every threshold raised by a margin.
func (t *Tracking) status(d kpi.Direction, margin kpi.Value) Status {
	met := t.met(d, t.Target)
	switch {
	case !t.Target.Defined() && !t.inBand():
		return NoData
	case t.notStarted():
		return NotStarted
	case !t.Actual.Defined():
		return NoData
	case t.over() && met:
		return Met
	case t.over():
		return Missed
	case t.Expected.Reason() == kpi.NotYetDue:
		return TooEarly
	case !t.Expected.Defined() && !t.inBand():
		return NoData
	case t.Passed.Less(t.Thresholds.TooEarly):
		return TooEarly
	case t.banded():
		return t.byShapes(d, margin)
	}
	return t.byPace(d, margin)
}

func (t *Tracking) byPace(d kpi.Direction, margin kpi.Value) Status {
	level := t.met(d, t.Expected)
	limits := t.Thresholds
	switch {
	case !t.Pace.Defined() && level || t.Pace.Defined() && !t.Pace.Less(limits.OnTrack.Add(margin)):
		return OnTrack
	case t.Pace.Defined() && !t.Pace.Less(limits.AtRisk.Add(margin)):
		return AtRisk
	}
	return Behind
}

// banded reports whether there is a band of past shapes to be judged by.
func (t *Tracking) banded() bool {
	return t.Learned != nil && t.Learned.Low.Defined() && t.Target.Sign() > 0
}

// inBand reports whether there is a band to stay in, in place of a target.
func (t *Tracking) inBand() bool { return t.Within != kpi.Band{} }

// met reports whether an amount is reached, or the band is kept.
func (t *Tracking) met(d kpi.Direction, amount kpi.Value) bool {
	met, _ := kpi.Met(d, t.Actual, amount)
	if t.inBand() {
		met, _ = t.Within.Contains(t.Actual)
	}
	return met
}

// byShapes judges by past shapes: below the lower quartile of the shares the
// period would reach its target in under a quarter of them. Where lower is
// better it is the upper quartile that must not be passed.
func (t *Tracking) byShapes(d kpi.Direction, margin kpi.Value) Status {
	reached, far, middle := t.Actual.Div(t.Target), t.Learned.Low, t.Learned.Median
	if d == kpi.LowerIsBetter {
		reached, far, middle = reached.Neg(), t.Learned.High.Neg(), middle.Neg()
	}
	switch {
	case !reached.Less(middle.Add(margin)):
		return OnTrack
	case !reached.Less(far.Add(margin)):
		return AtRisk
	}
	return Behind
}
