package kpi

import "github.com/saleskpi/saleskpi/kpi/check"

// Band is a target that an actual should lie in: from Low to High, both
// included. It is a record.
type Band struct {
	Low  Value `json:"low"`
	High Value `json:"high"`
	// Tolerance is how far outside an edge of zero is 0 %, as such an edge
	// has no size of its own to measure the distance with. It is above zero,
	// or left out where no edge is zero.
	Tolerance Value `json:"tolerance,omitzero"`
}

// Validate reports an edge that is missing (check.ErrMissing), a low above
// the high (check.ErrInvalid), a tolerance that is not above zero
// (check.ErrRange), and an edge of zero without one (check.ErrMissing).
func (b Band) Validate() error {
	problems := check.List{Op: "kpi.Band"}
	if !b.Low.Defined() {
		problems.Add(check.ErrMissing, "low", "missing_edge", nil)
	}
	if !b.High.Defined() {
		problems.Add(check.ErrMissing, "high", "missing_edge", nil)
	}
	if b.High.Less(b.Low) {
		problems.Add(check.ErrInvalid, "high", "high_below_low", b.High, "low", b.Low)
	}
	zeroEdge := b.Low == Int(0) || b.High == Int(0)
	stated := b.Tolerance != Value{}
	switch {
	case stated && b.Tolerance.Sign() <= 0:
		problems.Add(check.ErrRange, "tolerance", "not_above_zero", b.Tolerance)
	case !stated && zeroEdge:
		problems.Add(check.ErrMissing, "tolerance", "edge_of_zero_without_tolerance", nil)
	}
	return problems.Err()
}

// Contains reports whether the actual lies in the band, edges included; ok
// is false where any of the three is undefined or the edges are reversed.
func (b Band) Contains(actual Value) (inside, ok bool) {
	if !actual.Defined() || !b.Low.Defined() || !b.High.Defined() || b.High.Less(b.Low) {
		return false, false
	}
	return !actual.Less(b.Low) && !b.High.Less(actual), true
}

// Attainment gives how well an actual keeps to the band:
//
//	inside:   1
//	outside:  1 − distance to the nearer edge / |that edge|
//
// and outside an edge of zero 1 − distance / tolerance, which is undefined
// (ZeroDenominator) where no tolerance is stated. Edges that are reversed
// are undefined (NotApplicable), and so is a missing one, with its reason.
func (b Band) Attainment(actual Value) Value {
	distance := b.Distance(actual)
	if !distance.Defined() || distance.Sign() == 0 {
		return Int(1).Sub(distance)
	}
	edge := b.High
	if distance.Sign() < 0 {
		edge = b.Low
	}
	size := edge.Abs()
	if size.Sign() == 0 {
		size = b.Tolerance.Or(Int(0))
	}
	return Int(1).Sub(distance.Abs().Div(size))
}

// Distance gives how far the actual lies outside: below zero under the low
// edge, above zero over the high one, and 0 inside. It is undefined as
// Attainment is.
func (b Band) Distance(actual Value) Value {
	if b.High.Less(b.Low) {
		return Undefined(NotApplicable)
	}
	below, above := actual.Sub(b.Low).Min(Int(0)), actual.Sub(b.High).Max(Int(0))
	return below.Add(above)
}
