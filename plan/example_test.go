package plan_test

import (
	"fmt"
	"log"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// A quarter of 90,000 for a team of two, looked at in the middle of
// February.
func ExamplePlan_Review() {
	q1 := calendar.Calendar{}.MustParse("2026-Q1")
	revenue := kpi.Metric{ID: "won_value", Name: "Revenue", Unit: kpi.Money("USD", 2)}
	goal := target.Goal{ID: "q1", Metric: "won_value", Owner: "team", Period: q1, Target: kpi.Int(90000)}
	months, err := target.BreakDown(goal, revenue, target.Split{
		Grain: calendar.Monthly,
		Owners: target.Node{ID: "team", Children: []target.Node{
			{ID: "ann", Weight: kpi.Int(2)},
			{ID: "bo", Weight: kpi.Int(1)},
		}},
	})
	if err != nil {
		log.Fatal(err)
	}
	p := plan.Plan{ID: "2026", Metrics: []kpi.Metric{revenue}, Goals: []target.Goal{goal}, Breakdowns: []*target.Breakdown{months}}

	won := func(owner, month string, amount int64) kpi.Figure {
		return kpi.Figure{Metric: "won_value", Owner: owner, Period: calendar.Calendar{}.MustParse(month), Value: kpi.Int(amount)}
	}
	review, err := p.Review(plan.Input{
		AsOf:    calendar.MustDay("2026-02-14"),
		Known:   q1, // the records of this window are complete
		Actuals: []kpi.Figure{won("ann", "2026-01", 25000), won("ann", "2026-02", 12000), won("bo", "2026-01", 4000)},
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, o := range review.Goals[0].Owners {
		t := o.Tracking
		fmt.Printf("%-4s  %s of %s, expected %s, landing %s: %s\n", o.Owner, t.Actual, t.Target, t.Expected, t.Landing.RestOfPlan, t.Status)
		for _, f := range o.Findings {
			fmt.Println("     ", plan.Findings().Text(f, "en"))
		}
	}
	// Output:
	// team  41000 of 90000, expected 45000, landing 86000: at_risk
	//       team is at risk in Revenue 2026-Q1: 41,000.00 USD against 45,000.00 USD due by now, off by 4,000.00 USD.
	// ann   37000 of 60000, expected 30000, landing 67000: on_track
	// bo    4000 of 30000, expected 15000, landing 19000: behind
	//       bo is behind plan in Revenue 2026-Q1: 4,000.00 USD against 15,000.00 USD due by now, off by 11,000.00 USD.
}

func ExamplePlan_Validate() {
	p := plan.Plan{ID: "2026", Goals: []target.Goal{{ID: "q1", Metric: "visits", Owner: "ann"}}}
	fmt.Println(p.Validate())
	// Output:
	// plan.Plan: goals[0].period: missing period
	// plan.Plan: goals[0].target: missing target
	// plan.Plan: goals[0].metric: unknown metric "visits"
}

func ExampleInput_Validate() {
	month := calendar.Calendar{}.MustParse("2026-01")
	f := kpi.Figure{Metric: "won_value", Owner: "ann", Period: month, Value: kpi.Int(1)}
	fmt.Println(plan.Input{AsOf: calendar.MustDay("2026-02-14"), Actuals: []kpi.Figure{f, f}}.Validate())
	// Output:
	// plan.Input: actuals[1]: actual twice "2026-01-01/2026-02-01" (first actuals[0]): duplicate
}

func ExampleFindings() {
	for _, template := range plan.Findings()[:2] {
		fmt.Println(template.Code, template.Chinese)
	}
	// Output:
	// goal_met {subject}已达成{goal_zh}目标：实绩{actual}，目标{target}。
	// goal_missed {subject}未达成{goal_zh}目标：实绩{actual}，目标{target}，相差{variance}。
}
