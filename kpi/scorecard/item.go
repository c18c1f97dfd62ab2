package scorecard

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Item is one metric of a scorecard. A metric stands in it once.
//
// Direction says what is better. Where a band is (a discount rate between 5
// and 10 %), Within holds its edges, the attainment is that of [kpi.Band], and
// the item has no target; with a curve over the actual, Within may be left
// out.
//
// Target is one that holds for everybody: it counts where no other comes in.
//
// Where lower is better and the target is zero (no complaints, no overdue
// days) there is no ratio: the item is met or not. Met gives the points of an
// attainment of 100 %, not met the least of the curve, however far off; the
// attainment stays undefined (ZeroDenominator) and the card carries the
// finding met_or_not. A curve over the actual gives points between the two.
//
// A bonus item adds to a score beyond what the others make: its weight is not
// part of their one, so that with a weight of 0.1 and a cap of 50 it adds up
// to 5 points. With a floor below zero it takes points away. Without a number
// it adds nothing, and neither makes the score undefined nor counts as missing.
//
// Additivity and Base say how the item is rolled up, see [Scorecard.Team]: the
// numbers of a rate are weighted by its denominator, whose figures come in
// under the metric Base (closed deals of a win rate, answers of a survey).
type Item struct {
	Metric      string         `json:"metric"` // the metric's ID
	Name        string         `json:"name,omitzero"`
	NameZH      string         `json:"name_zh,omitzero"`
	Perspective string         `json:"perspective,omitzero"` // the ID of one, where there are any
	Weight      kpi.Value      `json:"weight"`               // above zero
	Bonus       bool           `json:"bonus,omitzero"`
	Direction   kpi.Direction  `json:"direction"`
	Target      kpi.Value      `json:"target,omitzero"`
	Within      kpi.Band       `json:"within,omitzero"` // of a band alone
	Curve       Curve          `json:"curve,omitzero"`
	Additivity  kpi.Additivity `json:"additivity,omitzero"`
	Base        string         `json:"base,omitzero"` // of a rate alone: the metric of its denominator
}

// Points gives the points of an actual against a target, as a card does. A
// target that is no data gives way to the item's own. It is undefined, with
// the reason, where the attainment is, but for a lower-is-better target of
// zero; over the actual the target does not matter.
func (i Item) Points(actual, target kpi.Value) kpi.Value {
	points, _ := i.score(actual, i.target(target))
	return points
}

func (i *Item) target(given kpi.Value) kpi.Value {
	switch {
	case i.Direction == kpi.InBand:
		return kpi.Undefined(kpi.NotApplicable)
	case given == kpi.Value{}:
		return i.Target
	}
	return given
}

// score gives points and attainment.
func (i *Item) score(actual, target kpi.Value) (points, attainment kpi.Value) {
	attainment = i.attainment(actual, target)
	switch {
	case i.Curve.Over == OverActual:
		return i.Curve.points(actual, i.Direction), attainment
	case i.metOrNot(actual, target):
		return i.metPoints(actual.Sign() <= 0), attainment
	}
	return i.Curve.points(attainment, kpi.HigherIsBetter), attainment
}

func (i *Item) attainment(actual, target kpi.Value) kpi.Value {
	switch {
	case i.Direction != kpi.InBand:
		return kpi.Attainment(i.Direction, actual, target)
	case i.Within == kpi.Band{}:
		return kpi.Undefined(kpi.NotApplicable)
	}
	return i.Within.Attainment(actual)
}

// metOrNot reports whether the item has points without an attainment.
func (i *Item) metOrNot(actual, target kpi.Value) bool {
	return i.Direction == kpi.LowerIsBetter && i.Curve.Over == OverAttainment &&
		actual.Defined() && target == kpi.Int(0)
}

func (i *Item) metPoints(met bool) kpi.Value {
	if met {
		return i.Curve.points(kpi.Int(1), kpi.HigherIsBetter)
	}
	return i.Curve.least()
}

// Validate reports a metric, perspective or base that is missing or malformed,
// a weight that is missing or not above zero, a direction that is none of the
// constants, a band without edges or with a target, edges without a band, a
// base of what is no rate, a curve that contradicts itself, and points that
// run against the direction.
func (i Item) Validate() error {
	problems := check.List{Op: "scorecard.Item"}
	validateID(&problems, "metric", i.Metric)
	validateWeight(&problems, i.Weight)
	if i.Direction > kpi.InBand {
		problems.Add(check.ErrUnknown, "direction", "unknown_word", uint8(i.Direction))
	}
	i.validateAim(&problems)
	curve := i.Curve.Validate()
	problems.Nest("curve", curve)
	if curve == nil {
		i.Curve.validateRun(&problems, i.shape())
	}
	i.validateBase(&problems)
	return problems.Err()
}

// shape says how the item's curve runs.
func (i *Item) shape() kpi.Direction {
	if i.Curve.Over == OverActual {
		return i.Direction
	}
	return kpi.HigherIsBetter
}

func (i Item) validateAim(problems *check.List) {
	validateOptional(problems, "target", i.Target)
	none := i.Within == kpi.Band{}
	switch {
	case i.Direction != kpi.InBand && !none:
		problems.Add(check.ErrInvalid, "within", "not_of_this_direction", nil, "direction", i.Direction)
	case i.Direction == kpi.InBand && i.Target != kpi.Value{}:
		problems.Add(check.ErrInvalid, "target", "not_of_this_direction", i.Target, "direction", i.Direction)
	case i.Direction == kpi.InBand && none && i.Curve.Over == OverAttainment:
		problems.Add(check.ErrMissing, "within", "missing_band", nil)
	case i.Direction == kpi.InBand && !none:
		problems.Nest("within", i.Within.Validate())
	}
}

func (i Item) validateBase(problems *check.List) {
	switch {
	case i.Additivity > kpi.Distinct:
		problems.Add(check.ErrUnknown, "additivity", "unknown_word", uint8(i.Additivity))
	case i.Base != "" && i.Additivity != kpi.RatioOfSums:
		problems.Add(check.ErrInvalid, "base", "not_of_this_additivity", i.Base, "additivity", i.Additivity)
	case i.Base != "":
		validateID(problems, "base", i.Base)
	}
}

func validateWeight(problems *check.List, w kpi.Value) {
	switch {
	case w == kpi.Value{}:
		problems.Add(check.ErrMissing, "weight", "missing_weight", nil)
	case w.Sign() <= 0:
		problems.Add(check.ErrRange, "weight", "weight_not_positive", w)
	}
}

func validateID(problems *check.List, path, id string) {
	switch {
	case id == "":
		problems.Add(check.ErrMissing, path, "missing_id", nil)
	case !kpi.ValidID(id):
		problems.Add(check.ErrInvalid, path, "malformed_id", id, "form", "[a-z][a-z0-9_]*")
	}
}
