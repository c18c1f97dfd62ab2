package calendar_test

import (
	"errors"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func TestLabelsReadLooserThanWritten(t *testing.T) {
	var c calendar.Calendar
	for loose, want := range map[string]string{
		"FY2026":                "2026",
		"FY2026-Q3":             "2026-Q3",
		"FY2026-H2":             "2026-H2",
		"2026-01-01/2027-01-01": "2026",
		"2026-03-05/2026-03-06": "2026-03-05",
		"2026-03-02/2026-03-09": "2026-W10",
	} {
		p, err := c.Parse(loose)
		if err != nil || c.Label(p) != want {
			t.Errorf("%s: got %s, want %s, %v", loose, c.Label(p), want, err)
		}
	}
	if c.Label(calendar.Period{}) != "" {
		t.Error("no period has a label")
	}
}

func TestParseRefuses(t *testing.T) {
	var c calendar.Calendar
	april := fiscal(t, time.April, calendar.NamedByEnd)
	for name, test := range map[string]struct {
		why   string
		c     calendar.Calendar
		label string
		class error
		code  string
	}{
		"bare year":       {"calendar or fiscal?", april, "2026", check.ErrInvalid, "ambiguous_year"},
		"bare quarter":    {"calendar or fiscal?", april, "2026-Q1", check.ErrInvalid, "ambiguous_year"},
		"bare half":       {"calendar or fiscal?", april, "2026-H2", check.ErrInvalid, "ambiguous_year"},
		"empty":           {"no label", c, "", check.ErrInvalid, "not_a_label"},
		"FY alone":        {"no year", c, "FY", check.ErrInvalid, "not_a_label"},
		"lower case":      {"nothing is folded", c, "fy2026", check.ErrInvalid, "not_a_label"},
		"two digits":      {"which century?", c, "FY26", check.ErrInvalid, "not_a_label"},
		"space":           {"nothing is trimmed", c, "2026 ", check.ErrInvalid, "not_a_label"},
		"Q5":              {"four quarters", c, "2026-Q5", check.ErrInvalid, "not_a_label"},
		"Q0":              {"from 1", c, "2026-Q0", check.ErrInvalid, "not_a_label"},
		"H3":              {"two halves", c, "2026-H3", check.ErrInvalid, "not_a_label"},
		"Q01":             {"one digit", c, "2026-Q01", check.ErrInvalid, "not_a_label"},
		"quarter first":   {"another order", c, "Q1-2026", check.ErrInvalid, "not_a_label"},
		"month 13":        {"no such month", c, "2026-13", check.ErrInvalid, "not_a_label"},
		"month 00":        {"no such month", c, "2026-00", check.ErrInvalid, "not_a_label"},
		"FY month":        {"months carry no FY", april, "FY2026-03", check.ErrInvalid, "not_a_label"},
		"FY week":         {"weeks carry no FY", april, "FY2026-W03", check.ErrInvalid, "not_a_label"},
		"FY day":          {"days carry no FY", april, "FY2026-03-05", check.ErrInvalid, "not_a_label"},
		"week 0":          {"from 1", c, "2026-W00", check.ErrInvalid, "not_a_label"},
		"week 54":         {"never", c, "2026-W54", check.ErrInvalid, "not_a_label"},
		"week 53 of 52":   {"2025 has 52 weeks", c, "2025-W53", check.ErrInvalid, "not_a_label"},
		"week one digit":  {"two digits", c, "2026-W5", check.ErrInvalid, "not_a_label"},
		"week sign":       {"digits only", c, "2026-W+5", check.ErrInvalid, "not_a_label"},
		"31 February":     {"no such day", c, "2026-02-31", check.ErrInvalid, "not_a_label"},
		"1899":            {"before the range", c, "1899", check.ErrRange, "year_out_of_range"},
		"2201":            {"after the range", c, "2201", check.ErrRange, "year_out_of_range"},
		"FY1900 by end":   {"began in 1899", april, "FY1900", check.ErrRange, "year_out_of_range"},
		"FY2201 by end":   {"ends in 2201", april, "FY2201", check.ErrRange, "year_out_of_range"},
		"month of 1899":   {"before the range", c, "1899-12", check.ErrRange, "year_out_of_range"},
		"day of 2201":     {"after the range", c, "2201-01-01", check.ErrRange, "year_out_of_range"},
		"week of 1899":    {"before the range", c, "1899-W52", check.ErrRange, "year_out_of_range"},
		"week into 2201":  {"2201-W01 begins in 2200 and ends in 2201", c, "2201-W01", check.ErrRange, "year_out_of_range"},
		"range":           {"an end that is not after the start", c, "2026-02-01/2026-01-01", check.ErrInvalid, "end_not_after_start"},
		"range of labels": {"a range is of days", c, "2026-01/2026-02", check.ErrInvalid, "not_a_day"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := test.c.Parse(test.label)
			all := check.All(err)
			if !p.IsZero() || !errors.Is(err, test.class) || all[0].Code != test.code || all[0].Op != "calendar.Parse" {
				t.Errorf("%s: got %s, %v", test.why, p, err)
			}
		})
	}
}

// A year has week 53 where its 1 January is a Thursday, or a Wednesday of a
// leap year (Wikipedia, "ISO week date", weeks per year).
func TestWeek53(t *testing.T) {
	var c calendar.Calendar
	for year := 1900; year <= 2200; year++ {
		jan1, err := calendar.NewDay(year, time.January, 1)
		if err != nil {
			t.Fatal(err)
		}
		leap := year%4 == 0 && (year%100 != 0 || year%400 == 0)
		want := jan1.Weekday() == time.Thursday || leap && jan1.Weekday() == time.Wednesday
		_, err = c.Parse(jan1.String()[:4] + "-W53")
		if (err == nil) != want {
			t.Errorf("%d-W53: %v", year, err)
		}
	}
}

func TestLabelsParseBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, p := drawCalendar(t), drawPeriod(t, "p")
		if back, err := c.Parse(c.Label(p)); err != nil || back != p {
			t.Fatalf("%s is %q, parsed as %s, %v", p, c.Label(p), back, err)
		}
	})
}

func TestMustParsePanicsOnABadConstant(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	calendar.Calendar{}.MustParse("2026-Q5")
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"2026", "FY2026-Q3", "2026-H1", "2026-03", "2026-W05", "2026-W53", "2026-03-05", "2026-01-01/2026-02-15", "2200-W53", "9999-Q4"} {
		f.Add(s, uint8(1), uint8(0))
		f.Add(s, uint8(4), uint8(1))
	}
	f.Fuzz(func(t *testing.T, s string, month, named uint8) {
		c, err := calendar.Fiscal(time.Month(month), calendar.YearNaming(named))
		if err != nil {
			return
		}
		p, err := c.Parse(s)
		if err != nil {
			if !p.IsZero() {
				t.Fatalf("%q gave both %s and %v", s, p, err)
			}
			return
		}
		label := c.Label(p)
		if back, err := c.Parse(label); err != nil || back != p || len(label) > len(s) {
			t.Fatalf("%q is %s, labelled %q, parsed as %s, %v", s, p, label, back, err)
		}
	})
}
