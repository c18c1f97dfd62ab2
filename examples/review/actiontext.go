package main

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
)

// strategySection says how the goal is to be reached, and what that promises
// in the year.
func (r *Review) strategySection() string {
	return under(r.say("Strategies, and what they promise in %s", "策略及其在 %s 年的预期", r.label(r.Year)), r.strategyText())
}

func (r *Review) strategyText() string {
	s := r.without(strategiesFile, "how the goal is to be reached is not written down", "没有记录达成目标的策略")
	p := r.Planned.Promise
	if p == nil {
		if len(r.Plan.Strategies) > 0 {
			s += r.strategies(nil) + paragraph(r.say("What they promise is not known: no deal had closed before the year, or there is no %s.", "其预期效果未知：年初之前没有已关闭的商机，或没有 %s。", historyFile))
		}
		return s
	}
	s += r.strategies(p)
	kept := []check.Finding{}
	for _, f := range p.Findings {
		if f.Code != "lands_partly" && f.Code != "same_lever" { // the table has the days and the levers
			kept = append(kept, f)
		}
	}
	return s + r.items(kept, action.Findings())
}

func (r *Review) strategies(p *action.Promise) string {
	t := newTable(left(r.say("Strategy", "策略")).atMost(29), left(r.say("Moves", "作用于")), left(r.say("From", "开始")), left(r.say("Shows from", "见效")),
		right(r.say("Adds", "贡献")), left(r.say("Because of", "依据")).atMost(20))
	for _, s := range r.Plan.Strategies {
		effect, shows, adds := s.Effects[0], none, none
		if p != nil {
			for _, promised := range p.Strategies {
				if promised.Strategy == s.ID {
					shows, adds = promised.Effects[0].Begins.String(), number(promised.Adds, 0)
				}
			}
		}
		evidence := r.Plan.called(effect.Evidence, r.lang())
		if evidence == "" {
			evidence = r.say("assumed", "假定")
		}
		t.row(r.Plan.called(s.ID, r.lang()), effect.Lever.Title(string(r.lang()))+" "+changeOf(effect.Change), day(s.Start), shows, adds, evidence)
	}
	return t.String()
}

// changeOf writes a planned change, in whole per cent where it is.
func changeOf(v kpi.Value) string {
	places := 1
	if _, ok := v.Mul(kpi.Int(100)).Int64(); ok {
		places = 0
	}
	text := v.Mul(kpi.Int(100)).Text(places, kpi.HalfEven) + " %"
	if v.Sign() > 0 {
		return "+" + text
	}
	return text
}

// signedPercent writes a change with its sign.
func signedPercent(v kpi.Value) string {
	if v.Sign() > 0 {
		return "+" + percent(v)
	}
	return percent(v)
}

// actionSection says who does what by when.
func (r *Review) actionSection() string {
	head := r.say("Who does what by when", "谁在何时之前做什么")
	if len(r.Plan.Actions) == 0 {
		return under(head, r.without(actionsFile, "who does what by when is not planned", "没有行动安排"))
	}
	done := 0
	t := newTable(left(r.say("Action", "行动")).atMost(34), left(r.say("Answers", "负责")).atMost(13), left(r.say("Does it", "执行")).atMost(mostDoers),
		left(r.say("From", "开始")), left(r.say("Due", "截止")))
	for _, a := range r.Plan.Actions {
		if r.isDone(a.ID) {
			done++
			continue
		}
		t.row(r.Plan.called(a.ID, r.lang()), a.Owner(), r.doers(a), day(a.Start), day(a.Due))
	}
	s := ""
	if len(t.rows) > 0 {
		s = t.String()
	}
	if done > 0 {
		s += paragraph(r.say("Done and not listed: %s.", "已完成（未列出）：%s 项。", whole(done)))
	}
	return under(head, s)
}

// isDone reports whether an action is done on the as-of day.
func (r *Review) isDone(id string) bool {
	if r.Goals.Review == nil || r.Goals.Review.Beside.Execution == nil {
		return false
	}
	status, ok := r.execution().Status(id)
	return ok && status.Status == action.Done
}

const mostDoers = 25 // columns of those who do an action

// doers names who does an action, or the first where they are many.
func (r *Review) doers(a action.Action) string {
	var names []string
	for _, role := range a.Roles {
		if role.Part == action.Responsible {
			names = append(names, role.Person)
		}
	}
	all := strings.Join(names, r.say(", ", "、"))
	switch others := len(names) - 1; {
	case width(all) <= mostDoers:
		return all
	case others == 1:
		return r.say("%s and another", "%s 等 2 人", names[0])
	default:
		return r.say("%[1]s and %[2]s more", "%[1]s 等 %[3]s 人", names[0], whole(others), whole(others+1))
	}
}

// loadSection sets the work of the actions against the working days.
func (r *Review) loadSection() string {
	load := r.Planned.Workload
	if load == nil {
		return ""
	}
	columns := []column{left(r.say("Days of work for actions", "行动所需工作日")).atMost(26)}
	for _, p := range load.Periods {
		columns = append(columns, right(r.label(p)))
	}
	t := newTable(append(columns, right(r.say("Year", "全年")), right(r.say("Of working days", "占工作日")))...)
	people := slices.DeleteFunc(slices.Clone(load.People), func(p action.PersonLoad) bool { return p.Total.Actions.Sign() == 0 })
	slices.SortStableFunc(people, func(a, b action.PersonLoad) int { return b.Total.Actions.Compare(a.Total.Actions) })
	shown := min(mostBusy, len(people))
	for _, p := range people[:shown] {
		t.row(r.loadRow(p.Person, p.Periods, p.Total)...)
	}
	if rest := people[shown:]; len(rest) > 0 {
		t.row(r.say("%s others, each at most", "其余 %s 人每人至多", whole(len(rest))), "", "", "", "", number(rest[0].Total.Actions, 1), percent(rest[0].Total.Use().Value()))
	}
	s := heading(r.say("Workload against capacity", "工作量与可用工时")) + t.String()
	if len(load.Findings) == 0 {
		s += paragraph(r.say("Nobody has more to do than there are working days (Monday to Friday; the files know no holidays).", "无人超负荷（按周一至周五计，文件中没有节假日）。"))
	}
	return s + r.items(load.Findings, action.Findings())
}

const mostBusy = 3 // people whose work is shown

func (r *Review) loadRow(name string, periods []action.Load, total action.Load) []string {
	cells := []string{name}
	for _, l := range periods {
		cells = append(cells, number(l.Actions, 1))
	}
	return append(cells, number(total.Actions, 1), percent(total.Use().Value()))
}
