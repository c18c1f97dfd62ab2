package cube

import (
	"cmp"
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Query asks a cube for its measures by some of its dimensions and by
// periods of a grain. It is a record; the zero Query asks for one total over
// everything.
//
// It can only make coarser what the cube keeps: any of the dimensions, a
// grain that the cube's grain nests in, a part of its window.
type Query struct {
	// By names the dimensions of the rows, in the order of their keys. None
	// gives totals.
	By []string `json:"by"`
	// Grain is that of the rows. No grain, the zero, makes the whole window
	// one period.
	Grain calendar.Grain `json:"grain"`
	// Window takes a part of the cube's window; no period is all of it. It
	// must begin and end where periods of the grain do.
	Window calendar.Period `json:"window"`
	// Where keeps, for each dimension named, only the given members; "" is
	// the missing one. Members that no record has are not there, which is no
	// error.
	Where map[string][]string `json:"where,omitzero"`
}

// Query answers from the records read so far. It reports at once: an unknown
// dimension or grain (check.ErrUnknown), a dimension twice
// (check.ErrDuplicate), a condition without members (check.ErrMissing), a
// grain finer than the cube's or one that it does not nest in, a window off
// the grain (check.ErrInvalid), and a window beyond the cube's
// (check.ErrRange).
func (c *Cube) Query(q Query) (*Result, error) {
	const op = "cube.Query"
	if err := c.ready(op, ""); err != nil {
		return nil, err
	}
	if q.Window.IsZero() {
		q.Window = c.def.Window
	}
	problems := check.List{Op: op}
	c.checkBy(&problems, q)
	c.checkWhere(&problems, q)
	periods := c.checkTime(&problems, q)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	s := c.selection(q, periods)
	return c.result(q, periods, s, s.collect(c.cells, len(periods))), nil
}

func (c *Cube) checkBy(problems *check.List, q Query) {
	for i, name := range q.By {
		switch at := check.At("by", i); {
		case c.dimension(name) < 0:
			problems.Add(check.ErrUnknown, at, "unknown_dimension", name)
		case slices.Contains(q.By[:i], name):
			problems.Add(check.ErrDuplicate, at, "duplicate_dimension", name)
		}
	}
}

func (c *Cube) checkWhere(problems *check.List, q Query) {
	for _, name := range slices.Sorted(maps.Keys(q.Where)) {
		switch at := check.At("where", name); {
		case c.dimension(name) < 0:
			problems.Add(check.ErrUnknown, at, "unknown_dimension", name)
		case len(q.Where[name]) == 0:
			problems.Add(check.ErrMissing, at, "no_members", nil)
		}
	}
}

// checkTime gives the periods of the answer.
func (c *Cube) checkTime(problems *check.List, q Query) []calendar.Period {
	grain := c.checkGrain(problems, q.Grain)
	if !c.def.Window.Covers(q.Window) {
		problems.Add(check.ErrRange, "window", "outside_window", q.Window, "cube", c.def.Window)
		return nil
	}
	if !grain {
		return nil
	}
	if q.Grain == calendar.NoGrain {
		c.checkEdges(problems, q.Window)
	}
	periods, err := split(c.def.Calendar, q.Window, q.Grain)
	problems.Nest("window", err)
	return periods
}

func (c *Cube) checkGrain(problems *check.List, g calendar.Grain) bool {
	switch {
	case g > calendar.Yearly:
		problems.Add(check.ErrUnknown, "grain", "unknown_grain", uint8(g))
	case g != calendar.NoGrain && !c.def.Calendar.Nests(c.def.Grain, g):
		problems.Add(check.ErrInvalid, "grain", "grain_does_not_nest", g, "cube", c.def.Grain)
	default:
		return true
	}
	return false
}

// checkEdges reports a window that cuts through periods of the cube.
func (c *Cube) checkEdges(problems *check.List, window calendar.Period) {
	if c.def.Grain != calendar.NoGrain {
		_, err := c.def.Calendar.Split(window, c.def.Grain)
		problems.Nest("window", err)
	} else if window != c.def.Window {
		problems.Add(check.ErrInvalid, "window", "cube_has_no_grain", window, "cube", c.def.Window)
	}
}

// selection says where the cells of a cube go in an answer.
type selection struct {
	by      []int    // the dimensions of the answer
	keep    [][]bool // by dimension and code; nil keeps all
	periods []int    // number of the answer's period by that of the cube, −1 for none
}

func (c *Cube) selection(q Query, periods []calendar.Period) selection {
	s := selection{keep: make([][]bool, len(c.members))}
	for _, name := range q.By {
		s.by = append(s.by, c.dimension(name))
	}
	for name, wanted := range q.Where {
		i := c.dimension(name)
		s.keep[i] = make([]bool, len(c.members[i].names))
		for _, member := range wanted {
			if code, known := c.members[i].codes[member]; known {
				s.keep[i][code] = true
			}
		}
	}
	for _, p := range c.periods {
		nth, found := slices.BinarySearchFunc(periods, p, within)
		if !found {
			nth = -1
		}
		s.periods = append(s.periods, nth)
	}
	return s
}

// within compares a period of the answer with one of the cube, and finds
// them equal where the one covers the other.
func within(outer, inner calendar.Period) int {
	if outer.Covers(inner) {
		return 0
	}
	return cmp.Compare(outer.Start(), inner.Start())
}

// collect adds up the cells of the cube that belong together in the answer.
func (s selection) collect(from *cells, periods int) *cells {
	into := newCells(from.layout, from.width, len(s.by), periods)
	key := make([]uint32, len(s.by)+1)
	for cell := range from.len() {
		codes := from.key(cell)
		nth := s.periods[codes[len(codes)-1]]
		if nth < 0 || !s.keeps(codes) {
			continue
		}
		for i, dimension := range s.by {
			key[i] = codes[dimension]
		}
		key[len(s.by)] = uint32(nth)
		into.absorb(into.find(key), from, cell*from.width)
	}
	return into
}

func (s selection) keeps(codes []uint32) bool {
	for i, keep := range s.keep {
		if keep != nil && !keep[codes[i]] {
			return false
		}
	}
	return true
}
