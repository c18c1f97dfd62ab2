package calendar_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func ExampleParseDay() {
	day, err := calendar.ParseDay("2024-02-29")
	fmt.Println(day, day.Weekday(), err)

	_, err = calendar.ParseDay("2026-02-31")
	fmt.Println(err)
	// Output:
	// 2024-02-29 Thursday <nil>
	// calendar.ParseDay: not a day "2026-02-31" (form YYYY-MM-DD): invalid
}

func ExampleNewDay() {
	day, err := calendar.NewDay(2026, time.March, 31)
	fmt.Println(day, err)

	_, err = calendar.NewDay(2300, time.January, 1)
	fmt.Println(errors.Is(err, check.ErrRange))
	// Output:
	// 2026-03-31 <nil>
	// true
}

func ExampleMustDay() {
	fmt.Println(calendar.MustDay("2026-03-31").Add(1))
	// Output: 2026-04-01
}

// A deal won late in the evening in New York was won the next day in Shanghai.
func ExampleDayIn() {
	won := time.Date(2026, time.March, 31, 23, 30, 0, 0, time.FixedZone("New York", -4*60*60))
	day, ok := calendar.DayIn(won, won.Location())
	fmt.Println(day, ok)
	day, ok = calendar.DayIn(won, time.FixedZone("Shanghai", 8*60*60))
	fmt.Println(day, ok)
	_, ok = calendar.DayIn(time.Time{}, time.UTC)
	fmt.Println(ok)
	// Output:
	// 2026-03-31 true
	// 2026-04-01 true
	// false
}

func ExampleDay() {
	signed, due := calendar.MustDay("2026-02-27"), calendar.MustDay("2026-03-02")
	fmt.Println(due > signed, due.Sub(signed), signed.Add(3) == due)

	text, _ := json.Marshal([]calendar.Day{signed, 0})
	fmt.Println(string(text))
	// Output:
	// true 3 true
	// ["2026-02-27",null]
}

func ExampleNewPeriod() {
	march, err := calendar.NewPeriod(calendar.MustDay("2026-03-01"), calendar.MustDay("2026-04-01"))
	fmt.Println(march, march.Days(), march.Last(), err)
	// Output: 2026-03-01/2026-04-01 31 2026-03-31 <nil>
}

// Quota tables mostly name the last day that counts.
func ExampleThrough() {
	march, err := calendar.Through(calendar.MustDay("2026-03-01"), calendar.MustDay("2026-03-31"))
	fmt.Println(march, err)
	// Output: 2026-03-01/2026-04-01 <nil>
}

func ExampleParsePeriod() {
	p, err := calendar.ParsePeriod("2026-01-01/2026-02-15")
	fmt.Println(p.Start(), p.Last(), err)
	// Output: 2026-01-01 2026-02-14 <nil>
}

func ExamplePeriod() {
	var c calendar.Calendar
	quarter, march := c.MustParse("2026-Q1"), c.MustParse("2026-03")
	fmt.Println(quarter.Covers(march), quarter.Contains(calendar.MustDay("2026-04-01")))
	fmt.Println(quarter.Elapsed(calendar.MustDay("2026-02-15")), "of", quarter.Days())

	leave := c.MustParse("2026-03-20/2026-05-01")
	days, ok := quarter.Intersect(leave)
	fmt.Println(days, ok)
	// Output:
	// true false
	// 46 of 90
	// 2026-03-20/2026-04-01 true
}

func ExampleFiscal() {
	india, _ := calendar.Fiscal(time.April, calendar.NamedByEnd)
	day := calendar.MustDay("2026-02-15")
	fmt.Println(india.Label(india.PeriodOf(calendar.Yearly, day)))
	fmt.Println(india.Label(india.PeriodOf(calendar.Quarterly, day)))
	fmt.Println(india.Label(india.PeriodOf(calendar.Monthly, day)))

	text, _ := json.Marshal(india)
	fmt.Println(string(text))
	// Output:
	// FY2026
	// FY2026-Q4
	// 2026-02
	// {"kind":"months","first_month":4,"year_named_by":"end"}
}

// The zero Calendar is the calendar year.
func ExampleCalendar() {
	var c calendar.Calendar
	day := calendar.MustDay("2026-03-05")
	for g := calendar.Daily; g <= calendar.Yearly; g++ {
		p := c.PeriodOf(g, day)
		fmt.Printf("%-8s %-11s %s\n", g, c.Label(p), p)
	}
	// Output:
	// day      2026-03-05  2026-03-05/2026-03-06
	// week     2026-W10    2026-03-02/2026-03-09
	// month    2026-03     2026-03-01/2026-04-01
	// quarter  2026-Q1     2026-01-01/2026-04-01
	// half     2026-H1     2026-01-01/2026-07-01
	// year     2026        2026-01-01/2027-01-01
}

func ExampleCalendar_Split() {
	var c calendar.Calendar
	months, _ := c.Split(c.MustParse("2026-Q1"), calendar.Monthly)
	for _, m := range months {
		fmt.Println(c.Label(m), m.Days())
	}

	_, err := c.Split(c.MustParse("2026-Q1"), calendar.Weekly)
	fmt.Println(err)
	// Output:
	// 2026-01 31
	// 2026-02 28
	// 2026-03 31
	// calendar.Split: start: not on grain "2026-01-01" (after 2026-01-05, before 2025-12-29, grain week): invalid
	// calendar.Split: end: not on grain "2026-04-01" (after 2026-04-06, before 2026-03-30, grain week): invalid
}

func ExampleCalendar_Shift() {
	var c calendar.Calendar
	march, _ := c.Shift(c.MustParse("2026-02"), calendar.Monthly, 1)
	fmt.Println(march, march.Days())

	yearBefore, _ := c.Shift(c.MustParse("2026-Q1"), calendar.Quarterly, -4)
	fmt.Println(c.Label(yearBefore))
	// Output:
	// 2026-03-01/2026-04-01 31
	// 2025-Q1
}

func ExampleCalendar_Parse() {
	var c calendar.Calendar
	fiscal, _ := calendar.Fiscal(time.July, calendar.NamedByStart)
	quarter, err := fiscal.Parse("FY2026-Q3")
	fmt.Println(quarter, err)
	week, err := c.Parse("2026-W53")
	fmt.Println(week, err)
	_, err = fiscal.Parse("2026-Q3")
	fmt.Println(err)
	// Output:
	// 2027-01-01/2027-04-01 <nil>
	// 2026-12-28/2027-01-04 <nil>
	// calendar.Parse: ambiguous year "2026-Q3" (first_month 7): invalid
}

func ExampleCalendar_GrainOf() {
	var c calendar.Calendar
	fmt.Println(c.GrainOf(c.MustParse("2026-01-01/2026-04-01")))
	fmt.Println(c.GrainOf(c.MustParse("2026-01-01/2026-02-15")))
	// Output:
	// quarter true
	// none false
}

func ExampleCalendar_Nests() {
	var c calendar.Calendar
	fmt.Println(c.Nests(calendar.Monthly, calendar.Quarterly), c.Nests(calendar.Weekly, calendar.Monthly))
	// Output: true false
}

func ExampleCalendar_Label() {
	july, _ := calendar.Fiscal(time.July, calendar.NamedByStart)
	fmt.Println(july.Label(july.MustParse("2026-07-01/2027-01-01")))
	// Output: FY2026-H1
}

func ExampleCalendar_PeriodOf() {
	var c calendar.Calendar
	quarter := c.PeriodOf(calendar.Quarterly, calendar.MustDay("2026-05-20"))
	fmt.Println(c.Label(quarter), quarter.IsZero())
	fmt.Println(c.PeriodOf(calendar.Quarterly, 0).IsZero())
	// Output:
	// 2026-Q2 false
	// true
}
