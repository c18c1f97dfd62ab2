package funnel

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// learned is what the whole set teaches and every group is judged by.
type learned struct {
	window       Window
	gap          *windowGap // why the window is not known, nil where it is
	horizon      kpi.Value
	staleAge     kpi.Value
	oldestClosed kpi.Value
	closedN      int // closed deals of known age
}

// windowGap is the evidence that early closings are not on record.
type windowGap struct {
	firstStart, firstClosing calendar.Day
	firstQuartile            kpi.Value
}

// learning collects what lives teach.
type learning struct {
	learned
	windowGap
	won, closed []int // cycles
}

func (q Question) learning(day calendar.Day) learning {
	return learning{learned: learned{window: Window{ClosingsFrom: q.ClosingsFrom, Stated: !q.ClosingsFrom.IsZero(), Last: day}}}
}

func (w *learning) add(l *life) {
	w.firstStart = earlier(w.firstStart, earlier(l.createdDay, l.startedDay))
	w.firstClosing = earlier(w.firstClosing, l.closedDay)
	if l.cycle >= 0 && w.inside(l) {
		w.closed = append(w.closed, l.cycle)
		if l.outcome == Won {
			w.won = append(w.won, l.cycle)
		}
	}
}

func (w *learning) done(q Question) learned {
	sortDays(w.won)
	sortDays(w.closed)
	cycles, ages := describe(w.won, 0), describe(w.closed, 0)
	w.closedN, w.oldestClosed, w.staleAge = len(w.closed), ages.Max, kpi.Undefined(kpi.TooFew)
	if w.closedN >= max(q.Stale.AtLeast, 1) {
		w.staleAge = quantile(w.closedN, func(i int) kpi.Value { return kpi.Int(int64(w.closed[i])) }, q.Stale.Quantile)
	}
	w.horizon = q.horizon(cycles)
	w.firstQuartile = cycles.P25
	w.window.FirstRecord = earlier(w.firstStart, w.firstClosing)
	if !w.window.Stated && w.wide() {
		gap := w.windowGap
		w.gap, w.window.ClosingsFrom = &gap, gap.firstClosing
	}
	return w.learned
}

// earlier gives the earlier of two days that are there.
func earlier(d, e calendar.Day) calendar.Day {
	if d.IsZero() || !e.IsZero() && e < d {
		return e
	}
	return d
}

func (g windowGap) wide() bool {
	if g.firstStart.IsZero() || g.firstClosing.IsZero() {
		return false
	}
	return g.firstQuartile.Less(kpi.Int(int64(g.firstClosing.Sub(g.firstStart))))
}

func (q Question) horizon(won Durations) kpi.Value {
	switch {
	case q.Horizon > 0:
		return kpi.Int(int64(q.Horizon))
	case won.N < fewestWon:
		return kpi.Undefined(kpi.TooFew)
	}
	return won.P90
}

// inside reports whether a closed deal closed in the window. A window that
// was only found in the data holds every closing.
func (w *learned) inside(l *life) bool {
	return !w.window.Stated || l.closedDay >= w.window.ClosingsFrom
}

// tooOld reports whether an open deal is older than deals are when they close.
func (w *learned) tooOld(l *life) bool { return w.staleAge.Less(kpi.Int(int64(l.age))) }

// pastClose reports whether an open deal has passed its own close date by more
// than the limit.
func (w *learned) pastClose(l *life, limit Stale) bool {
	return limit.PastClose >= 0 && !l.expected.IsZero() && w.window.Last.Sub(l.expected) > limit.PastClose
}

// stale reports whether an open deal is stale, see [Stale].
func (a *Analysis) stale(l *life) bool {
	return l.outcome == Open && (a.tooOld(l) || a.pastClose(l, a.q.Stale))
}

// truncated reports whether a cohort began before closings were on record.
func (w *learned) truncated(p calendar.Period) bool {
	return p.Start() < w.window.ClosingsFrom
}

// mature reports whether the last of a cohort is as old as the horizon.
func (w *learned) mature(p calendar.Period) bool {
	return w.horizon.Defined() && !kpi.Int(int64(w.window.Last.Sub(p.Last()))).Less(w.horizon)
}
