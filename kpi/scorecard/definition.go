package scorecard

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// MaxItems and MaxBands bound a definition.
const (
	MaxItems = 100
	MaxBands = 100
)

// Definition says what is scored and how. It is a record and a document to
// be stored: its JSON carries "schema":"saleskpi/scorecard/1".
//
// The weights must add up to one exactly; with Normalise they may be any
// numbers above zero (45, 25, 20 and 10, or 3, 2 and 1) and are divided by
// their sum. Neither the order of items nor that of bands changes a score.
type Definition struct {
	ID        string        `json:"id"`
	Name      string        `json:"name,omitzero"`
	NameZH    string        `json:"name_zh,omitzero"`
	Items     []Item        `json:"items"`
	Normalise bool          `json:"normalise,omitzero"`
	Bands     []Band        `json:"bands,omitzero"` // none: cards have no band
	Missing   MissingPolicy `json:"missing,omitzero"`
}

// Item is one metric of a scorecard. A metric stands in it once.
//
// Direction is HigherIsBetter or LowerIsBetter. InBand is refused: a figure
// of a target is one number and not two edges.
//
// Where lower is better and the target is zero (no complaints, no overdue
// days) there is no ratio: the item is met or not. Met gives 100 points
// within the floor and cap of the curve, not met the floor, however far off;
// the attainment stays undefined (ZeroDenominator) and the card carries the
// finding met_or_not.
type Item struct {
	Metric    string        `json:"metric"` // the metric's ID
	Name      string        `json:"name,omitzero"`
	NameZH    string        `json:"name_zh,omitzero"`
	Weight    kpi.Value     `json:"weight"` // above zero
	Direction kpi.Direction `json:"direction"`
	Curve     Curve         `json:"curve,omitzero"`
}

// Validate reports every problem at once: IDs that are missing or malformed,
// a metric that stands twice, weights that are missing, not above zero or do
// not add up to one, a cap below the floor, bands without name or twice the
// same, not exactly one band open below, and a policy outside its limits.
func (d Definition) Validate() error {
	problems := check.List{Op: "scorecard.Definition"}
	validateID(&problems, "id", d.ID)
	d.validateItems(&problems)
	d.validateWeights(&problems)
	validateBands(&problems, d.Bands)
	problems.Nest("missing", d.Missing.Validate())
	return problems.Err()
}

func (d Definition) validateItems(problems *check.List) {
	switch n := len(d.Items); {
	case n == 0:
		problems.Add(check.ErrMissing, "items", "no_items", nil)
	case n > MaxItems:
		problems.Add(check.ErrRange, "items", "too_many_items", n, "most", MaxItems)
	}
	first := map[string]int{}
	for i, item := range d.Items {
		problems.Nest(check.At("items", i), item.Validate())
		if at, twice := first[item.Metric]; twice && item.Metric != "" {
			problems.Add(check.ErrDuplicate, check.At("items", i, "metric"), "duplicate_metric", item.Metric,
				"first", check.At("items", at))
			continue
		}
		first[item.Metric] = i
	}
}

// Validate reports a metric that is missing or malformed, a weight that is
// missing or not above zero, a direction that cannot be scored, and a curve
// that contradicts itself.
func (i Item) Validate() error {
	problems := check.List{Op: "scorecard.Item"}
	validateID(&problems, "metric", i.Metric)
	switch {
	case i.Weight == kpi.Value{}:
		problems.Add(check.ErrMissing, "weight", "missing_weight", nil)
	case i.Weight.Sign() <= 0:
		problems.Add(check.ErrRange, "weight", "weight_not_positive", i.Weight)
	}
	switch {
	case i.Direction == kpi.InBand:
		problems.Add(check.ErrInvalid, "direction", "direction_not_scored", i.Direction)
	case i.Direction > kpi.InBand:
		problems.Add(check.ErrUnknown, "direction", "unknown_word", uint8(i.Direction))
	}
	problems.Nest("curve", i.Curve.Validate())
	return problems.Err()
}

// validateWeights checks the sum only where every weight is a number, so
// that one mistake is reported once.
func (d Definition) validateWeights(problems *check.List) {
	sum := d.weightSum()
	if len(d.Items) == 0 || d.Normalise || !sum.Defined() || sum == kpi.Int(1) {
		return
	}
	problems.Add(check.ErrInvalid, "items", "weights_not_one", sum.Exact())
}

func (d Definition) weightSum() kpi.Value {
	sum := kpi.Int(0)
	for _, item := range d.Items {
		sum = sum.Add(item.Weight)
	}
	return sum
}

func validateID(problems *check.List, path, id string) {
	switch {
	case id == "":
		problems.Add(check.ErrMissing, path, "missing_id", nil)
	case !kpi.ValidID(id):
		problems.Add(check.ErrInvalid, path, "malformed_id", id, "form", "[a-z][a-z0-9_]*")
	}
}

// clone gives a definition that shares nothing with d.
func (d Definition) clone() Definition {
	d.Items = slices.Clone(d.Items)
	d.Bands = slices.Clone(d.Bands)
	d.Missing.ByReason = maps.Clone(d.Missing.ByReason)
	return d
}
