package steps_test

import (
	"fmt"
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
