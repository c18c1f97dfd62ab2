package plan_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// discounts is the quarter with a discount of 5 to 15 % for the team.
func discounts(t rapid.TB) plan.Plan {
	p := quarter(t)
	p.Metrics = append(p.Metrics, kpi.Metric{ID: "discount_rate", Name: "Discount", Unit: kpi.Share(1), Direction: kpi.InBand, Additivity: kpi.RatioOfSums})
	p.Goals = append(p.Goals, target.Goal{ID: "discount", Metric: "discount_rate", Owner: "team", Period: period("2026-Q1"),
		Within: kpi.Band{Low: kpi.Frac(5, 100), High: kpi.Frac(15, 100)}})
	return p
}

func TestReviewOfABand(t *testing.T) {
	for _, c := range []struct {
		why        string
		actual     kpi.Value
		asOf       string
		attainment kpi.Value
		status     target.Status
		codes      []string
		text       string
	}{
		{"3 over an edge of 15", kpi.Frac(18, 100), "2026-02-14", kpi.Frac(4, 5), target.Behind, []string{"band_left"}, "team is outside the band of Discount 2026-Q1, 5.0 % to 15.0 %: 18.0 % so far."},
		{"1 over", kpi.Frac(16, 100), "2026-02-14", kpi.Frac(14, 15), target.AtRisk, []string{"band_left"}, "team is outside the band of Discount 2026-Q1, 5.0 % to 15.0 %: 16.0 % so far."},
		{"inside", kpi.Frac(12, 100), "2026-02-14", kpi.Int(1), target.OnTrack, []string{}, ""},
		{"kept", kpi.Frac(12, 100), "2026-03-31", kpi.Int(1), target.Met, []string{"band_kept"}, "team kept Discount 2026-Q1 between 5.0 % and 15.0 %: 12.0 %."},
		{"not kept", kpi.Frac(1, 100), "2026-03-31", kpi.Frac(1, 5), target.Missed, []string{"band_missed"}, "team did not keep Discount 2026-Q1 between 5.0 % and 15.0 %: 1.0 %."},
	} {
		in := plan.Input{AsOf: day(c.asOf), Known: period("2026-Q1"), Actuals: append(actuals(), figure("discount_rate", "team", "2026-Q1", c.actual))}
		r := review(t, discounts(t), in)
		goal, _ := r.Goal("discount")
		team := goal.Owners[0]
		if team.Tracking.Attainment != c.attainment || team.Periods[0].Attainment != c.attainment || team.Tracking.Status != c.status || !slices.Equal(codes(team.Findings), c.codes) {
			t.Errorf("%s: %v, %v, %v", c.why, team.Tracking.Attainment, team.Tracking.Status, codes(team.Findings))
		}
		if len(c.codes) > 0 && plan.Findings().Text(team.Findings[0], "en") != c.text {
			t.Errorf("%s: %s", c.why, plan.Findings().Text(team.Findings[0], "en"))
		}
		var back plan.Review
		if err := json.Unmarshal(indented(t, r), &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, back); diff != "" {
			t.Error(diff)
		}
		for _, row := range r.Rows() {
			if row.Goal == "discount" && (row.Target.Defined() || row.Attainment != c.attainment) {
				t.Errorf("%s: row %+v", c.why, row)
			}
		}
	}
}

func TestBandOfAPlan(t *testing.T) {
	p := discounts(t)
	var back plan.Plan
	if err := json.Unmarshal(indented(t, p), &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, back); diff != "" {
		t.Error(diff)
	}
	if _, err := p.Assess(nil); err != nil {
		t.Error(err)
	}
	if _, err := p.Ready(); err != nil {
		t.Error(err)
	}
	if d, err := plan.DiffOf(quarter(t), p); err != nil || len(d.Goals.Added) != 1 {
		t.Errorf("%+v, %v", d, err)
	}
	if _, err := plan.Compare(quarter(t), p); err != nil {
		t.Error(err)
	}
	p.Goals[1].Within = kpi.Band{}
	p.Goals[1].Target = kpi.Frac(1, 10)
	if got, want := paths(p.Validate()), []string{"goals[1].within missing_band"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	p.Metrics[1].Additivity = kpi.Additive
	if got, want := paths(p.Validate()), []string{"goals[1].metric no_direction"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// A band belongs to the team alone, but what is behind it is its people's.
func TestBehindABand(t *testing.T) {
	records := []kpi.Source{{ID: "r1", Metric: "discount_rate", Owner: "ann", Day: day("2026-01-20")}, {ID: "r2", Metric: "discount_rate", Owner: "bo", Day: day("2026-02-02")},
		{ID: "r3", Metric: "discount_rate", Owner: "bo", Day: day("2026-02-20")}, {ID: "r4", Metric: "discount_rate", Owner: "zoe", Day: day("2026-01-20")}}
	in := plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1")}
	page, err := discounts(t).Behind(in, plan.Figure{Goal: "discount", Owner: "team"}, slices.Values(records), kpi.Page{})
	if err != nil || !slices.Equal(page.IDs, []string{"r1", "r2"}) {
		t.Errorf("%v, %v", page.IDs, err)
	}
}
