package steps

import (
	"cmp"
	"slices"
)

// verdict is what the attempts of an entity come to.
type verdict struct {
	attempts []attempt

	level   int      // the highest of all attempts
	stands  *attempt // the one that stands for the entity; nil where it is dropped
	dropped bool     // every attempt of that level is excluded
}

// judge finds the attempt that stands for an entity: one that got furthest and
// is not excluded, by the clock. Where all that got furthest are excluded the
// entity is dropped.
func (e *engine) judge(attempts []attempt) verdict {
	v := verdict{attempts: attempts}
	for i := range attempts {
		v.level = max(v.level, attempts[i].level)
	}
	v.stands = e.best(&v, 0)
	v.dropped = v.stands == nil && len(attempts) > 0
	return v
}

// best gives the attempt that the clock chooses among those that got furthest,
// are not excluded and reached a step.
func (e *engine) best(v *verdict, step int) *attempt {
	var best *attempt
	for i := range v.attempts {
		a := &v.attempts[i]
		if a.level == v.level && !a.excluded() && e.has(a, step) && (best == nil || e.better(a, best)) {
			best = a
		}
	}
	return best
}

// by gives the attempt by which an entity reached a step, nil where it did
// not: the one that stands for it or, of an optional step that this one left
// out, another that got as far.
func (e *engine) by(v *verdict, step int) *attempt {
	if v.stands == nil || e.has(v.stands, step) {
		return v.stands
	}
	if !e.def.Steps[step].Optional {
		return nil
	}
	return e.best(v, step)
}

// better reports whether a stands for the entity rather than b. Attempts that
// start together and arrive together may still differ in between; then the
// one with more optional steps, and at last with the earlier ones, does.
func (e *engine) better(a, b *attempt) bool {
	order := cmp.Compare(a.start, b.start)
	if e.def.Clock == LastEntry {
		order = cmp.Or(cmp.Compare(e.arrival(a), e.arrival(b)), -order)
	}
	return cmp.Or(order, cmp.Compare(e.reached(b), e.reached(a)), slices.Compare(e.row(a), e.row(b))) < 0
}

// arrival gives the instant at which an attempt reached its last mandatory
// step.
func (e *engine) arrival(a *attempt) int64 { return e.at(a, e.main[a.level-1]) }

// reached counts the steps that an attempt reached.
func (e *engine) reached(a *attempt) int {
	n := 0
	for _, block := range e.row(a) {
		if block != none {
			n++
		}
	}
	return n
}

// has reports whether an attempt reached a step.
func (e *engine) has(a *attempt, step int) bool { return e.rows[a.row+step] != none }

// couldReach reports whether an attempt that has not reached a step may yet,
// by events that come after an instant.
func (e *engine) couldReach(a *attempt, step int, asOf int64) bool {
	if e.has(a, step) {
		return false
	}
	if e.def.Order == Unordered {
		return a.end > asOf
	}
	end := e.last(a.start, e.window)
	if end <= asOf {
		return false
	}
	place := e.place[step]
	if a.broken || a.level > place || e.def.Order == Strict && e.passed(a, step) {
		return false
	}
	apart := int64(0)
	if e.def.Ties == LaterInstants {
		apart = 1
	}
	earliest := e.at(a, e.main[a.level-1])
	for k := a.level; k <= place; k++ {
		s := step
		if k < place {
			s = e.main[k]
		}
		next := max(earliest+max(e.min[s], apart), asOf+1)
		if next > e.last(earliest, e.max[s]) {
			return false
		}
		earliest = next
	}
	return earliest <= end
}

// passed reports whether an attempt reached a step behind another.
func (e *engine) passed(a *attempt, step int) bool {
	return slices.ContainsFunc(e.row(a)[step+1:], func(block int32) bool { return block != none })
}

// horizon gives how long after its start it is certain whether an attempt
// reaches a step: the span to the last instant in time, without end where
// nothing bounds it.
func (p *plan) horizon(step int) int64 {
	whole := p.last(0, p.window)
	if p.def.Order == Unordered {
		return whole
	}
	sum := int64(0)
	for s := 1; s <= step; s++ {
		if p.def.Steps[s].Optional && s < step {
			continue
		}
		gap := p.last(0, p.max[s])
		if gap > unbounded-sum {
			return whole
		}
		sum += gap
	}
	return min(whole, sum)
}
