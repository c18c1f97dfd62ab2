package apportion

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

// walk looks for the problems of a tree, in the order of the input. It
// keeps the way down as positions and writes a path only for a problem.
type walk struct {
	problems *check.List
	locked   map[string]decimal.Decimal // amounts that arrive on the first level whatever the weight
	way      [MaxDepth]int
}

// siblings checks the children at the end of the way. Where nothing can
// arrive because of a weight of zero above, nobody needs to receive.
func (w *walk) siblings(nodes []Node, depth int, arrives bool) {
	if depth == MaxDepth {
		w.problems.Add(check.ErrRange, w.path(depth, "children"), "too_deep", nil, "most", MaxDepth)
		return
	}
	if arrives && !slices.ContainsFunc(nodes, func(n Node) bool { return n.Weight.Sign() != 0 }) {
		addNobody(w.problems, w.path(depth, "children"), len(nodes))
	}
	twins := repeated(nodes)
	for i := range nodes {
		w.way[depth] = i
		if first, found := twins[i]; found {
			w.problems.Add(check.ErrDuplicate, w.path(depth+1, "key"), "duplicate_key", nodes[i].Key, "first", first)
		}
		w.node(&nodes[i], depth+1, arrives)
	}
}

func (w *walk) node(n *Node, depth int, arrives bool) {
	if n.Key == "" {
		w.problems.Add(check.ErrMissing, w.path(depth, "key"), "missing_key", nil)
	}
	checkWeight(w.problems, n.Weight, func() string { return w.path(depth, "weight") })
	if len(n.Children) > 0 {
		lock, found := w.locked[n.Key]
		receives := n.Weight.Sign() != 0
		if found && depth == 1 {
			receives = lock.Sign() != 0
		}
		w.siblings(n.Children, depth, arrives && receives)
	}
}

func (w *walk) path(depth int, field string) string {
	var parts []any
	for _, i := range w.way[:depth] {
		parts = append(parts, "children", i)
	}
	return check.At(append(parts, field)...)
}

// repeated gives the positions whose key stands at an earlier position, and
// that position. Keys that rise are not looked at twice.
func repeated(nodes []Node) map[int]int {
	rising := true
	for i := 1; i < len(nodes) && rising; i++ {
		rising = nodes[i-1].Key < nodes[i].Key
	}
	if rising {
		return nil
	}
	first, twins := make(map[string]int, len(nodes)), map[int]int{}
	for i, n := range nodes {
		if earlier, found := first[n.Key]; found && n.Key != "" {
			twins[i] = earlier
		} else {
			first[n.Key] = i
		}
	}
	return twins
}
