package incentive

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
)

// Tier is a step of a component: From belongs to it, To does not. It pays a
// Rate or a Flat.
//
// To may be left out: the tier then ends where the next begins, and the
// highest is open above. What lies between two tiers, or below the lowest,
// is paid nothing. A lowest tier that starts at 0 and has a rate is open
// below as well, so that returns take back what sales would have paid.
//
//	marginal, rate   rate × the part that lies in the tier, between Min and Max
//	marginal, flat   the whole flat as soon as From is reached, beside the tiers below
//	whole, rate      rate × all, between Min and Max, where the position lies in the tier
//	whole, flat      the flat, where the position lies in the tier
//
// Min and Max are left out where there are none, so 0 is a maximum like any
// other; Min counts as soon as more than zero lies in the tier.
//
// While its Gate is closed a tier is not there: what lies in it belongs to
// the open tier below.
type Tier struct {
	Name string    `json:"name,omitzero"`
	From kpi.Value `json:"from"`
	To   kpi.Value `json:"to,omitzero"`
	Rate kpi.Value `json:"rate,omitzero"`
	Flat kpi.Value `json:"flat,omitzero"`
	Min  kpi.Value `json:"min,omitzero"`
	Max  kpi.Value `json:"max,omitzero"`
	Gate Gate      `json:"gate,omitzero"`
}

func (t Tier) flat() bool { return t.Flat != kpi.Value{} }

// sorted gives the tiers in order of From, every To filled in but an open one.
func sortedTiers(tiers []Tier) []Tier {
	sorted := slices.Clone(tiers)
	slices.SortStableFunc(sorted, func(a, b Tier) int { return a.From.Compare(b.From) })
	for i := range sorted {
		if (sorted[i].To == kpi.Value{}) && i+1 < len(sorted) {
			sorted[i].To = sorted[i+1].From
		}
	}
	return sorted
}

// label names a tier for people: its name, or its bounds.
func (t Tier) label(by Axis) string {
	if t.Name != "" {
		return t.Name
	}
	from := bound(by, t.From)
	if (t.To == kpi.Value{}) {
		return "≥ " + from
	}
	return from + "–" + bound(by, t.To)
}

func bound(by Axis, v kpi.Value) string {
	if by == ByAttainment {
		return percent(v)
	}
	return number(v, 12)
}

// Point is a point of a pay curve: what is paid at an amount or an
// attainment. Between two points pay runs on a straight line; below the
// first nothing is paid (the threshold), from the last on pay stays as it is.
//
//	pay = p₀ + (p₁ − p₀) × (x − x₀) / (x₁ − x₀)
type Point struct {
	At  kpi.Value `json:"at"`
	Pay kpi.Value `json:"pay"`
}

func sortedPoints(points []Point) []Point {
	sorted := slices.Clone(points)
	slices.SortStableFunc(sorted, func(a, b Point) int { return a.At.Compare(b.At) })
	return sorted
}

// along gives the pay of a sorted curve at x.
func along(curve []Point, x kpi.Value) kpi.Value {
	if !x.Defined() {
		return x
	}
	if x.Less(curve[0].At) {
		return kpi.Int(0)
	}
	for i := 1; i < len(curve); i++ {
		a, b := curve[i-1], curve[i]
		if x.Less(b.At) {
			return a.Pay.Add(b.Pay.Sub(a.Pay).Mul(x.Sub(a.At)).Div(b.At.Sub(a.At)))
		}
	}
	return curve[len(curve)-1].Pay
}
