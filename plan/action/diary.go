package action

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// diary counts the working days of one person: those of the clock that the
// person is not away.
type diary struct {
	clock
	away []calendar.Period // by start
}

func (c clock) diary(p *Person) diary {
	away := slices.Clone(p.Away)
	slices.SortFunc(away, calendar.Period.Compare)
	return diary{c, away}
}

func (d diary) count(first, last calendar.Day) int64 {
	n := d.clock.count(first, last)
	for _, a := range d.away {
		n -= d.clock.count(max(a.Start(), first), min(a.Last(), last))
	}
	return n
}

// window is a range of days with the working days in it.
type window struct {
	first, last calendar.Day
	n           int64 // working days
	days        func(first, last calendar.Day) int64
}

func (d diary) window(first, last calendar.Day) window {
	return window{first, last, d.count(first, last), d.count}
}

// window gives the days that the work of an action is spread over: the
// working days, or all days where there is none among them. Somebody's leave
// does not move the dates of an action.
func (c clock) window(first, last calendar.Day) window {
	within, n := c.effort(first, last)
	return window{first, last, n, within.count}
}

// through gives the working days of the window by a day, included.
func (w window) through(day calendar.Day) int64 { return w.days(w.first, min(day, w.last)) }

// share gives what of an amount falls to the days from first to last. By the
// k-th of n days it is
//
//	amount × k ÷ n, rounded to hundredths (half to even)
//
// and all of it by the last one, so that the parts of any cut into periods
// add up to the amount exactly.
func (w window) share(amount kpi.Value, first, last calendar.Day) kpi.Value {
	return w.by(amount, last).Sub(w.by(amount, first-1))
}

func (w window) by(amount kpi.Value, day calendar.Day) kpi.Value {
	return partly(amount, w.through(day), w.n)
}

// partly gives k of n parts of an amount in hundredths; all n are all of it.
func partly(amount kpi.Value, k, n int64) kpi.Value {
	switch {
	case k <= 0:
		return kpi.Int(0)
	case k >= n:
		return amount
	}
	return round2(amount.Mul(kpi.Frac(k, n)))
}

// round2 rounds to hundredths of a working day.
func round2(v kpi.Value) kpi.Value {
	if hundredths, ok := v.Minor(2, kpi.HalfEven); ok {
		return kpi.Minor(hundredths, 2)
	}
	return v
}
