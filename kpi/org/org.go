package org

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Org is a checked structure. It is immutable and safe for concurrent use;
// only [New] makes one.
type Org struct {
	structure Structure
	units     map[string]Unit
	members   map[string]Member
	children  map[string][]string     // by unit, "" for the roots; sorted
	byMember  map[string][]Assignment // sorted by From
	byUnit    map[string][]Assignment
	findings  []check.Finding
}

// New checks the structure and builds an Org from a copy of it. The error
// holds every problem, in input order, with paths such as
// assignments[2].unit; see the package comment for what is checked.
func New(s Structure) (*Org, error) {
	s = s.clone()
	problems := check.List{Op: "org.New"}
	checkUnits(&problems, s.Units)
	checkMembers(&problems, s.Members)
	checkAssignments(&problems, s)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	o := &Org{
		structure: s,
		units:     map[string]Unit{},
		members:   map[string]Member{},
		children:  map[string][]string{},
		byMember:  map[string][]Assignment{},
		byUnit:    map[string][]Assignment{},
	}
	o.index()
	o.findings = findings(o)
	return o, nil
}

func (o *Org) index() {
	for _, u := range o.structure.Units {
		o.units[u.ID] = u
		o.children[u.Parent] = append(o.children[u.Parent], u.ID)
	}
	for _, ids := range o.children {
		slices.Sort(ids)
	}
	for _, m := range o.structure.Members {
		o.members[m.ID] = m
	}
	for _, a := range o.structure.Assignments {
		if _, known := o.members[a.Member]; !known {
			o.members[a.Member] = Member{ID: a.Member}
		}
		o.byUnit[a.Unit] = append(o.byUnit[a.Unit], a)
	}
	for member, positions := range byMemberAndDay(o.structure.Assignments) {
		for _, i := range positions {
			o.byMember[member] = append(o.byMember[member], o.structure.Assignments[i])
		}
	}
}

// Structure gives a copy of what the Org was built from, to be stored.
func (o *Org) Structure() Structure { return o.structure.clone() }

// Unit gives the unit of an ID, and whether there is one.
func (o *Org) Unit(id string) (Unit, bool) {
	u, ok := o.units[id]
	return u, ok
}

// Units gives every unit, sorted by ID.
func (o *Org) Units() []Unit { return sortedByID(o.units) }

// Member gives the member of an ID, and whether there is one.
func (o *Org) Member(id string) (Member, bool) {
	m, ok := o.members[id]
	return m, ok
}

// Members gives every member, those without an assignment among them, sorted
// by ID. Who is in a unit on a day is [Tree.Members].
func (o *Org) Members() []Member { return sortedByID(o.members) }

func sortedByID[T any](byID map[string]T) []T {
	all := make([]T, 0, len(byID))
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		all = append(all, byID[id])
	}
	return all
}

// At gives the tree of a day. It costs nothing: the tree is a view. On no
// day, the zero Day, the units stand and nobody is in them.
func (o *Org) At(day calendar.Day) Tree { return Tree{o, day} }

// Days gives on how many days of the period the member belongs to the unit
// or to a unit below it; the unit "" stands for all. Shares do not count:
// half a member is there every day. It is 0 for an unknown member or unit and
// for no period.
func (o *Org) Days(member, unit string, p calendar.Period) int64 {
	days, next := int64(0), p.Start() // next: the first day not counted yet
	for _, a := range o.byMember[member] {
		if !o.within(a.Unit, unit) {
			continue
		}
		from, to := max(a.From, next), p.End()
		if !a.To.IsZero() {
			to = min(to, a.To)
		}
		if from < to {
			days += int64(to - from)
			next = to
		}
	}
	return days
}

// within reports whether a unit is the other one or lies below it; "" is
// above every unit.
func (o *Org) within(id, above string) bool {
	for u, ok := o.units[id]; ok; u, ok = o.units[u.Parent] {
		if above == "" || u.ID == above {
			return true
		}
	}
	return false
}

// Findings gives what the checks noticed and did not refuse, sorted by
// member, then by day.
func (o *Org) Findings() []check.Finding {
	all := slices.Clone(o.findings)
	for i := range all {
		all[i].Args = maps.Clone(all[i].Args)
	}
	return all
}
