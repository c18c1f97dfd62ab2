package action

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func leverTemplates() check.Templates {
	return check.Templates{
		{Code: "nothing_to_close",
			English: "Nothing has to change: {expected} is expected against a target of {target}.",
			Chinese: "无需调整：预计实现{expected}，目标为{target}。"},
		{Code: "lever_closes",
			English: "{lever}: {change} from {begins} on closes the gap of {gap}; the best of the last {n} quarters was {cap}.",
			Chinese: "{lever_zh}：自{begins}起变动{change}即可弥补缺口{gap}；最近{n}个季度中最好的一季为{cap}。"},
		{Code: "lever_too_short",
			English: "{lever}: even {cap}, as in the best of the last {n} quarters, leaves {short} of the gap of {gap}.",
			Chinese: "{lever_zh}：即使达到最近{n}个季度中最好的{cap}，缺口{gap}仍剩{short}。"},
		{Code: "lever_too_late",
			English: "{lever}: a change made now shows after the period; nothing of the gap of {gap} can be closed by it.",
			Chinese: "{lever_zh}：现在调整要到本期之后才见效，无法弥补缺口{gap}。"},
		{Code: "lever_without_quarters",
			English: "{lever}: no earlier quarter says how far it can be moved; it is not counted on.",
			Chinese: "{lever_zh}：没有历史季度数据可说明其可调幅度，未计入。"},
		{Code: "together_closes",
			English: "All levers together: {change} of each closes the gap of {gap}.",
			Chinese: "全部杠杆同时调整：各变动{change}即可弥补缺口{gap}。"},
		{Code: "closed_by_none",
			English: "No lever closes the gap of {gap}, nor do all together: at their best quarters {most} would be reached, {short} short of {target}.",
			Chinese: "没有任何杠杆能弥补缺口{gap}，全部合用也不行：即使都达到历史最好季度，也只能实现{most}，距目标{target}仍差{short}。"},
	}
}

// findings says what a lever plan comes to.
func (p *LeverPlan) findings(u kpi.Unit) []check.Finding {
	w := &scribe{found: []check.Finding{}}
	amounts := []kpi.Value{p.Expected, p.Target, p.Together.Most}
	for _, n := range p.Levers {
		amounts = append(amounts, n.Short)
	}
	text := alike(u, amounts...)
	switch {
	case !p.Gap.Defined():
		return w.found
	case p.Gap.Sign() <= 0:
		w.add("nothing_to_close", check.Info, p.Goal, "expected", text(p.Expected), "target", text(p.Target))
		return w.found
	}
	for _, n := range p.Levers {
		args := []any{"lever", n.Lever.Title("en"), "lever_zh", n.Lever.Title("zh"), "gap", text(p.Gap), "begins", n.Begins, "n", n.Quarters,
			"change", signed(n.Lever, n.Change), "cap", signed(n.Lever, n.Cap), "short", text(n.Short)}
		switch {
		case n.Begins.IsZero():
			w.add("lever_too_late", check.Warning, n.Lever.String(), args...)
		case !n.Cap.Defined():
			w.add("lever_without_quarters", check.Warning, n.Lever.String(), args...)
		case n.Change.Defined():
			w.add("lever_closes", check.Info, n.Lever.String(), args...)
		default:
			w.add("lever_too_short", check.Warning, n.Lever.String(), args...)
		}
	}
	t := p.Together
	switch {
	case t.Change.Defined():
		w.add("together_closes", check.Info, p.Goal, "change", change(t.Change), "gap", text(p.Gap))
	case !p.Closed:
		w.add("closed_by_none", check.Critical, p.Goal, "gap", text(p.Gap), "most", text(t.Most), "short", text(t.Short), "target", text(p.Target))
	}
	return w.found
}

// signed writes a lever's getting better: a cycle gets shorter.
func signed(l Lever, v kpi.Value) string {
	if l == Cycle {
		v = v.Neg()
	}
	return change(v)
}
