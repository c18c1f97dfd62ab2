package steps

import "math"

// unbounded stands for a span or instant without end.
const unbounded int64 = math.MaxInt64

// masks says what an event may be: a bit for each step and each exclusion.
type masks struct{ steps, bars uint32 }

// plan is a definition made ready for the codes of some Journeys.
type plan struct {
	def      Definition
	main     []int   // the mandatory steps
	place    []int   // of each step: how many mandatory steps stand before it
	optional []int   // the optional steps
	min, max []int64 // of each step, in microseconds since the mandatory one before
	window   int64
	early    int64 // by how much the last instant in time lies before the end
	bars     []bar

	byName      []masks // what an event may be by its name, before conditions
	conditional masks   // what has conditions
	stepWhere   [][]condition
	barWhere    [][]condition
}

// bar is an exclusion with its ends as places among the mandatory steps.
type bar struct{ from, to int }

// condition is a Condition in codes.
type condition struct {
	attribute uint32
	known     bool // some event has the attribute
	missing   bool
	values    []uint32
}

func newPlan(d Definition, l *lists) *plan {
	p := &plan{def: d, main: d.main(), window: d.Window.micros(), byName: make([]masks, len(l.names.items))}
	if d.Edge == Exclusive {
		p.early = 1
	}
	for i, s := range d.Steps {
		bit := masks{steps: 1 << i}
		p.place = append(p.place, d.place(i))
		p.min = append(p.min, s.MinGap.micros())
		p.max = append(p.max, unbounded)
		if s.MaxGap > 0 {
			p.max[i] = s.MaxGap.micros()
		}
		if s.Optional {
			p.optional = append(p.optional, i)
		}
		p.mark(l, s.names(), bit, len(s.Where) > 0)
		p.stepWhere = append(p.stepWhere, l.conditions(s.Where))
	}
	for i, x := range d.Exclusions {
		b := bar{0, len(p.main) - 1}
		if x.From != "" {
			b.from = p.place[d.index(x.From)]
		}
		if x.To != "" {
			b.to = p.place[d.index(x.To)]
		}
		p.bars = append(p.bars, b)
		p.mark(l, x.Events, masks{bars: 1 << i}, len(x.Where) > 0)
		p.barWhere = append(p.barWhere, l.conditions(x.Where))
	}
	return p
}

// mark notes that events of the names may be what the bit stands for.
func (p *plan) mark(l *lists, names []string, bit masks, conditional bool) {
	for _, name := range names {
		if code, known := l.names.codes[name]; known {
			p.byName[code].steps |= bit.steps
			p.byName[code].bars |= bit.bars
		}
	}
	if conditional {
		p.conditional.steps |= bit.steps
		p.conditional.bars |= bit.bars
	}
}

func (l *lists) conditions(where []Condition) []condition {
	var all []condition
	for _, w := range where {
		c := condition{missing: w.Missing}
		c.attribute, c.known = l.texts.codes[w.Attribute]
		for _, value := range w.Is {
			if code, known := l.texts.codes[value]; known {
				c.values = append(c.values, code)
			}
		}
		all = append(all, c)
	}
	return all
}

// mayBe says what an event may be.
func (p *plan) mayBe(f fact, s *sets) masks {
	m := p.byName[f.name]
	for rest := m.steps & p.conditional.steps; rest != 0; rest &= rest - 1 {
		if i := first(rest); !holds(p.stepWhere[i], f.attributes, s) {
			m.steps &^= 1 << i
		}
	}
	for rest := m.bars & p.conditional.bars; rest != 0; rest &= rest - 1 {
		if i := first(rest); !holds(p.barWhere[i], f.attributes, s) {
			m.bars &^= 1 << i
		}
	}
	return m
}

func holds(where []condition, attributes uint32, s *sets) bool {
	for _, c := range where {
		value, there := s.value(attributes, c.attribute)
		there = there && c.known
		if c.missing == there || there && !contains(c.values, value) {
			return false
		}
	}
	return true
}

func contains(codes []uint32, code uint32) bool {
	for _, c := range codes {
		if c == code {
			return true
		}
	}
	return false
}

// until gives the instant a span after another, without end where the span
// has none.
func until(at, span int64) int64 {
	if span == unbounded {
		return unbounded
	}
	return at + span
}

// last gives the last instant that is in time, a span after another.
func (p *plan) last(at, span int64) int64 {
	if span == unbounded {
		return unbounded
	}
	return at + span - p.early
}
