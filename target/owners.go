package target

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/org"
)

// OwnersOf gives a unit of an organisation, the units below it and their
// members as a tree of owners. Weights are those of the members; a unit
// weighs the sum of its members, and zero without any. Without weights (nil)
// siblings count alike.
//
// A member of several units stands in the one of its largest share, as in
// [org.Tree.PathOf]. A member that weights do not name has none, which
// [BreakDown] refuses beside others that have: decide what somebody without
// history gets, it is rarely zero. An unknown unit comes without children.
func OwnersOf(tree org.Tree, unit string, weights map[string]kpi.Value) Node {
	n := Node{ID: unit}
	for _, below := range tree.Children(unit) {
		n.Children = append(n.Children, OwnersOf(tree, below, weights))
	}
	for _, member := range tree.DirectMembers(unit) {
		if path := tree.PathOf(member); path[len(path)-1] == unit {
			n.Children = append(n.Children, Node{ID: member, Weight: weights[member]})
		}
	}
	if weights != nil {
		n.Weight = weightOf(n.Children)
	}
	return n
}

func weightOf(siblings []Node) kpi.Value {
	if len(siblings) == 0 {
		return kpi.Int(0)
	}
	all := make([]kpi.Value, len(siblings))
	for i, n := range siblings {
		all[i] = n.Weight
	}
	return kpi.Sum(slices.Values(all))
}
