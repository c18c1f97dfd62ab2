package scorecard_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"pgregory.net/rapid"
)

// near reports whether an estimate is a number, to seven digits.
func near(e kpi.Estimate, want float64) bool {
	got, ok := e.Float64()
	return ok && math.Abs(got-want) <= 1e-7*math.Max(1, math.Abs(want))
}

// normal gives an interval at 95 % of a standard error.
func normal(x, spread float64) kpi.Interval {
	const z = 1.959963984540054
	return kpi.Interval{Method: kpi.NormalInterval, Level: kpi.Frac(95, 100), Low: kpi.NewEstimate(x - float64(z*spread)), High: kpi.NewEstimate(x + float64(z*spread))}
}

// Three scores with errors of 5, 5 and 10, worked out by hand and in Python:
// the mean weighted by 1/25, 1/25 and 1/100 is 93⅓, Q = 16/9 + 4/9 + 16/9 = 4.
func TestEvidenceOfScores(t *testing.T) {
	cards := []scorecard.Card{scored("a", "100"), scored("b", "90"), scored("c", "80")}
	r, err := scorecard.Rank(cards, scorecard.Contest{Intervals: map[string]kpi.Interval{"a": normal(100, 5), "b": normal(90, 5), "c": normal(80, 10)}})
	if err != nil || r.Spread == nil {
		t.Fatal(r, err)
	}
	if !near(r.Spread.ChiSquare, 4) || r.Spread.Freedom != 2 || !near(r.Spread.ByChance, 0.5) || !near(r.Spread.P, 0.1353352832366127) || r.Spread.Verdict != kpi.WithinChance {
		t.Errorf("spread %+v", r.Spread)
	}
	for n, want := range []struct {
		difference, p, q float64
		best, worst      int
	}{
		// a against 88 (error √45), b against 96, c against 95; p as 2Φ(−|t|); q = 3p, 3p/2 and p of the ordered p.
		{12, 0.07363827012030305, 0.2209148103609091, 1, 3},
		{-6, 0.3710933695226954, 0.3710933695226954, 1, 3},
		{-15, 0.1572992070502852, 0.2359488105754278, 1, 3},
	} {
		e := r.Places[n].Evidence
		if !near(e.Difference, want.difference) || !near(e.P, want.p) || !near(e.Q, want.q) || e.Best != want.best || e.Worst != want.worst || e.Verdict != kpi.WithinChance {
			t.Errorf("%s: %+v", r.Places[n].Owner, e)
		}
	}
	if got := codes(r.Findings); !slices.Equal(got, []string{"tenure_not_checked", "spread_by_chance", "all_within_chance"}) || r.Findings[1].Args["share"] != "50 %" {
		t.Errorf("findings %q, %v", got, r.Findings[1].Args)
	}
}

func TestEvidenceApart(t *testing.T) {
	cards := []scorecard.Card{scored("a", "150"), scored("b", "100"), scored("c", "99"), scored("d", "40"), scored("e", "98")}
	cards[3].Ceiling = kpi.Int(30) // a card under a ceiling has no evidence
	by := scorecard.Contest{Intervals: map[string]kpi.Interval{"a": normal(150, 3), "b": normal(100, 3), "c": normal(99, 3), "d": normal(40, 3)}}
	r, err := scorecard.Rank(cards, by)
	if err != nil {
		t.Fatal(err)
	}
	for owner, want := range map[string]string{"a": "1 to 3 distinguishable", "b": "2 to 5 distinguishable", "c": "2 to 5 distinguishable", "d": "none", "e": "none"} {
		i := slices.IndexFunc(r.Places, func(p scorecard.Place) bool { return p.Owner == owner })
		got := "none"
		if e := r.Places[i].Evidence; e != nil {
			got = fmt.Sprintf("%d to %d %s", e.Best, e.Worst, e.Verdict)
		}
		if got != want {
			t.Errorf("%s: %s, want %s", owner, got, want)
		}
	}
	if got := codes(r.Findings); !slices.Equal(got, []string{"tenure_not_checked", "part_not_tested", "spread_by_chance"}) {
		t.Errorf("findings %q", got)
	}
}

func TestEvidenceWithoutWidth(t *testing.T) {
	cards := []scorecard.Card{scored("a", "100"), scored("b", "90")}
	r, err := scorecard.Rank(cards, scorecard.Contest{Intervals: map[string]kpi.Interval{"a": normal(100, 0), "b": normal(90, 2)}})
	if err != nil || r.Spread.P.Reason() != kpi.NotApplicable || r.Places[0].Evidence.P.Reason() != kpi.NotApplicable || r.Places[1].Evidence.P.Reason() != kpi.TooFew {
		t.Errorf("a score that does not vary: %+v, %+v, %v", r.Spread, r.Places[0].Evidence, err)
	}
	r, err = scorecard.Rank(cards[:1], scorecard.Contest{Intervals: map[string]kpi.Interval{"a": normal(100, 5)}})
	if err != nil || r.Spread.P.Reason() != kpi.TooFew || r.Places[0].Evidence.Verdict != kpi.ChanceUnknown {
		t.Errorf("alone: %+v, %v", r.Spread, err)
	}
	none := kpi.Interval{Low: kpi.NoEstimate(kpi.TooFew), High: kpi.NoEstimate(kpi.TooFew)}
	r, err = scorecard.Rank(cards, scorecard.Contest{Intervals: map[string]kpi.Interval{"a": none}})
	if err != nil || r.Spread != nil || !slices.Contains(codes(r.Findings), "order_not_tested") {
		t.Errorf("intervals without ends: %+v, %v", r, err)
	}
	_, err = scorecard.Rank(cards, scorecard.Contest{Intervals: map[string]kpi.Interval{"z": none}, Confidence: kpi.Confidence{Level: kpi.Int(2)}})
	if got := problems(err); !slices.Equal(got, []string{"confidence.level not_between_zero_and_one", "intervals.z unknown_owner"}) {
		t.Errorf("got %q", got)
	}
}

// DOMAIN.md: 30 sellers' win rates have χ² = 33.3 on 29 degrees of freedom, no
// evidence of any difference, and Benjamini–Hochberg at 0.10 rejects none. The
// rest of the figures are of a Python program over the same counts.
func TestRankRatesOfTheSample(t *testing.T) {
	rates := sample(t)
	r, err := scorecard.RankRates(scorecard.Rates{Metric: "win_rate", Period: calendar.Calendar{}.MustParse("2017"), Rates: rates}, scorecard.Contest{})
	if err != nil || len(r.Places) != 30 {
		t.Fatal(len(r.Places), err)
	}
	if !near(r.Spread.ChiSquare, 33.34771179925515) || r.Spread.Freedom != 29 || !near(r.Spread.ByChance, 0.8696248838472851) || r.Spread.Verdict != kpi.WithinChance {
		t.Errorf("spread %+v", r.Spread)
	}
	if got := codes(r.Findings); !slices.Equal(got, []string{"tenure_not_checked", "spread_by_chance", "all_within_chance"}) || r.Findings[1].Args["share"] != "87 %" {
		t.Errorf("findings %q %v", got, r.Findings)
	}
	wide := 0
	for _, p := range r.Places {
		if p.Evidence.Best == 1 && p.Evidence.Worst == 30 {
			wide++
		}
		if p.Evidence.Verdict != kpi.WithinChance {
			t.Errorf("%s: %+v", p.Owner, p.Evidence)
		}
	}
	first, last := r.Places[0], r.Places[29]
	if wide != 26 || first.Owner != "Hayden Neloms" || first.Rate != kpi.RatioOf(107, 152) || first.Evidence.Worst != 29 ||
		last.Owner != "Lajuana Vencill" || last.Evidence.Best != 3 || !near(last.Evidence.Q, 0.26370632243700526) || !near(last.Evidence.P, 0.008790210747900176) {
		t.Errorf("%d could stand anywhere; first %+v, last %+v", wide, first.Evidence, last.Evidence)
	}
	shrunk, err := scorecard.ShrinkRates(rates)
	if err != nil || shrunk.Prior != num("1476.04896") {
		t.Errorf("prior %s, %v", shrunk.Prior, err)
	}
	for _, s := range shrunk.Rates {
		if want, ok := map[string]string{"Hayden Neloms": "0.638264", "Lajuana Vencill": "0.620442"}[s.Owner]; ok && s.Shrunk.Text(6, kpi.HalfEven) != want {
			t.Errorf("%s shrunk to %s, want %s", s.Owner, s.Shrunk, want)
		}
	}
}

// sample gives the win rates of the sellers of crm_opportunities.
func sample(t *testing.T) (rates []scorecard.OwnerRate) {
	folder := os.Getenv("SALESKPI_CASES")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "cases")
	}
	text, err := os.ReadFile(filepath.Join(folder, "..", "data", "crm_opportunities", "reference.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("no sample data:", err)
	}
	var reference struct {
		Agents map[string]struct {
			Won  int64 `json:"won"`
			Lost int64 `json:"lost"`
		} `json:"by_agent"`
	}
	if err := json.Unmarshal(text, &reference); err != nil {
		t.Fatal(err)
	}
	for owner, a := range reference.Agents {
		rates = append(rates, scorecard.OwnerRate{Owner: owner, Rate: kpi.RatioOf(a.Won, a.Won+a.Lost)})
	}
	slices.SortFunc(rates, func(a, b scorecard.OwnerRate) int { return len(a.Owner) - len(b.Owner) })
	return slices.DeleteFunc(rates, func(r scorecard.OwnerRate) bool { return r.Rate.Den() == kpi.Int(0) })
}

func TestRankRates(t *testing.T) {
	churn := scorecard.Rates{Metric: "customer_churn", Period: q1(), Direction: kpi.LowerIsBetter, Rates: []scorecard.OwnerRate{
		{Owner: "a", Rate: kpi.RatioOf(40, 100)}, {Owner: "b", Rate: kpi.RatioOf(10, 100)}, {Owner: "c", Rate: kpi.RatioOf(3, 9)}, {Owner: "d", Rate: kpi.RatioOf(0, 0)},
	}}
	r, err := scorecard.RankRates(churn, scorecard.Contest{})
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, p := range r.Places {
		got += fmt.Sprint(p.Rank, p.Owner, " ", p.Gap, " ")
	}
	if got != "1b undefined: not_applicable 2c 0.233333333333 3a 0.066666666667 " || r.Unranked[0] != (scorecard.Unranked{Owner: "d", Value: kpi.Undefined(kpi.ZeroDenominator), Reason: scorecard.WithoutScore}) {
		t.Errorf("got %s and %+v", got, r.Unranked)
	}
	// b and a do not overlap, c has too few for an interval and may stand anywhere.
	b, a := r.Places[0].Evidence, r.Places[2].Evidence
	if b.Best != 1 || b.Worst != 2 || a.Best != 2 || a.Worst != 3 || r.Places[1].Evidence != nil {
		t.Errorf("b %+v, a %+v", b, a)
	}
	if !near(b.Difference, 0.3) || !near(a.Difference, -0.3) || a.Verdict != kpi.Distinguishable {
		t.Errorf("b %+v, a %+v", b, a)
	}
	_, err = scorecard.RankRates(scorecard.Rates{Direction: kpi.InBand, Rates: []scorecard.OwnerRate{{Rate: kpi.RatioOf(2, 1)}}},
		scorecard.Contest{TieBreak: []string{"a"}, Intervals: map[string]kpi.Interval{"q": {}}})
	want := []string{"metric missing_id", "period missing_period", "direction direction_not_ranked", "rates[0].owner missing_id", "rates[0].rate not_counts",
		"intervals.q unknown_owner", "tie_break not_of_rates", "intervals not_of_rates"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestMovement(t *testing.T) {
	before := scorecard.Rates{Metric: "win_rate", Period: q1(), Rates: []scorecard.OwnerRate{
		{Owner: "a", Rate: kpi.RatioOf(90, 100)}, {Owner: "b", Rate: kpi.RatioOf(50, 100)}, {Owner: "c", Rate: kpi.RatioOf(45, 100)}, {Owner: "e", Rate: kpi.RatioOf(1, 3)}}}
	last, err := scorecard.RankRates(before, scorecard.Contest{})
	if err != nil {
		t.Fatal(err)
	}
	after := scorecard.Rates{Metric: "win_rate", Period: calendar.Calendar{}.MustParse("2026-Q2"), Rates: []scorecard.OwnerRate{
		{Owner: "a", Rate: kpi.RatioOf(10, 100)}, {Owner: "b", Rate: kpi.RatioOf(50, 100)}, {Owner: "c", Rate: kpi.RatioOf(55, 100)}, {Owner: "d", Rate: kpi.RatioOf(5, 9)}, {Owner: "e", Rate: kpi.RatioOf(30, 60)}}}
	r, err := scorecard.RankRates(after, scorecard.Contest{Last: &last})
	if err != nil {
		t.Fatal(err)
	}
	before.Period = calendar.Calendar{}.MustParse("2026-Q3")
	back, err := scorecard.RankRates(before, scorecard.Contest{Last: &r})
	if p := back.Places[0]; err != nil || !reflect.DeepEqual(p.Movement, &scorecard.Movement{From: 5, Steps: 4}) {
		t.Errorf("back to the top: %+v, %v", p.Movement, err)
	}
	_, err = scorecard.RankRates(after, scorecard.Contest{Last: &back})
	if got := problems(err); !slices.Equal(got, []string{"last.period not_before"}) {
		t.Errorf("a last period that comes later: %q", got)
	}
	_, err = scorecard.Rank([]scorecard.Card{scored("a", "1")}, scorecard.Contest{Last: &back})
	if got := problems(err); !slices.Equal(got, []string{"last other_scorecard"}) {
		t.Errorf("rates before scores: %q", got)
	}
	for _, p := range r.Places {
		want := map[string]*scorecard.Movement{
			"a": {From: 1, Steps: -4},                     // from the top, and nothing else was possible
			"b": {From: 2, Steps: -1, WithinChance: true}, // of 2 or 3 then, of 1 to 4 now
			"c": {From: 3, Steps: 1, WithinChance: true},
		}[p.Owner] // d is new, e had too few to tell
		if !reflect.DeepEqual(p.Movement, want) {
			t.Errorf("%s moved %+v, want %+v", p.Owner, p.Movement, want)
		}
	}
}

// Twelve months of a target of 100 each: leaving out one at a time gives the
// standard error of their mean, 5, and t of eleven degrees of freedom is
// 2.200985 (Python, and the tables).
func TestInterval(t *testing.T) {
	s := mustNew(t, single(kpi.HigherIsBetter, scorecard.Curve{}))
	var months []scorecard.Card
	for m, actual := range []int64{90, 110, 100, 95, 120, 80, 105, 115, 100, 85, 130, 70} {
		c, err := s.Score("li", calendar.Calendar{}.MustParse(fmt.Sprintf("2026-%02d", m+1)), []scorecard.Result{of100("m", actual)})
		if err != nil {
			t.Fatal(err)
		}
		months = append(months, c)
	}
	i, err := s.Interval(months, kpi.Confidence{})
	if err != nil || i.Method != kpi.Jackknife || i.Rate != kpi.Int(100) || i.Groups != 12 || i.Level != num("0.95") || !near(i.Low, 100-11.004925800414746) || !near(i.High, 111.004925800414746) {
		t.Errorf("got %+v, %v", i, err)
	}
	if i, _ = s.Interval(months[:9], kpi.Confidence{}); i.Low.Reason() != kpi.TooFew || i.Rate.Reason() != 0 {
		t.Errorf("of nine months: %+v", i)
	}
	if i, _ = s.Interval(months[:9], kpi.Confidence{Fewest: 5}); !i.Low.Defined() {
		t.Errorf("of nine months, when that is enough: %+v", i)
	}
	var alike []scorecard.Card
	for m := range 12 {
		c, err := s.Score("li", calendar.Calendar{}.MustParse(fmt.Sprintf("2026-%02d", m+1)), []scorecard.Result{of100("m", 90)})
		if err != nil {
			t.Fatal(err)
		}
		alike = append(alike, c)
	}
	if i, err = s.Interval(alike, kpi.Confidence{}); err != nil || i.Low.Reason() != kpi.TooFew {
		t.Errorf("of months that are all alike: %+v, %v", i, err)
	}
	_, err = s.Interval([]scorecard.Card{months[0], months[1], months[1]}, kpi.Confidence{})
	if got := problems(err); !slices.Equal(got, []string{"cards overlap"}) {
		t.Errorf("a month twice: %q", got)
	}
	other := months[1]
	other.Owner = "wu"
	_, err = s.Interval([]scorecard.Card{months[0], other}, kpi.Confidence{})
	if got := problems(err); !slices.Equal(got, []string{"cards[1].period other_period"}) {
		t.Errorf("two owners in two months: %q", got)
	}
	lacking := score(t, single(kpi.HigherIsBetter, scorecard.Curve{}), without("m", kpi.Unpriced))
	lacking.Period = months[11].Period
	if i, _ = s.Interval(append(months[:11:11], lacking), kpi.Confidence{}); i.Low.Reason() != kpi.Unpriced {
		t.Errorf("of a month without score: %+v", i)
	}
	// Of a level only the last month counts: leaving out another changes nothing, leaving out the last is 80 for 90.
	var levels []scorecard.Card
	def := scorecard.Definition{ID: "level", Items: []scorecard.Item{{Metric: "m", Weight: kpi.Int(1), Additivity: kpi.Level}}}
	for m := range 12 {
		c, err := mustNew(t, def).Score("li", calendar.Calendar{}.MustParse(fmt.Sprintf("2026-%02d", m+1)), []scorecard.Result{of100("m", 80+10*int64(m/11))})
		if err != nil {
			t.Fatal(err)
		}
		levels = append(levels, c)
	}
	slices.Reverse(levels) // in any order
	// Σ (θᵢ − m)² = 100 × 11/12, times 11/12 is 100 × (11/12)².
	if i, err = mustNew(t, def).Interval(levels, kpi.Confidence{}); err != nil || i.Rate != kpi.Int(90) || !near(i.High, 90+2.200985160082949*10*11/12) {
		t.Errorf("of a level: %+v, %v", i, err)
	}
	_, err = s.Interval(nil, kpi.Confidence{Fewest: -1})
	if got := problems(err); !slices.Equal(got, []string{"cards no_cards", "confidence.fewest below_one"}) {
		t.Errorf("got %q", got)
	}
}

// The range of ranks by its definition, and the same for any order of people.
func TestEvidenceModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rates := scorecard.Rates{Metric: "win_rate", Period: q1(), Direction: rapid.SampledFrom([]kpi.Direction{kpi.HigherIsBetter, kpi.LowerIsBetter}).Draw(t, "direction")}
		for i := range rapid.IntRange(1, 12).Draw(t, "people") {
			n := rapid.Int64Range(1, 200).Draw(t, "n")
			rates.Rates = append(rates.Rates, scorecard.OwnerRate{Owner: fmt.Sprint(i), Rate: kpi.RatioOf(rapid.Int64Range(0, n).Draw(t, "k"), n)})
		}
		r, err := scorecard.RankRates(rates, scorecard.Contest{})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range r.Places {
			if p.Evidence == nil {
				continue
			}
			best, worst := 1, len(r.Places)
			for _, o := range r.Places {
				if o.Evidence == nil {
					continue
				}
				better, worse := o.Evidence.Interval.Above(p.Evidence.Interval), p.Evidence.Interval.Above(o.Evidence.Interval)
				if rates.Direction == kpi.LowerIsBetter {
					better, worse = worse, better
				}
				if better {
					best++
				}
				if worse {
					worst--
				}
			}
			if p.Evidence.Best != best || p.Evidence.Worst != worst || p.Rank < best || p.Rank > worst {
				t.Errorf("%s at %d: %d to %d, want %d to %d", p.Owner, p.Rank, p.Evidence.Best, p.Evidence.Worst, best, worst)
			}
		}
		rates.Rates = rapid.Permutation(rates.Rates).Draw(t, "order")
		again, err := scorecard.RankRates(rates, scorecard.Contest{})
		if err != nil || !reflect.DeepEqual(again, r) {
			t.Errorf("another order: %+v, want %+v", again, r)
		}
		text, err := json.Marshal(r)
		var back scorecard.Ranking
		if err != nil || json.Unmarshal(text, &back) != nil {
			t.Fatal(err)
		}
		if again, _ := json.Marshal(back); string(again) != string(text) {
			t.Errorf("%s came back as %s", text, again)
		}
	})
}

// evidenceFindings gives one finding of every code about chance.
func evidenceFindings(t *testing.T) []check.Finding {
	r, err := scorecard.Rank([]scorecard.Card{scored("a", "100"), scored("b", "90"), scored("c", "80")},
		scorecard.Contest{Intervals: map[string]kpi.Interval{"a": normal(100, 50), "b": normal(90, 50)}})
	if err != nil {
		t.Fatal(err)
	}
	return r.Findings
}
