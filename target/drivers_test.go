package target

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
)

func TestOpposed(t *testing.T) {
	catalog, err := kpi.Standard("USD", 0)
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		why  string
		a, b string
		want []string
	}{
		"size and number": {"more deals make the average smaller: it wants won_valued_count down", "average_deal_size", "won_valued_count", []string{"won_valued_count"}},
		"profit and cost": {"both want cost down and invoices up", "gross_profit", "gross_margin", nil},
		"share and value": {"won value stands above and below in the win rate by value: unclear", "win_rate_by_value", "won_value", nil},
		"lost deals":      {"the win rate wants fewer, and so does whoever counts them", "win_rate", "lost_count", nil},
		"market":          {"a share of the market wants the market small", "market_share", "market_value", []string{"market_value"}},
		"a band":          {"has no way that is better", "discount_rate", "won_value", nil},
		"unknown":         {"nothing is known of it", "happiness", "won_value", nil},
		"itself":          {"nobody is against himself", "win_rate", "win_rate", nil},
	}
	for name, test := range tests {
		a, _ := catalog.Lookup(test.a)
		b, _ := catalog.Lookup(test.b)
		if got := opposed(catalog, a, b); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v; want %v: %s", name, got, test.want, test.why)
		}
		if got := opposed(catalog, b, a); !slices.Equal(got, test.want) {
			t.Errorf("%s the other way: %v", name, got)
		}
	}
}
