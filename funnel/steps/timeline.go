package steps

import "math/bits"

// timeline is the events of one entity in order, cut into instants: what lies
// in one instant may be taken in any order. The place of an instant among them
// is called its block.
type timeline struct {
	facts    []fact
	may      []masks
	instants []instant
	alike    []alike
	byStep   [][]int32 // the blocks in which a step may happen
	byBar    [][]int32 // and an exclusion
}

func newTimeline(d Definition) timeline {
	return timeline{byStep: make([][]int32, len(d.Steps)), byBar: make([][]int32, len(d.Exclusions))}
}

// instant is a run of events that share a place in the order.
type instant struct {
	at       int64
	from, to int32 // its events
	alike    int32 // where in timeline.alike its counts begin, if it has several events
	counts   int32 // and how many there are
}

// alike is how many events of an instant may be the same steps.
type alike struct {
	steps uint32
	n     int32
}

// load takes the events of an entity; what they may be is in t.may.
func (t *timeline) load(facts []fact, bySequence bool) {
	t.facts = facts
	t.instants, t.alike = t.instants[:0], t.alike[:0]
	for i := range t.byStep {
		t.byStep[i] = t.byStep[i][:0]
	}
	for i := range t.byBar {
		t.byBar[i] = t.byBar[i][:0]
	}
	for from := 0; from < len(facts); {
		to := from + 1
		for to < len(facts) && facts[to].at == facts[from].at && (!bySequence || facts[to].seq == facts[from].seq) {
			to++
		}
		t.cut(from, to)
		from = to
	}
}

// cut makes an instant of the events in [from, to).
func (t *timeline) cut(from, to int) {
	block := int32(len(t.instants))
	in := instant{at: t.facts[from].at, from: int32(from), to: int32(to), alike: int32(len(t.alike))}
	all := t.may[from]
	if to > from+1 {
		for _, m := range t.may[from:to] {
			all.steps |= m.steps
			all.bars |= m.bars
			t.count(in.alike, m.steps)
		}
		in.counts = int32(len(t.alike)) - in.alike
	}
	t.instants = append(t.instants, in)
	for rest := all.steps; rest != 0; rest &= rest - 1 {
		i := first(rest)
		t.byStep[i] = append(t.byStep[i], block)
	}
	for rest := all.bars; rest != 0; rest &= rest - 1 {
		i := first(rest)
		t.byBar[i] = append(t.byBar[i], block)
	}
}

// count adds an event to the counts from the given one on.
func (t *timeline) count(from int32, steps uint32) {
	for i := range t.alike[from:] {
		if k := &t.alike[int(from)+i]; k.steps == steps {
			k.n++
			return
		}
	}
	t.alike = append(t.alike, alike{steps, 1})
}

// size gives the number of events in an instant.
func (t *timeline) size(block int32) int { return int(t.instants[block].to - t.instants[block].from) }

// fits reports whether the events of an instant, but for one that is taken
// (none: −1), can be all the steps of a set, each step another event.
func (t *timeline) fits(block int32, taken int, set uint32) bool {
	in := t.instants[block]
	if in.counts == 0 {
		return taken < 0 && t.may[in.from].steps&set == set && set&(set-1) == 0
	}
	var m matching
	for _, k := range t.alike[in.alike : in.alike+in.counts] {
		n := k.n
		if taken >= 0 && t.may[taken].steps == k.steps {
			n--
		}
		for ; n > 0 && m.add(k.steps&set); n-- {
		}
	}
	return m.n == bits.OnesCount32(set)
}

// after gives the place in a list of the first instant that lies behind
// another and not before a time.
func (t *timeline) after(list []int32, block int32, at int64) int {
	low, high := 0, len(list)
	for low < high {
		middle := int(uint(low+high) >> 1)
		if b := list[middle]; b > block && t.instants[b].at >= at {
			high = middle
		} else {
			low = middle + 1
		}
	}
	return low
}
