package org

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Tree is the organisation as it stood on one day: a small view of an
// [Org], to be made and dropped freely. The zero Tree is empty. Every slice
// that it gives is the caller's own.
type Tree struct {
	org *Org
	day calendar.Day
}

// Membership is one unit of a member on a day, with the share that it holds.
type Membership struct {
	Unit  string
	Share Share
}

// Day gives the day of the tree.
func (t Tree) Day() calendar.Day { return t.day }

// Roots gives the units without a parent, sorted by ID.
func (t Tree) Roots() []string { return t.Children("") }

// Children gives the units directly below a unit, sorted by ID, and none for
// an unknown unit. Below "" are the roots.
func (t Tree) Children(unit string) []string {
	if t.org == nil {
		return nil
	}
	return slices.Clone(t.org.children[unit])
}

// Path gives the units from the root down to the unit, both included, and
// nil for an unknown unit.
func (t Tree) Path(unit string) []string {
	if t.org == nil {
		return nil
	}
	var path []string
	for u, ok := t.org.units[unit]; ok; u, ok = t.org.units[u.Parent] {
		path = append(path, u.ID)
	}
	slices.Reverse(path)
	return path
}

// Within reports whether a unit is the other one or lies below it; every
// unit is within "".
func (t Tree) Within(unit, above string) bool {
	return t.org != nil && t.org.within(unit, above)
}

// UnitsOf gives the units that a member belongs to directly: the largest
// share first, equal shares by the ID of the unit. Nobody and who is nowhere
// on the day have none.
func (t Tree) UnitsOf(member string) []Membership {
	if t.org == nil {
		return nil
	}
	var units []Membership
	for _, a := range t.org.byMember[member] {
		if a.holds(t.day) {
			units = append(units, Membership{a.Unit, a.Share})
		}
	}
	slices.SortFunc(units, func(a, b Membership) int {
		if order := b.Share.Compare(a.Share); order != 0 {
			return order
		}
		return strings.Compare(a.Unit, b.Unit)
	})
	return units
}

// PathOf gives the path of the member's unit, from the root down. Of several
// units it is that of the largest share, and of equal shares the one whose ID
// comes first; [Tree.UnitsOf] has them all. It is nil for who is nowhere on
// the day.
func (t Tree) PathOf(member string) []string {
	units := t.UnitsOf(member)
	if len(units) == 0 {
		return nil
	}
	return t.Path(units[0].Unit)
}

// Members gives who belongs to the unit or to a unit below it, each once,
// sorted by ID. The unit "" stands for all: who belongs anywhere.
func (t Tree) Members(unit string) []string {
	if t.org == nil {
		return nil
	}
	var found []string
	below := []string{unit}
	for len(below) > 0 {
		last := len(below) - 1
		next := below[last]
		below = append(below[:last], t.org.children[next]...)
		found = t.appendDirect(found, next)
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// DirectMembers gives who belongs to the unit itself, sorted by ID.
func (t Tree) DirectMembers(unit string) []string {
	if t.org == nil {
		return nil
	}
	found := t.appendDirect(nil, unit)
	slices.Sort(found)
	return found
}

func (t Tree) appendDirect(found []string, unit string) []string {
	for _, a := range t.org.byUnit[unit] {
		if a.holds(t.day) {
			found = append(found, a.Member)
		}
	}
	return found
}
