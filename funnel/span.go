package funnel

import (
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// daySpan gives the instants of days: the last before them and their last.
func (a *Analysis) daySpan(op string, days calendar.Period) (from, to int64, err error) {
	if days.IsZero() {
		return 0, 0, check.New(op, check.ErrMissing, "days", "missing_period", nil)
	}
	from = StartOf(days.Start(), a.q.Location).UnixMicro() - 1
	to = StartOf(days.End(), a.q.Location).UnixMicro() - 1
	if to > a.asOf {
		return 0, 0, check.New(op, check.ErrRange, "days", "after_as_of", days.Last(), "as_of", time.UnixMicro(a.asOf).UTC())
	}
	return from, to, nil
}

// span gives two instants in microseconds.
func (a *Analysis) span(op string, after, until time.Time) (from, to int64, err error) {
	problems := check.List{Op: op}
	instant := func(path string, t time.Time) int64 {
		at, ok := micro(t)
		switch {
		case t.IsZero():
			problems.Add(check.ErrMissing, path, "missing_instant", nil)
		case !ok:
			problems.Add(check.ErrRange, path, "year_out_of_range", t.Year(), "first", calendar.FirstYear, "last", calendar.LastYear)
		case at > a.asOf:
			problems.Add(check.ErrRange, path, "after_as_of", t, "as_of", time.UnixMicro(a.asOf).UTC())
		}
		return at
	}
	from, to = instant("after", after), instant("until", until)
	if problems.Empty() && to < from {
		problems.Add(check.ErrInvalid, "until", "until_before_after", until, "after", after)
	}
	return from, to, problems.Err()
}
