package bridge_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func TestMarketShare(t *testing.T) {
	mixed := []string{"market undefined: undefined_mix", "share undefined: undefined_mix"}
	for name, test := range map[string]struct {
		why           string
		base, current kpi.Ratio
		want          []string
		codes         []string
	}{
		"market up, share down": {"200,000 × 25 % and 1,200,000 × (21 % − 25 %)", kpi.RatioOf(250_000, 1_000_000), kpi.RatioOf(252_000, 1_200_000),
			[]string{"market 50000", "share -48000"}, []string{"largest_effect", "offsetting"}},
		"market down, share kept": {"all of it is the market", kpi.RatioOf(100, 1000), kpi.RatioOf(80, 800), []string{"market -20", "share 0"}, []string{"largest_effect"}},
		"nothing moved":           {"no gap", kpi.RatioOf(100, 1000), kpi.RatioOf(100, 1000), []string{"market 0", "share 0"}, []string{}},
		"a market that is new":    {"0 of 0 has no share and takes the other's", kpi.RatioOf(0, 0), kpi.RatioOf(30, 300), []string{"market 30", "share 0"}, []string{"taken_over", "largest_effect"}},
		"a market that is gone":   {"and the other way round", kpi.RatioOf(30, 300), kpi.RatioOf(0, 0), []string{"market -30", "share 0"}, []string{"taken_over", "largest_effect"}},
		"sales without a market":  {"5 of 0 is no share of anything", kpi.RatioOf(5, 0), kpi.RatioOf(30, 300), mixed, []string{"undefined_mix"}},
		"never a market":          {"neither side has a share", kpi.RatioOf(5, 0), kpi.RatioOf(7, 0), mixed, []string{"undefined_mix"}},
		"a market below zero":     {"has no shares either", kpi.RatioOf(5, -10), kpi.RatioOf(7, 10), mixed, []string{"undefined_mix"}},
		"a market not known":      {"the gap is, its parts are not", kpi.NewRatio(kpi.Int(5), kpi.Value{}), kpi.RatioOf(7, 10), mixed, []string{"undefined_mix"}},
		"sales not known":         {"no gap", kpi.NewRatio(kpi.Value{}, kpi.Int(10)), kpi.RatioOf(7, 10), []string{"market undefined: no_data", "share undefined: no_data"}, []string{"side_undefined"}},
		"returns above sales":     {"a share below zero: −10 % to +10 %", kpi.RatioOf(-10, 100), kpi.RatioOf(20, 200), []string{"market -10", "share 40"}, []string{"largest_effect"}},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := bridge.MarketShare{}.Bridge(question("invoiced_value"), test.base, test.current)
			if err != nil || test.why == "" {
				t.Fatal(err, test.why)
			}
			same(t, test.why, parts(b), test.want)
			same(t, "findings", codes(b), test.codes)
			addsUp(t, b)
		})
	}
	_, err := bridge.MarketShare{}.Bridge(bridge.Question{}, kpi.Ratio{}, kpi.Ratio{})
	same(t, "errors", problems(err), []string{"question.metric missing_id", "question.base.name missing_name", "question.current.name missing_name"})
}

func TestMarketShareLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ratio := func() kpi.Ratio { return kpi.NewRatio(drawNumber(t, "num"), drawNumber(t, "den")) }
		b, err := bridge.MarketShare{}.Bridge(question("invoiced_value"), ratio(), ratio())
		if err != nil {
			t.Fatal(err)
		}
		addsUp(t, b)
		text, err := json.Marshal(b)
		var back bridge.Bridge
		if err != nil || check.Decode("test", text, &back) != nil || !reflect.DeepEqual(back, b) {
			t.Errorf("%s came back as %+v, %v", text, back, err)
		}
	})
}
