package steps_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel/steps"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

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
