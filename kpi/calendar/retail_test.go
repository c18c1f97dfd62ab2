package calendar_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

// johnson closes on the Sunday nearest the end of December.
func johnson(t interface{ Fatal(...any) }) calendar.Calendar {
	return retail(t, calendar.RetailYear{ClosingMonth: time.December, ClosingDay: time.Sunday, Closing: calendar.NearestWeekday})
}

func TestRetailLabels(t *testing.T) {
	micron := retail(t, calendar.RetailYear{ClosingMonth: time.August, ClosingDay: time.Thursday, Closing: calendar.NearestWeekday, NamedBy: calendar.NamedByEnd})
	intel := retail(t, calendar.RetailYear{ClosingMonth: time.December, ClosingDay: time.Saturday, LongMonth: 3})
	for name, test := range map[string]struct {
		why, label, want string
		c                calendar.Calendar
	}{
		// NRF 4-5-4 calendar: 2017 has 53 weeks and ends on 3 February 2018;
		// stitchfix/merch_calendar, spec: its January has 5 weeks.
		"NRF 2017":       {"53 weeks", "FY2017", "2017-01-29/2018-02-04", nrf(t)},
		"NRF January":    {"takes week 53", "FY2017-P12", "2017-12-31/2018-02-04", nrf(t)},
		"NRF week 53":    {"by number of the year", "FY2017-W53", "2018-01-28/2018-02-04", nrf(t)},
		"NRF month week": {"the same week by its month", "FY2017-P12-W5", "2018-01-28/2018-02-04", nrf(t)},
		"NRF March":      {"5 weeks", "FY2018-P02", "2018-03-04/2018-04-08", nrf(t)},
		"NRF quarter":    {"13 weeks", "FY2018-Q1", "2018-02-04/2018-05-06", nrf(t)},
		"NRF half":       {"26 weeks", "FY2018-H2", "2018-08-05/2019-02-03", nrf(t)},
		// pandas, test_fiscal.py: GH#14774 and the year ends of Johnson & Johnson.
		"J&J 2005":    {"closes in January 2006", "FY2005", "2005-01-03/2006-01-02", johnson(t)},
		"J&J 2006":    {"closes in the same calendar year", "FY2006", "2006-01-02/2007-01-01", johnson(t)},
		"Micron":      {"named by its end; pandas: 2012-08-30 closes a year", "FY2012", "2011-09-02/2012-08-31", micron},
		"Intel Q1":    {"pandas: 14 weeks to 2011-04-02", "FY2011-Q1", "2010-12-26/2011-04-03", intel},
		"Intel month": {"March has 4-4-6 in that year", "FY2011-P03", "2011-02-20/2011-04-03", intel},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := test.c.Parse(test.label)
			if err != nil || p.String() != test.want {
				t.Fatalf("%s: %s is %s, want %s, %v", test.why, test.label, p, test.want, err)
			}
			if got := test.c.Label(p); got != test.label && test.c.LabelByMonth(p) != test.label {
				t.Errorf("%s: labelled %s", test.why, got)
			}
		})
	}
}

// NRF (nrf.com, "4-5-4 Calendar"): the years of 53 weeks since 2000.
func TestNRFYearsOf53Weeks(t *testing.T) {
	c, long := nrf(t), []int{}
	for year := 2000; year <= 2024; year++ {
		switch days := c.MustParse(fmt.Sprintf("FY%d", year)).Days(); days {
		case 371:
			long = append(long, year)
		case 364:
		default:
			t.Errorf("%d has %d days", year, days)
		}
	}
	if want := []int{2000, 2006, 2012, 2017, 2023}; !slices.Equal(long, want) {
		t.Errorf("got %v, want %v", long, want)
	}
}

func TestRetailParseRefuses(t *testing.T) {
	c := nrf(t)
	for label, want := range map[string]string{
		"2017":          "ambiguous_year",
		"2017-Q1":       "ambiguous_year",
		"2017-03":       "ambiguous_year",
		"2017-W05":      "ambiguous_year",
		"FY2017-W54":    "not_a_label",
		"FY2018-W53":    "not_a_label", // 52 weeks
		"FY2017-P00":    "not_a_label",
		"FY2017-P13":    "not_a_label",
		"FY2017-P3":     "not_a_label",
		"FY2018-P12-W5": "not_a_label", // 4 weeks
		"FY2018-P12-W0": "not_a_label",
		"FY2017-P12-W":  "not_a_label",
		"FY2017-P12-5":  "not_a_label",
		"FY2017-03":     "not_a_label",
		"FY2017-Q5":     "not_a_label",
		"FY2017-X":      "not_a_label",
		"P03":           "not_a_label",
		"FY1899":        "year_out_of_range",
		"FY2200":        "year_out_of_range",
		"FY9999-W01":    "year_out_of_range",
	} {
		if p, err := c.Parse(label); err == nil || check.All(err)[0].Code != want {
			t.Errorf("%s: %s, %v, want %s", label, p, err, want)
		}
	}
	var months calendar.Calendar
	for _, label := range []string{"2026-P03", "FY2026-P03-W2", "FY2026-W14"} {
		if p, err := months.Parse(label); err == nil {
			t.Errorf("%s under the calendar year is %s", label, p)
		}
	}
	if p, err := months.Parse("FY2026-P03"); err != nil || months.Label(p) != "2026-03" {
		t.Errorf("the third month is %s, %v", p, err)
	}
}

func TestRetailRefuses(t *testing.T) {
	_, err := calendar.Retail(calendar.RetailYear{ClosingMonth: 13, ClosingDay: 7, Closing: 3, Pattern: 3, LongMonth: 13, NamedBy: 2})
	var got []string
	for _, e := range check.All(err) {
		got = append(got, e.Path+" "+e.Code)
	}
	want := []string{"closing_month not_a_month", "closing_day not_a_weekday", "closing unknown_closing",
		"pattern unknown_pattern", "long_month not_a_month", "year_named_by unknown_year_naming"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if err := (calendar.RetailYear{}).Validate(); !errors.Is(err, check.ErrRange) {
		t.Errorf("the zero RetailYear: %v", err)
	}
}

func TestRetailIsAValue(t *testing.T) {
	y := calendar.RetailYear{ClosingMonth: time.December, ClosingDay: time.Friday}
	c := retail(t, y)
	y.LongMonth, y.NamedBy = 12, calendar.NamedByEnd
	if c != retail(t, y) || !c.Equal(retail(t, y)) {
		t.Error("one calendar has two values")
	}
	if back, ok := c.RetailYear(); !ok || retail(t, back) != c || back.LongMonth != 12 || back.ClosingDay != time.Friday {
		t.Errorf("comes back as %+v", back)
	}
	if c == (calendar.Calendar{}) || c.FirstMonth() != time.January || c.FirstDay() != 0 || c.WeekStart() != time.Saturday {
		t.Errorf("%v", c)
	}
	if _, ok := (calendar.Calendar{}).RetailYear(); ok {
		t.Error("the calendar year is one of weeks")
	}
}

func drawRetailYear(t *rapid.T) calendar.RetailYear {
	return calendar.RetailYear{
		ClosingMonth: time.Month(rapid.IntRange(1, 12).Draw(t, "closing month")),
		ClosingDay:   time.Weekday(rapid.IntRange(0, 6).Draw(t, "closing day")),
		Closing:      calendar.Closing(rapid.IntRange(0, 2).Draw(t, "closing")),
		Pattern:      calendar.WeekPattern(rapid.IntRange(0, 2).Draw(t, "pattern")),
		LongMonth:    rapid.IntRange(1, 12).Draw(t, "long month"),
		NamedBy:      calendar.YearNaming(rapid.IntRange(0, 1).Draw(t, "naming")),
	}
}

// closing finds the end of the year that belongs to a closing month by
// looking at each day.
func closing(y calendar.RetailYear, year int) time.Time {
	end := time.Date(year, y.ClosingMonth+1, 0, 0, 0, 0, 0, time.UTC)
	best, distance := time.Time{}, 99
	for n := -6; n <= 6; n++ {
		d := end.AddDate(0, 0, n)
		off := n
		switch {
		case d.Weekday() != y.ClosingDay || y.Closing == calendar.LastWeekday && n > 0 || y.Closing == calendar.FollowingWeekday && n < 0:
			continue
		case n < 0:
			off = -n
		}
		if off < distance {
			best, distance = d, off
		}
	}
	return best
}

// monthsOf lays out the months of the year that closes in a month, from the
// first week on.
func monthsOf(y calendar.RetailYear, year int) []time.Time {
	pattern := map[calendar.WeekPattern][3]int{calendar.Weeks445: {4, 4, 5}, calendar.Weeks454: {4, 5, 4}, calendar.Weeks544: {5, 4, 4}}[y.Pattern]
	start, end := closing(y, year-1).AddDate(0, 0, 1), closing(y, year).AddDate(0, 0, 1)
	starts := []time.Time{start}
	for m := 1; m <= 12; m++ {
		weeks := pattern[(m-1)%3]
		if m == y.LongMonth && end.Sub(start) == 371*24*time.Hour {
			weeks++
		}
		starts = append(starts, starts[m-1].AddDate(0, 0, 7*weeks))
	}
	return starts
}

// Against the obvious model: look for the weekday, lay out the weeks.
func TestRetailAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := drawRetailYear(t)
		c := retail(t, y)
		year := rapid.IntRange(1902, 2198).Draw(t, "year")
		starts := monthsOf(y, year)
		if closing(y, year).AddDate(0, 0, 1) != starts[12] {
			t.Fatalf("the model does not add up: %v", starts)
		}
		name := year
		if y.NamedBy == calendar.NamedByStart && y.ClosingMonth != time.December {
			name--
		}
		for g, n := range map[calendar.Grain]int{calendar.Yearly: 12, calendar.HalfYearly: 6, calendar.Quarterly: 3, calendar.Monthly: 1} {
			word := map[calendar.Grain]string{calendar.HalfYearly: "-H%d", calendar.Quarterly: "-Q%d", calendar.Monthly: "-P%02d"}[g]
			for m := 0; m < 12; m += n {
				want := starts[m].Format("2006-01-02/") + starts[m+n].Format("2006-01-02")
				label := fmt.Sprintf("FY%d", name)
				if word != "" {
					label += fmt.Sprintf(word, m/n+1)
				}
				p := c.MustParse(label)
				d := p.Start().Add(rapid.IntRange(0, p.Days()-1).Draw(t, "day"))
				if p.String() != want || c.PeriodOf(g, d) != p || c.Label(p) != label {
					t.Fatalf("%+v: %s is %s, want %s; around %s %s, labelled %s", y, label, p, want, d, c.PeriodOf(g, d), c.Label(p))
				}
			}
		}
	})
}

// No gap, no overlap, and labels that parse back, for every kind of calendar.
func TestEveryCalendarTilesTheYears(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawAnyCalendar(t)
		tile(t, c, rapid.SampledFrom(everyGrain()[2:]).Draw(t, "grain"))
	})
	for _, c := range []calendar.Calendar{nrf(t), johnson(t), startingOn(t, calendar.Calendar{}, time.Sunday)} {
		tile(t, c, calendar.Weekly)
	}
}

// drawAnyCalendar draws one of every kind.
func drawAnyCalendar(t *rapid.T) calendar.Calendar {
	if rapid.Bool().Draw(t, "retail") {
		return retail(t, drawRetailYear(t))
	}
	month := time.Month(rapid.IntRange(1, 12).Draw(t, "first month"))
	day := rapid.OneOf(rapid.IntRange(1, 28), rapid.Just(31)).Draw(t, "first day")
	c, err := calendar.FiscalFrom(month, day, calendar.YearNaming(rapid.IntRange(0, 1).Draw(t, "naming")))
	if err != nil {
		t.Fatal(err)
	}
	return startingOn(t, c, time.Weekday(rapid.IntRange(0, 6).Draw(t, "week start")))
}

func startingOn(t interface{ Fatal(...any) }, c calendar.Calendar, day time.Weekday) calendar.Calendar {
	c, err := c.WeeksFrom(day)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestRetailWeeks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawAnyCalendar(t)
		week := c.PeriodOf(calendar.Weekly, drawDay(t, "day"))
		if week.IsZero() {
			t.Skip("at the edge")
		}
		if week.Days() != 7 || week.Start().Weekday() != c.WeekStart() {
			t.Fatalf("%s begins on %s", week, week.Start().Weekday())
		}
		for _, label := range []string{c.Label(week), c.LabelByMonth(week)} {
			back, err := c.Parse(label)
			if err != nil || back != week {
				t.Fatalf("%s is %q, parsed as %s, %v", week, label, back, err)
			}
		}
	})
}

func TestAnyCalendarSplitsAndShifts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawAnyCalendar(t)
		g := rapid.SampledFrom(everyGrain()[1:]).Draw(t, "grain")
		p := c.PeriodOf(g, drawDay(t, "day"))
		if p.IsZero() {
			t.Skip("at the edge")
		}
		n := rapid.IntRange(-50, 50).Draw(t, "n")
		moved, err := c.Shift(p, g, n)
		if err != nil {
			t.Skip("beyond the years")
		}
		if back, err := c.Shift(moved, g, -n); err != nil || back != p {
			t.Fatalf("%s by %d and back is %s, %v", p, n, back, err)
		}
		if n > 0 != (moved.Start() > p.Start()) && n != 0 {
			t.Fatalf("%s by %d is %s", p, n, moved)
		}
		for _, inner := range everyGrain() {
			parts, err := c.Split(p, inner)
			if c.Nests(inner, g) && err != nil {
				t.Fatalf("%v nests in %v and %s is not split: %v", inner, g, p, err)
			}
			days := 0
			for _, part := range parts {
				days += part.Days()
			}
			if err == nil && days != p.Days() {
				t.Fatalf("%d days split into %d", p.Days(), days)
			}
		}
	})
}

// The parts of a cut follow each other, each within one period of the grain
// and as long as that and the whole allow.
func TestCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, p := drawAnyCalendar(t), drawPeriod(t, "p")
		g := rapid.SampledFrom(everyGrain()[1:]).Draw(t, "grain")
		parts, err := c.Cut(p, g)
		if err != nil {
			t.Fatal(err)
		}
		at := p.Start()
		for _, part := range parts {
			if part.Start() != at || part.Days() < 1 {
				t.Fatalf("gap or overlap before %s", part)
			}
			if whole := c.PeriodOf(g, at); !whole.IsZero() {
				if both, _ := whole.Intersect(p); both != part {
					t.Fatalf("%s of %s, want %s", part, p, both)
				}
			}
			at = part.End()
		}
		if at != p.End() {
			t.Fatalf("%s ends at %s", p, at)
		}
		if whole, err := c.Split(p, g); err == nil && !slices.Equal(whole, parts) {
			t.Fatalf("cut into %v, split into %v", parts, whole)
		}
	})
	if _, err := (calendar.Calendar{}).Cut(calendar.Period{}, calendar.NoGrain); len(check.All(err)) != 2 {
		t.Errorf("%v", err)
	}
}

func TestRetailNests(t *testing.T) {
	c := nrf(t)
	for _, outer := range everyGrain()[1:] {
		if !c.Nests(calendar.Weekly, outer) {
			t.Errorf("weeks do not nest in a %s", outer)
		}
	}
	if c.Nests(calendar.Weekly, calendar.Daily) || c.Nests(calendar.Monthly, calendar.Weekly) || !c.Nests(calendar.Monthly, calendar.Quarterly) {
		t.Error("wrong way round")
	}
}

func TestAnyCalendarJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawAnyCalendar(t)
		data, err := json.Marshal(c)
		var back calendar.Calendar
		if err != nil || json.Unmarshal(data, &back) != nil || back != c {
			t.Fatalf("%s came back as %v, %v", data, back, err)
		}
	})
	for name, test := range map[string]struct {
		why, data string
		want      []string
	}{
		"bare":        {"month and day are required", `{"kind":"retail"}`, []string{"closing_day missing_weekday", "closing_month not_a_month"}},
		"other kind":  {"fields of the other kind", `{"kind":"retail","closing_month":1,"closing_day":"saturday","first_month":1}`, []string{"first_month unknown_field"}},
		"long zero":   {"no month", `{"kind":"retail","closing_month":1,"closing_day":"saturday","long_month":0}`, []string{"long_month not_a_month"}},
		"huge":        {"must not wrap", `{"kind":"retail","closing_month":4294967297,"closing_day":"saturday","long_month":4294967297}`, []string{"closing_month not_a_month", "long_month not_a_month"}},
		"words":       {"not numbers", `{"kind":"retail","closing_month":1,"closing_day":6,"closing":"near","pattern":"445"}`, []string{"closing unknown_word", "closing_day wrong_type", "pattern unknown_word"}},
		"day 0":       {"written out, it is none", `{"kind":"months","first_month":4,"first_day":0}`, []string{"first_day not_a_day_of_month"}},
		"29 February": {"not in every year", `{"kind":"months","first_month":2,"first_day":29}`, []string{"first_day not_a_day_of_month"}},
		"week start":  {"a word", `{"kind":"months","first_month":2,"week_start":"sun"}`, []string{"week_start unknown_word"}},
	} {
		t.Run(name, func(t *testing.T) {
			var c calendar.Calendar
			var got []string
			for _, e := range check.All(json.Unmarshal([]byte(test.data), &c)) {
				got = append(got, e.Path+" "+e.Code)
			}
			if diff := cmp.Diff(test.want, got); diff != "" || c != (calendar.Calendar{}) {
				t.Errorf("%s: (-want +got):\n%s", test.why, diff)
			}
		})
	}
}

func FuzzRetailParse(f *testing.F) {
	f.Add("FY2017-P12-W5", uint8(1), uint8(6), uint8(1), uint8(1), uint8(12))
	f.Add("FY2200-W53", uint8(12), uint8(0), uint8(2), uint8(0), uint8(3))
	f.Add("FY0000-W01", uint8(2), uint8(0), uint8(2), uint8(0), uint8(3))
	f.Fuzz(func(t *testing.T, s string, month, day, closing, pattern, long uint8) {
		c, err := calendar.Retail(calendar.RetailYear{ClosingMonth: time.Month(month), ClosingDay: time.Weekday(day),
			Closing: calendar.Closing(closing), Pattern: calendar.WeekPattern(pattern), LongMonth: int(long)})
		if err != nil {
			return
		}
		p, err := c.Parse(s)
		if err != nil {
			return
		}
		if back, err := c.Parse(c.Label(p)); err != nil || back != p || len(c.Label(p)) > len(s) {
			t.Fatalf("%q is %s, labelled %q, parsed as %s, %v", s, p, c.Label(p), back, err)
		}
	})
}
