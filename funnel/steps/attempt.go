package steps

// none marks a step that was not reached.
const none int32 = -1

// attempt is one way through the steps, from one entry.
type attempt struct {
	entry  int   // the event that opened it
	start  int64 // its instant
	level  int   // how many mandatory steps it reached; of an unordered funnel: how many steps
	row    int   // where its row begins, see engine.row
	broken bool  // strict: another event came in between
	bar    int32 // the first exclusion that excludes it, or none
	barAt  int32 // the block of that
	end    int64 // unordered: the last instant that counts
}

func (a *attempt) excluded() bool { return a.bar != none }

// engine takes the events of one entity after the other apart into attempts.
type engine struct {
	*plan
	timeline
	attempts []attempt
	rows     []int32 // for each attempt and step: the block in which it was reached, or none

	taken  []int32 // unordered: the level of the furthest attempt that took an event
	groups []group // unordered
	events []int32 // unordered: the events of one attempt
}

// row gives the blocks in which an attempt reached the steps.
func (e *engine) row(a *attempt) []int32 { return e.rows[a.row : a.row+len(e.def.Steps)] }

// at gives the time at which an attempt reached a step; it must have.
func (e *engine) at(a *attempt, step int) int64 { return e.instants[e.rows[a.row+step]].at }

// run finds the attempts of the entity whose events are loaded, in the order
// in which they start.
func (e *engine) run() {
	e.attempts, e.rows = e.attempts[:0], e.rows[:0]
	if e.def.Order == Unordered {
		e.runUnordered()
		return
	}
	for _, block := range e.byStep[0] {
		in := e.instants[block]
		for i := in.from; i < in.to; i++ {
			if e.may[i].steps&1 != 0 {
				a := e.open(int(i), block)
				e.walk(a)
				e.attempts = append(e.attempts, *a)
			}
		}
	}
}

// open begins an attempt with an event.
func (e *engine) open(entry int, block int32) *attempt {
	a := &attempt{entry: entry, start: e.instants[block].at, level: 1, row: len(e.rows), bar: none}
	for range e.def.Steps {
		e.rows = append(e.rows, none)
	}
	e.rows[a.row] = block
	return a
}

// walk follows an attempt: at each step it takes the first chance there is.
func (e *engine) walk(a *attempt) {
	row := e.row(a)
	e.extend(a, row, row[0])
	if e.def.Order == Strict {
		e.walkStrict(a, row)
	} else {
		for a.level < len(e.main) && e.next(a, row) {
		}
		for _, step := range e.optional {
			e.passBy(a, row, step)
		}
	}
	for i := range e.bars {
		e.exclude(a, row, int32(i))
	}
}

// next takes the earliest instant in which the next mandatory step may
// happen, and what else may in the same.
func (e *engine) next(a *attempt, row []int32) bool {
	step, before := e.main[a.level], row[e.main[a.level-1]]
	list := e.byStep[step]
	from := e.instants[before].at
	i := e.after(list, before, from+e.min[step])
	if i == len(list) || e.instants[list[i]].at > min(e.last(a.start, e.window), e.last(from, e.max[step])) {
		return false
	}
	row[step] = list[i]
	a.level++
	e.extend(a, row, list[i])
	return true
}

// extend takes as many further mandatory steps in an instant as its events
// can be beside those that they are already.
func (e *engine) extend(a *attempt, row []int32, block int32) {
	if e.size(block) == 1 || e.def.Ties == LaterInstants {
		return
	}
	for a.level < len(e.main) {
		step := e.main[a.level]
		if e.min[step] > 0 || !e.free(a, row, block, step) {
			return
		}
		row[step] = block
		a.level++
	}
}

// free reports whether an instant has an event for a step beside those that
// the attempt takes there already.
func (e *engine) free(a *attempt, row []int32, block int32, step int) bool {
	set, taken := uint32(1)<<step, -1
	for i, b := range row {
		if b != block {
			continue
		}
		if e.def.Ties == LaterInstants {
			return false
		}
		if i == 0 {
			taken = a.entry
		} else {
			set |= 1 << i
		}
	}
	return e.fits(block, taken, set)
}

// passBy takes an optional step if it happens between the mandatory ones
// around it.
func (e *engine) passBy(a *attempt, row []int32, step int) {
	place := e.place[step]
	if a.level < place {
		return
	}
	before, behind := row[e.main[place-1]], int32(len(e.instants)-1)
	if a.level > place {
		behind = row[e.main[place]]
	}
	from := e.instants[before].at
	latest := min(e.last(a.start, e.window), e.last(from, e.max[step]))
	list := e.byStep[step]
	for _, block := range list[e.after(list, before-1, from+e.min[step]):] {
		if block > behind || e.instants[block].at > latest {
			return
		}
		if e.free(a, row, block, step) {
			row[step] = block
			return
		}
	}
}
