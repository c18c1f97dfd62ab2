package plan_test

import (
	"fmt"
	"log"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// risky is how the deals of the team stand where everything is just beyond its
// limit: a chance of 0.4999; a landing of 94 of 100; one that fell from 100 to
// 94; 51 % of the wins in last months; 31 % on one deal and on one customer; 2
// of 5 deals of bo untidy.
func risky() plan.FunnelView {
	return plan.FunnelView{Owner: "team",
		Landing: &forecast.Landing{Period: period("2026-Q1"), Target: kpi.Int(100), Total: forecast.Part{Value: kpi.Int(94)}, Spread: forecast.Spread{Reach: kpi.NewEstimate(0.4999)}},
		Change:  &forecast.Change{Period: period("2026-Q1"), From: day("2026-02-07"), Before: forecast.Parts{Total: kpi.Int(100)}, After: forecast.Parts{Total: kpi.Int(94)}},
		Decisive: &forecast.Decisive{Deals: []forecast.DecisiveDeal{
			{Deal: funnel.Deal{ID: "D1", Owner: "ann"}, Expected: kpi.Int(31)}, {Deal: funnel.Deal{ID: "D2", Owner: "bo"}, Expected: kpi.Int(30)}},
			Top: []forecast.ConcentrationTop{{Deals: 1, Expected: kpi.Int(31), Share: kpi.RatioOf(31, 100)}}},
		Cover: &forecast.Cover{Periods: []forecast.PeriodCover{{Coverage: funnel.Coverage{Period: period("2026-Q2"), Ratio: kpi.RatioOf(3, 2)}, Needed: kpi.Int(2)}},
			Creation: forecast.Creation{PerDay: kpi.Int(900), Needed: kpi.Int(1000), Pace: kpi.RatioOf(9, 10)}},
		Hygiene: &forecast.Hygiene{Owners: []forecast.HygieneLine{
			{Owner: "bo", Open: funnel.Stock{Deals: 5}, Untidy: funnel.Stock{Deals: 2}}, {Owner: "ann", Open: funnel.Stock{Deals: 4}, Untidy: funnel.Stock{Deals: 4}},
			{Open: funnel.Stock{Deals: 9}, Untidy: funnel.Stock{Deals: 9}}}},
		Linearity: &forecast.Linearity{Past: make([]forecast.PeriodLinearity, 4), UsualMonth: kpi.RatioOf(51, 100)},
		Customers: []plan.CustomerPart{{Customer: "zeta", Expected: kpi.Int(69)}, {Customer: "acme", Expected: kpi.Int(131)}},
	}
}

func riskyInput() plan.Input {
	return plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: actuals(), Beside: plan.Beside{Funnels: []plan.FunnelView{risky()}}}
}

func TestRisks(t *testing.T) {
	p := quarter(t)
	p.Preparation.Assumptions = []plan.Assumption{{ID: "rates", Text: "the dollar stays", Owner: "cfo", Made: day("2025-12-01"), Review: day("2026-03-15"), State: plan.Fails, Goals: []string{"q1"}}}
	var got []string
	for _, f := range review(t, p, riskyInput()).Findings {
		got = append(got, plan.Findings().Text(f, "en"))
	}
	want := []string{
		"The open deals of team cover 2026-Q2 1.50 times; 2.00 were needed on this day before.",
		"team reaches its target of 100 in 2026-Q1 with a chance of 49 %; under 50 % is a risk.",
		"team is expected to land at 94 in 2026-Q1, 94 % of its target of 100.",
		"The landing of team in 2026-Q1 fell by 6 % since 2026-02-07: from 100 to 94.",
		"Of what team won in earlier periods (4), 51 % came in the last month: it is known late whether the target is reached.",
		"31 % of what open deals are expected to bring team hangs on one: D1 of ann.",
		"66 % of what open deals are expected to bring team hangs on one customer: acme.",
		"team creates 900 of pipeline a day; the next periods need 1000.",
		"2 of 5 open deals of bo (40 %) want cleaning up.",
		"An assumption of cfo has not come true: the dollar stays.",
		"q1 of team rests on an assumption of cfo that has not come true: the dollar stays.",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%q, want\n%q", got, want)
	}
}

// On the limit nothing is a risk, and what is not known is none.
func TestOnTheLimit(t *testing.T) {
	f := risky()
	f.Landing.Total.Value, f.Landing.Spread.Reach = kpi.Int(95), kpi.NewEstimate(0.49996) // to four places 0.5
	f.Change.After.Total = kpi.Int(95)
	f.Decisive.Top[0].Share = kpi.RatioOf(3, 10)
	f.Cover.Periods[0].Needed, f.Cover.Creation.Pace = kpi.Frac(3, 2), kpi.RatioOf(1, 1)
	f.Hygiene.Owners[0] = forecast.HygieneLine{Owner: "bo", Open: funnel.Stock{Deals: 10}, Untidy: funnel.Stock{Deals: 3}}
	f.Linearity.UsualMonth = kpi.RatioOf(1, 2)
	f.Customers = []plan.CustomerPart{{Customer: "a", Expected: kpi.Int(3)}, {Customer: "b", Expected: kpi.Int(3)}, {Customer: "c", Expected: kpi.Int(3)}, {Customer: "d", Expected: kpi.Int(1)}}
	in := riskyInput()
	in.Beside.Funnels = []plan.FunnelView{f}
	if r := review(t, quarter(t), in); len(r.Findings) > 0 {
		t.Errorf("%+v", r.Findings)
	}
	in.Beside.Funnels = []plan.FunnelView{{Owner: "team", Landing: &forecast.Landing{}, Change: &forecast.Change{}, Decisive: &forecast.Decisive{}, Cover: &forecast.Cover{},
		Hygiene: &forecast.Hygiene{}, Linearity: &forecast.Linearity{}}}
	if r := review(t, quarter(t), in); len(r.Findings) > 0 {
		t.Errorf("%+v", r.Findings)
	}
	over := risky()
	over.Landing.Day = day("2026-03-31")
	in.Beside.Funnels = []plan.FunnelView{over}
	if r := review(t, quarter(t), in); slices.Contains(codes(r.Findings), "reach_unlikely") || slices.Contains(codes(r.Findings), "landing_below") {
		t.Errorf("on the last day it is a result: %v", codes(r.Findings))
	}
	in = riskyInput()
	in.Beside.Limits = plan.RiskLimits{Reach: kpi.Int(0), Landing: kpi.Int(0), Fall: kpi.Int(1), LastMonth: kpi.Int(1), OneDeal: kpi.Int(1), OneCustomer: kpi.Int(1), LeastDeals: 6}
	if r := review(t, quarter(t), in); !slices.Equal(codes(r.Findings), []string{"coverage_short", "created_slowly"}) {
		t.Errorf("by other limits: %v", codes(r.Findings))
	}
}

func TestRiskLimits(t *testing.T) {
	if err := plan.DefaultRiskLimits().Validate(); err != nil {
		t.Error(err)
	}
	in := riskyInput()
	in.Beside.Limits = plan.RiskLimits{Reach: kpi.Int(50), Landing: kpi.Int(-1), Fall: kpi.Undefined(kpi.TooFew), LeastDeals: -1}
	in.Beside.Funnels[0].Customers[1].Customer = "zeta"
	want := []string{"beside.funnels[0].customers[1].customer duplicate_id", "beside.limits.reach not_a_share", "beside.limits.landing not_a_share", "beside.limits.fall undefined_limit", "beside.limits.least_deals below_zero"}
	if got := paths(in.Validate()); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Every code that the default playbook asks for comes out of some function.
func TestThePlaybookAsksForNothingThatNobodyFinds(t *testing.T) {
	found := map[string]string{}
	add := func(by string, all ...check.Finding) {
		for _, f := range all {
			found[f.Code] = by
		}
	}
	p := quarter(t)
	p.Preparation = prepared()
	ready, err := p.Prepare(day("2026-02-14"))
	if err != nil {
		t.Fatal(err)
	}
	add("Plan.Prepare", ready.Findings...)
	add("Plan.Review", review(t, p, riskyInput()).Findings...)
	lint, err := p.Breakdowns[0].Lint(target.Facts{Capacity: map[string]kpi.Value{"bo": kpi.Int(1)}}, target.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	add("Breakdown.Lint", lint...)
	c := plan.Closing{Owner: "team"}
	c.AsOf, c.Known = day("2026-03-31"), period("2026")
	for i := range 12 {
		c.Actuals = append(c.Actuals, won(fmt.Sprintf("s%02d", i), "2026-Q1", int64(i%4)*30))
	}
	e, err := twelve(t).Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range e.Findings {
		add("Plan.Evaluate", f.Finding)
	}
	n := 0
	var look func(plan.Condition)
	look = func(c plan.Condition) {
		if c.Finding != "" {
			n++
			if found[c.Finding] == "" {
				t.Errorf("nobody finds %s", c.Finding)
			}
		}
		for _, part := range slices.Concat(c.All, c.Any) {
			look(part)
		}
		if c.Not != nil {
			look(*c.Not)
		}
	}
	for _, r := range plan.DefaultPlaybook().Rules {
		look(r.When)
	}
	if n < 7 {
		t.Errorf("only %d codes were looked at", n)
	}
}

// What the quarter hangs on, as findings of the review.
func ExampleRiskLimits() {
	p := team(90000)
	in := plan.Input{AsOf: day("2026-02-14"), Known: p.Goals[0].Period, Actuals: actuals()}
	in.Beside.Funnels = []plan.FunnelView{{Owner: "team",
		Landing: &forecast.Landing{Period: p.Goals[0].Period, Target: kpi.Int(90000), Total: forecast.Part{Value: kpi.Int(83000)}, Spread: forecast.Spread{Reach: kpi.NewEstimate(0.31)}}}}
	in.Beside.Limits = plan.RiskLimits{Reach: kpi.Frac(2, 5)} // the rest as by default
	r, err := p.Review(in)
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range r.Findings {
		fmt.Println(plan.Findings().Text(f, "en"))
	}
	// Output:
	// team reaches its target of 90000 in 2026-Q1 with a chance of 31 %; under 40 % is a risk.
	// team is expected to land at 83000 in 2026-Q1, 92 % of its target of 90000.
}
