package funnel

import (
	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// way is a deal on its way from an entry to where it should come.
type way struct {
	life  *life
	known bool       // the dates are known and do not contradict
	end   stat.Cause // Won where it came there, Lost where it ended before, 0 while it is on its way
	age   int64      // days from the entry to that end, or to the as-of day
	since int64      // days from the entry to the as-of day, however it ended
	late  int64      // age at which it came under observation, −1 from the entry on
}

// ways gives the ways of all deals that entered a stage (−1: started) in a
// period, to a later stage (open: won).
func (a *Analysis) ways(from, to int, entered calendar.Period) []way {
	var ways []way
	for _, l := range a.lives {
		at, has := a.entry(l, from)
		if !has {
			continue
		}
		day := a.dayOf(at)
		if !entered.IsZero() && !entered.Contains(day) {
			continue
		}
		ways = append(ways, a.way(l, day, to))
	}
	return ways
}

// entry gives the instant at which a deal came to a stage or a later open
// one, and whether it did.
func (a *Analysis) entry(l *life, rank int) (at int64, has bool) {
	if rank < 0 {
		return l.started, a.start < 0 || int(l.level) >= a.start
	}
	for _, v := range l.visits {
		if int(v.rank) >= rank && int(v.rank) < a.route.open {
			return v.at, true
		}
	}
	return undated, false
}

func (a *Analysis) way(l *life, day calendar.Day, to int) way {
	w := way{life: l, late: -1}
	at := l.closed
	if to < a.route.open {
		if reached, has := a.entry(l, to); has {
			w.end, at = stat.Won, reached
		}
	}
	switch {
	case w.end == stat.Won:
	case l.outcome == Won:
		w.end = stat.Won
	case l.outcome != Open:
		w.end = stat.Lost
	}
	last := a.day
	if w.end != 0 {
		last = a.dayOf(at)
	}
	if day.IsZero() || last.IsZero() || last < day || l.flaws&(strayed|closedBeforeStart|beforeBirth) != 0 {
		return w
	}
	w.known, w.age, w.since = true, int64(last.Sub(day)), int64(a.day.Sub(day))
	if from := a.window.ClosingsFrom; day < from {
		w.late = int64(from.Sub(day)) - 1
		w.known = w.age > w.late // an end before the window is on record by luck alone
	}
	return w
}

// converts reports whether a deal came there within so many days.
func (w way) converts(days int64) bool { return w.end == stat.Won && w.age <= days }

// tableOf counts the ways by age.
func tableOf(ways []way) stat.Table {
	rows := make([]stat.Row, 0, len(ways))
	for _, w := range ways {
		if !w.known {
			continue
		}
		row := stat.Row{Age: w.age}
		switch w.end {
		case stat.Won:
			row.Won = 1
		case stat.Lost:
			row.Lost = 1
		default:
			row.Censored = 1
		}
		rows = append(rows, row)
		if w.late >= 0 {
			rows = append(rows, stat.Row{Age: w.late, Entered: 1})
		}
	}
	return stat.NewTable(rows...)
}
