package scorecard_test

import (
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"pgregory.net/rapid"
)

func explain(t interface {
	Helper()
	Fatal(...any)
}, def scorecard.Definition, card scorecard.Card) scorecard.Explanation {
	t.Helper()
	e, err := mustNew(t, def).Explain(card)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// What each item gave and what it fell short of 100 points give the score.
func TestExplainAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		card := cardOf(t, def, rs)
		sum, short := kpi.Int(0), kpi.Int(100)
		for n, p := range explain(t, def, card).Parts {
			sum = sum.Add(p.Contribution)
			if def.Items[n].Bonus {
				short = short.Add(p.Contribution)
			} else {
				short = short.Sub(p.Short)
			}
		}
		if sum != card.Score || short != card.Score {
			t.Errorf("contributions give %s, shortfalls %s, score %s", sum, short, card.Score)
		}
	})
}

// A way reaches the band, and every smaller change of the same item does not:
// the inverse of the curves is exact. Who has no way has no room for it.
func TestWaysAreExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		card := cardOf(t, def, rs)
		e := explain(t, def, card)
		if e.Next == nil || e.Next.Gap.Sign() <= 0 {
			return
		}
		part := kpi.Frac(rapid.Int64Range(1, 999).Draw(t, "part of the change"), 1000)
		ways := map[string]bool{}
		for n, way := range e.Next.Ways {
			ways[way.Metric] = true
			if got := with(t, def, rs, way.Metric, way.Actual); got.Less(e.Next.From) {
				t.Errorf("%s of %s gives %s, not %s", way.Actual, way.Metric, got, e.Next.From)
			}
			if got := with(t, def, rs, way.Metric, way.Actual.Sub(way.Change.Mul(part))); !got.Less(e.Next.From) {
				t.Errorf("less than %s of %s is enough", way.Actual, way.Metric)
			}
			if n > 0 && way.Relative.Less(e.Next.Ways[n-1].Relative) {
				t.Errorf("%s is smaller than the one before", way.Metric)
			}
		}
		for n, lift := range e.Lifts {
			if enough := !lift.Room.Less(e.Next.Gap); enough != ways[lift.Metric] {
				t.Errorf("%s has room for %s, the gap is %s, and a way: %v", lift.Metric, lift.Room, e.Next.Gap, ways[lift.Metric])
			}
			if n > 0 && e.Lifts[n-1].ToTarget.Less(lift.ToTarget) {
				t.Errorf("%s lifts more than the one before", lift.Metric)
			}
		}
	})
}

// A lift is what the score gains when that item alone changes so.
func TestLiftsAreGains(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		card := cardOf(t, def, rs)
		for _, lift := range explain(t, def, card).Lifts {
			for n, i := range def.Items {
				if i.Metric != lift.Metric || i.Direction == kpi.InBand || !lift.ToTarget.Defined() {
					continue
				}
				if met, ok := kpi.Met(i.Direction, rs[n].Actual, rs[n].Target); ok && met {
					if lift.ToTarget != kpi.Int(0) {
						t.Errorf("%s is met and lifts %s", i.Metric, lift.ToTarget)
					}
					continue
				}
				if got := with(t, def, rs, i.Metric, rs[n].Target).Sub(card.Score); got != lift.ToTarget {
					t.Errorf("%s at its target lifts %s, said %s", i.Metric, got, lift.ToTarget)
				}
				step := rs[n].Target.Abs().Mul(kpi.Frac(1, 10))
				if rs[n].Target.Sign() == 0 {
					step = rs[n].Actual.Abs().Mul(kpi.Frac(1, 10))
				}
				if got := with(t, def, rs, i.Metric, better(i, rs[n].Actual, step)).Sub(card.Score); got != lift.ByTenth {
					t.Errorf("%s by a tenth lifts %s, said %s", i.Metric, got, lift.ByTenth)
				}
			}
		}
	})
}

// with gives the score with another actual of one item.
func with(t *rapid.T, def scorecard.Definition, rs []scorecard.Result, metric string, actual kpi.Value) kpi.Value {
	other := append([]scorecard.Result{}, rs...)
	for n := range other {
		if other[n].Metric == metric {
			other[n].Actual = actual
		}
	}
	return cardOf(t, def, other).Score
}
