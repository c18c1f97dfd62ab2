package target_test

import (
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// Six quarters in which 150 of 100 had come by the first day and 50 went back
// on the last: in the middle all of a plan is due and no more. And six in
// which 100 went back first and 200 came last: nothing is due yet, not minus
// the plan. Worked by hand for a target of 1000.
func TestReturnsInTheHistoryKeepSharesWithinThePlan(t *testing.T) {
	for _, c := range []struct {
		why              string
		first, last      int64
		passed, expected kpi.Value
	}{
		{"returns at the end", 150, -50, kpi.Int(1), kpi.Int(1000)},
		{"returns at the beginning", -100, 200, kpi.Int(0), kpi.Int(0)},
	} {
		history := target.History{}
		for _, label := range []string{"2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"} {
			p := period(label)
			history.Periods = append(history.Periods, p)
			history.Days = append(history.Days, target.DayAmount{Day: p.Start(), Value: kpi.Int(c.first)}, target.DayAmount{Day: p.Last(), Value: kpi.Int(c.last)})
		}
		got, err := target.Track(target.Input{Metric: money(0), Plan: []kpi.Figure{figure("amy", "2026-Q1", "1000")},
			Actual: kpi.Int(1200), AsOf: calendar.MustDay("2026-02-14"), Curve: target.Learned, History: &history})
		if err != nil || got.Passed != c.passed || got.Expected != c.expected {
			t.Errorf("%s: passed %v, expected %v, %v", c.why, got.Passed, got.Expected, err)
		}
	}
}
