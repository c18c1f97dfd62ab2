package kpi_test

import (
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"pgregory.net/rapid"
)

// Worked from the formulas in DOMAIN.md, "Attainment, zero, sign". The rows
// marked Infor are the figures that DOMAIN.md quotes from its tables.
func TestAttainment(t *testing.T) {
	none := kpi.Value{}
	for _, c := range []struct {
		why            string
		d              kpi.Direction
		actual, target kpi.Value
		want           kpi.Value
	}{
		{"three quarters", kpi.HigherIsBetter, kpi.Int(75), kpi.Int(100), kpi.Frac(3, 4)},
		{"above 100 % is not capped", kpi.HigherIsBetter, kpi.Int(250), kpi.Int(100), kpi.Frac(5, 2)},
		{"equality, negative target", kpi.HigherIsBetter, kpi.Int(-50), kpi.Int(-50), kpi.Int(1)},
		{"Infor: target −50, actual 0, higher", kpi.HigherIsBetter, kpi.Int(0), kpi.Int(-50), kpi.Int(2)},
		{"Infor: target −50, actual 0, lower", kpi.LowerIsBetter, kpi.Int(0), kpi.Int(-50), kpi.Int(0)},
		{"lower is 2 − a/t", kpi.LowerIsBetter, kpi.Int(40), kpi.Int(50), kpi.Frac(6, 5)},
		{"lower has no floor", kpi.LowerIsBetter, kpi.Int(150), kpi.Int(50), kpi.Int(-1)},
		{"target zero, higher", kpi.HigherIsBetter, kpi.Int(5), kpi.Int(0), kpi.Undefined(kpi.ZeroDenominator)},
		{"target zero, lower", kpi.LowerIsBetter, kpi.Int(0), kpi.Int(0), kpi.Undefined(kpi.ZeroDenominator)},
		{"no target", kpi.HigherIsBetter, kpi.Int(5), none, kpi.Undefined(kpi.NoTarget)},
		{"no actual is not zero", kpi.HigherIsBetter, none, kpi.Int(5), none},
		{"no actual and a target of zero", kpi.HigherIsBetter, none, kpi.Int(0), none},
		{"a band has no single target", kpi.InBand, kpi.Int(5), kpi.Int(5), kpi.Undefined(kpi.NotApplicable)},
	} {
		if got := kpi.Attainment(c.d, c.actual, c.target); got != c.want {
			t.Errorf("%s: %v, want %v", c.why, got, c.want)
		}
	}
}

func TestBandAttainment(t *testing.T) {
	none := kpi.Value{}
	for _, c := range []struct {
		why               string
		actual, low, high kpi.Value
		want              kpi.Value // worked by hand
	}{
		{"inside", kpi.Int(12), kpi.Int(10), kpi.Int(20), kpi.Int(1)},
		{"on the low edge", kpi.Int(10), kpi.Int(10), kpi.Int(20), kpi.Int(1)},
		{"on the high edge", kpi.Int(20), kpi.Int(10), kpi.Int(20), kpi.Int(1)},
		{"below: 1 − 2/10", kpi.Int(8), kpi.Int(10), kpi.Int(20), kpi.Frac(4, 5)},
		{"above: 1 − 5/20", kpi.Int(25), kpi.Int(10), kpi.Int(20), kpi.Frac(3, 4)},
		{"below a negative edge: 1 − 5/10", kpi.Int(-15), kpi.Int(-10), kpi.Int(-5), kpi.Frac(1, 2)},
		{"outside an edge of zero", kpi.Int(-1), kpi.Int(0), kpi.Int(5), kpi.Undefined(kpi.ZeroDenominator)},
		{"inside a band from zero", kpi.Int(1), kpi.Int(0), kpi.Int(5), kpi.Int(1)},
		{"edges reversed", kpi.Int(1), kpi.Int(5), kpi.Int(0), kpi.Undefined(kpi.NotApplicable)},
		{"no actual", none, kpi.Int(0), kpi.Int(5), none},
		{"no upper edge, inside so far", kpi.Int(3), kpi.Int(0), none, none},
		{"no upper edge, below", kpi.Int(3), kpi.Int(4), none, none},
		{"no lower edge, above", kpi.Int(9), none, kpi.Int(4), none},
	} {
		if got := kpi.BandAttainment(c.actual, c.low, c.high); got != c.want {
			t.Errorf("%s: %v, want %v", c.why, got, c.want)
		}
	}
}

func TestMet(t *testing.T) {
	for _, c := range []struct {
		why            string
		d              kpi.Direction
		actual, target kpi.Value
		met, ok        bool
	}{
		{"at the target", kpi.HigherIsBetter, kpi.Int(5), kpi.Int(5), true, true},
		{"no complaint of none allowed", kpi.LowerIsBetter, kpi.Int(0), kpi.Int(0), true, true},
		{"one complaint of none allowed", kpi.LowerIsBetter, kpi.Int(1), kpi.Int(0), false, true},
		{"below", kpi.HigherIsBetter, kpi.Int(4), kpi.Int(5), false, true},
		{"no actual", kpi.HigherIsBetter, kpi.Value{}, kpi.Int(5), false, false},
		{"band", kpi.InBand, kpi.Int(5), kpi.Int(5), false, false},
	} {
		if met, ok := kpi.Met(c.d, c.actual, c.target); met != c.met || ok != c.ok {
			t.Errorf("%s: %t, %t", c.why, met, ok)
		}
	}
}

func TestGrowth(t *testing.T) {
	for _, c := range []struct {
		why           string
		current, base kpi.Value
		want          kpi.Value
	}{
		// quarter_growth of data/crm_opportunities/reference.json
		{"2017-Q2 on Q1", kpi.Int(3086111), kpi.Int(1134672), kpi.Frac(1951439, 1134672)},
		{"2017-Q3 on Q2", kpi.Int(2982255), kpi.Int(3086111), kpi.Frac(-103856, 3086111)},
		// DOMAIN.md, "growth on a base of zero or less"
		{"from zero", kpi.Int(5), kpi.Int(0), kpi.Undefined(kpi.BaseNotPositive)},
		{"from a loss", kpi.Int(5), kpi.Int(-5), kpi.Undefined(kpi.BaseNotPositive)},
		{"to zero", kpi.Int(0), kpi.Int(5), kpi.Int(-1)},
		{"no base", kpi.Int(5), kpi.Value{}, kpi.Value{}},
		{"unpriced wins over the base", kpi.Undefined(kpi.Unpriced), kpi.Int(0), kpi.Undefined(kpi.Unpriced)},
	} {
		if got := kpi.Growth(c.current, c.base); got != c.want {
			t.Errorf("%s: %v, want %v", c.why, got, c.want)
		}
	}
}

func TestVariance(t *testing.T) {
	a, b := kpi.Int(80), kpi.Int(100)
	if kpi.Variance(a, b) != kpi.Int(-20) || kpi.Favourable(kpi.HigherIsBetter, a, b) != kpi.Int(-20) ||
		kpi.Favourable(kpi.LowerIsBetter, a, b) != kpi.Int(20) || kpi.Favourable(kpi.InBand, a, b).Reason() != kpi.NotApplicable {
		t.Error("variance: plain is actual − target, favourable is positive where good")
	}
	if !kpi.SignChange(kpi.Int(1), kpi.Int(-1)) || kpi.SignChange(kpi.Int(0), kpi.Int(-1)) || kpi.SignChange(kpi.Value{}, a) {
		t.Error("sign change")
	}
}

func TestAttainmentLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, target := fromRat(t, rationals().Draw(t, "a")), fromRat(t, rationals().Draw(t, "b")), fromRat(t, rationals().Draw(t, "target"))
		if target.Sign() == 0 {
			return
		}
		high, low := kpi.Attainment(kpi.HigherIsBetter, a, target), kpi.Attainment(kpi.LowerIsBetter, a, target)
		if high.Add(low) != kpi.Int(2) {
			t.Fatalf("higher %v and lower %v are not mirrored at 1", high, low)
		}
		if met, _ := kpi.Met(kpi.HigherIsBetter, a, target); met != (high.Compare(kpi.Int(1)) >= 0) {
			t.Fatalf("met %t at %v", met, high)
		}
		if a.Less(b) && !high.Less(kpi.Attainment(kpi.HigherIsBetter, b, target)) {
			t.Fatal("more is not better")
		}
		if target.Sign() > 0 && high != a.Div(target) {
			t.Fatalf("%v is not actual/target", high)
		}
	})
}
