package scorecard_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"pgregory.net/rapid"
)

func rates(counts ...int64) (all []scorecard.OwnerRate) {
	for i := 0; i < len(counts); i += 2 {
		all = append(all, scorecard.OwnerRate{Owner: fmt.Sprint(i / 2), Rate: kpi.RatioOf(counts[i], counts[i+1])})
	}
	return all
}

func TestShrinkRates(t *testing.T) {
	none := kpi.Undefined(kpi.NotApplicable)
	for name, test := range map[string]struct {
		why   string
		rates []scorecard.OwnerRate
		prior kpi.Value
		want  []string
	}{
		// Worked by hand. p = 20/40. Σ nᵢ(pᵢ − p)² = 10 × (0.16 + 0.01 + 0.01 + 0.16) = 3.4, over 0.25 is 13.6;
		// less 3 is 10.6. Σ n − Σ n²/Σ n − 3 = 40 − 10 − 3 = 27. ρ = 10.6/27, m = 27/10.6 − 1 = 1.547170.
		"apart": {"the spread is wider than chance", rates(9, 10, 6, 10, 4, 10, 1, 10), num("1.54717"),
			[]string{"0.8464", "0.5866", "0.4134", "0.1536"}}, // (9 + 1.54717 × 0.5)/11.54717 and so on
		"alike":       {"no wider than chance: Σ = 0.4/0.25 = 1.6 under 3", rates(6, 10, 5, 10, 4, 10, 6, 10), none, []string{"0.525", "0.525", "0.525", "0.525"}},
		"all won":     {"nothing varies", rates(3, 3, 9, 9), none, []string{"1", "1"}},
		"one alone":   {"no spread of one", rates(3, 4), none, []string{"0.75"}},
		"one each":    {"single trials cannot show more than chance", rates(1, 1, 0, 1, 1, 1, 0, 1), none, []string{"0.5", "0.5", "0.5", "0.5"}},
		"no deals":    {"of 0 from 0 the group's", rates(0, 0, 10, 10, 0, 10), num("0"), []string{"0.5", "1", "0"}}, // ρ = (20 − 1)/(20 − 10 − 1) > 1: nothing but difference
		"nobody":      {"an empty list", nil, none, nil},
		"none at all": {"nothing counted", rates(0, 0), none, []string{"undefined: zero_denominator"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := scorecard.ShrinkRates(test.rates)
			if err != nil || got.Prior != test.prior {
				t.Errorf("%s: prior %s, %v, want %s", test.why, got.Prior, err, test.prior)
			}
			for n, want := range test.want {
				text := got.Rates[n].Shrunk.String()
				if got.Rates[n].Shrunk.Defined() && test.prior.Sign() > 0 {
					text = got.Rates[n].Shrunk.Text(4, kpi.HalfEven)
				}
				if text != want || got.Rates[n].Raw != test.rates[n].Rate {
					t.Errorf("%s: %s shrunk to %s, want %s", test.why, test.rates[n].Rate, text, want)
				}
			}
		})
	}
}

func TestShrinkRatesErrors(t *testing.T) {
	bad := append(rates(5, 4, -1, 4), scorecard.OwnerRate{Rate: kpi.NewRatio(num("0.5"), kpi.Int(2))}, scorecard.OwnerRate{Owner: "0"})
	_, err := scorecard.ShrinkRates(bad)
	want := []string{"rates[0].rate not_counts", "rates[1].rate not_counts", "rates[2].owner missing_id", "rates[2].rate not_counts", "rates[3].owner duplicate_owner", "rates[3].rate not_counts"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A shrunk rate lies between the raw one and the group's, and the more is
// counted the nearer to the raw one.
func TestShrinkRatesBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []scorecard.OwnerRate
		for i := range rapid.IntRange(2, 8).Draw(t, "owners") {
			n := rapid.Int64Range(1, 60).Draw(t, "n")
			all = append(all, scorecard.OwnerRate{Owner: fmt.Sprint(i), Rate: kpi.RatioOf(rapid.Int64Range(0, n).Draw(t, "k"), n)})
		}
		got, err := scorecard.ShrinkRates(all)
		if err != nil {
			t.Fatal(err)
		}
		p := got.Group.Value()
		for _, r := range got.Rates {
			raw := r.Raw.Value()
			if r.Shrunk.Less(raw.Min(p)) || raw.Max(p).Less(r.Shrunk) {
				t.Errorf("%s lies outside %s and %s", r.Shrunk, raw, p)
			}
		}
	})
}

// The card of two sellers, one of them three months in the role.
func TestShrink(t *testing.T) {
	s := mustNew(t, team())
	a, b := member(t, "a", q1(), 90, 100, 1, 4, 1, 80), member(t, "b", q1(), 330, 300, 12, 16, 3, 140)
	months := map[string]kpi.Value{"a": kpi.Int(3), "b": kpi.Int(24)}
	got, err := s.Shrink([]scorecard.Card{b, a}, scorecard.Shrinkage{Months: months})
	if err != nil || len(got.Cards) != 2 || got.Cards[0].Owner != "a" {
		t.Fatal(got, err)
	}
	card := got.Cards[0]
	// Worked by hand, the group as in TestTeamPooled, months/(months + 3) = 1/2:
	// revenue (0.9 + 1.05)/2 = 0.975 → 39; win rate of its target (0.5 + 1.3)/2 = 0.9 → 18;
	// complaints (1 + 2)/2 = 1.5 → 80 points → 16; pipeline (0.8 + 1.1)/2 = 0.95 → 19.
	if card.Raw != kpi.Int(78) || card.Score != kpi.Int(92) {
		t.Errorf("raw %s, shrunk %s", card.Raw, card.Score)
	}
	want := scorecard.ShrunkLine{Metric: "revenue", Raw: num("0.9"), Group: num("1.05"), Own: num("0.5"), Shrunk: num("0.975"), Points: num("97.5"), Contribution: kpi.Int(39)}
	if card.Lines[0] != want {
		t.Errorf("got %+v", card.Lines[0])
	}
	// By counts: p = 13/20, Σ n(p − pᵢ)² = 4 × 0.16 + 16 × 0.01 = 0.8, over 0.2275 less 1 is 2.516484;
	// 20 − 272/20 − 1 = 5.4; m = 5.4/2.516484 − 1 = 1.145852. (1 + m × 0.65)/(4 + m) = 0.33907.
	got, err = s.Shrink([]scorecard.Card{b, a}, scorecard.Shrinkage{Months: months, Rates: []string{"win_rate"}})
	if err != nil {
		t.Fatal(err)
	}
	if line := got.Cards[0].Lines[1]; line.Raw != num("0.25") || line.Group != num("0.65") || line.Shrunk.Text(5, kpi.HalfEven) != "0.33907" {
		t.Errorf("got %+v", line)
	}
	sum := kpi.Int(0)
	for _, line := range got.Cards[0].Lines {
		sum = sum.Add(line.Contribution)
	}
	if sum != got.Cards[0].Score {
		t.Errorf("contributions %s, score %s", sum, got.Cards[0].Score)
	}
}

// A seller with a veto, an item that is missing, and a group that counts nine
// months: with three of his own, a quarter is his.
func TestShrinkKeeps(t *testing.T) {
	def := gated()
	def.Missing = scorecard.MissingPolicy{ByReason: map[kpi.Reason]scorecard.Treatment{kpi.NoData: scorecard.CountLeast}}
	def.Items[1].Curve.Floor = kpi.Int(10)
	def.Gates = def.Gates[1:]
	s := mustNew(t, def)
	var cards []scorecard.Card
	for owner, revenue := range map[string]int64{"a": 140, "b": 100} {
		c, err := s.Score(owner, q1(), []scorecard.Result{of100("revenue", revenue), without("collections", kpi.NoData), {Metric: "breaches", Actual: kpi.Int(revenue / 140)}})
		if err != nil {
			t.Fatal(err)
		}
		cards = append(cards, c)
	}
	got, err := s.Shrink(cards, scorecard.Shrinkage{Months: map[string]kpi.Value{"a": kpi.Int(3), "b": kpi.Int(3)}, Prior: kpi.Int(9)})
	if err != nil {
		t.Fatal(err)
	}
	// Worked by hand: (1.4 + 3 × 1.2)/4 = 1.25 → 100, and 0.2 × 10 for what is missing.
	if a := got.Cards[0]; a.Score != kpi.Int(102) || a.Raw != kpi.Int(114) || a.Band != "C" || a.Lines[1].Points != kpi.Int(10) || a.Lines[1].Own != kpi.Int(1) {
		t.Errorf("got %+v", a)
	}
}

// A rate that nobody has counted keeps the points that the policy gives it.
func TestShrinkRateMissing(t *testing.T) {
	def := team()
	def.Missing.ByReason = map[kpi.Reason]scorecard.Treatment{kpi.NoData: scorecard.CountLeast}
	s := mustNew(t, def)
	c, err := s.Score("a", q1(), []scorecard.Result{of100("revenue", 90), {Metric: "win_rate", Target: num("0.5")}, {Metric: "complaints", Actual: kpi.Int(1)}, of100("open_pipeline", 80)})
	if err != nil {
		t.Fatal(err)
	}
	b := member(t, "b", q1(), 90, 100, 2, 4, 1, 80)
	got, err := s.Shrink([]scorecard.Card{c, b}, scorecard.Shrinkage{Rates: []string{"win_rate"}, Months: map[string]kpi.Value{"a": kpi.Int(12), "b": kpi.Int(12)}})
	// 36 + 0 + 16 + 16, all as the group's.
	if err != nil || got.Cards[0].Score != kpi.Int(68) || got.Cards[0].Raw != kpi.Int(68) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestShrinkErrors(t *testing.T) {
	s := mustNew(t, team())
	a := member(t, "a", q1(), 1, 1, 1, 1, 1, 1)
	_, err := s.Shrink([]scorecard.Card{a}, scorecard.Shrinkage{Rates: []string{"revenue", "x"}, Months: map[string]kpi.Value{"z": kpi.Int(1)}, Prior: kpi.Int(0)})
	want := []string{"rates[0] rate_without_base", "rates[1] unknown_metric", "months.a missing_number", "months.z unknown_owner", "prior not_above_zero"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	mean, err := s.Team("n", []scorecard.Card{a}, scorecard.RollUp{Rule: scorecard.HeadcountMean})
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.Shrink([]scorecard.Card{mean}, scorecard.Shrinkage{Months: map[string]kpi.Value{"n": kpi.Int(-1)}})
	if got, want := problems(err), []string{"cards[0].rule mean_of_scores", "months.n below_zero"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
