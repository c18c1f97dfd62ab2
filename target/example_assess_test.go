package target_test

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// threeYears is what the company won in the quarters from 2023 to 2025.
func threeYears() target.Past {
	cal, past := calendar.Calendar{}, target.Past{Grain: calendar.Quarterly}
	quarter := cal.MustParse("2023-Q1")
	for _, amount := range []int64{1800, 2100, 1900, 2600, 2050, 2300, 2250, 2900, 2300, 2700, 2450, 3350} {
		past.Actuals = append(past.Actuals, kpi.Figure{Metric: "won_value", Owner: "company", Period: quarter, Value: kpi.Int(1000 * amount)})
		quarter = cal.PeriodOf(calendar.Quarterly, quarter.End())
	}
	return past
}

func ExamplePast_Outlook() {
	outlook, err := threeYears().Outlook(calendar.Calendar{}.MustParse("2026"))
	if err != nil {
		fmt.Println(err)
		return
	}
	growth, _ := outlook.Growth.Float64()
	middle, _ := outlook.P50.Float64()
	fmt.Println("base", outlook.Base, "pairs", outlook.Pairs)
	fmt.Printf("growth %.1f %%, middle %.1f million\n", 100*growth, middle/1e6)
	fmt.Println("chance of 12 million", outlook.Chance(kpi.HigherIsBetter, kpi.Int(12_000_000)))
	// Output:
	// base 10800000 pairs 8
	// growth 13.4 %, middle 12.3 million
	// chance of 12 million 0.68
}

func ExampleOutlook_Propose() {
	outlook, err := threeYears().Outlook(calendar.Calendar{}.MustParse("2026"))
	if err != nil {
		fmt.Println(err)
		return
	}
	proposal, err := outlook.Propose(wonValue(), target.Odds{}, kpi.Int(50_000))
	fmt.Println(proposal.Base, proposal.Target, proposal.Stretch, err)
	for _, r := range proposal.Reasons {
		fmt.Println(target.Findings().Text(r, "en"))
	}
	// Output:
	// 11900000 12200000 12750000 <nil>
	// base: 11,900,000 USD is reached with a chance of 75.0 %.
	// target: 12,200,000 USD is reached with a chance of 55.0 %.
	// stretch: 12,750,000 USD is reached with a chance of 20.0 %.
	// The same period a year before brought 10,800,000 USD, like periods grew by 13.4 % (8 pairs), and the middle of the outlook is 12,250,975 USD.
}

func ExampleAssess() {
	catalog, err := kpi.Standard("USD", 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	goal := revenue2026()
	goal.Target, goal.Base, goal.Stretch = kpi.Int(13_000_000), kpi.Int(12_000_000), kpi.Int(13_500_000)
	a, err := target.Assess(goal, target.Evidence{
		Catalog: catalog, Measures: []string{"won_value", "won_count"}, Past: threeYears(), Standards: target.CompanyStandards(),
		Capacity: &target.Capacity{People: kpi.Int(24), Productivity: kpi.Int(2_500), WorkDays: kpi.Int(250), Loss: kpi.Frac(1, 10)},
		Market:   &target.Market{Size: kpi.Int(130_000_000)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("specific", a.Specific.Verdict)
	fmt.Println("measurable", a.Measurable.Verdict)
	fmt.Println("achievable", a.Achievable.Verdict)
	fmt.Println("relevant", a.Relevant.Verdict)
	fmt.Println("time-bound", a.TimeBound.Verdict)
	fmt.Println("chance", a.Chance, "share of the market", a.MarketShare)
	fmt.Println(target.Findings().Text(a.Achievable.Findings[0], "en"))
	// Output:
	// specific pass
	// measurable warn
	// achievable fail
	// relevant pass
	// time-bound warn
	// chance 0.1039 share of the market 0.1
	// The target of revenue-2026 is too high: a chance of 10.4 %, at least 50.0 % passes, that is 12,250,975 USD. Needed is a growth of 20.4 %, seen were 13.4 %.
}

func ExampleCapacity() {
	c := target.Capacity{People: kpi.Int(12), Ramp: kpi.Frac(9, 10), Productivity: kpi.Int(4_000), WorkDays: kpi.Int(63), Loss: kpi.Frac(1, 20)}
	fmt.Println(c.Amount())
	// Output:
	// 2585520
}

func ExampleEvidence_Validate() {
	err := target.Evidence{Measures: []string{"luck"}, Market: &target.Market{}}.Validate()
	for _, p := range problems(err) {
		fmt.Println(p)
	}
	// Output:
	// measures[0] unknown_metric
	// market.size not_positive
}
