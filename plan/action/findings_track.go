package action

import (
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func trackTemplates() check.Templates {
	return check.Templates{
		{Code: "overdue",
			English: "{name} was due on {due} and is not done, {late|days} later; {owner} answers for it.",
			Chinese: "“{name_zh}”应于{due}完成，至今未完成，已逾期{late_zh|days}，负责人{owner}。"},
		{Code: "overdue_blocks",
			English: "{name} was due on {due} and is not done, {late|days} later; {owner} answers for it. Actions that wait for it ({n}): {blocked}.",
			Chinese: "“{name_zh}”应于{due}完成，至今未完成，已逾期{late_zh|days}，负责人{owner}；受其影响的后续行动有{n}项：{blocked_zh}。"},
		{Code: "late_to_start",
			English: "{name} should have begun on {start} and has not; {owner} answers for it.",
			Chinese: "“{name_zh}”应于{start}启动，至今未启动，负责人{owner}。"},
		{Code: "late_to_start_blocks",
			English: "{name} should have begun on {start} and has not; {owner} answers for it. Actions that wait for it ({n}): {blocked}.",
			Chinese: "“{name_zh}”应于{start}启动，至今未启动，负责人{owner}；受其影响的后续行动有{n}项：{blocked_zh}。"},
		{Code: "ends_late",
			English: "As things stand the last action is done on {end} at the earliest, {late|days} after {planned}. What decides it: {chain}.",
			Chinese: "按目前情况，最后一项行动最早于{end}完成，比计划的{planned}晚{late_zh|days}。关键链：{chain_zh}。"},
		{Code: "end_unknown",
			English: "The work calendar ends before all actions are done: when that will be is not known.",
			Chinese: "工作日历在全部行动完成之前已到期，无法推算完成日期。"},
		{Code: "milestone_missed",
			English: "The milestone {name} of {due} is missed: {done} of {of} done; still open: {waiting}.",
			Chinese: "里程碑“{name_zh}”（{due}）未达成：{of}项行动已完成{done}项，未完成：{waiting_zh}。"},
		{Code: "milestone_at_risk",
			English: "The milestone {name} of {due} will be reached on {expected} at the earliest.",
			Chinese: "里程碑“{name_zh}”（{due}）最早于{expected}达成。"},
		{Code: "started_early",
			English: "{name} has begun although {waits} is not done.",
			Chinese: "“{name_zh}”已启动，但前置行动{waits_zh}尚未完成。"},
		{Code: "waits_for_dropped",
			English: "{name} was to wait for {dropped}, which was dropped: is it still right as it stands?",
			Chinese: "“{name_zh}”的前置行动{dropped_zh}已取消，请确认其安排是否仍然成立。"},
		{Code: "over_budget",
			English: "{name}: {spent} spent and {committed} committed, {over} more than the budget of {planned}.",
			Chinese: "“{name_zh}”：已支出{spent}，已承诺{committed}，超出预算{planned}共{over}。"},
		{Code: "over_frame",
			English: "The budgets of the actions of {name} are {planned}, {over} more than its frame of {frame}.",
			Chinese: "“{name_zh}”各项行动预算合计{planned}，超出其总额度{frame}共{over}。"},
		{Code: "spent_without_budget",
			English: "{name}: {spent} spent and {committed} committed without a budget.",
			Chinese: "“{name_zh}”：已支出{spent}，已承诺{committed}，但没有预算。"},
		{Code: "released_more",
			English: "{name}: more was taken off the commitments than was ever committed, by {amount}.",
			Chinese: "“{name_zh}”：冲减的承诺金额比已承诺的多{amount}。"},
		{Code: "return_below_promise",
			English: "{name}: a return of {return} on what was spent, against {promised} promised on the budget.",
			Chinese: "“{name_zh}”：按实际支出计算的回报率为{return}，按预算承诺的为{promised}。"},
	}
}

// find says what the reader of a report should know.
func (r *Report) find(p *Plan, s *schedule) {
	w, n := &scribe{found: []check.Finding{}}, index(*p)
	called := p.actionNames(n)
	for _, l := range r.Late {
		st := &s.status[s.number[l.Action]]
		en, zh := s.actions[s.number[l.Action]].titles()
		args := []any{"name", en, "name_zh", zh, "owner", p.person(n, l.Owner), "start", st.Start, "due", st.Due, "days", st.DaysLate}
		args = append(args, s.span("late", kpi.Int(st.DaysLate))...)
		code, severity := l.Status.String(), check.Warning
		if l.Blocks > 0 {
			code, severity = code+"_blocks", check.Critical
			args = append(append(args, "n", l.Blocks), called.list("blocked", l.Blocked, l.Blocks)...)
		}
		w.add(code, severity, l.Action, args...)
	}
	switch {
	case !s.known:
		w.add("end_unknown", check.Warning, p.ID)
	case r.Chain.Later > 0:
		en, zh := called.way(r.Chain.Actions)
		w.add("ends_late", check.Critical, p.ID, append(s.span("late", kpi.Int(r.Chain.Later)), "end", r.Chain.End, "planned", r.Chain.Planned, "days", r.Chain.Later,
			"chain", en, "chain_zh", zh)...)
	}
	r.findMilestones(w, p, called)
	s.findOrder(w, called)
	r.findMoney(w, p, s, n)
	r.Findings = w.found
}

func (r *Report) findMilestones(w *scribe, p *Plan, called namer) {
	named := map[string]*Milestone{}
	for i := range p.Milestones {
		named[p.Milestones[i].ID] = &p.Milestones[i]
	}
	for _, m := range r.Milestones {
		en, zh := titles(m.Milestone, named[m.Milestone].Name, named[m.Milestone].NameZH)
		args := []any{"name", en, "name_zh", zh, "due", m.Due}
		switch {
		case m.Status == Overdue:
			w.add("milestone_missed", check.Critical, m.Milestone,
				append(append(args, "done", m.Done.Num(), "of", m.Done.Den()), called.list("waiting", m.Waiting, len(m.Waiting))...)...)
		case m.Status.open() && m.Expected > m.Due:
			w.add("milestone_at_risk", check.Warning, m.Milestone, append(args, "expected", m.Expected)...)
		}
	}
}

// findOrder names what began too early, and what waits for nothing any more.
func (s *schedule) findOrder(w *scribe, called namer) {
	for i := range s.status {
		st := &s.status[i]
		if !st.Status.open() {
			continue
		}
		en, zh := s.actions[i].titles()
		if !st.Started.IsZero() && len(st.BlockedBy) > 0 {
			w.add("started_early", check.Warning, st.Action, append([]any{"name", en, "name_zh", zh}, called.list("waits", st.BlockedBy, len(st.BlockedBy))...)...)
		}
		dropped := []string{}
		for _, j := range s.before[i] {
			if s.status[j].Status == Dropped {
				dropped = append(dropped, s.actions[j].ID)
			}
		}
		if len(dropped) > 0 {
			w.add("waits_for_dropped", check.Warning, st.Action, append([]any{"name", en, "name_zh", zh}, called.list("dropped", dropped, len(dropped))...)...)
		}
	}
}

// way writes a chain of actions in both languages.
func (n namer) way(ids []string) (string, string) {
	en, zh := make([]string, len(ids)), make([]string, len(ids))
	for i, id := range ids {
		en[i], zh[i] = n(id)
	}
	return strings.Join(en, " → "), strings.Join(zh, " → ")
}

func (r *Report) findMoney(w *scribe, p *Plan, s *schedule, n names) {
	for i := range s.status {
		st := &s.status[i]
		en, zh := s.actions[i].titles()
		p.findSpending(w, st.Action, en, zh, st.Spending, st.Status == Dropped)
	}
	for _, l := range r.Budget.Strategies {
		i, known := n.strategies[l.Strategy]
		if !known {
			continue
		}
		en, zh := p.Strategies[i].titles()
		if l.Frame.Less(l.Planned) {
			w.add("over_frame", check.Warning, l.Strategy, "name", en, "name_zh", zh,
				"planned", p.money(l.Planned), "frame", p.money(l.Frame), "over", p.money(l.Planned.Sub(l.Frame)))
		}
		frame := l.Frame.Or(l.Planned)
		p.findSpending(w, l.Strategy, en, zh, Spending{frame, l.Committed, l.Spent}, false)
		if l.Return.Less(l.PromisedReturn) {
			w.add("return_below_promise", check.Warning, l.Strategy, "name", en, "name_zh", zh,
				"return", change(l.Return), "promised", change(l.PromisedReturn))
		}
	}
}

// findSpending says where more is spent than there is. A dropped action has
// no budget any more, and that is no fault.
func (p *Plan) findSpending(w *scribe, id, en, zh string, s Spending, dropped bool) {
	args := []any{"name", en, "name_zh", zh, "planned", p.money(s.Planned), "spent", p.money(s.Spent), "committed", p.money(s.Committed)}
	used := s.Committed.Add(s.Spent)
	switch {
	case s.Planned.Less(used):
		w.add("over_budget", check.Warning, id, append(args, "over", p.money(used.Sub(s.Planned)))...)
	case s.Planned == kpi.Value{} && used.Sign() > 0 && !dropped:
		w.add("spent_without_budget", check.Warning, id, args...)
	}
	if s.Committed.Sign() < 0 {
		w.add("released_more", check.Warning, id, "name", en, "name_zh", zh, "amount", p.money(s.Committed.Abs()))
	}
}
