package action

import (
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// clock counts days: working days where there is a work calendar, which
// covers what is asked (see cover), else all of them.
type clock struct{ work calendar.WorkCalendar }

// span writes a number of days in both languages, as an argument of a
// finding: working days only where it is known which days are worked.
func (c clock) span(arg string, n kpi.Value) []any {
	unit, zh := "days", "天"
	if !c.work.IsZero() {
		unit, zh = "working days", "个工作日"
	}
	if n == kpi.Int(1) {
		unit = strings.TrimSuffix(unit, "s")
	}
	return []any{arg, days(n) + " " + unit, arg + "_zh", days(n) + zh}
}

// part writes a share of its days.
func (c clock) part(share kpi.Value) []any {
	text := kpi.Share(0).Text(share)
	if c.work.IsZero() {
		return []any{"part", text + " of the days", "part_zh", text + "的天数"}
	}
	return []any{"part", text + " of the working days", "part_zh", text + "的工作日"}
}

// cover reports days that the work calendar does not know.
func (c clock) cover(problems *check.List, path string, days ...calendar.Day) {
	if c.work.IsZero() {
		return
	}
	for _, d := range days {
		if !d.IsZero() && !c.work.Covers().Contains(d) {
			problems.Add(check.ErrRange, path, "outside_covers", d, "start", c.work.Covers().Start(), "last", c.work.Covers().Last())
			return
		}
	}
}

// count gives the working days from first to last, both included.
func (c clock) count(first, last calendar.Day) int64 {
	if last < first {
		return 0
	}
	if c.work.IsZero() {
		return int64(last.Sub(first) + 1)
	}
	p, err := calendar.Through(first, last)
	if err != nil {
		return 0
	}
	n, _ := c.work.Count(p)
	return n
}

// effort counts what work is spread over from first to last: the working
// days, or all days where there is no working day among them.
func (c clock) effort(first, last calendar.Day) (within clock, n int64) {
	if n := c.count(first, last); n > 0 {
		return c, n
	}
	return clock{}, clock{}.count(first, last)
}

// add gives the day n working days after a day, and whether the calendar
// reaches so far.
func (c clock) add(d calendar.Day, n int64) (calendar.Day, bool) {
	if d.IsZero() {
		return d, false
	}
	if c.work.IsZero() {
		d = d.Add(int(n))
		return d, d.Valid()
	}
	d, err := c.work.Add(d, n)
	return d, err == nil
}
