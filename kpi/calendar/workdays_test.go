package calendar_test

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func days(texts ...string) []calendar.Day {
	var all []calendar.Day
	for _, text := range texts {
		all = append(all, calendar.MustDay(text))
	}
	return all
}

func through(first, last string) []calendar.Day {
	var all []calendar.Day
	for d := calendar.MustDay(first); d <= calendar.MustDay(last); d++ {
		all = append(all, d)
	}
	return all
}

// china2025 is the notice of the State Council on the holidays of 2025
// (国办发明电〔2024〕12号).
func china2025() calendar.WorkDays {
	return calendar.WorkDays{
		Covers:  calendar.Calendar{}.MustParse("2025"),
		Weekend: calendar.WeekdaysOf(time.Saturday, time.Sunday),
		Holidays: slices.Concat(days("2025-01-01"), through("2025-01-28", "2025-02-04"), through("2025-04-04", "2025-04-06"),
			through("2025-05-01", "2025-05-05"), through("2025-05-31", "2025-06-02"), through("2025-10-01", "2025-10-08")),
		Extra: days("2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"),
	}
}

func working(t interface{ Fatal(...any) }, w calendar.WorkDays) calendar.WorkCalendar {
	c, err := calendar.NewWorkCalendar(w)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestWorkDaysOfChina2025(t *testing.T) {
	w, c := working(t, china2025()), calendar.Calendar{}
	// 人社部发〔2025〕2号: 365 − 104 − 13 = 248 working days in the year. The
	// months by hand from the notice: January has 23 weekdays, less the 1st and
	// 28–31, with the 26th; October 23, less six, with the 11th.
	for label, want := range map[string]int64{"2025": 248, "2025-01": 19, "2025-02": 19, "2025-10": 18, "2025-01-26/2025-01-27": 1, "2025-10-01/2025-10-09": 0} {
		if got, err := w.Count(c.MustParse(label)); err != nil || got != want {
			t.Errorf("%s has %d working days, want %d, %v", label, got, want, err)
		}
	}
	february := c.MustParse("2025-02")
	for asOf, want := range map[string]int64{"2025-01-31": 0, "2025-02-04": 0, "2025-02-05": 1, "2025-02-08": 4, "2025-02-09": 4, "2025-02-28": 19, "2025-06-30": 19} {
		elapsed, err1 := w.Elapsed(february, calendar.MustDay(asOf))
		left, err2 := w.Remaining(february, calendar.MustDay(asOf))
		if err1 != nil || err2 != nil || elapsed != want || left != 19-want {
			t.Errorf("as of %s: %d elapsed, %d left, want %d", asOf, elapsed, left, want)
		}
	}
	for n, want := range map[int64]string{1: "2025-02-05", 4: "2025-02-08", 5: "2025-02-10", 19: "2025-02-28", -1: "2025-02-28", -19: "2025-02-05"} {
		if d, ok, err := w.Nth(february, n); err != nil || !ok || d.String() != want {
			t.Errorf("working day %d is %s, want %s, %v", n, d, want, err)
		}
	}
	for _, n := range []int64{0, 20, -20, math.MaxInt64, math.MinInt64} {
		if d, ok, err := w.Nth(february, n); ok || err != nil || !d.IsZero() {
			t.Errorf("working day %d is %s, %v", n, d, err)
		}
	}
}

func TestWorkDaysAdd(t *testing.T) {
	w := working(t, china2025())
	for _, test := range []struct {
		why, from string
		n         int64
		want      string
	}{
		{"Friday to Monday", "2025-03-07", 1, "2025-03-10"},
		{"Saturday counts as Friday", "2025-03-08", 1, "2025-03-10"},
		{"and backwards as Monday", "2025-03-08", -1, "2025-03-07"},
		{"Monday to Friday", "2025-03-10", -1, "2025-03-07"},
		{"not at all", "2025-03-08", 0, "2025-03-08"},
		{"over 春节 to the worked Saturday", "2025-01-27", 4, "2025-02-08"},
		{"two weeks", "2025-03-03", 10, "2025-03-17"},
	} {
		if got, err := w.Add(calendar.MustDay(test.from), test.n); err != nil || got.String() != test.want {
			t.Errorf("%s: %s + %d is %s, want %s, %v", test.why, test.from, test.n, got, test.want, err)
		}
	}
	for from, n := range map[string]int64{"2025-12-31": 1, "2025-01-02": -1, "2025-06-30": math.MaxInt64, "2025-06-29": math.MinInt64, "2024-12-31": 0} {
		if got, err := w.Add(calendar.MustDay(from), n); !errors.Is(err, check.ErrRange) || !got.IsZero() {
			t.Errorf("%s + %d is %s, %v", from, n, got, err)
		}
	}
}

// What the data does not speak of is neither worked nor off.
func TestWorkDaysOutsideTheCover(t *testing.T) {
	w, c := working(t, china2025()), calendar.Calendar{}
	p := c.MustParse("2025-12-01/2026-02-01")
	_, err1 := w.Count(p)
	_, err2 := w.Elapsed(p, p.Start())
	_, err3 := w.Remaining(p, p.Start())
	_, _, err4 := w.Nth(p, 1)
	_, err5 := w.Worked(p.Last())
	for _, err := range []error{err1, err2, err3, err4, err5} {
		if !errors.Is(err, check.ErrRange) || check.All(err)[0].Code != "outside_covers" {
			t.Errorf("%v", err)
		}
	}
	if _, err := w.Count(calendar.Period{}); !errors.Is(err, check.ErrMissing) {
		t.Errorf("no period: %v", err)
	}
	var zero calendar.WorkCalendar
	if _, err := zero.Count(p); !errors.Is(err, check.ErrRange) || !zero.IsZero() {
		t.Errorf("the zero calendar: %v", err)
	}
	if _, err := zero.Worked(p.Start()); !errors.Is(err, check.ErrRange) {
		t.Errorf("the zero calendar: %v", err)
	}
}

// What is worked counts, not how the data says so: a Saturday that is named a
// holiday is off all the same.
func TestWorkCalendarEqual(t *testing.T) {
	w := calendar.WorkDays{Covers: calendar.Calendar{}.MustParse("2025"), Weekend: calendar.WeekdaysOf(time.Saturday, time.Sunday)}
	plain := working(t, w)
	w.Holidays = days("2025-01-04")
	same := working(t, w)
	w.Holidays = days("2025-01-06")
	other := working(t, w)
	if !plain.Equal(same) || plain.Equal(other) || plain.Equal(calendar.WorkCalendar{}) || !(calendar.WorkCalendar{}).Equal(calendar.WorkCalendar{}) {
		t.Error("equal is what has the same days worked")
	}
}

func TestWorkDaysRefuses(t *testing.T) {
	bad := calendar.WorkDays{
		Covers:   calendar.Calendar{}.MustParse("2025"),
		Weekend:  calendar.WeekdaysOf(time.Saturday, time.Sunday),
		Holidays: append(days("2025-01-01", "2025-01-01", "2026-01-01"), 0),
		Extra:    days("2025-01-01", "2025-01-06", "2025-01-05"),
	}
	var got []string
	for _, e := range check.All(bad.Validate()) {
		got = append(got, e.Path+" "+e.Code)
	}
	want := []string{"holidays[1] day_twice", "holidays[2] outside_covers", "holidays[3] missing_day", "extra[0] day_twice", "extra[0] worked_anyway", "extra[1] worked_anyway"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, err := calendar.NewWorkCalendar(calendar.WorkDays{}); !errors.Is(err, check.ErrMissing) || len(check.All(err)) != 2 {
		t.Errorf("the zero WorkDays: %v", err)
	}
	if _, err := calendar.WorkDaysFunc(calendar.Period{}, nil); len(check.All(err)) != 2 {
		t.Errorf("nothing: %v", err)
	}
}

func TestWorkDaysJSON(t *testing.T) {
	data, err := json.Marshal(calendar.WorkDays{Covers: calendar.Calendar{}.MustParse("2025"), Weekend: calendar.WeekdaysOf(time.Sunday, time.Friday)})
	if want := `{"covers":{"start":"2025-01-01","end":"2026-01-01"},"weekend":["friday","sunday"],"holidays":[],"extra":[]}`; string(data) != want || err != nil {
		t.Errorf("got %s, want %s, %v", data, want, err)
	}
	w := working(t, china2025())
	data, err = json.Marshal(w)
	var back calendar.WorkCalendar
	if err != nil || json.Unmarshal(data, &back) != nil || !cmp.Equal(back.WorkDays(), china2025()) {
		t.Errorf("%s came back as %v, %v", data, back, err)
	}
	before := back.WorkDays()
	for text, path := range map[string]string{
		`{"covers":{"start":"2025-01-01","end":"2026-01-01"}}`: "weekend",
		`{"weekend":["sunday","sunday"]}`:                      "weekend[1]",
		`{"weekend":["sun"]}`:                                  "weekend[0]",
		`{"free":[]}`:                                          "free",
		`{"covers":{"start":"2025-01-01","end":"2026-01-01"},"weekend":[],"holidays":["2025-02-30"]}`:   "holidays[0]",
		`{"covers":{"start":"2025-01-01","end":"2026-01-01"},"weekend":[],"extra":["2025-02-20",null]}`: "extra[1]",
	} {
		if err := json.Unmarshal([]byte(text), &back); err == nil || check.All(err)[0].Path != path || !cmp.Equal(back.WorkDays(), before) {
			t.Errorf("%s: %v", text, err)
		}
	}
	for _, v := range []json.Unmarshaler{&back, new(calendar.WorkDays), new(calendar.Weekdays)} {
		if err := v.UnmarshalJSON([]byte("null")); err != nil {
			t.Errorf("null: %v", err)
		}
	}
	if data, _ := json.Marshal(calendar.WorkCalendar{}); string(data) != "null" {
		t.Errorf("the zero calendar is %s", data)
	}
	if data, _ := json.Marshal(calendar.Weekdays{}); string(data) != "null" {
		t.Errorf("no set is %s", data)
	}
}

// drawWorkDays draws data of up to two years.
func drawWorkDays(t *rapid.T) calendar.WorkDays {
	start := drawDay(t, "start")
	covers, err := calendar.NewPeriod(start, min(start.Add(rapid.IntRange(1, 700).Draw(t, "days")), last+1))
	if err != nil {
		t.Fatal(err)
	}
	w := calendar.WorkDays{Covers: covers, Weekend: calendar.WeekdaysOf(rapid.SliceOfDistinct(
		rapid.Map(rapid.IntRange(0, 6), func(n int) time.Weekday { return time.Weekday(n) }), rapid.ID[time.Weekday]).Draw(t, "weekend")...)}
	offsets := rapid.SliceOfNDistinct(rapid.IntRange(0, covers.Days()-1), 0, min(20, covers.Days()), rapid.ID[int]).Draw(t, "odd days")
	for _, n := range offsets {
		if d := start.Add(n); w.Weekend.Has(d.Weekday()) && rapid.Bool().Draw(t, "extra") {
			w.Extra = append(w.Extra, d)
		} else {
			w.Holidays = append(w.Holidays, d)
		}
	}
	return w
}

// Against the obvious model: ask every day.
func TestWorkCalendarAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		data := drawWorkDays(t)
		before, _ := json.Marshal(data)
		w := working(t, data)
		worked := func(d calendar.Day) bool {
			return slices.Contains(data.Extra, d) || !data.Weekend.Has(d.Weekday()) && !slices.Contains(data.Holidays, d)
		}
		start := data.Covers.Start().Add(rapid.IntRange(0, data.Covers.Days()-1).Draw(t, "from"))
		p, err := calendar.NewPeriod(start, start.Add(rapid.IntRange(1, data.Covers.End().Sub(start)).Draw(t, "length")))
		if err != nil {
			t.Fatal(err)
		}
		asOf := start.Add(rapid.IntRange(-5, 800).Draw(t, "as of"))
		all, elapsed := []calendar.Day{}, int64(0)
		for d := p.Start(); d < p.End(); d++ {
			is, err := w.Worked(d)
			if err != nil || is != worked(d) {
				t.Fatalf("%s: worked %v, %v", d, is, err)
			}
			if is {
				all = append(all, d)
				if d <= asOf {
					elapsed++
				}
			}
		}
		count, _ := w.Count(p)
		passed, _ := w.Elapsed(p, asOf)
		left, _ := w.Remaining(p, asOf)
		if count != int64(len(all)) || passed != elapsed || left != count-elapsed {
			t.Fatalf("%s as of %s: %d, %d, %d; want %d, %d", p, asOf, count, passed, left, len(all), elapsed)
		}
		for i, d := range all {
			if got, ok, err := w.Nth(p, int64(i+1)); got != d || !ok || err != nil {
				t.Fatalf("working day %d of %s is %s, want %s", i+1, p, got, d)
			}
			if got, err := w.Add(all[0], int64(i)); got != d || err != nil {
				t.Fatalf("%s + %d is %s, want %s, %v", all[0], i, got, d, err)
			}
		}
		// The same days by asking a function give the same counts.
		asked, err := calendar.WorkDaysFunc(data.Covers, worked)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := working(t, asked).Count(p); again != count || err != nil {
			t.Fatalf("asked day by day: %d, want %d, %v", again, count, err)
		}
		if after, _ := json.Marshal(data); string(after) != string(before) {
			t.Fatal("the data was changed")
		}
	})
}

func TestWorkDaysFuncFindsTheWeekend(t *testing.T) {
	w := working(t, china2025())
	asked, err := calendar.WorkDaysFunc(w.Covers(), func(d calendar.Day) bool {
		worked, err := w.Worked(d)
		return err == nil && worked
	})
	if err != nil || asked.Weekend != calendar.WeekdaysOf(time.Saturday, time.Sunday) || !cmp.Equal(asked.Extra, china2025().Extra) {
		t.Errorf("%+v, %v", asked, err)
	}
}

func TestWorkDaysAreTheCallersOwn(t *testing.T) {
	data := china2025()
	w := working(t, data)
	data.Holidays[0], data.Extra[0] = 0, 0
	w.WorkDays().Holidays[0] = 0
	if !cmp.Equal(w.WorkDays(), china2025()) {
		t.Error("the calendar shares memory with its caller")
	}
}

func TestWeekdays(t *testing.T) {
	var zero calendar.Weekdays
	none := calendar.WeekdaysOf()
	if !zero.IsZero() || none.IsZero() || zero == none || len(none.Days()) != 0 || !none.Equal(calendar.WeekdaysOf(-1, 7)) {
		t.Error("not said and none are the same")
	}
	gulf := calendar.WeekdaysOf(time.Saturday, time.Friday, time.Friday)
	if !slices.Equal(gulf.Days(), []time.Weekday{time.Friday, time.Saturday}) || gulf.Has(time.Sunday) || gulf.Has(9) {
		t.Errorf("%v", gulf.Days())
	}
}

func FuzzWorkDaysJSON(f *testing.F) {
	f.Add([]byte(`{"covers":{"start":"2025-01-01","end":"2026-01-01"},"weekend":["sunday"],"holidays":["2025-01-01"],"extra":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var w, again calendar.WorkCalendar
		if w.UnmarshalJSON(data) != nil || w.IsZero() {
			return
		}
		out, err := json.Marshal(w)
		if err != nil || json.Unmarshal(out, &again) != nil {
			t.Fatalf("%s: %v", out, err)
		}
		if back, err := json.Marshal(again); err != nil || string(back) != string(out) {
			t.Fatalf("%s came back as %s, %v", out, back, err)
		}
	})
}
