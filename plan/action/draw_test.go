package action_test

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
	"pgregory.net/rapid"
)

// drawPlan draws a valid plan: an action waits only for earlier ones, and
// begins after they are due.
func drawPlan(t *rapid.T) action.Plan {
	p := action.Plan{ID: "p", Period: period("2026-Q2"), Unit: kpi.Money("USD", 2), Stacking: action.Stacking(rapid.IntRange(0, 1).Draw(t, "stacking"))}
	people := rapid.IntRange(1, 4).Draw(t, "people")
	for i := range people {
		person := action.Person{ID: fmt.Sprint("p", i)}
		if rapid.Bool().Draw(t, "part time") {
			person.Share = kpi.Frac(rapid.Int64Range(1, 4).Draw(t, "share"), 4)
		}
		if rapid.Bool().Draw(t, "away") {
			person.Away = []calendar.Period{drawDays(t), through("2026-09-01", "2026-09-03")}
		}
		p.People = append(p.People, person)
	}
	someone := func() string { return p.People[rapid.IntRange(0, people-1).Draw(t, "person")].ID }
	for i := range rapid.IntRange(0, 3).Draw(t, "strategies") {
		p.Strategies = append(p.Strategies, drawStrategy(t, fmt.Sprint("s", i)))
	}
	for i := range rapid.IntRange(0, 9).Draw(t, "actions") {
		p.Actions = append(p.Actions, drawAction(t, &p, i, someone))
	}
	for i := range rapid.IntRange(0, min(2, len(p.Actions))).Draw(t, "milestones") {
		m := action.Milestone{ID: fmt.Sprint("m", i), Due: drawDay(t), Actions: []string{p.Actions[i].ID}}
		if i+1 < len(p.Actions) {
			m.Actions = append(m.Actions, p.Actions[i+1].ID)
		}
		p.Milestones = append(p.Milestones, m)
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "routines") {
		every := calendar.Grain(rapid.IntRange(int(calendar.Daily), int(calendar.Monthly)).Draw(t, "every"))
		p.Routines = append(p.Routines, action.Routine{ID: fmt.Sprint("r", i), Every: every, People: []string{someone()}, Effort: drawEffort(t)})
	}
	p.Activities = []action.Activity{{ID: "call", Effort: kpi.Frac(1, 32)}, {ID: "visit", Effort: kpi.Frac(1, 3)}}
	return p
}

func drawDay(t *rapid.T) calendar.Day {
	return day("2026-04-01").Add(rapid.IntRange(0, 90).Draw(t, "day"))
}

func drawDays(t *rapid.T) calendar.Period {
	first := drawDay(t)
	p, _ := calendar.Through(first, first.Add(rapid.IntRange(0, 20).Draw(t, "days")))
	return p
}

func drawEffort(t *rapid.T) kpi.Value {
	if rapid.IntRange(0, 4).Draw(t, "none") == 0 {
		return kpi.Value{}
	}
	return kpi.Frac(rapid.Int64Range(0, 40).Draw(t, "effort"), rapid.SampledFrom([]int64{1, 2, 3, 4}).Draw(t, "of"))
}

func drawStrategy(t *rapid.T, id string) action.Strategy {
	s := action.Strategy{ID: id, Kind: action.Kind(rapid.IntRange(1, 5).Draw(t, "kind")), Start: drawDay(t)}
	if rapid.Bool().Draw(t, "ends") {
		s.End = s.Start.Add(rapid.IntRange(0, 60).Draw(t, "long"))
	}
	if rapid.Bool().Draw(t, "frame") {
		s.Budget = kpi.Int(rapid.Int64Range(0, 900).Draw(t, "budget"))
	}
	for l := action.Leads; l <= action.Retention; l++ {
		if l == action.Leads || rapid.Bool().Draw(t, "lever") {
			change := rapid.SampledFrom([]string{"0.1", "-0.2", "0.05", "1/3", "0.5"}).Draw(t, "change")
			s.Effects = append(s.Effects, action.Effect{Lever: l, Change: num(change)})
		}
	}
	return s
}

func drawAction(t *rapid.T, p *action.Plan, i int, someone func() string) action.Action {
	a := action.Action{ID: fmt.Sprint("a", i), Start: drawDay(t)}
	for _, other := range p.Actions {
		if rapid.IntRange(0, 2).Draw(t, "waits") == 0 {
			a.After = append(a.After, other.ID)
			a.Start = max(a.Start, other.Due+1)
		}
	}
	a.Due = a.Start.Add(rapid.IntRange(0, 20).Draw(t, "takes"))
	a.Roles = []action.Role{{Person: someone(), Part: action.Accountable, Effort: drawEffort(t)}, {Person: someone(), Part: action.Responsible, Effort: drawEffort(t)}}
	if other := someone(); rapid.Bool().Draw(t, "two") && other != a.Roles[1].Person {
		a.Roles = append(a.Roles, action.Role{Person: other, Part: action.Responsible, Effort: drawEffort(t)})
	}
	if len(p.Strategies) > 0 && rapid.Bool().Draw(t, "of a strategy") {
		a.Strategy = p.Strategies[rapid.IntRange(0, len(p.Strategies)-1).Draw(t, "strategy")].ID
	}
	if rapid.Bool().Draw(t, "paid") {
		a.Budget = kpi.Minor(rapid.Int64Range(0, 99999).Draw(t, "budget"), 2)
	}
	return a
}

// drawInput draws what became of a plan.
func drawInput(t *rapid.T, p action.Plan) action.Input {
	in := action.Input{AsOf: drawDay(t)}
	if rapid.Bool().Draw(t, "working days") {
		in.Work = weekdays(t, "2026-05-01", "2026-05-04")
	}
	for i, a := range p.Actions {
		r := action.Record{Action: a.ID}
		switch rapid.IntRange(0, 4).Draw(t, "became") {
		case 0:
			continue
		case 1:
			r.Started = a.Start
		case 2:
			r.Started, r.Done = a.Start, a.Due.Add(rapid.IntRange(-3, 3).Draw(t, "off"))
			r.Done = max(r.Done, r.Started)
		case 3:
			r.Dropped = a.Due
		case 4:
			r.Started, r.Left = a.Start, drawEffort(t)
		}
		in.Records = append(in.Records, r)
		if i%2 == 0 {
			in.Costs = append(in.Costs, action.Cost{Action: a.ID, Day: drawDay(t), Kind: action.CostKind(rapid.IntRange(1, 2).Draw(t, "kind")),
				Amount: kpi.Minor(rapid.Int64Range(-500, 9000).Draw(t, "amount"), 2)})
		}
	}
	for _, s := range p.Strategies {
		in.Costs = append(in.Costs, action.Cost{Strategy: s.ID, Day: drawDay(t), Kind: action.Spent, Amount: kpi.Int(rapid.Int64Range(0, 90).Draw(t, "amount"))})
		in.Gains = append(in.Gains, action.Gain{Strategy: s.ID, Seen: kpi.Int(rapid.Int64Range(0, 900).Draw(t, "seen"))})
	}
	return in
}

func drawNeeds(t *rapid.T, p action.Plan) []action.Need {
	needs := []action.Need{}
	for _, person := range p.People {
		if rapid.Bool().Draw(t, "needs") {
			needs = append(needs, action.Need{Person: person.ID, Deals: drawEffort(t).Or(kpi.Int(7)), Until: drawDay(t),
				Activities: []action.ActivityRate{{Activity: "call", PerDeal: kpi.RatioOf(rapid.Int64Range(0, 40).Draw(t, "calls"), 3)}, {Activity: "visit", PerDeal: kpi.RatioOf(3, rapid.Int64Range(0, 3).Draw(t, "deals"))}}})
		}
	}
	return needs
}

// mixed gives the same plan in another order.
func mixed(t *rapid.T, p action.Plan) action.Plan {
	p.Strategies, p.Actions, p.Milestones = mix(t, p.Strategies), mix(t, p.Actions), mix(t, p.Milestones)
	p.People, p.Routines, p.Activities = mix(t, p.People), mix(t, p.Routines), mix(t, p.Activities)
	for i := range p.Actions {
		p.Actions[i].Roles, p.Actions[i].After = mix(t, p.Actions[i].Roles), mix(t, p.Actions[i].After)
	}
	for i := range p.Strategies {
		p.Strategies[i].Effects = mix(t, p.Strategies[i].Effects)
	}
	for i := range p.People {
		p.People[i].Away = mix(t, p.People[i].Away)
	}
	return p
}
