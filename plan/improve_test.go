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

// suggested gives owner and rule of each suggestion.
func suggested(all []plan.Suggestion) []string {
	list := []string{}
	for _, s := range all {
		list = append(list, s.Owner+" "+s.Rule)
	}
	return list
}

// s03 missed 90 of its 100 and s00 made 198: the twelve have 1,208 of 1,200,
// and only one of them has something to be told.
func TestFindingsStayWithTheirOwner(t *testing.T) {
	c := plan.Closing{Owner: "team", Playbook: visits()}
	c.AsOf, c.Known = day("2026-03-31"), period("2026")
	for i := range 12 {
		amount := map[int]int64{0: 198, 3: 10}[i]
		if amount == 0 {
			amount = 100
		}
		c.Actuals = append(c.Actuals, won(fmt.Sprintf("s%02d", i), "2026-Q1", amount))
	}
	e := evaluated(t, twelve(t), c)
	if e.Goals[0].Tracking.Actual != kpi.Int(1208) || e.Goals[0].Tracking.Status != target.Met {
		t.Fatalf("%+v", e.Goals[0].Tracking)
	}
	same(t, "suggested", suggested(e.Suggestions), []string{"s03 visit"})

	// Without a plan the diagnosis says who the owners are.
	missed := check.Finding{Code: "goal_missed", Subject: "s03"}
	for _, c := range []struct {
		why    string
		owners []string
		want   string
	}{
		{"an owner", []string{"s03", "s04"}, "s03 visit"},
		{"something that is no owner", []string{"s04"}, "team visit"},
	} {
		got, err := visits().Suggest(plan.Diagnosis{Owner: "team", Owners: c.owners, Findings: []check.Finding{missed}})
		must(t, err)
		same(t, c.why, suggested(got), []string{c.want})
	}
	// Of an owner of whom nothing is known nothing is said, not even by a rule
	// for what was not found.
	not := visits()
	not.Rules[0].When = plan.Condition{Not: &plan.Condition{Finding: "goal_met"}}
	got, err := not.Suggest(plan.Diagnosis{Owner: "team", Owners: []string{"s03", "s04"}, Findings: []check.Finding{missed}})
	must(t, err)
	same(t, "not met", suggested(got), []string{"s03 visit", "team visit"})
	_, err = not.Suggest(plan.Diagnosis{Owner: "team", Owners: []string{"a", "", "a"}})
	same(t, "problems", paths(err), []string{"diagnosis.owners[1] missing_id", "diagnosis.owners[2] duplicate_id"})
}

func visits() plan.Playbook {
	return plan.Playbook{ID: "p", Rules: []plan.Rule{{ID: "visit", When: plan.Condition{Finding: "goal_missed"}, Do: plan.Template{Name: "Visit"}}}}
}

// Twelve sellers made 1,200 activities, 100 each. ann has 100: as usual. bo
// has 79, under 80 % of it. The team has 1,179 of 1,200.
func TestUsualOfTheWhole(t *testing.T) {
	calls := func(owner string, n int64) kpi.Figure { return figure("activities", owner, "2026-Q1", kpi.Int(n)) }
	d := plan.Diagnosis{Owner: "team", Metrics: []kpi.Figure{calls("ann", 100), calls("bo", 79), calls("team", 1179)}, Usual: []kpi.Figure{calls("team", 1200)}}
	for _, c := range []struct {
		why  string
		own  []kpi.Figure
		each []kpi.Figure
		want []string
	}{
		{"what is usual for the team is nothing to a seller", nil, nil, []string{}},
		{"for each of them 100 are, and not for the team", nil, []kpi.Figure{calls("team", 100)}, []string{"bo activity"}},
		{"but for bo 90, which are more than for others", []kpi.Figure{calls("bo", 90)}, []kpi.Figure{calls("team", 100)}, []string{}},
	} {
		d := d
		d.Usual, d.UsualEach = append(slices.Clone(d.Usual), c.own...), c.each
		got, err := plan.DefaultPlaybook().Suggest(d)
		must(t, err)
		same(t, c.why, suggested(got), c.want)
	}
	d.UsualEach = []kpi.Figure{calls("ann", 100), calls("ann", 100)}
	same(t, "problems", paths(d.Validate()), []string{"usual_each[1] figure_twice", "usual_each[0].owner not_of_the_whole", "usual_each[1].owner not_of_the_whole"})
}

// ann missed complaints, which larger deals do not mend; bo missed revenue.
// Both call and win as usual.
func TestFindingsOfMetrics(t *testing.T) {
	usual := func(owner string) []kpi.Figure {
		return []kpi.Figure{figure("activities", owner, "2026-Q1", kpi.Int(100)), figure("win_rate", owner, "2026-Q1", kpi.Frac(3, 10))}
	}
	missed := func(owner, metric string) check.Finding {
		return check.Finding{Code: "goal_missed", Subject: owner, Args: check.Args("metric", metric)}
	}
	d := plan.Diagnosis{Owner: "team", Metrics: slices.Concat(usual("ann"), usual("bo"), usual("cy")), UsualEach: usual("team"),
		Findings: []check.Finding{missed("ann", "complaints"), missed("bo", "revenue"), {Code: "goal_missed", Subject: "cy"}}}
	got, err := plan.DefaultPlaybook().Suggest(d)
	must(t, err)
	same(t, "suggested", suggested(got), []string{"bo missed_alone"})

	book := plan.Playbook{ID: "p", Rules: []plan.Rule{{ID: "a", When: plan.Condition{Finding: "goal_missed", Of: []string{"nps", "complaints"}}, Do: plan.Template{Name: "Listen"}}}}
	got, err = book.Suggest(d)
	must(t, err)
	same(t, "of two metrics", suggested(got), []string{"ann a"})
	book.Rules[0].When = plan.Condition{Metric: &plan.Limit{Metric: "nps", Below: kpi.Int(0)}, Of: []string{"nps", ""}}
	same(t, "problems", paths(book.Validate()), []string{"rules[0].when.of of_no_finding", "rules[0].when.of[1] missing_metric"})

	// The plan's own findings name the metric of their goal.
	p := quarter(t)
	p.Goals = append(p.Goals, target.Goal{ID: "fewer", Metric: "complaints", Owner: "team", Period: period("2026-Q1"), Target: kpi.Int(10)})
	p.Metrics = append(p.Metrics, kpi.Metric{ID: "complaints", Direction: kpi.LowerIsBetter})
	c := plan.Closing{Owner: "team", Playbook: book}
	c.AsOf, c.Actuals = day("2026-03-31"), []kpi.Figure{won("ann", "2026-01", 90000), won("bo", "2026-01", 30000), figure("complaints", "team", "2026-Q1", kpi.Int(14))}
	c.Playbook.Rules[0].When = plan.Condition{Finding: "goal_missed", Of: []string{"complaints"}}
	same(t, "suggested", suggested(evaluated(t, p, c).Suggestions), []string{"team a"})
	c.Playbook.Rules[0].When.Of[0] = "won_value"
	same(t, "suggested", suggested(evaluated(t, p, c).Suggestions), []string{})
}

// What the default playbook takes for money sold is money of the standard
// catalog, better when higher.
func TestDefaultPlaybookAsksForMoney(t *testing.T) {
	catalog, err := kpi.Standard("USD", 2)
	must(t, err)
	book := plan.DefaultPlaybook()
	i := slices.IndexFunc(book.Rules, func(r plan.Rule) bool { return r.ID == "missed_alone" })
	of := book.Rules[i].When.All[0].Of
	for _, id := range of {
		if m, known := catalog.Lookup(id); !known || m.Unit != kpi.Money("USD", 2) || m.Direction != kpi.HigherIsBetter {
			t.Errorf("%s: %+v", id, m)
		}
	}
	for _, id := range []string{"won_value", "bookings", "revenue"} {
		if !slices.Contains(of, id) {
			t.Errorf("%s is not among %v", id, of)
		}
	}
}

// One training for three sellers, and a campaign for the team. What has another
// effect by now is another thing.
func TestTogether(t *testing.T) {
	teach := plan.Template{Kind: plan.Training, Name: "Train", Lever: action.Conversion, Effect: kpi.Frac(1, 10)}
	learned := teach
	learned.Effect, learned.Confidence, learned.Source = kpi.Frac(1, 20), plan.Measured, "2025"
	clean := plan.Template{Kind: plan.Process, Name: "Clean"}
	all := plan.Together([]plan.Suggestion{{Owner: "cy", Rule: "win_rate", Do: teach}, {Owner: "ann", Rule: "stale", Do: clean}, {Owner: "ann", Rule: "win_rate", Do: teach},
		{Owner: "bo", Rule: "win_rate", Do: learned}, {Owner: "cy", Rule: "win_rate", Do: teach}, {Owner: "bo", Rule: "win_rate", Do: teach}})
	var got []string
	for _, j := range all {
		got = append(got, fmt.Sprint(j.Rule, " ", j.Do.Confidence, " ", j.Owners))
	}
	same(t, "together", got, []string{"win_rate assumed [cy ann bo]", "stale assumed [ann]", "win_rate measured [bo]"})

	a := plan.Assignment{ID: "train", Goal: "q2", Kind: action.CustomerRelationship, Start: day("2026-04-01"), Due: day("2026-04-17"), Accountable: "mo"}
	act, strategy := all[0].Plan(a)
	do := action.Plan{ID: "improve", Period: period("2026-Q2"), Unit: kpi.Money("USD", 2), People: []action.Person{{ID: "mo"}, {ID: "ann"}, {ID: "bo"}, {ID: "cy"}},
		Actions: []action.Action{act}, Strategies: []action.Strategy{*strategy}}
	must(t, do.Validate())
	same(t, "roles", act.Roles, []action.Role{{Person: "mo", Part: action.Accountable}, {Person: "cy", Part: action.Responsible}, {Person: "ann", Part: action.Responsible}, {Person: "bo", Part: action.Responsible}})
	same(t, "effect", strategy.Effects, []action.Effect{{Lever: action.Conversion, Change: kpi.Frac(1, 10), Evidence: "rule win_rate, assumed"}})
	a.Responsible = []string{"zoe"}
	if act, strategy := all[1].Plan(a); strategy != nil || act.Roles[1].Person != "zoe" || len(act.Roles) != 2 {
		t.Errorf("%+v, %+v", act, strategy)
	}
	if none := plan.Together(nil); none == nil || len(none) != 0 {
		t.Errorf("%v", none)
	}
}

// Three sellers who do not win as usual go to one training.
func ExampleTogether() {
	rate := func(owner string, hundredths int64) kpi.Figure {
		return figure("win_rate", owner, "2026-Q1", kpi.Frac(hundredths, 100))
	}
	low := plan.Condition{Metric: &plan.Limit{Metric: "win_rate", Below: kpi.Frac(4, 5), OfUsual: true}}
	book := plan.Playbook{ID: "ours", Rules: []plan.Rule{{ID: "closing", When: low, Do: plan.Template{Kind: plan.Training, Name: "Train closing"}}}}
	suggestions, err := book.Suggest(plan.Diagnosis{Owner: "team", Metrics: []kpi.Figure{rate("ann", 19), rate("bo", 31), rate("cy", 20), rate("di", 12)}, UsualEach: []kpi.Figure{rate("team", 30)}})
	if err != nil {
		log.Fatal(err)
	}
	for _, joint := range plan.Together(suggestions) {
		training, _ := joint.Plan(plan.Assignment{ID: joint.Rule, Start: day("2026-04-07"), Due: day("2026-04-30"), Accountable: "mo"})
		fmt.Println(training.Name, "for", joint.Owners, "by", training.Owner())
	}
	// Output: Train closing for [ann cy di] by mo
}

// Of several findings of one code the first by its arguments is named, whatever
// the order in which they came: by the first name at which they differ, and one
// without it before one with it.
func TestFirstFindingInAnyOrder(t *testing.T) {
	var all []check.Finding
	for _, args := range []map[string]string{nil, {"b": "1"}, {"a": ""}, {"a": "1"}, {"a": "1", "b": "0"}, {"a": "1", "b": "0", "c": "9"}, {"a": "10"}, {"a": "2"}} {
		all = append(all, check.Finding{Code: "goal_missed", Subject: "ann", Args: args})
	}
	rapid.Check(t, func(r *rapid.T) {
		from := rapid.IntRange(0, len(all)-1).Draw(r, "from")
		d := plan.Diagnosis{Owner: "team", Owners: []string{"ann"}, Findings: rapid.Permutation(all[from:]).Draw(r, "findings")}
		got, err := visits().Suggest(d)
		if err != nil || len(got) != 1 {
			r.Fatal(got, err)
		}
		if diff := cmp.Diff(all[from], *got[0].Because[0].Finding); diff != "" {
			r.Error(diff)
		}
	})
}
