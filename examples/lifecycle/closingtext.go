package main

import (
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// closingText says how the year went, what changed after what was done, what
// to do and what to aim at.
func (l *Life) closingText(lang Lang) string {
	c := l.Closing
	s := heading(lang.say("The year is over: evaluation", "年度评估"))
	w := c.Standing
	s += paragraph(lang.say("Won %s: %s of the original target of %s, %s of the revised one of %s.", "赢单%s：原目标%[3]s的%[2]s，修订后目标%[5]s的%[4]s。",
		amount(w.Actual), attained(w.AgainstOriginal), amount(w.Original), attained(w.AgainstInForce), amount(w.InForce)))
	sellers := c.Evaluation.Goals[0].Sellers
	s += paragraph(lang.say("%d of %d sellers reached their targets; the best first: %s.", "%[2]d名销售中%[1]d名达成目标，由高到低：%[3]s。", sellers.Met, sellers.Owners, lang.and(sellers.BestFirst)))
	for _, found := range c.Evaluation.Findings {
		if found.Finding.Subject != company {
			s += item(lang.sentence(found.Finding, plan.Findings()))
		}
	}
	s += paragraph(lang.say("The win rates by quarter around the closing course, which Di had and the others had not:", "成交培训前后各季度赢单率（仅狄青参加，其余为对照）："))
	for _, change := range c.Evaluation.Changes {
		s += lang.items(change.Findings, action.Findings())
	}
	return s + l.nextText(lang)
}

// nextText gives the suggestions as the actions that they became, and the
// proposal for the next year.
func (l *Life) nextText(lang Lang) string {
	c := l.Closing
	s := heading(lang.say("The next year", "下一年"))
	s += paragraph(lang.say("By the playbook, as rules of thumb that are still to be measured:", "按应对手册建议（经验法则，效果有待验证）："))
	for i, suggestion := range c.Evaluation.Suggestions {
		act := c.Planned[i]
		effect := ""
		if suggestion.Do.Effect.Defined() {
			effect = lang.say("; expected: %s +%s", "；预期：%s +%s", suggestion.Do.Lever.Title(string(lang)), percent(suggestion.Do.Effect))
		}
		s += item(lang.say("%s: %s, %s to %s, %s answers for it%s.", "%s：%s，%s至%s，由%s负责%s。",
			lang.name(suggestion.Owner), lang.say(act.Name, act.NameZH), act.Start, act.Due, lang.name(act.Owner()), effect))
	}
	p := c.Proposal
	s += paragraph(lang.say("Proposal for 2027: base %s, target %s, stretch %s.", "2027年提案：保底%s，目标%s，冲刺%s。", amount(p.Base), amount(p.Target), amount(p.Stretch)))
	return s + lang.proposals(p)
}

func (l Lang) proposals(p target.Proposal) string { return l.items(p.Reasons, target.Findings()) }
