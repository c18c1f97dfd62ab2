package main

import (
	"fmt"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// quarterText is the review of a quarter: the company first, then who and
// what is not as planned.
func (l *Life) quarterText(lang Lang, at int) string {
	q := l.Quarters[at]
	s := heading(lang.say("Review of %s, %s, by version %d of the plan", "%s复盘（%s），依据计划第%d版", label(q.Period), q.Review.AsOf, q.Review.Version))
	s += q.owners(lang) + q.onPlan(lang) + q.gap(lang) + q.since(lang)
	s += q.toReach(lang) + q.came(lang) + q.stages(lang) + q.outlook(lang) + l.deciding(lang, q) + q.tidy(lang)
	return s + l.doing(lang, at) + l.alarms(lang, at) + l.followed(lang, at) + q.agenda(lang)
}

// owners shows the company, its regions, and the sellers who are not on
// track.
func (q Quarter) owners(lang Lang) string {
	t := table{{lang.say("Who", "负责人"), lang.say("target", "全年目标"), lang.say("won", "已赢单"), lang.say("due by now", "至今应达"), lang.say("pace", "进度"),
		lang.say("year, rest as planned", "全年（剩余按计划）"), lang.say("score", "评分"), lang.say("status", "状态")}}
	for _, o := range q.Review.Goals[0].Owners {
		k := o.Tracking
		if good(k.Status) && slices.Contains(sellers(), o.Owner) {
			continue
		}
		t.row(lang.name(o.Owner), amount(k.Target), amount(k.Actual), amount(k.Expected), attained(k.Pace), amount(k.Landing.RestOfPlan), q.score(o.Owner), lang.status(k.Status))
	}
	return t.String()
}

func good(s target.Status) bool { return s == target.OnTrack || s == target.Met }

// score gives the score of a seller with its band; regions have none.
func (q Quarter) score(owner string) string {
	i := slices.IndexFunc(q.Review.Beside.Cards, func(c scorecard.Card) bool { return c.Owner == owner })
	if i < 0 {
		return ""
	}
	card := q.Review.Beside.Cards[i]
	return fmt.Sprintf("%s %s", card.Score.Text(0, kpi.Floor), card.Band)
}

// onPlan names the sellers who are as they should be.
func (q Quarter) onPlan(lang Lang) string {
	var parts []string
	for _, o := range q.Review.Goals[0].Owners {
		if good(o.Tracking.Status) && slices.Contains(sellers(), o.Owner) {
			parts = append(parts, lang.say("%s %s (%s)", "%s %s（%s）", lang.name(o.Owner), attained(o.Tracking.Pace), q.score(o.Owner)))
		}
	}
	if len(parts) == 0 {
		return paragraph(lang.say("No seller is on plan.", "没有销售达到计划进度。"))
	}
	return paragraph(lang.say("On plan, pace and score: %s.", "符合计划的销售（进度与评分）：%s。", lang.list(parts)))
}

// gap says who, and what, makes the difference to what was due.
func (q Quarter) gap(lang Lang) string {
	b := q.Review.Goals[0].Gap
	var people, reasons []string
	others := kpi.Int(0)
	for i, part := range b.Parts {
		if i < 3 {
			people = append(people, lang.name(part.ID)+" "+signed(part.Amount))
		} else {
			others = others.Add(part.Amount)
		}
	}
	people = append(people, lang.say("the others %s", "其余%s", signed(others)))
	for _, part := range q.Review.Goals[0].ByDriver.Parts {
		show := amount
		if part.ID == "win_rate" {
			show = percent
		}
		reasons = append(reasons, lang.say("%s %s (%s, not %s)", "%s %s（%s，基准%s）", lang.name(part.ID), signed(part.Amount), show(part.Values.Current), show(part.Values.Base)))
	}
	return paragraph(lang.say("Gap to what was due: %s, of it %s.", "与应达的差额：%s，其中%s。", signed(b.Gap), lang.list(people))) +
		paragraph(lang.say("Causes, against the win rate and deal size of 2025: %s.", "原因（以2025年赢单率和客单价为基准）：%s。", lang.list(reasons)))
}

func (q Quarter) since(lang Lang) string {
	if q.Since == nil {
		return ""
	}
	line := q.Since.Lines[0]
	s := lang.say("Since the last review:", "较上次复盘：")
	if line.Target.Sign() != 0 {
		s += lang.say(" target %s,", "目标%s，", signed(line.Target))
	}
	s += lang.say(" the year with the rest as planned %s", "全年预计（剩余按计划）%s", signed(line.Landing))
	if n := len(q.Since.Restated); n > 0 {
		s += lang.say("; %d figures of closed months were changed", "；%d个已结束月份的数字被更正", n)
	}
	return paragraph(s + lang.say(".", "。"))
}

// doing says how the actions go: what is not said any more is done, and what
// was said in the last review is not said again.
func (l *Life) doing(lang Lang, at int) string {
	r := l.Quarters[at].Review.Beside.Execution
	reached := 0
	for _, m := range r.Milestones {
		if m.Status == action.Done {
			reached++
		}
	}
	s := paragraph(lang.say("Actions: %d of %d done; milestones: %d of %d reached; %s of a budget of %s spent.", "行动：完成%d/%d项；里程碑：达成%d/%d个；预算%[6]s，已支出%[5]s。",
		r.Progress.Done, r.Progress.Planned, reached, len(r.Milestones), amount(r.Budget.Total.Spent), amount(r.Budget.Total.Planned)))
	for _, f := range r.Findings {
		if f.Code != "ends_late" && f.Code != "milestone_missed" && !l.saidBefore(at, f) {
			s += item(lang.sentence(f, action.Findings()))
		}
	}
	return s
}

func (l *Life) saidBefore(at int, f check.Finding) bool {
	return at > 0 && slices.ContainsFunc(l.Quarters[at-1].Review.Beside.Execution.Findings, func(g check.Finding) bool {
		return g.Code == f.Code && inWords(g) == inWords(f)
	})
}

// inWords is a finding to compare it by.
func inWords(f check.Finding) string { return English.sentence(f, action.Findings()) }

// agenda is what else to talk about; alarms, coverage and actions stand above.
func (q Quarter) agenda(lang Lang) string {
	s := ""
	for _, topic := range q.Agenda {
		args := topic.Finding.Args
		switch {
		case topic.Topic == plan.OpenFeedback:
			s += item(lang.say("%s has had no answer since %s: “%s”", "%s于%s的反馈尚无答复：“%s”", lang.name(topic.Owner), args["day"], lang.name(args["text"])))
		case topic.Finding.Code == "assumption_overdue":
			s += item(lang.say("Is it still true that %[3]s? %[1]s was to look at it by %[2]s.", "前提“%[3]s”是否仍成立？%[1]s应于%[2]s前复核。", lang.name(args["owner"]), args["review"], lang.name(args["text"])))
		}
	}
	if s == "" {
		return ""
	}
	return paragraph(lang.say("To talk about:", "会议议题：")) + s
}
