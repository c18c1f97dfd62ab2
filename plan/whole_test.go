package plan_test

import (
	"encoding/json"
	"slices"
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

// whole is a plan with everything in it.
func whole(t *testing.T) plan.Plan {
	t.Helper()
	p := assessed(t)
	s := satisfaction(t)
	history := p.Preparation.History
	p.Preparation = prepared()
	p.Preparation.History = history
	p.Metrics, p.Goals, p.Stated = s.Metrics, s.Goals, s.Stated
	p.Name = "2026, first quarter"
	p.Objectives = []plan.Objective{{ID: "grow", Name: "Grow", Owner: "ceo"}, {ID: "keep", Name: "Keep customers", Parent: "grow"}}
	p.Commitments = []plan.Commitments{{Goal: "q1", Acceptance: target.Acceptance{Below: kpi.Frac(1, 10)}, Commitments: []target.Commitment{
		{Owner: "ann", Period: period("2026-Q1"), Amount: kpi.Int(58000), Day: day("2025-12-01"), Author: "ann"}}}}
	p.Cadences = []plan.Cadence{{ID: "week", Every: calendar.Weekly, On: 1, Owners: []string{"team"}, Leads: "mo"}}
	do := doing()
	p.Actions = &do
	p.Thresholds = target.DefaultThresholds()
	return p
}

// The whole plan and its document go through JSON and come back equal.
func TestWholePlanThroughJSON(t *testing.T) {
	p := whole(t)
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var back plan.Plan
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if d, err := plan.DiffOf(p, back); err != nil || !d.Empty() {
		t.Errorf("differs: %+v, %v", d, err)
	}
	again, err := json.Marshal(back)
	if err != nil || string(again) != string(text) {
		t.Errorf("%s comes back as %s, %v", text, again, err)
	}
	d := committed(t, p)
	text, err = json.Marshal(d)
	var document plan.Document
	if err != nil || json.Unmarshal(text, &document) != nil {
		t.Fatal(err)
	}
	if again, err := json.Marshal(document); err != nil || string(again) != string(text) {
		t.Errorf("the document: %v", err)
	}
	// Estimates have ten digits in JSON, so the whole is compared as it is stored.
	if diff := cmp.Diff(indented(t, p.Sorted()), indented(t, document.Plan())); diff != "" {
		t.Error(diff)
	}
}

// A permuted whole plan is committed to the same document.
func TestPermutedPlanIsTheSameDocument(t *testing.T) {
	p := whole(t)
	want := indented(t, committed(t, p))
	rapid.Check(t, func(r *rapid.T) {
		shuffled := p
		shuffled.Metrics = rapid.Permutation(p.Metrics).Draw(r, "metrics")
		shuffled.Goals = rapid.Permutation(p.Goals).Draw(r, "goals")
		shuffled.Objectives = rapid.Permutation(p.Objectives).Draw(r, "objectives")
		shuffled.Preparation.Segments = rapid.Permutation(p.Preparation.Segments).Draw(r, "segments")
		shuffled.Preparation.Needs = rapid.Permutation(p.Preparation.Needs).Draw(r, "needs")
		shuffled.Preparation.History.Figures = rapid.Permutation(p.Preparation.History.Figures).Draw(r, "history")
		do := *p.Actions
		do.Strategies, do.People = rapid.Permutation(do.Strategies).Draw(r, "strategies"), rapid.Permutation(do.People).Draw(r, "people")
		shuffled.Actions = &do
		if got := indented(t, committed(r, shuffled)); string(got) != string(want) {
			r.Fatal(cmp.Diff(string(want), string(got)))
		}
	})
}

// A plan with every kind of mistake returns them all, with their paths.
func TestEveryMistakeAtOnce(t *testing.T) {
	good := quarter(t)
	stated := satisfaction(t).Stated[0]
	p := plan.Plan{
		Metrics:     []kpi.Metric{metric(), {ID: "Bad"}},
		Objectives:  []plan.Objective{{ID: "a", Parent: "b"}, {ID: "b", Name: "B", Parent: "a"}, {ID: "b", Name: "B", Parent: "z"}},
		Goals:       []target.Goal{{ID: "g", Metric: "visits", Owner: "ann", Period: period("2026-Q1"), Target: kpi.Int(1), Objective: "none"}},
		Assessments: []target.Assessment{{Goal: "g"}, {Goal: "g"}, {Goal: "h"}},
		Breakdowns:  []*target.Breakdown{good.Breakdowns[0], nil},
		Stated:      []*target.Stated{stated, nil},
		Commitments: []plan.Commitments{{Goal: "g"}, {Goal: "h"}},
		Cadences:    []plan.Cadence{{ID: "w", Every: calendar.Weekly}, {ID: "w", Every: calendar.Weekly, On: 1}},
		Preparation: plan.Preparation{Teams: []plan.Team{{Owner: "ann", Metric: "visits", Period: period("2026"), Capacity: target.Capacity{People: kpi.Int(1), Productivity: kpi.Int(1), WorkDays: kpi.Int(1)}}}},
		Actions:     &action.Plan{ID: "do", Period: period("2026"), Unit: kpi.Money("USD", 2), Strategies: []action.Strategy{{ID: "s", Kind: action.Pricing, Goal: "nowhere", Start: day("2026-01-01"), Effects: []action.Effect{{Lever: action.DealSize, Change: kpi.Frac(1, 10)}}}}},
		Owners:      target.Node{ID: "x", Children: []target.Node{{ID: "x"}}},
		Curve:       9,
		Thresholds:  target.Thresholds{OnTrack: kpi.Int(90)},
	}
	got := paths(p.Validate())
	for _, want := range []string{
		"id missing_id", "metrics[1].id", "objectives[0].name missing_name", "objectives[0].parent objective_of_itself", "objectives[2].id duplicate_objective", "objectives[2].parent unknown_objective",
		"goals[0].metric unknown_metric", "goals[0].objective unknown_objective", "assessments[1].goal duplicate_assessment", "assessments[2].goal unknown_goal",
		"breakdowns[0].goal.id unknown_goal", "breakdowns[1] missing_breakdown", "stated[0].goal.id unknown_goal", "stated[1] missing_stated_goal",
		"commitments[0].goal not_broken_down", "commitments[1].goal unknown_goal", "cadences[0].on missing_day", "cadences[1].id duplicate_id",
		"preparation.teams[0].metric unknown_metric", "actions.strategies[0].goal unknown_goal", "owners.children[0].id", "curve unknown_word", "thresholds.on_track not_a_pace",
	} {
		if !slices.ContainsFunc(got, func(s string) bool { return s == want || len(s) > len(want) && s[:len(want)] == want }) {
			t.Errorf("%s is not among\n%v", want, got)
		}
	}
	_, err := p.Review(plan.Input{})
	if all := paths(err); len(all) != len(got)+1 || all[len(all)-1] != "input.as_of missing_day" || all[0] != "plan.id missing_id" {
		t.Errorf("a review reports %d, the plan %d", len(all), len(got))
	}
}

// What reads JSON never panics, and what it reads it writes again.
func FuzzDocumentJSON(f *testing.F) {
	q := quarter(f)
	d, err := plan.Draft(q)
	if err != nil {
		f.Fatal(err)
	}
	for _, v := range []any{d, committed(f, q), active(f, q), plan.DefaultPlaybook(), minutes()} {
		text, err := json.Marshal(v)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		readBack(t, data, &plan.Document{}, &plan.Document{})
		readBack(t, data, &plan.Playbook{}, &plan.Playbook{})
		readBack(t, data, &plan.Minutes{}, &plan.Minutes{})
		readBack(t, data, &plan.Diff{}, &plan.Diff{})
	})
}

func readBack(t *testing.T, data []byte, v, back any) {
	t.Helper()
	if err := json.Unmarshal(data, v); err != nil {
		check.All(err)
		return
	}
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, back); err != nil && string(data) != "null" {
		t.Fatalf("%s: %v", text, err)
	}
	again, err := json.Marshal(back)
	if err != nil || string(again) != string(text) {
		t.Fatalf("%s comes back as %s, %v", text, again, err)
	}
}
