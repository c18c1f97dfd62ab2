package plan_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// allOfIt is the crowd on any curve, with a band, drivers, risks and
// assumptions that failed.
func allOfIt(t rapid.TB, curve target.Curve) (plan.Plan, plan.Input) {
	p, in, _ := crowd(t)
	p.Curve = curve
	p.Preparation.Season, p.Preparation.WorkDays = season(), workdays(nil, "2025-01-01/2027-01-01")
	formula, err := kpi.ParseFormula("leads * lead_conversion")
	if err != nil {
		t.Fatal(err)
	}
	d, revenue := discounts(t), metric()
	revenue.ID, revenue.Formula = "pipeline", formula
	p.Metrics, p.Goals = append(p.Metrics, d.Metrics[1], revenue), append(p.Goals, d.Goals[1], target.Goal{ID: "pipeline", Metric: "pipeline", Owner: "north", Period: period("2026-Q1"), Target: kpi.Int(700)})
	p.Goals[1].Owner = "company"
	p.Preparation.Assumptions[0].State, p.Preparation.Assumptions[0].Goals = plan.Fails, []string{"q1", "discount", "pipeline"}
	in.Drivers = []plan.Driver{{Metric: "leads", Owner: "north", Period: period("2026-Q1"), Due: kpi.Int(350), Actual: kpi.Int(300)},
		{Metric: "lead_conversion", Owner: "north", Period: period("2026-Q1"), Due: kpi.Int(1), Actual: kpi.Frac(11, 10)}}
	in.Actuals = append(in.Actuals, figure("pipeline", "north", "2026-01", kpi.Int(330)), figure("discount_rate", "company", "2026-Q1", kpi.Frac(1, 5)))
	in.Beside.Funnels[4].Customers = risky().Customers
	return p, in
}

// Whatever the order of lists whose order has no meaning, the review is the
// same byte for byte, on every curve; it goes through JSON and comes back
// equal; and so does the page of somebody.
func TestEverythingInAnyOrder(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p, in := allOfIt(r, rapid.SampledFrom([]target.Curve{target.ByPlan, target.Linear, target.ByShares, target.Learned}).Draw(r, "curve"))
		want := review(r, p, in)
		shuffled, given, do := p, in, *p.Actions
		shuffled.Metrics = rapid.Permutation(p.Metrics).Draw(r, "metrics")
		shuffled.Goals = rapid.Permutation(p.Goals).Draw(r, "goals")
		shuffled.Preparation.Season = rapid.Permutation(p.Preparation.Season).Draw(r, "season")
		shuffled.Preparation.Assumptions = rapid.Permutation(p.Preparation.Assumptions).Draw(r, "assumptions")
		for i, a := range shuffled.Preparation.Assumptions {
			shuffled.Preparation.Assumptions[i].Goals = rapid.Permutation(a.Goals).Draw(r, "goals of an assumption")
		}
		do.Actions, do.Milestones = rapid.Permutation(do.Actions).Draw(r, "actions"), rapid.Permutation(do.Milestones).Draw(r, "milestones")
		for i, m := range do.Milestones {
			do.Milestones[i].Actions = rapid.Permutation(m.Actions).Draw(r, "actions of a milestone")
		}
		shuffled.Actions = &do
		given.Actuals = rapid.Permutation(in.Actuals).Draw(r, "actuals")
		given.Drivers = rapid.Permutation(in.Drivers).Draw(r, "drivers")
		given.History.Series = rapid.Permutation(in.History.Series).Draw(r, "series")
		given.Beside.Funnels = rapid.Permutation(in.Beside.Funnels).Draw(r, "funnels")
		for i, f := range given.Beside.Funnels {
			given.Beside.Funnels[i].Customers = rapid.Permutation(f.Customers).Draw(r, "customers")
		}
		given.Beside.Cards = rapid.Permutation(in.Beside.Cards).Draw(r, "cards")
		got := review(r, shuffled, given)
		if a, b := string(indented(r, want)), string(indented(r, got)); a != b {
			r.Fatal(cmp.Diff(a, b))
		}
		part, _ := got.Of(rapid.SampledFrom([]string{"company", "north", "bertil"}).Draw(r, "whose page"))
		var back plan.Review
		if err := json.Unmarshal(indented(r, part), &back); err != nil {
			r.Fatal(err)
		}
		if a, b := string(indented(r, part)), string(indented(r, back)); a != b {
			r.Fatal(cmp.Diff(a, b))
		}
	})
}
