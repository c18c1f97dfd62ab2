package action

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Validate reports every problem of the plan at once, each with its path:
//
//   - what is missing, malformed, out of its limits, or stands twice;
//   - names that lead nowhere: a strategy, person or action that is not in the
//     plan (check.ErrUnknown);
//   - an action that does not have exactly one accountable person, or nobody
//     who does it;
//   - actions that wait for one another, the circle written out
//     (check.ErrCycle), and an action that starts before one that it waits for
//     is due (check.ErrInvalid, starts_before_dependency);
//   - times away that overlap (check.ErrOverlap).
func (p Plan) Validate() error {
	problems := check.List{Op: "action.Plan"}
	c := checker{&problems, p, index(p)}
	problems.ID("id", "missing_id", p.ID)
	c.text("", p.Name, p.NameZH)
	if p.Period.IsZero() {
		problems.Add(check.ErrMissing, "period", "missing_period", nil)
	}
	problems.Nest("unit", p.Unit.Validate())
	if p.Unit.Money != 1 || p.Unit.Days != 0 {
		problems.Add(check.ErrUnit, "unit", "not_money", p.Unit)
	}
	c.word("stacking", uint8(p.Stacking), uint8(Larger))
	c.strategies()
	c.actions()
	c.milestones()
	c.people()
	c.routines()
	c.activities()
	return problems.Err()
}

// checker collects the problems of a plan.
type checker struct {
	problems *check.List
	plan     Plan
	known    names
}

// names tells where each ID stands first.
type names struct{ strategies, actions, people, activities map[string]int }

func index(p Plan) names {
	n := names{map[string]int{}, make(map[string]int, len(p.Actions)), make(map[string]int, len(p.People)), map[string]int{}}
	first := func(where map[string]int, id string, i int) {
		if _, twice := where[id]; !twice {
			where[id] = i
		}
	}
	for i, s := range p.Strategies {
		first(n.strategies, s.ID, i)
	}
	for i := range p.Actions {
		first(n.actions, p.Actions[i].ID, i)
	}
	for i := range p.People {
		first(n.people, p.People[i].ID, i)
	}
	for i, a := range p.Activities {
		first(n.activities, a.ID, i)
	}
	return n
}

// id reports an ID that is missing, no text, or stands at an earlier place.
func (c checker) id(list string, i int, id string, known map[string]int) {
	c.problems.ID(check.At(list, i, "id"), "missing_id", id)
	c.once(list, i, "id", id, known)
}

// once reports what stands at an earlier place too: the second record of an
// action.
func (c checker) once(list string, i int, field, id string, known map[string]int) {
	if first, twice := known[id]; twice && id != "" {
		c.problems.Add(check.ErrDuplicate, check.At(list, i, field), "duplicate_"+field, id, "first", check.At(list, first))
		return
	}
	known[id] = i
}

// ref reports a name that is missing, or leads nowhere.
func (c checker) ref(path, what, id string, known map[string]int) {
	if id == "" {
		c.problems.Add(check.ErrMissing, path, "missing_"+what, nil)
	} else if _, there := known[id]; !there {
		c.problems.Add(check.ErrUnknown, path, "unknown_"+what, id)
	}
}

func (c checker) optionalRef(path, what, id string, known map[string]int) {
	if id != "" {
		c.ref(path, what, id, known)
	}
}

// refs reports names of a list that are missing, lead nowhere or stand twice.
func (c checker) refs(path, what string, ids []string, known map[string]int, most int) {
	c.count(path, len(ids), most)
	twice := make(map[string]bool, len(ids))
	for i, id := range ids {
		c.ref(check.At(path, i), what, id, known)
		if id != "" && twice[id] {
			c.problems.Add(check.ErrDuplicate, check.At(path, i), "duplicate_"+what, id)
		}
		twice[id] = true
	}
}

// text reports names that are not UTF-8, which JSON would turn into others.
func (c checker) text(at, name, zh string) {
	for _, t := range [][2]string{{"name", name}, {"name_zh", zh}} {
		if t[1] != "" {
			c.problems.ID(at+t[0], "", t[1])
		}
	}
}

func (c checker) word(path string, value, most uint8) {
	if value > most {
		c.problems.Add(check.ErrUnknown, path, "unknown_word", value)
	}
}

func (c checker) count(path string, n, most int) {
	if n > most {
		c.problems.Add(check.ErrRange, path, "too_many", n, "most", most)
	}
}

// days reports a first and a last day that are outside 1900–2200 or reversed,
// and, where they must be there, missing ones.
func (c checker) days(startAt string, start calendar.Day, startOpen bool, endAt string, end calendar.Day, endOpen bool) {
	c.day(startAt, start, startOpen)
	c.day(endAt, end, endOpen)
	if !start.IsZero() && !end.IsZero() && end < start {
		c.problems.Add(check.ErrInvalid, endAt, "end_before_start", end, "start", start)
	}
}

func (c checker) day(path string, d calendar.Day, open bool) { checkDay(c.problems, path, d, open) }

func checkDay(problems *check.List, path string, d calendar.Day, open bool) {
	switch {
	case d.IsZero():
		if !open {
			problems.Add(check.ErrMissing, path, "missing_day", nil)
		}
	case !d.Valid():
		problems.Add(check.ErrRange, path, "year_out_of_range", int(d))
	}
}

// amount reports a number that is stated and undefined or below zero.
func (c checker) amount(path string, v kpi.Value) { checkAmount(c.problems, path, v) }

func checkAmount(problems *check.List, path string, v kpi.Value) {
	checkNumber(problems, path, v, false)
	if v.Sign() < 0 {
		problems.Add(check.ErrRange, path, "below_zero", v)
	}
}

// checkNumber reports a number that is required and not there, or stated
// and undefined.
func checkNumber(problems *check.List, path string, v kpi.Value, required bool) {
	switch {
	case v.Defined():
	case v != (kpi.Value{}):
		problems.Add(check.ErrInvalid, path, "undefined_number", v.Reason())
	case required:
		problems.Add(check.ErrMissing, path, "missing_number", nil)
	}
}
