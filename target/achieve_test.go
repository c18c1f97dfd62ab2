package target_test

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// quarters gives the actuals of quarters on end, from the first of 2022 on.
func quarters(amounts ...int64) target.Past {
	p := target.Past{Grain: calendar.Quarterly}
	q := period("2022-Q1")
	for _, amount := range amounts {
		p.Actuals = append(p.Actuals, kpi.Figure{Metric: "won_value", Owner: "amy", Period: q, Value: kpi.Int(amount)})
		q = calendar.Calendar{}.PeriodOf(calendar.Quarterly, q.End())
	}
	return p
}

// doubling doubles from year to year: 8 pairs without any error.
func doubling() target.Past { return quarters(10, 20, 30, 40, 20, 40, 60, 80, 40, 80, 120, 160) }

func near(t *testing.T, what string, got kpi.Estimate, want float64) {
	t.Helper()
	if f, ok := got.Float64(); !ok || math.Abs(f-want) > 1e-9*math.Abs(want) {
		t.Errorf("%s: %v; want %v", what, got, want)
	}
}

func TestOutlookWithoutError(t *testing.T) {
	o, err := doubling().Outlook(period("2025"))
	if err != nil || o.Base != kpi.Int(400) || o.Pairs != 8 || len(o.Errors) != 7 {
		t.Fatal(o, err)
	}
	near(t, "growth", o.Growth, 1)
	near(t, "projection", o.Projection, 800)
	for _, e := range []kpi.Estimate{o.P10, o.P50, o.P90} {
		near(t, "all quantiles", e, 800)
	}
	for amount, want := range map[int64]string{799: "1", 800: "1", 801: "0", 0: "1", -5: "1"} {
		if got := o.Chance(kpi.HigherIsBetter, kpi.Int(amount)); got.String() != want {
			t.Errorf("chance of %d: %v; want %s", amount, got, want)
		}
	}
	if got := o.Chance(kpi.LowerIsBetter, kpi.Int(801)); got != kpi.NewEstimate(1) {
		t.Error(got)
	}
}

func TestOutlookUndefined(t *testing.T) {
	short, gap, zero, hidden := quarters(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), doubling(), doubling(), doubling()
	gap.Actuals[10].Value = kpi.Value{}
	gap.Actuals = append(quarters(1, 1, 1, 1).Actuals, gap.Actuals...)
	for i := range gap.Actuals { // four more quarters, before the others
		gap.Actuals[i].Period, _ = calendar.Calendar{}.Shift(period("2021-Q1"), calendar.Quarterly, i)
	}
	for i, amount := range []int64{0, -1} {
		zero.Actuals[i].Value = kpi.Int(amount)
	}
	hidden.Known = through("2022-02-01", "2024-12-31")
	tests := map[string]struct {
		why         string
		past        target.Past
		period      string
		pairs, left int
		growth      string
		middle      string
	}{
		"too few":                {"seven pairs are not eight", short, "2024-Q4", 7, 0, "undefined: too_few", "undefined: too_few"},
		"a part without base":    {"three quarters are no year", gap, "2025", 11, 0, "", "undefined: no_data"},
		"zero and below":         {"growth needs both above zero", zero, "2025", 6, 2, "undefined: too_few", "undefined: too_few"},
		"not wholly known":       {"the first quarter is no data", hidden, "2025", 7, 0, "undefined: too_few", "undefined: too_few"},
		"nothing ahead is known": {"what came after the goal began is not looked at", doubling(), "2024-Q4", 7, 0, "undefined: too_few", "undefined: too_few"},
	}
	for name, test := range tests {
		o, err := test.past.Outlook(period(test.period))
		if err != nil || o.Pairs != test.pairs || o.NotPositive != test.left || o.P50.String() != test.middle || test.growth != "" && o.Growth.String() != test.growth {
			t.Errorf("%s: %v %+v: %s", name, err, o, test.why)
		}
		if o.Chance(kpi.HigherIsBetter, kpi.Int(1)).Defined() || o.Quantile(kpi.Frac(1, 2)).Defined() {
			t.Error(name, "a chance of nothing")
		}
	}
	lost := quarters(10, 20, 30, 40, 20, 40, 60, 80, 40, 80, 120, 160, 80, 160, 240, -1)
	if o, err := lost.Outlook(period("2026-Q4")); err != nil || o.P50.Reason() != kpi.BaseNotPositive || !o.Growth.Defined() {
		t.Error(o, err)
	}
}

// The figures of the team of AdventureWorks. Those expected come from a
// separate calculation in Python over the reference figures, with Student's t
// by Simpson's rule over its density.
func TestOutlookOfAdventureWorks(t *testing.T) {
	var works struct {
		Quarters map[calendar.Day]struct{ Actual kpi.Value } `json:"team_quarter"`
		Months   map[string]kpi.Value                        `json:"team_month"`
	}
	reference(t, "adventureworks", &works)
	quarterly, monthly := target.Past{Grain: calendar.Quarterly}, target.Past{Grain: calendar.Monthly}
	for day, q := range works.Quarters {
		quarterly.Actuals = append(quarterly.Actuals, kpi.Figure{Metric: "won_value", Owner: "team", Period: calendar.Calendar{}.PeriodOf(calendar.Quarterly, day), Value: q.Actual})
	}
	for month, amount := range works.Months {
		monthly.Actuals = append(monthly.Actuals, kpi.Figure{Metric: "won_value", Owner: "team", Period: period(month), Value: amount})
	}
	year, err := quarterly.Outlook(through("2004-07-01", "2005-06-30"))
	if err != nil || year.Pairs != 8 || len(year.Errors) != 7 {
		t.Fatal(year, err)
	}
	near(t, "projection", year.Projection, 54128311.22387621)
	near(t, "growth", year.Growth, 0.49205910271026587)
	near(t, "P10", year.P10, 29713931.913653895)
	near(t, "P50", year.P50, 41007726.01007237)
	near(t, "P90", year.P90, 56594112.06177114)
	for p, want := range map[kpi.Value]float64{kpi.Frac(1, 4): 34925152.87458454, kpi.Frac(45, 100): 39822512.4299926, kpi.Frac(4, 5): 50219883.91276561} {
		near(t, "quantile", year.Quantile(p), want)
	}
	for amount, want := range map[int64]string{36277592: "0.6982", 43240000: "0.4103", 60000000: "0.0699"} {
		if got := year.Chance(kpi.HigherIsBetter, kpi.Int(amount)); got.String() != want {
			t.Errorf("chance of %d: %v; want %s", amount, got, want)
		}
	}
	july, err := monthly.Outlook(period("2004-07"))
	if err != nil || july.Pairs != 24 || len(july.Errors) != 23 {
		t.Fatal(july, err)
	}
	near(t, "projection", july.Projection, 4120129.994617979)
	near(t, "P10", july.P10, 2210333.571396783)
	near(t, "P50", july.P50, 3013212.222164044)
	near(t, "P90", july.P90, 4582227.971324038)
}

// A chance is the inverse of a quantile, falls with the target, and an
// outlook hangs on neither the order of figures nor the currency.
func TestOutlookProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var amounts []int64
		for range rapid.IntRange(12, 32).Draw(t, "quarters") {
			amounts = append(amounts, rapid.Int64Range(50, 500).Draw(t, "amount"))
		}
		p := quarters(amounts...)
		goal := calendar.Calendar{}.PeriodOf(calendar.Quarterly, p.Actuals[len(amounts)-1].Period.End())
		o, err := p.Outlook(goal)
		if err != nil {
			t.Fatal(err)
		}
		other := target.Past{Grain: p.Grain, Actuals: rapid.Permutation(p.Actuals).Draw(t, "order")}
		if same, _ := other.Outlook(goal); !reflect.DeepEqual(o, same) {
			t.Fatalf("%v\n%v", o, same)
		}
		for i := range other.Actuals {
			other.Actuals[i].Value = other.Actuals[i].Value.Mul(kpi.Int(7))
		}
		if sevenfold, _ := other.Outlook(goal); math.Abs(number(sevenfold.P90)/number(o.P90)-7) > 1e-9 {
			t.Fatal(sevenfold.P90, o.P90)
		}
		last := 0.0
		for i := int64(1); i < 20; i++ {
			at := o.Quantile(kpi.Frac(i, 20))
			amount := kpi.MustParse(fmt.Sprintf("%.9f", number(at)))
			chance := number(o.Chance(kpi.HigherIsBetter, amount))
			if math.Abs(chance-(1-float64(i)/20)) > 0.0002 || number(at) < last {
				t.Fatal(i, at, chance, o.Errors)
			}
			if both := chance + number(o.Chance(kpi.LowerIsBetter, amount)); math.Abs(both-1) > 1e-9 {
				t.Fatal(both)
			}
			last = number(at)
		}
		raw, _ := json.Marshal(o)
		var read target.Outlook
		if err := check.Decode("test", raw, &read); err != nil || read.Pairs != o.Pairs || len(read.Errors) != len(o.Errors) {
			t.Fatal(err)
		}
	})
}

func number(e kpi.Estimate) float64 {
	f, _ := e.Float64()
	return f
}

func TestPastErrors(t *testing.T) {
	p := doubling()
	p.Actuals = append(p.Actuals, p.Actuals[0], kpi.Figure{Metric: "won_value", Owner: "bo", Period: period("2026-01"), Value: kpi.Int(1)}, kpi.Figure{})
	_, err := p.Outlook(period("2025"))
	want := []string{"actuals[12].period duplicate_period", "actuals[13].period off_boundary", "actuals[13].owner other_owner",
		"actuals[14].metric missing_id", "actuals[14].owner missing_id", "actuals[14].period missing_period"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Error(strings.Join(got, "\n"))
	}
	for name, period := range map[string]calendar.Period{"no period": {}, "off boundary": through("2025-01-15", "2025-12-31")} {
		if _, err := doubling().Outlook(period); err == nil {
			t.Error(name)
		}
	}
	if err := (target.Past{}).Validate(); !slices.Equal(problems(err), []string{"grain missing_grain"}) {
		t.Error(err)
	}
}

func TestPropose(t *testing.T) {
	o, err := doubling().Outlook(period("2025"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := o.Propose(money(0), target.Odds{}, kpi.Int(50))
	if err != nil || got.Base != kpi.Int(800) || got.Target != kpi.Int(800) || got.Stretch != kpi.Int(800) || len(got.Reasons) != 4 || got.Reasons[3].Code != "proposal_basis" {
		t.Error("without error all three are the projection:", got, err)
	}
	none, err := target.Outlook{Projection: kpi.NoEstimate(kpi.TooFew)}.Propose(money(0), target.Odds{}, kpi.Int(1))
	if err != nil || none.Target.Reason() != kpi.TooFew || none.Reasons[1].Code != "not_proposed" || len(none.Reasons) != 3 {
		t.Error(none, err)
	}
	band := money(0)
	band.Direction = kpi.InBand
	_, err = o.Propose(band, target.Odds{Stretch: kpi.Int(20)}, kpi.Int(0))
	want := []string{"metric.direction no_direction", "step not_positive", "odds.stretch not_a_chance"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Error(got)
	}
}

// The team's next year: 0.75, 0.55 and 0.20, so the quantiles 0.25, 0.45
// and 0.80 of the outlook above, to the nearest 100,000; and where lower is
// better those of the other side.
func TestProposeForAdventureWorks(t *testing.T) {
	var works struct {
		Quarters map[calendar.Day]struct{ Actual kpi.Value } `json:"team_quarter"`
	}
	reference(t, "adventureworks", &works)
	p := target.Past{Grain: calendar.Quarterly}
	for day, q := range works.Quarters {
		p.Actuals = append(p.Actuals, kpi.Figure{Metric: "won_value", Owner: "team", Period: calendar.Calendar{}.PeriodOf(calendar.Quarterly, day), Value: q.Actual})
	}
	o, err := p.Outlook(through("2004-07-01", "2005-06-30"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := o.Propose(money(0), target.Odds{}, kpi.Int(100_000))
	if err != nil || got.Base != kpi.Int(34_900_000) || got.Target != kpi.Int(39_800_000) || got.Stretch != kpi.Int(50_200_000) {
		t.Error(got, err)
	}
	lower := money(0)
	lower.Direction = kpi.LowerIsBetter
	got, err = o.Propose(lower, target.Odds{Base: kpi.Frac(1, 4), Target: kpi.Frac(1, 5), Stretch: kpi.Frac(1, 10)}, kpi.Int(100_000))
	if err != nil || got.Base != kpi.Int(34_900_000) || got.Stretch != kpi.Int(29_700_000) {
		t.Error(got, err)
	}
}

// The limits are data: three pairs where the caller says so, and quantiles of
// few errors.
func TestOutlookLimits(t *testing.T) {
	p := quarters(100, 100, 100, 100, 110, 120, 130)
	p.LeastPairs, p.LeastQuantiles = 3, 2
	o, err := p.Outlook(period("2024-Q1"))
	if err != nil || o.Needed != 3 || o.Student {
		t.Fatal(o, err)
	}
	// growth to date 1.1, then √(1.1 × 1.2): errors ln(1.2/1.1) and ln(1.3/√1.32)
	near(t, "projection", o.Projection, 110*math.Cbrt(1.1*1.2*1.3))
	near(t, "the middle of two errors", o.P50, 110*math.Cbrt(1.1*1.2*1.3)*math.Sqrt(1.2/1.1*1.3/math.Sqrt(1.32)))
	p.LeastPairs = 2
	if _, err := p.Outlook(period("2024-Q1")); !slices.Equal(problems(err), []string{"least_pairs too_few_to_judge"}) {
		t.Error(err)
	}
}
