package target_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

func discount() kpi.Metric {
	return kpi.Metric{ID: "discount_rate", Unit: kpi.Share(1), Direction: kpi.InBand, Additivity: kpi.RatioOfSums}
}

// discountGoal wants 5 to 15 % of discount in the first quarter.
func discountGoal() target.Goal {
	return target.Goal{ID: "d", Metric: "discount_rate", Owner: "team", Period: calendar.Calendar{}.MustParse("2026-Q1"),
		Within: kpi.Band{Low: kpi.Frac(5, 100), High: kpi.Frac(15, 100)}}
}

func trackBand(t testing.TB, actual kpi.Value, asOf string, earlier ...target.Stood) target.Tracking {
	t.Helper()
	got, err := target.TrackStated(target.Input{Metric: discount(), Plan: discountGoal().Plan(), Within: discountGoal().Within, Actual: actual, AsOf: calendar.MustDay(asOf), Earlier: earlier})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// By hand, after DOMAIN: inside 100 %, outside 1 − distance ÷ the nearer edge.
func TestTrackInABand(t *testing.T) {
	for _, c := range []struct {
		why                  string
		actual               kpi.Value
		asOf                 string
		attainment, variance kpi.Value
		status               target.Status
	}{
		{"inside", kpi.Frac(10, 100), "2026-02-14", kpi.Int(1), kpi.Int(0), target.OnTrack},
		{"on the edge, which is inside", kpi.Frac(15, 100), "2026-02-14", kpi.Int(1), kpi.Int(0), target.OnTrack},
		{"1 over 15", kpi.Frac(16, 100), "2026-02-14", kpi.Frac(14, 15), kpi.Frac(1, 100), target.AtRisk},
		{"3 over 15", kpi.Frac(18, 100), "2026-02-14", kpi.Frac(12, 15), kpi.Frac(3, 100), target.Behind},
		{"1 under 5", kpi.Frac(4, 100), "2026-02-14", kpi.Frac(4, 5), kpi.Frac(-1, 100), target.Behind},
		{"8 of 90 days", kpi.Frac(18, 100), "2026-01-08", kpi.Frac(12, 15), kpi.Frac(3, 100), target.TooEarly},
		{"kept to the end", kpi.Frac(5, 100), "2026-03-31", kpi.Int(1), kpi.Int(0), target.Met},
		{"not kept", kpi.Frac(16, 100), "2026-03-31", kpi.Frac(14, 15), kpi.Frac(1, 100), target.Missed},
		{"nothing known", kpi.Value{}, "2026-02-14", kpi.Value{}, kpi.Value{}, target.NoData},
		{"not begun", kpi.Frac(1, 10), "2025-12-31", kpi.Undefined(kpi.NotYetDue), kpi.Undefined(kpi.NotYetDue), target.NotStarted},
	} {
		got := trackBand(t, c.actual, c.asOf)
		if got.Attainment != c.attainment || got.Pace != c.attainment || got.Variance != c.variance || got.Status != c.status {
			t.Errorf("%s: %v, off by %v, %v", c.why, got.Attainment, got.Variance, got.Status)
		}
		if got.Target.Reason() != kpi.NotApplicable || got.Expected.Reason() != kpi.NotApplicable || got.Required.Reason() != kpi.NotApplicable || len(got.Findings) > 0 {
			t.Errorf("%s: a band has no target: %+v", c.why, got)
		}
		roundTrip(t, got)
	}
}

// A band from zero needs a tolerance: 2 above 0 of 10 is 80 %. A status falls
// at once, and back inside it rises at once: 1 is above 0.97 and the margin of
// 0.02.
func TestBandEdgeOfZeroAndHysteresis(t *testing.T) {
	g := discountGoal()
	g.Within = kpi.Band{Low: kpi.Int(-1), High: kpi.Int(0), Tolerance: kpi.Int(10)}
	got, err := target.TrackStated(target.Input{Metric: discount(), Plan: g.Plan(), Within: g.Within, Actual: kpi.Int(2), AsOf: calendar.MustDay("2026-02-14")})
	if err != nil || got.Attainment != kpi.Frac(8, 10) {
		t.Error(got.Attainment, err)
	}
	g.Within.Tolerance = kpi.Value{}
	if err := g.Validate(); !slices.Equal(problems(err), []string{"within.tolerance edge_of_zero_without_tolerance"}) {
		t.Error(err)
	}
	behind := trackBand(t, kpi.Frac(18, 100), "2026-02-14").Stood()
	back := trackBand(t, kpi.Frac(10, 100), "2026-02-21", behind)
	if behind.Status != target.Behind || back.Status != target.OnTrack || back.Plain != target.OnTrack {
		t.Error(behind.Status, back.Status, back.Plain)
	}
}

func TestBandProblems(t *testing.T) {
	bad := discountGoal()
	bad.Base, bad.Target, bad.Stretch, bad.Growth = kpi.Int(1), kpi.Int(2), kpi.Int(3), target.Growth{Over: "2025"}
	bad.Within = kpi.Band{Low: kpi.Int(2), High: kpi.Int(1)}
	revenue := money(0)
	revenue.ID = "discount_rate"
	for _, c := range []struct {
		why  string
		err  error
		want []string
	}{
		{"all of it", bad.Validate(), []string{"within.high high_below_low", "base target_and_band", "target target_and_band", "stretch target_and_band", "growth target_and_band"}},
		{"a metric that has a direction", discountGoal().ValidateFor(revenue), []string{"within not_in_a_band"}},
		{"good", discountGoal().ValidateFor(discount()), []string{}},
	} {
		if got := problems(c.err); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
	track := func(change func(*target.Input)) []string {
		in := target.Input{Metric: discount(), Plan: discountGoal().Plan(), Within: discountGoal().Within, AsOf: calendar.MustDay("2026-02-14")}
		change(&in)
		_, err := target.TrackStated(in)
		return problems(err)
	}
	for why, c := range map[string]struct {
		change func(*target.Input)
		want   string
	}{
		"no band":           {func(in *target.Input) { in.Within = kpi.Band{} }, "within missing_band"},
		"no metric of it":   {func(in *target.Input) { in.Metric.Direction = kpi.LowerIsBetter }, "within not_in_a_band"},
		"half a band":       {func(in *target.Input) { in.Within.Low = kpi.Value{} }, "within.low missing_edge"},
		"a target besides":  {func(in *target.Input) { in.Plan[0].Value = kpi.Int(1) }, "plan[0].value target_and_band"},
		"one that adds up":  {func(in *target.Input) { in.Metric.Additivity = kpi.Additive }, "metric.additivity additive"},
		"an unknown metric": {func(in *target.Input) { in.Metric.Direction = 9 }, "within not_in_a_band"},
	} {
		if got := track(c.change); len(got) == 0 || got[0] != c.want {
			t.Errorf("%s: %q, want %q", why, got, c.want)
		}
	}
	_, err := target.Track(target.Input{Metric: money(0), Plan: tenDays("100"), Within: discountGoal().Within, AsOf: calendar.MustDay("2026-01-05")})
	if got := problems(err); !slices.Equal(got, []string{"within band_not_used"}) {
		t.Errorf("Track: %q", got)
	}
	_, err = target.State(discountGoal(), discount(), target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "team"}}, nil)
	if got := problems(err); !slices.Equal(got, []string{"goal.within band_not_split"}) {
		t.Errorf("State: %q", got)
	}
}

func TestBandGoalRoundTrip(t *testing.T) {
	text, err := json.Marshal(discountGoal())
	var back target.Goal
	if err != nil || json.Unmarshal(text, &back) != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(discountGoal(), back); diff != "" {
		t.Error(diff)
	}
}

// A discount is neither to be high nor low: between 5 and 15 %.
func ExampleTrackStated_band() {
	metric := kpi.Metric{ID: "discount_rate", Unit: kpi.Share(1), Direction: kpi.InBand, Additivity: kpi.RatioOfSums}
	goal := target.Goal{ID: "d", Metric: "discount_rate", Owner: "team", Period: calendar.Calendar{}.MustParse("2026-Q1"),
		Within: kpi.Band{Low: kpi.Frac(5, 100), High: kpi.Frac(15, 100)}}
	t, err := target.TrackStated(target.Input{Metric: metric, Plan: goal.Plan(), Within: goal.Within,
		Actual: kpi.Frac(18, 100), AsOf: calendar.MustDay("2026-02-14")})
	fmt.Println(metric.Unit.Text(t.Attainment), "off by", metric.Unit.Text(t.Variance), t.Status, err)
	// Output: 80.0 % off by 3.0 % behind <nil>
}
