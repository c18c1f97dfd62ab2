package target

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// counter counts days: working days where there is a work calendar, which
// must cover what is asked (see [Input.checkWorkDays]), else all of them.
type counter struct {
	work calendar.WorkCalendar
}

func (c counter) days(p calendar.Period) int { return c.elapsed(p, p.Last()) }

func (c counter) elapsed(p calendar.Period, through calendar.Day) int {
	if p.IsZero() || c.work.IsZero() {
		return p.Elapsed(through)
	}
	n, _ := c.work.Elapsed(p, through)
	return int(n)
}

// share gives a share of a period by its days. A period without a working
// day, such as a weekend, goes by calendar days: its target is due all the
// same. When the last day is over all is due, and before the first nothing.
func (c counter) share(p calendar.Period, through calendar.Day, of shape) kpi.Value {
	switch p.Elapsed(through) {
	case 0:
		return kpi.Int(0)
	case p.Days():
		return kpi.Int(1)
	}
	if days := c.days(p); days > 0 {
		return of(c.elapsed(p, through), days)
	}
	return share(p.Elapsed(through), p.Days())
}

// checkCover reports periods that a work calendar does not cover.
func checkCover(problems *check.List, work calendar.WorkCalendar, at string, p calendar.Period) {
	if !work.IsZero() && !p.IsZero() && !work.Covers().Covers(p) {
		problems.Add(check.ErrRange, "work_days", "outside_covers", p,
			"at", at, "start", work.Covers().Start(), "last", work.Covers().Last())
	}
}
