package scorecard_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"pgregory.net/rapid"
)

// team is a scorecard with an item of every kind of roll-up.
func team() scorecard.Definition {
	return scorecard.Definition{ID: "team", Items: []scorecard.Item{
		{Metric: "revenue", Weight: num("0.4")},
		{Metric: "win_rate", Weight: num("0.2"), Additivity: kpi.RatioOfSums, Base: "closed"},
		{Metric: "complaints", Weight: num("0.2"), Direction: kpi.LowerIsBetter, Curve: knotted(scorecard.Steps, scorecard.OverActual, "0:100 2:80 5:40")},
		{Metric: "open_pipeline", Weight: num("0.2"), Additivity: kpi.Level},
	}}
}

func member(t testing.TB, owner string, p calendar.Period, revenue, target, won, closed, complaints, pipeline int64) scorecard.Card {
	t.Helper()
	card, err := mustNew(t, team()).Score(owner, p, []scorecard.Result{
		{Metric: "revenue", Actual: kpi.Int(revenue), Target: kpi.Int(target)},
		{Metric: "win_rate", Actual: kpi.Frac(won, closed), Target: num("0.5")},
		{Metric: "closed", Actual: kpi.Int(closed)},
		{Metric: "complaints", Actual: kpi.Int(complaints)},
		{Metric: "open_pipeline", Actual: kpi.Int(pipeline), Target: kpi.Int(100)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return card
}

func TestTeamPooled(t *testing.T) {
	a := member(t, "a", q1(), 90, 100, 1, 4, 1, 80)     // 36 + 10 + 16 + 16 = 78
	b := member(t, "b", q1(), 330, 300, 12, 16, 3, 140) // 44 + 30 + 8 + 28 = 110
	got, err := mustNew(t, team()).Team("north", []scorecard.Card{b, a}, scorecard.RollUp{})
	if err != nil {
		t.Fatal(err)
	}
	// Worked by hand: 420/400 → 105 × 0.4 = 42; 13/20 of 0.5 → 130 × 0.2 = 26;
	// 4 complaints of two are 2 each → 80 × 0.2 = 16; 220/200 → 110 × 0.2 = 22.
	if got.Score != kpi.Int(106) || got.Owner != "north" || got.Cards != 2 || got.Rule != scorecard.Pooled {
		t.Errorf("%s scores %s from %d by %s", got.Owner, got.Score, got.Cards, got.Rule)
	}
	for n, want := range []string{"420", "0.65", "2", "220"} {
		if got.Lines[n].Actual != num(want) {
			t.Errorf("%s is %s, want %s", got.Lines[n].Metric, got.Lines[n].Actual, want)
		}
	}
	if base := got.Lines[1].Base; base != kpi.Int(20) {
		t.Errorf("the rate is out of %s", base)
	}
	if a.Score != kpi.Int(78) || b.Score != kpi.Int(110) {
		t.Errorf("members score %s and %s", a.Score, b.Score)
	}
}

func TestTeamMeans(t *testing.T) {
	a, b := member(t, "a", q1(), 90, 100, 1, 4, 1, 80), member(t, "b", q1(), 330, 300, 12, 16, 3, 140)
	for name, test := range map[string]struct {
		why  string
		by   scorecard.RollUp
		want string
	}{
		"by heads":  {"(78 + 110)/2", scorecard.RollUp{Rule: scorecard.HeadcountMean}, "94"},
		"by quota":  {"(1 × 78 + 3 × 110)/4", scorecard.RollUp{Rule: scorecard.WeightedMean, Weights: map[string]kpi.Value{"a": kpi.Int(100), "b": kpi.Int(300)}}, "102"},
		"one alone": {"a weight of zero counts nothing", scorecard.RollUp{Rule: scorecard.WeightedMean, Weights: map[string]kpi.Value{"a": kpi.Int(1), "b": kpi.Int(0)}}, "78"},
	} {
		got, err := mustNew(t, team()).Team("north", []scorecard.Card{a, b}, test.by)
		if err != nil || got.Score != num(test.want) || contributions(got) != got.Score {
			t.Errorf("%s (%s): %s of contributions %s, %v", name, test.why, got.Score, contributions(got), err)
		}
	}
}

func TestTeamLacking(t *testing.T) {
	whole := member(t, "a", q1(), 90, 100, 1, 4, 1, 80)
	s := mustNew(t, team())
	lacking, err := s.Score("b", q1(), []scorecard.Result{
		{Metric: "revenue", Actual: kpi.Undefined(kpi.Unpriced), Target: kpi.Int(100)},
		{Metric: "win_rate", Actual: kpi.Frac(0, 0), Target: num("0.5")}, {Metric: "closed", Actual: kpi.Int(0)},
		{Metric: "complaints", Actual: kpi.Int(3)},
	})
	if err != nil {
		t.Fatal(err)
	}
	cards := []scorecard.Card{whole, lacking}
	got, _ := s.Team("north", cards, scorecard.RollUp{})
	if got.Score != kpi.Undefined(kpi.Unpriced) || got.Lines[0].Missing != kpi.Unpriced {
		t.Errorf("an amount without a rate: %s", got.Score)
	}
	// 0 of 0 has no part in a rate, and who has neither pipeline nor a target of it none in that.
	if got.Lines[1].Actual != num("0.25") || got.Lines[3].Actual != kpi.Int(80) {
		t.Errorf("win rate %s, pipeline %s", got.Lines[1].Actual, got.Lines[3].Actual)
	}
	got, _ = s.Team("north", cards, scorecard.RollUp{Partial: true})
	// 36 + 10 + 0.2 × 80 + 16: 4 complaints of two.
	if got.Score != kpi.Int(78) || !slices.Equal(codes(got.Findings), []string{"part_of_cards"}) || got.Findings[0].Args["left"] != "1" {
		t.Errorf("of those who have numbers: %s, %v", got.Score, got.Findings)
	}
	got, _ = s.Team("north", cards, scorecard.RollUp{Rule: scorecard.HeadcountMean})
	if got.Score != kpi.Undefined(kpi.Unpriced) || got.Lines[0].Contribution != got.Score {
		t.Errorf("a mean of one score and none: %s", got.Score)
	}
	got, _ = s.Team("north", cards, scorecard.RollUp{Rule: scorecard.HeadcountMean, Partial: true})
	if got.Score != kpi.Int(78) || !slices.Equal(codes(got.Findings), []string{"part_of_cards"}) {
		t.Errorf("the mean of those who have a score: %s, %v", got.Score, got.Findings)
	}
	got, _ = s.Team("north", cards, scorecard.RollUp{Rule: scorecard.WeightedMean, Weights: map[string]kpi.Value{"a": kpi.Int(2), "b": kpi.Int(0)}})
	if got.Score != kpi.Int(78) || len(got.Findings) != 0 {
		t.Errorf("who weighs nothing lacks nothing: %s, %v", got.Score, got.Findings)
	}
	got, _ = s.Team("north", cards[1:], scorecard.RollUp{Rule: scorecard.HeadcountMean, Partial: true})
	if got.Score.Defined() {
		t.Errorf("the mean of no score: %s", got.Score)
	}
}

// Of two reasons the stronger one is told, whoever comes first.
func TestTeamReasons(t *testing.T) {
	def := single(kpi.HigherIsBetter, scorecard.Curve{})
	s := mustNew(t, def)
	var cards []scorecard.Card
	for owner, why := range map[string]kpi.Reason{"a": kpi.Unpriced, "b": kpi.TooFew} {
		c, err := s.Score(owner, q1(), []scorecard.Result{without("m", why)})
		if err != nil {
			t.Fatal(err)
		}
		cards = append(cards, c)
	}
	for range 2 {
		slices.Reverse(cards)
		if got, err := s.Team("north", cards, scorecard.RollUp{}); err != nil || got.Score != kpi.Undefined(kpi.Unpriced) {
			t.Errorf("got %s, %v", got.Score, err)
		}
		if got, err := s.Team("north", cards, scorecard.RollUp{Rule: scorecard.HeadcountMean}); err != nil || got.Score != kpi.Undefined(kpi.Unpriced) {
			t.Errorf("of the mean: got %s, %v", got.Score, err)
		}
	}
}

// A team of a rate without base, or of a distinct count, has a number of its
// own or none.
func TestTeamNotPooled(t *testing.T) {
	for name, item := range map[string]scorecard.Item{
		"rate without base": {Metric: "m", Weight: kpi.Int(1), Additivity: kpi.RatioOfSums},
		"distinct":          {Metric: "m", Weight: kpi.Int(1), Additivity: kpi.Distinct},
	} {
		def := scorecard.Definition{ID: "one", Items: []scorecard.Item{item}}
		got, err := mustNew(t, def).Team("north", []scorecard.Card{score(t, def, of100("m", 90))}, scorecard.RollUp{})
		if err != nil || got.Score != kpi.Undefined(kpi.NotApplicable) {
			t.Errorf("%s: %s, %v", name, got.Score, err)
		}
	}
}

func TestTeamGates(t *testing.T) {
	of := func(owner string, revenue, collections, breaches int64) scorecard.Card {
		c, err := mustNew(t, gated()).Score(owner, q1(), []scorecard.Result{of100("revenue", revenue), of100("collections", collections), {Metric: "breaches", Actual: kpi.Int(breaches)}})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	s := mustNew(t, gated())
	clean, _ := s.Team("north", []scorecard.Card{of("a", 120, 50, 0), of("b", 120, 100, 0)}, scorecard.RollUp{})
	if clean.Band != "A" || clean.Gates[0].Value != num("0.75") || clean.Gates[1].Outcome != kpi.TargetMet {
		t.Errorf("75 %% of collections together: %s, %+v", clean.Band, clean.Gates)
	}
	vetoed, _ := s.Team("north", []scorecard.Card{of("a", 120, 100, 0), of("b", 120, 100, 2)}, scorecard.RollUp{})
	if vetoed.Band != "C" || vetoed.Gates[1].Value != kpi.Int(2) {
		t.Errorf("a breach of one: %s, %+v", vetoed.Band, vetoed.Gates)
	}
	mean, _ := s.Team("north", []scorecard.Card{of("a", 120, 100, 0), of("b", 120, 100, 2)}, scorecard.RollUp{Rule: scorecard.HeadcountMean})
	if mean.Band != "A" || len(mean.Gates) != 0 {
		t.Errorf("a mean of scores has no gates: %s, %+v", mean.Band, mean.Gates)
	}
	over, _ := s.Team("all", []scorecard.Card{mean}, scorecard.RollUp{})
	if over.Score != kpi.Undefined(kpi.NotApplicable) {
		t.Errorf("the numbers of a mean of scores: %s", over.Score)
	}
}

// DOMAIN.md: eleven months of 100/100 and one of 10/1 give 175 % as a mean of
// months and 100.8 % pooled.
func TestSpanOfTheYear(t *testing.T) {
	def := single(kpi.HigherIsBetter, scorecard.Curve{})
	s, year := mustNew(t, def), calendar.Calendar{}.MustParse("2026")
	var months []scorecard.Card
	for m := 12; m >= 1; m-- { // in any order
		r := of100("m", 100)
		if m == 5 {
			r = scorecard.Result{Metric: "m", Actual: kpi.Int(10), Target: kpi.Int(1)}
		}
		card, err := s.Score("li", calendar.Calendar{}.MustParse(fmt.Sprintf("2026-%02d", m)), []scorecard.Result{r})
		if err != nil {
			t.Fatal(err)
		}
		months = append(months, card)
	}
	pooled, err := s.Span(year, months, scorecard.RollUp{})
	if err != nil || pooled.Score != num("111000/1101") || pooled.Score.Text(1, kpi.HalfEven) != "100.8" {
		t.Errorf("pooled %s, %v", pooled.Score, err)
	}
	mean, err := s.Span(year, months, scorecard.RollUp{Rule: scorecard.MeanOfPeriods})
	if err != nil || mean.Score != kpi.Int(175) {
		t.Errorf("mean of months %s, %v", mean.Score, err)
	}
}

func TestSpanOfLevels(t *testing.T) {
	jan, feb := calendar.Calendar{}.MustParse("2026-01"), calendar.Calendar{}.MustParse("2026-02")
	both, err := calendar.JanuaryFebruary(2026)
	if err != nil {
		t.Fatal(err)
	}
	got, err := mustNew(t, team()).Span(both, []scorecard.Card{member(t, "a", feb, 60, 100, 1, 2, 4, 90), member(t, "a", jan, 80, 100, 1, 2, 0, 40)}, scorecard.RollUp{})
	// Worked by hand: 140/200 → 28; 2/4 of 0.5 → 20; 2 complaints a month → 16; pipeline of February, 90/100 → 18.
	if err != nil || got.Score != kpi.Int(82) || got.Lines[3].Actual != kpi.Int(90) {
		t.Errorf("got %s, pipeline %s, %v", got.Score, got.Lines[3].Actual, err)
	}
}

func TestRollUpErrors(t *testing.T) {
	s := mustNew(t, team())
	a, b := member(t, "a", q1(), 1, 1, 1, 1, 1, 1), member(t, "b", q1(), 1, 1, 1, 1, 1, 1)
	other := score(t, four(), of100("a", 1))
	jan, mar := calendar.Calendar{}.MustParse("2026-01"), calendar.Calendar{}.MustParse("2026-03")
	later := member(t, "b", jan, 1, 1, 1, 1, 1, 1)
	for name, test := range map[string]struct {
		why  string
		run  func() error
		want []string
	}{
		"nobody": {"a team of nobody has no numbers", func() error { _, err := s.Team("", nil, scorecard.RollUp{}); return err },
			[]string{"team missing_id", "cards no_cards"}},
		"wrong cards": {"every one is reported", func() error {
			_, err := s.Team("n", []scorecard.Card{a, a, other, later}, scorecard.RollUp{Rule: scorecard.MeanOfPeriods})
			return err
		}, []string{"rule not_a_rule_here", "cards[2] other_scorecard", "cards[1].owner duplicate_owner", "cards[3].period other_period"}},
		"weights": {"each owner has one, and nobody else", func() error {
			_, err := s.Team("n", []scorecard.Card{a, b}, scorecard.RollUp{Rule: scorecard.WeightedMean, Weights: map[string]kpi.Value{"a": kpi.Int(-1), "z": kpi.Int(1)}})
			return err
		}, []string{"weights.a weight_below_zero", "weights.b missing_weight", "weights.z unknown_owner"}},
		"weights of zero": {"nothing says how to share", func() error {
			_, err := s.Team("n", []scorecard.Card{a}, scorecard.RollUp{Rule: scorecard.WeightedMean, Weights: map[string]kpi.Value{"a": kpi.Int(0)}})
			return err
		}, []string{"weights all_zero"}},
		"weights of a plain mean": {"they would be left aside unseen", func() error {
			_, err := s.Team("n", []scorecard.Card{a}, scorecard.RollUp{Rule: scorecard.HeadcountMean, Weights: map[string]kpi.Value{"a": kpi.Int(1)}})
			return err
		}, []string{"weights not_of_this_rule"}},
		"a gap": {"February is missing", func() error {
			_, err := s.Span(q1(), []scorecard.Card{member(t, "a", jan, 1, 1, 1, 1, 1, 1), member(t, "a", mar, 1, 1, 1, 1, 1, 1)}, scorecard.RollUp{})
			return err
		}, []string{"cards period_not_covered"}},
		"twice": {"the second January is more than the period", func() error {
			c := member(t, "a", jan, 1, 1, 1, 1, 1, 1)
			_, err := s.Span(jan, []scorecard.Card{c, c}, scorecard.RollUp{})
			return err
		}, []string{"cards period_not_covered"}},
		"two owners": {"a span is one person's", func() error { _, err := s.Span(q1(), []scorecard.Card{a, b}, scorecard.RollUp{}); return err },
			[]string{"cards[1].owner other_owner"}},
		"no period": {"of what", func() error {
			_, err := s.Span(calendar.Period{}, []scorecard.Card{a}, scorecard.RollUp{Rule: scorecard.HeadcountMean})
			return err
		},
			[]string{"rule not_a_rule_here", "period missing_period"}},
	} {
		if got := problems(test.run()); !slices.Equal(got, test.want) {
			t.Errorf("%s (%s): got %q, want %q", name, test.why, got, test.want)
		}
	}
}

// Pooled numbers are those of one owner who had them all, whatever the order.
func TestTeamAsOneOwner(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def := scorecard.Definition{ID: "sums", Normalise: true, Items: []scorecard.Item{
			{Metric: "a", Weight: kpi.Int(2), Curve: scorecard.Curve{Cap: kpi.Int(150)}},
			{Metric: "b", Weight: kpi.Int(1), Direction: kpi.LowerIsBetter},
			{Metric: "rate", Weight: kpi.Int(1), Additivity: kpi.RatioOfSums, Base: "n"},
		}}
		s := mustNew(t, def)
		var cards []scorecard.Card
		sums := [5]int64{}
		n := rapid.IntRange(1, 6).Draw(t, "members")
		for m := range n {
			v := [5]int64{}
			for i, most := range []int64{200, 200, 50, 50, 40} {
				v[i] = rapid.Int64Range(1, most).Draw(t, "number")
				sums[i] += v[i]
			}
			k := rapid.Int64Range(0, v[4]).Draw(t, "k")
			card, err := s.Score(fmt.Sprint(m), q1(), []scorecard.Result{
				{Metric: "a", Actual: kpi.Int(v[0]), Target: kpi.Int(v[1])}, {Metric: "b", Actual: kpi.Int(v[2]), Target: kpi.Int(v[3])},
				{Metric: "rate", Actual: kpi.Frac(k, v[4]), Target: num("0.5")}, {Metric: "n", Actual: kpi.Int(v[4])},
			})
			if err != nil {
				t.Fatal(err)
			}
			cards = append(cards, card)
		}
		won := kpi.Int(0)
		for _, c := range cards {
			won = won.Add(c.Lines[2].Actual.Mul(c.Lines[2].Base))
		}
		one, err := s.Score("team", q1(), []scorecard.Result{
			{Metric: "a", Actual: kpi.Int(sums[0]), Target: kpi.Int(sums[1])}, {Metric: "b", Actual: kpi.Int(sums[2]), Target: kpi.Int(sums[3])},
			{Metric: "rate", Actual: won.Div(kpi.Int(sums[4])), Target: num("0.5")}, {Metric: "n", Actual: kpi.Int(sums[4])},
		})
		if err != nil {
			t.Fatal(err)
		}
		one.Rule, one.Cards = scorecard.Pooled, n
		before := fmt.Sprint(cards)
		got, err := s.Team("team", rapid.Permutation(cards).Draw(t, "order"), scorecard.RollUp{})
		if err != nil || !reflect.DeepEqual(got, one) {
			t.Errorf("got %+v, %v\nwant %+v", got, err, one)
		}
		if fmt.Sprint(cards) != before {
			t.Error("the cards were changed")
		}
	})
}
