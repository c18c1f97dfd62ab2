package plan_test

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// yearly is a year of 1,200 for north, 100 a month: ann 60 and bo 40.
func yearly() plan.Plan {
	revenue := kpi.Metric{ID: "won_value", Unit: kpi.Money("USD", 0)}
	g := target.Goal{ID: "revenue", Metric: "won_value", Owner: "north", Period: calendar.Calendar{}.MustParse("2026"), Target: kpi.Int(1200)}
	b, err := target.BreakDown(g, revenue, target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "north", Children: []target.Node{
		{ID: "ann", Weight: kpi.Int(60)}, {ID: "bo", Weight: kpi.Int(40)}}}})
	if err != nil {
		panic(err)
	}
	return plan.Plan{ID: "2026", Metrics: []kpi.Metric{revenue}, Goals: []target.Goal{g}, Breakdowns: []*target.Breakdown{b}}
}

// A committed plan is revised, and says itself what changed.
func ExampleDocument_Amendments() {
	p := yearly()
	warnings, _ := p.Ready()
	mo := plan.Signature{By: "mo", Day: calendar.MustDay("2025-12-15"), Reason: "read"}
	d, _ := plan.Draft(p)
	d, _ = d.Commit(mo, plan.SignAll(mo, warnings)...)

	effective := calendar.MustDay("2026-07-01")
	raised, err := d.Plan().Revised("revenue", target.Revision{Effective: effective, Known: calendar.MustDay("2026-06-20"), Target: kpi.Int(1260)})
	if err != nil {
		panic(err)
	}
	d, err = d.Revise(raised, plan.Revision{Effective: effective, Signature: plan.Signature{By: "mo", Day: calendar.MustDay("2026-06-20"), Reason: "a distributor was signed"}})
	if err != nil {
		panic(err)
	}
	for _, a := range d.Amendments() {
		for _, f := range a.Findings {
			fmt.Println(plan.Findings().Text(f, "en"))
		}
	}
	// Output:
	// Version 2 holds from 2026-07-01 on. mo decided so on 2026-06-20: a distributor was signed.
	// The target of revenue goes up from 1,200 USD to 1,260 USD, by 60 USD.
	// ann carries 36 USD more of revenue: 720 USD → 756 USD.
	// bo carries 24 USD more of revenue: 480 USD → 504 USD.
	// revenue: new targets from 2026-07 to 2026-12, 12 of 24; all others stay.
}

func ExampleChanged() {
	before, after := yearly(), yearly()
	after.Preparation.Assumptions = []plan.Assumption{{ID: "prices", Text: "prices stay", Owner: "mo", Made: calendar.MustDay("2025-12-01"), Review: calendar.MustDay("2026-04-01")}}
	changed, err := plan.Changed(before, after)
	if err != nil {
		panic(err)
	}
	for _, f := range changed {
		fmt.Println(plan.Findings().Text(f, "zh"))
	}
	// Output:
	// mo新增假设prices，应于2026-04-01前复核：prices stay。
}

// What the bold plan promises more comes half from each of two strategies,
// which lift one another.
func ExampleComparison() {
	cautious, bold := yearly(), yearly()
	bold.ID = "bold"
	start := calendar.MustDay("2026-01-01")
	bold.Actions = &action.Plan{ID: "bold", Period: bold.Goals[0].Period, Unit: kpi.Money("USD", 0), Strategies: []action.Strategy{
		{ID: "fair", Kind: action.Promotion, Start: start, Effects: []action.Effect{{Lever: action.Leads, Change: kpi.Frac(1, 10)}}},
		{ID: "course", Kind: action.CustomerRelationship, Start: start, Effects: []action.Effect{{Lever: action.Conversion, Change: kpi.Frac(1, 10)}}}}}
	formula, _ := kpi.ParseFormula("leads * conversion * deal_size")
	aim := action.Aim{Goal: "revenue", Formula: formula, Drivers: []action.Driver{{ID: "leads", Lever: action.Leads, Value: kpi.Int(100)},
		{ID: "conversion", Lever: action.Conversion, Value: kpi.Frac(1, 2)}, {ID: "deal_size", Lever: action.DealSize, Value: kpi.Int(20)}},
		LeadTimes: []action.LeadTime{{Lever: action.Leads}, {Lever: action.Conversion}}}
	s, err := plan.Comparison{From: plan.Side{Plan: cautious, Aims: []action.Aim{aim}}, To: plan.Side{Plan: bold, Aims: []action.Aim{aim}}}.Scenario()
	if err != nil {
		panic(err)
	}
	promise := s.Goals[0].Promise
	fmt.Println(promise.Landings.Base, "→", promise.Landings.Current)
	for _, c := range promise.Causes {
		fmt.Println(c.ID, c.Lever, c.Amount)
	}
	// Output:
	// 1000 → 1210
	// course conversion 105
	// fair leads 105
}

// A goal stated as growth gets its target once, on the day of the commitment.
func ExamplePlan_Resolve() {
	revenue := kpi.Metric{ID: "won_value", Unit: kpi.Money("USD", 0)}
	p := plan.Plan{ID: "2026", Metrics: []kpi.Metric{revenue}, Goals: []target.Goal{{ID: "revenue", Metric: "won_value", Owner: "north", Period: calendar.Calendar{}.MustParse("2026"),
		Baseline: kpi.Int(1000), Growth: target.Growth{Over: "won in 2025", Rate: kpi.Frac(15, 100)}}}}
	p, err := p.Resolve(calendar.MustDay("2025-12-15"))
	if err != nil {
		panic(err)
	}
	fmt.Println(p.Goals[0].Target, p.Goals[0].Growth.Resolved)
	// Output:
	// 1150 2025-12-15
}
