package cube

import (
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
// grain that the cube's grain nests in, a part of its window. Over and Offset
// reach beyond the query's window, as far as the cube's goes; a row that
// would need more is not known, and all its values are no data.
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
	// Standing says what balances give; the zero is what stands at the end of
	// a period.
	Standing Standing `json:"standing,omitzero"`
	// Overlay asks for overlay credit in place of hard credit. There is no
	// total of it, so By names the credit dimension.
	Overlay bool `json:"overlay,omitzero"`
	// Over widens what a row gathers beyond its own period.
	Over Over `json:"over,omitzero"`
	// Offset takes the records of an earlier period into a row.
	Offset Offset `json:"offset,omitzero"`
	// Fill says what becomes of cells without records.
	Fill Fill `json:"fill,omitzero"`
	// Top keeps the greatest keys and puts the others together.
	Top Top `json:"top,omitzero"`
}

// Query answers from the records read so far. It reports at once: an unknown
// dimension or grain (check.ErrUnknown), a dimension twice
// (check.ErrDuplicate), a condition without members (check.ErrMissing), a
// grain finer than the cube's or one that it does not nest in, a window off
// the grain, a contradiction in Over, Offset or Top (check.ErrInvalid), and a
// window beyond the cube's (check.ErrRange).
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
	if q.Standing > Average {
		problems.Add(check.ErrUnknown, "standing", "unknown_word", uint8(q.Standing))
	}
	if q.Overlay && (c.def.Credit == "" || !slices.Contains(q.By, c.def.Credit)) {
		problems.Add(check.ErrInvalid, "overlay", "overlay_has_no_total", nil, "credit", c.def.Credit)
	}
	c.checkTop(&problems, q)
	periods := c.checkTime(&problems, q)
	c.checkReach(&problems, q)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return c.answer(q, periods), nil
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
	grain := c.checkGrain(problems, "grain", q.Grain)
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

func (c *Cube) checkGrain(problems *check.List, path string, g calendar.Grain) bool {
	switch {
	case g > calendar.Yearly:
		problems.Add(check.ErrUnknown, path, "unknown_grain", uint8(g))
	case g != calendar.NoGrain && !c.def.Calendar.Nests(c.def.Grain, g):
		problems.Add(check.ErrInvalid, path, "grain_does_not_nest", g, "cube", c.def.Grain)
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
