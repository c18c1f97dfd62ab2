package plan_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
)

// Odd periods: none with so many days, week 53, years of weeks, leap days, a
// week without a working day, and both ends of time.
func TestCadenceOfOddPeriods(t *testing.T) {
	retail, err := calendar.Retail(calendar.RetailYear{ClosingMonth: time.December, ClosingDay: time.Saturday, Closing: calendar.NearestWeekday})
	if err != nil {
		t.Fatal(err)
	}
	golden := workdays(t, "2026", "2026-10-05", "2026-10-06", "2026-10-07", "2026-10-08", "2026-10-09")
	for _, c := range []struct {
		name, why   string
		cadence     plan.Cadence
		cal         calendar.Calendar
		work        calendar.WorkCalendar
		after, asOf string
		due         []string
		next        string
	}{
		{"the 42nd day of a month", "retail calendars have it and this one does not: looking for it ends", plan.Cadence{Every: calendar.Monthly, On: 42}, calendar.Calendar{}, calendar.WorkCalendar{}, "2026-01-01", "2026-02-01", nil, ""},
		{"the 42nd last", "likewise", plan.Cadence{Every: calendar.Monthly, On: -42}, calendar.Calendar{}, calendar.WorkCalendar{}, "2026-01-01", "2026-02-01", nil, ""},
		{"day 371 of a year", "only a year of 53 weeks has it: the Saturdays nearest 31 December drift from 3 January 2026 to 28 December 2030, and then back to 3 January", plan.Cadence{Every: calendar.Yearly, On: 371}, retail, calendar.WorkCalendar{}, "2026-01-05", "2026-02-01", nil, "2032-01-03"},
		{"the 29th of a month", "February of 2026 has none", plan.Cadence{Every: calendar.Monthly, On: 29}, calendar.Calendar{}, calendar.WorkCalendar{}, "2026-01-29", "2026-02-28", nil, "2026-03-29"},
		{"the 29th in a leap year", "February of 2028 does", plan.Cadence{Every: calendar.Monthly, On: 29}, calendar.Calendar{}, calendar.WorkCalendar{}, "2028-01-29", "2028-02-29", []string{"2028-02-29"}, "2028-03-29"},
		{"week 53", "of 2026 begins on 28 December, by ISO 8601", plan.Cadence{Every: calendar.Weekly, On: 1}, calendar.Calendar{}, calendar.WorkCalendar{}, "2026-12-20", "2026-12-31", []string{"2026-12-21", "2026-12-28"}, "2027-01-04"},
		{"a week of holidays", "has no review", plan.Cadence{Every: calendar.Weekly, On: 1}, calendar.Calendar{}, golden, "2026-09-30", "2026-10-12", []string{"2026-10-12"}, "2026-10-19"},
		{"nothing between", "the day itself was over before", plan.Cadence{Every: calendar.Weekly, On: 1}, calendar.Calendar{}, calendar.WorkCalendar{}, "2026-01-05", "2026-01-05", nil, "2026-01-12"},
		{"the first days there are", "1900 began on a Monday", plan.Cadence{Every: calendar.Weekly, On: 1}, calendar.Calendar{}, calendar.WorkCalendar{}, "1900-01-01", "1900-01-08", []string{"1900-01-08"}, "1900-01-15"},
		{"a year that began before them", "the first whole retail year of the module begins in 1901", plan.Cadence{Every: calendar.Yearly, On: 1}, retail, calendar.WorkCalendar{}, "1900-01-01", "1900-12-31", []string{"1900-12-30"}, "1901-12-29"},
		{"the last days there are", "no week begins after 2200-12-22", plan.Cadence{Every: calendar.Weekly, On: 1}, calendar.Calendar{}, calendar.WorkCalendar{}, "2200-12-20", "2200-12-31", []string{"2200-12-22"}, ""},
	} {
		if c.why == "" {
			t.Fatal(c.name)
		}
		c.cadence.ID = "c"
		due, next, err := c.cadence.Due(c.cal, c.work, day(c.after), day(c.asOf))
		var days []string
		for _, d := range due {
			days = append(days, d.Day.String())
		}
		if err != nil || due == nil || !slices.Equal(days, c.due) || next.Day.String() != c.next && !(c.next == "" && next == (plan.DueReview{})) {
			t.Errorf("%s: %v, then %v, %v (%s)", c.name, days, next.Day, err, c.why)
		}
	}
	if _, err := (plan.Plan{Cadences: []plan.Cadence{{ID: "a", Every: calendar.Monthly, On: 1}, {}}}).DueReviews(golden, day("2026-11-01"), day("2026-12-31")); !slices.Equal(paths(err),
		[]string{"cadences[0].work", "cadences[1].id missing_id", "cadences[1].every missing_grain", "cadences[1].on missing_day"}) && !errors.Is(err, check.ErrRange) {
		t.Errorf("%v", paths(err))
	}
}
