package scorecard

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Validate reports a kind or axis that is none of the constants, numbers that
// are undefined, a cap that does not lie above the floor, what belongs to
// another kind of curve, too few or too many knots, and knots that do not
// ascend. That points run the way of the item's direction is reported by
// [Item.Validate], which knows it.
func (c Curve) Validate() error {
	problems := check.List{Op: "scorecard.Curve"}
	known := c.validateWords(&problems)
	validateOptional(&problems, "floor", c.Floor)
	validateOptional(&problems, "cap", c.Cap)
	if known {
		c.validateParts(&problems)
	}
	c.validateKnots(&problems)
	return problems.Err()
}

func (c Curve) validateWords(problems *check.List) (known bool) {
	if c.Kind > PassFail {
		problems.Add(check.ErrUnknown, "kind", "unknown_word", uint8(c.Kind))
	}
	if c.Over > OverActual {
		problems.Add(check.ErrUnknown, "over", "unknown_word", uint8(c.Over))
	}
	return c.Kind <= PassFail && c.Over <= OverActual
}

// validateParts reports what a kind of curve lacks and what it does not have.
func (c Curve) validateParts(problems *check.List) {
	knotted := c.Kind == Piecewise || c.Kind == Steps
	if c.Over == OverActual && !knotted {
		problems.Add(check.ErrInvalid, "over", "needs_knots", c.Over, "kind", c.Kind)
	}
	if c.Kind == Piecewise && c.Floor != (kpi.Value{}) {
		problems.Add(check.ErrInvalid, "floor", "not_of_this_curve", c.Floor, "kind", c.Kind)
	}
	switch {
	case c.Kind != Linear && c.Cap != kpi.Value{}:
		problems.Add(check.ErrInvalid, "cap", "not_of_this_curve", c.Cap, "kind", c.Kind)
	case c.Cap.Defined() && c.Cap.Compare(c.least()) <= 0:
		problems.Add(check.ErrInvalid, "cap", "cap_not_above_floor", c.Cap, "floor", c.least())
	case c.Kind == PassFail && c.least().Compare(kpi.Int(fullPoints)) >= 0:
		problems.Add(check.ErrInvalid, "floor", "floor_not_below_pass", c.Floor, "pass", fullPoints)
	}
	switch n := len(c.Knots); {
	case !knotted && n > 0:
		problems.Add(check.ErrInvalid, "knots", "not_of_this_curve", n, "kind", c.Kind)
	case c.Kind == Steps && n < 1, c.Kind == Piecewise && n < 2:
		problems.Add(check.ErrMissing, "knots", "too_few_knots", n, "kind", c.Kind)
	case n > MaxKnots:
		problems.Add(check.ErrRange, "knots", "too_many_knots", n, "most", MaxKnots)
	}
}

func (c Curve) validateKnots(problems *check.List) {
	for i, k := range c.Knots {
		validateNumber(problems, check.At("knots", i, "at"), k.At)
		validateNumber(problems, check.At("knots", i, "points"), k.Points)
		if i > 0 && k.At.Defined() && c.Knots[i-1].At.Defined() && !c.Knots[i-1].At.Less(k.At) {
			problems.Add(check.ErrInvalid, check.At("knots", i, "at"), "knots_not_ascending", k.At, "before", c.Knots[i-1].At)
		}
	}
}

// validateRun reports points that run against the direction, so that doing
// better would lower the score.
func (c Curve) validateRun(problems *check.List, shape kpi.Direction) {
	falling := shape == kpi.LowerIsBetter
	for i, k := range c.Knots {
		if c.Kind == Steps && k.Points.Less(c.least()) {
			problems.Add(check.ErrInvalid, check.At("curve.knots", i, "points"), "points_below_floor", k.Points, "floor", c.least())
		}
		if i == 0 {
			continue
		}
		before := c.Knots[i-1].Points
		if shape == kpi.InBand && k.Points.Less(before) {
			falling = true
		}
		if falling && before.Less(k.Points) || !falling && k.Points.Less(before) {
			problems.Add(check.ErrInvalid, check.At("curve.knots", i, "points"), "points_against_direction", k.Points, "before", before)
		}
	}
}

// validateOptional refuses a number that is undefined for any other reason
// than being left out: it would count as left out.
func validateOptional(problems *check.List, path string, v kpi.Value) {
	if v != (kpi.Value{}) && !v.Defined() {
		problems.Add(check.ErrInvalid, path, "undefined_number", v.Reason())
	}
}

func validateNumber(problems *check.List, path string, v kpi.Value) {
	if v == (kpi.Value{}) {
		problems.Add(check.ErrMissing, path, "missing_number", nil)
	}
	validateOptional(problems, path, v)
}
