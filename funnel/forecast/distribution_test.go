package forecast_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

// failing is a test, rapid's too.
type failing interface {
	Helper()
	Errorf(format string, args ...any)
}

func near(t failing, what string, got kpi.Estimate, want, tolerance float64) {
	t.Helper()
	if f, ok := got.Float64(); !ok || math.Abs(f-want) > tolerance {
		t.Errorf("%s: got %s, want %v", what, got, want)
	}
}

// The cases poisson_binomial and weighted_pipeline: the example of R's poibin,
// and an enumeration of sixteen outcomes.
func TestPeerCases(t *testing.T) {
	folder := os.Getenv("SALESKPI_CASES")
	if folder == "" {
		folder = "../../../shared/cases"
	}
	text, err := os.ReadFile(filepath.Join(folder, "funnel.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the cases are not here: ", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cases []struct {
			ID, Category    string
			Input, Expected json.RawMessage
		}
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	passed := 0
	for _, c := range file.Cases {
		run := map[string]func(*testing.T, json.RawMessage, json.RawMessage){
			"poisson_binomial": poissonBinomialCase, "weighted_pipeline": weightedCase}[c.Category]
		if run != nil && t.Run(c.ID, func(t *testing.T) { run(t, c.Input, c.Expected) }) {
			passed++
		}
	}
	if passed < 2 {
		t.Errorf("%d of 2 cases passed", passed)
	}
}

func parse(t *testing.T, n json.Number) kpi.Value {
	t.Helper()
	v, err := kpi.Parse(n.String())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func poissonBinomialCase(t *testing.T, input, expected json.RawMessage) {
	var in struct{ Probabilities []json.Number }
	var want struct {
		PMF, CDF                  []float64
		Mean, Variance, Tolerance float64
	}
	if err := errors.Join(json.Unmarshal(input, &in), json.Unmarshal(expected, &want)); err != nil {
		t.Fatal(err)
	}
	var ps []kpi.Value
	for _, p := range in.Probabilities {
		ps = append(ps, parse(t, p))
	}
	d, err := forecast.Count(ps)
	if err != nil {
		t.Fatal(err)
	}
	for k := range want.PMF {
		near(t, "pmf", d.Probability(kpi.Int(int64(k))), want.PMF[k], want.Tolerance)
		near(t, "cdf", d.AtLeast(kpi.Int(int64(k+1))), 1-want.CDF[k], want.Tolerance)
	}
	if m, _ := d.Mean().Float64(); m != want.Mean {
		t.Error("mean", d.Mean())
	}
	near(t, "deviation", d.Deviation(), math.Sqrt(want.Variance), want.Tolerance)
}

func weightedCase(t *testing.T, input, expected json.RawMessage) {
	var in struct {
		Deals []struct{ Amount, P json.Number }
	}
	var want struct {
		Weighted  json.Number `json:"weighted_amount"`
		Deviation float64     `json:"std_dev"`
		P10       json.Number
		P50       json.Number
		P90       json.Number
		AtLeast   float64     `json:"prob_at_least_30000"`
		Zero      float64     `json:"prob_zero"`
		Wins      json.Number `json:"expected_wins"`
	}
	if err := errors.Join(json.Unmarshal(input, &in), json.Unmarshal(expected, &want)); err != nil {
		t.Fatal(err)
	}
	var prospects []forecast.Prospect
	var ps []kpi.Value
	for _, deal := range in.Deals {
		prospects = append(prospects, forecast.Prospect{Value: parse(t, deal.Amount), Probability: parse(t, deal.P)})
		ps = append(ps, parse(t, deal.P))
	}
	d, err := forecast.Money(kpi.Minor(1, 2), prospects)
	if err != nil {
		t.Fatal(err)
	}
	count, err := forecast.Count(ps)
	if err != nil {
		t.Fatal(err)
	}
	for what, pair := range map[string][2]kpi.Value{
		"weighted": {d.Mean(), parse(t, want.Weighted)}, "wins": {count.Mean(), parse(t, want.Wins)},
		"P10": {d.Quantile(kpi.Minor(1, 1)), parse(t, want.P10)}, "P50": {d.Quantile(kpi.Minor(5, 1)), parse(t, want.P50)},
		"P90": {d.Quantile(kpi.Minor(9, 1)), parse(t, want.P90)},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %s, want %s", what, pair[0], pair[1])
		}
	}
	near(t, "deviation", d.Deviation(), want.Deviation, 1e-9)
	near(t, "at least 30,000", d.AtLeast(kpi.Int(30_000)), want.AtLeast, 1e-12)
	near(t, "nothing", d.Probability(kpi.Int(0)), want.Zero, 1e-12)
}

// anyProspects draws a few deals of few different values, so that sums meet.
func anyProspects(t *rapid.T) []forecast.Prospect {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) forecast.Prospect {
		return forecast.Prospect{
			Value:       kpi.Minor(rapid.SampledFrom([]int64{0, 150, 300, 450, 7, 100000, -300, -1}).Draw(t, "value"), 2),
			Probability: kpi.Frac(rapid.Int64Range(0, 8).Draw(t, "eighths"), 8),
		}
	}), 0, 9).Draw(t, "prospects")
}

// enumerate gives the distribution by its definition: every outcome of every
// deal. Eighths are exact in float64, and so is this.
func enumerate(prospects []forecast.Prospect) map[int64]float64 {
	all := map[int64]float64{}
	for outcome := range uint(1) << len(prospects) {
		sum, p := int64(0), 1.0
		for i, one := range prospects {
			cents, _ := one.Value.Minor(2, kpi.HalfEven)
			q, _ := one.Probability.Float64()
			if outcome>>i&1 == 1 {
				sum, p = sum+cents, p*q
			} else {
				p *= 1 - q
			}
		}
		all[sum] += p
	}
	return all
}

func TestMoneyIsTheEnumeration(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		prospects := anyProspects(t)
		before := slices.Clone(prospects)
		d, err := forecast.Money(kpi.Minor(1, 2), rapid.Permutation(prospects).Draw(t, "in any order"))
		if err != nil {
			t.Fatal(err)
		}
		model := enumerate(prospects)
		mean, square := 0.0, 0.0
		for cents, p := range model {
			near(t, "probability", d.Probability(kpi.Minor(cents, 2)), p, 1e-12)
			mean, square = mean+p*float64(cents), square+p*float64(cents)*float64(cents)
			atLeast := 0.0
			for other, q := range model {
				if other >= cents {
					atLeast += q
				}
			}
			near(t, "at least", d.AtLeast(kpi.Minor(cents, 2)), atLeast, 1e-12)
			near(t, "more than", d.AtLeast(kpi.Minor(2*cents+1, 2).Div(kpi.Int(2))), atLeast-p, 1e-12)
		}
		if got, _ := d.Mean().Float64(); math.Abs(got-mean/100) > 1e-9 {
			t.Fatalf("mean %s, want %v", d.Mean(), mean/100)
		}
		near(t, "deviation", d.Deviation(), math.Sqrt(math.Max(square-mean*mean, 0))/100, 1e-5)
		for _, q := range []int64{0, 1, 3, 5, 9, 10} {
			quantile := kpi.Frac(q, 10)
			at, _ := d.Quantile(quantile).Minor(2, kpi.HalfEven)
			upTo, below := 0.0, 0.0
			for cents, p := range model {
				if cents <= at {
					upTo += p
				}
				if cents < at {
					below += p
				}
			}
			if upTo < float64(q)/10-1e-9 || q > 0 && below > float64(q)/10+1e-9 {
				t.Fatalf("quantile %s is %s: %v up to it, %v below", quantile, d.Quantile(quantile), upTo, below)
			}
		}
		if !slices.Equal(before, prospects) {
			t.Fatal("the input was changed")
		}
	})
}

// The number of wins depends on the chances alone: for n alike it is the
// binomial distribution, n!/(k!(n − k)!) pᵏ(1 − p)ⁿ⁻ᵏ.
func TestCountOfDealsAlike(t *testing.T) {
	ps := slices.Repeat([]kpi.Value{kpi.Frac(1, 4)}, 12)
	d, err := forecast.Count(ps)
	if err != nil {
		t.Fatal(err)
	}
	choose := 1.0
	for k := range 13 {
		near(t, "binomial", d.Probability(kpi.Int(int64(k))), choose*math.Pow(0.25, float64(k))*math.Pow(0.75, float64(12-k)), 1e-14)
		choose = choose * float64(12-k) / float64(k+1)
	}
	if d.Quantile(kpi.Int(1)) != kpi.Int(12) || d.Quantile(kpi.Int(0)) != kpi.Int(0) {
		t.Error("ends", d.Quantile(kpi.Int(0)), d.Quantile(kpi.Int(1)))
	}
}

func TestDistributionOfNothing(t *testing.T) {
	var zero forecast.Distribution
	none, err := forecast.Money(kpi.Int(1), nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, d := range map[string]forecast.Distribution{"zero": zero, "none": none} {
		if d.Mean() != kpi.Int(0) || d.Quantile(kpi.Frac(1, 2)) != kpi.Int(0) || d.AtLeast(kpi.Int(0)) != kpi.NewEstimate(1) ||
			d.AtLeast(kpi.Int(1)) != kpi.NewEstimate(0) || d.Probability(kpi.Int(0)) != kpi.NewEstimate(1) || d.Deviation() != kpi.NewEstimate(0) {
			t.Error(name, d)
		}
		if d.Quantile(kpi.Int(2)).Reason() != kpi.NotApplicable || d.Quantile(kpi.Value{}).Reason() != kpi.NotApplicable ||
			d.AtLeast(kpi.Undefined(kpi.NoTarget)).Reason() != kpi.NoTarget || d.Probability(kpi.Value{}).Reason() != kpi.NoData {
			t.Error(name, "undefined")
		}
	}
}

func TestMoneyErrors(t *testing.T) {
	half := kpi.Frac(1, 2)
	many := make([]forecast.Prospect, forecast.MostProspects+1)
	for name, test := range map[string]struct {
		why       string
		step      kpi.Value
		prospects []forecast.Prospect
		codes     []string
	}{
		"step":        {"no money is cut in steps of zero", kpi.Int(0), nil, []string{"step not_above_zero"}},
		"no step":     {"it must be stated", kpi.Value{}, nil, []string{"step not_above_zero"}},
		"no value":    {"a deal without amount is left out by the caller, and counted", kpi.Int(1), []forecast.Prospect{{kpi.Value{}, half}}, []string{"prospects[0].value not_an_amount"}},
		"too large":   {"steps are whole float64s", kpi.Minor(1, 2), []forecast.Prospect{{kpi.MustParse("100000000000000000"), half}}, []string{"prospects[0].value not_an_amount"}},
		"percent":     {"33 is not 0.33", kpi.Int(1), []forecast.Prospect{{half, half}, {half, kpi.Int(33)}, {half, kpi.Int(-1)}}, []string{"prospects[1].probability not_a_share", "prospects[2].probability not_a_share"}},
		"no chance":   {"nor is none", kpi.Int(1), []forecast.Prospect{{half, kpi.Value{}}}, []string{"prospects[0].probability not_a_share"}},
		"all at once": {"every problem is named", kpi.Int(-1), []forecast.Prospect{{kpi.Int(1), kpi.Int(2)}, {}}, []string{"step not_above_zero", "prospects[0].probability not_a_share", "prospects[1].value not_an_amount", "prospects[1].probability not_a_share"}},
		"many deals":  {"the work is bounded", kpi.Int(1), many, []string{"prospects too_many_prospects"}},
		"many sums":   {"and so is the memory: 1 and 2,000,000 have no common unit", kpi.Int(1), []forecast.Prospect{{kpi.Int(1), half}, {kpi.Int(2_000_000), half}}, []string{"prospects too_many_sums"}},
	} {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Error("no why")
			}
			_, err := forecast.Money(test.step, test.prospects)
			codes := []string{}
			for _, e := range check.All(err) {
				codes = append(codes, e.Path+" "+e.Code)
			}
			if !slices.Equal(codes, test.codes) || !errors.Is(err, check.ErrRange) {
				t.Errorf("got %q, want %q", codes, test.codes)
			}
		})
	}
	if _, err := forecast.Money(kpi.Int(1), []forecast.Prospect{{kpi.Int(2_000_000), half}, {kpi.Int(4_000_000), half}}); err != nil {
		t.Error("two values with a common unit are four sums:", err)
	}
}

// BenchmarkMoney spreads 500 deals of 1 to 2,000 units exactly: half a million
// sums.
func BenchmarkMoney(b *testing.B) {
	var prospects []forecast.Prospect
	for i := range int64(500) {
		prospects = append(prospects, forecast.Prospect{Value: kpi.Int(1 + i*7919%2000), Probability: kpi.Frac(1+i%9, 10)})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := forecast.Money(kpi.Int(1), prospects); err != nil {
			b.Fatal(err)
		}
	}
}
