package plan

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Findings gives the sentences of the codes that a [Review] may carry, those
// of package target among them.
func Findings() check.Templates {
	return append(check.Templates{
		{
			Code:    "goal_met",
			English: "{subject} reached its target of {target}: {actual}.",
			Chinese: "{subject}已达成目标{target}，实绩{actual}。",
		},
		{
			Code:    "goal_missed",
			English: "{subject} missed its target of {target}: {actual}, {variance} short.",
			Chinese: "{subject}未达成目标{target}：实绩{actual}，差{variance}。",
		},
		{
			Code:    "goal_behind",
			English: "{subject} is behind: {actual} of {expected} expected by now, {variance} short.",
			Chinese: "{subject}进度落后：应达{expected}，实绩{actual}，差{variance}。",
		},
		{
			Code:    "goal_at_risk",
			English: "{subject} is at risk: {actual} of {expected} expected by now, {variance} short.",
			Chinese: "{subject}存在风险：应达{expected}，实绩{actual}，差{variance}。",
		},
		{
			Code:    "stretch_reached",
			English: "{subject} reached its stretch of {stretch}: {actual}.",
			Chinese: "{subject}已达成冲刺目标{stretch}，实绩{actual}。",
		},
		{
			Code:    "below_base",
			English: "{subject} ended below its base of {base}: {actual}.",
			Chinese: "{subject}期末低于保底目标{base}，实绩{actual}。",
		},
		{
			Code:    "no_actuals",
			English: "No actuals of {subject} were handed in: no data, not zero.",
			Chinese: "{subject}没有实绩数据：为无数据，不是零。",
		},
		{
			Code:    "owner_without_goal",
			English: "{subject} has figures for {metric} but no goal; they count nowhere.",
			Chinese: "{subject}有{metric}的实绩，但没有目标，未计入任何合计。",
		},
	}, target.Findings()...)
}

func (s subject) findings(m kpi.Metric, t target.Tracking) []check.Finding {
	found := []check.Finding{}
	add := func(code string, severity check.Severity, args ...any) {
		found = append(found, check.Finding{Code: code, Severity: severity, Subject: s.line.owner, Args: check.Args(args...)})
	}
	text := func(v kpi.Value) string { return v.Text(int(m.Unit.Scale), kpi.HalfEven) }
	due := []any{"actual", text(t.Actual), "expected", text(t.Expected), "variance", text(t.Variance.Abs())}
	whole := []any{"actual", text(t.Actual), "target", text(t.Target), "variance", text(t.Actual.Sub(t.Target).Abs())}
	switch t.Status {
	case target.Met:
		add("goal_met", check.Info, whole...)
	case target.Missed:
		add("goal_missed", check.Critical, whole...)
	case target.Behind:
		add("goal_behind", check.Critical, due...)
	case target.AtRisk:
		add("goal_at_risk", check.Warning, due...)
	case target.NoData:
		if t.Target.Defined() && t.Actual == (kpi.Value{}) {
			add("no_actuals", check.Warning)
		}
	}
	over := t.Status == target.Met || t.Status == target.Missed
	if s.line.owner == s.goal.Owner {
		// Where lower is better, a low number is no success before the end.
		if met, _ := kpi.Met(m.Direction, t.Actual, s.goal.Stretch); met && (over || m.Direction == kpi.HigherIsBetter) {
			add("stretch_reached", check.Info, "actual", text(t.Actual), "stretch", text(s.goal.Stretch))
		}
		if met, ok := kpi.Met(m.Direction, t.Actual, s.goal.Base); !met && ok && t.Status == target.Missed && t.Observed == t.Period {
			add("below_base", check.Critical, "actual", text(t.Actual), "base", text(s.goal.Base))
		}
	}
	return append(found, t.Findings...)
}

func strangerFindings(strangers []key) []check.Finding {
	found := []check.Finding{}
	for _, k := range strangers {
		found = append(found, check.Finding{
			Code: "owner_without_goal", Severity: check.Warning, Subject: k.owner, Args: check.Args("metric", k.metric),
		})
	}
	return found
}
