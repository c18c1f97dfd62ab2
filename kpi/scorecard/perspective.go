package scorecard

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Perspective is a group of items with a subtotal of its own, such as the
// four of a balanced scorecard: financial, customer, process, learning.
//
// Either every perspective has a weight or none. With weights, those of the
// perspectives add up to one, and an item's weight is its share of its
// perspective:
//
//	weight in the card = weight of the perspective × weight of the item
//
// Without them, items have their weight in the card, and a perspective weighs
// what its items do. The weight of a bonus item is always one in the card.
//
// Source: R. S. Kaplan, D. P. Norton, The Balanced Scorecard: Measures that
// Drive Performance, Harvard Business Review, January 1992.
type Perspective struct {
	ID     string    `json:"id"`
	Name   string    `json:"name,omitzero"`
	NameZH string    `json:"name_zh,omitzero"`
	Weight kpi.Value `json:"weight,omitzero"`
}

// weighted reports whether the perspectives have weights.
func (d *Definition) weighted() bool {
	return len(d.Perspectives) > 0 && d.Perspectives[0].Weight != kpi.Value{}
}

func (d *Definition) validatePerspectives(problems *check.List) {
	if n := len(d.Perspectives); n > MaxItems {
		problems.Add(check.ErrRange, "perspectives", "too_many_perspectives", n, "most", MaxItems)
	}
	first, sum := map[string]int{}, kpi.Int(0)
	for i, p := range d.Perspectives {
		at := func(name string) string { return check.At("perspectives", i, name) }
		validateID(problems, at("id"), p.ID)
		if before, twice := first[p.ID]; twice && p.ID != "" {
			problems.Add(check.ErrDuplicate, at("id"), "duplicate_id", p.ID, "first", check.At("perspectives", before))
		} else {
			first[p.ID] = i
		}
		switch stated := p.Weight != (kpi.Value{}); {
		case stated != d.weighted():
			problems.Add(check.ErrInvalid, at("weight"), "weights_of_some", nil)
		case stated && p.Weight.Sign() <= 0:
			problems.Add(check.ErrRange, at("weight"), "weight_not_positive", p.Weight)
		}
		sum = sum.Add(p.Weight)
	}
	if d.weighted() && !d.Normalise && sum.Defined() && sum != kpi.Int(1) {
		problems.Add(check.ErrInvalid, "perspectives", "weights_not_one", sum.Exact())
	}
	d.validateMembership(problems, first)
}

// validateMembership reports items of no perspective and perspectives of no
// items.
func (d *Definition) validateMembership(problems *check.List, known map[string]int) {
	members := map[string]int{}
	for i, item := range d.Items {
		path := check.At("items", i, "perspective")
		_, there := known[item.Perspective]
		switch {
		case item.Perspective == "" && len(d.Perspectives) > 0:
			problems.Add(check.ErrMissing, path, "missing_id", nil)
		case item.Perspective != "" && !there:
			problems.Add(check.ErrUnknown, path, "unknown_perspective", item.Perspective)
		case !item.Bonus:
			members[item.Perspective]++
		}
	}
	for i, p := range d.Perspectives {
		if d.weighted() && members[p.ID] == 0 {
			problems.Add(check.ErrMissing, check.At("perspectives", i), "no_items", nil)
		}
	}
}
