package plan_test

import (
	"fmt"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// largePlan has goals for a company of teams of ten, each broken down over all
// sellers and twelve months, and actuals of the first seven months.
func largePlan(t testing.TB, sellers, goals int) (plan.Plan, plan.Input) {
	root := target.Node{ID: "co"}
	for i := range sellers {
		if i%10 == 0 {
			root.Children = append(root.Children, target.Node{ID: fmt.Sprintf("team-%03d", i/10)})
		}
		at := &root.Children[i/10]
		at.Children = append(at.Children, target.Node{ID: fmt.Sprintf("s-%04d", i)})
	}
	p := plan.Plan{ID: "2026"}
	in := plan.Input{AsOf: day("2026-07-14"), Known: period("2026")}
	for g := range goals {
		m := metric()
		m.ID = fmt.Sprintf("m%02d", g)
		goal := target.Goal{ID: m.ID, Metric: m.ID, Owner: "co", Period: period("2026"), Target: kpi.Int(12_000_000)}
		b, err := target.BreakDown(goal, m, target.Split{Grain: calendar.Monthly, Owners: root})
		if err != nil {
			t.Fatal(err)
		}
		p.Metrics, p.Goals, p.Breakdowns = append(p.Metrics, m), append(p.Goals, goal), append(p.Breakdowns, b)
		for i := range sellers {
			for month := 1; month <= 7; month++ {
				in.Actuals = append(in.Actuals, kpi.Figure{Metric: m.ID, Owner: fmt.Sprintf("s-%04d", i),
					Period: period(fmt.Sprintf("2026-%02d", month)), Value: kpi.Minor(int64(90000+(i*7+month*13+g)%20000), 2)})
			}
		}
	}
	return p, in
}

// withActions adds n actions of the sellers, each ten days of one of them, and
// records of half of them.
func withActions(p plan.Plan, in plan.Input, sellers, n int) (plan.Plan, plan.Input) {
	do := &action.Plan{ID: "do", Period: period("2026"), Unit: kpi.Money("USD", 2)}
	tracked := &action.Input{}
	for i := range sellers {
		do.People = append(do.People, action.Person{ID: fmt.Sprintf("s-%04d", i)})
	}
	for i := range n {
		start, id := day("2026-01-05").Add(i*7%330), fmt.Sprintf("a-%05d", i)
		person := fmt.Sprintf("s-%04d", i%sellers)
		do.Actions = append(do.Actions, action.Action{ID: id, Start: start, Due: start.Add(10),
			Roles: []action.Role{{Person: person, Part: action.Accountable}, {Person: person, Part: action.Responsible, Effort: kpi.Int(2)}}})
		if i%2 == 0 && start < in.AsOf {
			tracked.Records = append(tracked.Records, action.Record{Action: id, Started: start})
		}
	}
	p.Actions, in.Beside.Execution = do, tracked
	return p, in
}

func BenchmarkReview(b *testing.B) {
	for _, size := range []struct{ sellers, goals, actions int }{{100, 2, 0}, {1000, 20, 0}, {1000, 20, 5000}} {
		b.Run(fmt.Sprintf("%dsellers/12months/%dgoals/%dactions", size.sellers, size.goals, size.actions), func(b *testing.B) {
			p, in := largePlan(b, size.sellers, size.goals)
			if size.actions > 0 {
				p, in = withActions(p, in, size.sellers, size.actions)
			}
			b.ReportAllocs()
			for b.Loop() {
				if _, err := p.Review(in); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
