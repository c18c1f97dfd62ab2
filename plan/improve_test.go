package plan_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

func figure(m, owner, label string, v kpi.Value) kpi.Figure {
	return kpi.Figure{Metric: m, Owner: owner, Period: period(label), Value: v}
}

// twelve is a quarter of 1,200 for twelve sellers, 100 each.
func twelve(t rapid.TB) plan.Plan {
	root := target.Node{ID: "team"}
	for i := range 12 {
		root.Children = append(root.Children, target.Node{ID: fmt.Sprintf("s%02d", i)})
	}
	g := target.Goal{ID: "q1", Metric: "won_value", Owner: "team", Period: period("2026-Q1"), Target: kpi.Int(1200)}
	b, err := target.BreakDown(g, metric(), target.Split{Grain: calendar.Quarterly, Owners: root})
	if err != nil {
		t.Fatal(err)
	}
	return plan.Plan{ID: "2026", Metrics: []kpi.Metric{metric()}, Goals: []target.Goal{g}, Breakdowns: []*target.Breakdown{b}}
}

// Ten of twelve reached 100 and two lack 90 and 30: the team has 1,080 of
// 1,200, and the one with 90 alone is more than half of what is missing.
func TestEvaluate(t *testing.T) {
	c := plan.Closing{Owner: "team", Playbook: plan.DefaultPlaybook()}
	c.AsOf, c.Known = day("2026-03-31"), period("2026")
	for i := range 12 {
		amount := int64(100)
		switch i {
		case 3:
			amount = 10
		case 7:
			amount = 70
		}
		owner := fmt.Sprintf("s%02d", i)
		c.Actuals = append(c.Actuals, won(owner, "2026-Q1", amount))
		c.Metrics = append(c.Metrics, figure("win_rate", owner, "2026-Q1", kpi.Frac(30, 100)), figure("activities", owner, "2026-Q1", kpi.Int(100)))
	}
	c.Metrics[6].Value = kpi.Frac(20, 100) // the win rate of s03: 2/3 of usual
	c.UsualEach = []kpi.Figure{figure("win_rate", "team", "2026-Q1", kpi.Frac(30, 100)), figure("activities", "team", "2026-Q1", kpi.Int(100))}
	p := twelve(t)
	p.Goals = append(p.Goals, target.Goal{ID: "q2", Metric: "won_value", Owner: "team", Period: period("2026-Q2"), Target: kpi.Int(1300)})
	e, err := p.Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	g := e.Goals[0]
	if len(e.Goals) != 1 || !slices.Equal(e.Running, []string{"q2"}) || g.Tracking.Status != target.Missed || g.Tracking.Attainment != kpi.Frac(9, 10) {
		t.Fatalf("%+v, running %v", g.Tracking.Status, e.Running)
	}
	if g.Sellers.Met != 10 || g.ByOwner.Gap != kpi.Int(-120) || g.ByOwner.Parts[0].ID != "s03" {
		t.Errorf("met %d, gap %v", g.Sellers.Met, g.ByOwner.Gap)
	}
	var found []string
	for _, f := range e.Findings {
		found = append(found, f.Finding.Code+" "+f.Finding.Subject)
	}
	for _, want := range []string{"goal_missed team", "goal_missed s03", "gap_from_few team", "many_met team"} {
		if !slices.Contains(found, want) {
			t.Errorf("%s is not among %v", want, found)
		}
	}
	few := e.Findings[slices.IndexFunc(e.Findings, func(f plan.Found) bool { return f.Finding.Code == "gap_from_few" })]
	if want := []plan.Evidence{{Is: plan.IsContribution, Figure: won("s03", "2026-Q1", -90)}, {Is: plan.IsActual, Figure: won("s03", "2026-Q1", 10)},
		{Is: plan.IsTarget, Figure: won("s03", "2026-Q1", 100)}}; !slices.Equal(few.Evidence, want) || few.Finding.Args["n"] != "1" {
		t.Errorf("evidence %v, %v", few.Evidence, few.Finding.Args)
	}
	var suggested []string
	for _, s := range e.Suggestions {
		suggested = append(suggested, s.Owner+" "+s.Rule)
	}
	// s03 misses with a low win rate: training. s07 misses with all as usual:
	// coaching. Nobody else misses anything.
	if want := []string{"s03 win_rate", "s07 missed_alone"}; !slices.Equal(suggested, want) {
		t.Errorf("%v, want %v", suggested, want)
	}
	text, err := json.Marshal(e)
	var back plan.Evaluation
	if err != nil || json.Unmarshal(text, &back) != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(e, back); diff != "" {
		t.Error(diff)
	}
}

// Leads 100 of 120 at 40 of 50 per lead, as in TestCompareByDriver: both took
// something, the value per lead most.
func TestEvaluateByDriver(t *testing.T) {
	formula, err := kpi.ParseFormula("leads * per_lead")
	if err != nil {
		t.Fatal(err)
	}
	revenue := metric()
	revenue.Formula = formula
	goal := func(m string, amount int64) target.Goal {
		return target.Goal{ID: m, Metric: m, Owner: "co", Period: period("2026-Q1"), Target: kpi.Int(amount)}
	}
	p := plan.Plan{ID: "2026", Metrics: []kpi.Metric{revenue, {ID: "leads"}, {ID: "per_lead", Additivity: kpi.RatioOfSums}},
		Goals: []target.Goal{goal("won_value", 6000), goal("leads", 120), goal("per_lead", 50)}}
	c := plan.Closing{Owner: "co"}
	c.AsOf, c.Actuals = day("2026-03-31"), []kpi.Figure{figure("won_value", "co", "2026-Q1", kpi.Int(4000)), figure("leads", "co", "2026-Q1", kpi.Int(100)), figure("per_lead", "co", "2026-Q1", kpi.Int(40))}
	e, err := p.Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(e.Findings, func(f plan.Found) bool { return f.Finding.Code == "driver_behind" })
	// Leads −20 × 45 = −900, value per lead −10 × 110 = −1,100.
	if b := e.Goals[2].ByDriver; b == nil || b.Gap != kpi.Int(-2000) || i < 0 || e.Findings[i].Finding.Args["driver"] != "per_lead" || e.Findings[i].Evidence[1].Value != kpi.Int(40) {
		t.Errorf("%+v", e.Findings)
	}
	if len(e.Suggestions) != 0 {
		t.Errorf("without a playbook: %v", e.Suggestions)
	}

	// The same without goals for the drivers: they are handed in. Where one of
	// them is not, there is no bridge.
	p.Goals = p.Goals[:1]
	c.Actuals = c.Actuals[:1]
	c.Drivers = []plan.Driver{{Metric: "leads", Owner: "co", Period: period("2026-Q1"), Due: kpi.Int(120), Actual: kpi.Int(100)},
		{Metric: "per_lead", Owner: "co", Period: period("2026-Q1"), Due: kpi.Int(50), Actual: kpi.Int(40)}}
	e = evaluated(t, p, c)
	b := e.Goals[0].ByDriver
	if b == nil || b.Gap != kpi.Int(-2000) || b.Parts[0].Amount != kpi.Int(-900) || b.Parts[1].Amount != kpi.Int(-1100) {
		t.Errorf("%+v", b)
	}
	foundBy(t, e, "driver_behind", "co")
	c.Drivers = c.Drivers[:1]
	if b := evaluated(t, p, c).Goals[0].ByDriver; b != nil {
		t.Errorf("by half of it: %+v", b)
	}
}

func TestConditions(t *testing.T) {
	limit := func(l plan.Limit) plan.Condition { return plan.Condition{Metric: &l} }
	below := limit(plan.Limit{Metric: "rate", Below: kpi.Frac(8, 10), OfUsual: true})
	found := plan.Condition{Finding: "goal_missed"}
	for _, c := range []struct {
		why  string
		when plan.Condition
		want bool
	}{
		{"a fifth below usual", below, true},
		{"not a third below", limit(plan.Limit{Metric: "rate", Below: kpi.Frac(2, 3), OfUsual: true}), false},
		{"on the bound is not beyond it", limit(plan.Limit{Metric: "rate", Below: kpi.Frac(21, 100)}), false},
		{"above a number", limit(plan.Limit{Metric: "rate", Above: kpi.Frac(2, 10)}), true},
		{"outside a band", limit(plan.Limit{Metric: "rate", Below: kpi.Frac(1, 10), Above: kpi.Frac(2, 10)}), true},
		{"inside a band", limit(plan.Limit{Metric: "rate", Below: kpi.Frac(1, 10), Above: kpi.Frac(3, 10)}), false},
		{"what is not known lies beyond nothing", limit(plan.Limit{Metric: "calls", Below: kpi.Int(10)}), false},
		{"nor what has no usual value", limit(plan.Limit{Metric: "size", Below: kpi.Int(10), OfUsual: true}), false},
		{"a finding", found, true},
		{"another finding", plan.Condition{Finding: "goal_met"}, false},
		{"both", plan.Condition{All: []plan.Condition{below, found}}, true},
		{"one of two", plan.Condition{Any: []plan.Condition{{Finding: "goal_met"}, below}}, true},
		{"none", plan.Condition{Any: []plan.Condition{{Finding: "goal_met"}}}, false},
		{"not", plan.Condition{Not: &found}, false},
		{"not another", plan.Condition{Not: &plan.Condition{Finding: "goal_met"}}, true},
	} {
		book := plan.Playbook{ID: "p", Rules: []plan.Rule{{ID: "r", When: c.when, Do: plan.Template{Name: "do"}}}}
		got, err := book.Suggest(plan.Diagnosis{Owner: "team", Findings: []check.Finding{{Code: "goal_missed", Subject: "ann"}},
			Metrics:   []kpi.Figure{figure("rate", "ann", "2026-Q1", kpi.Frac(21, 100)), figure("size", "ann", "2026-Q1", kpi.Int(1))},
			UsualEach: []kpi.Figure{figure("rate", "team", "2026-Q1", kpi.Frac(30, 100))}})
		held := slices.ContainsFunc(got, func(s plan.Suggestion) bool { return s.Owner == "ann" })
		if err != nil || held != c.want {
			t.Errorf("%s: %t, %v", c.why, held, err)
		}
	}
}

func TestPlaybookProblems(t *testing.T) {
	bad := plan.Playbook{Rules: []plan.Rule{
		{ID: "a", Do: plan.Template{Kind: 99, Lever: action.Leads, Confidence: plan.Measured}},
		{ID: "a", When: plan.Condition{Finding: "x", Metric: &plan.Limit{}}, Do: plan.Template{Name: "n", Lever: action.Leads, Effect: kpi.Int(-1), LeadDays: -1}},
	}}
	want := []string{"id missing_id", "rules[0].when not_one_condition", "rules[0].do.name missing_name", "rules[0].do.kind unknown_word", "rules[0].do.source missing_source",
		"rules[0].do.effect lever_and_effect", "rules[1].id duplicate_id", "rules[1].when not_one_condition", "rules[1].when.metric.metric missing_metric", "rules[1].when.metric missing_bound",
		"rules[1].do.effect not_a_change", "rules[1].do.lead_days below_zero"}
	if diff := cmp.Diff(want, paths(bad.Validate())); diff != "" {
		t.Error(diff)
	}
	deep := plan.Condition{Finding: "x"}
	for range 70 {
		inner := deep
		deep = plan.Condition{Not: &inner}
	}
	if err := (plan.Playbook{ID: "p", Rules: []plan.Rule{{ID: "r", When: deep, Do: plan.Template{Name: "n"}}}}).Validate(); !errors.Is(err, check.ErrRange) {
		t.Errorf("too deep: %v", err)
	}
	if _, err := plan.DefaultPlaybook().Suggest(plan.Diagnosis{Metrics: []kpi.Figure{figure("a", "b", "2026-Q1", kpi.Int(1)), figure("a", "b", "2026-Q1", kpi.Int(1)), figure("a", "c", "2026-Q2", kpi.Int(1))}}); !slices.Equal(paths(err),
		[]string{"diagnosis.owner missing_owner", "diagnosis.metrics[1] figure_twice", "diagnosis.metrics[2].period other_period"}) {
		t.Errorf("%v", err)
	}
}

// The default playbook is valid, is held as a file, and names only standard
// metrics and codes that somebody gives.
func TestDefaultPlaybook(t *testing.T) {
	book := plan.DefaultPlaybook()
	golden(t, "playbook-1.json", indented(t, book))
	text, _ := json.Marshal(book)
	var back plan.Playbook
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(book, back); diff != "" {
		t.Error(diff)
	}
	catalog, err := kpi.Standard("USD", 2)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[plan.Measure]bool{}
	var look func(rule string, c plan.Condition)
	look = func(rule string, c plan.Condition) {
		if c.Metric != nil {
			if _, known := catalog.Lookup(c.Metric.Metric); !known {
				t.Errorf("%s: no standard metric %s", rule, c.Metric.Metric)
			}
		}
		if known := slices.ContainsFunc(plan.Findings(), func(x check.Template) bool { return x.Code == c.Finding }); c.Finding != "" && !known {
			t.Errorf("%s: nobody finds %s", rule, c.Finding)
		}
		for _, part := range slices.Concat(c.All, c.Any) {
			look(rule, part)
		}
	}
	for _, r := range book.Rules {
		look(r.ID, r.When)
		kinds[r.Do.Kind] = true
		if r.Do.NameZH == "" || r.Do.Confidence != plan.Assumed {
			t.Errorf("%s: %+v", r.ID, r.Do)
		}
	}
	for _, kind := range []plan.Measure{plan.Training, plan.Coaching, plan.Pricing, plan.Process, plan.Incentives, plan.Coverage} {
		if !kinds[kind] {
			t.Errorf("nothing about %v", kind)
		}
	}
}

func TestSuggestInAnyOrder(t *testing.T) {
	d := plan.Diagnosis{Owner: "team", Findings: []check.Finding{{Code: "goal_missed", Subject: "ann", Args: map[string]string{"goal": "a"}}, {Code: "goal_missed", Subject: "ann", Args: map[string]string{"goal": "b"}},
		{Code: "few_met", Subject: "q1"}, {Code: "over_capacity", Subject: "bo"}},
		Metrics:   []kpi.Figure{figure("win_rate", "ann", "2026-Q1", kpi.Frac(1, 10)), figure("activities", "ann", "2026-Q1", kpi.Int(9)), figure("sales_cycle", "bo", "2026-Q1", kpi.Int(90)), figure("win_rate", "bo", "2026-Q1", kpi.Frac(1, 10))},
		Usual:     []kpi.Figure{figure("win_rate", "bo", "2026-Q1", kpi.Frac(1, 10)), figure("activities", "team", "2026-Q1", kpi.Int(90))},
		UsualEach: []kpi.Figure{figure("win_rate", "team", "2026-Q1", kpi.Frac(3, 10)), figure("activities", "team", "2026-Q1", kpi.Int(9)), figure("sales_cycle", "team", "2026-Q1", kpi.Int(60))}}
	want, err := plan.DefaultPlaybook().Suggest(d)
	if err != nil || len(want) != 4 {
		t.Fatalf("%+v, %v", want, err)
	}
	rapid.Check(t, func(t *rapid.T) {
		shuffled := d
		shuffled.Findings = rapid.Permutation(d.Findings).Draw(t, "findings")
		shuffled.Metrics = rapid.Permutation(d.Metrics).Draw(t, "metrics")
		shuffled.Usual = rapid.Permutation(d.Usual).Draw(t, "usual")
		shuffled.UsualEach = rapid.Permutation(d.UsualEach).Draw(t, "usual of each")
		got, err := plan.DefaultPlaybook().Suggest(shuffled)
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
	})
}

// What was found becomes a suggestion, and a suggestion an action with an
// owner, a day and a promise.
func ExamplePlaybook_Suggest() {
	q1 := calendar.Calendar{}.MustParse("2026-Q1")
	rate := func(owner string, hundredths int64) kpi.Figure {
		return kpi.Figure{Metric: "win_rate", Owner: owner, Period: q1, Value: kpi.Frac(hundredths, 100)}
	}
	calls := func(owner string, n int64) kpi.Figure {
		return kpi.Figure{Metric: "activities", Owner: owner, Period: q1, Value: kpi.Int(n)}
	}
	suggestions, err := plan.DefaultPlaybook().Suggest(plan.Diagnosis{Owner: "team",
		Metrics:   []kpi.Figure{rate("ann", 31), calls("ann", 60), rate("bo", 19), calls("bo", 118)},
		UsualEach: []kpi.Figure{rate("team", 30), calls("team", 100)}})
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range suggestions {
		fmt.Println(s.Owner, "-", s.Do.Kind, "-", s.Do.Name, "-", s.Do.Lever, s.Do.Effect, s.Do.Confidence)
		for _, b := range s.Because {
			fmt.Println("   ", b.Metric, b.Value, "usually", b.Usual)
		}
	}
	training, strategy := suggestions[1].Plan(plan.Assignment{ID: "closing", Goal: "q2", Kind: action.CustomerRelationship,
		Start: calendar.MustDay("2026-04-07"), Due: calendar.MustDay("2026-04-30"), Accountable: "mo", Responsible: []string{"bo"}})
	fmt.Println(training.Owner(), "by", training.Due, "then", strategy.Effects[0].Lever, strategy.Effects[0].Change, "from", strategy.Start)
	// Output:
	// ann - coaching - Weekly look at calls and meetings - leads 0.1 assumed
	//     activities 60 usually 100
	// bo - training - Train discovery and closing - conversion 0.1 assumed
	//     win_rate 0.19 usually 0.3
	//     activities 118 usually 100
	// mo by 2026-04-30 then conversion 0.1 from 2026-05-01
}

func ExamplePlan_Evaluate() {
	p := team(90000)
	c := plan.Closing{Owner: "team", Playbook: plan.DefaultPlaybook()}
	c.AsOf, c.Known = day("2026-03-31"), p.Goals[0].Period
	c.Actuals = []kpi.Figure{won("ann", "2026-01", 25000), won("ann", "2026-02", 36000), won("bo", "2026-02", 12000)}
	c.Metrics = []kpi.Figure{figure("discount_rate", "bo", "2026-Q1", kpi.Frac(18, 100))}
	c.UsualEach = []kpi.Figure{figure("discount_rate", "team", "2026-Q1", kpi.Frac(10, 100))}
	e, err := p.Evaluate(c)
	if err != nil {
		log.Fatal(err)
	}
	for _, f := range e.Findings {
		fmt.Println(plan.Findings().Text(f.Finding, "en"))
	}
	fmt.Println("by seller:", strings.Join([]string{e.Goals[0].ByOwner.Parts[0].ID, e.Goals[0].ByOwner.Parts[0].Amount.String()}, " "))
	for _, s := range e.Suggestions {
		fmt.Println(s.Owner, s.Do.Name)
	}
	// Output:
	// bo missed the target of Revenue 2026-Q1: 12,000.00 USD against 30,000.00 USD, off by 18,000.00 USD.
	// team missed the target of Revenue 2026-Q1: 73,000.00 USD against 90,000.00 USD, off by 17,000.00 USD.
	// ann reached the target of Revenue 2026-Q1: 61,000.00 USD of 60,000.00 USD.
	// by seller: bo -18000
	// bo Limit discounts and have them approved
}

// Six years of quarters, and the quarter just closed.
func ExamplePlan_Propose() {
	p := team(90000)
	p.Preparation.History = plan.History{Grain: calendar.Quarterly}
	for year := 2020; year < 2026; year++ {
		for q := 1; q <= 4; q++ {
			p.Preparation.History.Figures = append(p.Preparation.History.Figures, figure("won_value", "team",
				fmt.Sprintf("%d-Q%d", year, q), kpi.Int(int64(60000+4000*(year-2020)+1000*q+700*(year*q%3)))))
		}
	}
	proposal, err := p.Propose("q1", period("2026-Q2"), []kpi.Figure{won("team", "2026-Q1", 87000)}, target.Odds{}, kpi.Int(1000))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(proposal.Base, proposal.Target, proposal.Stretch)
	// Output:
	// 85000 86000 87000
}

// On what the proposal rests: the second quarter of 2025 brought 60,000 + 5 ×
// 4,000 + 2 × 1,000 = 82,000; of 25 quarters 21 have one a year before.
func ExamplePlan_Outlook() {
	p := team(90000)
	p.Preparation.History = plan.History{Grain: calendar.Quarterly, Known: period("2020-01-01/2026-01-01")}
	for year := 2020; year < 2026; year++ {
		for q := 1; q <= 4; q++ {
			p.Preparation.History.Figures = append(p.Preparation.History.Figures, figure("won_value", "team",
				fmt.Sprintf("%d-Q%d", year, q), kpi.Int(int64(60000+4000*(year-2020)+1000*q+700*(year*q%3)))))
		}
	}
	outlook, err := p.Outlook("q1", period("2026-Q2"), []kpi.Figure{won("team", "2026-Q1", 87000)})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(outlook.Base, outlook.Pairs)
	// Output: 82000 21
}
