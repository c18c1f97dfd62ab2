package main

import (
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// workDays gives the working days of the plan: Monday to Friday, as the files
// know no holidays, from a year before anything on record to a year after.
func (r *Review) workDays() (calendar.WorkCalendar, error) {
	first, last := r.Year.Start(), r.Year.Last()
	if len(r.Plan.Actions) > 0 {
		days := r.Plan.days()
		first, last = min(first, days.Start()), max(last, days.Last())
	}
	for _, b := range r.Plan.History {
		first = min(first, b.Month.Start())
	}
	first = max(first.Add(-366), calendar.MustDay("1900-01-01"))
	last = min(last.Add(366), calendar.MustDay("2200-12-31"))
	covers, err := calendar.Through(first, last)
	if err != nil {
		return calendar.WorkCalendar{}, err
	}
	return calendar.NewWorkCalendar(calendar.WorkDays{Covers: covers, Weekend: calendar.WeekdaysOf(time.Saturday, time.Sunday)})
}
