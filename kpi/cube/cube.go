package cube

import (
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Cube holds the measures of a [Definition] for every cell that has records:
// a member of each dimension and a period. Make one with [New], fill it
// through [Load], ask it with [Cube.Query].
//
// It belongs to one goroutine. The zero Cube has no definition: it is there
// to be filled by [Cube.UnmarshalBinary], everything else is an error.
type Cube struct {
	*shape
	members []*members // of each dimension; under credit one more, which keeps overlay credit apart
	keyed   []*members // the keys of each measure, nil where it has none
	cells   *cells
	reports []*Report // one for each loader, and one for what was merged in
}

// New makes an empty cube, which is also the identity of [Merge]. It keeps
// nothing of the definition's memory. The error is that of
// [Definition.Validate].
func New(def Definition) (*Cube, error) {
	if err := def.Validate(); err != nil {
		return nil, err
	}
	s, err := newShape(def.clone())
	if err != nil {
		return nil, err
	}
	return emptyCube(s), nil
}

func emptyCube(s *shape) *Cube {
	c := &Cube{shape: s, cells: newCells(s, s.codes(), len(s.periods))}
	for range s.codes() {
		c.members = append(c.members, newMembers())
	}
	for _, m := range s.def.Measures {
		var keys *members
		if m.Kind.keyed() {
			keys = newMembers()
		}
		c.keyed = append(c.keyed, keys)
	}
	return c
}

// ready reports a cube without a definition.
func (c *Cube) ready(op, path string) error {
	if c == nil || c.shape == nil {
		return check.New(op, check.ErrMissing, path, "no_definition", nil)
	}
	return nil
}

// Definition gives what the cube keeps. The zero Cube has the zero
// Definition.
func (c *Cube) Definition() Definition {
	if c.shape == nil {
		return Definition{}
	}
	return c.def.clone()
}

// Report accounts for every record that was read into the cube, by all of
// its loaders and all that was merged into it.
func (c *Cube) Report() Report {
	report := newReport(c.Definition())
	for _, r := range c.reports {
		report.add(r)
	}
	return *report
}

// most is how many records a cube accounts for: beyond, sums of counts might
// not fit 64 bits.
const most = 1 << 62

// Merge gives the cube of the records of both. a and b stay as they are, and
// the result shares nothing with them. It does not matter in which order and
// groups cubes are merged: the same records give the same bytes.
//
// Cubes of different definitions are check.ErrDefinition. A cube does not
// know its records, so one that is in both counts twice.
func Merge(a, b *Cube) (*Cube, error) {
	const op = "cube.Merge"
	problems := check.List{Op: op}
	problems.Nest("", a.ready(op, "a"))
	problems.Nest("", b.ready(op, "b"))
	if err := problems.Err(); err != nil {
		return nil, err
	}
	if a.hash != b.hash {
		return nil, check.New(op, check.ErrDefinition, "b", "other_definition", b.hash, "want", a.hash)
	}
	reports := []Report{a.Report(), b.Report()}
	if reports[0].Read > most-reports[1].Read {
		return nil, check.New(op, check.ErrRange, "", "too_many_records", nil, "most", int64(most))
	}
	merged := emptyCube(a.shape)
	merged.absorb(a)
	merged.absorb(b)
	merged.reports = []*Report{&reports[0], &reports[1]}
	return merged, nil
}

// absorb adds the cells of o.
func (c *Cube) absorb(o *Cube) {
	codes, keys := joined(c.members, o.members), joined(c.keyed, o.keyed)
	key := make([]uint32, len(codes)+1)
	for cell := range o.cells.len() {
		theirs := o.cells.key(cell)
		for i, ours := range codes {
			key[i] = ours[theirs[i]]
		}
		key[len(codes)] = theirs[len(codes)]
		c.cells.absorb(c.cells.find(key), o.cells, cell, keys)
	}
}

// joined adds their members to ours and gives for each our codes by theirs.
func joined(ours, theirs []*members) [][]uint32 {
	codes := make([][]uint32, len(theirs))
	for i, m := range theirs {
		if m == nil {
			continue
		}
		for _, name := range m.names {
			codes[i] = append(codes[i], ours[i].code(name))
		}
	}
	return codes
}

// Size gives about how many bytes the cube takes, for a caller who watches
// memory. It grows with the cells that have records and with the members,
// not with the records, except where distinct counts, quantiles and balances
// keep their values: 4 bytes for each key of a cell, 8 for each amount and 40
// for each reading, twice that while there is room to grow.
func (c *Cube) Size() int64 {
	if c.shape == nil {
		return 0
	}
	size := int64(len(c.table))*4 + c.cells.size()
	for _, all := range [][]*members{c.members, c.keyed} {
		for _, m := range all {
			size += m.size()
		}
	}
	return size
}
