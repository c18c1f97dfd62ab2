package calendar_test

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

func ExampleDay_DayOfMonth() {
	d := calendar.MustDay("2026-02-28")
	fmt.Println(d.Year(), d.Month(), d.DayOfMonth(), d.Weekday(), d.Add(1), d.Add(1).Sub(d))
	// Output: 2026 February 28 Saturday 2026-03-01 1
}

func ExampleDay_Valid() {
	last := calendar.MustDay("2200-12-31")
	fmt.Println(last.Valid(), last.Add(1).Valid())
	// Output: true false
}

// The end is the first day after the period; Last is its last day.
func ExamplePeriod_End() {
	q1 := calendar.Calendar{}.MustParse("2026-Q1")
	fmt.Println(q1.Start(), q1.Last(), q1.End(), q1.Days())
	// Output: 2026-01-01 2026-03-31 2026-04-01 90
}

func ExampleWorkDays_Validate() {
	fmt.Println(calendar.WorkDays{}.Validate())
	// Output:
	// calendar.WorkDays: covers: missing period
	// calendar.WorkDays: weekend: missing weekend
}
