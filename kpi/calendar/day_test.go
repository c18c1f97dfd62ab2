package calendar_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

var (
	_ fmt.Stringer             = calendar.Day(0)
	_ encoding.TextAppender    = calendar.Day(0)
	_ encoding.TextMarshaler   = calendar.Day(0)
	_ encoding.TextUnmarshaler = (*calendar.Day)(nil)
	_ json.Marshaler           = calendar.Day(0)
	_ json.Unmarshaler         = (*calendar.Day)(nil)
	_ json.Marshaler           = calendar.Period{}
	_ json.Unmarshaler         = (*calendar.Period)(nil)
	_ json.Marshaler           = calendar.Calendar{}
	_ json.Unmarshaler         = (*calendar.Calendar)(nil)
	_ encoding.TextMarshaler   = calendar.NoGrain
	_ encoding.TextUnmarshaler = (*calendar.Grain)(nil)
	_ encoding.TextMarshaler   = calendar.NamedByStart
	_ encoding.TextUnmarshaler = (*calendar.YearNaming)(nil)
)

// Bounds of the module's years as days, the anchors of the tests below.
var (
	first = calendar.MustDay("1900-01-01")
	last  = calendar.MustDay("2200-12-31")
)

func TestDayNumbers(t *testing.T) {
	for _, test := range []struct {
		why, day string
		number   int64
		weekday  time.Weekday
	}{
		// Rata Die numbers of 1 January 1970 (719163) and 1 January 2000
		// (730120): Reingold and Dershowitz, Calendrical Calculations; ours
		// count from 0.
		{"Unix epoch", "1970-01-01", 719162, time.Thursday},
		{"2000 is a leap year", "2000-01-01", 730119, time.Saturday},
		{"the next day but 365 is the same weekday plus two", "2001-01-01", 730119 + 366, time.Monday},
		// 70 years and 17 leap days (1904 to 1968) before 1970.
		{"first day, a Monday", "1900-01-01", 719162 - 70*365 - 17, time.Monday},
		// 231 years and 56 leap days (1972 to 2200, without 2100 and 2200)
		// after 1970, minus one day.
		{"last day, a Wednesday", "2200-12-31", 719162 + 231*365 + 56 - 1, time.Wednesday},
	} {
		d := calendar.MustDay(test.day)
		if int64(d) != test.number || d.Weekday() != test.weekday || !d.Valid() {
			t.Errorf("%s: %s is day %d, a %s, valid %v", test.why, d, d, d.Weekday(), d.Valid())
		}
	}
	if first.Add(-1).Valid() || last.Add(1).Valid() || calendar.Day(0).Valid() {
		t.Error("a day outside 1900–2200 is valid")
	}
}

// bad days are refused at every door.
func badDays() map[string]struct {
	why, text string
	class     error
} {
	return map[string]struct {
		why, text string
		class     error
	}{
		"31 February":    {"rolls over in other packages", "2026-02-31", check.ErrInvalid},
		"29 February":    {"2026 is no leap year", "2026-02-29", check.ErrInvalid},
		"leap century":   {"2100 is no leap year", "2100-02-29", check.ErrInvalid},
		"31 April":       {"April has 30 days", "2026-04-31", check.ErrInvalid},
		"month 13":       {"rolls over in other packages", "2026-13-01", check.ErrInvalid},
		"month 0":        {"rolls back in other packages", "2026-00-10", check.ErrInvalid},
		"day 0":          {"rolls back in other packages", "2026-01-00", check.ErrInvalid},
		"day 32":         {"no month has it", "2026-01-32", check.ErrInvalid},
		"99-99":          {"accepted elsewhere", "2026-99-99", check.ErrInvalid},
		"date-time":      {"a time is not a day", "2026-01-02T00:00:00Z", check.ErrInvalid},
		"date and time":  {"a time is not a day", "2026-01-02 00:00:00", check.ErrInvalid},
		"ordinal":        {"ISO 8601 ordinal date", "2026-061", check.ErrInvalid},
		"week date":      {"ISO 8601 week date", "2026-W10-4", check.ErrInvalid},
		"basic":          {"ISO 8601 basic form", "20260305", check.ErrInvalid},
		"short":          {"two digits each", "2026-3-5", check.ErrInvalid},
		"slashes":        {"another form", "2026/03/05", check.ErrInvalid},
		"european":       {"another order", "05-03-2026", check.ErrInvalid},
		"space before":   {"nothing is trimmed", " 2026-03-05", check.ErrInvalid},
		"newline":        {"nothing is trimmed", "2026-03-05\n", check.ErrInvalid},
		"sign":           {"no sign", "+026-03-05", check.ErrInvalid},
		"minus":          {"no sign", "2026--3-05", check.ErrInvalid},
		"full-width":     {"ASCII digits only", "２０26-03-05", check.ErrInvalid},
		"five digits":    {"four digits", "12026-03-05", check.ErrInvalid},
		"1899":           {"before the range", "1899-12-31", check.ErrRange},
		"2201":           {"after the range", "2201-01-01", check.ErrRange},
		"0001":           {"what a zero time prints as", "0001-01-01", check.ErrRange},
		"0000":           {"what MySQL prints for none", "0000-01-01", check.ErrRange},
		"0000-00-00":     {"what MySQL prints for none", "0000-00-00", check.ErrInvalid},
		"text":           {"no day at all", "yesterday", check.ErrInvalid},
		"infinity":       {"PostgreSQL's open end", "infinity", check.ErrInvalid},
		"quoted":         {"a quote is not part of a day", `"2026-03-5"`, check.ErrInvalid},
		"escaped hyphen": {"written plainly or not at all", `2026\u002d03-05`, check.ErrInvalid},
	}
}

func TestBadDayIsRefusedAtEveryDoor(t *testing.T) {
	for name, test := range badDays() {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Error("no why")
			}
			_, err := calendar.ParseDay(test.text)
			if !errors.Is(err, test.class) {
				t.Errorf("ParseDay (%s): %v", test.why, err)
			}
			const before = calendar.Day(730000)
			d := before
			if err := d.UnmarshalText([]byte(test.text)); !errors.Is(err, test.class) || d != before {
				t.Errorf("UnmarshalText: %v, %v", d, err)
			}
			quoted, _ := json.Marshal(test.text)
			if err := json.Unmarshal(quoted, &d); err == nil || d != before {
				t.Errorf("JSON: %v, %v", d, err)
			}
			var record struct {
				On   calendar.Day         `json:"on"`
				ByOn map[calendar.Day]int `json:"by_on"`
			}
			err = check.Decode("x", []byte(`{"on":`+string(quoted)+`}`), &record)
			if all := check.All(err); len(all) != 1 || all[0].Path != "on" {
				t.Errorf("in a record: %v", err)
			}
			if err := json.Unmarshal([]byte(`{"by_on":{`+string(quoted)+`:1}}`), &record); err == nil {
				t.Error("as a key of a map")
			}
		})
	}
	for _, data := range []string{`""`, `20260305`, `true`, `{}`, `["2026-03-05"]`, `"`} {
		d := first
		if err := d.UnmarshalJSON([]byte(data)); err == nil || d != first {
			t.Errorf("JSON %s read as %v, %v", data, d, err)
		}
	}
}

func TestNewDay(t *testing.T) {
	for _, test := range []struct {
		why   string
		year  int
		month time.Month
		day   int
		want  string
		class error
	}{
		{why: "leap day", year: 2024, month: time.February, day: 29, want: "2024-02-29"},
		{why: "2000 is a leap year", year: 2000, month: time.February, day: 29, want: "2000-02-29"},
		{why: "1900 is none", year: 1900, month: time.February, day: 29, class: check.ErrInvalid},
		{why: "month 0", year: 2026, month: 0, day: 1, class: check.ErrInvalid},
		{why: "negative day", year: 2026, month: time.May, day: -1, class: check.ErrInvalid},
		{why: "before the range", year: 1899, month: time.December, day: 31, class: check.ErrRange},
		{why: "after the range", year: 2201, month: time.January, day: 1, class: check.ErrRange},
	} {
		got, err := calendar.NewDay(test.year, test.month, test.day)
		if !errors.Is(err, test.class) || got.String() != test.want {
			t.Errorf("%s: got %s, %v", test.why, got, err)
		}
	}
}

func TestDayZero(t *testing.T) {
	var d calendar.Day
	if !d.IsZero() || d.Valid() || d.String() != "" || d.Compare(first) >= 0 {
		t.Error("the zero Day is not \"no day\"")
	}
	if text, err := d.MarshalText(); err != nil || len(text) != 0 {
		t.Errorf("text %q, %v", text, err)
	}
	d = first
	if err := json.Unmarshal([]byte("null"), &d); err != nil || d != first {
		t.Errorf("null changed the day to %v, %v", d, err)
	}
	if err := d.UnmarshalText(nil); err != nil || d != 0 {
		t.Errorf("empty text gave %v, %v", d, err)
	}
}

func TestDayOutsideIsNotWritten(t *testing.T) {
	for _, d := range []calendar.Day{first - 1, last + 1, -5, 1, 1 << 40} {
		if _, err := json.Marshal(d); err == nil {
			t.Errorf("day %d was marshalled", int64(d))
		}
		_ = d.String() // prints what it can and does not panic
	}
}

func TestDayIn(t *testing.T) {
	kiritimati, niue := time.FixedZone("Kiritimati", 14*3600), time.FixedZone("Niue", -11*3600)
	noon := time.Date(2026, 3, 5, 12, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		why  string
		at   time.Time
		loc  *time.Location
		want string
		ok   bool
	}{
		{"the day of the zone asked for", noon, kiritimati, "2026-03-06", true},
		{"the same instant a day earlier", noon, niue, "2026-03-05", true},
		{"a DATE column at midnight of its own zone", time.Date(2026, 3, 5, 0, 0, 0, 0, kiritimati), kiritimati, "2026-03-05", true},
		{"no instant", time.Time{}, time.UTC, "", false},
		{"no zone", noon, nil, "", false},
		{"before the range", time.Date(1899, 12, 31, 23, 0, 0, 0, time.UTC), time.UTC, "", false},
		{"in range by its zone", time.Date(1899, 12, 31, 23, 0, 0, 0, time.UTC), kiritimati, "1900-01-01", true},
		{"after the range", time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC), time.UTC, "", false},
	} {
		if got, ok := calendar.DayIn(test.at, test.loc); got.String() != test.want || ok != test.ok {
			t.Errorf("%s: got %s, %v", test.why, got, ok)
		}
	}
}

func TestMustDayPanicsOnABadConstant(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	calendar.MustDay("2026-02-31")
}

// The days of 1900–2200 against the time package, one after another.
func TestEveryDay(t *testing.T) {
	at := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := first; d <= last; d++ {
		text := at.Format("2006-01-02")
		back, err := calendar.ParseDay(text)
		if d.String() != text || err != nil || back != d || d.Weekday() != at.Weekday() {
			t.Fatalf("%s: %s %v %v %v", text, d, back, err, d.Weekday())
		}
		at = at.AddDate(0, 0, 1)
	}
}

func drawDay(t *rapid.T, label string) calendar.Day {
	return calendar.Day(rapid.Int64Range(int64(first), int64(last)).Draw(t, label))
}

func TestDayRoundTripsAndOrders(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, e := drawDay(t, "d"), drawDay(t, "e")
		year, month, day := d.Date()
		again, err := calendar.NewDay(year, month, day)
		if err != nil || again != d || d.Year() != year || d.Month() != month || d.DayOfMonth() != day {
			t.Fatalf("%s from its fields is %s, %v", d, again, err)
		}
		if e.Add(d.Sub(e)) != d {
			t.Fatalf("%s + (%s − %s) is not %s", e, d, e, d)
		}
		if got := d.Compare(e); (got < 0) != (d.String() < e.String()) || (got == 0) != (d == e) {
			t.Fatalf("%s against %s: %d", d, e, got)
		}
		data, err := json.Marshal(map[calendar.Day]calendar.Day{d: e})
		if err != nil {
			t.Fatal(err)
		}
		var back map[calendar.Day]calendar.Day
		if err := json.Unmarshal(data, &back); err != nil || back[d] != e {
			t.Fatalf("%s came back as %v, %v", data, back, err)
		}
	})
}

func FuzzParseDay(f *testing.F) {
	for _, test := range badDays() {
		f.Add(test.text)
	}
	f.Add("2026-03-05")
	f.Fuzz(func(t *testing.T, s string) {
		d, err := calendar.ParseDay(s)
		if err == nil && (d.String() != s || !d.Valid()) {
			t.Fatalf("%q was read as %s", s, d)
		}
		if err != nil && d != 0 {
			t.Fatalf("%q gave both %s and %v", s, d, err)
		}
		if at, timeErr := time.Parse("2006-01-02", s); (timeErr == nil && at.Year() >= 1900 && at.Year() <= 2200) != (err == nil) {
			t.Fatalf("%q: %v, the time package says %v", s, err, timeErr)
		}
	})
}

func FuzzDayJSON(f *testing.F) {
	f.Add([]byte(`"2026-03-05"`))
	f.Add([]byte(`"`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var d, again calendar.Day
		if d.UnmarshalJSON(data) != nil || string(data) == "null" {
			return
		}
		out, err := json.Marshal(d)
		if err != nil || string(out) != string(data) {
			t.Fatalf("%s was read and written as %s, %v", data, out, err)
		}
		if err := json.Unmarshal(out, &again); err != nil || again != d {
			t.Fatalf("%s came back as %v, %v", out, again, err)
		}
	})
}
