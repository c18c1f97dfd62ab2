package calendar_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// The 4-5-4 calendar of U.S. retail. Its year 2017 has 53 weeks, of which
// the last month takes the last.
func ExampleRetail() {
	c, err := calendar.Retail(calendar.RetailYear{
		ClosingMonth: time.January,
		ClosingDay:   time.Saturday,
		Closing:      calendar.NearestWeekday,
		Pattern:      calendar.Weeks454,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	day := calendar.MustDay("2018-02-01")
	for g := calendar.Weekly; g <= calendar.Yearly; g++ {
		p := c.PeriodOf(g, day)
		fmt.Println(c.Label(p), p, p.Days()/7)
	}
	fmt.Println(c.LabelByMonth(c.PeriodOf(calendar.Weekly, day)))
	// Output:
	// FY2017-W53 2018-01-28/2018-02-04 1
	// FY2017-P12 2017-12-31/2018-02-04 5
	// FY2017-Q4 2017-10-29/2018-02-04 14
	// FY2017-H2 2017-07-30/2018-02-04 27
	// FY2017 2017-01-29/2018-02-04 53
	// FY2017-P12-W5
}

// Two years close within one calendar year, and each has its own name.
func ExampleRetailYear() {
	c, _ := calendar.Retail(calendar.RetailYear{ClosingMonth: time.December, ClosingDay: time.Sunday, Closing: calendar.NearestWeekday})
	fmt.Println(c.MustParse("FY2005").Last(), c.MustParse("FY2006").Last())
	text, _ := json.Marshal(c)
	fmt.Println(string(text))
	// Output:
	// 2006-01-01 2006-12-31
	// {"kind":"retail","closing_month":12,"closing_day":"sunday","closing":"nearest","pattern":"4-4-5","long_month":12,"year_named_by":"start"}
}

func ExampleClosing() {
	for _, closing := range []calendar.Closing{calendar.LastWeekday, calendar.NearestWeekday, calendar.FollowingWeekday} {
		c, _ := calendar.Retail(calendar.RetailYear{ClosingMonth: time.August, ClosingDay: time.Saturday, Closing: closing, NamedBy: calendar.NamedByEnd})
		fmt.Println(closing, c.MustParse("FY2006").Last())
	}
	// Output:
	// last 2006-08-26
	// nearest 2006-09-02
	// following 2006-09-02
}

func ExampleWeekPattern() {
	for _, pattern := range []calendar.WeekPattern{calendar.Weeks445, calendar.Weeks454, calendar.Weeks544} {
		c, _ := calendar.Retail(calendar.RetailYear{ClosingMonth: time.December, ClosingDay: time.Saturday, Pattern: pattern})
		months, _ := c.Split(c.MustParse("FY2026-Q1"), calendar.Monthly)
		fmt.Println(pattern, months[0].Days()/7, months[1].Days()/7, months[2].Days()/7)
	}
	// Output:
	// 4-4-5 4 4 5
	// 4-5-4 4 5 4
	// 5-4-4 5 4 4
}

func ExampleCalendar_RetailYear() {
	c, _ := calendar.Retail(calendar.RetailYear{ClosingMonth: time.August, ClosingDay: time.Thursday, Closing: calendar.NearestWeekday})
	y, ok := c.RetailYear()
	fmt.Println(y.ClosingMonth, y.ClosingDay, y.LongMonth, ok, c.FirstMonth(), c.WeekStart())
	// Output: August Thursday 12 true September Friday
}

func ExampleCalendar_LabelByMonth() {
	c, _ := calendar.Retail(calendar.RetailYear{ClosingMonth: time.December, ClosingDay: time.Saturday})
	week, err := c.Parse("FY2026-P03-W2")
	fmt.Println(week, c.Label(week), c.LabelByMonth(week), err)
	// Output: 2026-03-01/2026-03-08 FY2026-W10 FY2026-P03-W2 <nil>
}

// The British tax year.
func ExampleFiscalFrom() {
	c, err := calendar.FiscalFrom(time.April, 6, calendar.NamedByStart)
	month := c.PeriodOf(calendar.Monthly, calendar.MustDay("2026-04-05"))
	fmt.Println(c.Label(month), month, err)
	text, _ := json.Marshal(c)
	fmt.Println(string(text))
	// Output:
	// FY2025-P12 2026-03-06/2026-04-06 <nil>
	// {"kind":"months","first_month":4,"first_day":6,"year_named_by":"start"}
}

func ExampleCalendar_WeeksFrom() {
	c, err := calendar.Calendar{}.WeeksFrom(time.Sunday)
	week := c.PeriodOf(calendar.Weekly, calendar.MustDay("2021-01-01"))
	fmt.Println(c.Label(week), week, err)
	// Output: 2020-W53 2020-12-27/2021-01-03 <nil>
}

func ExampleYearNaming() {
	start, _ := calendar.Fiscal(time.April, calendar.NamedByStart)
	end, _ := calendar.Fiscal(time.April, calendar.NamedByEnd)
	year := start.PeriodOf(calendar.Yearly, calendar.MustDay("2026-05-01"))
	fmt.Println(start.Label(year), end.Label(year))
	// Output: FY2026 FY2027
}

func ExampleDay_In() {
	fmt.Println(calendar.MustDay("2026-03-05").In(time.UTC))
	// Output: 2026-03-05 00:00:00 +0000 UTC
}

// A budget from 15 April to the end of June, by months.
func ExampleCalendar_Cut() {
	var c calendar.Calendar
	parts, err := c.Cut(c.MustParse("2026-04-15/2026-07-01"), calendar.Monthly)
	for _, p := range parts {
		fmt.Println(c.Label(p), p.Days(), err)
	}
	// Output:
	// 2026-04-15/2026-05-01 16 <nil>
	// 2026-05 31 <nil>
	// 2026-06 30 <nil>
}
