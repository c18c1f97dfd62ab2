package calendar_test

import (
	"errors"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func fiscalFrom(t interface{ Fatal(...any) }, month time.Month, day int, named calendar.YearNaming) calendar.Calendar {
	c, err := calendar.FiscalFrom(month, day, named)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestFiscalFrom(t *testing.T) {
	start, end := calendar.NamedByStart, calendar.NamedByEnd
	for name, test := range map[string]struct {
		why   string
		month time.Month
		day   int
		named calendar.YearNaming
		grain calendar.Grain
		on    string
		want  string
	}{
		// Income Tax Act 2007 (UK), s. 4: "begins on 6 April and ends on the
		// following 5 April".
		"British year":    {"last day", time.April, 6, start, calendar.Yearly, "2026-04-05", "FY2025 2025-04-06/2026-04-06"},
		"British month":   {"the twelfth", time.April, 6, start, calendar.Monthly, "2026-04-05", "FY2025-P12 2026-03-06/2026-04-06"},
		"British quarter": {"fiscalyear, test_fiscalyear.py: Q3 from 6 October", time.April, 6, start, calendar.Quarterly, "2018-01-05", "FY2017-Q3 2017-10-06/2018-01-06"},
		// adamjstewart/fiscalyear, test_fiscalyear.py: a year from 31 May.
		"31 May Q4":       {"29 February in a leap year", time.May, 31, end, calendar.Quarterly, "2020-05-30", "FY2020-Q4 2020-02-29/2020-05-31"},
		"31 May Q2":       {"from 31 August to 29 November", time.May, 31, end, calendar.Quarterly, "2018-11-29", "FY2019-Q2 2018-08-31/2018-11-30"},
		"30 January":      {"by hand: February begins on its 28th", time.January, 30, start, calendar.Monthly, "2026-03-01", "FY2026-P02 2026-02-28/2026-03-30"},
		"last of April":   {"31 stands for the last day of the first month too", time.April, 31, start, calendar.Yearly, "2026-04-30", "FY2026 2026-04-30/2027-04-30"},
		"last of a month": {"and for that of May", time.April, 31, start, calendar.Monthly, "2026-05-31", "FY2026-P02 2026-05-31/2026-06-30"},
		"end of February": {"of a leap year", time.February, 31, start, calendar.Yearly, "2024-02-29", "FY2024 2024-02-29/2025-02-28"},
		"day before":      {"belongs to the year before", time.February, 31, start, calendar.Yearly, "2024-02-28", "FY2023 2023-02-28/2024-02-29"},
		"half":            {"six months on", time.July, 15, end, calendar.HalfYearly, "2026-01-15", "FY2026-H2 2026-01-15/2026-07-15"},
	} {
		t.Run(name, func(t *testing.T) {
			c := fiscalFrom(t, test.month, test.day, test.named)
			p := c.PeriodOf(test.grain, calendar.MustDay(test.on))
			if got := c.Label(p) + " " + p.String(); got != test.want {
				t.Errorf("%s: got %s, want %s", test.why, got, test.want)
			}
		})
	}
}

func TestFiscalFromRefuses(t *testing.T) {
	for _, test := range []struct {
		month time.Month
		day   int
	}{{0, 1}, {13, 1}, {-1, 1}, {4, 0}, {4, 32}, {4, -1}, {2, 29}, {2, 30}} {
		if c, err := calendar.FiscalFrom(test.month, test.day, calendar.NamedByStart); !errors.Is(err, check.ErrRange) || c != (calendar.Calendar{}) {
			t.Errorf("%d %s: %v", test.day, test.month, err)
		}
	}
	if fiscalFrom(t, time.January, 1, calendar.NamedByEnd) != (calendar.Calendar{}) || fiscalFrom(t, time.April, 1, calendar.NamedByEnd) != fiscal(t, time.April, calendar.NamedByEnd) {
		t.Error("one calendar has two values")
	}
	if c := fiscalFrom(t, time.April, 6, calendar.NamedByStart); c.FirstDay() != 6 || c.FirstMonth() != time.April {
		t.Errorf("%v", c)
	}
}

func TestMonthsOfTheirOwnAreAmbiguousWithoutFY(t *testing.T) {
	c := fiscalFrom(t, time.April, 6, calendar.NamedByStart)
	for _, label := range []string{"2026", "2026-03", "2026-Q1"} {
		if p, err := c.Parse(label); err == nil || check.All(err)[0].Code != "ambiguous_year" {
			t.Errorf("%s: %s, %v", label, p, err)
		}
	}
	if week := c.MustParse("2026-W05"); c.Label(week) != "2026-W05" {
		t.Errorf("weeks are those of the calendar: %s", week)
	}
}

// CDC, "MMWR Weeks": weeks run from Sunday to Saturday, week 1 is the first
// with at least four days in the year; 2014 and 2020 have 53.
func TestWeeksFromSunday(t *testing.T) {
	c := startingOn(t, calendar.Calendar{}, time.Sunday)
	for label, want := range map[string]string{
		"2014-W53": "2014-12-28/2015-01-04",
		"2015-W01": "2015-01-04/2015-01-11",
		"2020-W53": "2020-12-27/2021-01-03",
		"2021-W01": "2021-01-03/2021-01-10",
		"2014-W01": "2013-12-29/2014-01-05",
	} {
		if p := c.MustParse(label); p.String() != want || c.Label(p) != label {
			t.Errorf("%s is %s, want %s", label, p, want)
		}
	}
	for _, label := range []string{"2013-W53", "2015-W53", "2019-W53"} {
		if p, err := c.Parse(label); err == nil {
			t.Errorf("%s is %s", label, p)
		}
	}
}

func TestWeeksFrom(t *testing.T) {
	if c := startingOn(t, calendar.Calendar{}, time.Monday); c != (calendar.Calendar{}) {
		t.Error("Monday is not the default")
	}
	for _, day := range []time.Weekday{-1, 7} {
		if _, err := (calendar.Calendar{}).WeeksFrom(day); !errors.Is(err, check.ErrRange) {
			t.Errorf("%d: %v", day, err)
		}
	}
	c := nrf(t)
	if same, err := c.WeeksFrom(time.Sunday); err != nil || same != c {
		t.Errorf("its own weekday: %v", err)
	}
	if _, err := c.WeeksFrom(time.Monday); !errors.Is(err, check.ErrInvalid) {
		t.Errorf("weeks that do not follow the year: %v", err)
	}
}

// The arithmetic of days against that of package time.
func TestCivilAgainstTime(t *testing.T) {
	for d := first; d <= last; d++ {
		at := d.In(nil)
		year, month, day := d.Date()
		if y, m, n := at.Date(); y != year || m != month || n != day || at.Weekday() != d.Weekday() {
			t.Fatalf("day %d is %s, want %s", d, d, at)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d := calendar.Day(rapid.Int64Range(-1<<40, 1<<40).Draw(t, "day"))
		year, month, day := d.Date()
		if d.Year() != year || d.Month() != month || d.DayOfMonth() != day {
			t.Fatalf("day %d", d)
		}
	})
}
