package steps

import (
	"math"
	"slices"
)

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

	byKind []masks // what an event of each kind may be
}

// bar is an exclusion with its ends as places among the mandatory steps.
type bar struct{ from, to int }

func newPlan(d Definition, l *lists) *plan {
	p := &plan{def: d, main: d.main(), window: d.Window.micros(), byKind: make([]masks, len(l.kinds))}
	if d.Edge == Exclusive {
		p.early = 1
	}
	for i, s := range d.Steps {
		p.place = append(p.place, d.place(i))
		p.min = append(p.min, s.MinGap.micros())
		p.max = append(p.max, unbounded)
		if s.MaxGap > 0 {
			p.max[i] = s.MaxGap.micros()
		}
		if s.Optional {
			p.optional = append(p.optional, i)
		}
		p.mark(l, s.names(), s.Where, masks{steps: 1 << i})
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
		p.mark(l, x.Events, x.Where, masks{bars: 1 << i})
	}
	return p
}

// mark notes what events of the names that meet the conditions may be.
func (p *plan) mark(l *lists, names []string, where []Condition, bit masks) {
	var codes []uint32
	for _, name := range names {
		if code, known := l.names.codes[name]; known {
			codes = append(codes, code)
		}
	}
	for i, k := range l.kinds {
		if slices.Contains(codes, k.name) && l.meets(k.attributes, where) {
			p.byKind[i].steps |= bit.steps
			p.byKind[i].bars |= bit.bars
		}
	}
}

// meets reports whether a set of attributes meets all conditions.
func (l *lists) meets(set uint32, where []Condition) bool {
	for _, c := range where {
		value, there := l.value(set, c.Attribute)
		if c.Missing == there || there && !slices.Contains(c.Is, value) {
			return false
		}
	}
	return true
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
