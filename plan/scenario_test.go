package plan_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// Worked by hand: the bold plan gives cy 20,000 more and bo 5,000 less, so the
// team 15,000 more.
func TestCompareByOwner(t *testing.T) {
	bold := quarter(t)
	bold.ID = "bold"
	g := goal()
	g.ID, g.Target, g.Base, g.Stretch = "q1-bold", kpi.Int(105000), kpi.Value{}, kpi.Value{}
	b, err := target.BreakDown(g, metric(), target.Split{Grain: bold.Breakdowns[0].Split().Grain, Owners: target.Node{ID: "team", Children: []target.Node{
		{ID: "ann", Weight: kpi.Int(60)}, {ID: "bo", Weight: kpi.Int(25)}, {ID: "cy", Weight: kpi.Int(20)}}}})
	if err != nil {
		t.Fatal(err)
	}
	bold.Goals, bold.Breakdowns = []target.Goal{g}, []*target.Breakdown{b}
	s, err := plan.Compare(quarter(t), bold)
	if err != nil {
		t.Fatal(err)
	}
	got := s.Goals[0]
	if len(s.Goals) != 1 || got.Gap != kpi.Int(15000) || got.ByOwner.Gap != kpi.Int(15000) || got.ByDriver != nil {
		t.Fatalf("%+v", got)
	}
	for owner, want := range map[string]int64{"ann": 0, "bo": -5000, "cy": 20000} {
		if part, _ := got.ByOwner.Part(owner); part.Amount != kpi.Int(want) {
			t.Errorf("%s: %v, want %d", owner, part.Amount, want)
		}
	}
	if !slices.Equal(codes(got.Findings), []string{"owner_added"}) || got.Findings[0].Subject != "cy" {
		t.Errorf("findings: %v", got.Findings)
	}
}

// Leads 100 → 120 at a value of 50 → 40 per lead: 5,000 → 4,800. Shapley by
// hand: leads 20 × (50+40)/2 = 900, value −10 × (100+120)/2 = −1,100.
func TestCompareByDriver(t *testing.T) {
	formula, err := kpi.ParseFormula("leads * per_lead")
	if err != nil {
		t.Fatal(err)
	}
	with := func(id string, leads, per int64) plan.Plan {
		g := func(metric string, amount int64) target.Goal {
			return target.Goal{ID: metric, Metric: metric, Owner: "co", Period: period("2026"), Target: kpi.Int(amount)}
		}
		revenue := metric()
		revenue.Formula = formula
		return plan.Plan{ID: id, Metrics: []kpi.Metric{revenue, {ID: "leads"}, {ID: "per_lead"}},
			Goals: []target.Goal{g("won_value", leads*per), g("leads", leads), g("per_lead", per)}}
	}
	s, err := plan.Compare(with("a", 100, 50), with("b", 120, 40))
	if err != nil {
		t.Fatal(err)
	}
	b := s.Goals[2].ByDriver
	if s.Goals[2].Metric != "won_value" || b == nil || b.Gap != kpi.Int(-200) {
		t.Fatalf("%+v", s.Goals[2])
	}
	leads, _ := b.Part("leads")
	per, _ := b.Part("per_lead")
	if leads.Amount != kpi.Int(900) || per.Amount != kpi.Int(-1100) {
		t.Errorf("leads %v, per lead %v", leads.Amount, per.Amount)
	}
	b2 := with("b", 120, 40)
	b2.Goals = b2.Goals[1:]
	s, err = plan.Compare(with("a", 100, 50), b2)
	if err != nil || !slices.Equal(codes(s.Goals[2].Findings), []string{"goal_dropped"}) || s.Goals[2].Gap.Reason() != kpi.NoTarget {
		t.Errorf("%+v, %v", s.Goals, err)
	}
}

// What the plans rest on is named: another effect of a strategy, an assumption
// that one of them does not make.
func TestCompareNamesWhatPlansRestOn(t *testing.T) {
	a, b := quarter(t), quarter(t)
	do, other := doing(), doing()
	other.Strategies[0].Effects[0].Change = kpi.Frac(2, 10)
	a.Actions, b.Actions = &do, &other
	b.Preparation.Assumptions = prepared().Assumptions
	a.Preparation.Assumptions = prepared().Assumptions[:1]
	s, err := plan.Compare(a, b)
	if err != nil || !slices.Equal(codes(s.Findings), []string{"assumption_differs", "strategy_differs"}) || s.Findings[0].Subject != "rates" || s.Findings[1].Subject != "fair" {
		t.Errorf("%v, %v", s.Findings, err)
	}
	if s, err := plan.Compare(a, a); err != nil || len(s.Findings) != 0 || s.Findings == nil {
		t.Errorf("the same plan: %v, %v", s.Findings, err)
	}
}
