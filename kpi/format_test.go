package kpi_test

import (
	"fmt"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
)

func TestUnitText(t *testing.T) {
	for _, c := range []struct {
		u    kpi.Unit
		v    string
		want string // worked by hand
	}{
		{kpi.Money("USD", 2), "1234.5", "1,234.50 USD"},
		{kpi.Money("CNY", 0), "-1234567.5", "-1,234,568 CNY"},
		{kpi.Money("JPY", 0), "999", "999 JPY"},
		{kpi.Money("USD", 2), "-0.001", "0.00 USD"},
		{kpi.Share(1), "0.4775", "47.8 %"}, // 47.75, half to even
		{kpi.Share(0), "12.5", "1,250 %"},
		{kpi.InDays(0), "57", "57 days"},
		{kpi.Count(), "1000000", "1,000,000"},
		{kpi.Score(1), "95.5", "95.5"},
		{kpi.Unit{Money: 1, Days: -1, Currency: "USD", Scale: 1}, "2000", "2,000.0 USD/days"},
	} {
		if got := c.u.Text(kpi.MustParse(c.v)); got != c.want {
			t.Errorf("%s of %+v: %q, want %q", c.v, c.u, got, c.want)
		}
	}
	if got := kpi.Money("USD", 2).Text(kpi.Undefined(kpi.NoTarget)); got != kpi.NoNumber {
		t.Errorf("undefined: %q", got)
	}
}

// What is rounded at the places of its unit shows as what it was.
func TestUnitPlaces(t *testing.T) {
	for _, c := range []struct {
		u    kpi.Unit
		want int
	}{
		{kpi.Money("USD", 2), 2}, {kpi.Money("JPY", 0), 0}, {kpi.Count(), 0}, {kpi.Score(1), 1},
		{kpi.Share(0), 2}, {kpi.Share(1), 3}, {kpi.Share(17), 18}, {kpi.Share(18), 18},
	} {
		if got := c.u.Places(); got != c.want {
			t.Errorf("%+v: %d, want %d", c.u, got, c.want)
		}
		if v := kpi.Frac(1234567, 7000); c.u.Scale < 3 && c.u.Text(kpi.MustParse(v.Text(c.u.Places(), kpi.HalfEven))) != c.u.Text(v) {
			t.Errorf("%+v: %s is lost", c.u, c.u.Text(v))
		}
	}
}

func ExampleUnit_Places() {
	rate := kpi.Frac(2, 3)
	unit := kpi.Share(1)
	fmt.Println(unit.Text(rate), "is", rate.Text(unit.Places(), kpi.HalfEven))
	// Output:
	// 66.7 % is 0.667
}

func ExampleUnit_Text() {
	fmt.Println(kpi.Money("USD", 2).Text(kpi.Minor(123450, 2)))
	fmt.Println(kpi.Share(1).Text(kpi.Frac(2, 3)))
	fmt.Println(kpi.Share(1).Text(kpi.RatioOf(0, 0).Value()))
	// Output:
	// 1,234.50 USD
	// 66.7 %
	// –
}
