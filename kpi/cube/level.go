package cube

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/org"
)

// Level says that a dimension is not read but derived from another through
// an organisation: the unit of a kind that a member belongs to. Rows by a
// level count every record once, for the unit of its member; of several units
// it is the one that org.Tree.PathOf gives. A member in no such unit stands
// under the missing member.
//
// As was: on the day of each record, which is what no AsIs means. As is: on
// the one day AsIs, laid over all records. Results name which of the two. A
// definition's hash does not cover the organisation: raise its Version when
// what is merged must not mix two states of it.
type Level struct {
	Dimension string       `json:"dimension"`      // one of the definition, such as "team"
	Of        string       `json:"of"`             // the dimension of members, such as "owner"
	Kind      string       `json:"kind"`           // of the units; empty takes the unit itself
	AsIs      calendar.Day `json:"as_is,omitzero"` // no day: as was
}

func (d Definition) checkLevels(problems *check.List) {
	for i, level := range d.Levels {
		at := check.At("levels", i)
		derived := func(l Level) bool { return l.Dimension == level.Dimension }
		switch {
		case !slices.Contains(d.Dimensions, level.Dimension):
			problems.Add(check.ErrUnknown, check.At(at, "dimension"), "unknown_dimension", level.Dimension)
		case level.Dimension == d.Credit:
			problems.Add(check.ErrInvalid, check.At(at, "dimension"), "bound_by_credits", level.Dimension)
		case slices.ContainsFunc(d.Levels[:i], derived):
			problems.Add(check.ErrDuplicate, check.At(at, "dimension"), "duplicate_dimension", level.Dimension)
		}
		if !slices.Contains(d.read(), level.Of) {
			problems.Add(check.ErrUnknown, check.At(at, "of"), "unknown_dimension", level.Of)
		}
	}
}

// level reports whether a dimension is derived.
func (d Definition) level(dimension string) bool {
	return slices.ContainsFunc(d.Levels, func(l Level) bool { return l.Dimension == dimension })
}

// read gives the dimensions that are not derived.
func (d Definition) read() (names []string) {
	for _, name := range d.Dimensions {
		if !d.level(name) {
			names = append(names, name)
		}
	}
	return names
}

// AsIs gives a cube with further dimensions: levels of an organisation as it
// stood on one day, laid over all records (growth by team after a
// re-organisation). It is the cube that would have been filled with these
// levels in its definition, and shares nothing with c.
//
// The levels need no AsIs of their own. Their dimensions must be new, and
// their Of dimensions of c: errors are those of [Definition.Validate]. No
// organisation is check.ErrMissing.
func (c *Cube) AsIs(o *org.Org, day calendar.Day, levels ...Level) (*Cube, error) {
	const op = "cube.AsIs"
	if err := c.ready(op, ""); err != nil {
		return nil, err
	}
	if o == nil || day.IsZero() {
		return nil, check.New(op, check.ErrMissing, "org", "no_tree", nil)
	}
	def := c.def.clone()
	for _, level := range levels {
		level.AsIs = day
		def.Dimensions = append(def.Dimensions, level.Dimension)
		def.Levels = append(def.Levels, level)
	}
	laid, err := New(def)
	if err != nil {
		problems := check.List{Op: op}
		problems.Nest("", err)
		return nil, problems.Err()
	}
	report := c.Report()
	laid.reports = []*Report{&report}
	laid.lay(c, newClimbers(laid, o, def.Levels[len(c.def.Levels):]))
	return laid, nil
}

// lay absorbs the cells of o under keys that hold the levels too.
func (c *Cube) lay(o *Cube, climbers []*climber) {
	n, kinds := len(o.def.Dimensions), len(c.def.Dimensions)
	theirs := slices.Clone(c.members[:n])
	if c.def.Credit != "" {
		theirs = append(theirs, c.members[kinds])
	}
	codes, keys := joined(theirs, o.members), joined(c.keyed, o.keyed)
	key := make([]uint32, c.codes()+1)
	for cell := range o.cells.len() {
		from := o.cells.key(cell)
		for i, code := range from[:len(codes)] {
			at := i
			if i == n { // that of overlay credit stands after the new dimensions
				at = kinds
			}
			key[at] = codes[i][code]
		}
		key[len(key)-1] = from[len(codes)]
		for _, up := range climbers {
			up.climb(key, 0)
		}
		c.cells.absorb(c.cells.find(key), o.cells, cell, keys)
	}
}

// climber finds the unit of a level for the members of a dimension. What it
// has found of a member it keeps as spells, because an organisation changes
// far less often than there are records.
type climber struct {
	level   Level
	at, of  int // in the key
	org     *org.Org
	changes map[string][]calendar.Day // by member, rising
	names   *members                  // of the dimension of members
	units   *members
	spells  [][]spell // by code of the member
}

// spell is a unit from a day on. Its code is 0 until a record needs it: what
// no record needs is no member.
type spell struct {
	from calendar.Day
	unit string
	code uint32
}

func newClimbers(c *Cube, o *org.Org, levels []Level) (climbers []*climber) {
	if len(levels) == 0 {
		return nil
	}
	changes := map[string][]calendar.Day{}
	for _, a := range o.Structure().Assignments {
		changes[a.Member] = append(changes[a.Member], a.From, a.To)
	}
	for _, days := range changes {
		slices.Sort(days)
	}
	for _, level := range levels {
		at, of := c.dimension(level.Dimension), c.dimension(level.Of)
		climbers = append(climbers, &climber{level: level, at: at, of: of, org: o, changes: changes, names: c.members[of], units: c.members[at]})
	}
	return climbers
}

// climb fills the level of a key whose member is there.
func (c *climber) climb(key []uint32, day calendar.Day) {
	if !c.level.AsIs.IsZero() {
		day = c.level.AsIs
	}
	member := key[c.of]
	for int(member) >= len(c.spells) {
		c.spells = append(c.spells, nil)
	}
	if c.spells[member] == nil {
		c.spells[member] = c.history(c.names.names[member])
	}
	spells := c.spells[member]
	i := len(spells) - 1
	for i > 0 && spells[i].from > day {
		i--
	}
	at := &spells[i]
	if at.code == 0 && at.unit != "" {
		at.code = c.units.code(at.unit)
	}
	key[c.at] = at.code
}

// history gives the spells of a member. The first holds before all changes.
func (c *climber) history(member string) []spell {
	spells := []spell{{unit: c.unit(member, firstDay)}}
	for _, day := range c.changes[member] {
		if !day.IsZero() {
			spells = append(spells, spell{from: day, unit: c.unit(member, day)})
		}
	}
	return spells
}

// firstDay is the first that there is: 1900-01-01 counted from 0001-01-01.
const firstDay = calendar.Day(693595)

// unit gives the nearest unit of the kind above a member, or none.
func (c *climber) unit(member string, day calendar.Day) string {
	path := c.org.At(day).PathOf(member)
	for _, id := range slices.Backward(path) {
		if unit, _ := c.org.Unit(id); c.level.Kind == "" || unit.Kind == c.level.Kind {
			return id
		}
	}
	return ""
}
