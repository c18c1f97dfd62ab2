package forecast_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func problems(err error) []string {
	codes := []string{}
	for _, e := range check.All(err) {
		codes = append(codes, e.Path+" "+e.Code)
	}
	return codes
}

func TestErrorsOfNew(t *testing.T) {
	h, march := threeMonths(t), month("2026-03")
	q := asOf("2026-03-10")
	half, _ := calendar.Through(day("2026-03-01"), day("2026-03-15"))
	for name, test := range map[string]struct {
		why  string
		h    *funnel.Histories
		q    funnel.Question
		aim  forecast.Aim
		want []string
	}{
		"no period":     {"what is to be forecast must be said", h, q, forecast.Aim{}, []string{"period missing_period"}},
		"half a month":  {"earlier halves of months are none of the calendar's", h, q, forecast.Aim{Period: half}, []string{"period not_a_period_of_the_calendar"}},
		"over":          {"February is over on the tenth of March", h, q, forecast.Aim{Period: month("2026-02")}, []string{"period period_is_over"}},
		"undefined aim": {"a target without exchange rate is none", h, q, forecast.Aim{Period: march, Target: kpi.Undefined(kpi.Unpriced)}, []string{"target undefined_target"}},
		"words":         {"numbers outside the constants", h, q, forecast.Aim{Period: march, Method: 9, Past: 41, Step: kpi.Int(-1)}, []string{"method unknown_word", "past out_of_range", "step not_above_zero"}},
		"negative past": {"no time before time", h, q, forecast.Aim{Period: march, Past: -1}, []string{"past out_of_range"}},
		"calls":         {"each call has its path", h, q, forecast.Aim{Period: march, Calls: []forecast.Call{{}, {Period: march, Day: day("2026-03-01"), Owner: "Ann", By: 7, Category: funnel.Omitted}}}, []string{"calls[0].period missing_period", "calls[0].day missing_day", "calls[0].category rolls_up_nothing", "calls[0].owner call_about_all", "calls[1].by unknown_word", "calls[1].category rolls_up_nothing"}},
		"no histories":  {"as of the funnel", nil, q, forecast.Aim{Period: march}, []string{"histories missing_pipelines"}},
		"question too":  {"problems of both at once", h, funnel.Question{}, forecast.Aim{}, []string{"period missing_period", "as_of missing_instant", "location missing_location"}},
	} {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Error("no why")
			}
			_, err := forecast.New(test.h, test.q, test.aim)
			if got := problems(err); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestErrorsOfTheRest(t *testing.T) {
	h, march := threeMonths(t), month("2026-03")
	aim := forecast.Aim{Period: march, AnyClose: true}
	f, err := forecast.New(h, asOf("2026-03-10"), aim)
	if err != nil {
		t.Fatal(err)
	}
	other, err := forecast.New(h, asOf("2026-03-10"), forecast.Aim{Period: march, Method: forecast.Categories, Step: kpi.Int(1)})
	if err != nil {
		t.Fatal(err)
	}
	earlier, err := forecast.New(h, asOf("2026-03-09"), aim)
	if err != nil {
		t.Fatal(err)
	}
	failing := func(run func() error) error { return run() }
	for name, test := range map[string]struct {
		err  error
		want string
	}{
		"top":       {failing(func() error { _, err := f.Decisive(0); return err }), "top below_one"},
		"hygiene":   {failing(func() error { _, err := f.Hygiene(forecast.HygieneRule{QuietDays: -1, Pushes: -1}); return err }), "quiet_days negative_days, pushes negative_count"},
		"cover":     {failing(func() error { _, err := f.Cover(kpi.Int(1)); return err }), "next any_close"},
		"far cover": {failing(func() error { _, err := other.Cover(make([]kpi.Value, 13)...); return err }), "next too_many_periods"},
		"nil":       {failing(func() error { _, err := forecast.Changed(nil, nil); return err }), "before missing_forecast, after missing_forecast"},
		"aims":      {failing(func() error { _, err := forecast.Changed(f, other); return err }), "after.method aims_differ, after.any_close aims_differ, after.step aims_differ"},
		"reversed":  {failing(func() error { _, err := forecast.Changed(f, earlier); return err }), "after before_the_other"},
		"days":      {failing(func() error { _, err := forecast.BacktestOn(h, asOf("2026-03-10"), aim); return err }), "days missing_days"},
		"far days":  {failing(func() error { _, err := forecast.BacktestOn(h, asOf("2026-03-10"), aim, 1, 367); return err }), "days[1] out_of_range"},
	} {
		if got := strings.Join(problems(test.err), ", "); got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

// words reads and writes every word of an enum, and refuses any other.
func words[E ~uint8, P interface {
	*E
	encoding.TextUnmarshaler
}](t *testing.T, n int) {
	t.Helper()
	seen := map[string]bool{}
	for i := range E(n) {
		text, err := any(i).(encoding.TextMarshaler).MarshalText()
		var read E
		if err2 := P(&read).UnmarshalText(text); err != nil || err2 != nil || read != i || seen[string(text)] {
			t.Errorf("%T %d: %q %v %v %v", i, i, text, read, err, err2)
		}
		seen[string(text)] = true
	}
	var read E
	if _, err := any(E(n)).(encoding.TextMarshaler).MarshalText(); !errors.Is(err, check.ErrUnknown) || !errors.Is(P(&read).UnmarshalText([]byte("no such word")), check.ErrUnknown) {
		t.Errorf("%T takes what is no word of it", read)
	}
}

func TestWords(t *testing.T) {
	words[forecast.Method](t, 4)
	words[forecast.Assumption](t, 2)
	words[forecast.Held](t, 3)
	words[forecast.Caller](t, 2)
	words[forecast.Untidy](t, 6)
	words[forecast.Other](t, 7)
	for _, lang := range []string{"en", "zh", "fr"} {
		titles := map[string]bool{}
		for m := range forecast.Method(4) {
			titles[m.Title(lang)] = true
		}
		for u := range forecast.Untidy(6) {
			titles[u.Title(lang)] = true
		}
		for a := range forecast.Assumption(2) {
			titles[a.Title(lang)] = true
		}
		if len(titles) != 12 {
			t.Errorf("%s: %d titles of 12", lang, len(titles))
		}
	}
}

// Every code has a sentence in both languages, and stands once.
func TestTemplates(t *testing.T) {
	seen := map[string]bool{}
	for _, x := range forecast.Findings() {
		if seen[x.Code] || x.English == "" || x.Chinese == "" {
			t.Error(x.Code)
		}
		seen[x.Code] = true
	}
	for c := funnel.DealCreated; ; c++ { // every cause of the funnel has a sentence here
		if _, err := c.MarshalText(); err != nil {
			break
		}
		if !seen["changed_"+c.String()] {
			t.Error("no sentence for", c)
		}
	}
	for o := forecast.ChanceMoved; o <= forecast.NewDeals; o++ {
		if !seen["changed_"+o.String()] {
			t.Error("no sentence for", o)
		}
	}
}

// A call comes back from JSON, and a change does.
func TestCallAndChangeJSON(t *testing.T) {
	call := forecast.Call{Period: month("2026-03"), Owner: "Ann", By: forecast.ManagerCalls, Category: funnel.BestCase, Value: kpi.Minor(12345, 2), Day: day("2026-03-04"), Note: "周会"}
	text, err := json.Marshal(call)
	if err != nil {
		t.Fatal(err)
	}
	var read forecast.Call
	if err := json.Unmarshal(text, &read); err != nil || read != call {
		t.Errorf("%v %+v", err, read)
	}
	h := threeMonths(t)
	before, err := forecast.New(h, asOf("2026-03-04"), forecast.Aim{Period: month("2026-03")})
	if err != nil {
		t.Fatal(err)
	}
	after, err := forecast.New(h, asOf("2026-03-10"), forecast.Aim{Period: month("2026-03")})
	if err != nil {
		t.Fatal(err)
	}
	c, err := forecast.Changed(before, after)
	if err != nil {
		t.Fatal(err)
	}
	b, err := forecast.BacktestOn(h, asOf("2026-02-28"), forecast.Aim{Period: month("2026-02")}, 1, 10)
	if err != nil {
		t.Fatal(err)
	}
	var c2 forecast.Change
	var b2 forecast.Backtest
	for _, pair := range [][2]any{{c, &c2}, {b, &b2}} {
		text, err := json.Marshal(pair[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, pair[1]); err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(reflect.ValueOf(pair[1]).Elem().Interface())
		if err != nil || string(again) != string(text) {
			t.Errorf("%v\n%s\n%s", err, text, again)
		}
	}
}

// FuzzCall reads what anybody may send: it never panics, and what it reads
// comes back.
func FuzzCall(f *testing.F) {
	f.Add([]byte(`{"period":{"start":"2026-03-01","end":"2026-04-01"},"owner":"Ann","by":"manager","category":"commit","value":{"value":"1"},"day":"2026-03-04"}`))
	f.Add([]byte(`{"by":"nobody"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var call forecast.Call
		if json.Unmarshal(data, &call) != nil {
			return
		}
		_ = call.Validate()
		text, err := json.Marshal(call)
		if err != nil {
			return // a number too long to be written
		}
		var again forecast.Call
		if err := json.Unmarshal(text, &again); err != nil || again != call {
			t.Fatalf("%v\n%+v\n%+v", err, again, call)
		}
	})
}

// A forecast may be asked by many at once, and keeps nothing of its input.
func TestConcurrentAndApart(t *testing.T) {
	h := team()
	aim := secondQuarter()
	aim.Calls = []forecast.Call{{Period: aim.Period, Owner: "Bob", Category: funnel.Commit, Value: kpi.Int(1), Day: aim.Period.Start()}}
	f, err := forecast.New(h, monday("2026-05-25"), aim)
	if err != nil {
		t.Fatal(err)
	}
	before := f.LandingBy(forecast.Categories)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if l := f.LandingBy(forecast.Categories); !reflect.DeepEqual(l, before) {
				t.Error("another landing")
			}
			_, _ = f.Hygiene(forecast.HygieneRule{})
			_, _ = f.Decisive(2)
		})
	}
	wait.Wait()
	aim.Calls[0].Value = kpi.Int(999_999)
	h.Add(funnel.Event{Deal: "D300", At: start("2026-05-01"), Stage: "won", Amount: kpi.Int(1_000_000)})
	if l := f.LandingBy(forecast.Categories); !reflect.DeepEqual(l, before) {
		t.Error("the forecast shares its input")
	}
}

// A part of the deals is forecast as if there were no others.
func TestOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		deals := anySlowDeals().Draw(t, "deals")
		cut := rapid.IntRange(0, len(deals)).Draw(t, "cut")
		q := funnel.Question{AsOf: funnel.EndOf(day("2026-02-04"), time.UTC), Location: time.UTC, ClosingsFrom: day("2026-01-05"), Stale: funnel.Stale{AtLeast: 1 << 20, PastClose: -1}}
		aim := forecast.Aim{Period: week(5), Target: kpi.Int(700)}
		alone, err := forecast.New(slowHistories(t, deals[:cut]), q, aim)
		if err != nil {
			t.Fatal(err)
		}
		aim.Of = func(d funnel.Deal) bool {
			n, err := strconv.Atoi(strings.TrimPrefix(d.ID, "D"))
			return err == nil && n < cut
		}
		part, err := forecast.New(slowHistories(t, deals), q, aim)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := ask(t, part), ask(t, alone); !reflect.DeepEqual(a.Methods, b.Methods) || !reflect.DeepEqual(a.Owners, b.Owners) ||
			!reflect.DeepEqual(a.Cover, b.Cover) || !reflect.DeepEqual(a.Decisive, b.Decisive) || !reflect.DeepEqual(a.Linearity, b.Linearity) {
			t.Fatalf("of all %+v\nalone %+v", a, b)
		}
	})
}
