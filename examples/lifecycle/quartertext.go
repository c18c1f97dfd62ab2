package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

// text is the review of a quarter.
func (q Quarter) text(lang Lang) string {
	r := q.Review
	s := heading(lang.say("%s: review as of %s, version %d of the plan", "%s：截至%s的复盘，计划第%d版", label(q.Period), r.AsOf, r.Version))
	return s + q.owners(lang) + q.gap(lang) + q.since(lang) + q.scores(lang) + q.doing(lang) + q.landing(lang) + q.agenda(lang)
}

func (q Quarter) owners(lang Lang) string {
	t := table{{lang.say("Who", "负责人"), lang.say("original", "原目标"), lang.say("target", "现目标"), lang.say("won", "已赢单"), lang.say("due by now", "至今应达"), lang.say("pace", "进度"), lang.say("would land at", "预计落点"), lang.say("status", "状态")}}
	for _, o := range q.Review.Goals[0].Owners {
		k := o.Tracking
		t.row(lang.name(o.Owner), amount(o.Original), amount(k.Target), amount(k.Actual), amount(k.Expected), attained(k.Pace), amount(k.Landing.RestOfPlan), lang.status(k.Status))
	}
	return t.String()
}

// gap says who makes the difference to what was due.
func (q Quarter) gap(lang Lang) string {
	b := q.Review.Goals[0].Gap
	var parts []string
	for _, part := range b.Parts {
		parts = append(parts, lang.name(part.ID)+" "+signed(part.Amount))
	}
	return paragraph(lang.say("Against what was due %s: %s.", "与应达相比%s：%s。", signed(b.Gap), strings.Join(parts, lang.say(", ", "，"))))
}

func (q Quarter) since(lang Lang) string {
	if q.Since == nil {
		return ""
	}
	line := q.Since.Lines[0]
	return paragraph(lang.say("Since %s: won %s, target %s, landing %s; %d closed months were restated.", "自%s以来：赢单%s，目标%s，落点%s；%d个已结束月份被更正。",
		q.Since.From, signed(line.Actual), signed(line.Target), signed(line.Landing), len(q.Since.Restated)))
}

// scores gives the sellers' scorecards: revenue 70 %, win rate 30 %.
func (q Quarter) scores(lang Lang) string {
	var parts []string
	for _, card := range q.Review.Beside.Cards {
		parts = append(parts, fmt.Sprintf("%s %s (%s)", lang.name(card.Owner), card.Score.Text(1, kpi.Floor), card.Band))
	}
	return paragraph(lang.say("Scores, 100 is on target: %s.", "综合评分（100为达标）：%s。", strings.Join(parts, lang.say(", ", "，"))))
}

// doing says how the actions go.
func (q Quarter) doing(lang Lang) string {
	r := q.Review.Beside.Execution
	return paragraph(lang.say("Actions: %d of %d done, %d overdue, %d late to start; %s of %s spent.", "行动：完成%d/%d项，逾期%d项，迟启动%d项；已支出%s，预算%s。",
		r.Progress.Done, r.Progress.Planned, r.Progress.Overdue, r.Progress.LateToStart, amount(r.Budget.Total.Spent), amount(r.Budget.Total.Planned))) +
		lang.items(r.Findings, action.Findings())
}

// landing says where the coming quarter will end.
func (q Quarter) landing(lang Lang) string {
	return paragraph(lang.say("The coming quarter, %s, by the open deals and seven earlier quarters:", "下一季度%s，依据在途商机与此前七个季度：", label(q.Landing.Period))) +
		lang.items(q.Landing.Findings[:2], forecast.Findings())
}

// agenda is what to talk about; the actions stand above.
func (q Quarter) agenda(lang Lang) string {
	s := ""
	for _, topic := range (plan.Meeting{Review: q.Review, Since: q.Since, Alerts: q.Alerts}).Agenda() {
		if topic.Topic != plan.Execution {
			s += item(lang.sentence(topic.Finding, slices.Concat(plan.Findings(), action.Findings())))
		}
	}
	if s == "" {
		return ""
	}
	return paragraph(lang.say("To talk about:", "会议议题：")) + s
}
