package plan_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
)

// deals holds a pipeline to which deals are added day by day.
type deals struct {
	*funnel.Histories
	t *testing.T
}

func noDeals(t *testing.T) deals {
	t.Helper()
	h, err := funnel.New(funnel.Pipeline{ID: "direct", Stages: []funnel.Stage{{ID: "lead", Probability: kpi.Frac(1, 2), Category: funnel.InPipeline},
		{ID: "won", Outcome: funnel.Won}, {ID: "lost", Outcome: funnel.Lost}}})
	must(t, err)
	return deals{h, t}
}

func at(d calendar.Day) time.Time { return funnel.StartOf(d, time.UTC) }

// open adds a deal that somebody expects on a day, with a chance in hundredths,
// and whose next step is agreed.
func (d deals) open(id, owner string, value, chance int64, on, expected calendar.Day) {
	d.Add(funnel.Event{Deal: id, Owner: owner, Stage: "lead", At: at(on), Amount: kpi.Int(value), Probability: kpi.Frac(chance, 100), ExpectedClose: expected, NextStep: day("2026-02-20")})
}

func (d deals) end(id, stage string, on calendar.Day) {
	d.Add(funnel.Event{Deal: id, Stage: stage, At: at(on)})
}

func (d deals) question(asOf string) funnel.Question {
	return funnel.Question{AsOf: funnel.EndOf(day(asOf), time.UTC), Location: time.UTC, ClosingsFrom: day("2025-04-01"), Stale: funnel.Stale{PastClose: -1}}
}

// fourQuarters is three quarters that are over and one on its 45th day, 14
// February 2026. On their 45th day, of each that is over:
//
//	       ann                      bo               cy                            created later
//	       won      due at 0.5      due at 0.5       due at 0.2      due next      and won, bo
//	Q2     1,000    2,000, won      2,000, lost      3,000, lost     2,000, won    600
//	Q3     1,000    2,000, won      2,000, lost      3,000, won      2,000, lost   500
//	Q4     1,000    2,000, won      2,000, lost      3,000, lost     2,000, lost   700
//	won    3,000 in each            600, 500, 700    2,000 + 3,000 in Q3           3,600, 8,500 and 3,700 in all
//
// Of the fourth, ann has won 1,000, and 1,500 that had been expected in April.
// Due are
//
//	ann  8,000 at 0.5, of which 2,000 since 10 February
//	bo   2,000 at 0.25, since 9 February
//	cy   4,000 at 0.75, and until 11 February 1,000 at 0.5, then lost
//
// ann has 2,500 for April without a next step; bo 1,500 whose close date has
// passed, and 500 that were pushed from February to May, 86 days old and
// without a call.
func fourQuarters(t *testing.T) deals {
	t.Helper()
	d := noDeals(t)
	for i, quarter := range []string{"2025-Q2", "2025-Q3", "2025-Q4"} {
		s := period(quarter).Start()
		deal := func(name, owner string, value, chance int64, on, expected int, end string, ended int) {
			d.open(quarter+name, owner, value, chance, s.Add(on), s.Add(expected))
			d.end(quarter+name, end, s.Add(ended))
		}
		deal("A", "ann", 1000, 50, 4, 80, "won", 20)
		deal("B", "ann", 2000, 50, 4, 80, "won", 70)
		deal("C", "bo", 2000, 50, 4, 80, "lost", 71)
		deal("D", "cy", 3000, 20, 4, 80, []string{"lost", "won", "lost"}[i], 85)
		deal("E", "cy", 2000, 50, 30, 110, []string{"won", "lost", "lost"}[i], 100)
		deal("N", "bo", []int64{600, 500, 700}[i], 50, 60, 80, "won", 86)
	}
	jan, march := day("2026-01-05"), day("2026-03-20")
	d.open("won", "ann", 1000, 50, jan, march)
	d.end("won", "won", day("2026-01-21"))
	d.open("early", "ann", 1500, 50, day("2025-11-20"), day("2026-04-10"))
	d.end("early", "won", day("2026-02-03"))
	d.open("big", "ann", 6000, 50, jan, march)
	d.Add(funnel.Event{Deal: "big", At: at(day("2026-02-10")), Amount: kpi.Int(8000)})
	d.open("fresh", "bo", 2000, 25, day("2026-02-09"), march)
	d.open("sure", "cy", 4000, 75, jan, march)
	d.open("gone", "cy", 1000, 50, jan, march)
	d.end("gone", "lost", day("2026-02-11"))
	d.Add(funnel.Event{Deal: "april", Owner: "ann", Stage: "lead", At: at(jan), Amount: kpi.Int(2500), ExpectedClose: day("2026-04-20")})
	d.open("passed", "bo", 1500, 50, jan, day("2026-01-31"))
	d.open("pushed", "bo", 500, 50, day("2025-11-20"), day("2026-02-10"))
	d.Add(funnel.Event{Deal: "pushed", At: at(day("2026-01-20")), ExpectedClose: day("2026-05-10")})
	for _, id := range []string{"big", "sure", "april", "passed"} {
		d.Add(funnel.Event{Deal: id, At: at(day("2026-02-05")), Activity: "call"})
	}
	return d
}

// forecastOn is the quarter against 12,000, by the chances that people give.
func forecastOn(t *testing.T, asOf string, of ...string) *forecast.Forecast {
	t.Helper()
	d, aim := fourQuarters(t), forecast.Aim{Period: period("2026-Q1"), Target: kpi.Int(12000), Method: forecast.DealProbability}
	if len(of) > 0 {
		aim.Of = func(d funnel.Deal) bool { return slices.Contains(of, d.Owner) }
	}
	f, err := forecast.New(d.Histories, d.question(asOf), aim)
	must(t, err)
	return f
}

// A review with all that forecasts say beside the goals goes through JSON.
func TestReviewWithForecastsThroughJSON(t *testing.T) {
	f := forecastOn(t, "2026-02-14")
	change, err := forecast.Changed(forecastOn(t, "2026-02-07"), f)
	decisive, err1 := f.Decisive(5)
	cover, err2 := f.Cover(kpi.Int(12000))
	hygiene, err3 := f.Hygiene(forecast.HygieneRule{})
	linearity, err4 := f.Linearity()
	d := fourQuarters(t)
	a, err5 := funnel.Analyze(d.Histories, d.question("2026-02-14"))
	must(t, err, err1, err2, err3, err4, err5)
	coverage, err := a.Coverage(funnel.CoverageRule{Period: period("2026-Q1"), Target: kpi.Int(12000)})
	must(t, err)
	landing, report := f.Landing(), a.Report()
	view := plan.FunnelView{Owner: "team", Report: &report, Coverage: &coverage, Landing: &landing, Change: &change, Decisive: &decisive, Cover: &cover, Hygiene: &hygiene, Linearity: &linearity}
	r := review(t, quarter(t), plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: actuals(), Beside: plan.Beside{Funnels: []plan.FunnelView{view}}})
	text := indented(t, r)
	var back plan.Review
	must(t, json.Unmarshal(text, &back))
	if diff := cmp.Diff(string(text), string(indented(t, back))); diff != "" {
		t.Error(diff)
	}
}
