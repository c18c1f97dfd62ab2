package steps

// walkStrict follows an attempt of which every next event must be the next
// step. Events of the entry's own instant that are no step came before it;
// those of a later instant must all be steps, or the attempt ends there.
func (e *engine) walkStrict(a *attempt, row []int32) {
	e.strictOptional(a, row, row[0])
	for block := row[0] + 1; int(block) < len(e.instants) && !e.complete(a); block++ {
		if e.instants[block].at > e.last(a.start, e.window) {
			return
		}
		if e.strictNext(a, row, block) {
			e.extend(a, row, block)
		}
		e.strictOptional(a, row, block)
		used := 0
		for _, b := range row {
			if b == block {
				used++
			}
		}
		if used < e.size(block) {
			a.broken = !e.complete(a)
			return
		}
	}
}

// complete reports whether there is nothing left to reach.
func (e *engine) complete(a *attempt) bool {
	return a.level == len(e.main) && !e.def.Steps[len(e.def.Steps)-1].Optional
}

// strictNext takes the next mandatory step in an instant.
func (e *engine) strictNext(a *attempt, row []int32, block int32) bool {
	if a.level == len(e.main) {
		return false
	}
	step := e.main[a.level]
	if !e.inGap(a, row, block, step) || !e.free(a, row, block, step) {
		return false
	}
	row[step] = block
	a.level++
	return true
}

// strictOptional takes the optional steps that come behind all that was
// reached earlier and before the next mandatory step.
func (e *engine) strictOptional(a *attempt, row []int32, block int32) {
	furthest := 0
	for i, b := range row {
		if b != none && b < block {
			furthest = i
		}
	}
	for _, step := range e.optional {
		if step > furthest && e.place[step] <= a.level && e.inGap(a, row, block, step) && e.free(a, row, block, step) {
			row[step] = block
		}
	}
}

// inGap reports whether an instant lies within the bounds that a step has
// since the mandatory step before.
func (e *engine) inGap(a *attempt, row []int32, block int32, step int) bool {
	from, at := e.instants[row[e.main[e.place[step]-1]]].at, e.instants[block].at
	return at >= from+e.min[step] && at <= e.last(from, e.max[step])
}
