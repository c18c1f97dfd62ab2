package plan_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/plan/incentive"
	"github.com/saleskpi/saleskpi/target"
)

// Where one rule meets another: each of these was once free to be otherwise
// without a test noticing.
func TestSeams(t *testing.T) {
	t.Run("an action of no strategy is no strategy", func(t *testing.T) {
		p, c := closed(t)
		p.Actions.Actions[2].Strategy = ""
		e := evaluated(t, p, c)
		for _, s := range e.Strategies {
			if s.Strategy == "" {
				t.Errorf("%+v", s)
			}
		}
		if len(e.Strategies) != 2 || e.Strategies[0].Progress.Planned != 0 {
			t.Errorf("%+v", e.Strategies)
		}
	})
	t.Run("a playbook without ID is none, with rules it is a mistake", func(t *testing.T) {
		p, c := closed(t)
		c.Playbook = plan.Playbook{Rules: plan.DefaultPlaybook().Rules}
		if _, err := p.Evaluate(c); !slices.Equal(paths(err), []string{"playbook.id missing_id"}) {
			t.Errorf("%v", err)
		}
		c.Playbook = plan.Playbook{ID: "empty"}
		if e, err := p.Evaluate(c); err != nil || e.Suggestions == nil || len(e.Suggestions) != 0 {
			t.Errorf("%v, %v", e.Suggestions, err)
		}
	})
	t.Run("pay that nobody can compare", func(t *testing.T) {
		p, c := closed(t)
		c.Statements = []incentive.Statement{paid("bo", kpi.Int(3000))} // who missed, and nobody who did not
		for _, f := range evaluated(t, p, c).Findings {
			if f.Finding.Code == "pay_not_following" {
				t.Errorf("%+v", f)
			}
		}
		c.Statements = append(c.Statements, paid("ann", kpi.Int(3000)))
		foundBy(t, evaluated(t, p, c), "pay_not_following", "team") // as much as who did not
	})
	t.Run("a period on the as-of day", func(t *testing.T) {
		status := func(asOf string) (all []string) {
			for _, row := range review(t, quarter(t), plan.Input{AsOf: day(asOf), Known: period("2026-Q1"), Actuals: actuals()[:1]}).Rows() {
				if row.Owner == "ann" && row.Kind == "period" {
					all = append(all, row.Status)
				}
			}
			return all
		}
		for asOf, want := range map[string][]string{
			"2026-01-30": {"running", "not_started", "not_started"}, "2026-01-31": {"over", "not_started", "not_started"},
			"2026-02-01": {"over", "running", "not_started"}, "2026-03-31": {"over", "over", "over"}} {
			if got := status(asOf); !slices.Equal(got, want) {
				t.Errorf("%s: %v, want %v", asOf, got, want)
			}
		}
	})
	t.Run("a decision and a revision of the same day", func(t *testing.T) {
		p := quarter(t)
		d, err := active(t, p).Revise(raised(t, p), plan.Revision{Effective: day("2026-03-01"), Signature: by("2026-02-20", "a hire")})
		if err != nil {
			t.Fatal(err)
		}
		outcome := func(decided, effective string) plan.Followed {
			m := plan.Minutes{Plan: "2026", Decisions: []plan.Decision{{ID: "d", Signature: by(decided, "x"), Revision: day(effective)}}}
			followed, err := m.Follow(d, nil)
			if err != nil {
				t.Fatal(err)
			}
			return followed[0]
		}
		if f := outcome("2026-02-20", "2026-03-01"); f.Outcome != plan.Done || f.Version != 2 {
			t.Errorf("signed on the day of the decision: %+v", f)
		}
		if f := outcome("2026-02-21", "2026-03-01"); f.Outcome != plan.Pending || f.Version != 0 {
			t.Errorf("signed before it was decided: %+v", f)
		}
		if f := outcome("2026-02-01", "2026-03-02"); f.Outcome != plan.Pending {
			t.Errorf("another day: %+v", f)
		}
	})
	t.Run("few and many", func(t *testing.T) {
		// Of twenty, 11 are 55 % and 14 are 70 %: neither few nor many.
		root := target.Node{ID: "team"}
		for i := range 20 {
			root.Children = append(root.Children, target.Node{ID: string(rune('a' + i))})
		}
		p := twelve(t)
		p.Goals[0].Target = kpi.Int(2000)
		b, err := target.BreakDown(p.Goals[0], metric(), target.Split{Grain: p.Breakdowns[0].Split().Grain, Owners: root})
		if err != nil {
			t.Fatal(err)
		}
		p.Breakdowns[0] = b
		for met, want := range map[int]string{10: "few_met", 11: "", 14: "", 15: "many_met"} {
			c := plan.Closing{Owner: "team"}
			c.AsOf, c.Known = day("2026-03-31"), period("2026")
			for i := range met {
				c.Actuals = append(c.Actuals, won(string(rune('a'+i)), "2026-Q1", 100))
			}
			got := ""
			for _, f := range evaluated(t, p, c).Findings {
				if f.Finding.Code == "few_met" || f.Finding.Code == "many_met" {
					got = f.Finding.Code
					if len(f.Evidence) != 20 || f.Evidence[0].Is != plan.IsAttainment || f.Evidence[0].Value != kpi.Int(1) || f.Evidence[19].Value != kpi.Int(0) {
						t.Errorf("%+v", f.Evidence)
					}
				}
			}
			if got != want {
				t.Errorf("%d of 20: %q, want %q", met, got, want)
			}
		}
	})
	t.Run("ten sellers are enough to judge targets by, nine are not", func(t *testing.T) {
		for _, n := range []int{9, 10} {
			root := target.Node{ID: "team"}
			for i := range n {
				root.Children = append(root.Children, target.Node{ID: string(rune('a' + i))})
			}
			p := twelve(t)
			b, err := target.BreakDown(p.Goals[0], metric(), target.Split{Grain: p.Breakdowns[0].Split().Grain, Owners: root})
			if err != nil {
				t.Fatal(err)
			}
			p.Breakdowns[0] = b
			c := plan.Closing{Owner: "team"}
			c.AsOf, c.Known = day("2026-03-31"), period("2026")
			said := slices.ContainsFunc(evaluated(t, p, c).Findings, func(f plan.Found) bool { return f.Finding.Code == "few_met" })
			if said != (n == 10) {
				t.Errorf("%d sellers, none at target: %t", n, said)
			}
		}
	})
	t.Run("what one lacks another has too much of", func(t *testing.T) {
		p, c := twelve(t), plan.Closing{Owner: "team"}
		c.AsOf, c.Known = day("2026-03-31"), period("2026")
		for i := range 12 {
			amount := map[int]int64{0: 10, 1: 190}[i]
			if amount == 0 {
				amount = 100
			}
			c.Actuals = append(c.Actuals, won([]string{"s00", "s01", "s02", "s03", "s04", "s05", "s06", "s07", "s08", "s09", "s10", "s11"}[i], "2026-Q1", amount))
		}
		for _, f := range evaluated(t, p, c).Findings {
			if f.Finding.Code == "gap_from_few" {
				t.Errorf("nothing is missing: %+v", f)
			}
		}
	})
	t.Run("before anything is over", func(t *testing.T) {
		p, c := closed(t)
		c.AsOf, c.Actuals = day("2025-06-30"), nil
		e := evaluated(t, p, c)
		if len(e.Goals) != 0 || !slices.Equal(e.Running, []string{"q1"}) {
			t.Errorf("%+v", e)
		}
		c.Beside.Execution = &action.Input{}
		if e = evaluated(t, p, c); e.Execution.Progress.ToCome != 3 {
			t.Errorf("%+v", e.Execution.Progress)
		}
	})
}
