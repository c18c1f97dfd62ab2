package plan_test

import (
	"fmt"
	"log"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// Two thirds of every quarter are sold in its last month: by months the team
// would be behind in the middle of the quarter, by its season it is not.
func ExamplePlan_Review_season() {
	p := team(90000)
	p.Curve = target.ByShares
	p.Preparation.Season = []target.SeasonPart{
		{Period: period("2026-01"), Weight: kpi.Int(1)}, {Period: period("2026-02"), Weight: kpi.Int(1)}, {Period: period("2026-03"), Weight: kpi.Int(4)}}
	r, err := p.Review(plan.Input{AsOf: day("2026-02-14"), Known: p.Goals[0].Period, Actuals: actuals()})
	if err != nil {
		log.Fatal(err)
	}
	t := r.Goals[0].Owners[0].Tracking
	fmt.Println("due", t.Expected, "reached", t.Actual, t.Status)
	fmt.Println("to go", t.Required.Text(0, kpi.HalfEven), "a day; landing by curve", t.Landing.Curve, "and by run rate", t.Landing.RunRate)
	// Output:
	// due 22500 reached 41000 on_track
	// to go 1089 a day; landing by curve 164000 and by run rate 82000
}

// The history of the sellers, day by day, gives each a curve of its own.
func ExampleDayHistory() {
	history := plan.DayHistory{Known: period("2024-07-01/2026-01-01"), Series: []plan.DaySeries{{Metric: "won_value", Owner: "ann"}, {Metric: "won_value", Owner: "bo"}}}
	for _, quarter := range []string{"2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"} {
		first, last := period(quarter).Start(), period(quarter).Last()
		history.Series[0].Days = append(history.Series[0].Days, target.DayAmount{Day: first, Value: kpi.Int(1000)}, target.DayAmount{Day: last, Value: kpi.Int(3000)})
		history.Series[1].Days = append(history.Series[1].Days, target.DayAmount{Day: first, Value: kpi.Int(3000)}, target.DayAmount{Day: last, Value: kpi.Int(1000)})
	}
	p := team(90000)
	p.Curve = target.Learned
	r, err := p.Review(plan.Input{AsOf: day("2026-02-14"), Known: p.Goals[0].Period, Actuals: actuals(), History: history})
	if err != nil {
		log.Fatal(err)
	}
	for _, o := range r.Goals[0].Owners {
		fmt.Println(o.Owner, "of", o.Tracking.Target, "due", o.Tracking.Expected, o.Tracking.Status)
	}
	// Output:
	// team of 90000 due 37500 on_track
	// ann of 60000 due 15000 on_track
	// bo of 30000 due 22500 behind
}
