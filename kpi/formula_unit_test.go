package kpi_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func units(id string) (kpi.Unit, bool) {
	u, known := map[string]kpi.Unit{
		"usd": kpi.Money("USD", 2), "cost": kpi.Money("USD", 2), "eur": kpi.Money("EUR", 2),
		"days": kpi.InDays(0), "n": kpi.Count(), "m": kpi.Count(), "min": kpi.Share(1),
	}[id]
	return u, known
}

func TestFormulaUnit(t *testing.T) {
	for _, c := range []struct {
		why, formula string
		want         string
	}{
		{"money of one currency", "usd - cost", "USD"},
		{"money by count", "usd / n", "USD"},
		{"money by money", "usd / cost", "1"},
		{"velocity is money per day", "n * min * usd / n / (days / n)", "USD/days"},
		{"a number beside a share", "1 - usd / cost", "1"},
		{"a number beside a count", "n + 1", "1"},
		{"a number times money", "0.5 * usd", "USD"},
		{"zero is of every unit, on the right", "max(usd - cost, 0)", "USD"},
		{"zero is of every unit, on the left", "max(0, usd)", "USD"},
		{"zero is of every unit, in coalesce", "coalesce(usd, -0)", "USD"},
		{"zero times money is money", "0 * usd + usd", "USD"},
		{"growth has none", "growth(usd, cost)", "1"},
		{"two currencies may meet where each has gone", "usd / cost + eur / eur", "1"},
		{"variance of money", "usd * usd", "USD·USD"},
		{"only zero", "0 + 0", "1"},
	} {
		if u, err := parse(t, c.formula).Unit(units); err != nil || u.String() != c.want {
			t.Errorf("%s: %s is %s, %v, want %s", c.why, c.formula, u, err, c.want)
		}
	}
}

func TestFormulaUnitErrors(t *testing.T) {
	for _, c := range []struct {
		why, formula string
		class        error
		want         []string // code, value and column, in order
	}{
		{"two currencies do not add", "usd + eur", check.ErrUnit, []string{"units_differ usd + eur 5"}},
		{"nor multiply", "usd * eur", check.ErrUnit, []string{"currencies_differ usd * eur 5"}},
		{"nor divide", "n + usd / eur", check.ErrUnit, []string{"currencies_differ usd / eur 9"}},
		{"a number is not money", "usd + 1", check.ErrUnit, []string{"units_differ usd + 1 5"}},
		{"money is not days", "min(usd, cost, days)", check.ErrUnit, []string{"units_differ min(usd, cost, days) 1"}},
		{"coalesce needs one unit", "coalesce(usd, 5)", check.ErrUnit, []string{"units_differ coalesce(usd, 5) 1"}},
		{"growth too", "growth(usd, n)", check.ErrUnit, []string{"units_differ growth(usd, n) 1"}},
		{"unknown ones, all at once", "x + usd / (y + usd) + x", check.ErrUnknown, []string{"unknown_reference x 1", "unknown_reference y 12", "unknown_reference x 23"}},
		{"two mismatches", "(usd + n) / (n + days)", check.ErrUnit, []string{"units_differ usd + n 6", "units_differ n + days 16"}},
		{"what is wrong below says nothing above", "usd * (usd + n) + days", check.ErrUnit, []string{"units_differ usd + n 12"}},
	} {
		_, err := parse(t, c.formula).Unit(units)
		var got []string
		for _, e := range check.All(err) {
			got = append(got, e.Code+" "+e.Value+" "+e.Args["column"])
		}
		if !slices.Equal(got, c.want) || !errors.Is(err, c.class) {
			t.Errorf("%s: %s: got %q, want %q", c.why, c.formula, got, c.want)
		}
	}
}

// What is of the unit money^a·days^b grows by c^a·k^b where all money grows
// by c and all days by k: the unit that is checked is the unit that comes
// out.
func TestUnitsAreTrue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := formulas().Draw(t, "f")
		u, err := f.Unit(units)
		if err != nil {
			return
		}
		money, days := kpi.Frac(7, 3), kpi.Frac(2, 5)
		values, scaled := map[string]kpi.Value{}, map[string]kpi.Value{}
		for _, id := range f.References() {
			v := kpi.Frac(rapid.Int64Range(-9, 9).Draw(t, id), 4)
			unit, _ := units(id)
			values[id], scaled[id] = v, v
			for range unit.Money {
				scaled[id] = scaled[id].Mul(money)
			}
			for range unit.Days {
				scaled[id] = scaled[id].Mul(days)
			}
		}
		want := f.Eval(from(values))
		for _, power := range []struct {
			exponent int8
			factor   kpi.Value
		}{{u.Money, money}, {u.Days, days}} {
			for range power.exponent {
				want = want.Mul(power.factor)
			}
			for range -power.exponent {
				want = want.Div(power.factor)
			}
		}
		if got := f.Eval(from(scaled)); got != want {
			t.Fatalf("%s is of %s: %v, want %v", f, u, got, want)
		}
	})
}

func drawUnit(t *rapid.T, label string) kpi.Unit {
	u := kpi.Unit{
		Money: int8(rapid.IntRange(-3, 3).Draw(t, label+" money")), Days: int8(rapid.IntRange(-3, 3).Draw(t, label+" days")),
		Scale: int8(rapid.IntRange(0, 3).Draw(t, label+" scale")), Show: kpi.Show(rapid.IntRange(0, 2).Draw(t, label+" show")),
	}
	if u.Money != 0 {
		u.Currency = rapid.SampledFrom([]string{"USD", "USD", "EUR"}).Draw(t, label+" currency")
	}
	return u
}

func TestUnitLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u, v, w := drawUnit(t, "u"), drawUnit(t, "v"), drawUnit(t, "w")
		uv, err := u.Mul(v)
		if (err != nil) != (u.Money != 0 && v.Money != 0 && u.Currency != v.Currency) {
			t.Fatalf("%s × %s: %v", u, v, err)
		}
		vu, err2 := v.Mul(u)
		if uv != vu || (err == nil) != (err2 == nil) {
			t.Fatalf("%s × %s = %s, the other way %s", u, v, uv, vu)
		}
		if err != nil {
			if !errors.Is(err, check.ErrUnit) {
				t.Fatal(err)
			}
			return
		}
		if uv.Validate() != nil {
			t.Fatalf("%s × %s = %+v: %v", u, v, uv, uv.Validate())
		}
		if back, err := uv.Div(v); err != nil || !back.Same(u) {
			t.Fatalf("%s × %s / %s = %s, %v", u, v, v, back, err)
		}
		left, err1 := uv.Mul(w)
		vw, err2 := v.Mul(w)
		right, err3 := u.Mul(vw)
		if err1 == nil && err2 == nil && err3 == nil && left != right {
			t.Fatalf("(%s × %s) × %s = %v, the other way %v", u, v, w, left, right)
		}
	})
	many := kpi.Unit{Days: 127}
	if _, err := many.Mul(kpi.InDays(0)); !errors.Is(err, check.ErrRange) {
		t.Errorf("days^128: %v", err)
	}
}
