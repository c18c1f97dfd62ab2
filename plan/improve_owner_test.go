package plan_test

import (
	"fmt"
	"log"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

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
