package plan_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// dealsAndSize is 90,000 in the quarter as 90 deals of 1,000 each; the average
// is stated, deals add up.
func dealsAndSize(t rapid.TB) plan.Plan {
	formula, err := kpi.ParseFormula("won_count * average_deal_size")
	if err != nil {
		t.Fatal(err)
	}
	revenue := metric()
	revenue.Formula = formula
	p := plan.Plan{ID: "2026", Curve: target.Linear, Metrics: []kpi.Metric{revenue, {ID: "won_count"},
		{ID: "average_deal_size", Unit: kpi.Money("USD", 2), Additivity: kpi.RatioOfSums}}}
	for _, g := range []target.Goal{{ID: "money", Metric: "won_value", Target: kpi.Int(90000)}, {ID: "deals", Metric: "won_count", Target: kpi.Int(90)}, {ID: "size", Metric: "average_deal_size", Target: kpi.Int(1000)}} {
		g.Owner, g.Period = "team", period("2026-Q1")
		p.Goals = append(p.Goals, g)
	}
	return p
}

func dealsInput() plan.Input {
	return plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: []kpi.Figure{
		won("team", "2026-01", 44000), figure("won_count", "team", "2026-01", kpi.Int(40)), figure("average_deal_size", "team", "2026-Q1", kpi.Int(1100))}}
}

// By hand: due are 45 deals of 1,000, there are 40 of 1,100. Deals took
// −5 × (1,000 + 1,100) ÷ 2 = −5,250 and their size brought
// 100 × (45 + 40) ÷ 2 = 4,250; together −1,000 of 45,000.
func TestBridgeOverDrivers(t *testing.T) {
	r := review(t, dealsAndSize(t), dealsInput())
	money, _ := r.Goal("money")
	b := money.ByDriver
	if b == nil {
		t.Fatal("no bridge")
	}
	deals, _ := b.Part("won_count")
	size, _ := b.Part("average_deal_size")
	if deals.Amount != kpi.Int(-5250) || size.Amount != kpi.Int(4250) || b.Gap != kpi.Int(-1000) || b.Gap != money.Owners[0].Tracking.Variance || b.Question.Base.Name != "due" {
		t.Errorf("deals %v, size %v, gap %v", deals.Amount, size.Amount, b.Gap)
	}
	if len(r.Findings) > 0 {
		t.Errorf("%+v", r.Findings)
	}
	if deals, _ := r.Goal("deals"); deals.ByDriver != nil {
		t.Error("what is counted has no drivers")
	}
	in := dealsInput()
	in.Actuals[0].Value = kpi.Int(43000)
	if r := review(t, dealsAndSize(t), in); !slices.Equal(codes(r.Findings), []string{"drivers_differ"}) {
		t.Errorf("40 × 1,100 is not 43,000: %v", codes(r.Findings))
	}
}

// Without a goal for the deals and their size the caller hands them in.
func TestDriversHandedIn(t *testing.T) {
	p, in := dealsAndSize(t), dealsInput()
	p.Goals, p.Metrics = p.Goals[:1], p.Metrics[:1]
	in.Actuals = in.Actuals[:1]
	if r := review(t, p, in); r.Goals[0].ByDriver != nil {
		t.Error("nothing is known of the drivers")
	}
	in.Drivers = []plan.Driver{{Metric: "average_deal_size", Owner: "team", Period: period("2026-Q1"), Due: kpi.Int(1000), Actual: kpi.Int(1100)},
		{Metric: "won_count", Owner: "team", Period: period("2026-Q1"), Due: kpi.Int(45), Actual: kpi.Int(40)}}
	r := review(t, p, in)
	deals, _ := r.Goals[0].ByDriver.Part("won_count")
	if deals.Amount != kpi.Int(-5250) || r.Goals[0].ByDriver.Gap != kpi.Int(-1000) {
		t.Errorf("deals %v", deals.Amount)
	}
	var back plan.Review
	if err := json.Unmarshal(indented(t, r), &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, back); diff != "" {
		t.Error(diff)
	}
	slices.Reverse(in.Drivers)
	if diff := cmp.Diff(string(indented(t, r)), string(indented(t, review(t, p, in)))); diff != "" {
		t.Error(diff)
	}
	in.Drivers = append(in.Drivers, in.Drivers[0], plan.Driver{Metric: "visits", Owner: "team", Period: period("2026-Q1")}, plan.Driver{})
	if got, want := paths(in.Validate()), []string{"drivers[2] driver_twice", "drivers[4].metric missing_id", "drivers[4].owner missing_id", "drivers[4].period missing_period"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	in.Drivers = []plan.Driver{in.Drivers[0], in.Drivers[3]}
	if _, err := dealsAndSize(t).Review(in); !slices.Equal(paths(err), []string{"input.drivers[0] driver_has_a_goal", "input.drivers[1] no_driver_of_a_goal"}) {
		t.Errorf("%q", paths(err))
	}
}

// Whatever the drivers, their parts add up to the gap to the last digit.
func TestPartsOfDriversAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := dealsInput()
		for i := range in.Actuals {
			in.Actuals[i].Value = kpi.Frac(rapid.Int64Range(0, 1_000_000).Draw(t, "actual"), 7)
		}
		in.AsOf = day("2026-01-01").Add(rapid.IntRange(0, 95).Draw(t, "as of"))
		money, _ := review(t, dealsAndSize(t), in).Goal("money")
		sum := kpi.Int(0)
		for _, part := range money.ByDriver.Parts {
			sum = sum.Add(part.Amount)
		}
		if sum != money.ByDriver.Gap {
			t.Fatalf("parts %v, gap %v", sum, money.ByDriver.Gap)
		}
	})
}
