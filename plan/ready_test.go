package plan_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// Worked by hand: 2024-Q1 to 2025-Q2 without 2024-Q3; pairs are Q1 and Q2; the
// last quarter grew from 40 to 50.
func TestHistoryIsPrepared(t *testing.T) {
	p := quarter(t)
	p.Preparation.History = plan.History{Grain: calendar.Quarterly, Figures: []kpi.Figure{
		won("team", "2025-Q2", 50), won("team", "2024-Q1", 30), won("team", "2024-Q2", 40), won("team", "2024-Q4", 45), won("team", "2025-Q1", 33), won("ann", "2025-Q2", 7)}}
	r, err := p.Prepare(day("2026-01-01"))
	if err != nil || len(r.History) != 2 {
		t.Fatalf("%+v, %v", r.History, err)
	}
	ann, team := r.History[0], r.History[1]
	if team.N != 5 || team.Pairs != 2 || team.Growth != kpi.Frac(1, 4) || team.Latest != kpi.Int(50) || !slices.Equal(team.Missing, []calendar.Period{period("2024-Q3")}) || team.First != period("2024-Q1") {
		t.Errorf("%+v", team)
	}
	if ann.Owner != "ann" || ann.Growth.Reason() != kpi.NoData || ann.Pairs != 0 || len(ann.Missing) != 0 || ann.Missing == nil {
		t.Errorf("%+v", ann)
	}
	if want := []string{"The history of team in Won value lacks 2024-Q3 (1 in all)."}; !slices.Equal(sentences(r.Findings, "en"), want) {
		t.Errorf("%q", sentences(r.Findings, "en"))
	}
	if warnings, err := p.Ready(); err != nil || !slices.Contains(codes(warnings), "history_gaps") {
		t.Errorf("somebody answers for it: %v, %v", codes(warnings), err)
	}
	p.Preparation.History.Figures[0].Period = period("2025-05")
	if _, err := p.Ready(); !slices.Equal(paths(err), []string{"preparation.history.figures[0].period off_boundary"}) {
		t.Errorf("%q", paths(err))
	}
}

// What stands behind a score stands beside it; by importance alone the number
// of those who rated it counts.
func TestNeedsCarryTheirEvidence(t *testing.T) {
	p := quarter(t)
	p.Preparation = prepared()
	r, err := p.Prepare(day("2026-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	if top := r.Needs[0]; top.Need != "recycled" || top.Importance != kpi.Int(9) || top.Satisfaction != kpi.Int(4) || !slices.Equal(top.Evidence, []string{"interview-3", "survey-25"}) || top.N != 55 {
		t.Errorf("%+v", top)
	}
	if r.Segments[0].Segment != "green" || r.Segments[0].Size != kpi.Int(300000) {
		t.Errorf("%+v", r.Segments[0])
	}
	p.Preparation.Ranking = plan.ByImportance
	r, err = p.Prepare(day("2026-01-01"))
	if err != nil || r.Needs[0].N != 60 || r.Needs[1].Need != "price" || r.Needs[3].Evidence == nil {
		t.Errorf("%+v, %v", r.Needs, err)
	}
}

// An assessment is of a target and a period; with another target it has to be
// made again, or somebody answers for it.
func TestAssessmentsGrowOld(t *testing.T) {
	p := assessed(t)
	before, err := p.Ready()
	if err != nil || slices.Contains(codes(before), "assessment_outdated") {
		t.Fatalf("%v, %v", codes(before), err)
	}
	if warnings, err := raised(t, p).Ready(); err != nil || !slices.Contains(codes(warnings), "assessment_outdated") {
		t.Errorf("%v, %v", codes(warnings), err)
	}
}

// 80,000 + 15 % are 92,000, once, on the day of the commitment.
func TestGrowthIsResolvedOnce(t *testing.T) {
	g := target.Goal{ID: "g", Metric: "won_value", Owner: "co", Period: period("2026-Q1"), Baseline: kpi.Int(80000), Growth: target.Growth{Over: "the first quarter of 2025", Rate: kpi.Frac(15, 100)}}
	p := plan.Plan{ID: "2026", Metrics: []kpi.Metric{metric()}, Goals: []target.Goal{g}}
	resolved, err := p.Resolve(day("2025-12-15"))
	if err != nil || resolved.Goals[0].Target != kpi.Int(92000) || p.Goals[0].Target.Defined() {
		t.Fatalf("%+v, %v", resolved.Goals, err)
	}
	if again, err := resolved.Resolve(day("2026-01-01")); err != nil || again.Goals[0] != resolved.Goals[0] {
		t.Errorf("%+v, %v", again.Goals, err)
	}
	if _, err := resolved.Ready(); err != nil {
		t.Error(err)
	}
	p.Goals[0].Target = kpi.Int(90000)
	if _, err := p.Ready(); !slices.Equal(paths(err), []string{"goals[0].growth.resolved not_resolved"}) {
		t.Errorf("a target beside a growth: %q", paths(err))
	}
	if _, err := p.Resolve(day("2025-12-15")); len(paths(err)) == 0 {
		t.Error("a target beside a growth was resolved")
	}
	p.Goals[0].Target, p.Goals[0].Baseline = kpi.Value{}, kpi.Int(0)
	if _, err := p.Resolve(day("2025-12-15")); !slices.ContainsFunc(paths(err), func(s string) bool { return s == "goals[0].baseline base_not_positive" }) {
		t.Errorf("growth on nothing: %q", paths(err))
	}
}

// Nobody answers for a warning after the plan was decided.
func TestSignedBeforeItIsDecided(t *testing.T) {
	p := quarter(t)
	warnings, _ := p.Ready()
	_, err := draft(t, p).Commit(by("2025-12-20", ""), plan.SignAll(by("2025-12-21", ""), warnings)...)
	if !slices.Equal(paths(err), []string{"accepted[0].day signed_after_the_decision"}) {
		t.Errorf("%q", paths(err))
	}
}
