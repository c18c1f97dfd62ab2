package scorecard_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"pgregory.net/rapid"
)

// definitions draws valid definitions of one to six items, normalised, with
// bands and any policy.
func definitions() *rapid.Generator[scorecard.Definition] {
	return rapid.Custom(func(t *rapid.T) scorecard.Definition {
		def := scorecard.Definition{ID: "drawn", Normalise: true}
		for i := range rapid.IntRange(1, 6).Draw(t, "items") {
			def.Items = append(def.Items, item(t, fmt.Sprintf("m%d", i)))
		}
		for i, from := range rapid.SliceOfNDistinct(rapid.Int64Range(-50, 200), 0, 4, rapid.ID).Draw(t, "bands") {
			def.Bands = append(def.Bands, scorecard.Band{Name: fmt.Sprint("band ", i), From: kpi.Int(from)})
		}
		def.Bands = append(def.Bands, scorecard.Band{Name: "rest"})
		def.Missing.ByReason = rapid.MapOf(reasons(), rapid.SampledFrom([]scorecard.Treatment{scorecard.MakeUndefined, scorecard.LeaveOut, scorecard.CountLeast})).Draw(t, "policy")
		if rapid.Bool().Draw(t, "limited") {
			def.Missing.Most = kpi.Frac(rapid.Int64Range(0, 10).Draw(t, "most"), 10)
		}
		return def
	})
}

func item(t *rapid.T, metric string) scorecard.Item {
	i := scorecard.Item{Metric: metric, Weight: kpi.Frac(rapid.Int64Range(1, 60).Draw(t, "weight"), rapid.Int64Range(1, 7).Draw(t, "part"))}
	i.Direction = rapid.SampledFrom([]kpi.Direction{kpi.HigherIsBetter, kpi.LowerIsBetter}).Draw(t, "direction")
	if rapid.Bool().Draw(t, "floored") {
		i.Curve.Floor = kpi.Int(rapid.Int64Range(-100, 90).Draw(t, "floor"))
	}
	if rapid.Bool().Draw(t, "capped") {
		i.Curve.Cap = kpi.Int(rapid.Int64Range(91, 200).Draw(t, "cap"))
	}
	return i
}

func reasons() *rapid.Generator[kpi.Reason] {
	return rapid.Custom(func(t *rapid.T) kpi.Reason {
		return kpi.Reason(rapid.Uint8Range(uint8(kpi.Unpriced), uint8(kpi.NoData)).Draw(t, "reason"))
	})
}

// results draws a result for every item; one number in six is missing.
func results(t *rapid.T, def scorecard.Definition) []scorecard.Result {
	number := func(name string) kpi.Value {
		if rapid.IntRange(0, 5).Draw(t, name+" is there") == 0 {
			return kpi.Undefined(reasons().Draw(t, name))
		}
		return kpi.Frac(rapid.Int64Range(-20, 200).Draw(t, name), rapid.Int64Range(1, 3).Draw(t, name+" part"))
	}
	var all []scorecard.Result
	for _, i := range def.Items {
		all = append(all, scorecard.Result{Metric: i.Metric, Actual: number("actual"), Target: number("target")})
	}
	return all
}

func draw(t *rapid.T) (scorecard.Definition, []scorecard.Result) {
	def := definitions().Draw(t, "definition")
	return def, results(t, def)
}

func cardOf(t *rapid.T, def scorecard.Definition, results []scorecard.Result) scorecard.Card {
	card, err := mustNew(t, def).Score("li", q1(), results)
	if err != nil {
		t.Fatal(err)
	}
	return card
}

func TestContributionsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		card := cardOf(t, def, rs)
		weights := kpi.Int(0)
		for _, line := range card.Lines {
			weights = weights.Add(line.Weight)
		}
		if card.Score.Defined() && weights != kpi.Int(1) {
			t.Errorf("weights used add up to %s", weights)
		}
		if sum := contributions(card); sum != card.Score {
			t.Errorf("contributions add up to %s, score %s", sum, card.Score)
		}
	})
}

// The score against a slow and plain model: sum of weight × points over the
// items with a number, divided by the sum of their weights, in math/big.
func TestScoreModel(t *testing.T) {
	rat := func(v kpi.Value) *big.Rat {
		r, _ := new(big.Rat).SetString(v.Exact())
		return r
	}
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		def.Missing = scorecard.MissingPolicy{ByReason: leaveOutAll(), Most: kpi.Int(1)}
		sum, weights := new(big.Rat), new(big.Rat)
		for n, i := range def.Items {
			if !rs[n].Actual.Defined() || !rs[n].Target.Defined() {
				continue
			}
			a, b, points := rat(rs[n].Actual), rat(rs[n].Target), new(big.Rat)
			switch {
			case b.Sign() != 0:
				points.Quo(new(big.Rat).Sub(a, b), new(big.Rat).Abs(b))
				if i.Direction == kpi.LowerIsBetter {
					points.Neg(points)
				}
				points.Mul(points.Add(points, big.NewRat(1, 1)), big.NewRat(100, 1))
			case i.Direction == kpi.HigherIsBetter:
				continue
			case a.Sign() <= 0:
				points.SetInt64(100)
			default:
				points.SetInt64(-1000)
			}
			if floor := rat(i.Curve.Floor.Or(kpi.Int(0))); points.Cmp(floor) < 0 {
				points = floor
			}
			if i.Curve.Cap.Defined() && points.Cmp(rat(i.Curve.Cap)) > 0 {
				points = rat(i.Curve.Cap)
			}
			sum.Add(sum, points.Mul(points, rat(i.Weight)))
			weights.Add(weights, rat(i.Weight))
		}
		got := cardOf(t, def, rs).Score
		if weights.Sign() == 0 {
			if got.Defined() {
				t.Errorf("a score of nothing: %s", got)
			}
			return
		}
		if want := sum.Quo(sum, weights); !got.Defined() || rat(got).Cmp(want) != 0 {
			t.Errorf("got %s, want %s", got.Exact(), want)
		}
	})
}

func leaveOutAll() map[kpi.Reason]scorecard.Treatment {
	all := map[kpi.Reason]scorecard.Treatment{}
	for r := kpi.Unpriced; r <= kpi.NoData; r++ {
		all[r] = scorecard.LeaveOut
	}
	return all
}

// Doing better in one item never lowers the score.
func TestScoreMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		n := rapid.IntRange(0, len(rs)-1).Draw(t, "which")
		rs[n].Actual = kpi.Int(rapid.Int64Range(-50, 200).Draw(t, "from"))
		before := cardOf(t, def, rs)
		step := kpi.Frac(rapid.Int64Range(0, 100).Draw(t, "better by"), 3)
		if def.Items[n].Direction == kpi.LowerIsBetter {
			step = step.Neg()
		}
		rs[n].Actual = rs[n].Actual.Add(step)
		if after := cardOf(t, def, rs); after.Score.Less(before.Score) {
			t.Errorf("better in %s by %s: from %s to %s", rs[n].Metric, step, before.Score, after.Score)
		}
	})
}

// The order of items, bands and results says nothing.
func TestScoreOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		before := cardOf(t, def, rs)
		other := def
		other.Items = rapid.Permutation(def.Items).Draw(t, "items")
		other.Bands = rapid.Permutation(def.Bands).Draw(t, "bands")
		after := cardOf(t, other, rapid.Permutation(rs).Draw(t, "results"))
		if after.Score != before.Score || after.Band != before.Band || after.MissingWeight != before.MissingWeight {
			t.Errorf("%s %s became %s %s", before.Score, before.Band, after.Score, after.Band)
		}
		byMetric := map[string]scorecard.Line{}
		for _, line := range after.Lines {
			byMetric[line.Metric] = line
		}
		for _, line := range before.Lines {
			if byMetric[line.Metric] != line {
				t.Errorf("line %s changed with the order", line.Metric)
			}
		}
	})
}

func TestNormaliseScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		before := cardOf(t, def, rs)
		scale := kpi.Frac(rapid.Int64Range(1, 1000).Draw(t, "scale"), rapid.Int64Range(1, 1000).Draw(t, "part"))
		for i := range def.Items {
			def.Items[i].Weight = def.Items[i].Weight.Mul(scale)
		}
		if after := cardOf(t, def, rs); !reflect.DeepEqual(after, before) {
			t.Errorf("weights times %s: %+v became %+v", scale, before, after)
		}
	})
}

// Weights that add up to one are the same with and without Normalise.
func TestNormaliseOfOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		before := cardOf(t, def, rs)
		for i, line := range before.Lines {
			def.Items[i].Weight = line.Stated
		}
		def.Normalise = false
		if after := cardOf(t, def, rs); !reflect.DeepEqual(after, before) {
			t.Errorf("%+v became %+v", before, after)
		}
	})
}

// Every score has the one band whose edge is the highest not above it.
func TestBandsCover(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def := single(kpi.HigherIsBetter, scorecard.Curve{Floor: kpi.Int(-1000)})
		def.Bands = definitions().Draw(t, "bands").Bands
		points := kpi.Frac(rapid.Int64Range(-900, 900).Draw(t, "points"), rapid.Int64Range(1, 4).Draw(t, "part"))
		card := cardOf(t, def, []scorecard.Result{{Metric: "m", Actual: points, Target: kpi.Int(100)}})
		want, edge := "rest", kpi.Value{}
		for _, b := range def.Bands {
			if b.From.Defined() && !points.Less(b.From) && (!edge.Defined() || edge.Less(b.From)) {
				want, edge = b.Name, b.From
			}
		}
		if card.Band != want {
			t.Errorf("%s is in %q, want %q", points, card.Band, want)
		}
	})
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		text, err := json.Marshal(def)
		var back scorecard.Definition
		if err != nil || check.Decode("test", text, &back) != nil || !reflect.DeepEqual(back, def) {
			t.Fatalf("%s came back as %+v, %v", text, back, err)
		}
		card := cardOf(t, def, rs)
		text, err = json.Marshal(card)
		var again scorecard.Card
		if err != nil || check.Decode("test", text, &again) != nil || !reflect.DeepEqual(again, card) {
			t.Fatalf("%s came back as %+v, %v", text, again, err)
		}
	})
}

// ScoreAll gives what Score gives for each owner, whatever the order of the
// figures, and leaves them as they are.
func TestScoreAllAsScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def := definitions().Draw(t, "definition")
		s := mustNew(t, def)
		var actuals, targets []kpi.Figure
		want := []scorecard.Card{}
		for _, owner := range []string{"chen", "li", "wang"} {
			rs := results(t, def)
			for _, r := range rs {
				actuals = append(actuals, kpi.Figure{Metric: r.Metric, Owner: owner, Period: q1(), Value: r.Actual})
				targets = append(targets, kpi.Figure{Metric: r.Metric, Owner: owner, Period: q1(), Value: r.Target})
			}
			card, err := s.Score(owner, q1(), rs)
			if err != nil {
				t.Fatal(err)
			}
			want = append(want, card)
		}
		actuals = rapid.Permutation(actuals).Draw(t, "actuals")
		targets = rapid.Permutation(targets).Draw(t, "targets")
		before := fmt.Sprint(actuals, targets)
		got, err := s.ScoreAll(q1(), actuals, targets)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v\nwant %+v", got, err, want)
		}
		if fmt.Sprint(actuals, targets) != before {
			t.Error("the figures were changed")
		}
	})
}

// A rank is one more than how many have a higher score, for any order of the
// cards, which stay as they are; and everybody stands somewhere once.
func TestRankModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var cards []scorecard.Card
		ineligible := map[string]string{}
		for i := range rapid.IntRange(0, 12).Draw(t, "cards") {
			card := scorecard.Card{Owner: fmt.Sprint(i), Period: q1(), Score: kpi.Frac(rapid.Int64Range(0, 5).Draw(t, "score"), 3)}
			switch rapid.IntRange(0, 5).Draw(t, "kind") {
			case 0:
				card.Score = kpi.Undefined(reasons().Draw(t, "score"))
			case 1:
				ineligible[card.Owner] = "new"
			}
			cards = append(cards, card)
		}
		got, err := scorecard.Rank(cards, ineligible)
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Places)+len(got.Unranked) != len(cards) {
			t.Errorf("%d cards, %d ranked, %d not", len(cards), len(got.Places), len(got.Unranked))
		}
		for _, p := range got.Places {
			higher := 0
			for _, c := range cards {
				if ineligible[c.Owner] == "" && p.Score.Less(c.Score) {
					higher++
				}
			}
			if p.Rank != 1+higher {
				t.Errorf("%s has rank %d, and %d have a higher score", p.Owner, p.Rank, higher)
			}
		}
		before := fmt.Sprint(cards)
		again, err := scorecard.Rank(rapid.Permutation(cards).Draw(t, "order"), ineligible)
		if err != nil || !reflect.DeepEqual(again, got) || fmt.Sprint(cards) != before {
			t.Errorf("another order: %+v, want %+v", again, got)
		}
	})
}
