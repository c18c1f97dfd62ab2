package plan_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// satisfaction is a plan with a share of satisfied customers, stated by month
// for two regions, beside the revenue: what the company reaches is a figure
// of its own and no sum or mean of the regions.
func satisfaction(t *testing.T) plan.Plan {
	m := kpi.Metric{ID: "csat", Name: "CSAT", Unit: kpi.Share(1), Additivity: kpi.RatioOfSums}
	g := target.Goal{ID: "csat", Metric: "csat", Owner: "co", Period: period("2026-Q1"), Target: kpi.Frac(8, 10)}
	var answers []kpi.Figure // as many expected from each region in each month
	for _, owner := range []string{"east", "west"} {
		for _, month := range []string{"2026-01", "2026-02", "2026-03"} {
			answers = append(answers, kpi.Figure{Metric: "csat", Owner: owner, Period: period(month), Value: kpi.Int(50)})
		}
	}
	s, err := target.StateFlat(g, m, target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "co", Children: []target.Node{{ID: "east"}, {ID: "west"}}}}, answers)
	if err != nil {
		t.Fatal(err)
	}
	p := quarter(t)
	p.Metrics, p.Goals, p.Stated = append(p.Metrics, m), append(p.Goals, g), []*target.Stated{s}
	return p
}

func TestReviewOfAGoalThatDoesNotAddUp(t *testing.T) {
	csat := func(owner, label string, num, den int64) kpi.Figure {
		return kpi.Figure{Metric: "csat", Owner: owner, Period: period(label), Value: kpi.Frac(num, den)}
	}
	r := review(t, satisfaction(t), plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: append(actuals(),
		csat("co", "2026-Q1", 72, 100), csat("co", "2026-01", 80, 100), csat("east", "2026-02", 90, 100), csat("east", "2026-W03", 1, 2))})
	goal, _ := r.Goal("csat")
	co, _ := goal.Owner("co")
	east, _ := goal.Owner("east")
	// 0.72 of 0.8 is 90 %: at risk, worked by hand.
	if co.Tracking.Status != target.AtRisk || co.Tracking.Attainment != kpi.Frac(9, 10) || co.Periods[0].Attainment != kpi.Int(1) {
		t.Errorf("co: %v, %v, January %v", co.Tracking.Status, co.Tracking.Attainment, co.Periods[0].Attainment)
	}
	if co.Periods[1].Actual != (kpi.Value{}) || co.Periods[2].Actual.Reason() != kpi.NotYetDue {
		t.Errorf("a month without a figure is no 0 %%: %v, %v", co.Periods[1].Actual, co.Periods[2].Actual)
	}
	if east.Tracking.Status != target.NoData || !slices.Contains(codes(east.Findings), "actuals_of_other_days") || !east.Periods[1].Running || east.Periods[1].Attainment != kpi.Frac(9, 8) {
		t.Errorf("east: %v, %v, February %+v", east.Tracking.Status, codes(east.Findings), east.Periods[1])
	}
	if east.Parent != "co" || co.Parent != "" {
		t.Errorf("parents %q and %q", east.Parent, co.Parent)
	}
	if want := (plan.Use{Read: 7, Counted: 6, Excluded: plan.Excluded{NotCompared: 1}}); r.Use != want {
		t.Errorf("use %+v, want %+v", r.Use, want)
	}
	q1, _ := r.Goal("q1")
	if team := q1.Owners[0].Tracking; team.Actual != kpi.Int(41000) {
		t.Errorf("the revenue beside it: %v", team.Actual)
	}
}
