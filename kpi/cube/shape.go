package cube

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// shape is what is worked out once for a definition. It is never changed and
// shared by the cubes that have it.
type shape struct {
	def     Definition
	form    []byte // the canonical form
	hash    string
	periods []calendar.Period
	table   []uint32 // number of the period by day of the window
	layout  []column // of the measures
	width   int      // words of a cell
	keeps   int      // things that a cell keeps
}

// newShape takes over def, which must be valid.
func newShape(def Definition) (*shape, error) {
	form, err := def.canonical()
	if err != nil {
		return nil, err
	}
	periods, err := split(def.Calendar, def.Window, def.Grain)
	if err != nil {
		return nil, err
	}
	s := &shape{def: def, form: form, hash: fingerprint(form), periods: periods}
	s.table = make([]uint32, 0, def.Window.Days())
	for i, p := range periods {
		for range p.Days() {
			s.table = append(s.table, uint32(i))
		}
	}
	s.layout, s.width, s.keeps = layOut(def)
	return s, nil
}

// codes gives how many codes stand in a key before that of the period.
func (s *shape) codes() int {
	if s.def.Credit != "" {
		return len(s.def.Dimensions) + 1
	}
	return len(s.def.Dimensions)
}

func (s *shape) dimension(name string) int { return slices.Index(s.def.Dimensions, name) }

func (s *shape) measure(id string) int {
	return slices.IndexFunc(s.def.Measures, func(m Measure) bool { return m.ID == id })
}
