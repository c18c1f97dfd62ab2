package kpi_test

import (
	"encoding"
	"errors"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func TestWords(t *testing.T) {
	for want, word := range map[string]interface {
		encoding.TextMarshaler
		String() string
	}{
		"half_even": kpi.HalfEven, "half_up": kpi.HalfUp, "down": kpi.Down, "up": kpi.Up, "floor": kpi.Floor, "ceiling": kpi.Ceiling,
		"number": kpi.AsNumber, "percent": kpi.AsPercent, "score": kpi.AsScore,
		"higher": kpi.HigherIsBetter, "lower": kpi.LowerIsBetter, "band": kpi.InBand,
		"result": kpi.Result, "activity": kpi.Leading, "hygiene": kpi.Hygiene,
		"undecided": kpi.Undecided, "met": kpi.TargetMet, "missed": kpi.TargetMissed,
		"day": kpi.RateOfDay, "last_known": kpi.LastKnownRate, "period_average": kpi.PeriodAverage, "plan": kpi.PlanRate,
		"ref": kpi.OpRef, "neg": kpi.OpNeg, "add": kpi.OpAdd, "sub": kpi.OpSub, "mul": kpi.OpMul, "div": kpi.OpDiv,
		"min": kpi.OpMin, "max": kpi.OpMax, "abs": kpi.OpAbs, "coalesce": kpi.OpCoalesce, "growth": kpi.OpGrowth,
		"additive": kpi.Additive, "ratio": kpi.RatioOfSums, "level": kpi.Level, "distinct": kpi.Distinct,
	} {
		if text, err := word.MarshalText(); err != nil || string(text) != want || word.String() != want {
			t.Errorf("%s: %s, %v", want, text, err)
		}
	}
	for name, unknown := range map[string]encoding.TextMarshaler{
		"rounding": kpi.Rounding(6), "show": kpi.Show(3), "direction": kpi.Direction(3), "additivity": kpi.Additivity(4), "reason": kpi.Reason(13),
		"kind": kpi.Kind(3), "outcome": kpi.Outcome(3), "rate policy": kpi.RatePolicy(4), "op": kpi.Op(12),
	} {
		if _, err := unknown.MarshalText(); !errors.Is(err, check.ErrUnknown) {
			t.Errorf("%s outside its constants: %v", name, err)
		}
	}
	var (
		m kpi.Rounding
		s kpi.Show
		d kpi.Direction
		a kpi.Additivity
		k kpi.Kind
		o kpi.Outcome
		p kpi.RatePolicy
		n kpi.Op
	)
	for word, into := range map[string]encoding.TextUnmarshaler{"hygiene": &k, "missed": &o, "plan": &p, "growth": &n, "ceiling": &m, "score": &s, "band": &d, "distinct": &a} {
		if err := into.UnmarshalText([]byte(word)); err != nil {
			t.Error(err)
		}
		if err := into.UnmarshalText([]byte("perhaps")); !errors.Is(err, check.ErrUnknown) {
			t.Errorf("perhaps: %v", err)
		}
	}
	if m != kpi.Ceiling || s != kpi.AsScore || d != kpi.InBand || a != kpi.Distinct ||
		k != kpi.Hygiene || o != kpi.TargetMissed || p != kpi.PlanRate || n != kpi.OpGrowth {
		t.Errorf("read %v %v %v %v %v %v %v %v", m, s, d, a, k, o, p, n)
	}
}

func TestUnit(t *testing.T) {
	for want, u := range map[string]kpi.Unit{
		"USD": kpi.Money("USD", 2), "1": kpi.Count(), "days": kpi.InDays(1), "USD/days": {Money: 1, Days: -1, Currency: "USD"},
		"CNY·CNY": {Money: 2, Currency: "CNY"}, "1/days": {Days: -1},
	} {
		if u.String() != want || u.Validate() != nil {
			t.Errorf("%s: %s, %v", want, u, u.Validate())
		}
	}
	if !kpi.Count().Same(kpi.Share(1)) || kpi.Money("USD", 2).Same(kpi.Money("EUR", 2)) || !kpi.Money("USD", 2).Same(kpi.Money("USD", 0)) {
		t.Error("same: dimension and currency, not scale and show")
	}
	bad := kpi.Unit{Money: 1, Scale: -1, Show: 9}
	if got := len(check.All(bad.Validate())); got != 3 {
		t.Errorf("%d problems: %v", got, bad.Validate())
	}
	if err := (kpi.Unit{Currency: "USD"}).Validate(); !errors.Is(err, check.ErrUnit) {
		t.Errorf("currency without money: %v", err)
	}
}

func TestMetric(t *testing.T) {
	m := kpi.Metric{ID: "won_value", Name: "Won value", NameZH: "赢单金额", Unit: kpi.Money("USD", 2)}
	if m.Validate() != nil || m.Title("zh") != "赢单金额" || m.Title("en") != "Won value" || (kpi.Metric{ID: "x"}).Title("zh") != "x" {
		t.Errorf("%v, %s", m.Validate(), m.Title("zh"))
	}
	bad := kpi.Metric{ID: "Won value", Unit: kpi.Unit{Money: 1}, Direction: 7, Additivity: 7}
	var paths []string
	for _, e := range check.All(bad.Validate()) {
		paths = append(paths, e.Path)
	}
	want := []string{"id", "unit.currency", "direction", "additivity"}
	if len(paths) != len(want) {
		t.Fatalf("problems at %q, want %q", paths, want)
	}
	for i := range want {
		if paths[i] != want[i] {
			t.Errorf("problem %d at %s, want %s", i, paths[i], want[i])
		}
	}
	for id, valid := range map[string]bool{"a": true, "won_value2": true, "": false, "2a": false, "_a": false, "A": false, "a-b": false, "赢": false} {
		if kpi.ValidID(id) != valid {
			t.Errorf("%q valid: %t", id, !valid)
		}
	}
}

func TestFigure(t *testing.T) {
	p, err := calendar.NewPeriod(calendar.MustDay("2026-01-01"), calendar.MustDay("2026-02-01"))
	if err != nil {
		t.Fatal(err)
	}
	f := kpi.Figure{Metric: "won_value", Owner: "ann", Period: p, Value: kpi.Int(1)}
	if f.Validate() != nil {
		t.Error(f.Validate())
	}
	if got := len(check.All(kpi.Figure{}.Validate())); got != 3 {
		t.Errorf("%d problems in an empty figure", got)
	}
	g := f
	g.Owner = "bo"
	if f.Compare(g) >= 0 || g.Compare(f) <= 0 || f.Compare(f) != 0 {
		t.Error("figures are not ordered by owner")
	}
}

func TestReasonTitles(t *testing.T) {
	seen := map[string]kpi.Reason{}
	for _, r := range reasons {
		for _, lang := range []string{"en", "zh"} {
			title := r.Title(lang)
			if other, double := seen[title]; double || title == "" {
				t.Errorf("%s and %s are both %q in %s", r, other, title, lang)
			}
			seen[title] = r
		}
	}
	if kpi.TooFew.Title("en") != "too few" || kpi.TooFew.Title("zh") != "样本太少" || kpi.TooFew.Title("fr") != "too few" || kpi.Reason(0).Title("zh") != "" {
		t.Error("titles are not those of their language")
	}
}

// The order of DESIGN.md, contract 3: the one that stands first wins.
func TestStronger(t *testing.T) {
	order := []kpi.Reason{kpi.Unpriced, kpi.NoTarget, kpi.ZeroDenominator, kpi.BaseNotPositive, kpi.UndefinedMix, kpi.NotYetDue,
		kpi.NoTimeLeft, kpi.Immature, kpi.TooFew, kpi.NotApplicable, kpi.NoAmount, kpi.NoData, 0}
	for i, a := range order {
		for j, b := range order {
			if got := kpi.Stronger(a, b); got != order[min(i, j)] {
				t.Errorf("%q and %q: %q", a, b, got)
			}
		}
	}
}
