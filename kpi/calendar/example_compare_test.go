package calendar_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// February 2026 to date against February 2025, as many days on both sides.
// 春节 lies in the middle of the one and at the end of the January before the
// other, which the finding says.
func ExampleLikeForLike_ToDate() {
	var c calendar.Calendar
	like := calendar.LikeForLike{
		Calendar: c,
		Against:  calendar.YearBefore,
		Holidays: []calendar.MovingHoliday{{Name: "春节", Before: 1, After: 6,
			Days: []calendar.Day{calendar.MustDay("2025-01-29"), calendar.MustDay("2026-02-17")}}},
	}
	pair, err := like.ToDate(c.MustParse("2026-02"), calendar.MustDay("2026-02-20"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(pair.Now, "against", pair.Then)
	for _, f := range pair.Findings {
		fmt.Println(calendar.Findings().Text(f, "en"))
		fmt.Println(calendar.Findings().Text(f, "zh"))
	}
	// Output:
	// 2026-02-01/2026-02-21 against 2025-02-01/2025-02-21
	// 春节 moves: the period holds 5 of its days and the one it is compared with 4, so part of the difference is the calendar.
	// 春节日期错位：本期含 5 天，对比期含 4 天，差异中有一部分来自日历因素。
}

// March has 31 days and February 28. Like is compared with like; who wants
// the whole months asks for the same date.
func ExampleLikeForLike() {
	var c calendar.Calendar
	march, asOf := c.MustParse("2026-03"), calendar.MustDay("2026-03-31")
	for _, match := range []calendar.Match{calendar.ByDays, calendar.BySameDate} {
		pair, _ := calendar.LikeForLike{Calendar: c, Match: match}.ToDate(march, asOf)
		fmt.Println(pair.Now, pair.NowCount, "days against", pair.Then, pair.ThenCount)
		fmt.Println(calendar.Findings().Text(pair.Findings[0], "en"))
	}
	// Output:
	// 2026-03-01/2026-03-29 28 days against 2026-02-01/2026-03-01 28
	// 2026-03: 3 days from 2026-03-29 to 2026-03-31 are left out, so that like is compared with like.
	// 2026-03-01/2026-04-01 31 days against 2026-02-01/2026-03-01 28
	// 2026-03 is compared to the same date: 31 days against 28.
}

// As many working days on both sides: by 9 February 2026 six working days
// had passed, and in January the sixth was the 9th as well.
func ExampleLikeForLike_workDays() {
	var c calendar.Calendar
	work, err := calendar.NewWorkCalendar(calendar.WorkDays{
		Covers:   c.MustParse("2026"),
		Weekend:  calendar.WeekdaysOf(time.Saturday, time.Sunday),
		Holidays: []calendar.Day{calendar.MustDay("2026-01-01")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	like := calendar.LikeForLike{Calendar: c, Match: calendar.ByWorkDays, WorkDays: work}
	pair, err := like.ToDate(c.MustParse("2026-02"), calendar.MustDay("2026-02-09"))
	fmt.Println(pair.Now, "against", pair.Then, pair.NowCount, err)
	// Output: 2026-02-01/2026-02-10 against 2026-01-01/2026-01-10 6 <nil>
}

// After a year of 53 weeks: by number week 1 stands against week 1, restated
// against week 2, which is the same week of the calendar.
func ExampleWeek53() {
	c, _ := calendar.Retail(calendar.RetailYear{ClosingMonth: time.January, ClosingDay: time.Saturday,
		Closing: calendar.NearestWeekday, Pattern: calendar.Weeks454})
	for _, rule := range []calendar.Week53{calendar.WeekByNumber, calendar.Restated} {
		like := calendar.LikeForLike{Calendar: c, Against: calendar.YearBefore, Week53: rule}
		base, _ := like.Base(c.MustParse("FY2018-W01"))
		year, _ := like.ToDate(c.MustParse("FY2018"), calendar.MustDay("2019-02-02"))
		fmt.Println(rule, c.Label(base), year.Then)
	}
	// Output:
	// by_number FY2017-W01 2017-01-29/2018-01-28
	// restated FY2017-W02 2017-02-05/2018-02-04
}

func ExampleLikeForLike_Base() {
	var c calendar.Calendar
	quarter := c.MustParse("2026-Q1")
	before, _ := calendar.LikeForLike{Calendar: c}.Base(quarter)
	year, _ := calendar.LikeForLike{Calendar: c, Against: calendar.YearBefore}.Base(quarter)
	fmt.Println(c.Label(before), c.Label(year))
	// Output: 2025-Q4 2025-Q1
}

// Day by day, so that New Year's Eve stands against New Year's Eve.
func ExampleLikeForLike_MatchDays() {
	var c calendar.Calendar
	like := calendar.LikeForLike{
		Calendar: c,
		Against:  calendar.YearBefore,
		Holidays: []calendar.MovingHoliday{{Name: "春节", Before: 1, After: 6,
			Days: []calendar.Day{calendar.MustDay("2025-01-29"), calendar.MustDay("2026-02-17")}}},
	}
	match, _ := like.MatchDays(c.MustParse("2026-02"))
	for _, pair := range match.Pairs[11:14] {
		fmt.Println(pair.Now, pair.Then)
	}
	fmt.Println(len(match.Pairs), "days matched, left out:", match.LeftOut)
	// Output:
	// 2026-02-16 2025-01-28
	// 2026-02-17 2025-01-29
	// 2026-02-18 2025-01-30
	// 24 days matched, left out: [2026-02-01 2026-02-02 2026-02-03 2026-02-04]
}

func ExampleDayMatch() {
	match := calendar.DayMatch{Pairs: []calendar.DayPair{{Now: calendar.MustDay("2026-02-17"), Then: calendar.MustDay("2025-01-29")}}, LeftOut: []calendar.Day{}}
	text, _ := json.Marshal(match)
	fmt.Println(string(text))
	// Output: {"pairs":[{"now":"2026-02-17","then":"2025-01-29"}],"left_out":[]}
}

func ExampleMovingHoliday() {
	ramadan := calendar.MovingHoliday{Name: "Ramadan", After: 29,
		Days: []calendar.Day{calendar.MustDay("2024-03-11"), calendar.MustDay("2025-03-01")}}
	var c calendar.Calendar
	fmt.Println(ramadan.DaysIn(c.MustParse("2024-03")), ramadan.DaysIn(c.MustParse("2025-03")))
	// Output: 21 30
}

func ExampleCompareHolidays() {
	easter := calendar.MovingHoliday{Name: "Easter", Before: 2, After: 1,
		Days: []calendar.Day{calendar.MustDay("2024-03-31"), calendar.MustDay("2025-04-20")}}
	var c calendar.Calendar
	for _, f := range calendar.CompareHolidays(c.MustParse("2025-Q1"), c.MustParse("2024-Q1"), []calendar.MovingHoliday{easter}) {
		fmt.Println(f.Code, f.Subject, f.Args)
	}
	// Output: moving_holiday Easter map[now:0 then:3]
}

// One call: January and February of 2026 against those of 2025.
func ExampleJanuaryFebruary() {
	both, _ := calendar.JanuaryFebruary(2026)
	pair, err := calendar.LikeForLike{Against: calendar.YearBefore}.ToDate(both, calendar.MustDay("2026-02-28"))
	fmt.Println(pair.Now, "against", pair.Then, err)
	// Output: 2026-01-01/2026-03-01 against 2025-01-01/2025-03-01 <nil>
}

func ExamplePair() {
	var c calendar.Calendar
	pair, _ := calendar.LikeForLike{}.ToDate(c.MustParse("2026-05"), calendar.MustDay("2026-05-02"))
	text, _ := json.MarshalIndent(pair, "", " ")
	fmt.Println(string(text))
	// Output:
	// {
	//  "now": {
	//   "start": "2026-05-01",
	//   "end": "2026-05-03"
	//  },
	//  "then": {
	//   "start": "2026-04-01",
	//   "end": "2026-04-03"
	//  },
	//  "period": {
	//   "start": "2026-05-01",
	//   "end": "2026-06-01"
	//  },
	//  "base": {
	//   "start": "2026-04-01",
	//   "end": "2026-05-01"
	//  },
	//  "match": "days",
	//  "now_count": 2,
	//  "then_count": 2,
	//  "findings": []
	// }
}
