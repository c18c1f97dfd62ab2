package main

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// preparation is what was known in November of the year before.
func preparation(all []deal) plan.Preparation {
	p := plan.Preparation{
		Segments: []plan.Segment{
			{ID: "plants", Metric: "won_value", Owner: company, Period: year(2026), Size: kpi.Int(9_600_000), SizeBefore: kpi.Int(9_000_000), Ours: kpi.Int(1_500_000), OursBefore: kpi.Int(1_420_000), Reachable: kpi.Frac(30, 100), Source: "survey 2025"},
			{ID: "ports", Metric: "won_value", Owner: company, Period: year(2026), Size: kpi.Int(3_900_000), SizeBefore: kpi.Int(4_100_000), Ours: kpi.Int(740_000), OursBefore: kpi.Int(800_000), Reachable: kpi.Frac(25, 100), Source: "survey 2025"},
		},
		Needs: []plan.Need{
			{ID: "delivery", Importance: kpi.Frac(88, 10), Satisfaction: kpi.Frac(61, 10), Important: 64, Satisfied: 61, Evidence: []string{"survey 2025"}},
			{ID: "service", Importance: kpi.Frac(71, 10), Satisfaction: kpi.Frac(69, 10), Important: 22, Satisfied: 19},
		},
		Teams: []plan.Team{{Owner: company, Metric: "won_value", Period: year(2026),
			Capacity: target.Capacity{People: kpi.Int(6), Productivity: kpi.Int(1800), WorkDays: kpi.Int(250), Loss: kpi.Frac(5, 100)}}},
		History: plan.History{Grain: calendar.Quarterly, Figures: past()},
		Assumptions: []plan.Assumption{
			{ID: "prices", Text: "prices stay as they are", Owner: manager, Made: day("2025-11-10"), Review: day("2026-06-30"), Goals: []string{goalID}},
			{ID: "staff", Text: "nobody leaves", Owner: manager, Made: day("2025-11-10"), Review: day("2026-03-31"), Goals: []string{goalID}},
		},
	}
	for y := 2024; y < 2026; y++ {
		for q := 1; q <= 4; q++ {
			p.History.Figures = append(p.History.Figures, wholeOf(all, quarter(y, q)))
		}
	}
	return p
}
