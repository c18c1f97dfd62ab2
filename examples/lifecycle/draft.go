package main

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// draft makes the plan of the year: one goal, by sellers and months, what the
// sellers say to it, and how it is to be done.
func draft(all []deal, catalog kpi.Catalog) (plan.Plan, error) {
	revenue, _ := catalog.Lookup("won_value")
	revenue.Formula = formula()
	goal := target.Goal{ID: goalID, Metric: "won_value", Owner: company, Period: year(2026), Objective: "grow",
		Base: kpi.Int(1_980_000), Target: kpi.Int(2_360_000), Stretch: kpi.Int(2_650_000), Baseline: wholeOf(all, year(2025)).Value}
	phasing, err := season().Phasing(calendar.Calendar{}, must(calendar.Calendar{}.Split(goal.Period, calendar.Monthly)))
	if err != nil {
		return plan.Plan{}, err
	}
	months, err := target.BreakDown(goal, revenue, target.Split{Grain: calendar.Monthly, Owners: owners(all), Phasing: phasing})
	if err != nil {
		return plan.Plan{}, err
	}
	doing := actions()
	p := plan.Plan{
		ID: "2026", Metrics: []kpi.Metric{revenue}, Preparation: preparation(all),
		Objectives: []plan.Objective{{ID: "grow", Name: "Grow with plants", Owner: manager}, {ID: "satisfy", Name: "Customers who stay", Owner: manager}},
		Goals:      []target.Goal{goal}, Breakdowns: []*target.Breakdown{months}, Actions: &doing,
		Commitments: []plan.Commitments{{Goal: goalID, Acceptance: target.Acceptance{Below: kpi.Frac(2, 100)}, Commitments: committed()}},
		Cadences:    []plan.Cadence{{ID: "quarterly", Every: calendar.Quarterly, On: -1, Leads: manager}},
	}
	return assessed(p, catalog)
}

// assessed is the plan with its goal assessed by what was prepared.
func assessed(p plan.Plan, catalog kpi.Catalog) (plan.Plan, error) {
	return p.Assess(map[string]target.Evidence{goalID: {Catalog: catalog, Measures: []string{"won_value"},
		Checkpoints: []target.Checkpoint{{Day: day("2026-03-31")}, {Day: day("2026-06-30")}, {Day: day("2026-09-30")}}}})
}

// committed is what the sellers said they would reach.
func committed() (all []target.Commitment) {
	for i, thousands := range []int64{430, 345, 325, 470, 330, 370} {
		who := sellers()[i]
		all = append(all, target.Commitment{Owner: who, Period: year(2026), Amount: kpi.Int(1000 * thousands), Day: day("2026-01-08"), Author: who})
	}
	return all
}
