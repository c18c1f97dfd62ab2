package target

import "github.com/saleskpi/saleskpi/kpi"

// Landing is where Observed would end, by method. None of the computed ones
// is a forecast: they know nothing of what is in the pipeline. Which of them
// to show is the caller's choice, and its name belongs beside it: early in a
// period the curve matters much, late hardly.
type Landing struct {
	RunRate    kpi.Value `json:"run_rate"`          // actual × days ÷ elapsed
	RestOfPlan kpi.Value `json:"rest_of_plan"`      // actual + (target − expected)
	Curve      kpi.Value `json:"curve"`             // actual ÷ share that is due; Immature below Thresholds.Landing
	Forecast   kpi.Value `json:"forecast,omitzero"` // as it was handed in
}

func (t *Tracking) land(forecast kpi.Value) Landing {
	l := Landing{RunRate: t.Actual, RestOfPlan: t.Actual.Add(t.Target.Sub(t.Expected)), Curve: t.Actual, Forecast: forecast}
	if t.begun() {
		l.RunRate = t.Actual.Mul(share(t.Days, t.Elapsed))
		l.Curve = t.landOnCurve()
	}
	if t.over() {
		l.RunRate = t.Actual
	}
	return l
}

// landOnCurve divides by the share of the target that is due; for a target
// of zero that is the share of the days.
func (t *Tracking) landOnCurve() kpi.Value {
	due := t.Passed
	if t.Target.Defined() && t.Target.Sign() != 0 {
		due = t.Expected.Div(t.Target)
	}
	if due.Less(t.Thresholds.Landing) {
		return kpi.Undefined(kpi.Stronger(kpi.Immature, t.Actual.Reason()))
	}
	return t.Actual.Div(due)
}
