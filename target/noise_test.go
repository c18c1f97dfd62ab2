package target_test

import (
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Half of 1000 in ten days is due: paces worked by hand.
func TestDefaultThresholds(t *testing.T) {
	for _, test := range []struct {
		why    string
		actual int64
		limits target.Thresholds
		want   target.Status
	}{
		{"99.6 % of what is due is no risk", 498, target.Thresholds{}, target.OnTrack},
		{"97 % is about on plan", 485, target.Thresholds{}, target.OnTrack},
		{"96.8 % is not", 484, target.Thresholds{}, target.AtRisk},
		{"90 %", 450, target.Thresholds{}, target.AtRisk},
		{"89.8 %", 449, target.Thresholds{}, target.Behind},
		{"who wants the old line states it", 498, target.Thresholds{OnTrack: kpi.Int(1)}, target.AtRisk},
		{"a stated line for at risk moves the other with it", 485, target.Thresholds{AtRisk: kpi.Frac(98, 100)}, target.Behind},
		{"and there is nothing between", 490, target.Thresholds{AtRisk: kpi.Frac(98, 100)}, target.OnTrack},
	} {
		got, err := target.Track(target.Input{Metric: money(0), Plan: tenDays("1000"), Actual: kpi.Int(test.actual), AsOf: calendar.MustDay("2026-01-05"), Thresholds: test.limits})
		if err != nil || got.Status != test.want {
			t.Errorf("%s: %v at %v, %v", test.why, got.Status, got.Pace, err)
		}
	}
	got, _ := target.Track(target.Input{Metric: money(0), Plan: tenDays("1000"), Actual: kpi.Int(999), AsOf: calendar.MustDay("2026-01-10")})
	if got.Status != target.Missed {
		t.Error("at the end there is no room:", got.Status)
	}
}

// A budget of 900 over the 90 days of a quarter: 2 − actual ÷ 900 for the
// whole, 2 − actual ÷ due for the pace. Exactly on plan at half time the
// attainment is 150 %, and that is said.
func TestLowerIsBetterInMidPeriod(t *testing.T) {
	cost := kpi.Metric{ID: "cost_value", Unit: kpi.Money("USD", 0), Direction: kpi.LowerIsBetter}
	for _, test := range []struct {
		why, asOf        string
		actual           int64
		attainment, pace kpi.Value
		status           target.Status
		said             bool
		stillPerDay      string
	}{
		{"half is used and due", "2026-02-14", 450, kpi.Frac(3, 2), kpi.Int(1), target.OnTrack, true, "10"},
		{"on the 36th day 360 are due", "2026-02-05", 225, kpi.Frac(7, 4), kpi.Frac(11, 8), target.OnTrack, true, "12.5"},
		{"2 % over what is due", "2026-02-14", 459, kpi.Frac(149, 100), kpi.Frac(98, 100), target.OnTrack, true, "9.8"},
		{"8 % over", "2026-02-14", 486, kpi.Frac(146, 100), kpi.Frac(92, 100), target.AtRisk, true, "9.2"},
		{"a third over", "2026-02-14", 600, kpi.Frac(4, 3), kpi.Frac(2, 3), target.Behind, true, ""},
		{"all is used at half time: no attainment misleads", "2026-02-14", 900, kpi.Int(1), kpi.Int(0), target.Behind, false, "0"},
		{"at the end the two are one", "2026-03-31", 900, kpi.Int(1), kpi.Int(1), target.Met, false, ""},
	} {
		got, err := target.Track(target.Input{Metric: cost, AsOf: calendar.MustDay(test.asOf), Actual: kpi.Int(test.actual),
			Plan: []kpi.Figure{{Metric: "cost_value", Owner: "amy", Period: period("2026-Q1"), Value: kpi.Int(900)}}})
		if err != nil || got.Attainment != test.attainment || got.Pace != test.pace || got.Status != test.status {
			t.Errorf("%s: attained %v, pace %v, %v, %v", test.why, got.Attainment, got.Pace, got.Status, err)
		}
		if test.stillPerDay != "" && got.Required != kpi.MustParse(test.stillPerDay) {
			t.Errorf("%s: %v may still come in a day", test.why, got.Required)
		}
		if said := findingCodes(got.Findings) == "attainment_falls"; said != test.said {
			t.Errorf("%s: %v", test.why, got.Findings)
		}
	}
	got, _ := target.Track(target.Input{Metric: cost, AsOf: calendar.MustDay("2026-02-14"), Actual: kpi.Int(450),
		Plan: []kpi.Figure{{Metric: "cost_value", Owner: "amy", Period: period("2026-Q1"), Value: kpi.Int(900)}}})
	rate := kpi.Metric{ID: "churn", Unit: kpi.Share(1), Direction: kpi.LowerIsBetter, Additivity: kpi.RatioOfSums}
	if of, err := target.TrackStated(target.Input{Metric: rate, AsOf: calendar.MustDay("2026-02-14"), Actual: kpi.Frac(3, 100),
		Plan: []kpi.Figure{{Metric: "churn", Owner: "amy", Period: period("2026-Q1"), Value: kpi.Frac(5, 100)}}}); err != nil || of.Attainment != kpi.Frac(7, 5) || len(of.Findings) != 0 {
		t.Error("a rate does not grow with the days:", of.Findings, err)
	}
	want := "Less is better for amy: 450 USD of at most 900 USD so far, where 450 USD were due by now. The attainment of 150.0 % is that of the whole and falls until the end; go by the pace, 100.0 %."
	if text := target.Findings().Text(got.Findings[0], "en"); text != want {
		t.Errorf("%q; want %q", text, want)
	}
}

// speaks checks that findings have whole sentences.
func speaks(t *testing.T, found []check.Finding) {
	for _, f := range found {
		for _, lang := range []string{"en", "zh"} {
			if text := target.Findings().Text(f, lang); text == strings.TrimSpace(f.Code+" "+f.Subject) || strings.ContainsAny(text, "{}") {
				t.Errorf("%s in %s: %s", f.Code, lang, text)
			}
		}
	}
}

func TestStatedFindingsSpeak(t *testing.T) {
	speaks(t, trackStated(t, winRate(t), "all", "2026-02-28", "all 2026-Q1 0.27").Findings)
	speaks(t, trackStated(t, winRate(t, "all 2026-01 100", "all 2026-02 50", "all 2026-03 50"), "all", "2026-02-28", "all 2026-Q1 0.27").Findings)
	speaks(t, trackStated(t, headcount(t), "all", "2026-03-31", "amy 2026-03 11").Findings)
}
