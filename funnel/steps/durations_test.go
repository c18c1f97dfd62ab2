package steps_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel/steps"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

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
