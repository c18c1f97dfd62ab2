package org

import (
	"cmp"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func checkUnits(problems *check.List, units []Unit) {
	first := map[string]int{} // where each ID stands first
	for i, u := range units {
		if _, twice := first[u.ID]; !twice {
			first[u.ID] = i
		}
	}
	cycles := cyclesOf(units, first)
	for i, u := range units {
		path := func(name string) string { return check.At("units", i, name) }
		at := first[u.ID]
		switch {
		case u.ID == "":
			problems.Add(check.ErrMissing, path("id"), "missing_id", nil)
		case at < i && units[at].Parent != u.Parent:
			problems.Add(check.ErrDuplicate, path("parent"), "two_parents", u.ID,
				"parent", u.Parent, "other", units[at].Parent, "other_path", check.At("units", at, "parent"))
		case at < i:
			problems.Add(check.ErrDuplicate, path("id"), "duplicate_id", u.ID, "other_path", check.At("units", at, "id"))
		}
		if _, known := first[u.Parent]; u.Parent != "" && !known {
			problems.Add(check.ErrUnknown, path("parent"), "unknown_unit", u.Parent)
		}
		if cycle := cycles[i]; cycle != nil {
			problems.Add(check.ErrCycle, path("parent"), "parent_cycle", u.ID, "cycle", strings.Join(cycle, " → "))
		}
	}
}

// cyclesOf gives every cycle of parents in full, a → b → a, keyed by the
// position of the unit in it that comes first. Each unit is visited once, so
// a chain of any depth costs no more than its length.
func cyclesOf(units []Unit, first map[string]int) map[int][]string {
	cycles := map[int][]string{}
	visited := make([]bool, len(units))
	for start := range units {
		var path []int
		at := start
		for !visited[at] {
			visited[at] = true
			path = append(path, at)
			parent, known := first[units[at].Parent]
			if !known || units[at].Parent == "" {
				path = nil
				break
			}
			at = parent
		}
		if from := slices.Index(path, at); from >= 0 {
			cycle := path[from:]
			cycles[slices.Min(cycle)] = named(units, cycle)
		}
	}
	return cycles
}

// named writes a cycle from the unit that comes first in the input, back to
// it.
func named(units []Unit, cycle []int) []string {
	turn := slices.Index(cycle, slices.Min(cycle))
	var ids []string
	for i := range len(cycle) + 1 {
		ids = append(ids, units[cycle[(turn+i)%len(cycle)]].ID)
	}
	return ids
}

func checkMembers(problems *check.List, members []Member) {
	first := map[string]int{}
	for i, m := range members {
		at, twice := first[m.ID]
		switch {
		case m.ID == "":
			problems.Add(check.ErrMissing, check.At("members", i, "id"), "missing_id", nil)
		case twice:
			problems.Add(check.ErrDuplicate, check.At("members", i, "id"), "duplicate_id", m.ID,
				"other_path", check.At("members", at, "id"))
		default:
			first[m.ID] = i
		}
	}
}

func checkAssignments(problems *check.List, s Structure) {
	units, members := map[string]bool{}, map[string]bool{}
	for _, u := range s.Units {
		units[u.ID] = true
	}
	for _, m := range s.Members {
		members[m.ID] = true
	}
	overlaps := overlapsOf(s.Assignments)
	for i, a := range s.Assignments {
		path := check.At("assignments", i)
		checkReference(problems, path+".member", "member", a.Member, members, len(s.Members) > 0)
		checkReference(problems, path+".unit", "unit", a.Unit, units, true)
		checkDays(problems, path, a)
		for _, overlap := range overlaps[i] {
			overlap.addTo(problems, i, s.Assignments)
		}
	}
}

func checkReference(problems *check.List, path, what, id string, known map[string]bool, strict bool) {
	switch {
	case id == "":
		problems.Add(check.ErrMissing, path, "missing_"+what, nil)
	case strict && !known[id]:
		problems.Add(check.ErrUnknown, path, "unknown_"+what, id)
	}
}

func checkDays(problems *check.List, path string, a Assignment) {
	outside := false
	for _, side := range []struct {
		name string
		day  calendar.Day
	}{{"from", a.From}, {"to", a.To}} {
		if !side.day.IsZero() && !side.day.Valid() {
			outside = true
			problems.Add(check.ErrRange, path+"."+side.name, "year_out_of_range", side.day.Year(),
				"first", calendar.FirstYear, "last", calendar.LastYear)
		}
	}
	if !outside && !a.From.IsZero() && !a.To.IsZero() && a.To <= a.From {
		problems.Add(check.ErrInvalid, path+".to", "to_not_after_from", a.To, "from", a.From)
	}
}

// byMemberAndDay gives the positions of the assignments of each member, from
// the earliest on; what begins on one day keeps its order.
func byMemberAndDay(assignments []Assignment) map[string][]int {
	positions := map[string][]int{}
	for i, a := range assignments {
		positions[a.Member] = append(positions[a.Member], i)
	}
	for _, of := range positions {
		slices.SortStableFunc(of, func(i, j int) int { return cmp.Compare(assignments[i].From, assignments[j].From) })
	}
	return positions
}
