package target

import (
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Owner is one row of a table of owners, the way a database holds a tree:
// each row names the owner above it. The fields are those of [Node].
type Owner struct {
	ID      string    `json:"id"`
	Parent  string    `json:"parent,omitzero"` // empty for the root
	Weight  kpi.Value `json:"weight,omitzero"`
	Phasing *Phasing  `json:"phasing,omitzero"`
	Mode    Mode      `json:"mode,omitzero"`
	Cushion kpi.Value `json:"cushion,omitzero"`
	Direct  kpi.Value `json:"direct,omitzero"`
	Floor   kpi.Value `json:"floor,omitzero"`
	Cap     kpi.Value `json:"cap,omitzero"`
}

// TreeOf makes a tree of a table of owners, whose order has no meaning.
//
// All problems are reported at once, with paths such as owners[2].parent: an
// ID that is missing, stands twice (check.ErrDuplicate) or has two parents
// (check.ErrDuplicate, two_parents), a parent that is not there
// (check.ErrUnknown), parents that lead in a circle (check.ErrCycle, named in
// full), no root or a second one (check.ErrInvalid), weights that are below
// zero, all zero or given to some siblings only, and what else
// [Node.Validate] reports of an owner.
func TreeOf(owners []Owner) (Node, error) {
	problems := check.List{Op: "target.TreeOf"}
	t := table{owners: owners, problems: &problems, at: map[string]int{}, below: map[string][]int{}}
	t.enter()
	t.cycles()
	root := t.root()
	for i := range owners {
		t.checkOwner(i)
	}
	if err := problems.Err(); err != nil {
		return Node{}, err
	}
	tree := t.node(root)
	return tree, tree.Validate()
}

type table struct {
	owners   []Owner
	problems *check.List
	at       map[string]int   // the first row of each owner
	below    map[string][]int // rows by parent
}

func (t table) enter() {
	for i, o := range t.owners {
		path := check.At("owners", i)
		t.problems.ID(path+".id", "missing_id", o.ID)
		first, twice := t.at[o.ID]
		switch {
		case o.ID == "":
			continue
		case twice && t.owners[first].Parent != o.Parent:
			t.problems.Add(check.ErrDuplicate, path+".parent", "two_parents", o.Parent, "owner", o.ID, "first", t.owners[first].Parent)
			continue
		case twice:
			t.problems.Add(check.ErrDuplicate, path+".id", "duplicate_owner", o.ID, "first", check.At("owners", first))
			continue
		}
		t.at[o.ID] = i
		t.below[o.Parent] = append(t.below[o.Parent], i)
	}
	for i, o := range t.owners {
		if _, known := t.at[o.Parent]; o.Parent != "" && !known {
			t.problems.Add(check.ErrUnknown, check.At("owners", i, "parent"), "unknown_owner", o.Parent)
		}
	}
}

// cycles reports each circle once, at its first row.
func (t table) cycles() {
	seen := make([]int, len(t.owners)) // by which walk a row was first visited, from 1
	for i := range t.owners {
		var way []string
		at, walk := i, i+1
		for seen[at] == 0 {
			seen[at] = walk
			way = append(way, t.owners[at].ID)
			up, known := t.at[t.owners[at].Parent]
			if t.owners[at].Parent == "" || !known {
				walk = 0
				break
			}
			at = up
		}
		if walk == 0 || seen[at] != walk {
			continue
		}
		for way[0] != t.owners[at].ID {
			way = way[1:] // what leads into the circle is no part of it
		}
		t.problems.Add(check.ErrCycle, check.At("owners", at, "parent"), "cycle", strings.Join(append(way, way[0]), " → "))
	}
}

func (t table) root() int {
	roots := t.below[""]
	if len(roots) == 0 {
		t.problems.Add(check.ErrInvalid, "owners", "no_root", nil)
		return -1
	}
	for _, second := range roots[1:] {
		t.problems.Add(check.ErrInvalid, check.At("owners", second, "parent"), "second_root", t.owners[second].ID, "first", t.owners[roots[0]].ID)
	}
	return roots[0]
}

// checkOwner reports what is wrong with one row and, at the first of some
// siblings, with their weights.
func (t table) checkOwner(i int) {
	o := t.owners[i]
	path := func(field string) string { return check.At("owners", i, field) }
	siblings := t.below[o.Parent]
	weighted, receives := false, false
	for _, k := range siblings {
		w := t.owners[k].Weight
		weighted = weighted || w != kpi.Value{}
		receives = receives || w.Sign() != 0
	}
	if up, known := t.at[o.Parent]; known {
		weighted = weighted || t.owners[up].Direct != kpi.Value{}
		receives = receives || t.owners[up].Direct.Sign() != 0
	}
	if o.Parent != "" && weighted {
		if !o.Weight.Defined() || o.Weight.Sign() < 0 {
			checkWeight(t.problems, path("weight"), o.Weight)
		}
		if up, known := t.at[o.Parent]; known && !receives && siblings[0] == i && t.owners[up].Weight != kpi.Int(0) {
			t.problems.Add(check.ErrInfeasible, path("weight"), "all_weights_zero", nil, "parent", o.Parent)
		}
	}
	if o.Phasing != nil {
		o.Phasing.check(t.problems, path("phasing."), unknownCount)
	}
	n := Node{Mode: o.Mode, Cushion: o.Cushion, Direct: o.Direct, Floor: o.Floor, Cap: o.Cap, Children: make([]Node, len(t.below[o.ID]))}
	n.checkMode(t.problems, path)
	n.checkLimit(t.problems, path)
}

func (t table) node(i int) Node {
	o := t.owners[i]
	n := Node{ID: o.ID, Weight: o.Weight, Mode: o.Mode, Cushion: o.Cushion, Direct: o.Direct, Floor: o.Floor, Cap: o.Cap}
	if o.Phasing != nil {
		own := o.Phasing.clone()
		n.Phasing = &own
	}
	for _, child := range t.below[o.ID] {
		n.Children = append(n.Children, t.node(child))
	}
	return n
}
