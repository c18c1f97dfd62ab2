package apportion

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

// Node is one receiver in a tree: a region, a team, a seller. Key tells it
// from its siblings. Weight is its weight among them; the weights of its
// children count among the children alone and need not add up to it.
type Node struct {
	Key      string
	Weight   decimal.Decimal
	Children []Node
}

// Part is what a Node receives. Where there are children, their amounts add
// up to Amount.
type Part struct {
	Key      string
	Amount   decimal.Decimal
	Children []Part
}

// Nested splits a total over children, and what each receives over its own
// children, level by level, each time by the method of largest remainder at
// the same scale. Without grandchildren it is the split of a keyed list.
//
// Equal remainders go to the smaller key and the parts come sorted by key,
// both compared as bytes, so that the order of the input never shows. A
// child of weight zero receives nothing, and so does all below it; there
// alone weights may all be zero.
//
// Errors, with paths such as children[2].children[0].key: those of
// [Decimal], check.ErrMissing for an empty key, check.ErrDuplicate for a key
// that an earlier sibling has, check.ErrRange below the level MaxDepth.
//
// Time is linear in the number of nodes; siblings that do not come in the
// order of their keys are sorted first.
func Nested(total decimal.Decimal, scale int, children []Node) ([]Part, error) {
	problems := check.List{Op: "apportion.Nested"}
	checkTotal(&problems, total, scale)
	tree := walk{problems: &problems}
	tree.siblings(children, 0, true)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	parts := weighted(children)
	fill(parts, total, scale)
	return parts, nil
}

// weighted gives the parts in the order of their keys, each with the weight
// in the place of its amount.
func weighted(nodes []Node) []Part {
	parts := make([]Part, len(nodes))
	for i, n := range nodes {
		parts[i] = Part{Key: n.Key, Amount: n.Weight}
		if len(n.Children) > 0 {
			parts[i].Children = weighted(n.Children)
		}
	}
	slices.SortFunc(parts, func(a, b Part) int { return strings.Compare(a.Key, b.Key) })
	return parts
}

// fill puts the amounts in the place of the weights.
func fill(parts []Part, total decimal.Decimal, scale int) {
	weights := make([]decimal.Decimal, len(parts))
	for i, p := range parts {
		weights[i] = p.Amount
	}
	for i, amount := range split(total, scale, weights) {
		parts[i].Amount = amount
		if len(parts[i].Children) > 0 {
			fill(parts[i].Children, amount, scale)
		}
	}
}
