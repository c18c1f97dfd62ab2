package target_test

import (
	"errors"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// A market share of 20 % for a quarter of 90 days, worked by hand: 10 % of it
// has passed on 9 January, and 0.18 is 90 % of 0.2.
func TestTrackStated(t *testing.T) {
	q1 := calendar.Calendar{}.MustParse("2026-Q1")
	share := kpi.Metric{ID: "share", Unit: kpi.Share(1), Additivity: kpi.RatioOfSums}
	known := func(from string) calendar.Period {
		p, _ := calendar.NewPeriod(calendar.MustDay(from), calendar.MustDay("2027-01-01"))
		return p
	}
	for _, c := range []struct {
		why    string
		asOf   string
		actual kpi.Value
		known  calendar.Period
		status target.Status
		pace   kpi.Value
	}{
		{"before the start", "2025-12-31", kpi.Frac(1, 5), calendar.Period{}, target.NotStarted, kpi.Undefined(kpi.NotYetDue)},
		{"too early on the eighth day", "2026-01-08", kpi.Frac(1, 10), calendar.Period{}, target.TooEarly, kpi.Frac(1, 2)},
		{"behind on the ninth", "2026-01-09", kpi.Frac(1, 10), calendar.Period{}, target.Behind, kpi.Frac(1, 2)},
		{"at risk from nine tenths", "2026-02-14", kpi.Frac(18, 100), calendar.Period{}, target.AtRisk, kpi.Frac(9, 10)},
		{"on track at the target", "2026-02-14", kpi.Frac(1, 5), calendar.Period{}, target.OnTrack, kpi.Int(1)},
		{"no figure is no missed share", "2026-02-14", kpi.Value{}, calendar.Period{}, target.NoData, kpi.Value{}},
		{"records of a part say nothing of the whole", "2026-02-14", kpi.Frac(1, 5), known("2026-02-01"), target.NoData, kpi.Value{}},
		{"met at the end", "2026-03-31", kpi.Frac(1, 5), known("2026-01-01"), target.Met, kpi.Int(1)},
		{"missed at the end", "2026-03-31", kpi.Frac(19, 100), calendar.Period{}, target.Missed, kpi.Frac(95, 100)},
	} {
		got, err := target.TrackStated(target.Input{Metric: share, AsOf: calendar.MustDay(c.asOf), Actual: c.actual, Known: c.known,
			Plan: []kpi.Figure{{Metric: "share", Owner: "co", Period: q1, Value: kpi.Frac(1, 5)}}})
		if err != nil || got.Status != c.status || got.Pace != c.pace || got.Landing.RunRate.Reason() != kpi.NotApplicable {
			t.Errorf("%s: %v, pace %v, landing %v, %v", c.why, got.Status, got.Pace, got.Landing, err)
		}
	}
	share.Additivity = kpi.Additive
	_, err := target.TrackStated(target.Input{Metric: share, Plan: []kpi.Figure{{}, {}}})
	if all := check.All(err); !errors.Is(err, check.ErrUnit) || len(all) < 3 || all[0].Code != "additive" || all[1].Code != "more_than_one_period" {
		t.Errorf("%v", err)
	}
}
