package target_test

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// A quota of 100,000 EUR in a company that plans in dollars: quota and sales
// take the plan rate of 1.10, whatever the rates of the days were. 66,000 of
// 110,000 dollars are the 60 % that 60,000 of 100,000 euros are.
func ExampleTrack_currency() {
	fx, _ := kpi.NewFX([]kpi.Rate{{From: "EUR", To: "USD", Plan: "budget 2026", Rate: kpi.MustParse("1.10")}})
	usd, err := fx.Converter(kpi.Conversion{To: "USD", Policy: kpi.PlanRate, Plan: "budget 2026"})
	if err != nil {
		fmt.Println(err)
		return
	}
	asOf := calendar.MustDay("2026-02-28")
	revenue := kpi.Metric{ID: "won_value", Unit: kpi.Money("USD", 2)}
	quota := target.Goal{ID: "q1", Metric: "won_value", Owner: "ann", Period: calendar.Calendar{}.MustParse("2026-Q1"),
		Target: usd.Convert(kpi.Int(100_000), "EUR", asOf)}
	t, err := target.Track(target.Input{Metric: revenue, Plan: quota.Plan(), AsOf: asOf,
		Actual: usd.Convert(kpi.Int(60_000), "EUR", asOf)})
	fmt.Println(revenue.Unit.Text(t.Actual), "of", revenue.Unit.Text(t.Target), kpi.Share(0).Text(t.Attainment), err)
	// Output: 66,000.00 USD of 110,000.00 USD 60 % <nil>
}
