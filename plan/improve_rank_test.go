package plan_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

// lever asks what would bring an owner, of whom leads × 0.25 × 40 = 10 a lead
// are expected in the second quarter, to a target. Conversion shows at once,
// leads after 30 days.
func lever(t testing.TB, goal, owner, target string) action.LeverQuestion {
	t.Helper()
	formula, err := kpi.ParseFormula("leads * conversion * deal_size")
	if err != nil {
		t.Fatal(err)
	}
	driver := func(id string, l action.Lever, v, best kpi.Value) action.LeverDriver {
		return action.LeverDriver{Driver: action.Driver{ID: id, Lever: l, Value: v}, Quarters: []kpi.Value{best}}
	}
	leads := kpi.Int(10)
	if owner == "team" {
		leads = kpi.Int(50)
	}
	return action.LeverQuestion{Goal: goal, Owner: owner, Period: period("2026-Q2"), AsOf: day("2026-03-31"), Target: kpi.MustParse(target), Actual: kpi.Int(0), Formula: formula,
		Levers:    []action.LeverDriver{driver("leads", action.Leads, leads, leads.Mul(kpi.Int(2))), driver("conversion", action.Conversion, kpi.Frac(1, 4), kpi.Frac(3, 10)), driver("deal_size", action.DealSize, kpi.Int(40), kpi.Int(50))},
		LeadTimes: []action.LeadTime{{Lever: action.Leads, Days: 30}, {Lever: action.Conversion}, {Lever: action.DealSize}}}
}

func rule(id string, l action.Lever, effect kpi.Value, days int) plan.Rule {
	return plan.Rule{ID: id, When: plan.Condition{Finding: "goal_missed"}, Do: plan.Template{Name: id, Lever: l, Effect: effect, LeadDays: days}}
}

// The second quarter has 91 days. Bo's 10 leads are worth 100: conversion
// +10 % after 45 days is 10 × 46/91, leads +20 % after 15 + 30 days 20 × 46/91.
func TestWorthOfSuggestions(t *testing.T) {
	book := plan.Playbook{ID: "p", Rules: []plan.Rule{rule("teach", action.Conversion, kpi.Frac(1, 10), 45), rule("campaign", action.Leads, kpi.Frac(1, 5), 15),
		rule("clean", action.NoLever, kpi.Value{}, 0), rule("care", action.Retention, kpi.Frac(1, 10), 0), rule("too late", action.Leads, kpi.Int(1), 61)}}
	d := plan.Diagnosis{Owner: "team", Findings: []check.Finding{{Code: "goal_missed", Subject: "ann"}, {Code: "goal_missed", Subject: "bo"}, {Code: "goal_missed", Subject: "team"}},
		Metrics: []kpi.Figure{figure("calls", "ann", "2026-Q1", kpi.Int(1)), figure("calls", "bo", "2026-Q1", kpi.Int(1))},
		Levers:  []action.LeverQuestion{lever(t, "q2", "bo", "110"), lever(t, "q2", "", "550"), lever(t, "q0", "bo", "120")}}
	d.Levers[1].Levers[0].Value = kpi.Int(50)
	all, err := book.Suggest(d)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]plan.Suggestion{}
	for _, s := range all {
		got[s.Owner+" "+s.Rule] = s
	}
	for _, want := range []struct {
		who, why    string
		goal        string
		worth, need kpi.Value
	}{
		{"bo teach", "of two goals the first by ID: 120 of 100, +20 % of conversion closes it and the cap is 20 %", "q0", kpi.Frac(460, 91), kpi.Frac(1, 5)},
		{"bo campaign", "from 16 May on: 46 of 91 days; leads that show after 30 days would have to rise by 20 × 91/61 = 29.836 %", "q0", kpi.Frac(920, 91), kpi.Minor(2984, 4)},
		{"bo clean", "moves no lever", "", kpi.Value{}, kpi.Value{}},
		{"bo care", "no formula has it", "", kpi.Value{}, kpi.Value{}},
		{"bo too late", "61 + 30 days are the whole quarter", "q0", kpi.Int(0), kpi.Minor(2984, 4)},
		{"team teach", "five times as many leads, against 550", "q2", kpi.Frac(2300, 91), kpi.Frac(1, 10)},
		{"ann teach", "nobody asked about ann: the team's worth is not hers", "", kpi.Value{}, kpi.Value{}},
	} {
		if s := got[want.who]; s.Goal != want.goal || s.Worth != want.worth || s.Needed != want.need {
			t.Errorf("%s: %q worth %v, needed %v, want %v and %v (%s)", want.who, s.Goal, s.Worth, s.Needed, want.worth, want.need, want.why)
		}
	}
	slices.SortFunc(all, plan.Suggestion.Compare)
	var order []string
	for _, s := range all[:4] {
		order = append(order, s.Owner+" "+s.Rule)
	}
	// 2 × 50 leads … 100 × 46/91, 25.3, 10.1, 5.1.
	if want := []string{"team campaign", "team teach", "bo campaign", "bo teach"}; !slices.Equal(order, want) {
		t.Errorf("%v", order)
	}
	d.Levers = append(d.Levers, d.Levers[0], action.LeverQuestion{})
	_, err = book.Suggest(d)
	if got := paths(err); !slices.Contains(got, "diagnosis.levers[3] goal_twice") || !slices.Contains(got, "diagnosis.levers[4].goal missing_goal") {
		t.Errorf("%v", got)
	}
}

func TestSuggestionsRanked(t *testing.T) {
	worth := func(owner, rule string, v kpi.Value, c plan.Confidence) plan.Suggestion {
		return plan.Suggestion{Owner: owner, Rule: rule, Worth: v, Do: plan.Template{Confidence: c}}
	}
	want := []plan.Suggestion{worth("a", "1", kpi.Int(9), plan.Assumed), worth("a", "2", kpi.Int(5), plan.Measured), worth("a", "0", kpi.Int(5), plan.Published),
		worth("a", "3", kpi.Int(5), plan.Assumed), worth("b", "0", kpi.Int(5), plan.Assumed), worth("b", "1", kpi.Int(5), plan.Assumed),
		worth("z", "0", kpi.Int(-1), plan.Measured), worth("a", "0", kpi.Undefined(kpi.NotApplicable), plan.Measured), worth("a", "9", kpi.Undefined(kpi.NotApplicable), plan.Assumed)}
	for i, a := range want {
		for k, b := range want {
			if got := a.Compare(b); got != cmpInts(i, k) {
				t.Errorf("%d against %d: %d", i, k, got)
			}
		}
	}
}

func cmpInts(i, k int) int {
	switch {
	case i < k:
		return -1
	case i > k:
		return 1
	}
	return 0
}

// twenty are ten sellers who had a course and ten who had not, with win rates
// that rose by about 0.05 of 0.25.
func twenty(rise int64) action.Case {
	c := action.Case{ID: "course", Promised: kpi.Frac(1, 10)}
	for i := range int64(10) {
		id := string(rune('a' + i))
		before := kpi.Frac(245+i, 1000)
		c.Units = append(c.Units, action.Unit{ID: id, Before: []kpi.Value{before}, After: []kpi.Value{before.Add(kpi.Frac(rise+i%3, 1000))}})
		c.Others = append(c.Others, action.Unit{ID: "other " + id, Before: []kpi.Value{before}, After: []kpi.Value{before.Add(kpi.Frac(i%3, 1000))}})
	}
	return c
}

func TestLearn(t *testing.T) {
	measured := func(c action.Case) action.Evaluation {
		all, err := action.Evaluate([]action.Case{c}, kpi.Confidence{})
		if err != nil {
			t.Fatal(err)
		}
		return all[0]
	}
	book := plan.DefaultPlaybook()
	before, _ := json.Marshal(book)
	learned, err := book.Learn("win_rate", measured(twenty(50)))
	if err != nil {
		t.Fatal(err)
	}
	// Both sides rise by 0, 1 or 2 thousandths; the course 50 more: 0.05 of
	// the mean of 0.2495, 20.04 %.
	do := learned.Rules[0].Do
	if do.Effect != kpi.Minor(2004, 4) || do.Confidence != plan.Measured || do.Source != "changed after course: 10 units, 10 without it" || do.Lever != action.Conversion {
		t.Errorf("%+v", do)
	}
	if err := learned.Validate(); err != nil {
		t.Error(err)
	}
	if after, _ := json.Marshal(book); string(after) != string(before) {
		t.Error("the playbook was changed")
	}
	learned.Rules[1].When.All[0].Finding, learned.Rules[2].When.Metric.Metric = "x", "x"
	if after, _ := json.Marshal(book); string(after) != string(before) {
		t.Error("the playbooks share conditions")
	}
	if diff := cmp.Diff(book.Rules[2:], learned.Rules[2:]); !strings.Contains(diff, `"x"`) || len(book.Rules) != len(learned.Rules) {
		t.Errorf("other rules changed: %s", diff)
	}
	falls, err := book.Learn("cycle", measured(twenty(-50)))
	if err != nil || falls.Rules[5].Do.Effect != kpi.Minor(-2004, 4) {
		t.Errorf("a cycle that got shorter: %v, %v", falls.Rules, err)
	}
	zero := measured(twenty(50))
	zero.Units.Before = kpi.Int(0)
	gone := measured(twenty(50))
	gone.Net = kpi.Int(-1)
	for _, c := range []struct {
		why, rule string
		e         action.Evaluation
		want      string
	}{
		{"no such rule", "luck", measured(twenty(50)), "rule unknown_rule"},
		{"a rule without lever", "stale", measured(twenty(50)), "rule moves_no_lever"},
		{"within chance", "win_rate", measured(twenty(0)), "evaluation.verdict not_beyond_chance"},
		{"nothing before", "win_rate", zero, "evaluation.net not_a_change"},
		{"more than all of it went", "win_rate", gone, "evaluation.net not_a_change"},
	} {
		if _, err := book.Learn(c.rule, c.e); !slices.Equal(paths(err), []string{c.want}) || !errors.Is(err, check.ErrInvalid) && !errors.Is(err, check.ErrUnknown) {
			t.Errorf("%s: %v", c.why, err)
		}
	}
}
