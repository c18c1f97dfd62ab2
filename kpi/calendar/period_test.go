package calendar_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func period(t interface{ Fatal(...any) }, text string) calendar.Period {
	p, err := calendar.ParsePeriod(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestNewPeriodRefuses(t *testing.T) {
	d := calendar.MustDay("2026-03-05")
	for name, test := range map[string]struct {
		why        string
		start, end calendar.Day
		want       []string
	}{
		"empty":        {"a period holds at least one day", d, d, []string{"end end_not_after_start"}},
		"backwards":    {"never swapped silently", d, d - 1, []string{"end end_not_after_start"}},
		"nothing":      {"both are missing", 0, 0, []string{"start missing_day", "end missing_day"}},
		"no end":       {"an open end is no period", d, 0, []string{"end missing_day"}},
		"too early":    {"1899", first - 1, d, []string{"start year_out_of_range"}},
		"too late":     {"the last end is 2201-01-01", d, last + 2, []string{"end year_out_of_range"}},
		"start beyond": {"2201-01-01 is an end alone", last + 1, last + 1, []string{"start year_out_of_range"}},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := calendar.NewPeriod(test.start, test.end)
			var got []string
			for _, e := range check.All(err) {
				got = append(got, e.Path+" "+e.Code)
			}
			if diff := cmp.Diff(test.want, got); diff != "" || !p.IsZero() {
				t.Errorf("%s: %v (-want +got):\n%s", test.why, p, diff)
			}
		})
	}
}

func TestThrough(t *testing.T) {
	d := calendar.MustDay("2026-03-05")
	if p, err := calendar.Through(d, d); err != nil || p.Days() != 1 || p.Last() != d {
		t.Errorf("one day: %v, %v", p, err)
	}
	if p, err := calendar.Through(first, last); err != nil || p.String() != "1900-01-01/2201-01-01" {
		t.Errorf("all days: %v, %v", p, err)
	}
	for _, end := range []calendar.Day{0, d - 1, last + 1} {
		if _, err := calendar.Through(d, end); err == nil {
			t.Errorf("through %s: no error", end)
		}
	}
}

func TestPeriodZero(t *testing.T) {
	var none calendar.Period
	some := period(t, "2026-01-01/2026-02-01")
	if !none.IsZero() || none.Days() != 0 || none.String() != "" || !none.Start().IsZero() || !none.Last().IsZero() {
		t.Error("the zero Period is not \"no period\"")
	}
	if none.Contains(0) || none.Covers(none) || none.Covers(some) || some.Covers(none) || none.Elapsed(some.Start()) != 0 {
		t.Error("no period holds something")
	}
	for _, pair := range [][2]calendar.Period{{none, none}, {none, some}, {some, none}} {
		if both, ok := pair[0].Intersect(pair[1]); ok || !both.IsZero() {
			t.Errorf("%v and %v share %v", pair[0], pair[1], both)
		}
	}
	if data, err := json.Marshal(none); string(data) != "null" || err != nil {
		t.Errorf("marshalled as %s, %v", data, err)
	}
	before := some
	if err := json.Unmarshal([]byte("null"), &some); err != nil || some != before {
		t.Errorf("null changed it to %v, %v", some, err)
	}
}

func TestPeriodJSON(t *testing.T) {
	p := period(t, "2026-01-01/2026-04-01")
	data, err := json.Marshal(p)
	if want := `{"start":"2026-01-01","end":"2026-04-01"}`; string(data) != want || err != nil {
		t.Errorf("got %s, want %s, %v", data, want, err)
	}
	for name, test := range map[string]struct {
		why, data string
		want      []string
	}{
		"bad days":   {"both sides at once", `{"start":"2026-02-31","end":"x"}`, []string{"p.start not_a_day", "p.end not_a_day"}},
		"missing":    {"an open end is no period", `{"start":"2026-02-01"}`, []string{"p.end missing_day"}},
		"empty":      {"not the same as null", `{}`, []string{"p.start missing_day", "p.end missing_day"}},
		"unknown":    {"last is not a field", `{"start":"2026-02-01","last":"2026-02-28"}`, []string{"p.last unknown_field"}},
		"text":       {"the text form is not the JSON form", `"2026-01-01/2026-04-01"`, []string{"p wrong_type"}},
		"slash":      {"a slash cannot shift the sides", `{"start":"2026-01-01/2026","end":"2026-04-01"}`, []string{"p.start not_a_day"}},
		"backwards":  {"never swapped silently", `{"start":"2026-04-01","end":"2026-01-01"}`, []string{"p.end end_not_after_start"}},
		"wrong type": {"a number is no day", `{"start":20260101,"end":"2026-04-01"}`, []string{"p.start wrong_type"}},
	} {
		t.Run(name, func(t *testing.T) {
			record := struct {
				P calendar.Period `json:"p"`
			}{p}
			err := check.Decode("x", []byte(`{"p":`+test.data+`}`), &record)
			var got []string
			for _, e := range check.All(err) {
				got = append(got, e.Path+" "+e.Code)
			}
			if diff := cmp.Diff(test.want, got); diff != "" || record.P != p {
				t.Errorf("%s: %v (-want +got):\n%s", test.why, record.P, diff)
			}
		})
	}
}

func TestElapsed(t *testing.T) {
	p := period(t, "2026-01-01/2026-04-01")
	for _, test := range []struct {
		why, asOf string
		want      int
	}{
		{"the day before", "2025-12-31", 0},
		{"the first day is over at its end", "2026-01-01", 1},
		{"31 + 15", "2026-02-15", 46},
		{"the last day", "2026-03-31", 90},
		{"never more than the whole", "2026-04-01", 90},
		{"long after", "2199-01-01", 90},
	} {
		if got := p.Elapsed(calendar.MustDay(test.asOf)); got != test.want {
			t.Errorf("%s: got %d, want %d", test.why, got, test.want)
		}
	}
	for asOf, want := range map[calendar.Day]int{0: 0, -1 << 62: 0, 1 << 62: 90, 1<<32 + p.Start(): 90} {
		if got := p.Elapsed(asOf); got != want {
			t.Errorf("as of day %d: got %d, want %d", int64(asOf), got, want)
		}
	}
}

func drawPeriod(t *rapid.T, label string) calendar.Period {
	start := rapid.Int64Range(int64(first), int64(last)).Draw(t, label+" start")
	end := rapid.OneOf(
		rapid.Int64Range(start+1, min(start+40, int64(last)+1)),
		rapid.Int64Range(start+1, int64(last)+1),
	).Draw(t, label+" end")
	p, err := calendar.NewPeriod(calendar.Day(start), calendar.Day(end))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Against the obvious model: a period is a set of days.
func TestPeriodAgainstSetOfDays(t *testing.T) {
	day := func(n int64) calendar.Day { return first + calendar.Day(n) }
	draw := func(t *rapid.T, label string) (calendar.Period, map[calendar.Day]bool) {
		start := rapid.Int64Range(0, 12).Draw(t, label+" start")
		end := rapid.Int64Range(start+1, 14).Draw(t, label+" end")
		set := map[calendar.Day]bool{}
		for n := start; n < end; n++ {
			set[day(n)] = true
		}
		p, err := calendar.NewPeriod(day(start), day(end))
		if err != nil {
			t.Fatal(err)
		}
		return p, set
	}
	rapid.Check(t, func(t *rapid.T) {
		p, inP := draw(t, "p")
		q, inQ := draw(t, "q")
		both, ok := p.Intersect(q)
		covers, shared := true, 0
		for n := int64(-2); n < 16; n++ {
			d := day(n)
			if p.Contains(d) != inP[d] || both.Contains(d) != (inP[d] && inQ[d]) {
				t.Fatalf("%s: wrong at %s", p, d)
			}
			covers = covers && (inP[d] || !inQ[d])
			if inP[d] && inQ[d] {
				shared++
			}
			passed := 0
			for e := range inP {
				if e <= d {
					passed++
				}
			}
			if p.Elapsed(d) != passed {
				t.Fatalf("%s as of %s: %d elapsed, want %d", p, d, p.Elapsed(d), passed)
			}
		}
		if p.Days() != len(inP) || p.Covers(q) != covers || ok != (shared > 0) || both.Days() != shared {
			t.Fatalf("%s and %s: %d days, covers %v, share %s", p, q, p.Days(), p.Covers(q), both)
		}
		if swapped, _ := q.Intersect(p); swapped != both {
			t.Fatal("the order counts")
		}
	})
}

func TestPeriodRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, q := drawPeriod(t, "p"), drawPeriod(t, "q")
		if back, err := calendar.ParsePeriod(p.String()); err != nil || back != p {
			t.Fatalf("%s came back as %s, %v", p, back, err)
		}
		data, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var back calendar.Period
		if err := json.Unmarshal(data, &back); err != nil || back != p {
			t.Fatalf("%s came back as %s, %v", data, back, err)
		}
		if through, err := calendar.Through(p.Start(), p.Last()); err != nil || through != p {
			t.Fatalf("%s by its last day is %s, %v", p, through, err)
		}
		if (p.Compare(q) == 0) != (p == q) || p.Compare(q) != -q.Compare(p) || (p.Compare(q) < 0) != (p.String() < q.String()) {
			t.Fatalf("%s against %s: %d", p, q, p.Compare(q))
		}
	})
}

func FuzzParsePeriod(f *testing.F) {
	for _, s := range []string{"2026-01-01/2026-02-15", "2200-12-31/2201-01-01", "2026-01-01/", "/", "2201-01-01/2201-01-01", "a/b/c"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := calendar.ParsePeriod(s)
		if err == nil && (p.String() != s || p.Days() < 1) {
			t.Fatalf("%q was read as %s", s, p)
		}
		if err != nil && (!p.IsZero() || check.All(err)[0].Op != "calendar.ParsePeriod") {
			t.Fatalf("%q gave both %s and %v", s, p, err)
		}
	})
}

func FuzzPeriodJSON(f *testing.F) {
	f.Add([]byte(`{"start":"2026-01-01","end":"2026-04-01"}`))
	f.Add([]byte(`{"start":"2026-01-01","end":null,"x":[]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var p, again calendar.Period
		if p.UnmarshalJSON(data) != nil {
			return
		}
		out, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(out, &again); err != nil || again != p {
			t.Fatalf("%s came back as %v, %v", out, again, err)
		}
	})
}

func TestPeriodErrorsMatchTheirClass(t *testing.T) {
	for text, class := range map[string]error{
		"":                      check.ErrInvalid,
		"2026-01-01":            check.ErrInvalid,
		"2026-01-01/":           check.ErrMissing,
		"1899-01-01/2026-01-01": check.ErrRange,
		"2026-01-01/2201-01-02": check.ErrRange,
	} {
		if _, err := calendar.ParsePeriod(text); !errors.Is(err, class) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
