package calendar_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// The days around 春节 2025: the holiday, and a Sunday and a Saturday that
// are worked in its stead (调休).
func ExampleNewWorkCalendar() {
	var c calendar.Calendar
	w := calendar.WorkDays{
		Covers:  c.MustParse("2025-01-01/2025-03-01"),
		Weekend: calendar.WeekdaysOf(time.Saturday, time.Sunday),
		Extra:   []calendar.Day{calendar.MustDay("2025-01-26"), calendar.MustDay("2025-02-08")},
	}
	w.Holidays = append(w.Holidays, calendar.MustDay("2025-01-01"))
	for d := calendar.MustDay("2025-01-28"); d <= calendar.MustDay("2025-02-04"); d++ {
		w.Holidays = append(w.Holidays, d)
	}
	work, err := calendar.NewWorkCalendar(w)
	if err != nil {
		fmt.Println(err)
		return
	}
	february, asOf := c.MustParse("2025-02"), calendar.MustDay("2025-02-09")
	all, _ := work.Count(february)
	elapsed, _ := work.Elapsed(february, asOf)
	left, _ := work.Remaining(february, asOf)
	fmt.Println(all, elapsed, left)

	// Nobody has said yet what March holds.
	_, err = work.Count(c.MustParse("2025-Q1"))
	fmt.Println(err)
	// Output:
	// 19 4 15
	// calendar.Count: period: outside covers "2025-01-01/2025-04-01" (last 2025-02-28, start 2025-01-01): out of range
}

func ExampleWorkDays() {
	text, _ := json.Marshal(calendar.WorkDays{
		Covers:   calendar.Calendar{}.MustParse("2026"),
		Weekend:  calendar.WeekdaysOf(time.Friday, time.Saturday),
		Holidays: []calendar.Day{calendar.MustDay("2026-12-02")},
	})
	fmt.Println(string(text))
	// Output: {"covers":{"start":"2026-01-01","end":"2027-01-01"},"weekend":["friday","saturday"],"holidays":["2026-12-02"],"extra":[]}
}

// business stands for the calendar of another package, which answers for
// instants.
type business struct{}

func (business) IsWorkday(t time.Time) bool {
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && t.YearDay() != 1
}

// Any source of holidays fills the data in one line.
func ExampleWorkDaysFunc() {
	c := business{}
	w, err := calendar.WorkDaysFunc(calendar.Calendar{}.MustParse("2026"), func(d calendar.Day) bool { return c.IsWorkday(d.In(time.UTC)) })
	fmt.Println(w.Weekend.Days(), w.Holidays, err)
	// Output: [Saturday Sunday] [2026-01-01] <nil>
}

func weekdaysOf2026() calendar.WorkCalendar {
	w, err := calendar.NewWorkCalendar(calendar.WorkDays{Covers: calendar.Calendar{}.MustParse("2026"), Weekend: calendar.WeekdaysOf(time.Saturday, time.Sunday)})
	if err != nil {
		panic(err)
	}
	return w
}

func ExampleWorkCalendar_Nth() {
	march := calendar.Calendar{}.MustParse("2026-03")
	third, ok, _ := weekdaysOf2026().Nth(march, 3)
	last, _, _ := weekdaysOf2026().Nth(march, -1)
	fmt.Println(third, ok, last)
	// Output: 2026-03-04 true 2026-03-31
}

// Five working days to answer, from a Friday.
func ExampleWorkCalendar_Add() {
	due, err := weekdaysOf2026().Add(calendar.MustDay("2026-03-06"), 5)
	fmt.Println(due, due.Weekday(), err)
	// Output: 2026-03-13 Friday <nil>
}

func ExampleWorkCalendar_Worked() {
	worked, err := weekdaysOf2026().Worked(calendar.MustDay("2026-03-07"))
	fmt.Println(worked, err)
	// Output: false <nil>
}

func ExampleWorkCalendar_Count() {
	n, err := weekdaysOf2026().Count(calendar.Calendar{}.MustParse("2026"))
	fmt.Println(n, err)
	// Output: 261 <nil>
}

func ExampleWorkCalendar_Elapsed() {
	w, march := weekdaysOf2026(), calendar.Calendar{}.MustParse("2026-03")
	elapsed, _ := w.Elapsed(march, calendar.MustDay("2026-03-10"))
	remaining, _ := w.Remaining(march, calendar.MustDay("2026-03-10"))
	fmt.Println(elapsed, remaining)
	// Output: 7 15
}

func ExampleWeekdaysOf() {
	weekend := calendar.WeekdaysOf(time.Saturday, time.Sunday)
	fmt.Println(weekend.Has(time.Sunday), weekend.Days(), calendar.WeekdaysOf().IsZero())
	// Output: true [Saturday Sunday] false
}
