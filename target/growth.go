package target

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Growth states a target as growth over a named baseline. The zero Growth is
// that of a goal stated as an amount.
type Growth struct {
	Over     string       `json:"over"`              // what the baseline is, such as "won in 2025, without Hungary"
	Rate     kpi.Value    `json:"rate"`              // 0.15 is 15 % more
	Resolved calendar.Day `json:"resolved,omitzero"` // the day on which it was committed and became an amount
}

func (w Growth) check(problems *check.List, at string, baseline kpi.Value) {
	if w == (Growth{}) {
		return
	}
	if w.Over == "" {
		problems.Add(check.ErrMissing, at+"growth.over", "missing_name", nil)
	}
	if !w.Rate.Defined() {
		problems.Add(check.ErrMissing, at+"growth.rate", "missing_amount", nil)
	}
	checkOptionalDay(problems, at+"growth.resolved", w.Resolved)
	if !baseline.Defined() {
		problems.Add(check.ErrMissing, at+"baseline", "missing_amount", nil)
	}
}

// Resolve gives the goal whose target is
//
//	baseline × (1 + rate)
//
// rounded half-even to the metric's unit, on the day on which it is
// committed. It keeps both: a baseline that is restated later changes the
// target no more.
//
// Errors: a goal that states no growth, that has been resolved or has a
// target already (check.ErrDuplicate), no day, a baseline of zero or less,
// of which there is no growth (check.ErrRange, base_not_positive), and those
// of [Goal.ValidateFor] for the resolved goal.
func (g Goal) Resolve(m kpi.Metric, on calendar.Day) (Goal, error) {
	problems := check.List{Op: "target.Resolve"}
	switch {
	case g.Growth == Growth{}:
		problems.Add(check.ErrMissing, "growth", "missing_growth", nil)
	case !g.Growth.Resolved.IsZero() || g.Target != kpi.Value{}:
		problems.Add(check.ErrDuplicate, "growth.resolved", "already_resolved", g.Growth.Resolved, "target", g.Target)
	case g.Baseline.Defined() && g.Baseline.Sign() <= 0:
		problems.Add(check.ErrRange, "baseline", "base_not_positive", g.Baseline)
	}
	checkDay(&problems, "growth.resolved", on)
	if problems.Empty() {
		g.Target = roundTo(g.Baseline.Mul(g.Growth.Rate.Add(kpi.Int(1))), m.Unit.Places())
		g.Growth.Resolved = on
		problems.Nest("", g.ValidateFor(m))
	}
	if err := problems.Err(); err != nil {
		return Goal{}, err
	}
	return g, nil
}
