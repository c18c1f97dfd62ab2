package main

import (
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// preparedText says what was known before the year.
func (l *Life) preparedText(lang Lang) string {
	p := l.Prepared
	s := heading(lang.say("Preparation, %s", "准备，%s", p.AsOf))
	t := table{{lang.say("Market", "市场"), lang.say("growth", "增长"), lang.say("our growth", "我们的增长"), lang.say("our share", "份额"), lang.say("before", "上年份额"), lang.say("room", "可拓展空间")}}
	for _, m := range p.Segments {
		t.row(lang.name(m.Segment), percent(m.Growth), percent(m.OurGrowth), percent(m.Share), percent(m.ShareBefore), amount(m.Headroom))
	}
	s += t.String()
	first := p.Needs[0]
	s += paragraph(lang.say("What customers miss most: %s (%d answers).", "客户最缺的是：%s（%d份评分）。", lang.name(first.Need), first.N))
	team := p.Teams[0]
	s += paragraph(lang.say("The team can do %s; the target takes %s of it.", "团队产能%s，目标占用其中的%s。", amount(team.Capacity), percent(team.Load)))
	return s + lang.items(p.Findings, plan.Findings())
}

// committedText says what is aimed at, who takes which part of it, and which
// warnings somebody answers for.
func (l *Life) committedText(lang Lang) string {
	v, _ := l.Document.Baseline()
	goal := v.Plan.Goals[0]
	s := heading(lang.say("The plan: %s", "计划：%s", lang.name(goalID)))
	s += paragraph(lang.say("Base %s, target %s, stretch %s; the year before brought %s.", "保底%s，目标%s，冲刺%s；上年实绩%s。", amount(goal.Base), amount(goal.Target), amount(goal.Stretch), amount(goal.Baseline)))
	s += lang.items(v.Plan.Assessments[0].Achievable.Findings, target.Findings())
	s += lang.items(l.Promise.Findings, action.Findings())
	r, _ := v.Plan.Reconcile(goalID)
	t := table{{lang.say("Who", "负责人"), lang.say("target", "目标"), lang.say("committed", "承诺"), lang.say("gap", "差额")}}
	for _, g := range r.Gaps {
		t.row(lang.name(g.Owner), amount(g.Target), amount(g.Committed), signed(g.Committed.Sub(g.Target)))
	}
	s += t.String()
	s += paragraph(lang.say("Committed on %s by %s, who answers for these warnings:", "%s由%s确认，并对以下提示负责：", v.Signed.Day, lang.name(v.Signed.By)))
	for _, accepted := range v.Accepted {
		s += item(lang.sentence(accepted.Finding, plan.Findings()))
	}
	return s
}
