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
		"additive": kpi.Additive, "ratio": kpi.RatioOfSums, "level": kpi.Level, "distinct": kpi.Distinct,
	} {
		if text, err := word.MarshalText(); err != nil || string(text) != want || word.String() != want {
			t.Errorf("%s: %s, %v", want, text, err)
		}
	}
	for name, unknown := range map[string]encoding.TextMarshaler{
		"rounding": kpi.Rounding(6), "show": kpi.Show(3), "direction": kpi.Direction(3), "additivity": kpi.Additivity(4), "reason": kpi.Reason(13),
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
	)
	for word, into := range map[string]encoding.TextUnmarshaler{"ceiling": &m, "score": &s, "band": &d, "distinct": &a} {
		if err := into.UnmarshalText([]byte(word)); err != nil {
			t.Error(err)
		}
		if err := into.UnmarshalText([]byte("perhaps")); !errors.Is(err, check.ErrUnknown) {
			t.Errorf("perhaps: %v", err)
		}
	}
	if m != kpi.Ceiling || s != kpi.AsScore || d != kpi.InBand || a != kpi.Distinct {
		t.Errorf("read %v %v %v %v", m, s, d, a)
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
