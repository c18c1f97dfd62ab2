package scorecard

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
)

// fullPoints is what an attainment of 100 % gives on a linear curve.
const fullPoints = 100

// MaxKnots is how many knots a curve may have.
const MaxKnots = 100

// Curve turns an attainment, or the actual itself, into points.
//
//	linear     min(max(100 × attainment, floor), cap)
//	piecewise  on straight lines from knot to knot, level before the first
//	           and behind the last
//	steps      the points of the best knot that is reached, the floor before
//	pass_fail  100 from an attainment of 1 on, else the floor
//
// The zero Curve is linear with a floor of 0 points and no cap. A floor is the
// least that an item gives, not a threshold below which nothing is paid: with
// a floor of 40, attainments of 10 % and 40 % both give 40 points. For a
// threshold use steps or a piecewise curve.
//
// A step belongs to the better side: to reach a knot is enough for its points.
// Where lower is better a curve over the actual falls, and a knot is reached
// at its value or below; where a band is, it rises to its best knots and falls
// behind them, and a knot is reached between it and the best.
type Curve struct {
	Kind  CurveKind `json:"kind,omitzero"`
	Over  Axis      `json:"over,omitzero"`  // actual only with knots
	Knots []Knot    `json:"knots,omitzero"` // of piecewise and steps, At ascending
	Floor kpi.Value `json:"floor,omitzero"` // least points; 0 where left out; not of piecewise
	Cap   kpi.Value `json:"cap,omitzero"`   // most points; none where left out; only of linear
}

// Knot is a point of a curve: what At gives. At is an attainment (1 is 100 %)
// or an actual, as the curve's Over says.
type Knot struct {
	At     kpi.Value `json:"at"`
	Points kpi.Value `json:"points"`
}

// CurveKind is the form of a curve. The zero CurveKind is Linear.
type CurveKind uint8

const (
	Linear    CurveKind = iota // points in proportion to the attainment
	Piecewise                  // straight lines between knots
	Steps                      // level between knots
	PassFail                   // all or nothing
)

func curveWords() []string { return []string{"linear", "piecewise", "steps", "pass_fail"} }

// String gives linear, piecewise, steps or pass_fail.
func (k CurveKind) String() string { return enum.String(curveWords(), k) }

// MarshalText gives the word.
func (k CurveKind) MarshalText() ([]byte, error) {
	return enum.Marshal("scorecard.CurveKind", curveWords(), k)
}

// UnmarshalText reads the word.
func (k *CurveKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("scorecard.CurveKind", curveWords(), text, k)
}

// points gives the points of x. shape says how the curve runs: over an
// attainment it rises, over the actual it goes with the item's direction.
func (c *Curve) points(x kpi.Value, shape kpi.Direction) kpi.Value {
	switch {
	case !x.Defined():
		return x
	case c.Kind == Piecewise && len(c.Knots) == 0: // no curve that Validate lets pass
		return kpi.Undefined(kpi.NotApplicable)
	case c.Kind == Piecewise:
		return c.between(x)
	case c.Kind == Steps:
		return c.step(x, shape)
	case c.Kind == PassFail:
		if x.Less(kpi.Int(1)) {
			return c.least()
		}
		return kpi.Int(fullPoints)
	}
	points := x.Mul(kpi.Int(fullPoints)).Max(c.least())
	if c.Cap.Defined() {
		points = points.Min(c.Cap)
	}
	return points
}

// between interpolates.
func (c *Curve) between(x kpi.Value) kpi.Value {
	for i, k := range c.Knots {
		switch {
		case k.At.Less(x):
			continue
		case i == 0 || k.At == x:
			return k.Points
		}
		before := c.Knots[i-1]
		share := x.Sub(before.At).Div(k.At.Sub(before.At))
		return before.Points.Add(share.Mul(k.Points.Sub(before.Points)))
	}
	return c.Knots[len(c.Knots)-1].Points
}

// step gives the best points reached from the left, from the right, or for a
// band from both sides.
func (c *Curve) step(x kpi.Value, shape kpi.Direction) kpi.Value {
	left, right := c.least(), c.least()
	for _, k := range c.Knots {
		if !x.Less(k.At) {
			left = left.Max(k.Points)
		}
		if !k.At.Less(x) {
			right = right.Max(k.Points)
		}
	}
	switch shape {
	case kpi.HigherIsBetter:
		return left
	case kpi.LowerIsBetter:
		return right
	}
	return left.Min(right)
}

// least gives the fewest points that the curve ever gives.
func (c *Curve) least() kpi.Value {
	if c.Kind == Piecewise && len(c.Knots) > 0 {
		return c.Knots[0].Points.Min(c.Knots[len(c.Knots)-1].Points)
	}
	return c.Floor.Or(kpi.Int(0))
}

// most gives the most points that the curve ever gives; where there is no
// limit it is not applicable.
func (c *Curve) most() kpi.Value {
	switch c.Kind {
	case Linear:
		return c.Cap.Or(kpi.Undefined(kpi.NotApplicable))
	case PassFail:
		return kpi.Int(fullPoints)
	}
	most := c.least()
	for _, k := range c.Knots {
		most = most.Max(k.Points)
	}
	return most
}
