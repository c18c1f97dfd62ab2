package main

import "github.com/saleskpi/saleskpi/plan"

// page gives the year as text.
func (l *Life) page(lang Lang) string {
	s := paragraph(lang.say("THE SALES PLAN 2026 of %s, from preparation to the next proposal", "%s 2026年销售计划：从准备到下一年提案", lang.name(company))) +
		paragraph(lang.say("All amounts in USD. Score: 70 %% revenue, 30 %% win rate; 100 is on target, A from 100, B from 85, else C. “As things go” is at the win rate and deal size of the last four quarters.", "金额单位：美元。评分：营收占70 %%，赢单率占30 %%；100为达标，A为100分及以上，B为85分及以上，其余为C。“照目前情况”指按近四个季度的赢单率和客单价推算。"))
	s += l.preparedText(lang) + l.committedText(lang)
	for at := range l.Quarters {
		s += l.quarterText(lang, at) + l.meetingText(lang, at)
		for _, a := range l.revisedAfter(l.Quarters[at].Period) {
			s += lang.amended(a)
		}
	}
	return s + l.closingText(lang) + l.knownText(lang) + l.nextText(lang) + l.logText(lang)
}

// logText says who took which step of the plan's life, and when.
func (l *Life) logText(lang Lang) string {
	s := heading(lang.say("The life of the plan", "计划的历程"))
	t := table{}
	before := plan.Drafted
	for _, step := range l.Document.Log() {
		word := lang.phase(step.To)
		if step.To == before {
			word = lang.say("revised", "修订")
		}
		before = step.To
		t.row(word, step.Day.String(), lang.name(step.By))
	}
	s += t.String()
	return s + paragraph(lang.say("%d versions are kept: the plan as it was committed, and %d revisions.", "共保留%d个版本：最初确认的计划和%d次修订。", len(l.Document.Versions()), len(l.Amendments)))
}

func (l Lang) phase(p plan.Phase) string {
	switch p {
	case plan.Committed:
		return l.say("committed", "确认")
	case plan.Active:
		return l.say("active", "启动执行")
	case plan.Closed:
		return l.say("closed", "结束")
	}
	return l.say("draft", "草案")
}
