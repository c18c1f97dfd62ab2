package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// reach is what an owner reached in a goal that adds up, with everybody below
// it.
type reach struct {
	cells  []kpi.Value        // in the periods of the goal, to the as-of day; no data in those that have not begun
	whole  kpi.Value          // in the window of the goal
	people int                // whose figures count
	silent int                // who has no data in the window
	days   []target.DayAmount // before, by day
}

// reached gives what every owner of the goal reached, in the order of owners,
// each figure looked at once: an owner with children has the sum of theirs.
func (s scope) reached(in Input, found actuals, owners []string, children [][]int) []reach {
	all := make([]reach, len(owners))
	for i, owner := range slices.Backward(owners) { // children come after their parents
		var parts []reach
		for _, child := range children[i] {
			parts = append(parts, all[child])
		}
		if len(children[i]) == 0 {
			for _, person := range s.people[owner] {
				parts = append(parts, s.reach(in, found, key{s.goal.Metric, person}))
			}
		}
		all[i] = together(parts)
	}
	return all
}

// reach gives what one person reached.
func (s scope) reach(in Input, found actuals, k key) reach {
	figures := found.figures[k]
	r := reach{cells: make([]kpi.Value, len(s.cells)), people: 1, days: found.days[k]}
	for i, cell := range s.cells {
		if cell.Start() <= in.AsOf {
			toDate, _ := calendar.Through(cell.Start(), min(cell.Last(), in.AsOf))
			r.cells[i] = found.sum(figures, toDate)
		}
	}
	if !s.window.IsZero() {
		r.whole = found.sum(figures, s.window)
		if r.whole == (kpi.Value{}) {
			r.silent = 1
		}
	}
	return r
}

// together adds up what several reached.
func together(parts []reach) reach {
	if len(parts) == 1 {
		return parts[0]
	}
	all := reach{}
	days := make([][]target.DayAmount, len(parts))
	for i, part := range parts {
		if i == 0 {
			all.cells = make([]kpi.Value, len(part.cells))
		}
		for c, v := range part.cells {
			all.cells[c] = plus(all.cells[c], v)
		}
		all.whole = plus(all.whole, part.whole)
		all.people, all.silent = all.people+part.people, all.silent+part.silent
		days[i] = part.days
	}
	all.days = byDay(days...)
	return all
}

// plus adds as kpi.Sum does: no data adds nothing.
func plus(a, b kpi.Value) kpi.Value {
	switch {
	case a == kpi.Value{}:
		return b
	case b == kpi.Value{}:
		return a
	}
	return a.Add(b)
}

// within gives what an owner reached in another window than the goal's: its
// first months have no target.
func (s scope) within(owner string, found actuals, window calendar.Period) kpi.Value {
	sum := kpi.Value{}
	for _, person := range s.people[owner] {
		sum = plus(sum, found.sum(found.figures[key{s.goal.Metric, person}], window))
	}
	return sum
}
