package calendar_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

// springFestival has New Year's Day of the Chinese calendar as the Hong Kong
// Observatory's conversion tables give it, with a week before and two after.
func springFestival() calendar.MovingHoliday {
	return calendar.MovingHoliday{Name: "春节", Before: 7, After: 14,
		Days: days("2026-02-17", "2025-01-29", "2024-02-10", "2023-01-22")}
}

func TestMovingHoliday(t *testing.T) {
	var c calendar.Calendar
	h := springFestival()
	// By hand: the windows are 22 January to 12 February 2025 and 10 February
	// to 3 March 2026, 22 days each.
	for label, want := range map[string]int64{"2025-01": 10, "2025-02": 12, "2026-01": 0, "2026-02": 19, "2026-03": 3, "2025": 22, "2025-07": 0} {
		if got := h.DaysIn(c.MustParse(label)); got != want {
			t.Errorf("%s holds %d days, want %d", label, got, want)
		}
	}
	l := calendar.LikeForLike{Against: calendar.YearBefore, Holidays: []calendar.MovingHoliday{h}}
	pair, err := l.ToDate(c.MustParse("2026-02"), calendar.MustDay("2026-02-28"))
	want := []check.Finding{{Code: "moving_holiday", Severity: check.Warning, Subject: "春节", Args: map[string]string{"now": "19", "then": "12"}}}
	if err != nil || !cmp.Equal(pair.Findings, want) {
		t.Errorf("February 2026: %v, %v", pair.Findings, err)
	}
	pair, err = l.ToDate(c.MustParse("2025"), calendar.MustDay("2025-12-31"))
	if err != nil || slices.ContainsFunc(pair.Findings, func(f check.Finding) bool { return f.Code == "moving_holiday" }) {
		t.Errorf("both years hold one: %v, %v", pair.Findings, err)
	}
}

// January and February together hold 春节 whole, with a window that ends in
// them.
func TestJanuaryFebruary(t *testing.T) {
	h := springFestival()
	h.After = 10
	l := calendar.LikeForLike{Against: calendar.YearBefore, Holidays: []calendar.MovingHoliday{h}}
	both, err := calendar.JanuaryFebruary(2026)
	if err != nil || both.String() != "2026-01-01/2026-03-01" {
		t.Fatalf("%s, %v", both, err)
	}
	pair, err := l.ToDate(both, calendar.MustDay("2026-02-28"))
	if err != nil || len(pair.Findings) != 0 || pair.Then.String() != "2025-01-01/2025-03-01" {
		t.Errorf("%+v, %v", pair, err)
	}
	for _, year := range []int{1899, 2201} {
		if p, err := calendar.JanuaryFebruary(year); err == nil {
			t.Errorf("%d is %s", year, p)
		}
	}
}

func TestMovingHolidayRefuses(t *testing.T) {
	h := calendar.MovingHoliday{Before: -1, After: 181, Days: append(days("2026-02-17"), 0, first-1)}
	var got []string
	for _, e := range check.All(h.Validate()) {
		got = append(got, e.Path+" "+e.Code)
	}
	if want := "name missing_name; before window_out_of_range; after window_out_of_range; days[1] missing_day; days[2] year_out_of_range"; strings.Join(got, "; ") != want {
		t.Errorf("%v", got)
	}
	for gap, overlap := range map[int]bool{0: true, 4: true, 5: false} {
		h := calendar.MovingHoliday{Name: "x", Before: 2, After: 2, Days: []calendar.Day{first, first.Add(gap)}}
		if err := h.Validate(); (err != nil) != overlap {
			t.Errorf("%d days apart: %v", gap, err)
		}
	}
	twice := calendar.LikeForLike{Holidays: []calendar.MovingHoliday{{Name: "x"}, {Name: "x"}}}
	if err := twice.Validate(); len(check.All(err)) != 1 || check.All(err)[0].Path != "holidays[1].name" {
		t.Errorf("%v", err)
	}
}

func TestMatchDays(t *testing.T) {
	var c calendar.Calendar
	l := calendar.LikeForLike{Against: calendar.YearBefore, Holidays: []calendar.MovingHoliday{springFestival()}}
	for _, test := range []struct{ why, day, want string }{
		{"New Year's Day against itself", "2026-02-17", "2025-01-29"},
		{"its eve", "2026-02-16", "2025-01-28"},
		{"the last day of the window", "2026-03-03", "2025-02-12"},
		{"an ordinary day", "2026-03-04", "2025-03-04"},
		{"would stand against a day in the window", "2026-01-25", ""},
		{"2022 was not given", "2023-01-22", ""},
		{"29 February in the window of 10 February 2024 is none", "2024-02-29", ""},
	} {
		p := c.MustParse(test.day)
		match, err := l.MatchDays(p)
		switch {
		case err != nil || len(match.Pairs)+len(match.LeftOut) != 1:
			t.Errorf("%s: %+v, %v", test.why, match, err)
		case test.want == "" && len(match.Pairs) != 0:
			t.Errorf("%s: %s stands against %s", test.why, test.day, match.Pairs[0].Then)
		case test.want != "" && (len(match.Pairs) == 0 || match.Pairs[0].Then.String() != test.want):
			t.Errorf("%s: %+v, want %s", test.why, match, test.want)
		}
	}
	if _, err := (calendar.LikeForLike{}).MatchDays(c.MustParse("2026")); err == nil {
		t.Error("matched with the period before")
	}
	if _, err := l.MatchDays(calendar.Period{}); err == nil {
		t.Error("matched no period")
	}
	if _, err := (calendar.LikeForLike{Against: 7}).MatchDays(c.MustParse("2026")); err == nil {
		t.Error("matched by a record that is not valid")
	}
}

// Every day is matched or left out, and no day of the year before serves
// twice.
func TestMatchDaysProperties(t *testing.T) {
	easter := calendar.MovingHoliday{Name: "Easter", Before: 2, After: 1, // Good Friday to Easter Monday (USNO, "The Date of Easter")
		Days: days("2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05")}
	ramadan := calendar.MovingHoliday{Name: "Ramadan", After: 29, // first days by Umm al-Qura
		Days: days("2023-03-23", "2024-03-11", "2025-03-01", "2026-02-18")}
	rapid.Check(t, func(t *rapid.T) {
		l := calendar.LikeForLike{Against: calendar.YearBefore, Calendar: drawAnyCalendar(t),
			Week53:   calendar.Week53(rapid.IntRange(0, 1).Draw(t, "week 53")),
			Holidays: rapid.Permutation([]calendar.MovingHoliday{easter, ramadan, springFestival()}).Draw(t, "holidays")}
		start := calendar.MustDay("2023-01-01").Add(rapid.IntRange(0, 1400).Draw(t, "start"))
		p, err := calendar.NewPeriod(start, start.Add(rapid.IntRange(1, 371).Draw(t, "days")))
		if err != nil {
			t.Fatal(err)
		}
		match, err := l.MatchDays(p)
		if err != nil || len(match.Pairs)+len(match.LeftOut) != p.Days() {
			t.Fatalf("%d matched and %d left out of %d, %v", len(match.Pairs), len(match.LeftOut), p.Days(), err)
		}
		served := map[calendar.Day]bool{}
		for _, pair := range match.Pairs {
			if gap := pair.Now.Sub(pair.Then); served[pair.Then] || gap < 330 || gap > 400 {
				t.Fatalf("%s stands against %s", pair.Now, pair.Then)
			}
			served[pair.Then] = true
		}
	})
}

// Each code of a finding has its sentence in both languages.
func TestFindingsHaveSentences(t *testing.T) {
	for _, f := range []check.Finding{
		{Code: "moving_holiday", Subject: "春节", Args: check.Args("now", 19, "then", 12)},
		{Code: "days_left_out", Subject: "2026-03", Args: check.Args("first", "2026-03-29", "last", "2026-03-31", "days", 3)},
		{Code: "week_53", Subject: "FY2018-W01", Args: check.Args("base", "FY2017-W01")},
		{Code: "unequal_days", Subject: "2024", Args: check.Args("now", 182, "then", 181)},
	} {
		for _, lang := range []string{"en", "zh"} {
			text := calendar.Findings().Text(f, lang)
			if !strings.Contains(text, f.Subject) || strings.ContainsAny(text, "{}") || strings.Contains(text, f.Code) {
				t.Errorf("%s in %s: %s", f.Code, lang, text)
			}
		}
	}
	if len(calendar.Findings()) != 4 {
		t.Errorf("%d codes", len(calendar.Findings()))
	}
}
