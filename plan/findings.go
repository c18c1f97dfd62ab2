package plan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Findings gives the sentences of the codes of this package, and of those of
// package target that its results may carry.
func Findings() check.Templates {
	return slices.Concat(reviewTemplates(), prepareTemplates(), readyTemplates(), changedTemplates(), scenarioTemplates(), improveTemplates(), monitorTemplates(), riskTemplates(), target.Findings())
}

func reviewTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "goal_met",
			English: "{subject} reached the target of {goal}: {actual} of {target}.",
			Chinese: "{subject}已达成{goal_zh}目标：实绩{actual}，目标{target}。",
		},
		{
			Code:    "goal_missed",
			English: "{subject} missed the target of {goal}: {actual} against {target}, off by {variance}.",
			Chinese: "{subject}未达成{goal_zh}目标：实绩{actual}，目标{target}，相差{variance}。",
		},
		{
			Code:    "goal_behind",
			English: "{subject} is behind plan in {goal}: {actual} against {expected} due by now, off by {variance}.",
			Chinese: "{subject}的{goal_zh}进度落后：截至目前应为{expected}，实绩{actual}，相差{variance}。",
		},
		{
			Code:    "goal_at_risk",
			English: "{subject} is at risk in {goal}: {actual} against {expected} due by now, off by {variance}.",
			Chinese: "{subject}的{goal_zh}存在风险：截至目前应为{expected}，实绩{actual}，相差{variance}。",
		},
		{
			Code:    "band_kept",
			English: "{subject} kept {goal} between {low} and {high}: {actual}.",
			Chinese: "{subject}的{goal_zh}保持在{low}至{high}区间内：{actual}。",
		},
		{
			Code:    "band_missed",
			English: "{subject} did not keep {goal} between {low} and {high}: {actual}.",
			Chinese: "{subject}的{goal_zh}未保持在{low}至{high}区间内：{actual}。",
		},
		{
			Code:    "band_left",
			English: "{subject} is outside the band of {goal}, {low} to {high}: {actual} so far.",
			Chinese: "{subject}的{goal_zh}目前为{actual}，超出{low}至{high}的区间。",
		},
		{
			Code:    "stretch_reached",
			English: "{subject} reached the stretch of {goal}: {actual} of {stretch}.",
			Chinese: "{subject}已达成{goal_zh}的冲刺目标：实绩{actual}，冲刺目标{stretch}。",
		},
		{
			Code:    "below_base",
			English: "{subject} did not even reach the base of {goal}: {actual} against {base}.",
			Chinese: "{subject}未达到{goal_zh}的保底目标：实绩{actual}，保底{base}。",
		},
		{
			Code:    "goal_without_part",
			English: "{name|subject} has no targets for {part} and is left out.",
			Chinese: "{name_zh|name|subject}没有{part}的分解目标，未列入本次复盘。",
		},
		{
			Code:    "no_actuals",
			English: "No actuals of {subject} were handed in: no data, not zero.",
			Chinese: "{subject}没有实绩数据：为无数据，不是零。",
		},
		{
			Code:    "actuals_of_other_days",
			English: "No actual of {subject} is of exactly the days of the goal, {period}; those that were handed in are of other days: no data, not zero.",
			Chinese: "{subject}没有与目标期间（{period}）完全一致的实绩，所提交的实绩属于其他期间：为无数据，不是零。",
		},
		{
			Code:    "owners_without_actuals",
			English: "{n} of {of} owners below {subject} have no actuals; the sum is that of the others against the target of all.",
			Chinese: "{subject}下属{of}个负责人中有{n}个没有实绩数据，合计仅含其余人员，而目标为全体目标。",
		},
		{
			Code:    "periods_without_actuals",
			English: "No actuals of {subject} were handed in for {periods}: no data, not zero.",
			Chinese: "{subject}在{periods}没有实绩数据：为无数据，不是零。",
		},
		{
			Code:    "own_curve",
			English: "{n} of {of} below {subject} have too little history for a curve of their own: what is due of {subject} follows the curve of all that was reached below it.",
			Chinese: "{subject}下属{of}个中有{n}个历史数据不足，无法形成自身进度曲线；{subject}的应达进度按其全部历史合计的曲线计算。",
		},
		{
			Code:    "history_without_goal",
			English: "There is a history of {subject} for {metric_name|metric} but no goal; it counts nowhere.",
			Chinese: "{subject}有{metric_name_zh|metric}的历史数据，但没有目标，未被使用。",
		},
		{
			Code:    "owner_without_goal",
			English: "{subject} has {amount} of {metric_name|metric} but no goal; it counts nowhere.",
			Chinese: "{subject}有{metric_name_zh|metric}实绩{amount}，但没有目标，未计入任何合计。",
		},
	}
}

// findings says how one owner stands.
func (s scope) findings(p Plan, o OwnerReview) []check.Finding {
	found := []check.Finding{}
	add := func(code string, severity check.Severity, args ...any) {
		args = append(args, "goal", s.name(p.Calendar, "en"), "goal_zh", s.name(p.Calendar, "zh"), "metric", s.metric.ID)
		found = append(found, check.Finding{Code: code, Severity: severity, Subject: o.Owner, Args: check.Args(args...)})
	}
	t, text := o.Tracking, s.metric.Unit.Text
	if s.goal.Within != (kpi.Band{}) {
		return append(s.bandFindings(p, o), t.Findings...)
	}
	due := func() []any {
		return []any{"actual", text(t.Actual), "expected", text(t.Expected), "variance", text(t.Variance.Abs())}
	}
	whole := func() []any {
		return []any{"actual", text(t.Actual), "target", text(t.Target), "variance", text(t.Actual.Sub(t.Target).Abs())}
	}
	switch t.Status {
	case target.Met:
		add("goal_met", check.Info, whole()...)
	case target.Missed:
		add("goal_missed", check.Critical, whole()...)
	case target.Behind:
		add("goal_behind", check.Critical, due()...)
	case target.AtRisk:
		add("goal_at_risk", check.Warning, due()...)
	}
	if o.Owner == s.goal.Owner {
		if s.stretched(t) {
			add("stretch_reached", check.Info, "actual", text(t.Actual), "stretch", text(s.goal.Stretch))
		}
		if met, ok := kpi.Met(s.metric.Direction, t.Actual, s.goal.Base); !met && ok && t.Status == target.Missed && t.Observed == t.Period {
			add("below_base", check.Critical, "actual", text(t.Actual), "base", text(s.goal.Base))
		}
	}
	return append(found, t.Findings...)
}

// name says in a sentence which goal is meant: its own name, else that of its
// metric and its period; of a part of a goal always with the days.
func (s scope) name(cal calendar.Calendar, lang string) string {
	label, metric, name, between := cal.Text(s.goal.Period), s.metric.Name, cmp.Or(s.goal.Name, s.goal.NameZH), ", "
	if lang == "zh" {
		metric, name, between = cmp.Or(s.metric.NameZH, metric), cmp.Or(s.goal.NameZH, name), "，"
	}
	switch {
	case name == "":
		return cmp.Or(metric, s.metric.NameZH, s.metric.ID) + " " + label
	case s.cut:
		return name + between + label
	}
	return name
}

// bandFindings says how an owner keeps to a band.
func (s scope) bandFindings(p Plan, o OwnerReview) []check.Finding {
	code, severity := "", check.Critical
	switch o.Tracking.Status {
	case target.Met:
		code, severity = "band_kept", check.Info
	case target.Missed:
		code = "band_missed"
	case target.Behind:
		code = "band_left"
	case target.AtRisk:
		code, severity = "band_left", check.Warning
	default:
		return []check.Finding{}
	}
	text := s.metric.Unit.Text
	return []check.Finding{{Code: code, Severity: severity, Subject: o.Owner, Args: check.Args("goal", s.name(p.Calendar, "en"), "goal_zh", s.name(p.Calendar, "zh"), "metric", s.metric.ID,
		"actual", text(o.Tracking.Actual), "low", text(s.goal.Within.Low), "high", text(s.goal.Within.High))}}
}

// stretched reports whether the goal's stretch is reached. Where lower is
// better that shows only at the end, and only where every day is known.
func (s scope) stretched(t target.Tracking) bool {
	met, _ := kpi.Met(s.metric.Direction, t.Actual, s.goal.Stretch)
	over := (t.Status == target.Met || t.Status == target.Missed) && t.Observed == t.Period
	return met && (over || s.metric.Direction == kpi.HigherIsBetter)
}

// gaps says whose figures, and of which periods, are not there. Where the
// window of complete records is stated there are none.
func (s scope) gaps(o OwnerReview, in Input, cal calendar.Calendar, r reach) []check.Finding {
	warn := func(code string, args ...any) []check.Finding {
		return []check.Finding{{Code: code, Severity: check.Warning, Subject: o.Owner, Args: check.Args(args...)}}
	}
	var periods []string
	for _, p := range o.Periods {
		if p.Actual == (kpi.Value{}) && in.known(p.Period) {
			periods = append(periods, cal.Text(p.Period))
		}
	}
	switch {
	case r.silent == r.people:
		return warn("no_actuals")
	case r.silent > 0:
		return warn("owners_without_actuals", "n", r.silent, "of", r.people)
	case len(periods) > 0:
		return warn("periods_without_actuals", "periods", strings.Join(periods, ", "))
	}
	return nil
}

func (p Plan) strangerFindings(strangers []key, found actuals) []check.Finding {
	var all []check.Finding
	for _, k := range strangers {
		m, _ := p.metric(k.metric)
		amount := kpi.Sum(func(yield func(kpi.Value) bool) {
			for _, f := range found.figures[k] {
				if !yield(f.Value) {
					return
				}
			}
		})
		all = append(all, check.Finding{Code: "owner_without_goal", Severity: check.Warning, Subject: k.owner,
			Args: check.Args(append(p.metricCalled(k.metric), "amount", m.Unit.Text(amount))...)})
	}
	return all
}
