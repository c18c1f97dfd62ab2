package scorecard_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"pgregory.net/rapid"
)

func TestContributionsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		card := cardOf(t, def, rs)
		weights := kpi.Int(0)
		for _, line := range card.Lines {
			if !line.Bonus {
				weights = weights.Add(line.Weight)
			}
		}
		if parts := kpi.Int(0); len(card.Perspectives) > 0 {
			for _, p := range card.Perspectives {
				parts = parts.Add(p.Contribution)
			}
			if parts != card.Score {
				t.Errorf("perspectives add up to %s, score %s", parts, card.Score)
			}
		}
		if card.Score.Defined() && weights != kpi.Int(1) {
			t.Errorf("weights used add up to %s", weights)
		}
		if sum := contributions(card); sum != card.Score {
			t.Errorf("contributions add up to %s, score %s", sum, card.Score)
		}
	})
}

// Doing better in one item never lowers the score.
func TestScoreMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		n := rapid.IntRange(0, len(def.Items)-1).Draw(t, "which")
		rs[n].Actual = kpi.Int(rapid.Int64Range(-50, 200).Draw(t, "from"))
		before := cardOf(t, def, rs)
		step := kpi.Frac(rapid.Int64Range(0, 100).Draw(t, "better by"), 3)
		rs[n].Actual = better(def.Items[n], rs[n].Actual, step)
		if after := cardOf(t, def, rs); after.Score.Less(before.Score) || after.Ceiling.Less(before.Ceiling) {
			t.Errorf("better in %s by %s: from %s to %s", rs[n].Metric, step, before.Score, after.Score)
		}
	})
}

// better moves an actual the better way: up, down, or towards the middle of
// the band and not beyond it.
func better(i scorecard.Item, actual, step kpi.Value) kpi.Value {
	switch i.Direction {
	case kpi.HigherIsBetter:
		return actual.Add(step)
	case kpi.LowerIsBetter:
		return actual.Sub(step)
	}
	middle := i.Within.Low
	if i.Curve.Over == scorecard.OverActual {
		top := i.Curve.Knots[0]
		for _, k := range i.Curve.Knots {
			if top.Points.Less(k.Points) {
				top = k
			}
		}
		middle = top.At
	}
	if actual.Less(middle) {
		return actual.Add(step).Min(middle)
	}
	return actual.Sub(step).Max(middle)
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
			if byMetric[line.Metric] != line { // all of it
				t.Errorf("line %s changed with the order", line.Metric)
			}
		}
	})
}

// Cents or thousands: the unit of an item's numbers says nothing.
func TestUnitScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		before := cardOf(t, def, rs)
		n := rapid.IntRange(0, len(def.Items)-1).Draw(t, "which")
		scale := kpi.Frac(rapid.Int64Range(1, 1000).Draw(t, "scale"), rapid.Int64Range(1, 1000).Draw(t, "part"))
		i := &def.Items[n]
		rs[n].Actual, rs[n].Target = rs[n].Actual.Mul(scale), rs[n].Target.Mul(scale)
		if (i.Within != kpi.Band{}) {
			i.Within = kpi.Band{Low: i.Within.Low.Mul(scale), High: i.Within.High.Mul(scale), Tolerance: i.Within.Tolerance.Mul(scale)}
		}
		if i.Curve.Over == scorecard.OverActual {
			i.Curve.Knots = slices.Clone(i.Curve.Knots)
			for k := range i.Curve.Knots {
				i.Curve.Knots[k].At = i.Curve.Knots[k].At.Mul(scale)
			}
		}
		after := cardOf(t, def, rs)
		if after.Score != before.Score || after.Band != before.Band || after.Lines[n].Points != before.Lines[n].Points {
			t.Errorf("numbers times %s: %s %s became %s %s", scale, before.Score, before.Band, after.Score, after.Band)
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
				if r.Target != (kpi.Value{}) {
					targets = append(targets, kpi.Figure{Metric: r.Metric, Owner: owner, Period: q1(), Value: r.Target})
				}
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
