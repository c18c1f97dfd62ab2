package calendar_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func TestToDate(t *testing.T) {
	var c calendar.Calendar
	april := fiscal(t, time.April, calendar.NamedByStart)
	restated := func(against calendar.Against) calendar.LikeForLike {
		return calendar.LikeForLike{Calendar: nrf(t), Against: against, Week53: calendar.Restated}
	}
	before := calendar.LikeForLike{Calendar: c}
	year := calendar.LikeForLike{Calendar: c, Against: calendar.YearBefore}
	sameDate := func(l calendar.LikeForLike) calendar.LikeForLike { l.Match = calendar.BySameDate; return l }
	retailYear := calendar.LikeForLike{Calendar: nrf(t), Against: calendar.YearBefore}
	for name, test := range map[string]struct {
		why          string
		like         calendar.LikeForLike
		period, asOf string
		now, then    string // first and last day
		findings     string
	}{
		// All of these are worked by hand on the calendar.
		"month to date":           {"20 days against 20", before, "2026-03", "2026-03-20", "2026-03-01 2026-03-20", "2026-02-01 2026-02-20", ""},
		"31 March":                {"February has 28 days: so does March here", before, "2026-03", "2026-03-31", "2026-03-01 2026-03-28", "2026-02-01 2026-02-28", "days_left_out 2026-03 2026-03-29 2026-03-31"},
		"31 March by date":        {"asked for by name: month end to month end", sameDate(before), "2026-03", "2026-03-31", "2026-03-01 2026-03-31", "2026-02-01 2026-02-28", "unequal_days 2026-03"},
		"30 March by date":        {"February's last day", sameDate(before), "2026-03", "2026-03-30", "2026-03-01 2026-03-30", "2026-02-01 2026-02-28", "unequal_days 2026-03"},
		"month over":              {"January's last three days stand against nothing", before, "2026-02", "2026-02-28", "2026-02-01 2026-02-28", "2026-01-01 2026-01-28", "days_left_out 2026-01 2026-01-29 2026-01-31"},
		"long after":              {"the same as on the last day", before, "2026-02", "2027-01-01", "2026-02-01 2026-02-28", "2026-01-01 2026-01-28", "days_left_out 2026-01 2026-01-29 2026-01-31"},
		"quarter to date":         {"day 50 against day 50", before, "2026-Q2", "2026-05-20", "2026-04-01 2026-05-20", "2026-01-01 2026-02-19", ""},
		"quarter by date":         {"20 May against 20 February", sameDate(before), "2026-Q2", "2026-05-20", "2026-04-01 2026-05-20", "2026-01-01 2026-02-20", "unequal_days 2026-Q2"},
		"two months":              {"January and February as one", before, "2026-01-01/2026-03-01", "2026-02-10", "2026-01-01 2026-02-10", "2025-11-01 2025-12-11", ""},
		"year to date, leap":      {"equal numbers of days, so a day later", year, "2024", "2024-06-30", "2024-01-01 2024-06-30", "2023-01-01 2023-07-01", ""},
		"year to date by date":    {"182 days against 181", sameDate(year), "2024", "2024-06-30", "2024-01-01 2024-06-30", "2023-01-01 2023-06-30", "unequal_days 2024"},
		"leap year over":          {"its last day has no counterpart", year, "2024", "2024-12-31", "2024-01-01 2024-12-30", "2023-01-01 2023-12-31", "days_left_out 2024 2024-12-31 2024-12-31"},
		"leap February":           {"the 29th has none", year, "2024-02", "2024-02-29", "2024-02-01 2024-02-28", "2023-02-01 2023-02-28", "days_left_out 2024-02 2024-02-29 2024-02-29"},
		"after leap February":     {"29 February 2024 is left out", year, "2025-02", "2025-02-28", "2025-02-01 2025-02-28", "2024-02-01 2024-02-28", "days_left_out 2024-02 2024-02-29 2024-02-29"},
		"after leap, by date":     {"month end to month end", sameDate(year), "2025-02", "2025-02-28", "2025-02-01 2025-02-28", "2024-02-01 2024-02-29", "unequal_days 2025-02"},
		"year, month end in leap": {"end of February to end of February", sameDate(year), "2025", "2025-02-28", "2025-01-01 2025-02-28", "2024-01-01 2024-02-29", "unequal_days 2025"},
		"29 February":             {"a day stands against the 28th", year, "2024-02-29", "2024-02-29", "2024-02-29 2024-02-29", "2023-02-28 2023-02-28", ""},
		"a range of days":         {"from the same date on, as long", year, "2026-03-10/2026-03-25", "2026-03-20", "2026-03-10 2026-03-20", "2025-03-10 2025-03-20", ""},
		"days before":             {"as many directly before", before, "2026-03-10/2026-03-20", "2026-03-15", "2026-03-10 2026-03-15", "2026-02-28 2026-03-05", ""},
		"fiscal year":             {"from April to April", calendar.LikeForLike{Calendar: april, Against: calendar.YearBefore}, "FY2026", "2026-04-30", "2026-04-01 2026-04-30", "2025-04-01 2025-04-30", ""},
		"ISO week":                {"the same number", year, "2026-W10", "2026-03-05", "2026-03-02 2026-03-05", "2025-03-03 2025-03-06", ""},
		"ISO week after a long":   {"2021-W01 against 2020-W01", year, "2021-W01", "2021-01-10", "2021-01-04 2021-01-10", "2019-12-30 2020-01-05", "week_53 2021-W01"},
		"ISO week restated":       {"52 weeks before is 2020-W02", calendar.LikeForLike{Against: calendar.YearBefore, Week53: calendar.Restated}, "2021-W01", "2021-01-10", "2021-01-04 2021-01-10", "2020-01-06 2020-01-12", ""},
		"ISO week 53 restated":    {"52 weeks before is the first of that year", calendar.LikeForLike{Against: calendar.YearBefore, Week53: calendar.Restated}, "2020-W53", "2021-01-03", "2020-12-28 2021-01-03", "2019-12-30 2020-01-05", ""},
		"week before":             {"over the turn of the year", before, "2026-W01", "2026-01-04", "2025-12-29 2026-01-04", "2025-12-22 2025-12-28", ""},
		"retail week":             {"by number, six days apart in the calendar", retailYear, "FY2018-W01", "2018-02-10", "2018-02-04 2018-02-10", "2017-01-29 2017-02-04", "week_53 FY2018-W01"},
		"retail week restated":    {"NRF, restated 2017: week 1 is 5 to 11 February", restated(calendar.YearBefore), "FY2018-W01", "2018-02-10", "2018-02-04 2018-02-10", "2017-02-05 2017-02-11", ""},
		"retail day":              {"the same day of the same week", retailYear, "2018-02-07", "2018-02-07", "2018-02-07 2018-02-07", "2017-02-01 2017-02-01", "week_53 2018-02-07"},
		"retail day restated":     {"52 weeks before", restated(calendar.YearBefore), "2018-02-07", "2018-02-07", "2018-02-07 2018-02-07", "2017-02-08 2017-02-08", ""},
		"retail year":             {"weeks 1 to 52; week 53 is ignored", retailYear, "FY2018", "2019-02-02", "2018-02-04 2019-02-02", "2017-01-29 2018-01-27", "week_53 FY2018; days_left_out FY2017 2018-01-28 2018-02-03"},
		"retail year restated":    {"weeks 2 to 53", restated(calendar.YearBefore), "FY2018", "2019-02-02", "2018-02-04 2019-02-02", "2017-02-05 2018-02-03", ""},
		"retail long year":        {"its week 53 has no counterpart", retailYear, "FY2017", "2018-02-03", "2017-01-29 2018-01-27", "2016-01-31 2017-01-28", "days_left_out FY2017 2018-01-28 2018-02-03"},
		"retail long year, 52":    {"restated, the same: 2016 had 52", restated(calendar.YearBefore), "FY2017", "2018-02-03", "2017-01-29 2018-01-27", "2016-01-31 2017-01-28", "days_left_out FY2017 2018-01-28 2018-02-03"},
		"retail long month":       {"4 weeks of January against 4 of 5", retailYear, "FY2018-P12", "2019-02-02", "2019-01-06 2019-02-02", "2017-12-31 2018-01-27", "week_53 FY2018-P12; days_left_out FY2017-P12 2018-01-28 2018-02-03"},
		"retail month restated":   {"weeks 50 to 53", restated(calendar.YearBefore), "FY2018-P12", "2019-02-02", "2019-01-06 2019-02-02", "2018-01-07 2018-02-03", ""},
		"retail quarter before":   {"13 weeks against 13", restated(calendar.PeriodBefore), "FY2018-Q2", "2018-05-10", "2018-05-06 2018-05-10", "2018-02-04 2018-02-08", ""},
		"retail month by date":    {"4 weeks against 5, month end to month end", sameDate(retailYear), "FY2018-P12", "2019-02-02", "2019-01-06 2019-02-02", "2017-12-31 2018-02-03", "week_53 FY2018-P12; unequal_days FY2018-P12"},
		"retail restated by date": {"the days are equal as they are", sameDate(restated(calendar.YearBefore)), "FY2018-P12", "2019-01-20", "2019-01-06 2019-01-20", "2018-01-07 2018-01-21", ""},
		"first day of the period": {"one day against one", before, "2026-03", "2026-03-01", "2026-03-01 2026-03-01", "2026-02-01 2026-02-01", ""},
		"whole years":             {"730 days against 731", before, "2025-01-01/2027-01-01", "2026-12-31", "2025-01-01 2026-12-31", "2023-01-01 2024-12-30", "days_left_out 2023-01-01/2025-01-01 2024-12-31 2024-12-31"},
	} {
		t.Run(name, func(t *testing.T) {
			pair, err := test.like.ToDate(test.like.Calendar.MustParse(test.period), calendar.MustDay(test.asOf))
			if err != nil {
				t.Fatal(err)
			}
			now, then := pair.Now.Start().String()+" "+pair.Now.Last().String(), pair.Then.Start().String()+" "+pair.Then.Last().String()
			if now != test.now || then != test.then {
				t.Errorf("%s: %s against %s, want %s against %s", test.why, now, then, test.now, test.then)
			}
			var findings []string
			for _, f := range pair.Findings {
				findings = append(findings, strings.TrimSpace(f.Code+" "+f.Subject+" "+f.Args["first"]+" "+f.Args["last"]))
			}
			if got := strings.Join(findings, "; "); got != test.findings {
				t.Errorf("%s: findings %q, want %q", test.why, got, test.findings)
			}
			if pair.NowCount != int64(pair.Now.Days()) || pair.ThenCount != int64(pair.Then.Days()) {
				t.Errorf("counts %d and %d", pair.NowCount, pair.ThenCount)
			}
		})
	}
}

// By working days, on the calendar of China for 2025 (see china2025).
func TestToDateByWorkDays(t *testing.T) {
	l := calendar.LikeForLike{Match: calendar.ByWorkDays, WorkDays: working(t, china2025())}
	for name, test := range map[string]struct {
		why, period, asOf, now, then string
		count                        int64
		findings                     int
	}{
		"after 春节":       {"one working day passed in February, one in January", "2025-02", "2025-02-05", "2025-02-01/2025-02-06", "2025-01-01/2025-01-03", 1, 0},
		"within 春节":      {"none passed, and New Year's Day is off too", "2025-02", "2025-02-04", "2025-02-01/2025-02-05", "2025-01-01/2025-01-02", 0, 0},
		"on a Sunday":    {"four passed, with the weekend that follows", "2025-02", "2025-02-09", "2025-02-01/2025-02-10", "2025-01-01/2025-01-08", 4, 0},
		"on a Saturday":  {"the tenth is Monday the 17th, for Saturday the 8th is worked", "2025-03", "2025-03-15", "2025-03-01/2025-03-16", "2025-02-01/2025-02-18", 10, 0},
		"whole month":    {"19 against 19, so both are whole", "2025-02", "2025-02-28", "2025-02-01/2025-03-01", "2025-01-01/2025-02-01", 19, 0},
		"longer month":   {"21 in March, 19 in February: March ends with its 19th and the days off", "2025-03", "2025-03-31", "2025-03-01/2025-03-28", "2025-02-01/2025-03-01", 19, 1},
		"shorter month":  {"20 in June against 19 in May: June ends with the weekend after its 19th", "2025-06", "2025-06-30", "2025-06-01/2025-06-30", "2025-05-01/2025-06-01", 19, 1},
		"October, day 8": {"no working day passed and September begins on one", "2025-10", "2025-10-08", "2025-10-01/2025-10-09", "", 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			pair, err := l.ToDate(l.Calendar.MustParse(test.period), calendar.MustDay(test.asOf))
			if err != nil || pair.Now.String() != test.now || pair.Then.String() != test.then || pair.NowCount != test.count || pair.ThenCount != test.count || len(pair.Findings) != test.findings {
				t.Errorf("%s: %s against %s, %d and %d, %v, %v", test.why, pair.Now, pair.Then, pair.NowCount, pair.ThenCount, pair.Findings, err)
			}
		})
	}
	if _, err := l.ToDate(l.Calendar.MustParse("2025-01"), calendar.MustDay("2025-01-10")); !errors.Is(err, check.ErrRange) || check.All(err)[0].Path != "work_days.base" {
		t.Errorf("December 2024 is not covered: %v", err)
	}
}

func TestToDateRefuses(t *testing.T) {
	var c calendar.Calendar
	march := c.MustParse("2026-03")
	for name, test := range map[string]struct {
		why  string
		like calendar.LikeForLike
		p    calendar.Period
		asOf calendar.Day
		want string
	}{
		"no period":       {"nothing to compare", calendar.LikeForLike{}, calendar.Period{}, march.Start(), "period missing_period"},
		"no day":          {"asOf is an argument", calendar.LikeForLike{}, march, 0, "as_of missing_day"},
		"not begun":       {"nothing has passed", calendar.LikeForLike{}, march, march.Start() - 1, "as_of not_begun"},
		"week 53":         {"2019 had 52 weeks", calendar.LikeForLike{Against: calendar.YearBefore}, c.MustParse("2020-W53"), last, "period no_counterpart"},
		"retail week 53":  {"2016 had 52 weeks", calendar.LikeForLike{Calendar: nrf(t), Against: calendar.YearBefore}, nrf(t).MustParse("FY2017-W53"), last, "period no_counterpart"},
		"two years":       {"a year before it is itself", calendar.LikeForLike{Against: calendar.YearBefore}, period(t, "2025-01-01/2027-01-01"), last, "period longer_than_a_year"},
		"1900":            {"there is none before", calendar.LikeForLike{Against: calendar.YearBefore}, c.MustParse("1900"), last, "period year_out_of_range"},
		"January 1900":    {"there is none before", calendar.LikeForLike{}, c.MustParse("1900-01"), last, "period year_out_of_range"},
		"a day of 1900":   {"there is none before", calendar.LikeForLike{Against: calendar.YearBefore}, c.MustParse("1900-03-05"), last, "period year_out_of_range"},
		"a week of 1900":  {"there is none before", calendar.LikeForLike{Against: calendar.YearBefore}, c.MustParse("1900-W05"), last, "period year_out_of_range"},
		"all the years":   {"there are none before", calendar.LikeForLike{}, period(t, "1900-01-01/2201-01-01"), last, "period year_out_of_range"},
		"no work days":    {"needed", calendar.LikeForLike{Match: calendar.ByWorkDays}, march, last, "work_days missing_work_days"},
		"unknown":         {"outside the constants", calendar.LikeForLike{Against: 9, Match: 9, Week53: 9}, march, last, "against unknown_word; match unknown_word; week53 unknown_word"},
		"holiday unnamed": {"nobody could say which", calendar.LikeForLike{Holidays: []calendar.MovingHoliday{{}}}, march, last, "holidays[0].name missing_name"},
	} {
		t.Run(name, func(t *testing.T) {
			pair, err := test.like.ToDate(test.p, test.asOf)
			var got []string
			for _, e := range check.All(err) {
				got = append(got, e.Path+" "+e.Code)
				if e.Op != "calendar.ToDate" {
					t.Errorf("op %s", e.Op)
				}
			}
			if strings.Join(got, "; ") != test.want || !cmp.Equal(pair, calendar.Pair{}) {
				t.Errorf("%s: %v", test.why, err)
			}
		})
	}
}

// What holds for every comparison.
func TestToDateProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := calendar.LikeForLike{
			Calendar: drawAnyCalendar(t),
			Against:  calendar.Against(rapid.IntRange(0, 1).Draw(t, "against")),
			Match:    calendar.Match(rapid.IntRange(0, 2).Draw(t, "match")),
			Week53:   calendar.Week53(rapid.IntRange(0, 1).Draw(t, "week 53")),
		}
		g := rapid.SampledFrom(everyGrain()).Draw(t, "grain")
		p := l.Calendar.PeriodOf(g, calendar.Day(rapid.Int64Range(int64(first)+2000, int64(last)-2000).Draw(t, "day")))
		all, err := calendar.NewPeriod(p.Start()-800, p.End())
		if err != nil {
			t.Fatal(err)
		}
		l.WorkDays = working(t, calendar.WorkDays{Covers: all, Weekend: calendar.WeekdaysOf(time.Sunday)})
		asOf := p.Start().Add(rapid.IntRange(0, p.Days()+3).Draw(t, "as of"))
		pair, err := l.ToDate(p, asOf)
		if check.All(err) != nil && len(check.All(err)) == 1 && check.All(err)[0].Code == "no_counterpart" {
			t.Skip("week 53")
		}
		if err != nil {
			t.Fatal(err)
		}
		base, _ := l.Base(p)
		switch {
		case base != pair.Base || p != pair.Period || base.Start() >= p.Start() || base.End() > p.Start() && l.Against == calendar.PeriodBefore:
			t.Fatalf("the base of %s is %s", p, base)
		case pair.Now.Start() != p.Start() && !pair.Now.IsZero() || !pair.Now.IsZero() && !p.Covers(pair.Now) || pair.Now.Last() > asOf:
			t.Fatalf("%s as of %s: now %s", p, asOf, pair.Now)
		case pair.Then.Start() != base.Start() && !pair.Then.IsZero() || !pair.Then.IsZero() && !base.Covers(pair.Then):
			t.Fatalf("the base is %s, then %s", base, pair.Then)
		case l.Match != calendar.BySameDate && pair.NowCount != pair.ThenCount:
			t.Fatalf("unequal though not asked for: %+v", pair)
		case l.Match == calendar.ByDays && pair.Now.Days() != pair.Then.Days():
			t.Fatalf("unequal days: %+v", pair)
		}
		if l.Match == calendar.ByWorkDays && !pair.Now.IsZero() && !pair.Then.IsZero() {
			now, err1 := l.WorkDays.Count(pair.Now)
			then, err2 := l.WorkDays.Count(pair.Then)
			if err1 != nil || err2 != nil || now != then || now != pair.NowCount {
				t.Fatalf("unequal working days: %d and %d, %+v", now, then, pair)
			}
		}
		cut := slices.ContainsFunc(pair.Findings, func(f check.Finding) bool { return f.Code == "days_left_out" })
		if whole := pair.Now.Last() == min(asOf, p.Last()); !whole && !cut {
			t.Fatalf("cut in silence: %+v as of %s", pair, asOf)
		}
	})
}

func TestLikeForLikeJSON(t *testing.T) {
	l := calendar.LikeForLike{
		Calendar: nrf(t), Against: calendar.YearBefore, Match: calendar.ByWorkDays, Week53: calendar.Restated,
		WorkDays: working(t, china2025()), Holidays: []calendar.MovingHoliday{springFestival()},
	}
	data, err := json.Marshal(l)
	var back calendar.LikeForLike
	if err != nil || check.Decode("x", data, &back) != nil {
		t.Fatalf("%s, %v", data, err)
	}
	again, _ := json.Marshal(back)
	if string(again) != string(data) || !strings.Contains(string(data), `"against":"year_before","match":"work_days","week53":"restated","work_days":{`) {
		t.Errorf("%s came back as %s", data, again)
	}
	if data, _ := json.Marshal(calendar.LikeForLike{}); strings.Contains(string(data), "work_days") {
		t.Errorf("no work days are written: %s", data)
	}
	err = check.Decode("x", []byte(`{"against":"last_year","match":"","week53":"53","holidays":[{"day":1}]}`), &back)
	if len(check.All(err)) != 4 {
		t.Errorf("%v", err)
	}
}

// Every word of the enums comes back, and nothing else is read.
func TestWordsOfComparisons(t *testing.T) {
	words := map[string]interface {
		MarshalText() ([]byte, error)
		String() string
	}{
		"period_before": calendar.PeriodBefore, "year_before": calendar.YearBefore,
		"days": calendar.ByDays, "work_days": calendar.ByWorkDays, "same_date": calendar.BySameDate,
		"by_number": calendar.WeekByNumber, "restated": calendar.Restated,
		"last": calendar.LastWeekday, "nearest": calendar.NearestWeekday, "following": calendar.FollowingWeekday,
		"4-4-5": calendar.Weeks445, "4-5-4": calendar.Weeks454, "5-4-4": calendar.Weeks544,
	}
	for word, v := range words {
		if text, err := v.MarshalText(); err != nil || string(text) != word || v.String() != word {
			t.Errorf("%s is written %s, %v", word, text, err)
		}
	}
	for _, v := range []interface{ MarshalText() ([]byte, error) }{calendar.Against(2), calendar.Match(3), calendar.Week53(2), calendar.Closing(3), calendar.WeekPattern(3)} {
		if _, err := v.MarshalText(); !errors.Is(err, check.ErrUnknown) {
			t.Errorf("%v was written", v)
		}
	}
	for _, v := range []interface{ UnmarshalText([]byte) error }{new(calendar.Against), new(calendar.Match), new(calendar.Week53), new(calendar.Closing), new(calendar.WeekPattern)} {
		if err := v.UnmarshalText([]byte("Other")); !errors.Is(err, check.ErrUnknown) {
			t.Errorf("%T: %v", v, err)
		}
	}
}

// Whatever record somebody stored and whatever is asked of it: an error or
// two sides within what was asked.
func FuzzLikeForLikeJSON(f *testing.F) {
	f.Add([]byte(`{"against":"year_before","match":"same_date","holidays":[{"name":"x","before":1,"after":2,"days":["2026-02-17"]}]}`), int64(first)+40000, 59, 30)
	f.Add([]byte(`{"calendar":{"kind":"retail","closing_month":1,"closing_day":"saturday"},"against":"year_before","week53":"restated"}`), int64(first), 371, 371)
	f.Add([]byte(`{"match":"work_days","work_days":{"covers":{"start":"1900-01-01","end":"1901-01-01"},"weekend":["sunday"],"holidays":[],"extra":[]}}`), int64(first)+31, 28, 5)
	f.Fuzz(func(t *testing.T, data []byte, start int64, days, passed int) {
		var l calendar.LikeForLike
		if check.Decode("x", data, &l) != nil {
			return
		}
		p, err := calendar.NewPeriod(calendar.Day(start), calendar.Day(start)+calendar.Day(days))
		if err != nil {
			return
		}
		pair, err := l.ToDate(p, p.Start()+calendar.Day(passed))
		if err == nil && (!pair.Now.IsZero() && !p.Covers(pair.Now) || !pair.Then.IsZero() && !pair.Base.Covers(pair.Then)) {
			t.Fatalf("%s: %+v", data, pair)
		}
		if p.Days() < 1000 {
			_, _ = l.MatchDays(p)
		}
	})
}

// A fiscal month from the 6th: 3 March stands against 3 March, though the
// February between them is shorter in one of the years (worked by hand:
// 6 April to 3 March is 332 days, 333 with 29 February 2024).
func TestSameDateInMonthsThatBeginLater(t *testing.T) {
	cal, err := calendar.FiscalFrom(time.April, 6, calendar.NamedByStart)
	if err != nil {
		t.Fatal(err)
	}
	l := calendar.LikeForLike{Calendar: cal, Against: calendar.YearBefore, Match: calendar.BySameDate}
	pair, err := l.ToDate(cal.PeriodOf(calendar.Yearly, calendar.MustDay("2025-03-03")), calendar.MustDay("2025-03-03"))
	if err != nil || pair.Then.Last() != calendar.MustDay("2024-03-03") || pair.NowCount != 332 || pair.ThenCount != 333 {
		t.Errorf("%v against %v, %d and %d days, %v", pair.Now, pair.Then, pair.NowCount, pair.ThenCount, err)
	}
}

// Weeks that follow one another stand against the weeks of their numbers, or
// against none: no base reaches into a week of another number, let alone into
// the period itself. ISO years 2015 and 2020 have 53 weeks, 2019 and 2021 have 52.
func TestWeeksTogether(t *testing.T) {
	l := calendar.LikeForLike{Against: calendar.YearBefore}
	for _, c := range []struct{ why, first, last, base string }{
		{"W05 to W08", "2026-W05", "2026-W08", "2025-01-27/2025-02-24"},
		{"W52 and W53 of 2020: 2019 has no week 53", "2020-W52", "2020-W53", ""},
		{"all 53 weeks of 2020", "2020-W01", "2020-W53", ""},
		{"W52 of 2021 and W01 of 2022: week 53 of 2020 stands between", "2021-W52", "2022-W01", ""},
	} {
		first, last := calendar.Calendar{}.MustParse(c.first), calendar.Calendar{}.MustParse(c.last)
		p, err := calendar.NewPeriod(first.Start(), last.End())
		if err != nil {
			t.Fatal(err)
		}
		base, err := l.Base(p)
		if base.String() != c.base || (err == nil) != (c.base != "") {
			t.Errorf("%s: %v, %v, want %s", c.why, base, err, c.base)
		}
	}
	for _, days := range []string{"2023-03-15/2024-03-15", "2023-03-15/2024-03-20"} {
		p, err := calendar.ParsePeriod(days)
		if err != nil {
			t.Fatal(err)
		}
		if base, err := l.Base(p); err != nil || base.End() > p.Start() {
			t.Errorf("%s against %v, %v", days, base, err)
		}
	}
}
