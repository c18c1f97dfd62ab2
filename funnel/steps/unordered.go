package steps

import "slices"

// group is the events that may be the same steps, in order.
type group struct {
	steps  uint32
	events []int32
	next   int // the first that an attempt has not looked at
}

// runUnordered opens an attempt with every event of a step, and keeps it
// unless the event was taken by an earlier attempt that got as far.
func (e *engine) runUnordered() {
	e.gather()
	for block, in := range e.instants {
		for i := in.from; i < in.to; i++ {
			if e.may[i].steps == 0 {
				continue
			}
			a := e.open(int(i), int32(block))
			e.collect(a)
			if int(e.taken[i]) >= a.level {
				e.rows = e.rows[:a.row]
				continue
			}
			for _, took := range e.events {
				e.taken[took] = max(e.taken[took], int32(a.level))
			}
			e.attempts = append(e.attempts, *a)
		}
	}
}

// gather sorts the events into groups.
func (e *engine) gather() {
	e.taken = append(e.taken[:0], make([]int32, len(e.facts))...)
	e.groups = e.groups[:0]
	for i, m := range e.may {
		if m.steps == 0 {
			continue
		}
		k := slices.IndexFunc(e.groups, func(g group) bool { return g.steps == m.steps })
		if k < 0 {
			k = len(e.groups)
			e.newGroup(m.steps)
		}
		e.groups[k].events = append(e.groups[k].events, int32(i))
	}
}

// newGroup adds a group, in the room of one of an earlier entity if there is.
func (e *engine) newGroup(steps uint32) {
	k := len(e.groups)
	if k == cap(e.groups) {
		e.groups = append(e.groups, group{})
	}
	e.groups = e.groups[:k+1]
	e.groups[k].steps, e.groups[k].events = steps, e.groups[k].events[:0]
}

// collect takes as many different steps as there are in the time of an
// attempt, each as early as possible. An event that makes no further step
// never will, nor will one that may be the same steps.
func (e *engine) collect(a *attempt) {
	row := e.row(a)
	a.end = e.last(a.start, e.window)
	for _, list := range e.byBar {
		if i := e.after(list, row[0], a.start); i < len(list) {
			a.end = min(a.end, e.instants[list[i]].at)
		}
	}
	var m matching
	m.add(e.may[a.entry].steps)
	e.events = append(e.events[:0], int32(a.entry))
	for i := range e.groups {
		g := &e.groups[i]
		g.next, _ = slices.BinarySearch(g.events, e.instants[row[0]].from)
	}
	for a.level < len(row) {
		g := e.earliest(a)
		if g == nil {
			return
		}
		event := g.events[g.next]
		if !m.add(g.steps) {
			g.next = len(g.events)
			continue
		}
		g.next++
		row[a.level] = e.block(event)
		a.level++
		e.events = append(e.events, event)
	}
}

// earliest gives the group whose next event comes first, none where all come
// too late.
func (e *engine) earliest(a *attempt) *group {
	var best *group
	for i := range e.groups {
		g := &e.groups[i]
		if g.next < len(g.events) && int(g.events[g.next]) == a.entry {
			g.next++
		}
		if g.next < len(g.events) && (best == nil || g.events[g.next] < best.events[best.next]) {
			best = g
		}
	}
	if best == nil || e.facts[best.events[best.next]].at > a.end {
		return nil
	}
	return best
}

// block gives the instant of an event.
func (e *engine) block(event int32) int32 {
	block, _ := slices.BinarySearchFunc(e.instants, event, func(in instant, event int32) int { return int(in.to) - 1 - int(event) })
	return int32(block)
}
