package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// StatedDiff is what leads from one state of a goal that does not add up to
// another, by owner and period.
type StatedDiff struct {
	Goal    string                     `json:"goal"`
	Change  *Pair[target.Goal]         `json:"change,omitempty"` // of the goal itself; nil where it is the same
	Owners  Changes[target.Owner]      `json:"owners"`
	Cells   Changes[target.StatedCell] `json:"cells"`
	Phasing *Pair[target.Phasing]      `json:"phasing,omitempty"`
}

func statedDiff(from, to *target.Stated) StatedDiff {
	before, after := from.Split(), to.Split()
	return StatedDiff{
		Goal:    from.Goal().ID,
		Change:  pairOf(from.Goal(), to.Goal()),
		Owners:  changes(rowsOf(before.Owners), rowsOf(after.Owners), ownerID),
		Cells:   changes(from.Cells(), to.Cells(), cellKey),
		Phasing: pairOf(before.Phasing, after.Phasing),
	}
}

// statedChanges parts the stated goals that both plans have into those that
// have a metric, calendar and grain in common, and so cells, and those that
// have not.
func statedChanges(from, to Plan) (whole Changes[*target.Stated], cells []StatedDiff) {
	whole, cells = changes(from.Stated, to.Stated, statedGoal), []StatedDiff{}
	pairs := whole.Changed
	whole.Changed = []Pair[*target.Stated]{}
	for _, p := range pairs {
		a, b := p.From.Split(), p.To.Split()
		if p.From.Metric() != p.To.Metric() || a.Calendar != b.Calendar || a.Grain != b.Grain {
			whole.Changed = append(whole.Changed, p)
			continue
		}
		cells = append(cells, statedDiff(p.From, p.To))
	}
	return whole, cells
}

func (p *Plan) applyStated(problems *check.List, diffs []StatedDiff) {
	for i, d := range diffs {
		at := check.At("stated_cells", i)
		k := slices.IndexFunc(p.Stated, func(s *target.Stated) bool { return statedGoal(s) == d.Goal })
		if k < 0 || p.Stated[k] == nil {
			problems.Add(check.ErrUnknown, at+".goal", "not_there", d.Goal)
			continue
		}
		if s := d.apply(problems, at, p.Stated[k]); s != nil {
			p.Stated[k] = s
		}
	}
}

func (d StatedDiff) apply(problems *check.List, at string, s *target.Stated) *target.Stated {
	found := check.List{Op: problems.Op}
	split := s.Split()
	split.Owners = treeOf(&found, "owners", d.Owners.apply(&found, "owners", rowsOf(split.Owners), ownerID))
	split.Phasing = d.Phasing.apply(&found, "phasing", split.Phasing)
	goal := d.Change.apply(&found, "change", s.Goal())
	cells := d.Cells.apply(&found, "cells", s.Cells(), cellKey)
	if found.Empty() {
		after, err := target.State(goal, s.Metric(), split, cells)
		if err == nil {
			return after
		}
		found.Nest("", err)
	}
	problems.Nest(at, found.Err())
	return nil
}

func ownerID(o target.Owner) string { return o.ID }

// rowsOf gives a tree as a table, from the root down; none of nobody.
func rowsOf(n target.Node) []target.Owner {
	if n.ID == "" {
		return nil
	}
	return appendRows(nil, "", n)
}

func appendRows(rows []target.Owner, parent string, n target.Node) []target.Owner {
	rows = append(rows, target.Owner{ID: n.ID, Parent: parent, Weight: n.Weight, Phasing: n.Phasing, Mode: n.Mode, Cushion: n.Cushion, Direct: n.Direct, Floor: n.Floor, Cap: n.Cap})
	for _, child := range n.Children {
		rows = appendRows(rows, n.ID, child)
	}
	return rows
}

// treeOf makes a tree of a table again, whatever the order of its rows; what
// is wrong inside it is for Validate.
func treeOf(problems *check.List, at string, rows []target.Owner) target.Node {
	if len(rows) == 0 {
		return target.Node{}
	}
	below := map[string][]target.Owner{}
	for _, o := range rows {
		below[o.Parent] = append(below[o.Parent], o)
	}
	if n := len(below[""]); n != 1 {
		problems.Add(check.ErrInvalid, at, "not_one_root", n)
		return target.Node{}
	}
	grown := 0
	tree := grow(below, below[""][0], &grown)
	if grown != len(rows) { // the others hang on nobody, or on themselves
		problems.Add(check.ErrInvalid, at, "not_below_the_root", len(rows)-grown)
	}
	return sortedOwners(tree, 1)
}

func grow(below map[string][]target.Owner, o target.Owner, grown *int) target.Node {
	*grown++
	n := target.Node{ID: o.ID, Weight: o.Weight, Phasing: o.Phasing, Mode: o.Mode, Cushion: o.Cushion, Direct: o.Direct, Floor: o.Floor, Cap: o.Cap}
	if o.ID == "" {
		return n
	}
	for _, child := range below[o.ID] {
		n.Children = append(n.Children, grow(below, child, grown))
	}
	return n
}

// eitherKey gives the keys that stand in one list or the other, sorted.
func eitherKey[T any](a, b []T, key func(T) string) []string {
	var keys []string
	for _, item := range slices.Concat(a, b) {
		keys = append(keys, key(item))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func without[T any](list []T, gone string, key func(T) string) []T {
	return slices.DeleteFunc(slices.Clone(list), func(item T) bool { return key(item) == gone })
}
