package funnel_test

import (
	"fmt"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
)

// winter gives four deals as of 20 January 2026.
func winter() *funnel.Analysis {
	histories, _ := funnel.New(hardware())
	day := func(d int) time.Time { return time.Date(2026, 1, d, 10, 0, 0, 0, time.UTC) }
	for _, e := range []funnel.Event{
		{Deal: "D1", At: day(1), Stage: "lead", Owner: "ann", Amount: kpi.Int(900)}, {Deal: "D1", At: day(5), Stage: "demo"},
		{Deal: "D1", At: day(8), Stage: "lead", Owner: "bo"}, {Deal: "D1", At: day(12), Stage: "lost", Reason: "price"},
		{Deal: "D2", At: day(2), Stage: "lead", Amount: kpi.Int(400)}, {Deal: "D2", At: day(16), Stage: "demo"}, {Deal: "D2", At: day(18), Stage: "won"},
		{Deal: "D3", At: day(3), Stage: "lead", Owner: "ann", Amount: kpi.Int(700)},
		{Deal: "D4", At: day(6), Stage: "lead", Amount: kpi.Int(100)}, {Deal: "D4", At: day(9), Stage: "lost", Reason: "timing"},
		{Deal: "D4", At: day(9), Reason: "price"},
	} {
		histories.Add(e)
	}
	deals, _ := funnel.Analyze(histories, funnel.Question{AsOf: day(20), Location: time.UTC})
	return deals
}

// How long deals stay in each stage; what still runs is kept apart.
func ExampleAnalysis_Times() {
	times, err := winter().Times(funnel.Measure{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range times.Stages[:2] {
		fmt.Printf("%s: %d visits ended, median %s days; %d running, the longest %s days; half are over by day %s\n",
			s.Stage, s.Visits.Ended.N, s.Visits.Ended.Median, s.Visits.Running.N, s.Visits.Running.Max, s.Visits.Survival.Median)
	}
	// Output:
	// lead: 4 visits ended, median 4 days; 1 running, the longest 17 days; half are over by day 4
	// demo: 2 visits ended, median 2.5 days; 0 running, the longest undefined: no_data days; half are over by day 3
}

// Who should be called: deals that have stood still for longer than two weeks.
func ExampleAnalysis_Stalled() {
	stalled, err := winter().Stalled(funnel.StallRule{
		Limits:         map[string]kpi.Value{"lead": kpi.Int(14), "demo": kpi.Int(7), "offer": kpi.Int(7)},
		ActivityCounts: true,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range stalled.Deals {
		fmt.Printf("%s of %s in %s for %s days, %s too long\n", d.ID, d.Owner, d.Stage, d.Still, d.Over)
	}
	// Output: D3 of ann in lead for 17 days, 3 too long
}

// Why deals were lost. D4 names two reasons, half of it each.
func ExampleAnalysis_Reasons() {
	reasons, err := winter().Reasons(funnel.Lost)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range reasons.Reasons {
		fmt.Printf("%s: %s of %d lost deals, worth %s\n", r.Reason, r.Weight, reasons.Deals, r.Value.Sum)
	}
	// Output:
	// price: 1.5 of 2 lost deals, worth 950
	// timing: 0.5 of 2 lost deals, worth 50
}

func ExampleAnalysis_Rework() {
	w := winter().Rework()
	fmt.Printf("%d of %d deals moved back; %d entries again, %d of them under another owner\n", w.Moved, w.Deals, w.Again, w.Redone)
	// Output: 1 of 4 deals moved back; 1 entries again, 1 of them under another owner
}

// How sure is the share of deals that moved back? Under ten deals no interval
// is drawn, unless that is asked for.
func ExampleAnalysis_ReworkBy() {
	w, err := winter().ReworkBy(funnel.Sampling{Confidence: kpi.Confidence{Level: kpi.Frac(9, 10), Fewest: 4}})
	fmt.Printf("%s moved back, between %s and %s, %v\n", w.Share.Ratio, w.Share.Interval.Low, w.Share.Interval.High, err)
	fmt.Println(winter().Rework().Share.Interval.Low)
	// Output:
	// 1/4 = 0.25 moved back, between 0.0375933706 and 0.739887661, <nil>
	// undefined: too_few
}
