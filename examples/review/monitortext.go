package main

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

// sinceFact says what changed since the last review, for the company and for
// those whose status is another one.
func (r *Review) sinceFact(lines *facts) {
	since := r.Monitor.Since
	if since == nil || len(since.Lines) == 0 {
		return
	}
	company := since.Lines[0]
	lines.add(r.say("Since", "其间"), r.say("%s: %s won, and the landing by plan %s", "自 %s 以来赢单 %s，按计划推算的预计完成变动 %s",
		since.From, number(company.Actual, 0), signed(company.Landing)))
	var changed []string
	for _, line := range since.Lines {
		if line.Status.From != line.Status.To && (r.Company.isSeller(line.Owner) || line.Owner == wholeCompany || r.isTeam(line.Owner)) {
			changed = append(changed, r.say("%s %s (was %s)", "%s%s（此前%s）", r.name(line.Owner), r.lang().status(line.Status.To), r.lang().status(line.Status.From)))
		}
	}
	if len(changed) > 0 {
		lines.add("", r.lang().join(r.few(changed)))
	}
	if n := len(since.Restated); n > 0 {
		lines.add("", r.say("%s figures of closed months were changed afterwards", "已结束月份中有 %s 个数字被更正", whole(n)))
	}
}

// meeting gives the rest of the meeting's agenda.
func (r *Review) meeting() (texts []string) {
	for _, i := range r.Monitor.Agenda {
		if i.Topic != plan.Alarms && i.Topic != plan.Lines && i.Topic != plan.Praise {
			texts = append(texts, r.agendaItem(i))
		}
	}
	return append(texts, r.praise()...)
}

// praise names who has reached a target; the amounts stand in the tables.
func (r *Review) praise() []string {
	var names []string
	for _, i := range r.Monitor.Agenda {
		if i.Topic == plan.Praise && i.Owner != wholeCompany {
			names = append(names, r.name(i.Owner))
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{r.say("To praise, for the target is reached: %s.", "值得表扬（已达成目标）：%s。", r.lang().join(names))}
}

const mostInList = 6 // owners in a list of the text

// few gives the first of a list, and how many more there are.
func (r *Review) few(all []string) []string {
	if len(all) <= mostInList {
		return all
	}
	return append(slices.Clone(all[:mostInList]), r.say("%s more", "另有 %s 个", whole(len(all)-mostInList)))
}

func (r *Review) nextReviewText() string {
	if r.Goals.Review == nil {
		return ""
	}
	if next, ok := r.nextReview(); ok {
		return paragraph(r.say("The next review is due on %s.", "下次回顾：%s。", next))
	}
	return ""
}

// agendaItem tells an item. What stands elsewhere, and an assumption, which is
// its own text, have sentences of their own.
func (r *Review) agendaItem(i plan.AgendaItem) string {
	f := i.Finding
	switch f.Code {
	case "action_holds_up":
		return r.say("“%s” is late and in the way of others; ask %s (part 2).", "“%s”已延误并影响后续行动，请问%s（第 2 部分）。", r.Plan.called(f.Subject, r.lang()), i.Owner)
	case "assumption_overdue":
		return r.say("Does this still hold? %s. %s was to look at it by %s.", "以下假设是否仍成立：%s。%s 应于 %s 前复核。", r.Plan.called(f.Subject, r.lang()), f.Args["owner"], f.Args["review"])
	case "assumption_fails":
		return r.say("This does not hold: %s. What does it change? Ask %s.", "以下假设已不成立：%s。有何影响，请问%s。", r.Plan.called(f.Subject, r.lang()), f.Args["owner"])
	}
	return r.tell(i.Finding, slices.Concat(plan.Findings(), action.Findings()))
}

// alerts gives those of one rule in one sentence.
func (r *Review) alerts() (texts []string) {
	for _, rule := range plan.DefaultAlerts() {
		var at []string
		for _, a := range r.Monitor.Alerts {
			if a.Rule == rule.ID && a.State != plan.Over && !r.isDouble(a.Owner) {
				at = append(at, r.alert(a))
			}
		}
		if len(at) > 0 {
			texts = append(texts, r.rule(rule)+r.lang().say(": ", "：")+strings.Join(r.few(at), r.lang().say(", ", "、"))+r.lang().say(".", "。"))
		}
	}
	return texts
}

// staleAlert reports whether an alert says that deals are stale.
func (r *Review) staleAlert() bool {
	return slices.ContainsFunc(r.Monitor.Alerts, func(a plan.Alert) bool { return a.Goal == "" && a.State != plan.Over })
}

// isDouble reports whether a unit has one team alone, which then says the same
// by its own name.
func (r *Review) isDouble(unit string) bool {
	children := r.Company.Tree.Children(unit)
	return unit != wholeCompany && len(children) == 1
}

func (r *Review) alert(a plan.Alert) string {
	share := attained(a.Value)
	switch {
	case a.Goal == "" && a.Value == kpi.Int(1):
		share = r.say("all of them", "全部")
	case a.Goal == "":
		share = percent(a.Value) // of a metric, where nothing is reached
	}
	if a.State == plan.Raised {
		return r.say("%s %s (new)", "%s %s（新）", r.name(a.Owner), share)
	}
	return r.say("%s %s (since %s)", "%s %s（自 %s）", r.name(a.Owner), share, a.Since)
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
	return r.say("More than %s of the open deals are stale; close or re-date them", "停滞商机占比超过 %s，请关闭或更新日期", limit)
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
