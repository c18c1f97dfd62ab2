package calendar_test

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func fiscal(t interface{ Fatal(...any) }, month time.Month, named calendar.YearNaming) calendar.Calendar {
	c, err := calendar.Fiscal(month, named)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// everyCalendar gives each first month with both namings.
func everyCalendar(t *testing.T) []calendar.Calendar {
	var all []calendar.Calendar
	for m := time.January; m <= time.December; m++ {
		all = append(all, fiscal(t, m, calendar.NamedByStart), fiscal(t, m, calendar.NamedByEnd))
	}
	return all
}

func everyGrain() []calendar.Grain {
	return []calendar.Grain{calendar.Daily, calendar.Weekly, calendar.Monthly, calendar.Quarterly, calendar.HalfYearly, calendar.Yearly}
}

func TestCalendarZero(t *testing.T) {
	var c calendar.Calendar
	if c.FirstMonth() != time.January || c.YearNamedBy() != calendar.NamedByStart {
		t.Error("the zero Calendar is not the calendar year")
	}
	if c != fiscal(t, time.January, calendar.NamedByStart) || c != fiscal(t, time.January, calendar.NamedByEnd) {
		t.Error("the calendar year has two values")
	}
	if a := fiscal(t, time.April, calendar.NamedByEnd); a == c || a == fiscal(t, time.April, calendar.NamedByStart) ||
		a.FirstMonth() != time.April || a.YearNamedBy() != calendar.NamedByEnd {
		t.Error("two calendars are one")
	}
}

func TestFiscalRefuses(t *testing.T) {
	for _, month := range []time.Month{0, 13, -1} {
		if _, err := calendar.Fiscal(month, calendar.NamedByEnd); !errors.Is(err, check.ErrRange) {
			t.Errorf("month %d: %v", month, err)
		}
	}
	_, err := calendar.Fiscal(13, 2)
	if !errors.Is(err, check.ErrRange) || !errors.Is(err, check.ErrUnknown) {
		t.Errorf("not both problems: %v", err)
	}
}

func TestPeriodOf(t *testing.T) {
	for name, test := range map[string]struct {
		why   string
		month time.Month
		named calendar.YearNaming
		grain calendar.Grain
		day   string
		want  string // label and days
	}{
		// U.S. federal fiscal year: 31 U.S.C. 1102, "begins on October 1 of
		// each year and ends on September 30 of the following year"; FY2026
		// is the one that ends in 2026.
		"federal year":    {"first day", time.October, calendar.NamedByEnd, calendar.Yearly, "2025-10-01", "FY2026 2025-10-01/2026-10-01"},
		"federal last":    {"last day", time.October, calendar.NamedByEnd, calendar.Yearly, "2026-09-30", "FY2026 2025-10-01/2026-10-01"},
		"federal quarter": {"second quarter, January to March", time.October, calendar.NamedByEnd, calendar.Quarterly, "2026-01-01", "FY2026-Q2 2026-01-01/2026-04-01"},
		// npm fy-quarter, README: year from April named by its end, 23 June
		// 2022 lies in the first quarter of 2023.
		"fy-quarter": {"another library's example", time.April, calendar.NamedByEnd, calendar.Quarterly, "2022-06-23", "FY2023-Q1 2022-04-01/2022-07-01"},
		// pub.dev extension_utils: from April, 1 April 2024 is in quarter 1
		// and 1 July in quarter 2.
		"extension_utils Q1": {"another library's example", time.April, calendar.NamedByStart, calendar.Quarterly, "2024-04-01", "FY2024-Q1 2024-04-01/2024-07-01"},
		"extension_utils Q2": {"another library's example", time.April, calendar.NamedByStart, calendar.Quarterly, "2024-07-01", "FY2024-Q2 2024-07-01/2024-10-01"},
		"half":               {"second half of a year from July", time.July, calendar.NamedByStart, calendar.HalfYearly, "2026-02-10", "FY2025-H2 2026-01-01/2026-07-01"},
		"december":           {"a year from December is nearly the next", time.December, calendar.NamedByEnd, calendar.Yearly, "2025-12-01", "FY2026 2025-12-01/2026-12-01"},
		"quarter over year":  {"from February, the last quarter crosses New Year", time.February, calendar.NamedByStart, calendar.Quarterly, "2026-01-31", "FY2025-Q4 2025-11-01/2026-02-01"},
		"leap month":         {"29 days", time.January, calendar.NamedByStart, calendar.Monthly, "2024-02-29", "2024-02 2024-02-01/2024-03-01"},
		// ISO weeks: the examples of ISO 8601 as in Wikipedia, "ISO week date".
		"week 2004-W53":  {"1 January 2005 is in the old year's week", time.January, calendar.NamedByStart, calendar.Weekly, "2005-01-01", "2004-W53 2004-12-27/2005-01-03"},
		"week 2008-W01":  {"31 December 2007 is in the new year's week", time.January, calendar.NamedByStart, calendar.Weekly, "2007-12-31", "2008-W01 2007-12-31/2008-01-07"},
		"week 2009-W53":  {"3 January 2010 is a Sunday", time.January, calendar.NamedByStart, calendar.Weekly, "2010-01-03", "2009-W53 2009-12-28/2010-01-04"},
		"week of fiscal": {"weeks do not follow the fiscal year", time.April, calendar.NamedByEnd, calendar.Weekly, "2008-12-29", "2009-W01 2008-12-29/2009-01-05"},
	} {
		t.Run(name, func(t *testing.T) {
			c := fiscal(t, test.month, test.named)
			p := c.PeriodOf(test.grain, calendar.MustDay(test.day))
			if got := c.Label(p) + " " + p.String(); got != test.want {
				t.Errorf("%s: got %s, want %s", test.why, got, test.want)
			}
		})
	}
}

// At both ends of the years the periods that would reach beyond do not
// exist.
func TestPeriodOfAtTheEdges(t *testing.T) {
	april := fiscal(t, time.April, calendar.NamedByEnd)
	for name, test := range map[string]struct {
		why   string
		grain calendar.Grain
		day   calendar.Day
		none  bool
	}{
		"year before":    {"FY1900 began in 1899", calendar.Yearly, calendar.MustDay("1900-03-31"), true},
		"first year":     {"April 1900 to March 1901", calendar.Yearly, calendar.MustDay("1900-04-01"), false},
		"last year":      {"April 2199 to March 2200", calendar.Yearly, calendar.MustDay("2200-03-31"), false},
		"year after":     {"ends in 2201", calendar.Yearly, calendar.MustDay("2200-04-01"), true},
		"quarter before": {"January to March 1900 is whole", calendar.Quarterly, first, false},
		"first week":     {"1900-01-01 is a Monday", calendar.Weekly, first, false},
		"last week":      {"2200-12-29 to 2201-01-04", calendar.Weekly, last, true},
		"last month":     {"December 2200", calendar.Monthly, last, false},
		"no day":         {"nothing contains no day", calendar.Daily, 0, true},
		"too early":      {"made by arithmetic", calendar.Daily, first - 1, true},
		"too late":       {"made by arithmetic", calendar.Monthly, last + 1, true},
		"far":            {"made by arithmetic", calendar.Yearly, 1 << 60, true},
		"no grain":       {"not cut by time", calendar.NoGrain, first, true},
		"other grain":    {"outside the constants", calendar.Yearly + 1, first, true},
	} {
		t.Run(name, func(t *testing.T) {
			if p := april.PeriodOf(test.grain, test.day); p.IsZero() != test.none {
				t.Errorf("%s: got %s", test.why, p)
			}
		})
	}
}

// No gap, no overlap, and labels that parse back: every period of every
// grain over all years, for every first month and both namings.
func TestPeriodsTileTheYears(t *testing.T) {
	for i, c := range everyCalendar(t) {
		for _, g := range everyGrain() {
			if g <= calendar.Monthly && i > 0 {
				continue // days, weeks and months are those of every calendar, see TestMonthsFollowNoFiscalYear
			}
			tile(t, c, g)
		}
	}
}

func tile(t interface{ Fatalf(string, ...any) }, c calendar.Calendar, g calendar.Grain) {
	d := first
	for d <= last && c.PeriodOf(g, d).IsZero() {
		d++ // days of a period that began before the range
	}
	before, labels := calendar.Period{}, map[string]bool{}
	for d <= last {
		p := c.PeriodOf(g, d)
		if p.IsZero() {
			break
		}
		if p.Start() != d || !before.IsZero() && p.Start() != before.End() {
			t.Fatalf("%v %s: gap or overlap between %s and %s", c, g, before, p)
		}
		if p != c.PeriodOf(g, p.Last()) || p != c.PeriodOf(g, p.Start()+calendar.Day(p.Days()/2)) {
			t.Fatalf("%v %s: %s does not contain its own days", c, g, p)
		}
		label := c.Label(p)
		if back, err := c.Parse(label); err != nil || back != p || labels[label] {
			t.Fatalf("%v %s: %s is %q, parsed as %s, %v", c, g, p, label, back, err)
		}
		labels[label] = true
		if got, ok := c.GrainOf(p); !ok || got != g {
			t.Fatalf("%v: %s is a %s, want %s", c, p, got, g)
		}
		before, d = p, p.End()
	}
	if last.Sub(before.End()) >= 371 || before.Start().IsZero() {
		t.Fatalf("%v %s: ends at %s", c, g, before)
	}
}

func TestMonthsFollowNoFiscalYear(t *testing.T) {
	all := everyCalendar(t)
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(all).Draw(t, "calendar")
		g := rapid.SampledFrom([]calendar.Grain{calendar.Daily, calendar.Weekly, calendar.Monthly}).Draw(t, "grain")
		d := drawDay(t, "day")
		want := calendar.Calendar{}.PeriodOf(g, d)
		if got := c.PeriodOf(g, d); got != want || c.Label(got) != (calendar.Calendar{}).Label(want) {
			t.Fatalf("%v: the %s of %s is %s, want %s", c, g, d, got, want)
		}
	})
}

func drawCalendar(t *rapid.T) calendar.Calendar {
	return fiscal(t,
		time.Month(rapid.IntRange(1, 12).Draw(t, "first month")),
		calendar.YearNaming(rapid.IntRange(0, 1).Draw(t, "naming")))
}

// Against the obvious model: step by whole calendar months or days.
func TestPeriodOfAgainstStepping(t *testing.T) {
	length := map[calendar.Grain][2]int{ // months, days
		calendar.Daily: {0, 1}, calendar.Weekly: {0, 7}, calendar.Monthly: {1, 0},
		calendar.Quarterly: {3, 0}, calendar.HalfYearly: {6, 0}, calendar.Yearly: {12, 0},
	}
	rapid.Check(t, func(t *rapid.T) {
		c, d := drawCalendar(t), drawDay(t, "day")
		g := rapid.SampledFrom(everyGrain()).Draw(t, "grain")
		year, month, day := d.Date()
		at := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
		start := time.Date(year-1, c.FirstMonth(), 1, 0, 0, 0, 0, time.UTC)
		if g == calendar.Weekly {
			for start.Weekday() != time.Monday {
				start = start.AddDate(0, 0, 1)
			}
		}
		end := start.AddDate(0, length[g][0], length[g][1])
		for !at.Before(end) {
			start, end = end, end.AddDate(0, length[g][0], length[g][1])
		}
		want := start.Format("2006-01-02/") + end.Format("2006-01-02")
		if start.Year() < 1900 || end.Format("2006-01-02") > "2201-01-01" {
			want = ""
		}
		if got := c.PeriodOf(g, d).String(); got != want {
			t.Fatalf("the %s of %s from %s: got %s, want %s", g, d, c.FirstMonth(), got, want)
		}
	})
}

func TestSplit(t *testing.T) {
	var c calendar.Calendar
	april := fiscal(t, time.April, calendar.NamedByStart)
	for name, test := range map[string]struct {
		why    string
		c      calendar.Calendar
		period string
		grain  calendar.Grain
		want   string
	}{
		"year in quarters":   {"four", c, "2026", calendar.Quarterly, "2026-Q1 2026-Q2 2026-Q3 2026-Q4"},
		"fiscal in halves":   {"two", april, "FY2026", calendar.HalfYearly, "FY2026-H1 FY2026-H2"},
		"fiscal in quarters": {"the last is in the next calendar year", april, "FY2026-H2", calendar.Monthly, "2026-10 2026-11 2026-12 2027-01 2027-02 2027-03"},
		"itself":             {"a month is one month", c, "2026-02", calendar.Monthly, "2026-02"},
		"range":              {"any whole months will do", c, "2025-12-01/2026-02-01", calendar.Monthly, "2025-12 2026-01"},
		"weeks":              {"two ISO weeks over New Year", c, "2026-12-28/2027-01-11", calendar.Weekly, "2026-W53 2027-W01"},
		"days":               {"everything is made of days", c, "2026-02-27/2026-03-02", calendar.Daily, "2026-02-27 2026-02-28 2026-03-01"},
		"the last year":      {"ends on 2201-01-01", c, "2200", calendar.HalfYearly, "2200-H1 2200-H2"},
	} {
		t.Run(name, func(t *testing.T) {
			parts, err := test.c.Split(test.c.MustParse(test.period), test.grain)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range parts {
				got = append(got, test.c.Label(p))
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("%s: got %v, want %s", test.why, got, test.want)
			}
		})
	}
}

func TestSplitAndShiftRefuse(t *testing.T) {
	var c calendar.Calendar
	april := fiscal(t, time.April, calendar.NamedByStart)
	for name, test := range map[string]struct {
		why    string
		c      calendar.Calendar
		period calendar.Period
		grain  calendar.Grain
		want   []string
	}{
		"start off":         {"the start alone", c, c.MustParse("2026-01-15/2026-03-01"), calendar.Monthly, []string{"start not_on_grain 2026-01-15"}},
		"end off":           {"the end alone", c, c.MustParse("2026-01-01/2026-02-15"), calendar.Monthly, []string{"end not_on_grain 2026-02-15"}},
		"both off":          {"a month is no quarter", c, c.MustParse("2026-02"), calendar.Quarterly, []string{"start not_on_grain 2026-02-01", "end not_on_grain 2026-03-01"}},
		"calendar year":     {"a year from January is none from April", april, c.MustParse("2026"), calendar.Yearly, []string{"start not_on_grain 2026-01-01", "end not_on_grain 2027-01-01"}},
		"weeks":             {"weeks do not nest in months", c, c.MustParse("2026-01"), calendar.Weekly, []string{"start not_on_grain 2026-01-01", "end not_on_grain 2026-02-01"}},
		"weeks of the last": {"the last week reaches into 2201", c, c.MustParse("2200-12-22/2201-01-01"), calendar.Weekly, []string{"end not_on_grain 2201-01-01"}},
		"no grain":          {"cannot be cut", c, c.MustParse("2026"), calendar.NoGrain, []string{"grain not_a_grain none"}},
		"other grain":       {"outside the constants", c, c.MustParse("2026"), calendar.Yearly + 1, []string{"grain not_a_grain unknown"}},
		"no period":         {"nothing to cut", c, calendar.Period{}, calendar.Monthly, []string{"period missing_period "}},
	} {
		t.Run(name, func(t *testing.T) {
			parts, splitErr := test.c.Split(test.period, test.grain)
			shifted, shiftErr := test.c.Shift(test.period, test.grain, 1)
			if parts != nil || !shifted.IsZero() {
				t.Errorf("got %v and %v", parts, shifted)
			}
			for op, err := range map[string]error{"calendar.Split": splitErr, "calendar.Shift": shiftErr} {
				var got []string
				for _, e := range check.All(err) {
					got = append(got, e.Path+" "+e.Code+" "+e.Value)
					if e.Op != op {
						t.Errorf("op %q", e.Op)
					}
				}
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("%s (-want +got):\n%s", test.why, diff)
				}
			}
		})
	}
}

func TestShift(t *testing.T) {
	var c calendar.Calendar
	for name, test := range map[string]struct {
		why    string
		period string
		grain  calendar.Grain
		n      int
		want   string
	}{
		"february on":     {"March whole, not 28 days of it", "2026-02", calendar.Monthly, 1, "2026-03"},
		"march back":      {"February whole, not 31 days of it", "2026-03", calendar.Monthly, -1, "2026-02"},
		"leap year":       {"29 days against 28", "2024-02", calendar.Monthly, 12, "2025-02"},
		"year before":     {"the same quarter", "2026-Q1", calendar.Quarterly, -4, "2025-Q1"},
		"quarter by year": {"a quarter moved by twelve months", "2026-Q1", calendar.Monthly, 12, "2027-Q1"},
		"by one month":    {"three months, one later", "2026-Q1", calendar.Monthly, 1, "2026-02-01/2026-05-01"},
		"year by quarter": {"four quarters, one back", "2026", calendar.Quarterly, -1, "2025-10-01/2026-10-01"},
		"week":            {"over a year of 53 weeks", "2026-W53", calendar.Weekly, 1, "2027-W01"},
		"day":             {"over February", "2026-02-28", calendar.Daily, 1, "2026-03-01"},
		"range of days":   {"a range shifts by days only", "2026-01-10/2026-01-20", calendar.Daily, 30, "2026-02-09/2026-02-19"},
		"zero":            {"nowhere", "2026-H1", calendar.HalfYearly, 0, "2026-H1"},
		"to the last":     {"2200 is the last year", "2026", calendar.Yearly, 174, "2200"},
		"to the first":    {"1900 is the first", "2026", calendar.Yearly, -126, "1900"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := c.Shift(c.MustParse(test.period), test.grain, test.n)
			if err != nil || c.Label(got) != test.want {
				t.Errorf("%s: got %s, want %s, %v", test.why, c.Label(got), test.want, err)
			}
		})
	}
	for _, n := range []int{175, -127, 1 << 20, -1 << 20, math.MaxInt, math.MinInt} {
		if p, err := c.Shift(c.MustParse("2026"), calendar.Yearly, n); !errors.Is(err, check.ErrRange) {
			t.Errorf("by %d years: %s, %v", n, p, err)
		}
	}
}

func TestSplitAndShiftProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := drawCalendar(t)
		g := rapid.SampledFrom(everyGrain()[1:]).Draw(t, "grain")
		from := c.PeriodOf(g, drawDay(t, "from"))
		to := c.PeriodOf(g, from.Start().Add(rapid.IntRange(0, 2000).Draw(t, "days")))
		if from.IsZero() || to.IsZero() {
			t.Skip("at the edge of the years")
		}
		p, err := calendar.NewPeriod(from.Start(), to.End())
		if err != nil {
			t.Fatal(err)
		}
		parts, err := c.Split(p, g)
		if err != nil || parts[0] != from || parts[len(parts)-1] != to {
			t.Fatalf("%s in %ss: %v, %v", p, g, parts, err)
		}
		days := 0
		for i, part := range parts {
			days += part.Days()
			if i > 0 && part.Start() != parts[i-1].End() {
				t.Fatalf("gap or overlap before %s", part)
			}
		}
		if days != p.Days() {
			t.Fatalf("%d days split into %d", p.Days(), days)
		}
		n, m := rapid.IntRange(-20, 20).Draw(t, "n"), rapid.IntRange(-20, 20).Draw(t, "m")
		once, err1 := c.Shift(p, g, n)
		if err1 != nil {
			t.Skip("beyond the years")
		}
		if back, err := c.Shift(once, g, -n); err != nil || back != p {
			t.Fatalf("%s by %d and back is %s, %v", p, n, back, err)
		}
		twice, err1 := c.Shift(once, g, m)
		direct, err2 := c.Shift(p, g, n+m)
		if twice != direct || (err1 == nil) != (err2 == nil) {
			t.Fatalf("%s by %d and %d is %s, at once %s", p, n, m, twice, direct)
		}
		if moved, err := c.Split(once, g); err != nil || len(moved) != len(parts) {
			t.Fatalf("%d periods became %d, %v", len(parts), len(moved), err)
		}
	})
}

// Nests says what Split then does.
func TestNestsAgreesWithSplit(t *testing.T) {
	for _, c := range everyCalendar(t) {
		for _, outer := range everyGrain() {
			for _, inner := range everyGrain() {
				all := true
				for d := calendar.MustDay("2024-01-01"); d < calendar.MustDay("2027-01-01"); d += 19 {
					_, err := c.Split(c.PeriodOf(outer, d), inner)
					all = all && err == nil
				}
				if got := c.Nests(inner, outer); got != all {
					t.Errorf("%v: %s in %s: %v, Split says %v", c, inner, outer, got, all)
				}
			}
		}
		if c.Nests(calendar.NoGrain, calendar.Yearly) || c.Nests(calendar.Daily, calendar.NoGrain) || c.Nests(calendar.NoGrain, calendar.NoGrain) {
			t.Error("no grain nests")
		}
	}
}

func TestGrainAndNamingWords(t *testing.T) {
	var words []string
	for g := calendar.NoGrain; g <= calendar.Yearly; g++ {
		text, err := g.MarshalText()
		var back calendar.Grain
		if err != nil || back.UnmarshalText(text) != nil || back != g || g.String() != string(text) {
			t.Errorf("%d: %s %v %v", g, text, back, err)
		}
		words = append(words, g.String())
	}
	if want := []string{"none", "day", "week", "month", "quarter", "half", "year"}; !slices.Equal(words, want) {
		t.Errorf("got %v, want %v", words, want)
	}
	for n, word := range map[calendar.YearNaming]string{calendar.NamedByStart: "start", calendar.NamedByEnd: "end"} {
		text, err := n.MarshalText()
		var back calendar.YearNaming
		if err != nil || string(text) != word || back.UnmarshalText(text) != nil || back != n {
			t.Errorf("%s: %s %v %v", word, text, back, err)
		}
	}
	g, n := calendar.Weekly, calendar.NamedByEnd
	for _, word := range []string{"", "Month", "monthly", "unknown", "START"} {
		if g.UnmarshalText([]byte(word)) == nil || n.UnmarshalText([]byte(word)) == nil || g != calendar.Weekly || n != calendar.NamedByEnd {
			t.Errorf("%q was read", word)
		}
	}
	if _, err := calendar.Grain(7).MarshalText(); !errors.Is(err, check.ErrUnknown) || calendar.Grain(7).String() != "unknown" {
		t.Error("a grain outside the constants was written")
	}
	if _, err := calendar.YearNaming(2).MarshalText(); !errors.Is(err, check.ErrUnknown) || calendar.YearNaming(2).String() != "unknown" {
		t.Error("a naming outside the constants was written")
	}
}

func TestCalendarJSON(t *testing.T) {
	for _, c := range everyCalendar(t) {
		data, err := json.Marshal(c)
		var back calendar.Calendar
		if err != nil || json.Unmarshal(data, &back) != nil || back != c {
			t.Errorf("%s came back as %v, %v", data, back, err)
		}
	}
	if data, _ := json.Marshal(calendar.Calendar{}); string(data) != `{"kind":"months","first_month":1,"year_named_by":"start"}` {
		t.Errorf("the calendar year is %s", data)
	}
	before := fiscal(t, time.April, calendar.NamedByEnd)
	for name, test := range map[string]struct {
		why, data string
		want      []string
	}{
		"empty":       {"kind and month are required", `{}`, []string{"kind unknown_calendar", "first_month not_a_month"}},
		"other kind":  {"not known here", `{"kind":"weeks","first_month":4}`, []string{"kind unknown_calendar"}},
		"month 13":    {"no such month", `{"kind":"months","first_month":13}`, []string{"first_month not_a_month"}},
		"huge month":  {"must not wrap to 1 on a 32-bit int", `{"kind":"months","first_month":4294967297}`, []string{"first_month not_a_month"}},
		"month text":  {"a number", `{"kind":"months","first_month":"April"}`, []string{"first_month wrong_type"}},
		"naming":      {"start or end", `{"kind":"months","first_month":4,"year_named_by":"middle"}`, []string{"year_named_by unknown_year_naming"}},
		"extra field": {"strict", `{"kind":"months","first_month":4,"last_day":6}`, []string{"last_day unknown_field"}},
		"text":        {"not an object", `"months"`, []string{" wrong_type"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := before
			var got []string
			for _, e := range check.All(json.Unmarshal([]byte(test.data), &c)) {
				got = append(got, e.Path+" "+e.Code)
			}
			if diff := cmp.Diff(test.want, got); diff != "" || c != before {
				t.Errorf("%s: %v (-want +got):\n%s", test.why, c, diff)
			}
		})
	}
	c := before
	if err := json.Unmarshal([]byte("null"), &c); err != nil || c != before {
		t.Errorf("null changed the calendar to %v, %v", c, err)
	}
}

func FuzzCalendarJSON(f *testing.F) {
	f.Add([]byte(`{"kind":"months","first_month":4,"year_named_by":"end"}`))
	f.Add([]byte(`{"kind":"months","first_month":1.5}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var c, again calendar.Calendar
		if c.UnmarshalJSON(data) != nil {
			return
		}
		out, err := json.Marshal(c)
		if err != nil || json.Unmarshal(out, &again) != nil || again != c {
			t.Fatalf("%s came back as %v, %v", out, again, err)
		}
	})
}
