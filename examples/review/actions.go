package main

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
)

// ActionPlan gives the strategies and actions as the library takes them. Calls
// and meetings cost a quarter of an hour and two hours of a day of eight.
func (p PlanFiles) ActionPlan(period calendar.Period, unit kpi.Unit) action.Plan {
	all := action.Plan{ID: "actions", Period: period, Unit: unit, Actions: p.Actions, People: p.people(),
		Activities: []action.Activity{
			{ID: "calls", Name: "calls", NameZH: "电话", Effort: kpi.Frac(1, 32)},
			{ID: "meetings", Name: "meetings", NameZH: "拜访", Effort: kpi.Frac(1, 4)},
		}}
	for _, s := range p.Strategies {
		all.Strategies = append(all.Strategies, s.Strategy)
	}
	return all
}

// people gives everybody who has a part in the plan, or who sells.
func (p PlanFiles) people() (people []action.Person) {
	var names []string
	for _, a := range p.Actions {
		for _, role := range a.Roles {
			names = append(names, role.Person)
		}
	}
	for _, s := range p.Strategies {
		names = append(names, s.Owner)
	}
	for _, a := range p.Activities {
		names = append(names, a.Seller)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		people = append(people, action.Person{ID: name, Name: name})
	}
	return people
}

// days gives the days from the first to the last that an action has, or one of
// its events.
func (p PlanFiles) days() calendar.Period {
	first, last := p.Actions[0].Start, p.Actions[0].Due
	for _, a := range p.Actions {
		first, last = min(first, a.Start), max(last, a.Due)
	}
	for _, e := range p.Progress {
		first, last = min(first, e.Day), max(last, e.Day)
	}
	days, _ := calendar.Through(first, last)
	return days
}

// records gives what had become of the actions by the end of a day.
func (p PlanFiles) records(asOf calendar.Day) (records []action.Record) {
	at := map[string]int{}
	for _, e := range p.Progress {
		if e.Day > asOf || e.What == "spent" || e.What == "committed" {
			continue
		}
		if _, known := at[e.Action]; !known {
			at[e.Action] = len(records)
			records = append(records, action.Record{Action: e.Action})
		}
		record := &records[at[e.Action]]
		switch e.What {
		case "started":
			record.Started = e.Day
		case "done":
			record.Done = e.Day
		case "dropped":
			record.Dropped = e.Day
		case "left":
			record.Left = e.Amount
		}
	}
	return records
}

// costs gives the entries in the books; the library leaves later ones out.
func (p PlanFiles) costs() (costs []action.Cost) {
	for _, e := range p.Progress {
		kind := action.Spent
		switch e.What {
		case "committed":
			kind = action.Committed
		case "spent":
		default:
			continue
		}
		costs = append(costs, action.Cost{Action: e.Action, Day: e.Day, Kind: kind, Amount: e.Amount})
	}
	return costs
}
