package bridge

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// MaxLevels is how deep products can be nested.
const MaxLevels = 16

// PriceVolumeMix explains a gap in revenue or margin by prices, quantities and
// what was sold. It is a record and a document to be stored: its JSON carries
// "schema":"saleskpi/price_volume_mix/1".
type PriceVolumeMix struct {
	Levels []string `json:"levels"` // what the keys of lines are, from the top: family, product
	Basis  Basis    `json:"basis"`
}

// Validate reports levels that are missing, too many (check.ErrRange),
// without a name or of the same name, and an unknown basis.
func (p PriceVolumeMix) Validate() error {
	problems := check.List{Op: "bridge.PriceVolumeMix"}
	switch n := len(p.Levels); {
	case n == 0:
		problems.Add(check.ErrMissing, "levels", "missing_level", nil)
	case n > MaxLevels:
		problems.Add(check.ErrRange, "levels", "too_many_levels", n, "most", MaxLevels)
	}
	for i, level := range p.Levels {
		problems.ID(check.At("levels", i), "missing_name", level)
		if level != "" && slices.Index(p.Levels, level) < i {
			problems.Add(check.ErrDuplicate, check.At("levels", i), "duplicate_level", level)
		}
	}
	if p.Basis > Margins {
		problems.Add(check.ErrUnknown, "basis", "unknown_word", uint8(p.Basis))
	}
	return problems.Err()
}

// Bridge splits the gap between two sums of amounts, in the order that
// finance uses. Of a product sold on both sides, with q a quantity, p its
// average price (amount by quantity, the current one at constant currency),
// Q the quantity of all such products in its unit of measure, s = q/Q and P₀
// their average base price,
//
//	price     (p₁ − p₀) × q₁
//	mix       Q₁ × (s₁ − s₀) × (p₀ − P₀)
//	quantity  (q₁ − q₀) × p₀ − mix
//
// so that mix and quantity together are the volume at base prices. With
// [Margins], p is the unit margin in mix and quantity, and its change is
// parted:
//
//	price     (p₁ − p₀) × q₁ by amounts
//	cost      −(c₁ − c₀) × q₁ by costs
//
// A product of one side alone is whole in new or lost. Currency is the amount
// less the constant amount. Other is what has an amount and no quantity
// (fees, rebates); a quantity of zero is none.
//
// Nodes hold the same parts for every family and product: the parts of all
// nodes on one level add up to those of the whole. Levels splits the mix by
// level. Which side is called the base matters: prices are set against the
// new quantities, and quantities against the old prices.
//
// Amounts of no data add nothing, with their quantities, and are counted in a
// finding. Any other undefined amount makes the gap undefined, and a side
// without any amount is no data. Where the base quantities of a unit of
// measure cancel out (returns), its mix and quantity are undefined with reason
// UndefinedMix.
//
// Average prices such as 7/3 make sums of fractions. With more than 1,000
// products on both sides, or where 1,024 bits are not enough for a common
// denominator of theirs, each product's price, cost, mix and quantity are
// rounded by HalfEven to six places more than the unit shows, and the finding
// rounded says so; all parts add up exactly all the same.
//
// Errors are those of Validate and of [Question.Validate]; a key of another
// depth (check.ErrInvalid) or not UTF-8, a product that stands twice on a
// side in one unit of measure (check.ErrDuplicate), and a constant amount on
// the base side (check.ErrInvalid).
func (p PriceVolumeMix) Bridge(q Question, base, current []Line) (Bridge, error) {
	problems := check.List{Op: "bridge.PriceVolumeMix"}
	problems.Nest("question", q.Validate())
	problems.Nest("", p.Validate())
	t := newTree(len(p.Levels))
	for side, lines := range [2][]Line{base, current} {
		t.place(&problems, side, lines)
	}
	if err := problems.Err(); err != nil {
		return Bridge{}, err
	}
	p.Levels = slices.Clone(p.Levels)
	b := Bridge{Kind: ByPriceVolumeMix, Question: q, PriceVolumeMix: &p, Parts: p.parts(), Nodes: []Node{}}
	v := volume{basis: p.Basis, tree: t, lines: [2][]Line{base, current}}
	v.read(&b)
	if !b.Values.Change().Defined() {
		b.withhold()
		b.finish()
		return b, nil
	}
	v.value(&b)
	v.answer(&b)
	b.finish()
	b.explainGap()
	return b, nil
}

func (p PriceVolumeMix) parts() []Part {
	if p.Basis == Margins {
		return []Part{{ID: Price}, {ID: Cost}, {ID: Mix}, {ID: Quantity}, {ID: New}, {ID: Lost}, {ID: Currency}, {ID: Other}}
	}
	return []Part{{ID: Price}, {ID: Mix}, {ID: Quantity}, {ID: New}, {ID: Lost}, {ID: Currency}, {ID: Other}}
}
