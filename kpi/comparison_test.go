package kpi_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func codes(findings []check.Finding) (codes []string) {
	for _, f := range findings {
		codes = append(codes, f.Code)
	}
	return codes
}

// Worked from DOMAIN.md, "Attainment, zero, sign". The rows marked Infor are
// the figures that it quotes.
func TestCompare(t *testing.T) {
	n := kpi.Int
	undefined := kpi.Undefined
	for _, c := range []struct {
		why                              string
		d                                kpi.Direction
		actual, target                   kpi.Value
		attainment, variance, favourable kpi.Value
		outcome                          kpi.Outcome
		findings                         []string
	}{
		{"three quarters", kpi.HigherIsBetter, n(75), n(100), kpi.Frac(3, 4), n(-25), n(-25), kpi.TargetMissed, nil},
		{"at the target is met and 100 %", kpi.LowerIsBetter, n(50), n(50), n(1), n(0), n(0), kpi.TargetMet, nil},
		{"lower, good is positive", kpi.LowerIsBetter, n(40), n(50), kpi.Frac(6, 5), n(-10), n(10), kpi.TargetMet, nil},
		{"Infor: target −50, actual 0, higher", kpi.HigherIsBetter, n(0), n(-50), n(2), n(50), n(50), kpi.TargetMet, nil},
		{"Infor: target −50, actual 0, lower", kpi.LowerIsBetter, n(0), n(-50), n(0), n(50), n(-50), kpi.TargetMissed, nil},
		{"across zero: computed and flagged", kpi.HigherIsBetter, n(10), n(-50), kpi.Frac(11, 5), n(60), n(60), kpi.TargetMet, []string{"sign_change"}},
		{"target of zero", kpi.LowerIsBetter, n(1), n(0), undefined(kpi.ZeroDenominator), n(1), n(-1), kpi.TargetMissed, []string{"target_zero"}},
		{"target of zero, met", kpi.HigherIsBetter, n(0), n(0), undefined(kpi.ZeroDenominator), n(0), n(0), kpi.TargetMet, []string{"target_zero"}},
		{"no target", kpi.HigherIsBetter, n(1), kpi.Value{}, undefined(kpi.NoTarget), kpi.Value{}, kpi.Value{}, kpi.Undecided, []string{"no_target"}},
		{"no actual", kpi.HigherIsBetter, kpi.Value{}, n(1), kpi.Value{}, kpi.Value{}, kpi.Value{}, kpi.Undecided, nil},
		{"a band has no single target", kpi.InBand, n(1), n(2), undefined(kpi.NotApplicable), n(-1), undefined(kpi.NotApplicable), kpi.Undecided, nil},
	} {
		got := kpi.Compare(c.d, c.actual, c.target)
		if got.Attainment != c.attainment || got.Variance != c.variance || got.Favourable != c.favourable || got.Outcome != c.outcome || !slices.Equal(codes(got.Findings), c.findings) {
			t.Errorf("%s: %+v", c.why, got)
		}
	}
}

func TestCompareBand(t *testing.T) {
	n := kpi.Int
	none, undefined := kpi.Value{}, kpi.Undefined
	for _, c := range []struct {
		why                  string
		actual               kpi.Value
		band                 kpi.Band
		attainment, variance kpi.Value // worked by hand
		outcome              kpi.Outcome
		findings             []string
	}{
		{"inside", n(12), kpi.Band{Low: n(10), High: n(20)}, n(1), n(0), kpi.TargetMet, nil},
		{"on an edge", n(20), kpi.Band{Low: n(10), High: n(20)}, n(1), n(0), kpi.TargetMet, nil},
		{"below: 1 − 2/10", n(8), kpi.Band{Low: n(10), High: n(20)}, kpi.Frac(4, 5), n(-2), kpi.TargetMissed, nil},
		{"above: 1 − 5/20", n(25), kpi.Band{Low: n(10), High: n(20)}, kpi.Frac(3, 4), n(5), kpi.TargetMissed, nil},
		{"an edge of zero with a tolerance of 4: 1 − 1/4", n(-1), kpi.Band{Low: n(0), High: n(20), Tolerance: n(4)}, kpi.Frac(3, 4), n(-1), kpi.TargetMissed, nil},
		{"the tolerance is for the edge of zero alone", n(25), kpi.Band{Low: n(0), High: n(20), Tolerance: n(4)}, kpi.Frac(3, 4), n(5), kpi.TargetMissed, nil},
		{"an upper edge of zero", n(6), kpi.Band{Low: n(-10), High: n(0), Tolerance: n(4)}, kpi.Frac(-1, 2), n(6), kpi.TargetMissed, nil},
		{"an edge of zero without", n(-1), kpi.Band{Low: n(0), High: n(20)}, undefined(kpi.ZeroDenominator), n(-1), kpi.TargetMissed, []string{"band_edge_zero"}},
		{"reversed", n(5), kpi.Band{Low: n(20), High: n(10)}, undefined(kpi.NotApplicable), undefined(kpi.NotApplicable), kpi.Undecided, []string{"band_reversed"}},
		{"an edge is missing", n(5), kpi.Band{Low: n(1)}, none, none, kpi.Undecided, []string{"no_target"}},
		{"no actual", none, kpi.Band{Low: n(1), High: n(2)}, none, none, kpi.Undecided, nil},
	} {
		got := kpi.CompareBand(c.actual, c.band)
		if got.Attainment != c.attainment || got.Variance != c.variance || got.Favourable != c.variance.Abs().Neg() || got.Outcome != c.outcome || !slices.Equal(codes(got.Findings), c.findings) {
			t.Errorf("%s: %+v", c.why, got)
		}
	}
}

func TestBandValidate(t *testing.T) {
	n := kpi.Int
	for _, c := range []struct {
		why  string
		band kpi.Band
		want []string
	}{
		{"plain", kpi.Band{Low: n(1), High: n(2)}, nil},
		{"one point", kpi.Band{Low: n(1), High: n(1)}, nil},
		{"zero with tolerance", kpi.Band{Low: n(0), High: n(2), Tolerance: n(1)}, nil},
		{"zero without", kpi.Band{Low: n(-2), High: n(0)}, []string{"tolerance edge_of_zero_without_tolerance"}},
		{"nothing", kpi.Band{}, []string{"low missing_edge", "high missing_edge"}},
		{"reversed and no tolerance", kpi.Band{Low: n(2), High: n(1), Tolerance: n(0)}, []string{"high high_below_low", "tolerance not_above_zero"}},
	} {
		if got := problems(c.band.Validate()); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q", c.why, got)
		}
	}
}

func TestChange(t *testing.T) {
	n := kpi.Int
	for _, c := range []struct {
		why                       string
		base, current             kpi.Value
		difference, growth, index kpi.Value // worked by hand
		findings                  []string
	}{
		{"up by a fifth", n(100), n(120), n(20), kpi.Frac(1, 5), n(120), nil},
		{"on half", n(50), n(75), n(25), kpi.Frac(1, 2), n(150), nil},
		{"to nothing", n(50), n(0), n(-50), n(-1), n(0), nil},
		{"from nothing: the difference is shown", n(0), n(5), n(5), kpi.Undefined(kpi.BaseNotPositive), kpi.Undefined(kpi.BaseNotPositive), []string{"base_not_positive"}},
		{"from a loss", n(-5), n(5), n(10), kpi.Undefined(kpi.BaseNotPositive), kpi.Undefined(kpi.BaseNotPositive), []string{"base_not_positive"}},
		{"into a loss", n(10), n(-5), n(-15), kpi.Frac(-3, 2), n(-50), []string{"sign_change"}},
		{"no base is not −100 %", kpi.Value{}, n(5), kpi.Value{}, kpi.Value{}, kpi.Value{}, nil},
		{"no current", n(5), kpi.Value{}, kpi.Value{}, kpi.Value{}, kpi.Value{}, nil},
	} {
		got := kpi.ChangeFrom(c.base, c.current)
		if got.Difference != c.difference || got.Growth != c.growth || got.Index != c.index || !slices.Equal(codes(got.Findings), c.findings) {
			t.Errorf("%s: %+v", c.why, got)
		}
	}
}

func TestPartOf(t *testing.T) {
	n := kpi.Int
	for _, c := range []struct {
		why               string
		part, total, want kpi.Value
	}{
		{"a quarter", n(25), n(100), kpi.Frac(1, 4)},
		{"nothing of something", n(0), n(100), n(0)},
		{"a return in a good month", n(-10), n(100), kpi.Frac(-1, 10)},
		{"a total of zero", n(25), n(0), kpi.Undefined(kpi.ZeroDenominator)},
		{"a negative total", n(-25), n(-100), kpi.Undefined(kpi.BaseNotPositive)},
		{"unpriced wins", kpi.Undefined(kpi.Unpriced), n(-100), kpi.Undefined(kpi.Unpriced)},
		{"no total", n(25), kpi.Value{}, kpi.Value{}},
	} {
		if got := kpi.PartOf(c.part, c.total); got != c.want {
			t.Errorf("%s: %v, want %v", c.why, got, c.want)
		}
	}
}

func TestWeightedMean(t *testing.T) {
	n := kpi.Int
	w := func(value, weight kpi.Value) kpi.Weighted { return kpi.Weighted{Value: value, Weight: weight} }
	few := kpi.Undefined(kpi.TooFew)
	for _, c := range []struct {
		why     string
		parts   []kpi.Weighted
		want    kpi.Value // worked by hand
		partial kpi.MeanPart
	}{
		{"45/25/20/10 of 100, 80, 60, 40: 45 + 20 + 12 + 4", []kpi.Weighted{w(n(100), n(45)), w(n(80), n(25)), w(n(60), n(20)), w(n(40), n(10))}, n(81),
			kpi.MeanPart{Mean: n(81), Weight: n(100), Of: n(100)}},
		{"thirds stay thirds", []kpi.Weighted{w(n(1), n(1)), w(n(0), n(2))}, kpi.Frac(1, 3), kpi.MeanPart{Mean: kpi.Frac(1, 3), Weight: n(3), Of: n(3)}},
		{"one is undefined", []kpi.Weighted{w(n(10), n(1)), w(few, n(3))}, few, kpi.MeanPart{Mean: n(10), Weight: n(1), Of: n(4)}},
		{"no data is undefined too", []kpi.Weighted{w(n(10), n(1)), w(kpi.Value{}, n(3))}, kpi.Value{}, kpi.MeanPart{Mean: n(10), Weight: n(1), Of: n(4)}},
		{"weight zero is not looked at", []kpi.Weighted{w(n(10), n(1)), w(few, n(0))}, n(10), kpi.MeanPart{Mean: n(10), Weight: n(1), Of: n(1)}},
		{"no weight", []kpi.Weighted{w(n(10), n(0))}, kpi.Undefined(kpi.ZeroDenominator), kpi.MeanPart{Mean: kpi.Undefined(kpi.ZeroDenominator), Weight: n(0), Of: n(0)}},
		{"negative weight", []kpi.Weighted{w(n(10), n(2)), w(n(1), n(-1))}, kpi.Undefined(kpi.NotApplicable), kpi.MeanPart{Mean: kpi.Undefined(kpi.NotApplicable), Weight: n(1), Of: n(1)}},
		{"undefined weight", []kpi.Weighted{w(n(10), n(2)), w(n(1), few)}, few, kpi.MeanPart{Mean: few, Weight: few, Of: few}},
		{"nothing", nil, kpi.Value{}, kpi.MeanPart{Weight: n(0), Of: n(0)}},
		{"all undefined", []kpi.Weighted{w(few, n(2))}, few, kpi.MeanPart{Weight: n(0), Of: n(2)}},
	} {
		if got := kpi.WeightedMean(c.parts); got != c.want {
			t.Errorf("%s: %v, want %v", c.why, got, c.want)
		}
		if got := kpi.PartialMean(c.parts); got != c.partial {
			t.Errorf("%s: partial %+v, want %+v", c.why, got, c.partial)
		}
	}
}

func TestMeanAndShareLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := []kpi.Weighted{}
		total, least, most := kpi.Int(0), kpi.Value{}, kpi.Value{}
		for range rapid.IntRange(1, 6).Draw(t, "parts") {
			v := kpi.Int(rapid.Int64Range(1, 99).Draw(t, "value"))
			parts = append(parts, kpi.Weighted{Value: v, Weight: kpi.Frac(rapid.Int64Range(1, 9).Draw(t, "weight"), 7)})
			total, least, most = total.Add(v), least.Or(v).Min(v), most.Or(v).Max(v)
		}
		mean := kpi.WeightedMean(parts)
		if mean.Less(least) || most.Less(mean) {
			t.Fatalf("mean %v of %v to %v", mean, least, most)
		}
		shares := kpi.Int(0)
		for i := range parts {
			shares = shares.Add(kpi.PartOf(parts[i].Value, total))
			parts[i].Weight = parts[i].Weight.Mul(kpi.Int(11))
		}
		slices.Reverse(parts)
		if again := kpi.WeightedMean(parts); again != mean || shares != kpi.Int(1) {
			t.Fatalf("mean %v, scaled and turned %v; shares %v", mean, again, shares)
		}
	})
}

func TestComparisonJSON(t *testing.T) {
	for _, c := range []kpi.Comparison{
		kpi.Compare(kpi.HigherIsBetter, kpi.Int(10), kpi.Int(-50)),
		kpi.CompareBand(kpi.Int(-1), kpi.Band{Low: kpi.Int(0), High: kpi.Int(5)}),
	} {
		text, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var back kpi.Comparison
		if err := check.Decode("test", text, &back); err != nil || !cmp.Equal(back, c) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// Every code that the package gives has both sentences, and they use the
// arguments that it has.
func TestFindings(t *testing.T) {
	few := kpi.Undefined(kpi.TooFew)
	all := slices.Concat(
		kpi.Compare(kpi.HigherIsBetter, kpi.Int(1), kpi.Int(-1)).Findings, kpi.Compare(kpi.HigherIsBetter, kpi.Int(1), kpi.Int(0)).Findings,
		kpi.Compare(kpi.HigherIsBetter, kpi.Int(1), few).Findings, kpi.CompareBand(kpi.Int(-1), kpi.Band{Low: kpi.Int(0), High: kpi.Int(1)}).Findings,
		kpi.CompareBand(kpi.Int(1), kpi.Band{Low: kpi.Int(2), High: kpi.Int(1)}).Findings, kpi.ChangeFrom(kpi.Int(0), kpi.Int(1)).Findings,
		kpi.ConversionReport{To: "USD", Currencies: []kpi.UnpricedAmounts{{From: "CHF", Count: 1}}}.Findings(),
		kpi.Confidence{}.ClusteredShare("owner", []kpi.Ratio{kpi.RatioOf(9, 10), kpi.RatioOf(1, 10)}).Findings,
	)
	if len(all) != len(kpi.Findings()) {
		t.Errorf("%d findings, %d sentences", len(all), len(kpi.Findings()))
	}
	for _, f := range all {
		for _, lang := range []string{"en", "zh"} {
			if text := kpi.Findings().Text(f, lang); strings.ContainsAny(text, "{}_") || !strings.ContainsAny(text, ".。") {
				t.Errorf("%s in %s: %q", f.Code, lang, text)
			}
		}
	}
}
