package main

import (
	"fmt"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

// closingText says how the year went, what changed after the course, what to
// do and what to aim at.
func (l *Life) closingText(lang Lang) string {
	c := l.Closing
	s := heading(lang.say("The year is over", "年度评估"))
	w := c.Evaluation.Goals[0]
	s += paragraph(lang.say("Won %s: %s of the original target of %s, %s of the revised one of %s.", "赢单%s：原目标%[3]s的%[2]s，修订后目标%[5]s的%[4]s。",
		amount(w.Tracking.Actual), attained(w.Against), amount(w.Original), attained(w.Tracking.Attainment), amount(w.Tracking.Target)))
	sellers := w.Sellers
	s += paragraph(lang.say("%d of %d sellers reached their targets; the best first: %s.", "%[2]d名销售中%[1]d名达成目标，由高到低：%[3]s。", sellers.Met, sellers.Owners, lang.and(sellers.BestFirst)))
	return s + l.spentText(lang) + l.courseText(lang)
}

// spentText sets what each strategy cost beside what it had promised.
func (l *Life) spentText(lang Lang) (s string) {
	for _, st := range l.Closing.Evaluation.Strategies {
		measured := ""
		if len(st.Cases) == 0 {
			measured = lang.say("; nobody has measured what it brought", "；实际成效未经评估")
		}
		s += item(lang.say("%s: %s of %s spent, about %s of revenue promised%s.", "%s：预算%[3]s，已支出%[2]s，当初预期带来营收约%[4]s%[5]s。",
			lang.name(st.Strategy), amount(st.Budget.Spent), amount(st.Budget.Planned), about(st.Budget.Promised), measured))
	}
	return s
}

// courseText sets the sellers with the closing course beside those without.
func (l *Life) courseText(lang Lang) string {
	e := l.Closing.Evaluation.Changes[0]
	s := paragraph(lang.say("The closing course (%s had it, drawn by lot), win rates of 2025 and of the second half of 2026:", "成交培训（抽签参加：%s）前后的赢单率，2025年与2026年下半年对比：", lang.and(taught())))
	t := table{{"", lang.say("before", "培训前"), lang.say("after", "培训后"), lang.say("change", "变化")}}
	for _, g := range []struct {
		name  string
		group action.Group
	}{{lang.say("with the course", "参加培训"), e.Units}, {lang.say("without", "未参加"), e.Others}} {
		t.row(g.name, percent(g.group.Before), percent(g.group.After), points(lang, g.group.Changed))
	}
	verdict := lang.say("That is within chance: whether the course helped cannot be said yet, and nothing is learned from it.", "差异在随机波动范围内，尚不能断定培训是否有效，经验法则暂不更新。")
	if e.Verdict == kpi.Distinguishable {
		verdict = lang.say("That is more than chance, and suggestions count on it from now on.", "差异超出随机波动，今后的建议以此为准。")
	}
	return s + t.String() + paragraph(lang.say("The difference is %[1]s (promised: %[5]s); with %[2]s confidence it lies between %[3]s and %[4]s. %[6]s",
		"两者变化之差为%[1]s（当初预期%[5]s），%[2]s置信区间为%[3]s至%[4]s。%[6]s",
		points(lang, e.Net), wholly(percent(e.Level)), pointsOf(lang, e.Low), pointsOf(lang, e.High), points(lang, e.Promised), verdict))
}

// wholly leaves out a decimal that is none: 95.0 % is 95 %.
func wholly(percent string) string { return strings.Replace(percent, ".0 %", " %", 1) }

// points writes a change of a share in percentage points.
func points(lang Lang, v kpi.Value) string {
	sign := ""
	if v.Sign() > 0 {
		sign = "+"
	}
	return lang.say("%s%s points", "%s%s个百分点", sign, v.Mul(kpi.Int(100)).Text(1, kpi.HalfEven))
}

func pointsOf(lang Lang, e kpi.Estimate) string {
	f, ok := e.Float64()
	if !ok {
		return none
	}
	return lang.say("%s points", "%s个百分点", fmt.Sprintf("%+.0f", 100*f))
}

// nextText gives the suggestions as the actions that they became, and the
// proposal for the next year.
func (l *Life) nextText(lang Lang) string {
	s := heading(lang.say("2027", "2027年"))
	s += paragraph(lang.say("What to do, by rules of thumb whose effect is still to be measured:", "行动建议（按经验法则，效果有待验证）："))
	for _, act := range l.Closing.Planned.Actions {
		s += item(lang.say("%s, for %s: %s to %s, %s answers for it%s.", "%s（对象：%s）：%s至%s，由%s负责%s。",
			lang.say("%[1]s", "%[2]s", act.Name, act.NameZH), lang.and(responsible(act)), act.Start, act.Due, lang.name(act.Owner()), l.effect(lang, act)))
	}
	p := l.Closing.Proposal
	s += paragraph(lang.say("What to aim at: base %s (chance %s), target %s (%s), stretch %s (%s).", "目标提案：保底%s（可能性%s），目标%s（%s），冲刺%s（%s）。",
		amount(p.Base), wholly(p.Reasons[0].Args["chance"]), amount(p.Target), wholly(p.Reasons[1].Args["chance"]), amount(p.Stretch), wholly(p.Reasons[2].Args["chance"])))
	because := p.Reasons[len(p.Reasons)-1].Args
	return s + paragraph(lang.say("Because 2026 brought %s and revenue grew by %s a year on average (%s pairs of quarters); the middle of the outlook is %s.", "依据：2026年实绩%s，以往营收年均增长%s（%s组同比），预期中位数为%s。",
		lang.argument(because["base"]), because["growth"], because["pairs"], lang.argument(because["middle"])))
}

// responsible gives who does an action.
func responsible(a action.Action) (people []string) {
	for _, r := range a.Roles {
		if r.Part == action.Responsible {
			people = append(people, r.Person)
		}
	}
	return people
}

// effect says what an action is to bring of those whom it is for, where it
// moves a lever.
func (l *Life) effect(lang Lang, a action.Action) string {
	worth, do := kpi.Int(0), plan.Template{}
	for _, s := range l.Closing.Evaluation.Suggestions {
		if s.Rule == a.ID {
			worth, do = worth.Add(s.Worth), s.Do
		}
	}
	if do.Lever == action.NoLever {
		return ""
	}
	return lang.say("; expected: %s +%s, worth about %s in 2027", "；预期：%s +%s，2027年约可带来%s", do.Lever.Title(string(lang)), wholly(percent(do.Effect)), about(worth))
}
