package action_test

import (
	"bytes"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan/action"
	"pgregory.net/rapid"
)

func units(prefix string, before, after []int64) []action.Unit {
	all := []action.Unit{}
	for i := range before {
		all = append(all, action.Unit{ID: prefix + string(rune('a'+i)), Before: []kpi.Value{kpi.Int(before[i])}, After: []kpi.Value{kpi.Int(after[i])}})
	}
	return all
}

// weak are the four sellers sent to a training, and the ten others.
func weak() action.Case {
	return action.Case{ID: "training", Chosen: true,
		Units:  units("t", []int64{60, 62, 65, 57}, []int64{75, 70, 82, 65}),
		Others: units("o", []int64{80, 85, 90, 95, 100, 105, 110, 78, 120, 98}, []int64{88, 79, 95, 86, 92, 101, 96, 84, 103, 99})}
}

func evaluate(t tester, c ...action.Case) []action.Evaluation {
	t.Helper()
	all, err := action.Evaluate(c, kpi.Confidence{})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// near compares with a figure of another system at nine digits.
func near(t *testing.T, what string, got interface{ Float64() (float64, bool) }, want float64) {
	t.Helper()
	f, ok := got.Float64()
	if !ok || math.Abs(f-want) > 1e-9*math.Abs(want) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// Figures of R 4.2.2.
func TestEvaluateAgainstR(t *testing.T) {
	e := evaluate(t, weak())[0]
	// t.test(y_t - x_t, y_c - x_c): 15.8, 7.83477998715647 … 23.7652200128435, p 0.00124296385647
	near(t, "difference in differences", e.Compared.Net, 15.8)
	near(t, "low", e.Compared.Low, 7.83477998715647)
	near(t, "high", e.Compared.High, 23.76522001284352)
	near(t, "p", e.Compared.P, 0.00124296385647)
	// coef(lm(y_c ~ x_c))[2]
	near(t, "slope", e.Regression.Slope, 0.46787510087529)
	// mean(y_t) - predict(lm, mean(x_t)); its variance var(y_t - b*x_t)/4 +
	// sigma^2*(1/10 + (mean(x_t)-mean(x_c))^2/Sxx), Satterthwaite's 10.993551160939 df
	near(t, "net", e.Net, -2.877583959277)
	near(t, "net low", e.Low, -15.192345561642)
	near(t, "net high", e.High, 9.437177643088)
	near(t, "net p", e.P, 0.617195774289)
	if e.Verdict != kpi.WithinChance || e.Basis != action.ByOthers || !e.Regression.TakenOff {
		t.Errorf("%+v", e)
	}
	if e.Expected.Add(e.Net) != e.Units.Changed || e.Units.Changed != kpi.Int(12) || e.Others.Changed != num("-3.8") {
		t.Errorf("expected %v, net %v, changed %v", e.Expected, e.Net, e.Units.Changed)
	}

	stated := weak()
	stated.Slope = num("0.5")
	e = evaluate(t, stated)[0]
	// t.test(y_t - .5*x_t, y_c - .5*x_c)
	near(t, "stated net", e.Net, -1.75)
	near(t, "stated low", e.Low, -10.40976353256)
	near(t, "stated high", e.High, 6.90976353256)
	near(t, "stated p", e.P, 0.62079872214)
}

// Figures of R 4.2.2: lm(c(100,104,103,109,112) ~ 1:5) carried on to 7, against
// the mean of 118, 121 and 119; variance s^2*(1/3 + 1/5 + (7-3)^2/10), 3 df.
func TestTrendAgainstR(t *testing.T) {
	c := action.Case{ID: "visits", Units: []action.Unit{{ID: "a",
		Before: []kpi.Value{num("100"), num("104"), num("103"), num("109"), num("112")},
		After:  []kpi.Value{num("118"), num("121"), num("119")}}}}
	e := evaluate(t, c)[0]
	near(t, "expected", e.Trend.Expected, 11.6)
	near(t, "net", e.Net, 2.133333333333)
	near(t, "low", e.Low, -5.962294098706)
	near(t, "high", e.High, 10.228960765372)
	near(t, "p", e.P, 0.463237931706)
	if e.Basis != action.OwnTrend || e.Verdict != kpi.WithinChance {
		t.Errorf("%v %v", e.Basis, e.Verdict)
	}
}

// R 4.2.2: p.adjust(c(p1, p2), "BH") doubles the smaller of two.
func TestManyCasesAreAdjustedTogether(t *testing.T) {
	good := weak()
	good.Chosen, good.ID = false, "good"
	both := evaluate(t, good, weak())
	near(t, "q", both[0].Q, 2*0.00124296385647)
	near(t, "q", both[1].Q, 0.617195774289)
	if both[0].Verdict != kpi.Distinguishable || evaluate(t, good)[0].Q != evaluate(t, good)[0].P {
		t.Errorf("%v", both[0].Verdict)
	}
	if got := codes(both[0].Findings); !strings.Contains(strings.Join(got, " "), "looks_chosen") {
		t.Errorf("units that stood far below the others were not noticed: %v", got)
	}
}

func TestEvaluateEdges(t *testing.T) {
	same := func(n int, v int64) []int64 {
		all := make([]int64, n)
		for i := range all {
			all[i] = v
		}
		return all
	}
	undefined := weak()
	undefined.Units[1].After = []kpi.Value{kpi.Undefined(kpi.ZeroDenominator)}
	few := weak()
	few.Others = few.Others[:9]
	alone := weak()
	alone.Others = nil
	for _, tc := range []struct {
		name, why string
		c         action.Case
		net       string
		basis     action.Basis
		verdict   kpi.Chance
		code      string
	}{
		{"few others", "under ten others the slope is too rough to take anything off by", few, "undefined: too_few", action.ByOthers, kpi.ChanceUnknown, "regression_unknown"},
		{"chosen and alone", "a trend through a low that was picked says nothing", alone, "undefined: no_data", action.NoBasis, kpi.ChanceUnknown, "regression_unknown"},
		{"one is not known", "it is left out and counted; the others are looked at", undefined, "", action.ByOthers, kpi.WithinChance, "units_left_out"},
		{"no spread", "all changed alike on both sides: nothing tells how large chance is", action.Case{ID: "x",
			Units: units("t", same(6, 10), same(6, 12)), Others: units("o", same(6, 10), same(6, 11))}, "1", action.ByOthers, kpi.ChanceUnknown, "changed_unjudged"},
		{"a handful", "under ten units in all no interval is drawn, but the difference is shown", action.Case{ID: "x",
			Units: units("t", []int64{1, 2, 3}, []int64{3, 5, 4}), Others: units("o", []int64{1, 2, 3}, []int64{1, 3, 2})}, "2", action.ByOthers, kpi.ChanceUnknown, "changed_unjudged"},
		{"nothing to compare with", "one period before is no trend", action.Case{ID: "x", Units: units("t", []int64{1, 2}, []int64{3, 5})},
			"undefined: too_few", action.NoBasis, kpi.ChanceUnknown, "changed_unjudged"},
	} {
		needWhy(t, tc.why)
		e := evaluate(t, tc.c)[0]
		if tc.net != "" && e.Net.String() != tc.net || e.Basis != tc.basis || e.Verdict != tc.verdict {
			t.Errorf("%s: net %v by %v, %v", tc.name, e.Net, e.Basis, e.Verdict)
		}
		if !strings.Contains(strings.Join(codes(e.Findings), " "), tc.code) {
			t.Errorf("%s: %v", tc.name, codes(e.Findings))
		}
		if e.Units.Read != e.Units.Counted+len(e.Units.Excluded) {
			t.Errorf("%s: %+v", tc.name, e.Units)
		}
		back(t, e)
	}
}

// What was promised is held against what remains, not against the whole
// change.
func TestPromiseIsHeldAgainstTheNet(t *testing.T) {
	c := weak()
	c.Promised = num("0.1") // of 61 before
	e := evaluate(t, c)[0]
	if e.Promised != num("6.1") || !strings.Contains(strings.Join(codes(e.Findings), " "), "promise_not_kept") {
		t.Errorf("%v %v", e.Promised, codes(e.Findings))
	}
	c.Chosen = false
	if e := evaluate(t, c)[0]; !strings.Contains(strings.Join(codes(e.Findings), " "), "promise_kept") {
		t.Errorf("%v", codes(e.Findings))
	}
}

// The sentences speak of what came after, never of what was brought about.
func TestNothingIsBrought(t *testing.T) {
	for _, template := range action.Findings() {
		for _, word := range []string{"brought", "caused", "thanks to", "因为该行动", "带来"} {
			if strings.Contains(template.English+template.Chinese, word) {
				t.Errorf("%s says %q", template.Code, word)
			}
		}
	}
}

func TestEvaluateMistakes(t *testing.T) {
	_, err := action.Evaluate([]action.Case{
		{ID: "", Direction: kpi.InBand, Promised: kpi.Undefined(kpi.TooFew), Slope: kpi.Undefined(kpi.TooFew)},
		{ID: "x", Units: []action.Unit{{ID: "a", Before: []kpi.Value{num("1")}, After: []kpi.Value{num("1")}}, {ID: "", Before: nil, After: []kpi.Value{num("1")}}},
			Others: []action.Unit{{ID: "a", Before: []kpi.Value{num("1"), num("2")}, After: []kpi.Value{num("1")}}}},
		{ID: "x", Direction: 9, Units: weak().Units},
	}, kpi.Confidence{Fewest: -1})
	want := []string{"cases[0].id missing_id", "cases[0].direction no_direction", "cases[0].promised undefined_number", "cases[0].slope undefined_number", "cases[0].units no_units",
		"cases[1].units[1].id missing_id", "cases[1].units[1].before no_periods", "cases[1].others[0].id duplicate_unit", "cases[1].others[0].before other_periods",
		"cases[2].direction unknown_word", "cases[2].id duplicate_id", "confidence.fewest "}
	got := problems(err)
	for i := range want {
		if i >= len(got) || !strings.HasPrefix(got[i], want[i]) {
			t.Fatalf("got  %q\nwant %q", got, want)
		}
	}
}

// Eight of thirty real sellers, the weakest of a quarter, and nobody coached
// anybody: the difference in differences is "significant" all the same, and
// what remains without the regression to the mean is not. Sales of the third
// and fourth quarter of the sample CRM data (Maven Analytics, CRM Sales
// Opportunities), summed by seller; figures of R 4.2.2: t.test of the changes,
// and lm of the others as above.
func TestNobodyWasCoached(t *testing.T) {
	text, err := os.ReadFile("testdata/crm_won.csv")
	if err != nil {
		t.Fatal(err)
	}
	all := []action.Unit{}
	for _, line := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
		cells := strings.Split(line, ",")
		all = append(all, action.Unit{ID: cells[0], Before: []kpi.Value{num(cells[1])}, After: []kpi.Value{num(cells[2])}})
	}
	slices.SortStableFunc(all, func(a, b action.Unit) int { return a.Before[0].Compare(b.Before[0]) })
	e := evaluate(t, action.Case{ID: "nothing", Chosen: true, Units: all[:8], Others: all[8:]})[0]
	near(t, "difference in differences", e.Compared.Net, 2.69464318182e+04)
	near(t, "low", e.Compared.Low, 3.87431446827e+03)
	near(t, "p", e.Compared.P, 2.53566789697e-02)
	near(t, "slope", e.Regression.Slope, 0.858695650254)
	near(t, "net", e.Net, 16044.496146321879)
	near(t, "net low", e.Low, -9681.642100320008)
	near(t, "net p", e.P, 0.208987468129)
	if e.Verdict != kpi.WithinChance {
		t.Errorf("%v", e.Verdict)
	}
}

// Units in any order give the same bytes, nothing that came in is touched,
// and whatever the numbers, what was expected and what remains are the change.
func TestEvaluateLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(side string, least int) []action.Unit {
			all := []action.Unit{}
			for i := range rapid.IntRange(least, 14).Draw(t, side) {
				u := action.Unit{ID: side + string(rune('a'+i))}
				for range 3 {
					u.Before = append(u.Before, kpi.Frac(rapid.Int64Range(-99, 99).Draw(t, "before"), rapid.Int64Range(0, 9).Draw(t, "of")))
				}
				u.After = []kpi.Value{kpi.Frac(rapid.Int64Range(-99, 99).Draw(t, "after"), rapid.Int64Range(1, 9).Draw(t, "of"))}
				all = append(all, u)
			}
			return all
		}
		c := action.Case{ID: "x", Chosen: rapid.Bool().Draw(t, "chosen"), Promised: num("0.1"), Units: draw("t", 1), Others: draw("o", 0)}
		before, units, others := encode(t, c), c.Units, c.Others
		e := evaluate(t, c)[0]
		back(t, e)
		back(t, c)
		if e.Net.Defined() && e.Expected.Add(e.Net) != e.Units.Changed {
			t.Errorf("%v and %v of %v", e.Expected, e.Net, e.Units.Changed)
		}
		if e.Units.Read != e.Units.Counted+len(e.Units.Excluded) || e.Others.Read != e.Others.Counted+len(e.Others.Excluded) || e.Units.Read != len(c.Units) {
			t.Errorf("%+v %+v", e.Units, e.Others)
		}
		if low, ok := e.Low.Float64(); ok {
			net, _ := e.Net.Float64()
			if high, _ := e.High.Float64(); low > net || high < net {
				t.Errorf("%v outside %v … %v", e.Net, e.Low, e.High)
			}
		}
		c.Units, c.Others = mix(t, c.Units), mix(t, c.Others)
		if got := encode(t, evaluate(t, c)[0]); !bytes.Equal(got, encode(t, e)) {
			t.Errorf("%s", got)
		}
		if c.Units, c.Others = slices.Clone(units), slices.Clone(others); !bytes.Equal(encode(t, c), before) {
			t.Error("the case was changed")
		}
	})
}

// Numbers beyond what floating point holds have no interval, and nothing
// breaks.
func TestEvaluateHugeNumbers(t *testing.T) {
	huge := num("1" + strings.Repeat("0", 60))
	c := weak()
	c.Chosen = false
	for i := range c.Units {
		c.Units[i].After = []kpi.Value{huge.Mul(huge).Mul(huge).Mul(kpi.Int(int64(i + 1)))}
	}
	e := evaluate(t, c)[0]
	if e.P.Reason() != kpi.NotApplicable || e.Verdict != kpi.ChanceUnknown || !e.Net.Defined() {
		t.Errorf("%v %v", e.P, e.Verdict)
	}
	back(t, e)
}

// An effect that would show after the last year there is has no day, and
// nothing of it lands.
func TestTheLastYear(t *testing.T) {
	p := moving(action.Leads, "0.1")
	p.Strategies[0].Start, p.Strategies[0].End = day("2200-12-01"), day("2200-12-31")
	aim := product(t)
	aim.LeadTimes[0].Days = 3660
	r := promise(t, p, aim)
	if e := r.Strategies[0].Effects[0]; !e.Begins.IsZero() || !e.Landing.IsZero() || r.Landing != r.Baseline {
		t.Errorf("%+v", e)
	}
	back(t, r)
}
