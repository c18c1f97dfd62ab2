package steps_test

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/saleskpi/saleskpi/funnel/steps"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// told reads events written as "entity name hour, …".
func told(text string) *steps.Journeys {
	j := &steps.Journeys{}
	for i, part := range strings.Split(text, ", ") {
		var entity, name string
		var hour int
		if _, err := fmt.Sscan(part, &entity, &name, &hour); err != nil {
			panic(part)
		}
		j.Add(steps.Event{Entity: entity, Name: name, At: hours(hour), Seq: int64(i)})
	}
	return j
}

// threeSteps is a, b, c within ten hours.
func threeSteps() steps.Definition {
	return steps.Definition{ID: "abc", Window: hourly(10), Steps: []steps.Step{{ID: "a"}, {ID: "b"}, {ID: "c"}}}
}

// Two entries before one next step: 110 s from the first, 10 s from the last,
// and both. Case PH39 of the peers, whose notes give the figures.
func TestClock(t *testing.T) {
	j := &steps.Journeys{}
	for _, e := range []struct {
		name   string
		second int
	}{{"one", 0}, {"one", 100}, {"two", 110}} {
		j.Add(steps.Event{Entity: "d1", Name: e.name, At: clockStart().Add(time.Duration(e.second) * time.Second)})
	}
	d := steps.Definition{ID: "d", Window: steps.Days(14), Steps: []steps.Step{{ID: "one"}, {ID: "two"}}}
	for clock, want := range map[steps.Clock]string{
		steps.FirstEntry: "1 entities, 2 attempts, n 1, mean 110",
		steps.LastEntry:  "1 entities, 2 attempts, n 1, mean 10",
		steps.EachVisit:  "1 entities, 2 attempts, n 2, mean 60",
	} {
		d.Clock = clock
		r := report(t, j, d, steps.Question{AsOf: hours(1)})
		s := r.Steps[1]
		if got := fmt.Sprintf("%d entities, %d attempts, n %d, mean %s", s.Entities, s.Attempts, r.Time.N, r.Time.Mean); got != want {
			t.Errorf("%s: got %s, want %s", clock, got, want)
		}
	}
}

// A report goes through JSON and says the same again.
func TestReportJSON(t *testing.T) {
	d := funnelOfSignups()
	r := report(t, loaded(), d, steps.Question{AsOf: asOf(), Location: time.UTC, Trend: calendar.Monthly, Breakdown: steps.Breakdown{Attribute: "source"}})
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var again steps.Report
	if err := check.Decode("test", text, &again); err != nil {
		t.Fatal(err)
	}
	if second, err := json.Marshal(again); err != nil || string(second) != string(text) {
		t.Errorf("%v\n%s\n%s", err, text, second)
	}
	if !reflect.DeepEqual(again.Counts, r.Counts) || again.Steps[3].Time != r.Steps[3].Time || again.Entities.Observed != r.Entities.Observed {
		t.Error("comes back otherwise")
	}
	for _, part := range []string{`"definition":"signup"`, `"as_of":"2026-03-31T00:00:00Z"`, `"fate":"dropped"`, `"label":"2026-01"`, `"histogram":[{"from":"15d7h","n":1}]`, `"value":"ads"`} {
		if !strings.Contains(string(text), part) {
			t.Errorf("no %s in %s", part, text)
		}
	}
	empty, _ := json.Marshal(report(t, &steps.Journeys{}, d, steps.Question{AsOf: asOf()}))
	for _, part := range []string{`"histogram":[]`, `"trend":[]`, `"findings":[]`, `"excluded":[]`, `"entries":null`} {
		if !strings.Contains(string(empty), part) {
			t.Errorf("no %s in %s", part, empty)
		}
	}
	if strings.Contains(string(empty), "breakdown") {
		t.Error("a breakdown that was not asked for")
	}
}

// Each history is worked out by hand from the definition.
func TestLevels(t *testing.T) {
	for name, test := range map[string]struct {
		why    string
		events string
		change func(*steps.Definition)
		want   string // entities, attempts and events at each step
	}{
		"three counts":      {"a twice before b: two attempts, and one of three b serves", "u a 0, u a 1, u b 2, u b 3, u b 20", nil, "1/2/2 1/2/3 0/0/0"},
		"at the edge":       {"exactly ten hours after is in time", "u a 0, u b 10", nil, "1/1/1 1/1/1 0/0/0"},
		"behind the edge":   {"and is not where the edge is exclusive", "u a 0, u b 10", func(d *steps.Definition) { d.Edge = steps.Exclusive }, "1/1/1 0/0/1 0/0/0"},
		"window of start":   {"the window runs from a, not from b", "u a 0, u b 9, u c 11", nil, "1/1/1 1/1/1 0/0/1"},
		"later attempt":     {"the second a has its own window", "u a 0, u a 5, u b 9, u c 14", nil, "1/2/2 1/2/1 1/1/1"},
		"gap most":          {"c more than two hours after b", "u a 0, u b 1, u c 4", func(d *steps.Definition) { d.Steps[2].MaxGap = hourly(2) }, "1/1/1 1/1/1 0/0/1"},
		"gap from first b":  {"the first chance is taken, and the gap runs from it", "u a 0, u b 1, u b 3, u c 4", func(d *steps.Definition) { d.Steps[2].MaxGap = hourly(2) }, "1/1/1 1/1/2 0/0/1"},
		"gap least":         {"the first b that is two hours after a", "u a 0, u b 1, u b 2, u c 3", func(d *steps.Definition) { d.Steps[1].MinGap = hourly(2) }, "1/1/1 1/1/2 1/1/1"},
		"gap exclusive":     {"exactly at the end of a gap", "u a 0, u b 2", func(d *steps.Definition) { d.Edge, d.Steps[1].MaxGap = steps.Exclusive, hourly(2) }, "1/1/1 0/0/1 0/0/0"},
		"other way round":   {"b and a in one instant may be taken in any order", "u b 0, u a 0", nil, "1/1/1 1/1/1 0/0/0"},
		"by sequence":       {"b came first", "u b 0, u a 0", func(d *steps.Definition) { d.Ties = steps.BySequence }, "1/1/1 0/0/1 0/0/0"},
		"later instants":    {"b has to be later", "u a 0, u b 0, u b 1, u c 1", func(d *steps.Definition) { d.Ties = steps.LaterInstants }, "1/1/1 1/1/2 0/0/1"},
		"one event each":    {"a step of its own needs an event of its own", "u a 0", func(d *steps.Definition) { d.Steps[1].Events = []string{"a"} }, "1/1/1 0/0/1 0/0/0"},
		"a or b, then a":    {"the a must be left for the third step, and b can be the second", "u a 0, u b 5, u a 5", func(d *steps.Definition) { d.Steps[1].Events, d.Steps[2].Events = []string{"a", "b"}, []string{"a"} }, "1/2/2 1/2/3 1/1/2"},
		"strict":            {"x comes between a and b", "u a 0, u x 1, u b 2, u c 3", func(d *steps.Definition) { d.Order = steps.Strict }, "1/1/1 0/0/1 0/0/1"},
		"strict again":      {"the second a starts anew", "u a 0, u x 1, u a 2, u b 3, u c 4, u x 5", func(d *steps.Definition) { d.Order = steps.Strict }, "1/2/2 1/1/1 1/1/1"},
		"strict tie":        {"x in the instant of b comes after it and before c", "u a 0, u b 1, u x 1, u c 2", func(d *steps.Definition) { d.Order = steps.Strict }, "1/1/1 1/1/1 0/0/1"},
		"strict entry tie":  {"x in the instant of a came before it", "u x 0, u a 0, u b 1", func(d *steps.Definition) { d.Order = steps.Strict }, "1/1/1 1/1/1 0/0/0"},
		"unordered":         {"c, b and a within the window, whatever the order", "u c 0, u b 1, u a 2", func(d *steps.Definition) { d.Order = steps.Unordered }, "1/1/1 1/1/1 1/1/1"},
		"unordered window":  {"the attempt of a has b, that of b alone gets no further, c opens one of its own", "u a 0, u b 9, u c 11", func(d *steps.Definition) { d.Order = steps.Unordered }, "1/2/1 1/1/1 0/0/1"},
		"unordered further": {"the b that the first attempt took gets further by itself", "u a 0, u b 9, u c 11, u a 12", func(d *steps.Definition) { d.Order = steps.Unordered }, "1/2/2 1/2/1 1/1/1"},
		"unordered twice":   {"both runs are attempts, their tails are none", "u a 0, u b 1, u c 2, u c 3, u a 4, u b 5", func(d *steps.Definition) { d.Order = steps.Unordered }, "1/2/2 1/2/2 1/2/2"},
		"exclusion":         {"x between a and b drops the entity", "u a 0, u x 1, u b 2", func(d *steps.Definition) { d.Exclusions = []steps.Exclusion{{Events: []string{"x"}}} }, "0/0/1 0/0/1 0/0/0"},
		"clean attempt":     {"the second attempt got as far, without x", "u a 0, u x 1, u b 2, u a 3, u b 4", func(d *steps.Definition) { d.Exclusions = []steps.Exclusion{{Events: []string{"x"}}} }, "1/1/2 1/1/2 0/0/0"},
		"clean but shorter": {"only a shorter attempt is clean", "u a 0, u x 1, u b 2, u a 30", func(d *steps.Definition) { d.Exclusions = []steps.Exclusion{{Events: []string{"x"}}} }, "0/1/2 0/0/1 0/0/0"},
		"x at a step":       {"at the very instant of b it is not between", "u a 0, u x 1, u b 1, u c 2", func(d *steps.Definition) { d.Exclusions = []steps.Exclusion{{Events: []string{"x"}}} }, "1/1/1 1/1/1 1/1/1"},
		"x at the end":      {"at the end of the window nothing is left to spoil", "u a 0, u x 10", func(d *steps.Definition) { d.Exclusions = []steps.Exclusion{{Events: []string{"x"}}} }, "1/1/1 0/0/0 0/0/0"},
		"x after the gap": {"b had an hour, and x came later", "u a 0, u x 2", func(d *steps.Definition) {
			d.Exclusions, d.Steps[1].MaxGap = []steps.Exclusion{{Events: []string{"x"}}}, hourly(1)
		}, "1/1/1 0/0/0 0/0/0"},
		"x elsewhere": {"it matters from b to c alone", "u a 0, u x 1, u b 2, u c 3", func(d *steps.Definition) {
			d.Exclusions = []steps.Exclusion{{Events: []string{"x"}, From: "b", To: "c"}}
		}, "1/1/1 1/1/1 1/1/1"},
		"optional":   {"left out", "u a 0, u c 2", func(d *steps.Definition) { d.Steps[1].Optional = true }, "1/1/1 0/0/0 1/1/1"},
		"on the way": {"b between a and c", "u a 0, u b 1, u c 2", func(d *steps.Definition) { d.Steps[1].Optional = true }, "1/1/1 1/1/1 1/1/1"},
		"too late":   {"b after c is not on the way", "u a 0, u c 1, u b 2", func(d *steps.Definition) { d.Steps[1].Optional = true }, "1/1/1 0/0/1 1/1/1"},
		"either way": {"of two attempts that got as far the second had b", "u a 0, u c 1, u a 20, u b 21, u c 22", func(d *steps.Definition) { d.Steps[1].Optional = true }, "1/2/2 1/1/1 1/2/2"},
		"no entry":   {"b and c without a", "u b 0, u c 1", nil, "0/0/0 0/0/1 0/0/1"},
		"two":        {"each for itself", "u a 0, v a 0, v b 1, w b 1", nil, "2/2/2 1/1/2 0/0/0"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Error("no why")
			}
			d := threeSteps()
			if test.change != nil {
				test.change(&d)
			}
			var got []string
			for _, s := range report(t, told(test.events), d, steps.Question{AsOf: hours(1000)}).Steps {
				got = append(got, fmt.Sprintf("%d/%d/%d", s.Entities, s.Attempts, s.Events))
			}
			if s := strings.Join(got, " "); s != test.want {
				t.Errorf("%s: got %s, want %s", test.why, s, test.want)
			}
		})
	}
}

// What is counted beside the funnel, and why.
func TestCounts(t *testing.T) {
	j := told("u a 0, u a 0, u x 1, u b 99, late a 99, other b 1")
	j.Add(steps.Event{Entity: "", Name: "a", At: hours(1)})
	j.Add(steps.Event{Entity: "never", Name: "a"})
	j.Add(steps.Event{Entity: "never", Name: "a", At: time.Date(2201, 1, 1, 0, 0, 0, 0, time.UTC)})
	j.AddEntity("silent", slices.Values([]steps.Event{}))
	j.AddEntity("v", slices.Values([]steps.Event{{Entity: "somebody", Name: "a", At: hours(3)}}))
	r := report(t, j, threeSteps(), steps.Question{AsOf: hours(50)})
	want := steps.Counts{Read: 7, Counted: 2, Excluded: []steps.Excluded{
		{Fate: steps.NoEntry, Entities: 1}, {Fate: steps.NotBegun, Entities: 1}, {Fate: steps.NoTime, Entities: 2}, {Fate: steps.NoID, Entities: 1}}}
	if !reflect.DeepEqual(r.Counts, want) {
		t.Errorf("entities %+v, want %+v", r.Counts, want)
	}
	events := steps.EventCounts{Read: 10, Steps: 4, Other: 1, AfterAsOf: 2, NoTime: 1, OutOfRange: 1, NoID: 1}
	if r.Events != events {
		t.Errorf("events %+v, want %+v", r.Events, events)
	}
	var codes []string
	for _, f := range r.Findings {
		codes = append(codes, f.Code+" "+f.Subject+f.Args["n"])
		if text := steps.Findings().Text(f, "en"); strings.Contains(text, "{") {
			t.Error(text)
		}
	}
	if got := strings.Join(codes, ", "); got != "step_never_seen c, entered_again 1, event_without_time 1, event_out_of_range 1, event_without_id 1, event_after_as_of 2" {
		t.Error(got)
	}
}

// As of hour 15, within ten hours: u converted, v had its time, w entered at 5
// and has time until 15, which is over; x entered at 6. The mature rate knows
// u, v and w alone.
func TestMaturity(t *testing.T) {
	j := told("u a 0, u b 1, v a 0, w a 5, x a 6, x c 7, y a 7, y b 8, y x 8, z a 14, z x 14, dropped a 1, dropped x 2, dropped b 3")
	d := threeSteps()
	d.Steps = d.Steps[:2]
	d.Exclusions = []steps.Exclusion{{Events: []string{"x"}}}
	is := func(q steps.Question, want string) {
		t.Helper()
		c := report(t, j, d, q).Entities
		got := fmt.Sprintf("entered %d: converted %d, not %d, open %d; dropped %d; observed %s, mature %s",
			c.Entered, c.Converted, c.NotConverted, c.StillOpen, c.Dropped, c.Observed, c.Mature)
		if got != want {
			t.Errorf("got %s\nwant %s", got, want)
		}
	}
	is(steps.Question{AsOf: hours(15)}, "entered 6: converted 2, not 2, open 2; dropped 1; observed 2/6 = 0.333333333333, mature 1/3 = 0.333333333333")
	// A microsecond before w's time is over it is open and young.
	is(steps.Question{AsOf: hours(15).Add(-time.Microsecond)}, "entered 6: converted 2, not 1, open 3; dropped 1; observed 2/6 = 0.333333333333, mature 1/2 = 0.5")
	d.Edge = steps.Exclusive // and where the end does not count, over
	is(steps.Question{AsOf: hours(15).Add(-time.Microsecond)}, "entered 6: converted 2, not 2, open 2; dropped 1; observed 2/6 = 0.333333333333, mature 1/3 = 0.333333333333")
	d.Edge = steps.Inclusive
	d.Steps[1].MaxGap = hourly(2) // z is open until 16, x until 8
	is(steps.Question{AsOf: hours(15)}, "entered 6: converted 2, not 3, open 1; dropped 1; observed 2/6 = 0.333333333333, mature 2/5 = 0.4")
	d.Steps[1].MinGap = hourly(3) // within two hours nobody can; y waits until 9, and x comes at 8
	d.Steps[1].MaxGap = 0
	d.Window = hourly(2)
	is(steps.Question{AsOf: hours(15)}, "entered 5: converted 0, not 5, open 0; dropped 2; observed 0/5 = 0, mature 0/4 = 0")
	d.Steps[1].MinGap, d.Window = 0, steps.Unlimited
	is(steps.Question{AsOf: hours(15)}, "entered 6: converted 2, not 0, open 4; dropped 1; observed 2/6 = 0.333333333333, mature undefined: not_applicable/undefined: not_applicable = undefined: not_applicable")
	is(steps.Question{AsOf: hours(-1)}, "entered 0: converted 0, not 0, open 0; dropped 0; observed 0/0 = undefined: zero_denominator, mature undefined: not_applicable/undefined: not_applicable = undefined: not_applicable")
}

func newYork(t *testing.T) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// An attempt belongs to the local period of its start, and an entity counts
// once in each. In New York the clock went forward on 2026-03-08 at 2:00.
func TestTrend(t *testing.T) {
	loc := newYork(t)
	j := &steps.Journeys{}
	add := func(entity, name string, day, hour, minute int) {
		j.Add(steps.Event{Entity: entity, Name: name, At: time.Date(2026, 3, day, hour, minute, 0, 0, loc)})
	}
	add("u", "a", 7, 23, 59)
	add("u", "b", 8, 4, 0) // 3 h 1 min later
	add("u", "a", 8, 5, 0) // enters again and stays
	add("u", "a", 8, 23, 59)
	add("v", "a", 9, 0, 0)
	add("v", "b", 9, 9, 0)
	add("w", "a", 11, 12, 0)
	d := threeSteps()
	d.Steps = d.Steps[:2]
	q := steps.Question{AsOf: time.Date(2026, 3, 11, 13, 0, 0, 0, loc), Location: loc, Trend: calendar.Daily}
	lines := func(r steps.Report) string {
		var b strings.Builder
		for _, p := range r.Trend {
			fmt.Fprintf(&b, "%s %d/%d %d/%d open %d %v\n", p.Label, p.Entities.Converted, p.Entities.Entered, p.Attempts.Converted, p.Attempts.Entered, p.Entities.StillOpen, p.Mature)
		}
		return b.String()
	}
	want := "2026-03-07 1/1 1/1 open 0 true\n" +
		"2026-03-08 0/1 0/2 open 0 true\n" +
		"2026-03-09 1/1 1/1 open 0 true\n" +
		"2026-03-10 0/0 0/0 open 0 true\n" + // nothing started: 0 of 0
		"2026-03-11 0/1 0/1 open 1 false\n"
	r := report(t, j, d, q)
	if got := lines(r); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if v := r.Trend[3].Entities.Observed.Value(); v.Reason() != kpi.ZeroDenominator {
		t.Errorf("0 of 0 is %s", v)
	}
	if !slices.ContainsFunc(r.Findings, func(f check.Finding) bool { return f.Code == "young_periods" && f.Args["first"] == "2026-03-11" }) {
		t.Errorf("%v", r.Findings)
	}
	q.Location = time.UTC // where all that night is the 8th
	if got := lines(report(t, j, d, q)); !strings.HasPrefix(got, "2026-03-08 1/1 1/2 ") {
		t.Error(got)
	}
	q.Location, q.Trend = loc, calendar.Monthly
	first, last := calendar.MustDay("2026-03-08"), calendar.MustDay("2026-05-15")
	q.Entries, _ = calendar.Through(first, last)
	want = "2026-03-08/2026-04-01 1/3 1/4 open 1 false\n" + // the whole month is not asked for
		"2026-04 0/0 0/0 open 0 false\n" +
		"2026-05-01/2026-05-16 0/0 0/0 open 0 false\n"
	if got := lines(report(t, j, d, q)); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// Where the clock jumps over midnight the day begins when it lands: in Beirut
// on 2022-03-27 at 1:00.
func TestDayThatBeginsLate(t *testing.T) {
	loc, err := time.LoadLocation("Asia/Beirut")
	if err != nil {
		t.Fatal(err)
	}
	j := &steps.Journeys{}
	jump := time.Date(2022, 3, 26, 22, 0, 0, 0, time.UTC)
	j.Add(steps.Event{Entity: "u", Name: "a", At: jump.Add(-time.Microsecond)})
	j.Add(steps.Event{Entity: "v", Name: "a", At: jump})
	d := threeSteps()
	r := report(t, j, d, steps.Question{AsOf: jump.AddDate(1, 0, 0), Location: loc, Trend: calendar.Daily})
	if len(r.Trend) != 2 || r.Trend[0].Label != "2022-03-26" || r.Trend[1].Label != "2022-03-27" || r.Trend[1].Entities.Entered != 1 {
		t.Errorf("%+v", r.Trend)
	}
}

// Twelve times, worked by hand: 1 h to 11 h and 100 h.
func TestDurations(t *testing.T) {
	j := &steps.Journeys{}
	for i, h := range []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 100} {
		id := fmt.Sprint("u", i)
		j.Add(steps.Event{Entity: id, Name: "a", At: hours(0)})
		j.Add(steps.Event{Entity: id, Name: "b", At: hours(h)})
	}
	d := steps.Definition{ID: "d", Window: steps.Unlimited, Steps: []steps.Step{{ID: "a"}, {ID: "b"}}}
	r := report(t, j, d, steps.Question{AsOf: hours(1000)})
	h := r.Time.In(hourly(1))
	got := fmt.Sprint(h.N, h.Min, h.P25, h.Median, h.P75, h.P90, h.Mean, h.Max)
	// positions 2.75, 5.5, 8.25, 9.9 of 0 to 11; mean 166/12
	if want := "12 1 3.75 6.5 9.25 10.9 13.833333333333 100"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if r.Time.Median != kpi.Int(23400) {
		t.Errorf("in seconds %s", r.Time.Median)
	}
	if !reflect.DeepEqual(r.Time, r.Steps[1].Time) || r.Steps[0].Time.N != 0 || r.Steps[0].Time.Median.Defined() {
		t.Error("of the step")
	}
	for _, unit := range []steps.Span{0, -hourly(1), steps.Unlimited} {
		if v := r.Time.In(unit).Median; v.Reason() != kpi.NotApplicable {
			t.Errorf("in %s: %s", unit, v)
		}
	}
	bins := func(q steps.Question) string {
		q.AsOf = hours(1000)
		var b strings.Builder
		for _, bin := range report(t, j, d, q).Histogram {
			fmt.Fprintf(&b, "%s:%d ", bin.From, bin.N)
		}
		return b.String()
	}
	// ⌈∛12⌉ = 3 bins of (100 h − 1 h)/3 = 33 h, and the last for 100 h itself
	if got := bins(steps.Question{}); got != "1h:11 1d10h:0 2d19h:0 4d4h:1 " {
		t.Error(got)
	}
	if got := bins(steps.Question{Bins: 1}); got != "1h:11 4d4h:1 " {
		t.Error(got)
	}
	if got := bins(steps.Question{Bounds: []steps.Span{hourly(2), hourly(5), steps.Days(30)}}); got != "0s:1 2h:3 5h:8 30d:0 " {
		t.Error(got)
	}
	if got := bins(steps.Question{Bounds: []steps.Span{0, hourly(50)}}); got != "0s:11 2d2h:1 " {
		t.Error(got)
	}
}

func TestBounds(t *testing.T) {
	group := func(least, greatest kpi.Value) steps.Durations {
		return steps.Durations{N: 2, Min: least, Max: greatest}
	}
	for name, test := range map[string]struct {
		why   string
		bins  int
		group steps.Durations
		want  string
	}{
		"parts of a second": {"whole seconds around them", 0, group(kpi.Frac(1, 5), kpi.Frac(9, 10)), "[0s 1s 2s]"}, // two bins of a second
		"the same":          {"one bound", 7, group(kpi.Int(9), kpi.Int(9)), "[9s]"},
		"negative bins":     {"as 0: two bins for two times", -1, group(kpi.Int(0), kpi.Int(10)), "[0s 5s 10s]"},
		"nothing":           {"no times, no bounds", 0, steps.Durations{}, "[]"},
		"negative times":    {"no events have any", 0, group(kpi.Int(-5), kpi.Int(10)), "[]"},
		"ages":              {"longer than 1900–2200", 0, group(kpi.Int(0), kpi.Int(1e12)), "[]"},
		"undefined":         {"counted and not told", 0, group(kpi.Value{}, kpi.Int(1)), "[]"},
	} {
		if got := fmt.Sprint(steps.Bounds(test.bins, test.group)); got != test.want {
			t.Errorf("%s: %s: got %s, want %s", name, test.why, got, test.want)
		}
	}
	if n := len(steps.Bounds(5000, group(kpi.Int(0), kpi.Int(1e6)))); n != 1001 {
		t.Errorf("%d bounds", n)
	}
}

// The longest time there is: from 1900 to 2200, which a time.Duration cannot
// hold.
func TestLongestTime(t *testing.T) {
	j := &steps.Journeys{}
	j.Add(steps.Event{Entity: "u", Name: "a", At: time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)})
	j.Add(steps.Event{Entity: "u", Name: "b", At: time.Date(2200, 12, 31, 23, 59, 59, 999999000, time.UTC)})
	d := threeSteps()
	d.Window = steps.Unlimited
	q := steps.Question{AsOf: time.Date(2200, 12, 31, 23, 59, 59, 999999999, time.UTC), To: "b", Location: newYork(t), Trend: calendar.Yearly}
	r := report(t, j, d, q)
	// 109,938 days, and a microsecond less
	if want := kpi.Int(109938 * 86400).Sub(kpi.Frac(1, 1e6)); r.Time.Max != want {
		t.Errorf("%s, want %s", r.Time.Max, want)
	}
	if len(r.Trend) != 1 || r.Trend[0].Entities.Converted != 1 {
		t.Errorf("%+v", r.Trend)
	}
	d.Window = steps.Days(1)
	if x, err := steps.Explain(j, d, q, "u"); err != nil || x.WhyNot("b")[0].Args["late"] != "unlimited" {
		t.Errorf("%v %+v", err, x.WhyNot("b"))
	}
}

func TestNoTimes(t *testing.T) {
	r := report(t, told("u a 0"), threeSteps(), steps.Question{AsOf: hours(1)})
	if r.Time.N != 0 || r.Time.Mean.Reason() != kpi.NoData || len(r.Histogram) != 0 || r.Histogram == nil {
		t.Errorf("%+v %v", r.Time, r.Histogram)
	}
	if r.Trend == nil || r.Findings == nil || r.Counts.Excluded == nil {
		t.Error("what is empty must be a list")
	}
	r = report(t, told("u a 0, u b 0"), threeSteps(), steps.Question{AsOf: hours(1), To: "b"})
	if len(r.Histogram) != 1 || r.Histogram[0] != (steps.Bin{N: 1}) {
		t.Errorf("all in no time: %v", r.Histogram)
	}
}

// Interval ends by the formula of Wilson, worked with bc: 4 of 20 gives
// 0.0806576626 to 0.4160174323 (case ST02 of the peers, R's binom.confint).
func TestIntervals(t *testing.T) {
	j := &steps.Journeys{}
	for i := range 20 {
		j.Add(steps.Event{Entity: fmt.Sprint(i), Name: "a", At: hours(0)})
		if i < 4 {
			j.Add(steps.Event{Entity: fmt.Sprint(i), Name: "b", At: hours(1)})
		}
	}
	d := threeSteps()
	r := report(t, j, d, steps.Question{AsOf: hours(99), To: "b"})
	for what, i := range map[string]kpi.Interval{"observed": r.Entities.ObservedInterval, "mature": r.Entities.MatureInterval, "step": r.Steps[1].FromPrevious.ObservedInterval, "attempts": r.Attempts.ObservedInterval} {
		if fmt.Sprint(i.Low, i.High) != "0.08065766258 0.4160174323" {
			t.Errorf("%s: %s to %s", what, i.Low, i.High)
		}
	}
	r = report(t, j, d, steps.Question{AsOf: hours(99), To: "b", Confidence: kpi.Confidence{Fewest: 21}})
	if i := r.Entities.ObservedInterval; i.Low.Reason() != kpi.TooFew {
		t.Errorf("of too few %s", i.Low)
	}
}

// The interval of attempts is that of kpi.ClusteredShare with every entity
// written out.
func TestAttemptsAreClustered(t *testing.T) {
	j := &steps.Journeys{}
	var groups []kpi.Ratio
	for i := range 60 {
		n, there := int64(1+i%4), i%3 == 0 // all attempts of an entity fare alike
		for k := range n {
			j.Add(steps.Event{Entity: fmt.Sprint(i), Name: "a", At: hours(int(k))})
		}
		if there {
			j.Add(steps.Event{Entity: fmt.Sprint(i), Name: "b", At: hours(5)})
			groups = append(groups, kpi.RatioOf(n, n))
		} else {
			groups = append(groups, kpi.RatioOf(0, n))
		}
	}
	r := report(t, j, threeSteps(), steps.Question{AsOf: hours(99), To: "b"})
	want, got := kpi.Confidence{}.ClusteredShare("entity", groups), r.Attempts.ObservedInterval
	if want.Interval.Groups == 0 || got.Rate != want.Interval.Rate || got.N != want.Interval.N || got.Groups != want.Interval.Groups {
		t.Fatalf("got %+v\nwant %+v", got, want)
	}
	for _, ends := range [][2]kpi.Estimate{{got.Low, want.Interval.Low}, {got.High, want.Interval.High}} {
		a, _ := ends[0].Float64()
		b, _ := ends[1].Float64()
		if !(math.Abs(a-b) < 1e-9) {
			t.Errorf("%v, want %v", a, b)
		}
	}
	if r.Attempts.MatureInterval != got {
		t.Error("all are mature")
	}
	if !slices.ContainsFunc(r.Findings, func(f check.Finding) bool { return f.Code == "clustered_attempts" && f.Args["n"] == "150" }) {
		t.Errorf("%v", r.Findings)
	}
}

// By hand: ann and bob by their first touch; the later one by the last.
func TestBreakdown(t *testing.T) {
	j := &steps.Journeys{}
	add := func(entity, name string, hour int, source string) {
		e := steps.Event{Entity: entity, Name: name, At: hours(hour)}
		if source != "" {
			e.Attributes = map[string]string{"source": source}
		}
		j.Add(e)
	}
	add("ann", "mail", 0, "ads") // no step, and tells where she comes from
	add("ann", "a", 1, "")
	add("ann", "b", 2, "fair")
	add("bob", "a", 1, "fair")
	add("bob", "a", 3, "ads")
	add("bob", "b", 4, "fair")
	add("cid", "a", 1, "")
	d := threeSteps()
	lines := func(b steps.Breakdown) string {
		r := report(t, j, d, steps.Question{AsOf: hours(99), To: "b", Breakdown: b})
		var s strings.Builder
		for _, g := range r.Breakdown.Groups {
			fmt.Fprintf(&s, "%s%v %d/%d ", g.Value, map[bool]string{true: "?"}[g.Missing], g.Entities.Converted, g.Entities.Entered)
		}
		additive := r.Breakdown.Additive
		if low := r.Breakdown.Homogeneity.P; additive != low.Defined() {
			t.Errorf("%s: compared with %s", b.By, low)
		}
		return s.String() + fmt.Sprint(additive)
	}
	for want, b := range map[string]steps.Breakdown{
		"ads 1/1 fair 1/1 ? 0/1 true": {Attribute: "source"},
		"fair 2/2 ? 0/1 true":         {Attribute: "source", By: steps.LastTouch},
		// ann's a has no source, her b stands alone; bob's ads has no b
		"ads 0/1 fair 1/1 ? 0/2 false": {Attribute: "source", By: steps.AllEvents},
		"ads 1/1 fair 1/1 ? 1/2 false": {Attribute: "source", By: steps.AtStep, Step: "a"},
		"fair 2/2 ? 0/1 false":         {Attribute: "source", By: steps.AtStep, Step: "b"},
	} {
		if got := lines(b); got != want {
			t.Errorf("%s: got %s, want %s", b.By, got, want)
		}
	}
	r := report(t, j, d, steps.Question{AsOf: hours(99), Breakdown: steps.Breakdown{Attribute: "colour"}})
	if len(r.Breakdown.Groups) != 1 || !r.Breakdown.Groups[0].Missing || r.Breakdown.Groups[0].Entities.Entered != 3 {
		t.Errorf("an attribute of nobody: %+v", r.Breakdown)
	}
	if report(t, j, d, steps.Question{AsOf: hours(99)}).Breakdown != nil {
		t.Error("not asked for")
	}
}

// Entering is bounded, finishing is not: case SA14 of the peers by the hour.
func TestEntriesBoundTheStartAlone(t *testing.T) {
	j := told("x a 100, x b 200, y a 700, y b 750, z a 750, z b 760")
	d := threeSteps()
	d.Window = steps.Days(14)
	january, _ := calendar.Through(calendar.MustDay("2026-01-01"), calendar.MustDay("2026-01-31")) // 744 hours
	r := report(t, j, d, steps.Question{AsOf: hours(5000), Location: time.UTC, Entries: january, To: "b"})
	if r.Entities.Converted != 2 || r.Entities.Entered != 2 || r.Counts.Excluded[0] != (steps.Excluded{Fate: steps.NoEntry, Entities: 1}) {
		t.Errorf("%+v", r)
	}
}

func TestQuestionErrors(t *testing.T) {
	good := steps.Question{AsOf: hours(1), Location: time.UTC}
	january, _ := calendar.Through(calendar.MustDay("2026-01-01"), calendar.MustDay("2026-01-31"))
	optional := threeSteps()
	optional.Steps[1].Optional = true
	for name, test := range map[string]struct {
		why    string
		d      steps.Definition
		change func(*steps.Question)
		want   string
	}{
		"good":         {"to an optional step", optional, func(q *steps.Question) { q.To = "b" }, ""},
		"no as-of":     {"nothing is mature without", threeSteps(), func(q *steps.Question) { q.AsOf = time.Time{} }, "as_of missing_instant"},
		"as-of":        {"outside 1900–2200", threeSteps(), func(q *steps.Question) { q.AsOf = time.Unix(1e15, 0) }, "as_of year_out_of_range"},
		"no location":  {"periods are local", threeSteps(), func(q *steps.Question) { q.Location, q.Trend = nil, calendar.Monthly }, "location missing_location"},
		"entries":      {"and so are entries", threeSteps(), func(q *steps.Question) { q.Location, q.Entries = nil, january }, "location missing_location"},
		"grain":        {"outside the constants", threeSteps(), func(q *steps.Question) { q.Trend = 9 }, "trend unknown_grain"},
		"from":         {"no such step", threeSteps(), func(q *steps.Question) { q.From = "x" }, "from unknown_step"},
		"from option":  {"a rate of those who may leave it out", optional, func(q *steps.Question) { q.From = "b" }, "from optional_step"},
		"turned":       {"back", threeSteps(), func(q *steps.Question) { q.From, q.To = "c", "b" }, "to to_not_after_from"},
		"the same":     {"nowhere", threeSteps(), func(q *steps.Question) { q.From, q.To = "b", "b" }, "to to_not_after_from"},
		"definition":   {"its path comes along", steps.Definition{ID: "d", Steps: []steps.Step{{ID: "a"}}}, func(*steps.Question) {}, "definition.window missing_window"},
		"by":           {"outside the constants", threeSteps(), func(q *steps.Question) { q.Breakdown = steps.Breakdown{Attribute: "p", By: 9} }, "breakdown.by unknown_word"},
		"no attribute": {"by what", threeSteps(), func(q *steps.Question) { q.Breakdown.By = steps.LastTouch }, "breakdown.attribute missing_attribute"},
		"no step":      {"at which", threeSteps(), func(q *steps.Question) { q.Breakdown = steps.Breakdown{Attribute: "p", By: steps.AtStep} }, "breakdown.step missing_step"},
		"other step":   {"no such", threeSteps(), func(q *steps.Question) { q.Breakdown = steps.Breakdown{Attribute: "p", By: steps.AtStep, Step: "x"} }, "breakdown.step unknown_step"},
		"step unused":  {"of the first touch", threeSteps(), func(q *steps.Question) { q.Breakdown = steps.Breakdown{Attribute: "p", Step: "a"} }, "breakdown.step step_without_use"},
		"bins":         {"more than 1,000", threeSteps(), func(q *steps.Question) { q.Bins = 1001 }, "bins bins_out_of_range"},
		"bounds":       {"not rising, not whole", threeSteps(), func(q *steps.Question) { q.Bounds = []steps.Span{hourly(1), hourly(1), 1} }, "bounds[1] not_rising, bounds[2] not_whole_seconds"},
		"many bounds":  {"1,001 of at most 1,000", threeSteps(), func(q *steps.Question) { q.Bounds = make([]steps.Span, 1001) }, "bounds too_many_bounds"},
		"confidence":   {"a level of 95 is none", threeSteps(), func(q *steps.Question) { q.Confidence.Level = kpi.Int(95) }, "confidence.level not_between_zero_and_one"},
	} {
		if test.why == "" {
			t.Error(name, "has no why")
		}
		q := good
		test.change(&q)
		_, err := steps.Analyze(told("u a 0"), test.d, q)
		var got []string
		for _, e := range check.All(err) {
			got = append(got, e.Path+" "+e.Code)
			if e.Op != "steps.Analyze" {
				t.Errorf("%s: op %s", name, e.Op)
			}
		}
		if s := strings.Join(got, ", "); s != test.want {
			t.Errorf("%s: %s: got %q, want %q", name, test.why, s, test.want)
		}
	}
	if _, err := steps.Analyze(nil, threeSteps(), good); check.All(err)[0].Path != "journeys" {
		t.Error(err)
	}
	for path, f := range map[string]steps.Figure{
		"figure.fate":     {Fate: 8},
		"figure.to":       {To: "x"},
		"figure.in_group": {InGroup: true},
	} {
		if _, err := steps.Entities(told("u a 0"), threeSteps(), good, f, "", 10); len(check.All(err)) != 1 || check.All(err)[0].Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := steps.Entities(told("u a 0"), threeSteps(), good, steps.Figure{Value: "v"}, "", 0); len(check.All(err)) != 2 {
		t.Error(err)
	}
	if _, err := steps.Explain(told("u a 0"), threeSteps(), good, "v"); check.All(err)[0].Path != "entity" {
		t.Error(err)
	}
}

// 32 steps and 32 exclusions are the most there may be, and work: v does all
// steps, two hours apart, with an exclusion before the last, which in an
// unordered funnel ends the attempt and where steps are strict breaks it.
func TestMostSteps(t *testing.T) {
	d := steps.Definition{ID: "d", Window: steps.Unlimited}
	j := &steps.Journeys{}
	for i := range steps.MostSteps {
		d.Steps = append(d.Steps, steps.Step{ID: fmt.Sprint("s", i)})
		d.Exclusions = append(d.Exclusions, steps.Exclusion{Events: []string{fmt.Sprint("x", i)}})
		j.Add(steps.Event{Entity: "u", Name: fmt.Sprint("s", i), At: hours(0)})
		j.Add(steps.Event{Entity: "v", Name: fmt.Sprint("s", i), At: hours(2 * i)})
	}
	j.Add(steps.Event{Entity: "v", Name: "x31", At: hours(61)})
	for order, want := range map[steps.Order]string{steps.Ordered: "1 1 1", steps.Strict: "1 1 1", steps.Unordered: "2 1 0"} {
		d.Order = order
		r := report(t, j, d, steps.Question{AsOf: hours(99)})
		if got := fmt.Sprint(r.Steps[30].Entities, r.Steps[31].Entities, r.Entities.Dropped); got != want {
			t.Errorf("%s: got %s, want %s", order, got, want)
		}
	}
}
