package scorecard

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Curve turns an attainment into points, on a straight line from 0 points at
// attainment 0 through 100 points at attainment 1 (100 %), kept between a
// floor and a cap:
//
//	points = min(max(100 × attainment, floor), cap)
//
// The zero Curve has a floor of 0 points and no cap. A floor is the least
// that an item gives, not a threshold below which nothing is paid: with a
// floor of 40, attainments of 10 % and 40 % both give 40 points.
type Curve struct {
	Floor kpi.Value `json:"floor,omitzero"` // least points; 0 where left out
	Cap   kpi.Value `json:"cap,omitzero"`   // most points; none where left out
}

// fullPoints is what an attainment of 100 % gives.
const fullPoints = 100

// Points gives the points of an attainment. An undefined attainment gives
// undefined points with its reason.
func (c Curve) Points(attainment kpi.Value) kpi.Value {
	return c.within(attainment.Mul(kpi.Int(fullPoints)))
}

// met gives the points of an item that has no attainment and is met or not.
func (c Curve) met(met bool) kpi.Value {
	if met {
		return c.within(kpi.Int(fullPoints))
	}
	return c.least()
}

func (c Curve) within(points kpi.Value) kpi.Value {
	points = points.Max(c.least())
	if c.Cap.Defined() {
		points = points.Min(c.Cap)
	}
	return points
}

func (c Curve) least() kpi.Value { return c.Floor.Or(kpi.Int(0)) }

// Validate reports a floor or cap that is given as an undefined number, and
// a cap that does not lie above the floor.
func (c Curve) Validate() error {
	problems := check.List{Op: "scorecard.Curve"}
	validateOptional(&problems, "floor", c.Floor)
	validateOptional(&problems, "cap", c.Cap)
	if c.Cap.Defined() && c.Cap.Compare(c.least()) <= 0 {
		problems.Add(check.ErrInvalid, "cap", "cap_not_above_floor", c.Cap, "floor", c.least())
	}
	return problems.Err()
}

// validateOptional refuses a number that is undefined for any other reason
// than being left out: it would count as left out.
func validateOptional(problems *check.List, path string, v kpi.Value) {
	if v != (kpi.Value{}) && !v.Defined() {
		problems.Add(check.ErrInvalid, path, "undefined_number", v.Reason())
	}
}
