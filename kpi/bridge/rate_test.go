package bridge_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func byRegion() bridge.RateMix { return bridge.RateMix{Dimension: "region"} }

func segment(key string, num, den int64) bridge.Segment {
	return bridge.Segment{Key: key, Rate: kpi.RatioOf(num, den)}
}

func TestRateMix(t *testing.T) {
	unpriced := bridge.Segment{Key: "b", Rate: kpi.NewRatio(kpi.Undefined(kpi.Unpriced), kpi.Int(5))}
	type segments []bridge.Segment
	for name, test := range map[string]struct {
		why           string
		base, current segments
		want          []string // rate, mix, other
		gap           string
		codes         []string
	}{
		"rates alone": {"same shares: ½×(0.6−0.5) + ½×(0.3−0.2)", segments{segment("a", 5, 10), segment("b", 2, 10)}, segments{segment("a", 12, 20), segment("b", 6, 20)},
			[]string{"rate 0.1", "mix 0", "other 0"}, "0.1", []string{"largest_effect"}},
		"mix alone": {"same rates 0.5 and 0.2, half and half to a quarter and three quarters: ¼ × −0.3",
			segments{segment("a", 5, 10), segment("b", 2, 10)}, segments{segment("a", 5, 10), segment("b", 6, 30)},
			[]string{"rate 0", "mix -0.075", "other 0"}, "-0.075", []string{"largest_effect"}},
		"Simpson": {"home 0.8→0.85, export 0.3→0.36, total 190/300→157/300: rates ½×(2/3+1/3)×(0.05+0.06) = 0.055, the rest of −0.11 is mix",
			segments{segment("home", 160, 200), segment("export", 30, 100)}, segments{segment("home", 85, 100), segment("export", 72, 200)},
			[]string{"rate 0.055", "mix -0.165", "other 0"}, "-0.11", []string{"simpson", "largest_effect"}},
		"Simpson downwards": {"the same, the other way round",
			segments{segment("home", 85, 100), segment("export", 72, 200)}, segments{segment("home", 160, 200), segment("export", 30, 100)},
			[]string{"rate -0.055", "mix 0.165", "other 0"}, "0.11", []string{"simpson", "largest_effect"}},
		"one segment stands still": {"190/300 to 152/300; ½×0.06 is rate, the rest of −38/300 mix; not every segment moved, so there is no paradox to announce",
			segments{segment("home", 160, 200), segment("export", 30, 100)}, segments{segment("home", 80, 100), segment("export", 72, 200)},
			[]string{"rate 0.03", "mix -47/300", "other 0"}, "-0.126666666667", []string{"largest_effect"}},
		"a segment on one side": {"c comes with 10 of 0.9: R 0.35→0.5333, its mix ⅓×(0.9 − mean R), the others ⅙ less each: −⅙(0.5+0.2 − 2 mean R); all together the gap, and no rate part",
			segments{segment("a", 5, 10), segment("b", 2, 10)}, segments{segment("a", 5, 10), segment("b", 2, 10), segment("c", 9, 10)},
			[]string{"rate 0", "mix 11/60", "other 0"}, "0.183333333333", []string{"on_one_side", "largest_effect"}},
		"a numerator without a denominator": {"5 of 0 beside 10 of 20 are no rate, but half of the total's numerator; they go",
			segments{segment("a", 10, 20), segment("b", 5, 0)}, segments{segment("a", 10, 20)},
			[]string{"rate 0", "mix 0", "other -0.25"}, "-0.25", []string{"without_denominator", "largest_effect"}},
		"a ratio of no data": {"it adds nothing", segments{segment("a", 10, 20), {Key: "b"}}, segments{segment("a", 12, 20)},
			[]string{"rate 0.1", "mix 0", "other 0"}, "0.1", []string{"largest_effect"}},
		"half a ratio": {"a numerator that is not known is not 0: the segment adds nothing, and is said",
			segments{segment("a", 10, 20), {Key: "b", Rate: kpi.NewRatio(kpi.Value{}, kpi.Int(20))}}, segments{segment("a", 12, 20)},
			[]string{"rate 0.1", "mix 0", "other 0"}, "0.1", []string{"without_amount", "largest_effect"}},
		"an unpriced ratio": {"the total is unpriced too", segments{segment("a", 10, 20), unpriced}, segments{segment("a", 12, 20)},
			[]string{"rate undefined: unpriced", "mix undefined: unpriced", "other undefined: unpriced"}, "undefined: unpriced", []string{"side_undefined"}},
		"no denominators": {"0 of 0 has no rate", segments{segment("a", 0, 0)}, segments{segment("a", 12, 20)},
			[]string{"rate undefined: zero_denominator", "mix undefined: zero_denominator", "other undefined: zero_denominator"}, "undefined: zero_denominator", []string{"side_undefined"}},
		"nothing": {"a sum over nothing is no data", nil, nil,
			[]string{"rate undefined: no_data", "mix undefined: no_data", "other undefined: no_data"}, "undefined: no_data", []string{"side_undefined", "side_undefined"}},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := byRegion().Bridge(question("win_rate"), test.base, test.current)
			if err != nil || test.why == "" {
				t.Fatal(err, test.why)
			}
			same(t, test.why, parts(b), test.want)
			same(t, "findings", codes(b), test.codes)
			if b.Gap.String() != test.gap {
				t.Errorf("gap %s, want %s", b.Gap, test.gap)
			}
			addsUp(t, b)
		})
	}
}

func TestRateMixErrors(t *testing.T) {
	_, err := bridge.RateMix{}.Bridge(bridge.Question{Metric: "m", Base: bridge.Side{Name: "a"}},
		[]bridge.Segment{segment("a", 1, 2), segment("a", 1, 2)}, []bridge.Segment{segment("\xff", 1, 2)})
	same(t, "all at once", problems(err), []string{"question.current.name missing_name", "dimension missing_id", "base[1].key duplicate_segment", "current[0].key not_utf8"})
}

func drawSegments(t *rapid.T, side string) []bridge.Segment {
	var all []bridge.Segment
	for i := range 6 {
		if rapid.IntRange(0, 4).Draw(t, side+" there") > 0 {
			all = append(all, segment(fmt.Sprint(i), rapid.Int64Range(-5, 60).Draw(t, "num"), rapid.Int64Range(0, 90).Draw(t, "den")))
		}
	}
	return all
}

// slowRate is the formula as DOMAIN has it, with rates and shares in math/big,
// for segments that have a denominator on both sides.
func slowRate(base, current []bridge.Segment) (rate, mix map[string]*big.Rat) {
	rat := func(v kpi.Value) *big.Rat {
		r, _ := new(big.Rat).SetString(v.Exact())
		return r
	}
	var num, den [2]*big.Rat
	at := [2]map[string]bridge.Segment{}
	for side, segments := range [2][]bridge.Segment{base, current} {
		num[side], den[side], at[side] = new(big.Rat), new(big.Rat), map[string]bridge.Segment{}
		for _, s := range segments {
			num[side].Add(num[side], rat(s.Rate.Num()))
			den[side].Add(den[side], rat(s.Rate.Den()))
			at[side][s.Key] = s
		}
	}
	rate, mix = map[string]*big.Rat{}, map[string]*big.Rat{}
	half := big.NewRat(1, 2)
	mean := func(a, b *big.Rat) *big.Rat { r := new(big.Rat).Add(a, b); return r.Mul(r, half) }
	total := mean(new(big.Rat).Quo(num[0], den[0]), new(big.Rat).Quo(num[1], den[1]))
	for key, s := range at[0] {
		other, both := at[1][key]
		if !both || s.Rate.Den().Sign() == 0 || other.Rate.Den().Sign() == 0 {
			continue
		}
		r0, r1 := rat(s.Rate.Value()), rat(other.Rate.Value())
		s0, s1 := new(big.Rat).Quo(rat(s.Rate.Den()), den[0]), new(big.Rat).Quo(rat(other.Rate.Den()), den[1])
		rate[key] = new(big.Rat).Mul(mean(s0, s1), new(big.Rat).Sub(r1, r0))
		mix[key] = new(big.Rat).Mul(new(big.Rat).Sub(s1, s0), new(big.Rat).Sub(mean(r0, r1), total))
	}
	return rate, mix
}

func TestRateMixLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, current := drawSegments(t, "base"), drawSegments(t, "current")
		b, err := byRegion().Bridge(question("win_rate"), base, current)
		if err != nil {
			t.Fatal(err)
		}
		addsUp(t, b)
		back, _ := byRegion().Bridge(question("win_rate"), current, base)
		negated(t, b, back)
		again, _ := byRegion().Bridge(question("win_rate"), rapid.Permutation(base).Draw(t, "order"), current)
		if !reflect.DeepEqual(again, b) {
			t.Errorf("another order gives another bridge")
		}
		text, err := json.Marshal(b)
		var read bridge.Bridge
		if err != nil || check.Decode("test", text, &read) != nil || !reflect.DeepEqual(read, b) {
			t.Errorf("%s came back as %+v, %v", text, read, err)
		}
		if !b.Gap.Defined() {
			return
		}
		rate, mix := slowRate(base, current)
		for _, n := range b.Nodes {
			for i, want := range []*big.Rat{rate[n.Key], mix[n.Key]} {
				if got, _ := new(big.Rat).SetString(n.Amounts[i].Exact()); want != nil && got.Cmp(want) != 0 {
					t.Errorf("%s: %s has %s, want %s", n.Key, b.Parts[i].ID, got, want)
				}
			}
		}
	})
}

// A segment of one side alone has no rate part.
func TestOneSidedSegmentsAreAllMix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, current := drawSegments(t, "base"), drawSegments(t, "current")
		b, err := byRegion().Bridge(question("win_rate"), base, current)
		if err != nil {
			t.Fatal(err)
		}
		there := func(segments []bridge.Segment, key string) bool {
			return slices.ContainsFunc(segments, func(s bridge.Segment) bool { return s.Key == key && s.Rate.Den().Sign() > 0 })
		}
		for _, n := range b.Nodes {
			if !(there(base, n.Key) && there(current, n.Key)) && n.Amounts[0] != kpi.Int(0) {
				t.Errorf("%s has a rate part of %s", n.Key, n.Amounts[0])
			}
		}
	})
}

func TestManySegments(t *testing.T) {
	var base, current []bridge.Segment
	for i := range int64(1500) {
		base = append(base, segment(fmt.Sprint(i), i%7, 7+i%501))
		current = append(current, segment(fmt.Sprint(i), i%5, 5+i%401))
	}
	b, err := byRegion().Bridge(question("win_rate"), base, current)
	if err != nil || !slices.Contains(codes(b), "rounded") {
		t.Fatal(codes(b), err)
	}
	addsUp(t, b)
}
