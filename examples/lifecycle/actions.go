package main

import (
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
)

// actions is how the goal is to be reached: a fair for more leads, a course
// for better closing.
func actions() action.Plan {
	p := action.Plan{ID: "2026", Period: year(2026), Unit: kpi.Money("USD", 2),
		Strategies: []action.Strategy{
			{ID: "fair", Kind: action.Promotion, Goal: goalID, Owner: manager, Start: day("2026-03-16"), Budget: kpi.Int(40_000),
				Effects: []action.Effect{{Lever: action.Leads, Change: kpi.Frac(6, 100), Evidence: "fair of 2024"}}},
			{ID: "course", Kind: action.CustomerRelationship, Goal: goalID, Owner: manager, Start: day("2026-05-01"), Budget: kpi.Int(15_000),
				Effects: []action.Effect{{Lever: action.Conversion, Change: kpi.Frac(5, 100), Evidence: "assumed"}}},
		},
		Actions: []action.Action{
			{ID: "stand", Strategy: "fair", Roles: roles("ann", 10), Start: day("2026-02-02"), Due: day("2026-03-13"), Budget: kpi.Int(32_000)},
			{ID: "calls", Strategy: "fair", Roles: roles("bo", 15), Start: day("2026-03-16"), Due: day("2026-04-30"), After: []string{"stand"}, Budget: kpi.Int(4_000)},
			{ID: "lessons", Strategy: "course", Roles: roles("gus", 6), Start: day("2026-04-01"), Due: day("2026-04-24"), Budget: kpi.Int(12_000)},
			{ID: "visits", Strategy: "course", Roles: roles("cy", 20), Start: day("2026-05-04"), Due: day("2026-08-28"), After: []string{"lessons"}},
		},
		Milestones: []action.Milestone{
			{ID: "leads-in", Due: day("2026-04-30"), Actions: []string{"stand", "calls"}},
			{ID: "coached", Due: day("2026-08-28"), Actions: []string{"lessons", "visits"}},
		},
	}
	for _, who := range append(sellers(), manager) {
		p.People = append(p.People, action.Person{ID: who})
	}
	return named(p)
}

// named gives the parts of a plan the names that people know.
func named(p action.Plan) action.Plan {
	for i, s := range p.Strategies {
		p.Strategies[i].Name, p.Strategies[i].NameZH = English.name(s.ID), Chinese.name(s.ID)
	}
	for i, a := range p.Actions {
		p.Actions[i].Name, p.Actions[i].NameZH = English.name(a.ID), Chinese.name(a.ID)
	}
	for i, m := range p.Milestones {
		p.Milestones[i].Name, p.Milestones[i].NameZH = English.name(m.ID), Chinese.name(m.ID)
	}
	return p
}

// roles has the manager answer for an action, and a seller do it in a number
// of working days.
func roles(seller string, days int64) []action.Role {
	return []action.Role{{Person: manager, Part: action.Accountable}, {Person: seller, Part: action.Responsible, Effort: kpi.Int(days)}}
}

// records is what became of the actions: nobody had time for the visits.
func records() []action.Record {
	return []action.Record{
		{Action: "stand", Started: day("2026-02-02"), Done: day("2026-03-13")},
		{Action: "calls", Started: day("2026-03-18"), Done: day("2026-05-08")},
		{Action: "lessons", Started: day("2026-04-01"), Done: day("2026-04-24")},
		{Action: "visits", Started: day("2026-08-03"), Done: day("2026-11-20")},
	}
}

func costs() []action.Cost {
	return []action.Cost{
		{Action: "stand", Day: day("2026-03-13"), Kind: action.Spent, Amount: kpi.Int(33_400)},
		{Action: "calls", Day: day("2026-04-30"), Kind: action.Spent, Amount: kpi.Int(2_100)},
		{Action: "lessons", Day: day("2026-04-24"), Kind: action.Spent, Amount: kpi.Int(11_500)},
	}
}

// work is the company's week: Monday to Friday, without holidays.
func work() calendar.WorkCalendar {
	days := must(calendar.Through(year(2025).Start(), year(2027).Last()))
	return must(calendar.NewWorkCalendar(calendar.WorkDays{Covers: days, Weekend: calendar.WeekdaysOf(time.Saturday, time.Sunday)}))
}

// promise holds the strategies against the goal, through what revenue was made
// of in the year before.
func promise(p action.Plan, goal kpi.Value, before drivers) (action.Promise, error) {
	return p.Promise(action.Aim{Goal: goalID, Period: year(2026), Target: goal, Formula: formula(), Work: work(),
		Drivers: []action.Driver{{ID: "deals", Lever: action.Leads, Value: before.Deals}, {ID: "win_rate", Lever: action.Conversion, Value: before.WinRate},
			{ID: "deal_size", Lever: action.DealSize, Value: before.Size}},
		LeadTimes: leadTimes()})
}

// leadTimes says after how many days it shows in revenue what moves a lever:
// more deals after the usual cycle.
func leadTimes() []action.LeadTime {
	return []action.LeadTime{{Lever: action.Leads, Days: 60}, {Lever: action.Conversion, Days: 30}, {Lever: action.DealSize, Days: 30}}
}
