package target

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Findings gives the sentences of the codes that a [Breakdown] and a
// [Tracking] may carry.
func Findings() check.Templates {
	return check.Templates{
		{
			Code:    "owner_without_target",
			English: "{subject} has no target in {goal}.",
			Chinese: "{subject}在{goal}中没有目标。",
		},
		{
			Code:    "period_without_target",
			English: "{subject} has no target for {periods}; its totals are those of the other periods.",
			Chinese: "{subject}在{periods}没有目标，合计只含其余期间。",
		},
		{
			Code:    "zero_weight",
			English: "{subject} has weight zero, and so a target of zero for {owner}.",
			Chinese: "{subject}的权重为零，因此{owner}在此的目标为零。",
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
	}
}

// Findings says what the reader of a breakdown should know: owners without a
// target (owner_without_target), owners without one for some periods
// (period_without_target), and weights of zero (zero_weight). Owners come in
// the order of Owners.
func (b *Breakdown) Findings() []check.Finding {
	found := []check.Finding{}
	for _, n := range b.nodes {
		found = append(found, b.unweighted(n)...)
		if len(n.children) == 0 {
			found = append(found, b.without(n)...)
		}
	}
	return found
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
		return []check.Finding{{
			Code: "owner_without_target", Severity: check.Warning, Subject: n.id,
			Args: check.Args("goal", b.goal.ID),
		}}
	}
	return []check.Finding{{
		Code: "period_without_target", Severity: check.Warning, Subject: n.id,
		Args: check.Args("periods", b.labels(missing)),
	}}
}

// unweighted finds the weights of zero among the children of an owner and,
// where a phasing begins to hold, among its periods.
func (b *Breakdown) unweighted(n node) []check.Finding {
	var found []check.Finding
	zero := kpi.Int(0)
	add := func(subject, owner string) {
		found = append(found, check.Finding{
			Code: "zero_weight", Severity: check.Warning, Subject: subject, Args: check.Args("owner", owner),
		})
	}
	for k, child := range n.children {
		if c := b.nodes[child]; n.weights[k] == zero && c.total() == zero {
			add(c.id, c.id)
		}
	}
	inherited := n.parent >= 0 && slices.Equal(n.phasing.Weights, b.nodes[n.parent].phasing.Weights)
	for p, w := range n.phasing.Weights {
		if !inherited && w == zero && n.cells[p] == zero {
			add(b.split.Calendar.Label(b.periods[p]), n.id)
		}
	}
	return found
}

func (t *Tracking) findings() []check.Finding {
	found := []check.Finding{}
	add := func(code string, args ...any) {
		found = append(found, check.Finding{
			Code: code, Severity: check.Warning, Subject: t.Owner, Args: check.Args(args...),
		})
	}
	start, observed := t.Period.Start(), t.Observed
	switch {
	case t.AsOf < start:
	case observed.IsZero() || t.Elapsed == 0 && !t.notStarted():
		add("not_observed", "unknown", days(start, min(t.AsOf, t.Period.Last())))
	case observed.Start() > start:
		add("partly_observed", "from", observed.Start(), "unknown", days(start, observed.Start().Add(-1)),
			"target", t.Target, "period_target", t.PeriodTarget)
	}
	if t.Elapsed > 0 && t.Elapsed < t.Days && t.Through < t.AsOf {
		add("known_until", "through", t.Through, "as_of", t.AsOf)
	}
	if kpi.SignChange(t.Actual, t.Target) {
		add("sign_change", "actual", t.Actual, "target", t.Target)
	}
	return found
}

func days(first, last calendar.Day) string { return first.String() + " – " + last.String() }
