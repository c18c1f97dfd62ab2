package target_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

func TestLint(t *testing.T) {
	b, err := target.BreakDown(goalOf("all", "2026", "1200"), money(0), target.Split{
		Grain:   calendar.HalfYearly,
		Phasing: target.Phasing{By: target.ByWeights, Weights: ints(1, 2)},
		Owners: target.Node{ID: "all", Children: []target.Node{
			{ID: "amy", Weight: kpi.Int(2)}, // 800: 267 and 533
			{ID: "bo", Weight: kpi.Int(1), Phasing: &target.Phasing{By: target.ByWeights, Weights: ints(3, 1)}}, // 400: 300 and 100
		}}})
	if err != nil {
		t.Fatal(err)
	}
	facts := target.Facts{
		Sellers:  []string{"bo", "zoe", "zoe"},
		Capacity: target.Weights{"amy": kpi.Int(700), "bo": kpi.Int(400)},
		Actuals: []kpi.Figure{
			figure("amy", "2025", "500"), figure("amy", "2024", "900"), // 800 is 1.6 × 500 and below 900
			figure("bo", "2025", "390"), figure("bo", "2024", "100"), // 400 is above both
		},
		Targets: []kpi.Figure{figure("bo", "2025", "380"), figure("bo", "2024", "1"), figure("amy", "2025", "600")}, // bo: 20 of 10 above
	}
	found, err := b.Lint(facts, target.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	// 567 and 633 in all are no cliff; amy doubles and bo falls to a third
	sentences(t, found, "cliff amy", "over_capacity amy", "far_above_history amy", "cliff bo", "above_own_best bo", "ratchet bo",
		"target_without_owner amy", "owner_without_target zoe")
	if share := found[5].Args["share"]; share != "200.0 %" {
		t.Error(share)
	}
	if found, err = b.Lint(target.Facts{}, target.Limits{Cliff: kpi.Int(2)}); err != nil || len(found) != 0 {
		t.Error(found, err)
	}
	if _, err := b.Lint(target.Facts{Work: weekdays(t, "2026-H1")}, target.Limits{}); !slices.Equal(problems(err), []string{"work.period outside_covers"}) {
		t.Error(problems(err))
	}
}

// What cannot be compared is an error, nothing is divided by a last actual of
// zero, own selling counts as selling, and losses are not held against what
// somebody can do.
func TestLintFacts(t *testing.T) {
	b, err := target.BreakDown(goalOf("all", "2026", "1000"), money(0), cushioned())
	if err != nil {
		t.Fatal(err)
	}
	undefined := figure("amy", "2027", "")
	other := figure("amy", "2027", "5")
	other.Metric = "won_count"
	_, err = b.Lint(target.Facts{
		Actuals: []kpi.Figure{figure("amy", "2026", "1"), figure("amy", "2025-Q4", "1"), figure("amy", "2025", "1"), undefined, other, {Metric: "won_value", Owner: "amy", Value: kpi.Int(1)}},
		Targets: []kpi.Figure{figure("amy", "2027", "1")},
	}, target.Limits{Cliff: kpi.Int(-1)})
	want := []string{"limits.cliff negative_limit", "actuals[0].period not_earlier", "actuals[1].period other_grain", "actuals[5].period missing_period", "targets[0].period not_earlier"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	facts := target.Facts{Sellers: []string{"amy", "bo", "cy"}, Actuals: []kpi.Figure{figure("amy", "2025", "0")}}
	found, err := b.Lint(facts, target.Limits{Compounded: kpi.Int(1)})
	if err != nil {
		t.Fatal(err)
	}
	sentences(t, found, "far_above_history amy", "above_own_best amy", "target_without_owner west")
	if found[0].Args["growth"] != "–" || found[2].Args["target"] != "110 USD" {
		t.Error("there is no growth over zero, and 110 are own selling:", found)
	}
	losses := money(0)
	losses.Direction = kpi.LowerIsBetter
	if b, err = target.BreakDown(goalOf("all", "2026", "1000"), losses, cushioned()); err != nil {
		t.Fatal(err)
	}
	facts.Capacity = target.Weights{"amy": kpi.Int(1)}
	if found, err = b.Lint(facts, target.Limits{Compounded: kpi.Int(1)}); err != nil {
		t.Fatal(err)
	}
	sentences(t, found, "target_without_owner west")
}

// A phasing of the whole company is a cliff once, at the top.
func TestLintCliffOnce(t *testing.T) {
	s := two()
	s.Phasing = target.Phasing{By: target.ByWeights, Weights: ints(1, 3)}
	b, err := target.BreakDown(goalOf("all", "2026", "800"), money(0), s)
	if err != nil {
		t.Fatal(err)
	}
	found, err := b.Lint(target.Facts{}, target.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	sentences(t, found, "cliff all")
}

// A ramp, a leaver and a vacancy are steps that somebody meant: only the
// phasing could be a cliff, and it is even. Of 600 a month amy has three quarters.
func TestLintCliffIsNoRamp(t *testing.T) {
	s := two()
	s.Grain = calendar.Monthly
	b, err := target.BreakDown(goalOf("all", "2026-Q1", "1800"), money(0), s)
	if err != nil {
		t.Fatal(err)
	}
	left, _ := calendar.NewPeriod(day("2026-01-01"), day("2026-02-01"))
	b, err = b.Prorate(calendar.WorkCalendar{}, target.Presence{Owner: "amy", Ramp: rampUp("2026-02-01")}, target.Presence{Owner: "bo", Active: []calendar.Period{left}})
	if err != nil || cells(b, "amy") != "0 112 225" || cells(b, "bo") != "150 0 0" {
		t.Fatal(cells(b, "amy"), cells(b, "bo"), err)
	}
	found, err := b.Lint(target.Facts{}, target.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	sentences(t, found, "uncovered_plan all")
	if _, err := b.Lint(target.Facts{Capacity: target.Weights{"amy": kpi.Int(-1)}}, target.Limits{}); !slices.Equal(problems(err), []string{"capacity.amy negative_number"}) {
		t.Errorf("%q", problems(err))
	}
}

func TestLintFigures(t *testing.T) {
	found := target.LintFigures(calendar.Calendar{}, calendar.Monthly, []kpi.Figure{
		figure("bo", "2026-02", "10"), figure("amy", "2026-01", "10"), figure("amy", "2026-Q1", "30"), figure("bo", "2026-02", "12"),
		figure("amy", "2026-03", "5"), figure("cy", "2026-01-02/2026-02-01", "7"), figure("cy", "2026-02", "7"),
	})
	sentences(t, found, "targets_overlap amy", "targets_overlap amy", "target_twice bo", "period_off_boundary cy")
	if found[2].Args["first"] != "10" || len(target.LintFigures(calendar.Calendar{}, calendar.Monthly, nil)) != 0 {
		t.Error(found[2])
	}
}

// What stands twice is said to, also below a longer period that it overlaps:
// one finding for the pair, one for the overlap.
func TestLintFiguresTwiceBelowLonger(t *testing.T) {
	found := target.LintFigures(calendar.Calendar{}, calendar.Monthly, []kpi.Figure{
		figure("amy", "2026", "100"), figure("amy", "2026-02", "12"), figure("amy", "2026-02", "10"), figure("amy", "2026-03", "5"),
		figure("bo", "2026-02", "10"), // another owner's February is no overlap
	})
	sentences(t, found, "targets_overlap amy", "target_twice amy", "targets_overlap amy")
	if found[1].Args["first"] != "10" || found[1].Args["second"] != "12" || found[2].Args["with"] != "2026-03" {
		t.Error(found)
	}
}

func TestWeeks(t *testing.T) {
	b, err := target.BreakDown(goalOf("all", "2026-Q1", "6400"), money(0), target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "all", Children: []target.Node{
		{ID: "amy"}, {ID: "bo"},
	}}, Phasing: target.Phasing{By: target.ByWeights, Weights: ints(22, 20, 22)}})
	if err != nil {
		t.Fatal(err)
	}
	weeks, err := b.Weeks("amy", period("2026-Q1"), weekdays(t, "2026"))
	if err != nil {
		t.Fatal(err)
	}
	// 3,200 by 64 working days are 50 a day. 1 January is a Thursday, 31 March a Tuesday.
	if len(weeks) != 14 || weeks[0].Period != through("2026-01-01", "2026-01-04") || weeks[0].Value != kpi.Int(100) || weeks[13].Value != kpi.Int(100) {
		t.Error(weeks)
	}
	for _, w := range weeks[1:13] { // with the two weeks across months
		if w.Value != kpi.Int(250) || w.Period.Days() != 7 {
			t.Error(w)
		}
	}
	plain, err := b.Weeks("all", period("2026-02"), calendar.WorkCalendar{})
	if err != nil || len(plain) != 5 || sum(plain[0].Value, plain[1].Value, plain[2].Value, plain[3].Value, plain[4].Value) != kpi.Int(2000) {
		t.Error(plain, err)
	}
	if _, err := b.Weeks("zoe", period("2027"), calendar.WorkCalendar{}); !slices.Equal(problems(err), []string{"owner unknown_owner", "period outside_the_goal"}) {
		t.Error(err)
	}
	if _, err := b.Weeks("amy", period("2026-Q1"), weekdays(t, "2025")); len(problems(err)) == 0 {
		t.Error("2026 is not covered")
	}
}

func TestGrowth(t *testing.T) {
	goal := goalOf("all", "2026", "0")
	goal.Target, goal.Baseline = kpi.Value{}, kpi.MustParse("1000.10")
	goal.Growth = target.Growth{Over: "won in 2025", Rate: kpi.Frac(15, 100)}
	if got := problems(goal.Validate()); !slices.Equal(got, []string{"target missing_target"}) {
		t.Error("it is resolved first:", got)
	}
	resolved, err := goal.Resolve(money(2), day("2026-01-10"))
	if err != nil || resolved.Target != kpi.MustParse("1150.12") { // 1150.115, half to even
		t.Error(resolved.Target, err)
	}
	if resolved.Growth.Resolved != day("2026-01-10") || resolved.Validate() != nil {
		t.Error(resolved)
	}
	if _, err := resolved.Resolve(money(2), day("2026-02-10")); !slices.Equal(problems(err), []string{"growth.resolved already_resolved"}) {
		t.Error(err)
	}
	goal.Baseline = kpi.Int(0)
	if _, err := goal.Resolve(money(2), calendar.Day(0)); !slices.Equal(problems(err), []string{"baseline base_not_positive", "growth.resolved missing_day"}) {
		t.Error(err)
	}
	if _, err := goalOf("all", "2026", "1").Resolve(money(2), day("2026-01-10")); !slices.Equal(problems(err), []string{"growth missing_growth"}) {
		t.Error(err)
	}
	half := goalOf("all", "2026", "1")
	half.Growth.Resolved = day("2026-01-10")
	if got := problems(half.Validate()); !slices.Equal(got, []string{"growth.over missing_name", "growth.rate missing_amount", "baseline missing_amount"}) {
		t.Error(got)
	}
}
