package action_test

import (
	"fmt"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
)

// large is 5,000 actions of 1,000 people over the year 2026: each person has
// five, four of ten wait for the one before, and a third is late.
func large() (action.Plan, action.Input, []action.Need) {
	const people, each = 1000, 5
	p := action.Plan{ID: "large", Period: period("2026"), Unit: kpi.Money("USD", 2)}
	in := action.Input{AsOf: day("2026-06-30")}
	needs := []action.Need{}
	for s := range 20 {
		p.Strategies = append(p.Strategies, action.Strategy{ID: fmt.Sprint("s", s), Kind: action.Promotion, Start: day("2026-01-05").Add(7 * s),
			Effects: []action.Effect{{Lever: action.Lever(s%5 + 1), Change: kpi.Frac(1, 50)}}})
	}
	p.Activities = []action.Activity{{ID: "call", Effort: kpi.Frac(1, 32)}}
	everybody := []string{}
	for i := range people {
		id := fmt.Sprintf("p%04d", i)
		everybody = append(everybody, id)
		p.People = append(p.People, action.Person{ID: id, Away: []calendar.Period{through("2026-08-03", "2026-08-21")}})
		needs = append(needs, action.Need{Person: id, Deals: kpi.Int(int64(i%9 + 1)), Until: day("2026-09-30"), Activities: []action.ActivityRate{{Activity: "call", PerDeal: kpi.RatioOf(int64(i%30), 4)}}})
		for k := range each {
			first := day("2026-01-05").Add(k*70 + i%11)
			a := did(fmt.Sprintf("%s-%d", id, k), id, first.String(), first.Add(20+i%17).String(), fmt.Sprint(i%13+1))
			a.Strategy, a.Budget = fmt.Sprint("s", (i+k)%20), kpi.Int(1000)
			if n := i*each + k; n%5 < 2 && k > 0 {
				a.After = []string{p.Actions[len(p.Actions)-1].ID}
			}
			if i%3 > 0 && k < 3 {
				in.Records = append(in.Records, action.Record{Action: a.ID, Started: a.Start, Done: a.Due})
			}
			in.Costs = append(in.Costs, action.Cost{Action: a.ID, Day: a.Start, Kind: action.Spent, Amount: kpi.Minor(int64(i*100+k), 2)})
			p.Actions = append(p.Actions, a)
		}
	}
	p.Routines = []action.Routine{{ID: "review", Every: calendar.Weekly, People: everybody, Effort: kpi.Frac(1, 4)}}
	return p, in, needs
}

func BenchmarkTrack5000(b *testing.B) {
	p, in, _ := large()
	in.Work = weekdays(b)
	for b.Loop() {
		track(b, p, in)
	}
}

func BenchmarkWorkload5000(b *testing.B) {
	p, in, needs := large()
	work := weekdays(b)
	for _, g := range []calendar.Grain{calendar.Monthly, calendar.Weekly} {
		b.Run(g.String(), func(b *testing.B) {
			for b.Loop() {
				workload(b, p, action.LoadQuestion{Period: p.Period, Grain: g, Work: work, AsOf: in.AsOf, Records: in.Records, Needs: needs})
			}
		})
	}
}

func BenchmarkAgenda5000(b *testing.B) {
	p, in, needs := large()
	work := weekdays(b)
	for b.Loop() {
		if _, err := p.Agenda(action.AgendaQuestion{AsOf: in.AsOf, Work: work, Records: in.Records, Needs: needs}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPromise20(b *testing.B) {
	p, _, _ := large()
	aim := aimOf(b, p, weekdays(b))
	for b.Loop() {
		promise(b, p, aim)
	}
}

// One chain of as many actions as a plan may have, all of them late.
func BenchmarkTrackLongestChain(b *testing.B) {
	p := planOf()
	p.People = []action.Person{{ID: "li"}}
	first := day("1990-01-01")
	for i := range action.MaxActions {
		d := first.Add(i).String()
		a := did(fmt.Sprintf("a%05d", i), "li", d, d, "")
		if i > 0 {
			a.After = []string{p.Actions[i-1].ID}
		}
		p.Actions = append(p.Actions, a)
	}
	for b.Loop() {
		track(b, p, action.Input{AsOf: day("2026-01-01")})
	}
}
