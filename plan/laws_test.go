package plan_test

import (
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// Whatever was revised, a review of the document shows the targets that
// target.Versions gives: what is closed keeps the target it was closed with,
// and the original stands beside it.
func TestDocumentAgreesWithVersions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, at := active(t, quarter(t)), day("2026-01-02")
		for range rapid.IntRange(0, 4).Draw(t, "revisions") {
			at = at.Add(rapid.IntRange(0, 30).Draw(t, "days"))
			effective := at.Add(rapid.IntRange(-20, 40).Draw(t, "from"))
			next, err := d.Plan().Revised("q1", target.Revision{Effective: effective, Known: at, Edits: []target.Edit{{
				Owner:  rapid.SampledFrom([]string{"ann", "bo"}).Draw(t, "owner"),
				Period: period(rapid.SampledFrom([]string{"2026-01", "2026-02", "2026-03"}).Draw(t, "month")),
				Value:  kpi.Int(rapid.Int64Range(5000, 20000).Draw(t, "amount"))}}})
			if err != nil {
				continue // a closed month, or a goal outside its base and stretch
			}
			if revised, err := d.Revise(next, plan.Revision{Effective: effective, Signature: by(at.String(), "because")}); err == nil {
				d = revised
			}
		}
		asOf, known := day("2026-01-02").Add(rapid.IntRange(0, 100).Draw(t, "as of")), day("2026-01-02").Add(rapid.IntRange(0, 120).Draw(t, "known"))
		r, err := d.Review(plan.Input{AsOf: asOf, KnownAt: known, Known: period("2026"), Actuals: nil})
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range r.Goals[0].Owners {
			for _, p := range o.Periods {
				s := d.Targets("q1").Attainment(o.Owner, p.Period, p.Actual, asOf, known)
				if s.Prorated != p.Target || s.Original != p.Original {
					t.Fatalf("%s in %v: %v of first %v, versions say %v of %v", o.Owner, p.Period, p.Target, p.Original, s.Prorated, s.Original)
				}
			}
		}
	})
}

// Every finding of every result has its sentence in both languages, and keeps
// no placeholder.
func TestEverySentence(t *testing.T) {
	p, in := beside(t)
	p.Preparation = prepared()
	p.Objectives = []plan.Objective{{ID: "grow", Name: "Grow"}, {ID: "idle", Name: "Idle"}}
	p.Commitments = []plan.Commitments{{Goal: "q1", Commitments: []target.Commitment{{Owner: "team", Period: period("2026-Q1"), Amount: kpi.Int(1), Day: day("2025-12-01"), Author: "mo"}}}}
	warnings, err := p.Ready()
	if err != nil {
		t.Fatal(err)
	}
	ready, err := p.Prepare(day("2026-02-14"))
	if err != nil {
		t.Fatal(err)
	}
	found := append(warnings, ready.Findings...)
	found = append(found, review(t, p, in).Findings...)
	s, err := plan.Compare(quarter(t), p)
	if err != nil {
		t.Fatal(err)
	}
	found = append(found, s.Findings...)
	c := plan.Closing{Owner: "team"}
	c.AsOf, c.Known = day("2026-03-31"), period("2026")
	for i := range 12 {
		c.Actuals = append(c.Actuals, won("s"+string(rune('0'+i/10))+string(rune('0'+i%10)), "2026-Q1", int64(i%4)*30))
	}
	e, err := twelve(t).Evaluate(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range e.Findings {
		found = append(found, f.Finding)
	}
	seen := map[string]bool{}
	for _, f := range found {
		seen[f.Code] = true
		for _, lang := range []string{"en", "zh"} {
			if text := plan.Findings().Text(f, lang); strings.ContainsAny(text, "{}") || strings.HasPrefix(text, f.Code) {
				t.Errorf("%s in %s: %q", f.Code, lang, text)
			}
		}
	}
	for _, code := range []string{"not_assessed", "commitments_missing", "commitments_below", "objective_without_goal", "above_reachable", "need_unproven", "capacity_short", "assumption_overdue",
		"assumption_fails", "coverage_short", "action_holds_up", "assumption_differs", "few_met"} {
		if !seen[code] {
			t.Errorf("%s was not seen", code)
		}
	}
	codes := map[string]bool{}
	for _, template := range plan.Findings() {
		if codes[template.Code] {
			t.Errorf("%s stands twice", template.Code)
		}
		codes[template.Code] = true
	}
}
