package kpi_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
)

// Worked by hand: 10 of 20 and 8 of 10 give Σ 1/k − 1/n = 0.05 + 0.025 = 0.075.
// Without ann's 9 of 10 and 8 of 9 there are left 1 of 10 and 0 of 1.
func TestClusteredProduct(t *testing.T) {
	rates := []kpi.Ratio{kpi.RatioOf(10, 20), kpi.RatioOf(8, 10)}
	ann, bob := []kpi.Ratio{kpi.RatioOf(9, 10), kpi.RatioOf(5, 5)}, []kpi.Ratio{kpi.RatioOf(1, 10), kpi.RatioOf(3, 5)}
	c := kpi.Confidence{}
	got := c.ClusteredProduct("owner", rates, [][]kpi.Ratio{ann, bob})
	one, two := math.Log(0.1*0.6), math.Log(0.9*1.0)
	want := math.Pow((one-two)/2, 2) / 0.075
	if f := float(t, got.Factor); !close(f, want) || got.Groups != 2 || got.Interval.Groups != 2 || got.Plain != c.Product(rates) || len(got.Findings) != 1 {
		t.Errorf("%+v, want a factor of %v", got, want)
	}
	spread := math.Exp(1.959963984540054 * math.Abs(one-two) / 2)
	if low := float(t, got.Interval.Low); !close(low, 0.4/spread) || got.Interval.Rate != kpi.Frac(2, 5) || got.Interval.N != kpi.Int(10) {
		t.Errorf("%+v", got.Interval)
	}
	// of a stated rate 0.025 stay as they are, and the rest is the groups'
	stated := c.ClusteredProduct("owner", rates, [][]kpi.Ratio{{kpi.RatioOf(9, 10), {}}, {kpi.RatioOf(1, 10), kpi.RatioOf(0, 0)}})
	if f := float(t, stated.Factor); !close(f, (math.Pow(math.Log(9)/2, 2)+0.025)/0.075) {
		t.Errorf("%v", f)
	}
	for name, test := range map[string]struct {
		rates  []kpi.Ratio
		groups [][]kpi.Ratio
		want   kpi.Reason
	}{
		"one group":      {rates, [][]kpi.Ratio{rates}, kpi.TooFew},
		"nothing passes": {rates, [][]kpi.Ratio{rates, {kpi.RatioOf(0, 0), kpi.RatioOf(0, 0)}}, kpi.TooFew},
		"other rates":    {rates, [][]kpi.Ratio{ann, {}}, kpi.NotApplicable},
		"more than all":  {rates, [][]kpi.Ratio{{kpi.RatioOf(30, 40), kpi.RatioOf(1, 1)}, bob}, kpi.TooFew},
		"few":            {[]kpi.Ratio{kpi.RatioOf(1, 9)}, nil, kpi.TooFew},
		"none":           {nil, nil, kpi.NoData},
	} {
		got := c.ClusteredProduct("owner", test.rates, test.groups)
		if got.Factor.Reason() != test.want || got.Interval != got.Plain || got.Findings == nil {
			t.Errorf("%s: %+v; want %s", name, got, test.want)
		}
	}
	even := []kpi.Ratio{kpi.RatioOf(5, 10), kpi.RatioOf(4, 5)}
	if same := c.ClusteredProduct("owner", rates, [][]kpi.Ratio{even, even}); same.Interval != same.Plain || len(same.Findings) != 0 || float(t, same.Factor) != 0 {
		t.Errorf("two alike: %+v", same)
	}
}

// Ten of twenty leads became offers and eight of ten offers were won; ann
// brought nearly all of them, so twenty leads tell less than they seem to.
func ExampleConfidence_ClusteredProduct() {
	way := []kpi.Ratio{kpi.RatioOf(10, 20), kpi.RatioOf(8, 10)}
	ann := []kpi.Ratio{kpi.RatioOf(9, 10), kpi.RatioOf(7, 9)}
	bob := []kpi.Ratio{kpi.RatioOf(1, 10), kpi.RatioOf(1, 1)}
	won := kpi.Confidence{}.ClusteredProduct("owner", way, [][]kpi.Ratio{ann, bob})
	fmt.Printf("%s won; by deal from %.2f, by owner from %.2f\n", won.Interval.Rate, low(won.Plain), low(won.Interval))
	fmt.Println(kpi.Findings().Text(won.Findings[0], "en"))
	// Output:
	// 0.4 won; by deal from 0.23, by owner from 0.06
	// The 10 records go together by owner: over 2 groups the rate varies 12.6 times as much as independent records would, and the interval is drawn for that.
}

func low(i kpi.Interval) float64 {
	f, _ := i.Low.Float64()
	return f
}
