package target

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Findings gives the sentences of the codes that a [Breakdown] and a
// [Tracking] may carry.
func Findings() check.Templates {
	return append(append(breakdownTemplates(), assessTemplates()...), check.Templates{
		{
			Code:    "owner_without_target",
			English: "{subject} has no target in {name|goal}.",
			Chinese: "{subject}在{name_zh|name|goal}中没有目标。",
		},
		{
			Code:    "period_without_target",
			English: "{subject} has no target for {periods}; its totals are those of the other periods.",
			Chinese: "{subject}在{periods}没有目标，合计只含其余期间。",
		},
		{
			Code:    "zero_weight",
			English: "{subject} has weight zero and so a target of zero.",
			Chinese: "{subject}的权重为零，因此目标为零。",
		},
		{
			Code:    "zero_phase",
			English: "The phasing of {subject} gives {periods} weight zero and so a target of zero; check whether the history behind it lacks them.",
			Chinese: "{subject}的分月权重中{periods}为零，因此这些期间目标为零；请核对所依据的历史数据是否缺失。",
		},
		{
			Code:    "partly_observed",
			English: "Actuals of {subject} are known from {from} on. {unknown} is no data, not a missed target; compared are the days from {from}, with {target} of {period_target}.",
			Chinese: "{subject}的实绩自{from}起才有记录。{unknown}为无数据，不算未达成；只比较{from}起的部分，目标为{target}（全期{period_target}）。",
		},
		{
			Code:    "not_observed",
			English: "No actuals of {subject} are known for {unknown}: no data, not a missed target.",
			Chinese: "{subject}在{unknown}没有实绩记录：为无数据，不算未达成。",
		},
		{
			Code:    "known_until",
			English: "Actuals of {subject} are known until {through} only; compared is as of that day, not {as_of}.",
			Chinese: "{subject}的实绩只记录到{through}，因此按该日而非{as_of}比较。",
		},
		{
			Code:    "sign_change",
			English: "Actual {actual} and target {target} of {subject} have different signs; the attainment says little.",
			Chinese: "{subject}的实绩{actual}与目标{target}符号相反，达成率参考意义不大。",
		},
		{
			Code:    "too_few_periods",
			English: "The curve of {subject} can be learned from complete periods alone: {periods} so far; it takes {least}.",
			Chinese: "{subject}只有{periods}个完整期间可供学习进度曲线，至少需要{least}个。",
		},
		{
			Code:    "no_data_below",
			English: "{n} of {of} below {subject} have no data; the sum is that of the others.",
			Chinese: "{subject}下级{of}个中有{n}个无数据，合计只含其余。",
		},
		{
			Code:    "attainment_falls",
			English: "Less is better for {subject}: {actual} of at most {target} so far, where {expected} were due by now. The attainment of {attainment} is that of the whole and falls until the end; go by the pace, {pace}.",
			Chinese: "{subject}越低越好：截至目前{actual}，上限{target}，目前应不超过{expected}。达成率{attainment}按全期计算，期末前会持续下降，请以进度{pace}为准。",
		},
		{
			Code:    "path_mean",
			English: "The path of {subject} ends at {end}; over the whole period, by expected denominators, that is {target}, which is what counts.",
			Chinese: "{subject}的路径终点为{end}；按预期分母加权，全期目标为{target}，考核以此为准。",
		},
		{
			Code:    "weights_missing",
			English: "The targets of {subject} differ from period to period or below it and have no expected denominators: nothing says what is due by now.",
			Chinese: "{subject}各期或下级的目标不同，又没有预期分母（权重），因此无法判断目前应达到多少。",
		},
		{
			Code:    "above_best_rate",
			English: "{subject} needs {required} a day for the rest of the period; the best ever held that long is {best}.",
			Chinese: "{subject}剩余期间每天需完成{required}，而历史上同样长时间的最好水平为{best}。",
		},
	}...)
}

// Findings says what the reader of a breakdown should know: weights of zero
// (zero_weight, zero_phase), owners without a target (owner_without_target)
// and owners without one for some periods (period_without_target); then what
// is handed on otherwise than the mode says (mismatch), carried by nobody
// (uncovered_plan) or by two (covered_twice), and cushions that compound to more than 20 %
// (compounded_cushion). Owners come in the order of Owners. Before a plan is
// published, see [Breakdown.Lint].
func (b *Breakdown) Findings() []check.Finding { return b.findings(DefaultLimits()) }

func (b *Breakdown) findings(limits Limits) []check.Finding {
	found := []check.Finding{}
	for _, n := range b.nodes {
		found = append(found, b.idle(n)...)
		found = append(found, b.zeroPhase(n)...)
		if len(n.children) == 0 {
			found = append(found, b.without(n)...)
		}
	}
	return append(found, b.overAssigned(limits.Compounded)...)
}

func warning(code, subject string, args ...any) check.Finding {
	return check.Finding{Code: code, Severity: check.Warning, Subject: subject, Args: check.Args(args...)}
}

func notice(code, subject string, args ...any) check.Finding {
	return check.Finding{Code: code, Severity: check.Info, Subject: subject, Args: check.Args(args...)}
}

// idle finds the children of an owner that weigh nothing.
func (b *Breakdown) idle(n node) []check.Finding {
	var found []check.Finding
	for k, child := range n.children {
		if c := b.nodes[child]; n.weights[k] == kpi.Int(0) && c.total() == kpi.Int(0) {
			found = append(found, warning("zero_weight", c.id))
		}
	}
	return found
}

// zeroPhase finds the periods that weigh nothing, at the owner from whom on
// the phasing holds.
func (b *Breakdown) zeroPhase(n node) []check.Finding {
	if n.parent >= 0 && n.phasing.equal(b.nodes[n.parent].phasing) {
		return nil
	}
	var idle []calendar.Period
	for p, w := range n.phasing.Weights {
		if w == kpi.Int(0) && n.cells[p] == kpi.Int(0) {
			idle = append(idle, b.periods[p])
		}
	}
	if len(idle) == 0 {
		return nil
	}
	return []check.Finding{warning("zero_phase", n.id, "periods", b.labels(idle))}
}

// without finds the cells of an owner that have no target.
func (b *Breakdown) without(n node) []check.Finding {
	var missing []calendar.Period
	for p, cell := range n.cells {
		if !cell.Defined() {
			missing = append(missing, b.periods[p])
		}
	}
	switch len(missing) {
	case 0:
		return nil
	case len(n.cells):
		return []check.Finding{warning("owner_without_target", n.id, b.goal.called()...)}
	}
	return []check.Finding{warning("period_without_target", n.id, "periods", b.labels(missing))}
}

func (t *Tracking) findings(m kpi.Metric) []check.Finding {
	found := []check.Finding{}
	add := func(code string, args ...any) {
		found = append(found, warning(code, t.Owner, args...))
	}
	start, observed := t.Period.Start(), t.Observed
	switch {
	case t.AsOf < start:
	case observed.IsZero() || !t.begun() && !t.notStarted():
		add("not_observed", "unknown", days(start, min(t.AsOf, t.Period.Last())))
	case observed.Start() > start:
		add("partly_observed", "from", observed.Start(), "unknown", days(start, observed.Start().Add(-1)),
			"target", m.Unit.Text(t.Target), "period_target", m.Unit.Text(t.PeriodTarget))
	}
	if t.begun() && !t.over() && t.Through < t.AsOf {
		add("known_until", "through", t.Through, "as_of", t.AsOf)
	}
	if kpi.SignChange(t.Actual, t.Target) {
		add("sign_change", "actual", m.Unit.Text(t.Actual), "target", m.Unit.Text(t.Target))
	}
	if t.Learned != nil && t.Learned.Periods < t.Learned.Needed {
		add("too_few_periods", "periods", t.Learned.Periods, "least", t.Learned.Needed)
	}
	if m.Direction == kpi.HigherIsBetter && t.BestRate.Less(t.Required) {
		add("above_best_rate", "required", t.Required.Text(2, kpi.Up), "best", t.BestRate.Text(2, kpi.Down))
	}
	if m.Additivity == kpi.Additive && m.Direction == kpi.LowerIsBetter && t.begun() && !t.over() && kpi.Int(1).Less(t.Attainment) {
		found = append(found, notice("attainment_falls", t.Owner, "attainment", percent(t.Attainment), "pace", text(t.Pace),
			"actual", m.Unit.Text(t.Actual), "expected", m.Unit.Text(t.Expected), "target", m.Unit.Text(t.Target)))
	}
	return found
}

func days(first, last calendar.Day) string { return first.String() + " – " + last.String() }
