package funnel_test

import (
	"fmt"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// spring gives the histories of 60 deals of 2026: each week three begin; one
// is won after six weeks for 10,000, one lost after four, and one is still a
// lead, expected to close 90 days after it began.
func spring() *funnel.Histories {
	histories, _ := funnel.New(hardware())
	for week := range 20 {
		start := calendar.MustDay("2026-01-05").Add(7 * week)
		at := func(days int) time.Time { return funnel.StartOf(start.Add(days), time.UTC) }
		won, lost, open := fmt.Sprint("W", week), fmt.Sprint("L", week), fmt.Sprint("O", week)
		for _, e := range []funnel.Event{
			{Deal: won, At: at(0), Stage: "lead", Amount: kpi.Int(10_000)}, {Deal: won, At: at(14), Stage: "demo"},
			{Deal: won, At: at(28), Stage: "offer"}, {Deal: won, At: at(42), Stage: "won"}, {Deal: won, At: at(7), Activity: "call"},
			{Deal: lost, At: at(0), Stage: "lead", Amount: kpi.Int(10_000)}, {Deal: lost, At: at(14), Stage: "demo"}, {Deal: lost, At: at(28), Stage: "lost"},
			{Deal: open, At: at(0), Stage: "lead", Amount: kpi.Int(5_000), ExpectedClose: start.Add(90)},
		} {
			histories.Add(e)
		}
	}
	return histories
}

func springQuestion() funnel.Question {
	return funnel.Question{AsOf: funnel.EndOf(calendar.MustDay("2026-05-20"), time.UTC), Location: time.UTC}
}

// What the pipeline wins in a day, and what a tenth more of it would.
func ExampleAnalysis_Velocity() {
	deals, _ := funnel.Analyze(spring(), springQuestion())
	v, err := deals.Velocity(funnel.VelocityRule{Reference: calendar.Calendar{}.MustParse("2026-04"), Qualified: "demo"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d open × %s × %s / %s days = %s a day\n", v.Open, v.WinRate.Value(), v.AverageWon, v.MeanCycle, v.PerDay.Text(2, kpi.HalfEven))
	one := kpi.Int(1)
	fmt.Println("with a cycle shorter by a tenth", v.With(one, one, one, kpi.Frac(9, 10)).Text(2, kpi.HalfEven))
	// Output:
	// 6 open × 0.5 × 10000 / 42 days = 714.29 a day
	// with a cycle shorter by a tenth 793.65
}

// Is the quarter covered? Deals past their close date and stale ones are not
// counted, and said.
func ExampleAnalysis_Coverage() {
	deals, _ := funnel.Analyze(spring(), springQuestion())
	c, err := deals.Coverage(funnel.CoverageRule{Period: calendar.Calendar{}.MustParse("2026-Q2"), Target: kpi.Int(150_000)})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("won", c.Won.Sum, "remaining", c.Remaining)
	fmt.Println("open", c.Open.Value.Sum, "covers", c.Ratio.Value().Text(2, kpi.HalfEven), "times")
	fmt.Println("past their close date", c.PastClose.Deals, "expected elsewhere", c.Elsewhere.Deals)
	// Output:
	// won 70000 remaining 80000
	// open 30000 covers 0.38 times
	// past their close date 4 expected elsewhere 7
}

// How much coverage was enough in earlier months, at the same day of the month.
func ExampleYields() {
	months, err := funnel.LookBack(spring(), springQuestion(), calendar.Monthly, 3)
	if err != nil {
		fmt.Println(err)
		return
	}
	experience := funnel.Yields(months, true)
	for _, m := range experience.Periods {
		fmt.Println(m.Day, "open", m.Open.Value.Sum, "of it won", m.FromOpen.Value.Sum, "and new ones", m.FromNew.Deals)
	}
	fmt.Println("needed coverage", experience.Needed.Text(1, kpi.HalfEven))
	// Output:
	// 2026-04-20 open 180000 of it won 10000 and new ones 0
	// 2026-03-20 open 155000 of it won 20000 and new ones 0
	// 2026-02-20 open 135000 of it won 10000 and new ones 0
	// needed coverage 11.8
}

// From an amount back to the deals that it takes, and by when.
func ExampleAnalysis_Reverse() {
	deals, _ := funnel.Analyze(spring(), springQuestion())
	way, err := deals.Reverse(funnel.Aim{Amount: kpi.Int(300_000), Period: calendar.Calendar{}.MustParse("2026-Q3")})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(way.Wins, "wins of", way.AverageWon)
	for _, s := range way.Stages {
		fmt.Printf("%-5s at %s: %s needed, %d there, %s more by %s\n", s.Stage, s.Rate.Value().Text(2, kpi.HalfEven), s.Needed, s.Have, s.Enter, s.By)
	}
	fmt.Println(way.New, "new deals in", way.DaysLeft, "days;", way.Activities[0].Total.Text(0, kpi.Ceiling), "calls")
	// Output:
	// 30 wins of 10000
	// lead  at 0.91: 62 needed, 21 there, 41 more by 2026-08-19
	// demo  at 0.47: 60 needed, 4 there, 56 more by 2026-09-02
	// offer at 1.00: 30 needed, 2 there, 28 more by 2026-09-16
	// 41 new deals in 91 days; 13 calls
}
