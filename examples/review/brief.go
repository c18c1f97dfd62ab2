package main

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
)

const mostToDo = 3

// brief is the summary for the manager: where we stand, where we land, what to
// do.
func (r *Review) brief() string {
	s := heading(r.say("In short", "概要"))
	t, aimed := r.Goals.of(wholeCompany)
	if !aimed {
		return s + paragraph(r.say("There is no target for %s, so nothing is on or off track. Won so far: %s.", "%s 年没有目标，因此无所谓进度。已赢单：%s。",
			r.label(r.Year), r.lang().orWhy(r.Sales.won(wholeCompany), number(r.Sales.won(wholeCompany), 0))))
	}
	var lines facts
	if t.Actual.Defined() {
		if t.Through < r.AsOf {
			lines.add(r.say("On record", "记录截至"), r.say("the files end on %s; what follows is as of then.", "%s，以下均截至该日。", t.Through))
		}
		if t.Elapsed >= t.Days {
			lines.add(r.say("We stand", "现状"), r.say("at %s of the target at the end of the year: %s.", "年末达成目标的 %s：%s。",
				attained(kpi.Attainment(kpi.HigherIsBetter, t.Actual, t.Target)), r.lang().status(t.Status)))
		} else {
			lines.add(r.say("We stand", "现状"), r.say("at %s of the year's target, where %s was due: %s.", "已达成全年目标的 %s，按计划应为 %s：%s。",
				attained(kpi.Attainment(kpi.HigherIsBetter, t.Actual, t.Target)), percent(t.Expected.Div(t.Target)), r.lang().status(t.Status)))
		}
		r.landings(&lines)
	} else {
		lines.add(r.say("We stand", "现状"), r.lang().orWhy(t.Actual, ""))
	}
	head := r.say("To do", "要务")
	for i, todo := range r.toDo() {
		lines.add(head, whole(i+1)+". "+todo)
		head = ""
	}
	return s + lines.String()
}

// landings says where the year would end by each way of looking, in shares of
// the target.
func (r *Review) landings(lines *facts) {
	t, _ := r.Goals.of(wholeCompany)
	if t.Elapsed >= t.Days {
		return
	}
	of := func(v kpi.Value) string { return attained(kpi.Attainment(kpi.HigherIsBetter, v, t.Target)) }
	text := r.say("at %s of it if all goes on as so far, at %s if the rest goes as planned", "照目前趋势为目标的 %s，其余按计划为 %s", of(t.Landing.RunRate), of(t.Landing.RestOfPlan))
	if t.Landing.Forecast.Defined() {
		text += r.say(", at %s by the open deals", "，按在途商机为 %s", of(t.Landing.Forecast))
	}
	lines.add(r.say("We land", "预计"), text+r.lang().say(".", "。"))
}

// toDo gives the three things to do first: what is to be decided, what holds
// others up, who needs help, and what clouds the view.
func (r *Review) toDo() (all []string) {
	for _, of := range []func() string{r.decide, r.unblock, r.help, r.clean} {
		if text := of(); text != "" && len(all) < mostToDo {
			all = append(all, text)
		}
	}
	if len(all) == 0 {
		return []string{r.say("Nothing presses.", "没有紧迫事项。")}
	}
	return all
}

const fewestQuarters = 4 // on record, before a best one says how far a driver can go

// decide is due where the open deals do not carry the quarter, or no lever
// reaches the target any more.
func (r *Review) decide() string {
	if f := r.Forecast; f.Landing.Period.Last() == r.Year.Last() && f.shortfall().Defined() {
		earlier := ""
		if r.Next != nil && r.Next.Period == f.Landing.Period && r.Next.Chance.Defined() {
			earlier = r.say(", though earlier years alone give it a chance of %s (part 6)", "（仅看往年规律则达成概率 %s，见第 6 部分）", r.likely(r.Next.Chance))
		}
		return r.say("Decide on %s: %s, or lower its target. Open deals and those that usually follow bring %s of the %s asked%s.",
			"就 %s 作出决定：%s，否则下调目标。在途及通常新增的商机只能带来 %s，而目标为 %s%s。", r.label(f.Landing.Period), r.moreDeals(), number(f.Landed, 0), number(f.Asked, 0), earlier)
	}
	l := r.Improvement.Levers
	if l == nil || l.Closed || !l.Together.Most.Defined() || l.Levers[0].Quarters < fewestQuarters {
		return ""
	}
	return r.say("Decide on the target: even with everything as in the best quarters %s of it would be reached (part 5).", "就目标作出决定：即使各项都达到最好季度，也只能完成 %s（第 5 部分）。",
		attained(kpi.Attainment(kpi.HigherIsBetter, l.Together.Most, l.Target)))
}

// unblock is due where an action that is late holds up others.
func (r *Review) unblock() string {
	if r.Goals.Review == nil || r.Goals.Review.Beside.Execution == nil {
		return ""
	}
	for _, l := range r.execution().Late {
		if l.Blocks > 0 {
			return r.say("Unblock “%s” of %s: it is %s working days late and holds up “%s” (part 2).", "推动%[2]s负责的“%[1]s”：已延误 %[3]s 个工作日，影响“%[4]s”（第 2 部分）。",
				r.Plan.called(l.Action, r.lang()), l.Owner, whole(l.DaysLate), r.calledAll(l.Blocked))
		}
	}
	return ""
}

// help is due for the seller who is furthest behind what was due.
func (r *Review) help() string {
	var worst plan.OwnerReview
	for _, o := range r.Goals.owners() {
		if r.Company.isSeller(o.Owner) && isBehind(o.Tracking) && (worst.Owner == "" || o.Tracking.Variance.Less(worst.Tracking.Variance)) {
			worst = o
		}
	}
	if worst.Owner == "" {
		return ""
	}
	return r.say("Help %s, who is furthest behind: %s of what was due%s.", "帮助落后最多的%s：仅完成应达的 %s%s。", worst.Owner, attained(worst.Tracking.Pace), r.stepFor(worst.Owner))
}

// stepFor names the first suggestion for a seller.
func (r *Review) stepFor(owner string) string {
	for _, step := range r.Improvement.Steps {
		if step.Suggestion.Owner == owner {
			return r.say("; suggested: %s (part 5)", "；建议：%s（第 5 部分）", r.lang().say(lowered(step.Suggestion.Do.Name), step.Suggestion.Do.NameZH))
		}
	}
	return ""
}

func lowered(s string) string {
	if s == "" {
		return s
	}
	return string(s[0]|0x20) + s[1:]
}

// clean is due where much of what is open is stale.
func (r *Review) clean() string {
	concerns := r.staleDeals()
	if len(concerns) == 0 || concerns[0].severity < check.Warning {
		return ""
	}
	open := r.Funnel.ByList.Open
	return r.say("Have %s stale deals closed or dated anew (part 3).", "清理 %s 个停滞商机（第 3 部分）。", whole(open.Stale.Deals))
}
