package scorecard_test

import (
	"fmt"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
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
