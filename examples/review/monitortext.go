package main

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

// sinceSection says what changed since the last review, for the company and
// for those whose status is another one.
func (r *Review) sinceSection() string {
	since := r.Monitor.Since
	if since == nil || len(since.Lines) == 0 {
		return ""
	}
	s := heading(r.say("Since the last review of %s", "自 %s 上次回顾以来", since.From))
	whole := since.Lines[0]
	s += paragraph(r.say("Won: %s. The landing by plan moved by %s.", "赢单 %s；按计划推算的预计完成变动 %s。", signed(whole.Actual), signed(whole.Landing)))
	for _, line := range since.Lines {
		if line.Status.From != line.Status.To && (r.Company.isSeller(line.Owner) || line.Owner == wholeCompany || r.isTeam(line.Owner)) {
			s += item(r.say("%s: %s, was %s.", "%s：%s，此前为%s。", r.name(line.Owner), r.lang().status(line.Status.To), r.lang().status(line.Status.From)))
		}
	}
	if n := len(since.Restated); n > 0 {
		return s + paragraph(r.say("%d figures of closed months were changed afterwards.", "已结束月份中有 %d 个数字被更正。", n))
	}
	return s + paragraph(r.say("No month that was over has changed.", "已结束月份的数字没有变动。"))
}

// meetingSection gives the alerts and the rest of the meeting's agenda.
func (r *Review) meetingSection() string {
	if r.Goals.Review == nil {
		return ""
	}
	s := heading(r.say("Alerts, and what to talk about", "预警与会议议题")) + r.alerts()
	for _, i := range r.Monitor.Agenda {
		if i.Topic != plan.Alarms && i.Topic != plan.Lines {
			s += item(r.agendaItem(i))
		}
	}
	if next, ok := r.nextReview(); ok {
		s += paragraph(r.say("The next review is due on %s.", "下次回顾：%s。", next))
	}
	return s
}

// agendaItem tells an item; what holds others up goes by its name.
func (r *Review) agendaItem(i plan.AgendaItem) string {
	return r.tell(i.Finding, slices.Concat(plan.Findings(), action.Findings()))
}

// alerts gives those of one rule in one sentence.
func (r *Review) alerts() (s string) {
	for _, rule := range plan.DefaultAlerts() {
		var at []string
		for _, a := range r.Monitor.Alerts {
			if a.Rule == rule.ID && a.State != plan.Over {
				at = append(at, r.alert(a))
			}
		}
		if len(at) > 0 {
			s += item(r.rule(rule) + r.lang().say(": ", "：") + strings.Join(at, r.lang().say(", ", "、")) + r.lang().say(".", "。"))
		}
	}
	if s == "" {
		return paragraph(r.say("No alert.", "没有预警。"))
	}
	return s
}

func (r *Review) alert(a plan.Alert) string {
	if a.State == plan.Raised {
		return r.say("%s %s (new)", "%s %s（新）", r.name(a.Owner), attained(a.Value))
	}
	return r.say("%s %s (since %s)", "%s %s（自 %s）", r.name(a.Owner), attained(a.Value), a.Since)
}

// rule says in words what an alert is about.
func (r *Review) rule(a plan.AlertRule) string {
	bound := a.Below
	if a.Above.Defined() {
		bound = a.Above
	}
	limit := kpi.Share(0).Text(bound)
	switch a.ID {
	case "behind":
		return r.say("Won less than %s of what was due", "赢单不足应达的 %s", limit)
	case "landing_short":
		return r.say("Would land under %s of the target, the rest as planned", "按计划推算低于目标的 %s", limit)
	case "forecast_short":
		return r.say("Would land under %s of the target by the open deals", "按在途商机预测低于目标的 %s", limit)
	}
	return r.say("More than %s of the open deals are stale", "停滞商机占比超过 %s", limit)
}

// nextReview gives the day of the next review that the plan asks for.
func (r *Review) nextReview() (day string, ok bool) {
	for _, c := range r.Goals.Plan.Cadences {
		if _, next, err := c.Due(r.Options.Calendar, r.Work, r.AsOf.Add(-1), r.AsOf); err == nil && !next.Day.IsZero() {
			return next.Day.String(), true
		}
	}
	return "", false
}
