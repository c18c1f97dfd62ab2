package scorecard_test

import (
	"math/big"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"pgregory.net/rapid"
)

// The score against a slow and plain model in math/big: sum of weight × points
// over the items with a number, divided by the sum of their weights, and the
// bonus on top, by the sum of all weights.
func TestScoreModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		def.Missing = scorecard.MissingPolicy{ByReason: leaveOutAll(), Most: kpi.Int(1)}
		sum, weights, bonus, all := new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat)
		for n, i := range def.Items {
			weight := modelWeight(def, i)
			if !i.Bonus {
				all.Add(all, weight)
			}
			points := modelPoints(i, rs[n])
			switch {
			case points == nil:
			case i.Bonus:
				bonus.Add(bonus, points.Mul(points, weight))
			default:
				sum.Add(sum, points.Mul(points, weight))
				weights.Add(weights, weight)
			}
		}
		got := cardOf(t, def, rs).Score
		if weights.Sign() == 0 {
			if got.Defined() {
				t.Errorf("a score of nothing: %s", got)
			}
			return
		}
		want := sum.Quo(sum, weights)
		want.Add(want, bonus.Quo(bonus, all))
		if !got.Defined() || rat(got).Cmp(want) != 0 {
			t.Errorf("got %s, want %s", got.Exact(), want)
		}
	})
}

func rat(v kpi.Value) *big.Rat {
	r, _ := new(big.Rat).SetString(v.Exact())
	return r
}

// modelWeight gives a weight to any scale: with weighted perspectives of 1 in
// all, as a bonus is then of the whole too.
func modelWeight(def scorecard.Definition, i scorecard.Item) *big.Rat {
	if len(def.Perspectives) == 0 || !def.Perspectives[0].Weight.Defined() {
		return rat(i.Weight)
	}
	all, mine, peers := new(big.Rat), new(big.Rat), new(big.Rat)
	for _, p := range def.Perspectives {
		all.Add(all, rat(p.Weight))
		if p.ID == i.Perspective {
			mine = rat(p.Weight)
		}
	}
	if i.Bonus {
		return new(big.Rat).Quo(rat(i.Weight), all)
	}
	for _, other := range def.Items {
		if other.Perspective == i.Perspective && !other.Bonus {
			peers.Add(peers, rat(other.Weight))
		}
	}
	w := new(big.Rat).Quo(rat(i.Weight), peers)
	return w.Mul(w, mine.Quo(mine, all))
}

// modelPoints gives the points of a result, nil where there are none.
func modelPoints(i scorecard.Item, r scorecard.Result) *big.Rat {
	if !r.Actual.Defined() {
		return nil
	}
	a, floor := rat(r.Actual), rat(i.Curve.Floor.Or(kpi.Int(0)))
	if i.Curve.Over == scorecard.OverActual {
		return modelCurve(i.Curve, a, floor, i.Direction)
	}
	if i.Direction == kpi.InBand {
		x, edge := big.NewRat(1, 1), rat(i.Within.Low)
		off := new(big.Rat).Sub(edge, a)
		if off.Sign() < 0 {
			if edge = rat(i.Within.High); edge.Cmp(a) >= 0 {
				edge = a
			}
			off.Sub(a, edge)
		}
		if size := new(big.Rat).Abs(edge); off.Sign() > 0 && size.Sign() > 0 {
			x.Sub(x, off.Quo(off, size))
		} else if off.Sign() > 0 {
			x.Sub(x, off.Quo(off, rat(i.Within.Tolerance)))
		}
		return modelCurve(i.Curve, x, floor, kpi.HigherIsBetter)
	}
	if !r.Target.Defined() {
		return nil
	}
	b := rat(r.Target)
	switch {
	case b.Sign() == 0 && i.Direction == kpi.HigherIsBetter:
		return nil
	case b.Sign() == 0 && a.Sign() <= 0:
		return modelCurve(i.Curve, big.NewRat(1, 1), floor, kpi.HigherIsBetter)
	case b.Sign() == 0:
		return modelCurve(i.Curve, big.NewRat(-1_000_000, 1), floor, kpi.HigherIsBetter)
	}
	x := new(big.Rat).Sub(a, b)
	x.Quo(x, new(big.Rat).Abs(b))
	if i.Direction == kpi.LowerIsBetter {
		x.Neg(x)
	}
	return modelCurve(i.Curve, x.Add(x, big.NewRat(1, 1)), floor, kpi.HigherIsBetter)
}

func modelCurve(c scorecard.Curve, x, floor *big.Rat, shape kpi.Direction) *big.Rat {
	switch c.Kind {
	case scorecard.PassFail:
		if x.Cmp(big.NewRat(1, 1)) >= 0 {
			return big.NewRat(100, 1)
		}
		return floor
	case scorecard.Steps:
		return modelSteps(c, x, floor, shape)
	case scorecard.Piecewise:
		return modelLines(c, x)
	}
	points := new(big.Rat).Mul(x, big.NewRat(100, 1))
	if points.Cmp(floor) < 0 {
		points = floor
	}
	if c.Cap.Defined() && points.Cmp(rat(c.Cap)) > 0 {
		points = rat(c.Cap)
	}
	return points
}

// modelSteps walks from the good end: the first knot that is reached counts;
// of a band the lesser of both walks to the top.
func modelSteps(c scorecard.Curve, x, floor *big.Rat, shape kpi.Direction) *big.Rat {
	top := 0
	for n, k := range c.Knots {
		if rat(k.Points).Cmp(rat(c.Knots[top].Points)) > 0 {
			top = n
		}
	}
	last := top // of the knots with the most points
	for last+1 < len(c.Knots) && c.Knots[last+1].Points == c.Knots[top].Points {
		last++
	}
	up := func(from int) *big.Rat {
		for n := from; n >= 0; n-- {
			if x.Cmp(rat(c.Knots[n].At)) >= 0 {
				return rat(c.Knots[n].Points)
			}
		}
		return floor
	}
	down := func(from int) *big.Rat {
		for n := from; n < len(c.Knots); n++ {
			if x.Cmp(rat(c.Knots[n].At)) <= 0 {
				return rat(c.Knots[n].Points)
			}
		}
		return floor
	}
	switch {
	case shape == kpi.HigherIsBetter:
		return up(len(c.Knots) - 1)
	case shape == kpi.LowerIsBetter:
		return down(0)
	case x.Cmp(rat(c.Knots[top].At)) < 0:
		return up(top)
	case x.Cmp(rat(c.Knots[last].At)) > 0:
		return down(last)
	}
	return rat(c.Knots[top].Points)
}

// modelLines weighs the two neighbours by their distances.
func modelLines(c scorecard.Curve, x *big.Rat) *big.Rat {
	if last := c.Knots[len(c.Knots)-1]; x.Cmp(rat(last.At)) >= 0 {
		return rat(last.Points)
	}
	for n := len(c.Knots) - 2; n >= 0; n-- {
		a, b := c.Knots[n], c.Knots[n+1]
		if x.Cmp(rat(a.At)) < 0 {
			continue
		}
		fromA, toB := new(big.Rat).Sub(x, rat(a.At)), new(big.Rat).Sub(rat(b.At), x)
		sum := new(big.Rat).Add(new(big.Rat).Mul(rat(b.Points), fromA), new(big.Rat).Mul(rat(a.Points), toB))
		return sum.Quo(sum, fromA.Add(fromA, toB))
	}
	return rat(c.Knots[0].Points)
}

func leaveOutAll() map[kpi.Reason]scorecard.Treatment {
	all := map[kpi.Reason]scorecard.Treatment{}
	for r := kpi.Unpriced; r <= kpi.NoData; r++ {
		all[r] = scorecard.LeaveOut
	}
	return all
}
