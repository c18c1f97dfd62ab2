package cube

import "github.com/saleskpi/saleskpi/kpi/calendar"

// selection says where the cells of a cube go in an answer, and holds what
// was found.
type selection struct {
	by    []int    // the dimensions of the answer
	where [][]bool // the members to keep, by dimension and code; nil keeps all
	spans []days   // what each period of the answer gathers; none where that is not known
	into  [][]int  // the periods of the answer by that of the cube
	top   *ranking // nil keeps all keys

	found *cells
	rest  *cells // of the keys that top does not keep, without dimensions
}

func (c *Cube) selection(q Query, periods []calendar.Period) *selection {
	s := &selection{where: c.where(q), into: make([][]int, len(c.periods)), top: c.ranking(q)}
	for _, name := range q.By {
		s.by = append(s.by, c.dimension(name))
	}
	for nth, p := range periods {
		span := days{}
		if all, ok := reach(c.def.Calendar, c.def.Window, q.Grain, q.Over, q.Offset, p); ok {
			span = daysOf(c.def.Window, all)
		}
		s.spans = append(s.spans, span)
		for day := span.start; day < span.end; {
			of := c.table[day]
			s.into[of] = append(s.into[of], nth)
			day += int64(c.periods[of].Days())
		}
	}
	s.found, s.rest = newCells(c.shape, len(s.by), len(s.spans)), newCells(c.shape, 0, len(s.spans))
	s.found.answer, s.rest.answer = true, true
	return s
}

func (c *Cube) where(q Query) [][]bool {
	where := make([][]bool, len(c.members))
	if kinds := len(c.def.Dimensions); c.def.Credit != "" {
		where[kinds] = make([]bool, len(c.members[kinds].names))
		for code := range where[kinds] {
			where[kinds][code] = q.Overlay == (code > 0)
		}
	}
	for name, wanted := range q.Where {
		i := c.dimension(name)
		where[i] = make([]bool, len(c.members[i].names))
		for _, member := range wanted {
			if code, known := c.members[i].codes[member]; known {
				where[i][code] = true
			}
		}
	}
	return where
}

// collect adds up the cells of the cube that belong together in the answer.
func (s *selection) collect(c *Cube, standing Standing) {
	for cell := range c.cells.len() {
		codes := c.cells.key(cell)
		if !s.keeps(codes) {
			continue
		}
		for _, nth := range s.into[codes[len(codes)-1]] {
			into, to := s.place(codes, nth)
			into.absorb(to, c.cells, cell, nil)
		}
	}
	s.balances(c.cells, standing)
}

// place gives the cell of the answer, in its nth period, for the key of one
// of the cube.
func (s *selection) place(codes []uint32, nth int) (*cells, int) {
	key := make([]uint32, 0, 8)
	for _, dimension := range s.by {
		key = append(key, codes[dimension])
	}
	key = append(key, uint32(nth))
	if s.top != nil && s.top.of(key) < 0 {
		return s.rest, s.rest.find(key[len(s.by):])
	}
	return s.found, s.found.find(key)
}

func (s *selection) keeps(codes []uint32) bool {
	for i, kept := range s.where {
		if kept != nil && !kept[codes[i]] {
			return false
		}
	}
	return true
}
