package target_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

func stood(day, version string, shown, plain target.Status) target.Stood {
	return target.Stood{AsOf: calendar.MustDay(day), Version: version, Status: shown, Plain: plain}
}

// On 5 January half of 100 in ten days is due: the actual is twice the pace.
func TestHysteresis(t *testing.T) {
	const before, earlier = "2026-01-04", "2026-01-03"
	behind := stood(before, "", target.Behind, target.Behind)
	tests := map[string]struct {
		why    string
		actual string
		past   []target.Stood
		plain  target.Status
		expect target.Status
	}{
		"no past":             {"plain thresholds", "50", nil, target.OnTrack, target.OnTrack},
		"falls at once":       {"0.999 is below 1", "49.95", []target.Stood{stood(before, "", target.OnTrack, target.OnTrack)}, target.AtRisk, target.AtRisk},
		"falls two steps":     {"bad news waits for nobody", "10", []target.Stood{stood(before, "", target.OnTrack, target.OnTrack)}, target.Behind, target.Behind},
		"holds":               {"1.01 is over 1 but not by 0.02", "50.5", []target.Stood{stood(before, "", target.AtRisk, target.AtRisk)}, target.OnTrack, target.AtRisk},
		"rises by the margin": {"1.02 is", "51", []target.Stood{stood(before, "", target.AtRisk, target.AtRisk)}, target.OnTrack, target.OnTrack},
		"rises at the second": {"the review before was over 1 too, though it showed at risk", "50", []target.Stood{stood(before, "", target.AtRisk, target.OnTrack)}, target.OnTrack, target.OnTrack},
		"rises one step":      {"1.01 is on track without and at risk with the margin", "50.5", []target.Stood{behind}, target.OnTrack, target.AtRisk},
		"holds at the bottom": {"0.91 is over 0.9 but not by 0.02", "45.5", []target.Stood{behind}, target.AtRisk, target.Behind},
		"second is lower":     {"the review before reached at risk only, and with the margin it is that too", "50", []target.Stood{stood(before, "", target.Behind, target.AtRisk)}, target.OnTrack, target.AtRisk},
		"the latest counts":   {"in any order", "50.5", []target.Stood{behind, stood(earlier, "", target.OnTrack, target.OnTrack)}, target.OnTrack, target.AtRisk},
		"another version":     {"a new target starts afresh", "50", []target.Stood{stood(before, "rev. 1", target.Behind, target.Behind)}, target.OnTrack, target.OnTrack},
		"the day itself":      {"is not earlier, nor is tomorrow", "50", []target.Stood{stood("2026-01-05", "", target.Behind, target.Behind), stood("2026-01-06", "", target.Behind, target.Behind)}, target.OnTrack, target.OnTrack},
		"late data":           {"what was behind on 3 January, and unknown on 4 January, rises by one step only", "50.5", []target.Stood{stood(before, "", target.NoData, target.NoData), stood(earlier, "", target.Behind, target.Behind)}, target.OnTrack, target.AtRisk},
		"the period before":   {"last year's behind under the same version is another target's", "50", []target.Stood{stood("2025-12-31", "", target.Behind, target.Behind)}, target.OnTrack, target.OnTrack},
		"was too early":       {"there is nothing to hold on to", "50", []target.Stood{stood(before, "", target.TooEarly, target.TooEarly)}, target.OnTrack, target.OnTrack},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			in := target.Input{Metric: money(2), Plan: tenDays("100"), Actual: kpi.MustParse(test.actual), AsOf: calendar.MustDay("2026-01-05"), Earlier: test.past,
				Thresholds: target.Thresholds{OnTrack: kpi.Int(1)}}
			got, err := target.Track(in)
			if err != nil || got.Plain != test.plain || got.Status != test.expect {
				t.Errorf("%s: %v, plain %v, %v", test.why, got.Status, got.Plain, err)
			}
			if got.Stood() != (target.Stood{AsOf: in.AsOf, Status: test.expect, Plain: test.plain}) {
				t.Error(got.Stood())
			}
			slices.Reverse(in.Earlier)
			if again, _ := target.Track(in); again.Status != got.Status {
				t.Error("the order of earlier reviews matters")
			}
		})
	}
}

// Met and missed are facts and hang on no review before.
func TestHysteresisOver(t *testing.T) {
	got, err := target.Track(target.Input{
		Metric: money(0), Plan: tenDays("100"), Actual: kpi.Int(100), AsOf: calendar.MustDay("2026-01-10"),
		Earlier: []target.Stood{stood("2026-01-09", "", target.Behind, target.Behind)},
	})
	if err != nil || got.Status != target.Met {
		t.Error(got.Status, err)
	}
}
