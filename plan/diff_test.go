package plan_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// anyPlan draws a valid plan with some of everything that a diff looks at.
func anyPlan(t *rapid.T, name string) plan.Plan {
	draw := func(of string, most int) int { return rapid.IntRange(0, most).Draw(t, name+" "+of) }
	p := plan.Plan{ID: "2026", Name: fmt.Sprint("v", draw("name", 1)), Metrics: []kpi.Metric{metric(),
		{ID: "share", Unit: kpi.Share(1), Additivity: kpi.RatioOfSums}}}
	if draw("objective", 1) == 1 {
		p.Objectives = []plan.Objective{{ID: "grow", Name: "Grow"}, {ID: "wide", Name: fmt.Sprint("Broader ", draw("words", 1)), Parent: "grow"}}
	}
	for i := range draw("goals", 3) {
		g := target.Goal{ID: fmt.Sprint("q", i), Metric: "won_value", Owner: fmt.Sprint("team", i), Period: period("2026-Q1"), Target: kpi.Int(int64(1000 * (1 + draw("target", 3))))}
		p.Goals = append(p.Goals, g)
		switch draw("grain", 3) {
		case 0:
			p.Breakdowns = append(p.Breakdowns, split(t, g, "month", 1+draw("people", 2)))
		case 1:
			p.Breakdowns = append(p.Breakdowns, split(t, g, "quarter", 2))
		}
		if b := len(p.Breakdowns) - 1; b >= 0 && draw("commits", 1) == 1 && p.Breakdowns[b].Goal() == g {
			p.Commitments = append(p.Commitments, plan.Commitments{Goal: g.ID, Commitments: []target.Commitment{
				{Owner: g.Owner, Period: g.Period, Amount: kpi.Int(int64(draw("commitment", 2))), Day: day("2025-12-01"), Author: "ann"}}})
		}
	}
	if draw("share", 1) == 1 {
		g := target.Goal{ID: "s", Metric: "share", Owner: "co", Period: period("2026-Q1"), Target: kpi.Frac(int64(1+draw("percent", 3)), 10)}
		s, err := target.StateFlat(g, p.Metrics[1], target.Split{Grain: 3, Owners: target.Node{ID: "co"}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		p.Goals, p.Stated = append(p.Goals, g), []*target.Stated{s}
	}
	return p
}

func split(t rapid.TB, g target.Goal, grain string, people int) *target.Breakdown {
	s := target.Split{Owners: target.Node{ID: g.Owner}}
	if err := s.Grain.UnmarshalText([]byte(grain)); err != nil {
		t.Fatal(err)
	}
	for i := range people {
		s.Owners.Children = append(s.Owners.Children, target.Node{ID: fmt.Sprint(g.Owner, "-", i), Weight: kpi.Int(int64(i + 1))})
	}
	b, err := target.BreakDown(g, metric(), s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestDiffLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyPlan(t, "a"), anyPlan(t, "b")
		d, err := plan.DiffOf(a, b)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		var read plan.Diff
		if err := json.Unmarshal(text, &read); err != nil {
			t.Fatal(err)
		}
		for why, diff := range map[string]plan.Diff{"made": d, "read": read} {
			got, err := a.Apply(diff)
			if err != nil {
				t.Fatalf("%s: %v", why, err)
			}
			if diff := cmp.Diff(b.Sorted(), got); diff != "" {
				t.Fatalf("%s: %s", why, diff)
			}
		}
		if self, err := plan.DiffOf(a, a.Sorted()); err != nil || !self.Empty() {
			t.Fatalf("a plan differs from itself: %v, %v", self, err)
		}
		// A diff does not fit a plan that it is not of.
		if _, err := b.Apply(d); err == nil && !d.Empty() {
			t.Fatal("applied twice")
		}
	})
}

// Worked by hand: bo's March + 6,000, and so the team's March.
func TestDiffGoesDownToCells(t *testing.T) {
	d, err := plan.DiffOf(quarter(t), raised(t, quarter(t)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, c := range d.Cells[0].Diff.Changes {
		got = append(got, fmt.Sprint(c.Owner, " ", c.Period.Start(), " ", c.From, " ", c.To))
	}
	if want := []string{"bo 2026-03-01 10000 16000", "team 2026-03-01 30000 36000"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if len(d.Goals.Changed) != 1 || d.Goals.Changed[0].To.Target != kpi.Int(96000) {
		t.Errorf("goals: %+v", d.Goals)
	}
	moved := quarter(t)
	moved.Name = "another"
	d.Settings = &plan.Pair[plan.Settings]{From: plan.Settings{ID: "x"}, To: plan.Settings{ID: "2026"}}
	d.Objectives.Removed = []plan.Objective{{ID: "none", Name: "None"}}
	d.Metrics.Added = []kpi.Metric{metric()}
	_, err = moved.Apply(d)
	if want := []string{"settings.from not_the_same", "metrics.added[0] there_already", "objectives.removed[0] not_there"}; !slices.Equal(paths(err), want) {
		t.Errorf("%v, want %v", paths(err), want)
	}
}
