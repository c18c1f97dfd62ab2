package target_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// planOf gives a plan of months from January 2026 on; "" is no target.
func planOf(amounts ...string) []kpi.Figure {
	months, _ := calendar.Calendar{}.Split(period("2026"), calendar.Monthly)
	plan := []kpi.Figure{}
	for i, amount := range amounts {
		f := figure("amy", "2026", amount)
		f.Period = months[i]
		plan = append(plan, f)
	}
	return plan
}

// oneADay aims at ten a day in the first quarter: 310, 280 and 310.
func oneADay() []kpi.Figure { return planOf("310", "280", "310") }

func through(first, last string) calendar.Period {
	p, err := calendar.Through(calendar.MustDay(first), calendar.MustDay(last))
	if err != nil {
		panic(err)
	}
	return p
}

// summary writes what a person would note of a tracking; undefined is its
// reason.
func summary(t target.Tracking) string {
	short := func(v kpi.Value) string {
		if !v.Defined() {
			return v.Reason().String()
		}
		return v.Exact()
	}
	codes := []string{}
	for _, f := range t.Findings {
		codes = append(codes, f.Code)
	}
	return strings.TrimSpace(fmt.Sprintf("%v %d/%d target %s expected %s actual %s attained %s pace %s required %s landing %s %s %s",
		t.Status, t.Elapsed, t.Days, short(t.Target), short(t.Expected), short(t.Actual), short(t.Attainment), short(t.Pace),
		short(t.Required), short(t.Landing.RunRate), short(t.Landing.RestOfPlan), strings.Join(codes, " ")))
}

func TestTrack(t *testing.T) {
	quarter := []kpi.Figure{figure("amy", "2026-Q1", "900")}
	tests := map[string]struct {
		why    string
		in     target.Input
		asOf   string
		expect string // worked by hand
	}{
		"half way": {
			"45 of 90 days are over, the as-of day among them; 480 are left for 45 days; run rate 420 × 90/45",
			target.Input{Plan: quarter, Actual: kpi.Int(420)}, "2026-02-14",
			"at_risk 45/90 target 900 expected 450 actual 420 attained 7/15 pace 14/15 required 32/3 landing 840 870",
		},
		"along the plan": {
			"January whole and half of February: 100 + 200 × 14/28",
			target.Input{Plan: planOf("100", "200", "300"), Actual: kpi.Int(200)}, "2026-02-14",
			"on_track 45/90 target 600 expected 200 actual 200 attained 1/3 pace 1 required 80/9 landing 400 600",
		},
		"on a straight line": {
			"the same months by days: 600 × 45/90",
			target.Input{Plan: planOf("100", "200", "300"), Actual: kpi.Int(200), Curve: target.Linear}, "2026-02-14",
			"behind 45/90 target 600 expected 300 actual 200 attained 1/3 pace 2/3 required 80/9 landing 400 500",
		},
		"at risk from 90 % on": {
			"405 of 450 is 0.9, which is not below it",
			target.Input{Plan: quarter, Actual: kpi.Int(405)}, "2026-02-14",
			"at_risk 45/90 target 900 expected 450 actual 405 attained 0.45 pace 0.9 required 11 landing 810 855",
		},
		"thresholds are data": {
			"on track from 0.9, where the caller says so",
			target.Input{Plan: quarter, Actual: kpi.Int(405), Thresholds: target.Thresholds{OnTrack: kpi.Frac(9, 10), AtRisk: kpi.Frac(1, 2)}}, "2026-02-14",
			"on_track 45/90 target 900 expected 450 actual 405 attained 0.45 pace 0.9 required 11 landing 810 855",
		},
		"before the start": {
			"nothing is due; 900 in 90 days are required",
			target.Input{Plan: quarter}, "2025-12-31",
			"not_started 0/90 target 900 expected 0 actual not_yet_due attained not_yet_due pace not_yet_due required 10 landing not_yet_due not_yet_due",
		},
		"too early": {
			"8 of 90 days are 8.9 %, less than a tenth",
			target.Input{Plan: quarter, Actual: kpi.Int(0)}, "2026-01-08",
			"too_early 8/90 target 900 expected 80 actual 0 attained 0 pace 0 required 450/41 landing 0 820",
		},
		"early no more": {
			"9 of 90 days are a tenth",
			target.Input{Plan: quarter, Actual: kpi.Int(0)}, "2026-01-09",
			"behind 9/90 target 900 expected 90 actual 0 attained 0 pace 0 required 100/9 landing 0 810",
		},
		"early by the plan, not by days": {
			"of a plan that sells in March, a tenth has not passed by the end of February",
			target.Input{Plan: planOf("5", "4", "91"), Actual: kpi.Int(0)}, "2026-02-28",
			"too_early 59/90 target 100 expected 9 actual 0 attained 0 pace 0 required 100/31 landing 0 91",
		},
		"met early": {
			"what is reached is not required again",
			target.Input{Plan: quarter, Actual: kpi.Int(990)}, "2026-02-14",
			"on_track 45/90 target 900 expected 450 actual 990 attained 1.1 pace 2.2 required 0 landing 1980 1440",
		},
		"over and met": {
			"at equality the target is met",
			target.Input{Plan: quarter, Actual: kpi.Int(900)}, "2026-03-31",
			"met 90/90 target 900 expected 900 actual 900 attained 1 pace 1 required 0 landing 900 900",
		},
		"over and missed": {
			"one short, and no day is left; a later as-of day changes nothing",
			target.Input{Plan: quarter, Actual: kpi.Int(899)}, "2026-07-01",
			"missed 90/90 target 900 expected 900 actual 899 attained 899/900 pace 899/900 required no_time_left landing 899 899",
		},
		"no data is not zero": {
			"nobody knows what was sold",
			target.Input{Plan: quarter}, "2026-02-14",
			"no_data 45/90 target 900 expected 450 actual no_data attained no_data pace no_data required no_data landing no_data no_data",
		},
		"no data at the end": {
			"which is not a missed target",
			target.Input{Plan: quarter}, "2026-03-31",
			"no_data 90/90 target 900 expected 900 actual no_data attained no_data pace no_data required no_time_left landing no_data no_data",
		},
		"no target": {
			"there is nothing to compare with",
			target.Input{Plan: planOf("", "", ""), Actual: kpi.Int(5)}, "2026-02-14",
			"no_data 45/90 target no_data expected no_data actual 5 attained no_target pace no_target required no_data landing 10 no_data",
		},
		"a month without target": {
			"adds nothing to the others",
			target.Input{Plan: planOf("310", "", "310"), Actual: kpi.Int(310)}, "2026-02-14",
			"on_track 45/90 target 620 expected 310 actual 310 attained 0.5 pace 1 required 62/9 landing 620 620",
		},
		"lower is better": {
			"a budget of 900, 450 to date: 500 is 2 − 500/450; 400 may still come in 45 days",
			target.Input{Metric: kpi.Metric{Direction: kpi.LowerIsBetter}, Plan: quarter, Actual: kpi.Int(500)}, "2026-02-14",
			"behind 45/90 target 900 expected 450 actual 500 attained 13/9 pace 8/9 required 80/9 landing 1000 950 attainment_falls",
		},
		"lower is better and exceeded": {
			"100 too much are to be taken back",
			target.Input{Metric: kpi.Metric{Direction: kpi.LowerIsBetter}, Plan: quarter, Actual: kpi.Int(1000)}, "2026-03-31",
			"missed 90/90 target 900 expected 900 actual 1000 attained 8/9 pace 8/9 required no_time_left landing 1000 1000",
		},
		"below zero": {
			"a loss of 900 at most, 450 to date: −400 is 1 + 50/450",
			target.Input{Plan: planOf("-310", "-280", "-310"), Actual: kpi.Int(-400)}, "2026-02-14",
			"on_track 45/90 target -900 expected -450 actual -400 attained 14/9 pace 10/9 required 0 landing -800 -850",
		},
		"target of zero": {
			"no ratio, but it is met or not",
			target.Input{Plan: planOf("0", "0", "0"), Actual: kpi.Int(-1)}, "2026-02-14",
			"behind 45/90 target 0 expected 0 actual -1 attained zero_denominator pace zero_denominator required 1/45 landing -2 -1",
		},
		"target of zero, lower": {
			"no complaints wanted, none came",
			target.Input{Metric: kpi.Metric{Direction: kpi.LowerIsBetter}, Plan: planOf("0", "0", "0"), Actual: kpi.Int(0)}, "2026-03-31",
			"met 90/90 target 0 expected 0 actual 0 attained zero_denominator pace zero_denominator required no_time_left landing 0 0",
		},
		"sign change": {
			"−90 of 900 is computed and flagged",
			target.Input{Plan: quarter, Actual: kpi.Int(-90)}, "2026-02-14",
			"behind 45/90 target 900 expected 450 actual -90 attained -0.1 pace -0.2 required 22 landing -180 360 sign_change",
		},
		"known from February": {
			"January is no data: 14 of 59 days, 140 of 590",
			target.Input{Plan: oneADay(), Actual: kpi.Int(140), Known: through("2026-02-01", "2026-02-14")}, "2026-02-14",
			"on_track 14/59 target 590 expected 140 actual 140 attained 14/59 pace 1 required 10 landing 590 590 partly_observed",
		},
		"known from within February": {
			"a month that is not known whole is no data: 15 of 31 days of March",
			target.Input{Plan: oneADay(), Actual: kpi.Int(150), Known: through("2026-02-02", "2026-03-15")}, "2026-03-15",
			"on_track 15/31 target 310 expected 150 actual 150 attained 15/31 pace 1 required 10 landing 310 310 partly_observed",
		},
		"known from within February, by days": {
			"on a straight line each day counts for itself: 42 of 58 days at 10",
			target.Input{Plan: oneADay(), Actual: kpi.Int(420), Known: through("2026-02-02", "2026-03-15"), Curve: target.Linear}, "2026-03-15",
			"on_track 42/58 target 580 expected 420 actual 420 attained 21/29 pace 1 required 10 landing 580 580 partly_observed",
		},
		"known from before the start": {
			"all is known",
			target.Input{Plan: oneADay(), Actual: kpi.Int(900), Known: through("2025-06-01", "2026-03-31")}, "2026-03-31",
			"met 90/90 target 900 expected 900 actual 900 attained 1 pace 1 required 0 landing 900 900",
		},
		"nothing known": {
			"the window begins after the plan has ended",
			target.Input{Plan: oneADay(), Actual: kpi.Int(0), Known: through("2026-04-01", "2026-04-30")}, "2026-04-30",
			"no_data 0/0 target no_data expected no_data actual no_data attained no_data pace no_data required no_data landing no_data no_data not_observed",
		},
		"nothing known yet": {
			"the window begins within the running month",
			target.Input{Plan: oneADay(), Actual: kpi.Int(7), Known: through("2026-02-02", "2026-02-14")}, "2026-02-14",
			"no_data 0/31 target 310 expected 0 actual no_data attained no_data pace no_data required no_data landing no_data no_data not_observed",
		},
		"a window that begins after the as-of day": {
			"as of that day nothing is known",
			target.Input{Plan: oneADay(), Actual: kpi.Int(7), Known: through("2026-03-01", "2026-03-31")}, "2026-02-14",
			"no_data 0/0 target no_data expected no_data actual no_data attained no_data pace no_data required no_data landing no_data no_data not_observed",
		},
		"not started, and records begin with the plan": {
			"no record can be missing yet: 900 over 90 days",
			target.Input{Plan: oneADay(), Actual: kpi.Value{}, Known: through("2026-01-01", "2026-03-31")}, "2025-12-15",
			"not_started 0/90 target 900 expected 0 actual not_yet_due attained not_yet_due pace not_yet_due required 10 landing not_yet_due not_yet_due",
		},
		"targets for February alone": {
			"what was won in January is not held against February: 10 a day, half of the month is over",
			target.Input{Plan: []kpi.Figure{{Metric: "won_value", Owner: "amy", Period: period("2026-01")}, figure("amy", "2026-02", "280"),
				{Metric: "won_value", Owner: "amy", Period: period("2026-03")}}, Actual: kpi.Int(140)}, "2026-02-14",
			"on_track 14/28 target 280 expected 140 actual 140 attained 0.5 pace 1 required 10 landing 280 280",
		},
		"late data": {
			"the quarter is over but known until 14 February only: no verdict",
			target.Input{Plan: oneADay(), Actual: kpi.Int(450), Known: through("2026-01-01", "2026-02-14")}, "2026-04-02",
			"on_track 45/90 target 900 expected 450 actual 450 attained 0.5 pace 1 required 10 landing 900 900 known_until",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			test.in.Metric.ID, test.in.Metric.Unit = "won_value", kpi.Money("USD", 2)
			test.in.AsOf = calendar.MustDay(test.asOf)
			got, err := target.Track(test.in)
			if err != nil {
				t.Fatal(err)
			}
			if summary(got) != test.expect {
				t.Errorf("%s\n got %s\nwant %s", test.why, summary(got), test.expect)
			}
			roundTrip(t, got)
		})
	}
}

func roundTrip(t *testing.T, tracking target.Tracking) {
	t.Helper()
	text, err := json.Marshal(tracking)
	if err != nil {
		t.Fatal(err)
	}
	var read target.Tracking
	if err := check.Decode("test", text, &read); err != nil || !reflect.DeepEqual(read, tracking) {
		t.Errorf("%v\n%s", err, text)
	}
}

func TestWindow(t *testing.T) {
	in := target.Input{Metric: money(0), Plan: oneADay(), AsOf: calendar.MustDay("2026-02-14")}
	tests := map[string]struct {
		why         string
		known, want calendar.Period
	}{
		"no word":       {"all days up to the as-of day", calendar.Period{}, through("2026-01-01", "2026-02-14")},
		"from February": {"whole months only", through("2026-01-15", "2026-12-31"), through("2026-02-01", "2026-02-14")},
		"until January": {"no further than known", through("2025-01-01", "2026-01-20"), through("2026-01-01", "2026-01-20")},
		"too late":      {"no day at all", through("2026-02-10", "2026-02-14"), calendar.Period{}},
	}
	for name, test := range tests {
		in.Known = test.known
		if got := in.Window(); got != test.want {
			t.Errorf("%s: %v; want %v: %s", name, got, test.want, test.why)
		}
	}
	in.AsOf = calendar.MustDay("2027-01-01")
	in.Known = calendar.Period{}
	if got := in.Window(); got != period("2026-Q1") {
		t.Error("after the end the window is the whole period, not", got)
	}
	if got := (target.Input{}).Window(); !got.IsZero() {
		t.Error(got)
	}
}

func TestTrackErrors(t *testing.T) {
	other := figure("bo", "2026-05", "1")
	other.Metric = "lost_value"
	tests := map[string]struct {
		why    string
		in     target.Input
		class  error
		expect []string
	}{
		"nothing": {
			"all that is missing",
			target.Input{},
			check.ErrMissing,
			[]string{"metric.id missing_id", "plan missing_plan", "as_of missing_day"},
		},
		"a ratio": {
			"a win rate is not due in parts; a band has no better way",
			target.Input{Metric: kpi.Metric{ID: "won_value", Additivity: kpi.RatioOfSums, Direction: kpi.InBand}, Plan: oneADay(), AsOf: calendar.MustDay("2026-01-31")},
			check.ErrUnit,
			[]string{"metric.additivity not_additive", "metric.direction no_direction"},
		},
		"a pace in percent": {
			"0.9 and not 90",
			target.Input{Metric: money(0), Plan: oneADay(), AsOf: calendar.MustDay("2026-01-31"),
				Thresholds: target.Thresholds{OnTrack: kpi.Int(100), AtRisk: kpi.Int(-90)}},
			check.ErrRange,
			[]string{"thresholds.on_track not_a_pace", "thresholds.at_risk not_a_pace"},
		},
		"a broken plan": {
			"one owner, one metric, no gap and no overlap, in any order",
			target.Input{
				Metric: money(0), AsOf: calendar.MustDay("2026-01-31"), Curve: 7,
				Plan:       []kpi.Figure{figure("amy", "2026-03", "1"), other, figure("amy", "2026-03-15/2026-04-01", "1"), {}},
				Thresholds: target.Thresholds{TooEarly: kpi.Int(2), OnTrack: kpi.Frac(1, 2), AtRisk: kpi.Undefined(kpi.TooFew)},
			},
			check.ErrOverlap,
			[]string{
				"plan[1].metric other_metric", "plan[1].owner other_owner",
				"plan[3].metric missing_id", "plan[3].owner missing_id", "plan[3].period missing_period",
				"plan[2].period overlap", "plan[1].period gap",
				"curve unknown_word",
				"thresholds.at_risk undefined_threshold", "thresholds.too_early not_a_share", "thresholds.on_track below_at_risk",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := target.Track(test.in)
			if !errors.Is(err, test.class) || !reflect.DeepEqual(got, target.Tracking{}) {
				t.Error(got, err)
			}
			if got := problems(err); !slices.Equal(got, test.expect) {
				t.Errorf("%s\n%s\nwant\n%s", test.why, strings.Join(got, "\n"), strings.Join(test.expect, "\n"))
			}
		})
	}
}
