package scorecard

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// MaxItems and MaxBands bound a definition; it has no more perspectives than
// items.
const (
	MaxItems = 100
	MaxBands = 100
)

// Definition says what is scored and how. It is a record and a document to
// be stored: its JSON carries "schema":"saleskpi/scorecard/1".
//
// The weights of items and of perspectives must add up to one exactly; with
// Normalise they may be any numbers above zero (45, 25, 20 and 10, or 3, 2
// and 1) and are divided by their sum. Bonus items are not in the sum. Neither
// the order of items nor that of bands or gates changes a score.
type Definition struct {
	ID           string        `json:"id"`
	Name         string        `json:"name,omitzero"`
	NameZH       string        `json:"name_zh,omitzero"`
	Perspectives []Perspective `json:"perspectives,omitzero"`
	Items        []Item        `json:"items"`
	Normalise    bool          `json:"normalise,omitzero"`
	Bands        []Band        `json:"bands,omitzero"` // none: cards have no band
	Gates        []Gate        `json:"gates,omitzero"`
	Missing      MissingPolicy `json:"missing,omitzero"`
}

// Validate reports every problem at once: IDs that are missing or malformed,
// a metric or perspective that stands twice or leads nowhere, weights that are
// missing, not above zero or do not add up to one, curves that contradict
// themselves or the direction, bands without name or twice the same, not
// exactly one band open below, gates that lead nowhere or forbid nothing, and
// a policy outside its limits.
func (d Definition) Validate() error {
	problems := check.List{Op: "scorecard.Definition"}
	validateID(&problems, "id", d.ID)
	d.validateItems(&problems)
	d.validatePerspectives(&problems)
	d.validateWeights(&problems)
	validateBands(&problems, d.Bands)
	d.validateGates(&problems)
	problems.Nest("missing", d.Missing.Validate())
	return problems.Err()
}

func (d *Definition) validateItems(problems *check.List) {
	first, bonus := map[string]int{}, 0
	for i, item := range d.Items {
		problems.Nest(check.At("items", i), item.Validate())
		if item.Bonus {
			bonus++
		}
		if at, twice := first[item.Metric]; twice && item.Metric != "" {
			problems.Add(check.ErrDuplicate, check.At("items", i, "metric"), "duplicate_metric", item.Metric,
				"first", check.At("items", at))
			continue
		}
		first[item.Metric] = i
	}
	switch n := len(d.Items); {
	case n == 0:
		problems.Add(check.ErrMissing, "items", "no_items", nil)
	case n == bonus:
		problems.Add(check.ErrInvalid, "items", "only_bonus", n)
	case n > MaxItems:
		problems.Add(check.ErrRange, "items", "too_many_items", n, "most", MaxItems)
	}
}

// clone gives a definition that shares nothing with d.
func (d Definition) clone() Definition {
	d.Perspectives = slices.Clone(d.Perspectives)
	d.Items = slices.Clone(d.Items)
	for i := range d.Items {
		d.Items[i].Curve.Knots = slices.Clone(d.Items[i].Curve.Knots)
	}
	d.Bands = slices.Clone(d.Bands)
	d.Gates = slices.Clone(d.Gates)
	d.Missing.ByReason = maps.Clone(d.Missing.ByReason)
	return d
}
