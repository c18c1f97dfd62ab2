package main

import (
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
)

// page gives the year as text.
func (l *Life) page(lang Lang) string {
	s := paragraph(lang.say("THE SALES PLAN 2026 of %s: from preparation to the next proposal", "%s 2026年销售计划：从准备到下一年提案", lang.name(company))) +
		paragraph(lang.say("All amounts in USD.", "金额单位：美元。"))
	s += l.preparedText(lang) + l.committedText(lang)
	revisions := l.Revisions
	for i, q := range l.Quarters {
		s += q.text(lang)
		for len(revisions) > 0 && revisions[0].After == i+1 {
			s += revisions[0].text(lang, len(l.Revisions)-len(revisions)+1)
			revisions = revisions[1:]
		}
	}
	return s + l.closingText(lang) + l.logText(lang)
}

// items sets findings as a list, each sentence once.
func (l Lang) items(found []check.Finding, templates check.Templates) (s string) {
	for _, f := range found {
		s += item(l.sentence(f, templates))
	}
	return s
}

// logText says who took which step of the plan's life, and when.
func (l *Life) logText(lang Lang) string {
	s := heading(lang.say("The life of the plan", "计划的历程"))
	t := table{}
	before := plan.Drafted
	for _, step := range l.Document.Log() {
		word := lang.phase(step.To)
		if step.To == before {
			word = lang.say("revised", "已修订")
		}
		before = step.To
		t.row(word, step.Day.String(), lang.name(step.By))
	}
	s += t.String()
	return s + paragraph(lang.say("%d versions are kept: the baseline and %d revisions.", "共保留%d个版本：基线及%d次修订。", len(l.Document.Versions()), len(l.Revisions)))
}

func (l Lang) phase(p plan.Phase) string {
	switch p {
	case plan.Committed:
		return l.say("committed", "已确认")
	case plan.Active:
		return l.say("active", "执行中")
	case plan.Closed:
		return l.say("closed", "已结束")
	}
	return l.say("draft", "草案")
}
