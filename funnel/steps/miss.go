package steps

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// miss is a step that an attempt could have reached next and did not.
type miss struct {
	*explainer
	a      *attempt
	step   int
	name   string
	before int   // the mandatory step before
	from   int32 // the block of that
	behind int32 // the first block that is too late because the next mandatory step is over
	next   int   // that step, of an optional one that was passed over
}

// why looks for the event that comes closest: one that came too late says
// more than one that came too early.
func (m *miss) why() check.Finding {
	list := m.byStep[m.step]
	at := func(i int) int64 { return m.instants[list[i]].at }
	start := m.instants[m.from].at
	after := m.def.Steps[m.before].ID
	if f, broken := m.whyBroken(after); broken {
		return f
	}
	// The first that keeps the least gap is too late, or else it would be the step.
	i := m.after(list, m.from, start+m.min[m.step])
	for i < len(list) && m.isTaken(list[i]) {
		i++
	}
	if i < len(list) && list[i] >= m.behind {
		return m.finding("came_behind", m.name, "at", m.moment(at(i)), "after", m.def.Steps[m.next].ID)
	}
	if i < len(list) {
		return m.tooLate(at(i), start, after)
	}
	if f, ok := m.whyOpen(); ok {
		return f
	}
	return m.tooEarly(list, start, after)
}

// whyBroken says which event came in between where steps are strict, or in
// what way the next event missed its time.
func (m *miss) whyBroken(after string) (f check.Finding, broken bool) {
	if !m.a.broken {
		return f, false
	}
	last := slices.Max(m.row(m.a))
	if last == m.row(m.a)[0] || m.used(last) == m.size(last) {
		last++ // all of the instant is on the way, or came before the entry
	}
	in, start := m.instants[last], m.instants[m.from].at
	other := in.from
	for i := in.from; i < in.to; i++ {
		switch may := m.may[i].steps; {
		case may&(1<<m.step) == 0:
		case in.at > m.last(start, m.max[m.step]):
			return m.tooLate(in.at, start, after), true
		case in.at < start+m.min[m.step]:
			return m.tooSoon(in.at, start, after), true
		}
		if m.may[i].steps == 0 {
			other = i
		}
	}
	return m.finding("other_event_between", m.name, "event", m.j.name(m.facts[other]), "at", m.moment(in.at), "after", after), true
}

// used counts the steps that the attempt reached in a block.
func (m *miss) used(block int32) int {
	n := 0
	for _, b := range m.row(m.a) {
		if b == block {
			n++
		}
	}
	return n
}

// isTaken reports whether what could be the step in a block is another step.
func (m *miss) isTaken(block int32) bool { return !m.free(m.a, m.row(m.a), block, m.step) }

func (m *miss) tooLate(at, start int64, after string) check.Finding {
	window, gap := until(m.a.start, m.window), until(start, m.max[m.step])
	code, ended := "window_ended", window
	if gap < window {
		code, ended = "gap_ended", gap
	}
	return m.finding(code, m.name, "at", m.moment(at), "ended", m.moment(ended), "late", spanOf(at-ended), "after", after)
}

func (m *miss) tooSoon(at, start int64, after string) check.Finding {
	return m.finding("too_soon", m.name, "at", m.moment(at), "gap", spanOf(at-start), "least", m.def.Steps[m.step].MinGap, "after", after)
}

// whyOpen says that the step may yet be reached.
func (m *miss) whyOpen() (f check.Finding, ok bool) {
	if !m.couldReach(m.a, m.step, m.asOf) {
		return f, false
	}
	for _, later := range m.later {
		if m.byKind[later.kind].steps&(1<<m.step) != 0 {
			return m.finding("not_known_yet", m.name, "at", m.moment(later.at), "as_of", m.moment(m.asOf)), true
		}
	}
	ended := min(until(m.a.start, m.window), until(m.instants[m.from].at, m.max[m.step]))
	return m.finding("open_until", m.name, "ended", m.end(ended)), true
}

// tooEarly says which event came before its time, or that none came.
func (m *miss) tooEarly(list []int32, start int64, after string) check.Finding {
	for i := len(list) - 1; i >= 0; i-- {
		at := m.instants[list[i]].at
		switch {
		case list[i] >= m.behind:
			continue
		case m.isTaken(list[i]) && (m.def.Ties != LaterInstants || list[i] != m.from):
			return m.finding("event_taken", m.name, "at", m.moment(at))
		case list[i] == m.from && m.def.Ties == LaterInstants:
			return m.finding("same_instant", m.name, "at", m.moment(at), "after", after)
		case list[i] >= m.from && m.min[m.step] > 0:
			return m.tooSoon(at, start, after)
		case list[i] < m.from:
			return m.finding("came_before", m.name, "at", m.moment(at), "after", after)
		}
	}
	if m.next > 0 {
		return m.finding("left_out", m.name)
	}
	return m.finding("never_came", m.name, "ended", m.end(min(m.asOf, until(m.a.start, m.window), until(start, m.max[m.step]))))
}
