package scorecard_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"pgregory.net/rapid"
)

// definitions draws valid definitions of one to six items of every kind,
// normalised, with or without perspectives, with bands, gates and any policy.
func definitions() *rapid.Generator[scorecard.Definition] {
	return rapid.Custom(func(t *rapid.T) scorecard.Definition {
		def := scorecard.Definition{ID: "drawn", Normalise: true}
		for i := range rapid.IntRange(1, 6).Draw(t, "items") {
			def.Items = append(def.Items, item(t, fmt.Sprintf("m%d", i)))
		}
		def.Items[0].Bonus = false
		group(t, &def)
		for i, from := range rapid.SliceOfNDistinct(rapid.Int64Range(-50, 200), 0, 4, rapid.ID).Draw(t, "bands") {
			def.Bands = append(def.Bands, scorecard.Band{Name: fmt.Sprint("band ", i), From: kpi.Int(from)})
		}
		def.Bands = append(def.Bands, scorecard.Band{Name: "rest"})
		gates(t, &def)
		def.Missing.ByReason = rapid.MapOf(reasons(), rapid.SampledFrom([]scorecard.Treatment{scorecard.MakeUndefined, scorecard.LeaveOut, scorecard.CountLeast})).Draw(t, "policy")
		if rapid.Bool().Draw(t, "limited") {
			def.Missing.Most = kpi.Frac(rapid.Int64Range(0, 10).Draw(t, "most"), 10)
		}
		return def
	})
}

// group puts the items into two perspectives, weighted or not.
func group(t *rapid.T, def *scorecard.Definition) {
	if len(def.Items) < 2 || !rapid.Bool().Draw(t, "perspectives") {
		return
	}
	def.Items[1].Bonus = false
	def.Perspectives = []scorecard.Perspective{{ID: "financial"}, {ID: "customer"}}
	if rapid.Bool().Draw(t, "weighted") {
		for i := range def.Perspectives {
			def.Perspectives[i].Weight = kpi.Int(rapid.Int64Range(1, 9).Draw(t, "perspective"))
		}
	}
	for i := range def.Items {
		def.Items[i].Perspective = def.Perspectives[i%2].ID
	}
}

// gates draws one over the first item's attainment and one over an actual that
// no item has. Both lead to the lowest band.
func gates(t *rapid.T, def *scorecard.Definition) {
	if len(def.Bands) < 2 || !rapid.Bool().Draw(t, "gates") {
		return
	}
	def.Gates = []scorecard.Gate{
		{Metric: def.Items[0].Metric, Limit: kpi.Frac(1, 2), Band: "rest"},
		{Metric: "breaches", Over: scorecard.OverActual, Direction: kpi.LowerIsBetter, Limit: kpi.Int(0), Band: "rest"},
	}
}

func item(t *rapid.T, metric string) scorecard.Item {
	i := scorecard.Item{Metric: metric, Weight: kpi.Frac(rapid.Int64Range(1, 60).Draw(t, "weight"), rapid.Int64Range(1, 7).Draw(t, "part"))}
	i.Direction = rapid.SampledFrom([]kpi.Direction{kpi.HigherIsBetter, kpi.LowerIsBetter, kpi.InBand}).Draw(t, "direction")
	i.Bonus = rapid.IntRange(0, 4).Draw(t, "bonus") == 0
	i.Curve = curve(t, i.Direction)
	if i.Direction == kpi.InBand && (i.Curve.Over == scorecard.OverAttainment || rapid.Bool().Draw(t, "edges too")) {
		low := rapid.Int64Range(-20, 60).Draw(t, "low")
		i.Within = kpi.Band{Low: kpi.Int(low), High: kpi.Int(low + rapid.Int64Range(0, 60).Draw(t, "width")), Tolerance: kpi.Int(7)}
	}
	return i
}

func curve(t *rapid.T, d kpi.Direction) scorecard.Curve {
	c := scorecard.Curve{Kind: rapid.SampledFrom([]scorecard.CurveKind{scorecard.Linear, scorecard.Piecewise, scorecard.Steps, scorecard.PassFail}).Draw(t, "kind")}
	if c.Kind != scorecard.Piecewise && rapid.Bool().Draw(t, "floored") {
		c.Floor = kpi.Int(rapid.Int64Range(-100, 90).Draw(t, "floor"))
	}
	if c.Kind == scorecard.Linear && rapid.Bool().Draw(t, "capped") {
		c.Cap = kpi.Int(rapid.Int64Range(91, 200).Draw(t, "cap"))
	}
	if c.Kind == scorecard.Piecewise || c.Kind == scorecard.Steps {
		shape, scale := kpi.HigherIsBetter, int64(100)
		if rapid.Bool().Draw(t, "over the actual") {
			c.Over, shape, scale = scorecard.OverActual, d, 1
		}
		c.Knots = knots(t, shape, scale, c.Floor.Or(kpi.Int(0)))
	}
	return c
}

// knots draws two to five that run the way of the shape and lie above the
// floor.
func knots(t *rapid.T, shape kpi.Direction, scale int64, floor kpi.Value) []scorecard.Knot {
	at := rapid.SliceOfNDistinct(rapid.Int64Range(-50, 200), 2, 5, rapid.ID).Draw(t, "at")
	slices.Sort(at)
	var points []int64
	for range at {
		points = append(points, rapid.Int64Range(0, 150).Draw(t, "points"))
	}
	slices.Sort(points)
	switch shape {
	case kpi.LowerIsBetter:
		slices.Reverse(points)
	case kpi.InBand:
		slices.Reverse(points[rapid.IntRange(0, len(points)-1).Draw(t, "top"):])
	}
	all := make([]scorecard.Knot, len(at))
	for i := range at {
		all[i] = scorecard.Knot{At: kpi.Frac(at[i], scale), Points: floor.Add(kpi.Int(points[i]))}
	}
	return all
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
		r := scorecard.Result{Metric: i.Metric, Actual: number("actual")}
		if i.Direction != kpi.InBand {
			r.Target = number("target")
		}
		all = append(all, r)
	}
	if len(def.Gates) > 0 {
		all = append(all, scorecard.Result{Metric: "breaches", Actual: kpi.Int(rapid.Int64Range(0, 1).Draw(t, "breaches"))})
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

func TestNormaliseScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		before := cardOf(t, def, rs)
		scale := kpi.Frac(rapid.Int64Range(1, 1000).Draw(t, "scale"), rapid.Int64Range(1, 1000).Draw(t, "part"))
		for i := range def.Items {
			def.Items[i].Weight = def.Items[i].Weight.Mul(scale)
		}
		for i := range def.Perspectives {
			def.Perspectives[i].Weight = def.Perspectives[i].Weight.Mul(scale)
		}
		if after := cardOf(t, def, rs); !reflect.DeepEqual(after, before) {
			t.Errorf("weights times %s: %+v became %+v", scale, before, after)
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

// Weights that add up to one are the same with and without Normalise.
func TestNormaliseOfOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		def, rs := draw(t)
		before := cardOf(t, def, rs)
		for i, line := range before.Lines {
			def.Items[i].Weight = line.Stated
		}
		def.Normalise = false
		for i := range def.Perspectives { // the lines have their weight in the card
			def.Perspectives[i].Weight = kpi.Value{}
		}
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
		got, err := scorecard.Rank(cards, scorecard.Contest{Ineligible: ineligible})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Places)+len(got.Unranked) != len(cards) {
			t.Errorf("%d cards, %d ranked, %d not", len(cards), len(got.Places), len(got.Unranked))
		}
		for _, p := range got.Places {
			higher := 0
			for _, c := range cards {
				if ineligible[c.Owner] == "" && p.Value.Less(c.Score) {
					higher++
				}
			}
			if p.Rank != 1+higher {
				t.Errorf("%s has rank %d, and %d have a higher score", p.Owner, p.Rank, higher)
			}
		}
		before := fmt.Sprint(cards)
		again, err := scorecard.Rank(rapid.Permutation(cards).Draw(t, "order"), scorecard.Contest{Ineligible: ineligible})
		if err != nil || !reflect.DeepEqual(again, got) || fmt.Sprint(cards) != before {
			t.Errorf("another order: %+v, want %+v", again, got)
		}
	})
}
