package bridge

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// tree holds the keys of the lines: branch 0 is the whole, and the branches
// below the last level are products, each in one unit of measure.
type tree struct {
	depth    int
	branches []branch
	index    map[edge]int
	children [][]int // of each branch, by name and unit
}

type branch struct {
	edge
	level int
	line  [2]int // of a product, where its line stands on each side; −1 is nowhere
}

// edge leads from a branch to one below it.
type edge struct {
	parent int
	name   string
	unit   string // of measure, of a product
}

func newTree(depth int) *tree {
	return &tree{depth: depth, branches: []branch{{edge{parent: -1}, 0, [2]int{-1, -1}}}, index: map[edge]int{}}
}

// place puts the lines of one side into the tree and reports those that have
// no place there.
func (t *tree) place(problems *check.List, side int, lines []Line) {
	for i, line := range lines {
		if !line.isSound(side, t.depth) {
			line.check(problems, check.At(sideName(side), i), side, t.depth)
		}
		if len(line.Key) != t.depth {
			continue
		}
		leaf := &t.branches[t.find(line)]
		if first := leaf.line[side]; first >= 0 {
			problems.Add(check.ErrDuplicate, check.At(sideName(side), i, "key"), "duplicate_line", joined(line.Key), "first", first)
		}
		leaf.line[side] = i
	}
}

func sideName(side int) string { return []string{"base", "current"}[side] }

// find gives the branch of a line, a new one where there is none.
func (t *tree) find(line Line) int {
	at := 0
	for k, name := range line.Key {
		e := edge{parent: at, name: name}
		if k == t.depth-1 {
			e.unit = line.UnitOfMeasure
		}
		next, known := t.index[e]
		if !known {
			next = len(t.branches)
			t.index[e] = next
			t.branches = append(t.branches, branch{e, k + 1, [2]int{-1, -1}})
		}
		at = next
	}
	return at
}

// sort lists the children of every branch by name and unit.
func (t *tree) sort() {
	t.children = make([][]int, len(t.branches))
	for i, b := range t.branches[1:] {
		t.children[b.parent] = append(t.children[b.parent], i+1)
	}
	for _, children := range t.children {
		slices.SortFunc(children, func(a, b int) int {
			x, y := t.branches[a], t.branches[b]
			return cmp.Or(cmp.Compare(x.name, y.name), cmp.Compare(x.unit, y.unit))
		})
	}
}

func (t *tree) isProduct(at int) bool { return t.branches[at].level == t.depth }

// path gives the names from the top to a branch.
func (t *tree) path(at int) []string {
	var names []string
	for ; at > 0; at = t.branches[at].parent {
		names = append(names, t.branches[at].name)
	}
	slices.Reverse(names)
	return names
}
