package steps

import "slices"

// exclude marks the attempt where an exclusion lies on its way, the earliest
// where there are several.
func (e *engine) exclude(a *attempt, row []int32, i int32) {
	b := e.bars[i]
	if a.level <= b.from {
		return
	}
	steps := e.main[b.from:min(b.to+1, a.level)]
	start, end := row[steps[0]], row[steps[len(steps)-1]]
	list := e.byBar[i]
	for _, block := range list[e.after(list, start, e.instants[start].at):] {
		switch {
		case block > end && (a.level > b.to || e.instants[block].at >= e.deadline(a, row)):
			return
		case slices.ContainsFunc(steps, func(step int) bool { return row[step] == block }):
			continue // at the instant of a step
		}
		if a.bar == none || block < a.barAt {
			a.bar, a.barAt = i, block
		}
		return
	}
}

// deadline gives the end of the time for the next mandatory step.
func (e *engine) deadline(a *attempt, row []int32) int64 {
	step := e.main[a.level]
	from := e.instants[row[e.main[a.level-1]]].at
	return min(until(a.start, e.window), until(from, e.max[step]))
}
