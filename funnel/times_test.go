package funnel_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

// deals analyses events of the hardware pipeline as of noon of a day of
// January 2026.
func deals(t *testing.T, day int, change func(*funnel.Question), events ...funnel.Event) *funnel.Analysis {
	t.Helper()
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		h.Add(e)
	}
	q := funnel.Question{AsOf: on(day), Location: time.UTC}
	if change != nil {
		change(&q)
	}
	a, err := funnel.Analyze(h, q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func in(deal, stage string, day int) funnel.Event {
	return funnel.Event{Deal: deal, Stage: stage, At: on(day)}
}

// D1 is in lead 1–4 January, in demo 4–6, in lead again 6–11 and then won. D2
// is in lead from the 2nd on. D3 was in lead, nobody knows since when, and is
// in demo since the 9th. As of the 12th, worked by hand.
func backAndForth() []funnel.Event {
	return []funnel.Event{
		in("D1", "lead", 1), in("D1", "demo", 4), in("D1", "lead", 6), in("D1", "won", 11),
		in("D2", "lead", 2),
		{Deal: "D3", Stage: "lead"}, in("D3", "demo", 9),
	}
}

// line prints what was ended and is running: n, missing, median, sum.
func line(v funnel.VisitTime) string {
	one := func(d funnel.Durations) string { return fmt.Sprint(d.N, d.Missing, " ", d.Median, " ", d.Sum) }
	return one(v.Ended) + "; " + one(v.Running)
}

func TestTimes(t *testing.T) {
	no := "undefined: no_data undefined: no_data"
	for name, test := range map[string]struct {
		by   funnel.Measure
		want string // of lead: visits, first, last, total; of demo: visits
		why  string
	}{
		"calendar days": {funnel.Measure{},
			"2 1 4 8; 1 0 10 10|1 1 3 3; 1 0 10 10|1 1 5 5; 1 0 10 10|1 1 8 8; 1 0 10 10|1 0 2 2; 1 0 3 3",
			"D1 was in lead 3 and 5 days, D2 is there for 10, D3's time there is missing; D1 in demo 2, D3 for 3"},
		"elapsed": {funnel.Measure{By: funnel.Elapsed},
			"2 1 4 8; 1 0 10 10|1 1 3 3; 1 0 10 10|1 1 5 5; 1 0 10 10|1 1 8 8; 1 0 10 10|1 0 2 2; 1 0 3 3",
			"everything happens at noon, so elapsed days are whole"},
		"working days": {funnel.Measure{By: funnel.WorkingDays, Work: weekdays(t, "2026-01-01", "2026-02-01")},
			"2 1 3 6; 1 0 6 6|1 1 2 2; 1 0 6 6|1 1 4 4; 1 0 6 6|1 1 6 6; 1 0 6 6|1 0 1 1; 1 0 1 1",
			"1 January 2026 is a Thursday: from the 1st to before the 4th Thu and Fri, 4–6 Mon the 5th, 6–11 Tue to Fri, 2–12 the 2nd and a week, 9–12 Fri the 9th"},
	} {
		t.Run(name, func(t *testing.T) {
			times, err := deals(t, 12, nil, backAndForth()...).Times(test.by)
			if err != nil {
				t.Fatal(err)
			}
			lead, demo := times.Stages[0], times.Stages[1]
			got := strings.Join([]string{line(lead.Visits), line(lead.First), line(lead.Last), line(lead.Total), line(demo.Visits)}, "|")
			if got != test.want {
				t.Errorf("\n%s, want\n%s\n%s", got, test.want, test.why)
			}
			if got := line(times.Stages[2].Visits); got != "0 0 "+no+"; 0 0 "+no {
				t.Errorf("offer, where nobody was: %s", got)
			}
		})
	}
}

func weekdays(t *testing.T, first, end string) calendar.WorkCalendar {
	t.Helper()
	p, err := calendar.NewPeriod(calendar.MustDay(first), calendar.MustDay(end))
	if err != nil {
		t.Fatal(err)
	}
	c, err := calendar.NewWorkCalendar(calendar.WorkDays{Covers: p, Weekend: calendar.WeekdaysOf(time.Saturday, time.Sunday)})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// What is still running is not averaged in, but moves the survival quantiles.
// Worked by hand: visits to lead of 3 and 5 days have ended, one of 10 days
// runs, so S is 2/3 from 3 days on and 1/3 from 5 days on: below 3/4 at 3,
// below 1/2 at 5, and never below 1/4.
func TestSurvivalOfVisits(t *testing.T) {
	times, err := deals(t, 12, nil, backAndForth()...).Times(funnel.Measure{})
	if err != nil {
		t.Fatal(err)
	}
	s := times.Stages[0].Visits.Survival
	if s.N != 3 || s.Running != 1 || s.P25 != kpi.Int(3) || s.Median != kpi.Int(5) || s.P75.Reason() != kpi.Immature {
		t.Errorf("%+v", s)
	}
	if s := times.Stages[2].Visits.Survival; s.N != 0 || s.Median.Reason() != kpi.NoData {
		t.Errorf("of nobody: %+v", s)
	}
}

// A birth after the first move would make a negative visit: it is counted and
// left out. 26 October 2025 has 25 hours in Vienna.
func TestNegativeAndLongDays(t *testing.T) {
	a := deals(t, 12, nil,
		funnel.Event{Deal: "D1", Birth: true, Stage: "lead", At: on(9)}, in("D1", "demo", 3), in("D1", "won", 5))
	times, err := a.Times(funnel.Measure{})
	if err != nil {
		t.Fatal(err)
	}
	lead := times.Stages[0].Visits
	if lead.Negative != 1 || lead.Ended.N != 0 || times.Stages[1].Visits.Ended.Sum != kpi.Int(2) {
		t.Errorf("%+v", lead)
	}
	if len(times.Findings) != 1 || times.Findings[0].Code != "negative_time" || times.Findings[0].Subject != "lead" {
		t.Errorf("%+v", times.Findings)
	}
	vienna := time.FixedZone("summer", 2*60*60)
	a = deals(t, 12, nil,
		funnel.Event{Deal: "D1", Stage: "lead", At: time.Date(2025, 10, 26, 0, 0, 0, 0, vienna)},
		funnel.Event{Deal: "D1", Stage: "demo", At: time.Date(2025, 10, 26, 23, 0, 0, 0, time.UTC)})
	times, err = a.Times(funnel.Measure{By: funnel.Elapsed})
	if got := times.Stages[0].Visits.Ended.Sum; err != nil || got != kpi.Frac(25, 24) {
		t.Errorf("a day of 25 hours lasts %s, %v", got, err)
	}
}

// Days that the work calendar does not cover are not guessed.
func TestTimesOutsideTheWorkCalendar(t *testing.T) {
	times, err := deals(t, 12, nil, backAndForth()...).Times(funnel.Measure{By: funnel.WorkingDays, Work: weekdays(t, "2026-01-02", "2026-02-01")})
	if err != nil {
		t.Fatal(err)
	}
	lead := times.Stages[0].Visits
	if lead.Ended.N != 1 || lead.Ended.Missing != 2 || lead.Running.N != 1 {
		t.Errorf("%+v", lead)
	}
	for _, m := range []funnel.Measure{{By: funnel.WorkingDays}, {By: 9}} {
		if _, err := deals(t, 12, nil).Times(m); len(check.All(err)) != 1 {
			t.Errorf("measure %d: %v", m.By, err)
		}
	}
}

// Every visit is counted once: ended, running, missing or negative; of every
// deal that was in a stage there is one first, one last and one total; and the
// totals add up to the visits.
func TestTimesReconcile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, err := funnel.Analyze(filled(t, rapid.SliceOfN(anyEvent(), 0, 40).Draw(t, "events")), anyQuestion(t))
		if err != nil {
			t.Fatal(err)
		}
		times, err := a.Times(funnel.Measure{By: rapid.SampledFrom([]funnel.TimeBy{funnel.CalendarDays, funnel.Elapsed}).Draw(t, "by")})
		if err != nil {
			t.Fatal(err)
		}
		all := func(v funnel.VisitTime) int64 {
			return v.Ended.N + v.Ended.Missing + v.Running.N + v.Running.Missing + v.Negative
		}
		rework := a.Rework()
		for i, s := range times.Stages {
			w := rework.Stages[i]
			if all(s.Visits) != w.Visits || all(s.First) != w.Deals || all(s.Last) != w.Deals || all(s.Total) != w.Deals {
				t.Fatalf("%+v\n%+v", s, w)
			}
			if s.Visits.Negative+s.Visits.Ended.Missing+s.Visits.Running.Missing == 0 {
				sum := func(v funnel.VisitTime) kpi.Value {
					return v.Ended.Sum.Or(kpi.Int(0)).Add(v.Running.Sum.Or(kpi.Int(0)))
				}
				if sum(s.Visits) != sum(s.Total) {
					t.Fatalf("%s: visits of %s days, in total %s", s.Stage, sum(s.Visits), sum(s.Total))
				}
			}
		}
	})
}

// Worked by hand: of three deals D1 moves lead → demo → lead, one back and one
// again; forward 1, net 0. D3's way from lead to demo is forward 1.
func TestRework(t *testing.T) {
	w := deals(t, 12, nil, backAndForth()...).Rework()
	got := fmt.Sprint(w.Deals, w.Moved, " ", w.Moves, w.Back, w.Again, w.Redone, w.Opened, " ", w.Gross, w.Net, w.Stages[0].Visits, w.Stages[0].Rate.Ratio, w.Stages[1].Back)
	if want := "3 1 3 1 1 0 0 2 1 4 4/3 = 1.333333333333 1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	// The same with another owner when it is back in lead.
	w = deals(t, 12, nil, append(backAndForth(), funnel.Event{Deal: "D1", Owner: "ann", At: on(1)}, funnel.Event{Deal: "D1", Owner: "bo", At: on(5)})...).Rework()
	if w.Redone != 1 || w.Stages[0].Redone != 1 {
		t.Errorf("under another owner: %+v", w)
	}
	// Lost and opened again in the stage where it was: no move back.
	w = deals(t, 12, nil, in("D1", "demo", 1), in("D1", "lost", 3), in("D1", "demo", 5)).Rework()
	if w.Opened != 1 || w.Again != 1 || w.Moves != 0 || w.Back != 0 || w.Progress.Ratio.Value().Reason() != kpi.ZeroDenominator {
		t.Errorf("opened again: %+v", w)
	}
}

// Worked by hand: D1 is lost for price and timing, half each; D2 for price; D3
// says nothing; D4 was lost for price first, opened again and lost for timing.
func TestReasons(t *testing.T) {
	lost := func(deal string, day int, reasons ...string) (events []funnel.Event) {
		events = append(events, funnel.Event{Deal: deal, Stage: "demo", At: on(1), Amount: kpi.Int(100)}, in(deal, "lost", day))
		for _, r := range reasons {
			events = append(events, funnel.Event{Deal: deal, At: on(day), Reason: r})
		}
		return events
	}
	events := append(lost("D1", 3, "price", "timing"), lost("D2", 4, "price", "price")...)
	events = append(append(events, lost("D3", 5)...), lost("D4", 3, "price")...)
	events = append(events, in("D4", "lead", 6), in("D4", "lost", 8), funnel.Event{Deal: "D4", At: on(8), Reason: "timing"})
	r, err := deals(t, 12, nil, events...).Reasons(funnel.Lost)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(r.Deals, r.Unstated.Weight)
	for _, c := range r.Reasons {
		got += fmt.Sprint("; ", c.Reason, c.Named, " ", c.Weight, " ", c.Share.Value(), " ", c.Value.Sum, c.Stages)
	}
	if want := "4 1; price2 1.5 0.375 150 [{demo 1.5}]; timing2 1.5 0.375 150 [{lead 1} {demo 0.5}]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if len(r.Findings) != 1 || r.Findings[0].Code != "reason_unstated" {
		t.Errorf("%+v", r.Findings)
	}
	if _, err := deals(t, 12, nil).Reasons(funnel.Open); !errors.Is(err, check.ErrInvalid) {
		t.Errorf("why deals are open: %v", err)
	}
}

// The weights add up to the deals, whatever was stated.
func TestReasonsReconcile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, err := funnel.Analyze(filled(t, rapid.SliceOfN(anyEvent(), 0, 40).Draw(t, "events")), anyQuestion(t))
		if err != nil {
			t.Fatal(err)
		}
		report := a.Report()
		for end, closed := range map[funnel.Outcome]funnel.Closed{funnel.Won: report.Won, funnel.Lost: report.Lost, funnel.Disqualified: report.Disqualified} {
			r, err := a.Reasons(end)
			if err != nil {
				t.Fatal(err)
			}
			sum := r.Unstated.Weight
			for _, c := range r.Reasons {
				sum = sum.Add(c.Weight)
			}
			if r.Deals != closed.Deals || sum != kpi.Int(r.Deals) {
				t.Fatalf("%d deals closed, %d have reasons that weigh %s", closed.Deals, r.Deals, sum)
			}
		}
	})
}

// As of the 12th D1 stands in demo for 3 days and D2 for 9, by a limit of 5
// stated; a call on the 10th makes D2 move again where that counts. Nothing is
// learned for lead, where D3 stands.
func TestStalled(t *testing.T) {
	a := deals(t, 12, nil, in("D1", "demo", 9), in("D2", "demo", 3), in("D3", "lead", 1), funnel.Event{Deal: "D2", Activity: "call", At: on(10)},
		funnel.Event{Deal: "D2", Amount: kpi.Int(500)})
	rule := funnel.StallRule{Limits: map[string]kpi.Value{"demo": kpi.Int(5)}}
	s, err := a.Stalled(rule)
	if err != nil {
		t.Fatal(err)
	}
	demo, lead := s.Stages[1], s.Stages[0]
	if demo.Open != 2 || demo.Moving != 1 || demo.Stalled.Live.Deals != 1 || demo.Stalled.Live.Value.Sum != kpi.Int(500) || demo.Learned {
		t.Errorf("demo: %+v", demo)
	}
	if lead.Unknown != 1 || lead.Limit.Reason() != kpi.TooFew || len(s.Findings) != 1 {
		t.Errorf("lead: %+v, %+v", lead, s.Findings)
	}
	if len(s.Deals) != 1 || s.Deals[0].ID != "D2" || s.Deals[0].Still != kpi.Int(9) || s.Deals[0].Over != kpi.Int(4) {
		t.Errorf("%+v", s.Deals)
	}
	// One that was expected to close on day 3 and is stale a day later stands
	// apart, and is named with the others.
	stale := deals(t, 12, func(q *funnel.Question) { q.Stale = funnel.Stale{PastClose: 1} }, in("D2", "demo", 3), in("D4", "demo", 3),
		funnel.Event{Deal: "D4", ExpectedClose: january(3)})
	if s, err = stale.Stalled(rule); err != nil || s.Stages[1].Stalled.Live.Deals != 1 || s.Stages[1].Stalled.Stale.Deals != 1 || len(s.Deals) != 2 || !s.Deals[1].Stale || findingCodes(s.Findings) != "stalled_and_stale" {
		t.Errorf("with a stale one: %+v, %v", s, err)
	}
	rule.ActivityCounts = true
	if s, err = a.Stalled(rule); err != nil || len(s.Deals) != 0 {
		t.Errorf("after a call: %+v, %v", s.Deals, err)
	}
}

// Five visits to lead took 1, 2, 3, 4 and 5 days; their median is 3, so a deal
// that is there for 4 days is stalled and one for 3 is not.
func TestStalledLearnsItsLimits(t *testing.T) {
	events := []funnel.Event{in("X", "lead", 8), in("Y", "lead", 9)}
	for i := range 5 {
		deal := fmt.Sprint("D", i)
		events = append(events, in(deal, "lead", 1), in(deal, "won", 2+i))
	}
	s, err := deals(t, 12, nil, events...).Stalled(funnel.StallRule{Quantile: kpi.Frac(1, 2), AtLeast: 5})
	if err != nil || s.Stages[0].Limit != kpi.Int(3) || !s.Stages[0].Learned || len(s.Deals) != 1 || s.Deals[0].ID != "X" {
		t.Errorf("%+v, %v", s, err)
	}
	_, err = deals(t, 12, nil).Stalled(funnel.StallRule{
		Limits: map[string]kpi.Value{"won": kpi.Int(-1), "nowhere": {}}, Quantile: kpi.Int(2), AtLeast: -1, Measure: funnel.Measure{By: 7}})
	paths := ""
	for _, e := range check.All(err) {
		paths += e.Path + " "
	}
	if want := "measure.by limits.nowhere limits.nowhere limits.won limits.won quantile at_least "; paths != want {
		t.Errorf("%s, want %s", paths, want)
	}
}
