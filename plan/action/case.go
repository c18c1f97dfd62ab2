package action

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Case asks what changed after an action: units that had it, and units that
// did not, each before and after. A unit is a seller, a team, a region, an
// account.
type Case struct {
	ID        string        `json:"id"` // of the action or strategy
	Name      string        `json:"name,omitzero"`
	NameZH    string        `json:"name_zh,omitzero"`
	Direction kpi.Direction `json:"direction"`
	Unit      kpi.Unit      `json:"unit,omitzero"` // in which findings write the numbers; none: as plain ones

	// Promised is the relative change that was promised: 0.1 of what was
	// before. No data where nothing was.
	Promised kpi.Value `json:"promised,omitzero"`

	Units  []Unit `json:"units"`
	Others []Unit `json:"others,omitempty"` // without the action, in the same periods

	// Chosen says that the units were chosen because of how they stood
	// before: the weakest sellers sent to a training. Such units come closer
	// to the others by themselves, and that part is taken off. Slope states
	// how much of a unit's distance from the others stays from before to after
	// (the slope of after on before), in place of what the others show.
	Chosen bool      `json:"chosen,omitzero"`
	Slope  kpi.Value `json:"slope,omitzero"`
}

// Unit is one unit's number, period by period, the earliest first. An
// undefined number leaves the unit out. Numbers are taken at twelve places.
type Unit struct {
	ID     string      `json:"id"`
	Before []kpi.Value `json:"before"`
	After  []kpi.Value `json:"after"`
}

// Validate reports every problem of the case at once: an ID that is missing
// or stands twice, also on both sides; no units; a unit without periods or
// with other ones than the first; words and numbers out of their range.
func (c Case) Validate() error {
	problems := check.List{Op: "action.Case"}
	k := checker{problems: &problems}
	problems.ID("id", "missing_id", c.ID)
	k.text("", c.Name, c.NameZH)
	k.direction(c.Direction)
	problems.Nest("unit", c.Unit.Validate())
	checkNumber(&problems, "promised", c.Promised, false)
	checkNumber(&problems, "slope", c.Slope, false)
	k.count("units", len(c.Units), MaxUnits)
	k.count("others", len(c.Others), MaxUnits)
	if len(c.Units) == 0 {
		problems.Add(check.ErrMissing, "units", "no_units", nil)
		return problems.Err()
	}
	c.checkUnits(&problems)
	return problems.Err()
}

func (c Case) checkUnits(problems *check.List) {
	first, known := c.Units[0], map[string]string{}
	for _, side := range []struct {
		name  string
		units []Unit
	}{{"units", c.Units}, {"others", c.Others}} {
		for i, u := range side.units {
			at := check.At(side.name, i)
			problems.ID(at+".id", "missing_id", u.ID)
			if before, twice := known[u.ID]; twice && u.ID != "" {
				problems.Add(check.ErrDuplicate, at+".id", "duplicate_unit", u.ID, "first", before)
			} else {
				known[u.ID] = at
			}
			checkLength(problems, at+".before", len(u.Before), len(first.Before))
			checkLength(problems, at+".after", len(u.After), len(first.After))
		}
	}
}

func checkLength(problems *check.List, at string, n, want int) {
	switch {
	case n == 0:
		problems.Add(check.ErrMissing, at, "no_periods", nil)
	case n != want:
		problems.Add(check.ErrInvalid, at, "other_periods", n, "want", want)
	}
}

// Group is one side of a case: read = counted + excluded.
type Group struct {
	Read     int            `json:"read"`
	Counted  int            `json:"counted"`
	Excluded []ExcludedUnit `json:"excluded"` // rising by ID
	Before   kpi.Value      `json:"before"`   // mean over the units of each one's mean over its periods
	After    kpi.Value      `json:"after"`
	Changed  kpi.Value      `json:"changed"` // after − before
}

// ExcludedUnit is a unit that was left out because one of its numbers is
// undefined.
type ExcludedUnit struct {
	ID     string     `json:"id"`
	Reason kpi.Reason `json:"reason"` // the strongest of them
}

// sample is the counted units of a side: each one's means, and the means of
// all by period.
type sample struct {
	group         Group
	before, after []kpi.Value // by unit
	path          []kpi.Value // mean of all, by period before
}

func sampleOf(units []Unit) sample {
	s := sample{group: Group{Read: len(units), Excluded: []ExcludedUnit{}}}
	units = slices.Clone(units)
	slices.SortFunc(units, func(a, b Unit) int { return cmp.Compare(a.ID, b.ID) })
	for _, u := range units {
		before, after := meanOf(u.Before), meanOf(u.After)
		if both := before.Add(after); !both.Defined() {
			s.group.Excluded = append(s.group.Excluded, ExcludedUnit{u.ID, both.Reason()})
			continue
		}
		s.before, s.after = append(s.before, before), append(s.after, after)
		if s.path == nil {
			s.path = make([]kpi.Value, len(u.Before))
		}
		for i, v := range u.Before {
			s.path[i] = s.path[i].Or(kpi.Int(0)).Add(round12(v))
		}
	}
	s.group.Counted = len(s.before)
	n := kpi.Int(int64(s.group.Counted))
	for i := range s.path {
		s.path[i] = s.path[i].Div(n)
	}
	s.group.Before, s.group.After = meanOf(s.before), meanOf(s.after)
	s.group.Changed = s.group.After.Sub(s.group.Before)
	return s
}

// meanOf gives the plain mean: undefined where one is, no data of none.
func meanOf(values []kpi.Value) kpi.Value {
	if len(values) == 0 {
		return kpi.Value{}
	}
	sum := kpi.Int(0)
	for _, v := range values {
		sum = sum.Add(round12(v))
	}
	return round12(sum.Div(kpi.Int(int64(len(values)))))
}

// round12 keeps sums of fractions small: 400 win rates of 400 different
// denominators have no common one that could be written down.
func round12(v kpi.Value) kpi.Value {
	const places = 12
	if n, ok := v.Minor(places, kpi.HalfEven); ok {
		return kpi.Minor(n, places)
	}
	if d, ok := v.Decimal(places, kpi.HalfEven); ok {
		return kpi.FromBig(d.Coefficient(), places)
	}
	return v
}
