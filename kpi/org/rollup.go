package org

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Ancestor gives the nearest unit of a kind at or above a unit, which may be
// the unit itself; false where there is none. Kinds are the caller's own
// words and are compared as bytes. Each unit has one ancestor of a kind at
// most, so rows by it count nothing twice.
func (t Tree) Ancestor(unit, kind string) (Unit, bool) {
	if t.org == nil {
		return Unit{}, false
	}
	for u, ok := t.org.units[unit]; ok; u, ok = t.org.units[u.Parent] {
		if u.Kind == kind {
			return u, true
		}
	}
	return Unit{}, false
}

// AncestorOf gives the nearest unit of a kind above a member, along the path
// that [Tree.PathOf] gives; false where there is none or the member is
// nowhere on the day.
func (t Tree) AncestorOf(member, kind string) (Unit, bool) {
	units := t.UnitsOf(member)
	if len(units) == 0 {
		return Unit{}, false
	}
	return t.Ancestor(units[0].Unit, kind)
}

// Path is one way from a root down to a unit of a member, and the share of
// the member that goes it.
type Path struct {
	Units []string
	Share Share
}

// PathsOf gives a path for each unit of a member, in the order of
// [Tree.UnitsOf]. The shares add up to one at most, so whoever credits each
// path with its share of an amount, and a unit with the sum over the paths
// that it stands on, counts no part twice: a region gets the whole of
// somebody who is half in each of its two teams.
func (t Tree) PathsOf(member string) []Path {
	var paths []Path
	for _, m := range t.UnitsOf(member) {
		paths = append(paths, Path{t.Path(m.Unit), m.Share})
	}
	return paths
}

// Below gives the unit and every unit below it, sorted by ID; for "" all
// units, and none for an unknown unit.
func (t Tree) Below(unit string) []string { return t.below(unit, func(Unit) bool { return true }) }

// Leaves gives the units below a unit, or the unit itself, that have no unit
// below them, sorted by ID. What stands at leaves alone adds up to the whole
// and no part of it twice; people may belong to units above them too, see
// [Tree.DirectMembers].
func (t Tree) Leaves(unit string) []string {
	return t.below(unit, func(u Unit) bool { return len(t.org.children[u.ID]) == 0 })
}

// OfKind gives the units of a kind below a unit, or the unit itself, sorted
// by ID; for "" among all units.
func (t Tree) OfKind(unit, kind string) []string {
	return t.below(unit, func(u Unit) bool { return u.Kind == kind })
}

func (t Tree) below(unit string, take func(Unit) bool) []string {
	if t.org == nil {
		return nil
	}
	var found []string
	for left := []string{unit}; len(left) > 0; {
		next := left[len(left)-1]
		left = append(left[:len(left)-1], t.org.children[next]...)
		if u, known := t.org.units[next]; known && take(u) {
			found = append(found, next)
		}
	}
	slices.Sort(found)
	return found
}

// Topmost gives those of some units that lie below no other of them, each
// once, sorted by ID; unknown units are left out. A total over units that
// somebody has picked is the sum over these: a region and a team of it would
// count the team twice.
func (t Tree) Topmost(units []string) []string {
	if t.org == nil {
		return nil
	}
	picked := map[string]bool{}
	for _, id := range units {
		picked[id] = true
	}
	var found []string
	for id := range picked {
		u, known := t.org.units[id]
		if !known {
			continue
		}
		covered := false
		for u, ok := t.org.units[u.Parent]; ok && !covered; u, ok = t.org.units[u.Parent] {
			covered = picked[u.ID]
		}
		if !covered {
			found = append(found, id)
		}
	}
	slices.Sort(found)
	return found
}

// Changes gives the days on which the units of a member change, from the
// earliest on: the first days of assignments and the first days after them.
// Between two of these days every tree says the same of the member, so who
// places a great many records asks once for each stretch.
func (o *Org) Changes(member string) []calendar.Day {
	var days []calendar.Day
	for _, a := range o.byMember[member] {
		for _, d := range []calendar.Day{a.From, a.To} {
			if !d.IsZero() {
				days = append(days, d)
			}
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}
