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

func ExampleUnit_Text() {
	fmt.Println(kpi.Money("USD", 2).Text(kpi.Minor(123450, 2)))
	fmt.Println(kpi.Share(1).Text(kpi.Frac(2, 3)))
	fmt.Println(kpi.Share(1).Text(kpi.RatioOf(0, 0).Value()))
	// Output:
	// 1,234.50 USD
	// 66.7 %
	// –
}
