package main

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
)

func day(d calendar.Day) string { return d.String() }

// executionPart says how the actions go, what they cost and what everybody has
// to do next.
func (r *Review) executionPart() string {
	if r.Goals.Review == nil || r.Goals.Review.Beside.Execution == nil {
		return paragraph(r.say("Nothing to carry out: there are no actions for this year.", "没有可执行的内容：本年度没有行动安排。"))
	}
	s := ""
	if len(r.Plan.Actions) == 0 {
		s = r.without(actionsFile, "no actions are followed", "没有可跟踪的行动")
	} else {
		s = r.progressText() + r.lateSection() + r.budgetSection()
	}
	return s + r.tasksSection()
}

// execution gives how the actions stand today.
func (r *Review) execution() *action.Report { return r.Goals.Review.Beside.Execution }

func (r *Review) progressText() string {
	p := r.execution().Progress
	s := r.without(progressFile, "no action has been reported on", "没有任何进展记录")
	s += paragraph(r.say("%s of %s actions are done; of the %[4]s that were done or due %[3]s were on time. Overdue: %[5]s; late to start: %[6]s; running: %[7]s; to come: %[8]s.",
		"%[2]s 项行动已完成 %[1]s 项；%[4]s 项到期行动中按时完成 %[3]s 项；逾期 %[5]s 项，应启动而未启动 %[6]s 项，进行中 %[7]s 项，待开始 %[8]s 项。",
		whole(p.Done), whole(p.Planned), whole(p.OnTime), number(p.OnTimeShare.Den(), 0), whole(p.Overdue), whole(p.LateToStart), whole(p.Running), whole(p.ToCome)))
	if chain := r.execution().Chain; len(chain.Actions) > 0 && !chain.End.IsZero() {
		s += paragraph(r.say("The last action will be done on %s at the earliest, planned was %s.", "最后一项行动最早于 %s 完成，计划为 %s。", chain.End, chain.Planned))
	}
	return s
}

// lateSection says what is late and what that holds up.
func (r *Review) lateSection() string {
	report := r.execution()
	s := heading(r.say("Late, and what it holds up", "逾期事项及其影响"))
	if len(report.Late) == 0 {
		return s + paragraph(r.say("Nothing is late.", "没有逾期事项。"))
	}
	t := newTable(left(r.say("Action", "行动")).atMost(30), left(r.say("Answers", "负责")).atMost(13), left(r.say("Status", "状态")), right(r.say("Days", "延误")),
		left(r.say("Expected", "预计完成")), left(r.say("Holds up", "影响")).atMost(20))
	for _, l := range report.Late {
		status, _ := report.Status(l.Action)
		t.row(r.Plan.called(l.Action, r.lang()), l.Owner, l.Status.Title(string(r.lang())), whole(l.DaysLate), day(status.Expected), r.calledAll(l.Blocked))
	}
	return s + t.String() + paragraph(r.say("Days are working days; expected is the earliest day, if work goes on today.", "天数为工作日；预计完成为从今日起继续推进的最早日期。"))
}

func (r *Review) calledAll(names []string) string {
	all := make([]string, len(names))
	for i, name := range names {
		all[i] = r.Plan.called(name, r.lang())
	}
	return r.lang().join(all)
}

// budgetSection says what was planned, ordered and spent.
func (r *Review) budgetSection() string {
	b := r.execution().Budget
	if b.Total.Planned.Sign() == 0 && b.Total.Spent.Sign() == 0 {
		return ""
	}
	t := newTable(left(r.say("Money", "费用")).atMost(34), right(r.say("Frame", "额度")), right(r.say("Planned", "计划")), right(r.say("Ordered", "已承诺")),
		right(r.say("Spent", "已支出")), right(r.say("Left", "剩余")))
	row := func(name string, l action.BudgetLine) {
		t.row(name, number(l.Frame, 0), number(l.Planned, 0), number(l.Committed, 0), number(l.Spent, 0), number(l.Available, 0))
	}
	for _, l := range b.Strategies {
		name := r.Plan.called(l.Strategy, r.lang())
		if l.Strategy == "" {
			name = r.say("no strategy", "无所属策略")
		}
		row(name, l)
	}
	t.rule()
	row(r.say("all", "合计"), b.Total)
	s := heading(r.say("Money", "费用")) + t.String()
	for _, f := range r.execution().Findings {
		if slices.Contains([]string{"over_budget", "over_frame", "spent_without_budget", "released_more"}, f.Code) {
			s += item(r.tell(f, action.Findings()))
		}
	}
	return s
}

// tasksSection says what everybody has to do next, with the numbers that it
// takes to reach the target.
func (r *Review) tasksSection() string {
	a := r.Execution.Agenda
	if a == nil || a.Day.IsZero() {
		return ""
	}
	s := heading(r.say("Next tasks: on %s, through %s, through %s", "近期任务：%s 当日、至 %s、至 %s", a.Day.Start(), a.Week.Last(), a.Month.Last()))
	s += r.without(activitiesFile, "how many calls and meetings a deal takes is not known", "每个商机所需的电话与拜访次数未知") + r.numbersTable()
	s += r.tooLate()
	if tasks := r.taskTable(); tasks != "" {
		s += "\n" + tasks
	}
	return s + r.overloads()
}

// numbersTable gives the deals, calls and meetings of each seller, for the
// day, the week and the month.
func (r *Review) numbersTable() string {
	t := newTable(left(r.say("Who", "谁")), right(r.say("New deals", "新商机")), right(r.say("Calls", "电话")), right(r.say("Meetings", "拜访")),
		right(r.say("In all", "共需商机")), left(r.say("By", "截止")))
	for _, n := range r.Execution.Needs {
		for _, p := range r.Execution.Agenda.People {
			if p.Person == n.Person {
				t.row(p.Person, counts(p, action.NewDeals, ""), counts(p, action.DoActivity, "calls"), counts(p, action.DoActivity, "meetings"), number(n.Deals, 0), day(n.Until))
			}
		}
	}
	if len(r.Execution.Needs) == 0 {
		return ""
	}
	return t.String() + paragraph(r.say("Day, week and month: what each would need to reach the year's own target, by the own win rate, deal size and calls for a deal. Who is ahead makes up for nobody here, so the deals need not add up to what the company needs (part 3).",
		"依次为当日、本周、本月：按各人自己的赢单率、单均金额与每单活动量，达成本人全年目标所需。此处超额者不抵他人之缺，故合计不必等于公司所需（第 3 部分）。"))
}

// counts gives how many of something somebody has to do by day, week and
// month.
func counts(p action.PersonAgenda, kind action.TaskKind, id string) string {
	of := func(tasks []action.Task) string {
		for _, t := range tasks {
			if t.Kind == kind && t.ID == id {
				return number(t.Count, 0)
			}
		}
		return "0"
	}
	return of(p.Day) + " · " + of(p.Week) + " · " + of(p.Month)
}

func (r *Review) tooLate() string {
	if len(r.Execution.Late) == 0 {
		return ""
	}
	return paragraph(r.say("For %s new deals come too late for this year: what is open must do.", "%s 的新商机在年内已来不及赢单，只能依靠在途商机。", r.lang().join(r.Execution.Late)))
}

// taskTable lists the actions of everybody through the end of the month.
func (r *Review) taskTable() string {
	t := newTable(left(r.say("Who", "谁")), left(r.say("Actions of the month", "本月行动")).atMost(80))
	for _, p := range r.Execution.Agenda.People {
		var tasks []string
		for _, task := range p.Month {
			if task.Kind <= action.GoOn {
				tasks = append(tasks, r.task(task))
			}
		}
		if len(tasks) > 0 {
			t.row(p.Person, strings.Join(tasks, r.say("; ", "；")))
		}
	}
	if len(t.rows) == 0 {
		return ""
	}
	return t.String()
}

func (r *Review) task(t action.Task) string {
	name := r.Plan.called(t.ID, r.lang())
	switch t.Kind {
	case action.CatchUp:
		return r.say("%s (late)", "%s（逾期）", name)
	case action.Finish:
		return r.say("%s (finish by %s)", "%s（%s 前完成）", name, day(t.Due))
	case action.Begin:
		return r.say("%s (begin)", "%s（启动）", name)
	}
	return name
}

// span names a period of the calendar, and gives the days of any other.
func (r *Review) span(p calendar.Period) string {
	if _, whole := r.Options.Calendar.GrainOf(p); whole {
		return r.label(p)
	}
	return r.from(p.Start(), p.Last())
}

// overloads says who has more to do than there are working days in a month,
// and how much of it the numbers above take.
func (r *Review) overloads() (s string) {
	load := r.Execution.Workload
	for _, p := range load.People {
		for i, l := range p.Periods {
			if !l.Over {
				continue
			}
			s += item(r.say("%s would need %s days (%s), %s of them for calls and meetings, and has %s.", "%s 在 %[3]s 期间需要 %[2]s 天（其中电话与拜访 %[4]s 天），而可用 %[5]s 天。",
				p.Person, number(l.Total, 1), r.span(load.Periods[i]), number(l.Activities, 1), number(l.Capacity, 1)))
		}
	}
	if s != "" {
		return paragraph(r.say("More to do than there are days: hand work to others, or accept that the numbers will not be reached.", "工作量超过可用天数：请转交他人，或接受上述数字无法完成：")) + s
	}
	return ""
}
