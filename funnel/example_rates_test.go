package funnel_test

import (
	"fmt"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Three numbers go by the name of conversion. Of the young deals it is not
// known yet, so the first is too low.
func ExampleAnalysis_Conversion() {
	deals, _ := funnel.Analyze(spring(), springQuestion())
	c, err := deals.Conversion(funnel.ConversionRule{Within: 60})
	if err != nil {
		fmt.Println(err)
		return
	}
	share := func(v kpi.Value) string { return v.Text(3, kpi.HalfEven) }
	fmt.Println("observed", share(c.Observed.Ratio.Value()), "of", c.Observed.Ratio.Den(), "deals")
	fmt.Println("mature  ", share(c.Mature.Ratio.Value()), "of", c.Mature.Ratio.Den(), "deals, between", c.Mature.Interval.Low, "and", c.Mature.Interval.High)
	fmt.Println("adjusted", c.Adjusted.Share, "between", c.Adjusted.Low, "and", c.Adjusted.High)
	// Output:
	// observed 0.233 of 60 deals
	// mature   0.333 of 33 deals, between 0.1975022768 and 0.5039210557
	// adjusted 0.3333333333 between 0.1995687828 and 0.4728792611
}

// Stage by stage, each within the days that nine in ten of its deals take.
func ExampleAnalysis_StageConversions() {
	deals, _ := funnel.Analyze(spring(), springQuestion())
	stages, err := deals.StageConversions(funnel.Sampling{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range stages {
		fmt.Printf("%s within %s days: %s of the mature, between %s and %s\n", c.From, c.Within,
			c.Mature.Ratio.Value().Text(2, kpi.HalfEven), c.Mature.Interval.Low, c.Mature.Interval.High)
	}
	// Output:
	// lead within 14 days: 0.67 of the mature, between 0.533609636 and 0.7775858346
	// demo within 14 days: 0.50 of the mature, between 0.3363088287 and 0.6636911713
	// offer within 14 days: 1.00 of the mature, between 0.7846891973 and 1
}

// The four win rates of one quarter.
func ExampleAnalysis_WinRates() {
	deals, _ := funnel.Analyze(spring(), springQuestion())
	w, err := deals.WinRates(funnel.WinRateRule{Period: calendar.Calendar{}.MustParse("2026-Q2"), Within: 30})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("closed in the quarter:", w.Closed.Ratio)
	fmt.Println("of what began in it, so far:", w.Created.Ratio)
	fmt.Println("of what began in it and is closed:", w.Cohort.Ratio)
	fmt.Println("of what began in it, within 30 days:", w.Within.Mature.Ratio)
	// Output:
	// closed in the quarter: 7/14 = 0.5
	// of what began in it, so far: 1/21 = 0.047619047619
	// of what began in it and is closed: 1/4 = 0.25
	// of what began in it, within 30 days: 0/9 = 0
}

// A win rate is a curve.
func ExampleAnalysis_Curve() {
	deals, _ := funnel.Analyze(spring(), springQuestion())
	curve, err := deals.Curve(funnel.ConversionRule{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range curve.Points {
		fmt.Printf("day %d: won %s, lost %s, open %s\n", p.Age, p.Won, p.Lost, p.Open)
	}
	// Output:
	// day 28: won 0, lost 0.3333333333, open 0.6666666667
	// day 42: won 0.3333333333, lost 0.3333333333, open 0.3333333333
}

// Cohorts asked the same question at the same age; what is too young says so.
func ExampleAnalysis_CohortAges() {
	question := springQuestion()
	question.Cohorts, question.ClosingsFrom = calendar.Monthly, calendar.MustDay("2026-01-01")
	deals, _ := funnel.Analyze(spring(), question)
	m, err := deals.CohortAges(30, 60, 90)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range m.Cohorts {
		fmt.Print(c.Label, ":")
		for i, r := range c.Won {
			fmt.Print("  ", m.Ages[i], " days ", r.Value().Text(2, kpi.HalfEven))
		}
		fmt.Println()
	}
	// Output:
	// 2026-01:  30 days 0.00  60 days 0.33  90 days 0.33
	// 2026-02:  30 days 0.00  60 days 0.33  90 days undefined: immature
	// 2026-03:  30 days 0.00  60 days undefined: immature  90 days undefined: immature
	// 2026-04:  30 days undefined: immature  60 days undefined: immature  90 days undefined: immature
	// 2026-05:  30 days undefined: immature  60 days undefined: immature  90 days undefined: immature
}

// Two sellers whose win rates look different, and are not by more than chance.
func ExampleCompare() {
	histories, _ := funnel.New(hardware())
	for i, owner := range []string{"ann", "bo"} {
		for n := range 20 {
			end := "lost"
			if n < 8+4*i {
				end = "won"
			}
			deal := fmt.Sprint(owner, n)
			histories.Add(funnel.Event{Deal: deal, Owner: owner, Stage: "lead", At: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)})
			histories.Add(funnel.Event{Deal: deal, Stage: end, At: time.Date(2026, 2, 1+n, 9, 0, 0, 0, time.UTC)})
		}
	}
	deals, _ := funnel.Analyze(histories, funnel.Question{AsOf: time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC), Location: time.UTC})
	sellers, _, _ := deals.By(func(d funnel.Deal) (string, bool) { return d.Owner, true })
	comparison, err := funnel.Compare(sellers, funnel.CompareRule{Within: 60})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range comparison.Parts {
		fmt.Println(s.Key, s.WinRate.A, "by", s.WinRate.Difference.Difference, "from the rest:", s.WinRate.Verdict.Title("en"))
	}
	// Output:
	// ann 8/20 = 0.4 by -0.2 from the rest: within chance
	// bo 12/20 = 0.6 by 0.2 from the rest: within chance
}

// Which stage costs most against its own usual level? Of so few deals it
// cannot be told, and is not guessed.
func ExampleAnalysis_Bottleneck() {
	deals, _ := funnel.Analyze(spring(), springQuestion())
	b, err := deals.Bottleneck(funnel.BottleneckRule{Period: calendar.Calendar{}.MustParse("2026-05"), Every: calendar.Monthly, Periods: 3})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range b.Stages {
		fmt.Println(s.Stage, "now", s.Now, "usually", s.Usual, s.Verdict.Title("en"))
	}
	fmt.Println(funnel.Findings().Text(b.Findings[0], "en"))
	// Output:
	// lead now 6/6 = 1 usually 18/18 = 1 cannot be told
	// demo now 3/6 = 0.5 usually 9/18 = 0.5 cannot be told
	// offer now 3/3 = 1 usually 7/7 = 1 cannot be told
	// Too few deals were decided to compare any of 3 stages with its earlier level.
}
