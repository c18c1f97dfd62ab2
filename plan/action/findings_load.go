package action

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func loadTemplates() check.Templates {
	return check.Templates{
		{Code: "overloaded",
			English: "{name} has work of {load_days|load} for {capacity_days|capacity} in {period}, {over} too many. Overloaded in {n} of {of} periods. What takes most: {actions}.",
			Chinese: "{name}在{period}有{load}天工作量，而可用时间为{capacity_days_zh|capacity}，超出{over}天；{of}个期间中有{n}个超负荷。占用最多的是：{actions_zh}。"},
		{Code: "overloaded_by_routine",
			English: "{name} has routines and activities of {load_days|load} for {capacity_days|capacity} in {period}, {over} too many. Overloaded in {n} of {of} periods.",
			Chinese: "{name}在{period}的例行工作与销售活动需{load}天，而可用时间为{capacity_days_zh|capacity}，超出{over}天；{of}个期间中有{n}个超负荷。"},
		{Code: "all_overloaded",
			English: "Everybody together has work of {load_days|load} for {capacity_days|capacity}, {over} too many: it cannot be solved by handing work to others.",
			Chinese: "全员合计{load}天工作量，而可用时间为{capacity_days_zh|capacity}，超出{over}天：仅靠内部调配无法解决。"},
		{Code: "left_unknown",
			English: "Begun, overdue, and nobody said how much work is left ({n}): {actions}. Such actions count as nothing here.",
			Chinese: "有{n}项行动已启动且逾期，但未填报剩余工作量：{actions_zh}。此处按零计入。"},
		{Code: "no_days_left",
			English: "{name} has {deals} deals to bring in by {until} and no working day left to do it.",
			Chinese: "{name}须在{until}前新增{deals}个商机，但已没有可用工作日。"},
		{Code: "rate_unknown",
			English: "How many of {activity} a deal of {name} takes is not known: its number is not known either, and it is not zero.",
			Chinese: "{name}每个商机所需的{activity}数量未知，因此应完成的数量也未知，并不是零。"},
	}
}

// findings names who has too much to do, and what could not be counted.
func (l *loader) findings(p *Plan, w *Workload) []check.Finding {
	f, n := &scribe{found: []check.Finding{}}, index(*p)
	called := p.actionNames(n)
	if w.Total.Over {
		f.add("all_overloaded", check.Critical, p.ID, append(l.loaded(w.Total), "over", days(w.Total.Free().Neg()))...)
	}
	for i := range w.People {
		l.findOverload(f, called, p.person(n, w.People[i].Person), i, &w.People[i])
	}
	if len(l.unknown) > 0 {
		slices.Sort(l.unknown)
		f.add("left_unknown", check.Warning, p.ID, append([]any{"n", len(l.unknown)}, called.list("actions", l.unknown, len(l.unknown))...)...)
	}
	for _, id := range l.unplaced {
		need := l.needs[l.number[id]]
		f.add("no_days_left", check.Critical, id, "name", p.person(n, id), "deals", ceil(need.Deals), "until", need.Until)
	}
	for i := range l.needs {
		findRates(f, p, n, l.needs[i])
	}
	return f.found
}

// findRates names the activities of which nobody knows how many a deal takes.
func findRates(f *scribe, p *Plan, n names, need Need) {
	for _, a := range sortedRates(need.Activities) {
		if !a.PerDeal.Value().Defined() {
			f.add("rate_unknown", check.Warning, need.Person, "name", p.person(n, need.Person), "activity", a.Activity)
		}
	}
}

func sortedRates(rates []ActivityRate) []ActivityRate {
	rates = slices.Clone(rates)
	slices.SortFunc(rates, func(a, b ActivityRate) int { return cmp.Compare(a.Activity, b.Activity) })
	return rates
}

// findOverload says in which period somebody has most too much to do, the
// first of equals.
func (l *loader) findOverload(f *scribe, called namer, name string, i int, load *PersonLoad) {
	worst, over := -1, 0
	for k := range load.Periods {
		if !load.Periods[k].Over {
			continue
		}
		over++
		if worst < 0 || load.Periods[k].Free().Less(load.Periods[worst].Free()) {
			worst = k
		}
	}
	if worst < 0 {
		return
	}
	most := l.most(i, l.periods[worst])
	at := load.Periods[worst]
	args := []any{"name", name, "period", l.label(l.periods[worst]), "over", days(at.Free().Neg()), "n", over, "of", len(load.Periods)}
	args = append(args, l.loaded(at)...)
	if len(most) == 0 {
		f.add("overloaded_by_routine", check.Warning, load.Person, args...)
		return
	}
	f.add("overloaded", check.Warning, load.Person, append(args, called.list("actions", most, len(most))...)...)
}

// loaded gives the arguments of what there is to do, and of the time for it.
func (l *loader) loaded(at Load) []any {
	return slices.Concat([]any{"load", days(at.Total), "capacity", days(at.Capacity)}, clock{}.span("load_days", at.Total), l.span("capacity_days", at.Capacity))
}

// label names a period, or gives its first and last day.
func (l *loader) label(p calendar.Period) string {
	return l.question.Calendar.Text(p)
}

// most gives the actions of a person that take time in a period, the largest
// first.
func (l *loader) most(i int, period calendar.Period) []string {
	takes := map[string]kpi.Value{}
	for _, s := range l.slots[i] {
		first := max(s.over.first, s.after, period.Start())
		if part := s.over.share(s.effort, first, min(s.over.last, period.Last())); part.Sign() > 0 {
			takes[s.action] = takes[s.action].Or(kpi.Int(0)).Add(part)
		}
	}
	ids := make([]string, 0, len(takes))
	for id := range takes {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(takes[b].Compare(takes[a]), cmp.Compare(a, b)) })
	return ids
}
