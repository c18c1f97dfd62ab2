package plan_test

import (
	"encoding/json"
	"fmt"
	"log"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

func prepared() plan.Preparation {
	return plan.Preparation{
		Segments: []plan.Segment{
			{ID: "retail", Metric: "won_value", Owner: "team", Period: period("2026-Q1"), Size: kpi.Int(400000), SizeBefore: kpi.Int(500000),
				Ours: kpi.Int(80000), OursBefore: kpi.Int(75000), Reachable: kpi.Frac(1, 4), Source: "trade association, October"},
			{ID: "green", Metric: "won_value", Owner: "team", Period: period("2026-Q1"), Size: kpi.Int(300000), SizeBefore: kpi.Int(200000),
				Ours: kpi.Int(15000), OursBefore: kpi.Int(20000)},
			{ID: "old", Metric: "won_value", Owner: "team", Period: period("2026-Q1"), Size: kpi.Int(10000), Ours: kpi.Int(6000), Reachable: kpi.Frac(1, 2)},
		},
		Needs: []plan.Need{
			{ID: "price", Importance: kpi.Int(7), Satisfaction: kpi.Int(8), Important: 120, Satisfied: 118, Evidence: []string{"survey-25"}},
			{ID: "recycled", Segment: "green", Importance: kpi.Int(9), Satisfaction: kpi.Int(4), Important: 60, Satisfied: 55, Evidence: []string{"survey-25", "interview-3"}},
			{ID: "app", Importance: kpi.Int(5), Satisfaction: kpi.Int(3), Important: 12, Satisfied: 9},
			{ID: "advice", Importance: kpi.Int(6), Important: 40, Evidence: []string{"interview-9"}},
		},
		Teams: []plan.Team{{Owner: "bo", Metric: "won_value", Period: period("2026-Q1"), Capacity: target.Capacity{
			People: kpi.Int(1), Ramp: kpi.Frac(1, 2), Productivity: kpi.Int(800), WorkDays: kpi.Int(63)}}},
		Assumptions: []plan.Assumption{
			{ID: "hire", Text: "bo is productive by February", Owner: "mo", Made: day("2025-12-01"), Review: day("2026-02-01"), Goals: []string{"q1"}},
			{ID: "rates", Text: "the dollar stays", Owner: "cfo", Made: day("2025-12-01"), Review: day("2026-01-15"), State: plan.Fails},
		},
	}
}

// Worked by hand: retail 400,000 / 4 − 80,000 = 20,000; green 285,000; old
// 5,000 − 6,000 = −1,000. Recycled 9 + (9 − 4) = 14; price 7 + 0; app 5 + 2,
// equal to price. Bo: 1 × 0.5 × 800 × 63 = 25,200 of 30,000.
func TestPrepare(t *testing.T) {
	p := quarter(t)
	p.Preparation = prepared()
	r, err := p.Prepare(day("2026-02-01"))
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		segment              string
		growth, share, spare kpi.Value
		bridged              bool
	}{
		{"green", kpi.Frac(1, 2), kpi.Frac(1, 20), kpi.Int(285000), true},
		{"retail", kpi.Frac(-1, 5), kpi.Frac(1, 5), kpi.Int(20000), true},
		{"old", kpi.Value{}, kpi.Frac(3, 5), kpi.Int(-1000), false},
	} {
		got := r.Segments[i]
		if got.Segment != want.segment || got.Growth != want.growth || got.Share != want.share || got.Headroom != want.spare || (got.Bridge != nil) != want.bridged {
			t.Errorf("%+v, want %+v", got, want)
		}
	}
	// Retail: the market took (400,000 − 500,000) × 15 % = −15,000, share gave
	// 400,000 × (20 % − 15 %) = 20,000.
	market, _ := r.Segments[1].Bridge.Part("market")
	share, _ := r.Segments[1].Bridge.Part("share")
	if market.Amount != kpi.Int(-15000) || share.Amount != kpi.Int(20000) {
		t.Errorf("market %v, share %v", market.Amount, share.Amount)
	}
	var needs []string
	for _, n := range r.Needs {
		needs = append(needs, fmt.Sprint(n.Rank, " ", n.Need, " ", n.Score, " ", n.N))
	}
	if want := []string{"1 recycled 14 55", "2 app 7 9", "2 price 7 118", "0 advice undefined: no_data 0"}; !slices.Equal(needs, want) {
		t.Errorf("%q, want %q", needs, want)
	}
	if v := r.Teams[0]; v.Capacity != kpi.Int(25200) || v.Target != kpi.Int(30000) || v.Load != kpi.Frac(25, 21) {
		t.Errorf("bo: %+v", v)
	}
	if !r.Assumptions[1].Overdue || r.Assumptions[0].Overdue || r.Assumptions[0].Assumption.ID != "rates" {
		t.Errorf("assumptions: %+v", r.Assumptions)
	}
	want := []string{"above_reachable", "need_unproven", "need_without_evidence", "need_unproven", "capacity_short", "assumption_fails", "assumption_overdue"}
	if !slices.Equal(codes(r.Findings), want) {
		t.Errorf("%v, want %v", codes(r.Findings), want)
	}
	if before, err := p.Prepare(day("2026-01-31")); err != nil || slices.Contains(codes(before.Findings), "assumption_overdue") {
		t.Errorf("the day before nothing is overdue: %v, %v", codes(before.Findings), err)
	}
	warnings, err := p.Ready()
	if err != nil || !slices.Contains(codes(warnings), "capacity_short") || slices.Contains(codes(warnings), "assumption_overdue") {
		t.Errorf("a commitment carries it: %v, %v", codes(warnings), err)
	}
	text, err := json.Marshal(p)
	var back plan.Plan
	if err != nil || json.Unmarshal(text, &back) != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, back); diff != "" {
		t.Error(diff)
	}
}

func TestPreparationProblems(t *testing.T) {
	p := quarter(t)
	p.Preparation = plan.Preparation{
		Scale:       kpi.Int(5),
		Segments:    []plan.Segment{{ID: "a", Metric: "visits", Size: kpi.Int(-1), Reachable: kpi.Int(20)}, {ID: "a", Metric: "won_value", Owner: "team", Period: period("2026")}},
		Needs:       []plan.Need{{ID: "n", Segment: "b", Importance: kpi.Int(6), Important: -1}, {ID: "m"}},
		Teams:       []plan.Team{{Capacity: target.Capacity{People: kpi.Int(-1), Productivity: kpi.Int(1), WorkDays: kpi.Int(1)}}},
		History:     plan.History{Figures: []kpi.Figure{{}}},
		Assumptions: []plan.Assumption{{ID: "x", Made: day("2026-02-01"), Review: day("2026-01-01"), Goals: []string{"q9"}, State: 7}},
	}
	want := []string{
		"preparation.segments[0].owner missing_owner", "preparation.segments[0].period missing_period", "preparation.segments[0].size below_zero", "preparation.segments[0].reachable not_a_share",
		"preparation.segments[1].id duplicate_id", "preparation.segments[1].size missing_size",
		"preparation.needs[0].segment unknown_segment", "preparation.needs[0].importance off_the_scale", "preparation.needs[0] below_zero", "preparation.needs[1].importance missing_importance",
		"preparation.teams[0].owner missing_owner", "preparation.teams[0].metric missing_metric", "preparation.teams[0].period missing_period", "preparation.teams[0].people negative_number",
		"preparation.history.figures[0].metric missing_id", "preparation.history.figures[0].owner missing_id", "preparation.history.figures[0].period missing_period", "preparation.history.grain missing_grain",
		"preparation.assumptions[0].text missing_text", "preparation.assumptions[0].owner missing_owner", "preparation.assumptions[0].review before_it_was_made", "preparation.assumptions[0].state unknown_word",
		"preparation.segments[0].metric unknown_metric", "preparation.assumptions[0].goals[0] unknown_goal",
	}
	if diff := cmp.Diff(want, paths(p.Validate())); diff != "" {
		t.Error(diff)
	}
}

// What was prepared becomes evidence: the market of the goal is the sum of its
// segments, 710,000, of which 90,000 are 12.7 %.
func TestAssessUsesWhatWasPrepared(t *testing.T) {
	p := quarter(t)
	p.Preparation = prepared()
	p.Preparation.History = plan.History{Grain: calendar.Quarterly}
	for year := 2019; year < 2026; year++ {
		for _, q := range []string{"Q1", "Q2", "Q3", "Q4"} {
			p.Preparation.History.Figures = append(p.Preparation.History.Figures, kpi.Figure{Metric: "won_value", Owner: "team",
				Period: period(fmt.Sprintf("%d-%s", year, q)), Value: kpi.Int(int64(60000 + 1000*year%7000))})
		}
	}
	got, err := p.Assess(nil)
	if err != nil {
		t.Fatal(err)
	}
	if a := got.Assessments[0]; a.MarketShare != kpi.Frac(9, 71) || a.Outlook.Pairs == 0 {
		t.Errorf("share %v, pairs %d", a.MarketShare, a.Outlook.Pairs)
	}
	if _, err := p.Assess(map[string]target.Evidence{"q9": {}}); !slices.Equal(paths(err), []string{"evidence.q9 unknown_goal"}) {
		t.Errorf("%v", err)
	}
}

func TestPrepareInAnyOrder(t *testing.T) {
	p := quarter(t)
	p.Preparation = prepared()
	want, err := p.Prepare(day("2026-02-01"))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		shuffled := p
		shuffled.Preparation.Segments = rapid.Permutation(p.Preparation.Segments).Draw(t, "segments")
		shuffled.Preparation.Needs = rapid.Permutation(p.Preparation.Needs).Draw(t, "needs")
		shuffled.Preparation.Assumptions = rapid.Permutation(p.Preparation.Assumptions).Draw(t, "assumptions")
		got, err := shuffled.Prepare(day("2026-02-01"))
		if diff := cmp.Diff(want, got); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
	})
}

// The article's customer who wanted green products: the need that is missed
// most, and where the market has room.
func ExamplePlan_Prepare() {
	p := team(90000)
	p.Preparation = plan.Preparation{
		Segments: []plan.Segment{{ID: "green", Metric: "won_value", Owner: "team", Period: p.Goals[0].Period,
			Size: kpi.Int(300000), SizeBefore: kpi.Int(200000), Ours: kpi.Int(15000), OursBefore: kpi.Int(20000), Reachable: kpi.Frac(1, 3)}},
		Needs: []plan.Need{
			{ID: "price", Importance: kpi.Int(7), Satisfaction: kpi.Int(8), Important: 120, Satisfied: 118, Evidence: []string{"survey-25"}},
			{ID: "recycled", Segment: "green", Importance: kpi.Int(9), Satisfaction: kpi.Int(4), Important: 60, Satisfied: 21, Evidence: []string{"survey-25"}},
		},
	}
	r, err := p.Prepare(calendar.MustDay("2026-01-01"))
	if err != nil {
		log.Fatal(err)
	}
	for _, n := range r.Needs {
		fmt.Println(n.Rank, n.Need, n.Score)
	}
	s := r.Segments[0]
	fmt.Println(s.Segment, "grows by", s.Growth, "and has room for", s.Headroom)
	for _, part := range s.Bridge.Parts {
		fmt.Println(part.ID, part.Amount)
	}
	fmt.Println(plan.Findings().Text(r.Findings[0], "en"))
	// Output:
	// 1 recycled 14
	// 2 price 7
	// green grows by 0.5 and has room for 85000
	// market 10000
	// share -15000
	// Ratings of the need recycled: only 21; under 30 its rank says little.
}
