package scorecard

import "github.com/saleskpi/saleskpi/kpi"

// span is where an item reaches some points: from lo to hi, both included. An
// undefined end is open. The empty span has none set and empty true.
type span struct {
	lo, hi kpi.Value
	empty  bool
}

// nearest gives the place in the span that is nearest to x; not applicable
// where the span is empty.
func (s span) nearest(x kpi.Value) kpi.Value {
	switch {
	case s.empty:
		return kpi.Undefined(kpi.NotApplicable)
	case x.Less(s.lo):
		return s.lo
	case s.hi.Less(x):
		return s.hi
	}
	return x
}

// reach gives where the curve gives at least some points. It is the exact
// inverse of points.
func (c *Curve) reach(points kpi.Value, shape kpi.Direction) span {
	if !c.least().Less(points) {
		return span{}
	}
	if c.most().Less(points) {
		return span{empty: true}
	}
	switch c.Kind {
	case Piecewise:
		return span{lo: c.crossing(points), hi: c.crossingBack(points)}
	case Steps:
		return c.steps(points, shape)
	case PassFail:
		return span{lo: kpi.Int(1)}
	}
	return span{lo: points.Div(kpi.Int(fullPoints))}
}

func (c *Curve) steps(points kpi.Value, shape kpi.Direction) span {
	var s span
	for _, k := range c.Knots {
		if k.Points.Less(points) {
			continue
		}
		if shape != kpi.LowerIsBetter && !s.lo.Defined() {
			s.lo = k.At
		}
		if shape != kpi.HigherIsBetter {
			s.hi = k.At
		}
	}
	return s
}

// crossing gives where the points are first reached from the left, undefined
// where they are from the outset.
func (c *Curve) crossing(points kpi.Value) kpi.Value {
	for i, k := range c.Knots {
		if !k.Points.Less(points) {
			if i == 0 {
				return kpi.Value{}
			}
			return meet(c.Knots[i-1], k, points)
		}
	}
	return kpi.Value{}
}

// crossingBack is crossing from the right.
func (c *Curve) crossingBack(points kpi.Value) kpi.Value {
	for i := len(c.Knots) - 1; i >= 0; i-- {
		if k := c.Knots[i]; !k.Points.Less(points) {
			if i == len(c.Knots)-1 {
				return kpi.Value{}
			}
			return meet(c.Knots[i+1], k, points)
		}
	}
	return kpi.Value{}
}

// meet gives where the line from one knot to the next has the points.
func meet(from, to Knot, points kpi.Value) kpi.Value {
	share := points.Sub(from.Points).Div(to.Points.Sub(from.Points))
	return from.At.Add(share.Mul(to.At.Sub(from.At)))
}
