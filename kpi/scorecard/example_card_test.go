package scorecard_test

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
)

// balanced has two perspectives, a deduction for complaints, and a veto for
// breaches of the code of conduct.
func balanced() scorecard.Definition {
	percent := func(n int64) kpi.Value { return kpi.Frac(n, 100) }
	return scorecard.Definition{
		ID: "sales_rep",
		Perspectives: []scorecard.Perspective{
			{ID: "financial", Weight: percent(60)},
			{ID: "customer", Weight: percent(40)},
		},
		Items: []scorecard.Item{
			{Metric: "revenue", Perspective: "financial", Weight: percent(70), Curve: scorecard.Curve{Cap: kpi.Int(150)}},
			{Metric: "collections", Perspective: "financial", Weight: percent(30), Curve: scorecard.Curve{Cap: kpi.Int(120)}},
			{Metric: "csat", Perspective: "customer", Weight: percent(100), Curve: scorecard.Curve{
				Kind: scorecard.Piecewise, Over: scorecard.OverActual,
				Knots: []scorecard.Knot{{At: percent(70), Points: kpi.Int(0)}, {At: percent(90), Points: kpi.Int(100)}, {At: percent(95), Points: kpi.Int(110)}},
			}},
			{Metric: "complaints", Perspective: "customer", Weight: percent(5), Bonus: true, Direction: kpi.LowerIsBetter, Curve: scorecard.Curve{
				Kind: scorecard.Steps, Over: scorecard.OverActual, Floor: kpi.Int(-100),
				Knots: []scorecard.Knot{{At: kpi.Int(0), Points: kpi.Int(0)}, {At: kpi.Int(2), Points: kpi.Int(-40)}},
			}},
		},
		Bands: []scorecard.Band{{Name: "A", From: kpi.Int(100)}, {Name: "B", From: kpi.Int(80)}, {Name: "C"}},
		Gates: []scorecard.Gate{{Metric: "breaches", Over: scorecard.OverActual, Direction: kpi.LowerIsBetter, Limit: kpi.Int(0), Band: "C"}},
	}
}

func li(breaches int64) scorecard.Card {
	card, err := scorecard.New(balanced())
	if err != nil {
		panic(err)
	}
	c, err := card.Score("li", calendar.Calendar{}.MustParse("2026-Q1"), []scorecard.Result{
		{Metric: "revenue", Actual: kpi.Int(450), Target: kpi.Int(500)},
		{Metric: "collections", Actual: kpi.Int(400), Target: kpi.Int(400)},
		{Metric: "csat", Actual: kpi.Frac(88, 100)},
		{Metric: "complaints", Actual: kpi.Int(1)},
		{Metric: "breaches", Actual: kpi.Int(breaches)},
	})
	if err != nil {
		panic(err)
	}
	return c
}

func ExamplePerspective() {
	c := li(0)
	for _, p := range c.Perspectives {
		fmt.Println(p.Perspective, p.Weight, "scores", p.Score, "and gives", p.Contribution)
	}
	fmt.Println(c.Score, c.Band)
	// Output:
	// financial 0.6 scores 93 and gives 55.8
	// customer 0.4 scores 90 and gives 34
	// 89.8 B
}

// A failed gate caps the band and leaves the score as it is.
func ExampleGate() {
	c := li(1)
	fmt.Println(c.Score, c.Band, "below", c.Ceiling)
	fmt.Println(scorecard.Findings().Text(c.Findings[0], "en"))
	fmt.Println(scorecard.Findings().Text(c.Findings[0], "zh"))
	// Output:
	// 89.8 C below 80
	// li fails the gate breaches: 1 against a limit of 0. No band above C is possible.
	// li触发否决项 breaches：1，限值 0，等级最高为 C。
}

func ExampleScorecard_Explain() {
	card, err := scorecard.New(balanced())
	if err != nil {
		fmt.Println(err)
		return
	}
	e, err := card.Explain(li(0))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range e.Parts {
		fmt.Println(p.Metric, "gives", p.Contribution, "and is short of", p.Short)
	}
	best := e.Lifts[0]
	fmt.Println("Most would come from", best.Metric, "at its target:", best.ToTarget)
	fmt.Println(e.Next.Gap, "points to", e.Next.Band)
	for _, way := range e.Next.Ways {
		fmt.Println("-", way.Metric, "from", way.Actual.Sub(way.Change), "to", way.Actual)
	}
	// Output:
	// revenue gives 37.8 and is short of 4.2
	// collections gives 18 and is short of 0
	// csat gives 36 and is short of 4
	// complaints gives -2 and is short of undefined: not_applicable
	// Most would come from revenue at its target: 4.2
	// 10.2 points to A
	// - revenue from 450 to 571.428571428571
}

// A team is scored on the numbers of its members put together, unless a mean
// of their scores is named.
func ExampleScorecard_Team() {
	card, err := scorecard.New(scorecard.Definition{ID: "team", Items: []scorecard.Item{{Metric: "revenue", Weight: kpi.Int(1)}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	quarter := calendar.Calendar{}.MustParse("2026-Q1")
	figure := func(owner string, n int64) kpi.Figure {
		return kpi.Figure{Metric: "revenue", Owner: owner, Period: quarter, Value: kpi.Int(n)}
	}
	cards, err := card.ScoreAll(quarter, []kpi.Figure{figure("li", 900), figure("wu", 30)}, []kpi.Figure{figure("li", 1000), figure("wu", 20)})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, rule := range []scorecard.Rule{scorecard.Pooled, scorecard.HeadcountMean} {
		team, err := card.Team("north", cards, scorecard.RollUp{Rule: rule})
		fmt.Println(team.Rule, team.Score.Text(1, kpi.HalfEven), err)
	}
	// Output:
	// pooled 91.2 <nil>
	// headcount_mean 120.0 <nil>
}

// The year is not the mean of its months.
func ExampleScorecard_Span() {
	card, err := scorecard.New(scorecard.Definition{ID: "year", Items: []scorecard.Item{{Metric: "revenue", Weight: kpi.Int(1)}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	var months []scorecard.Card
	for m := 1; m <= 12; m++ {
		result := scorecard.Result{Metric: "revenue", Actual: kpi.Int(100), Target: kpi.Int(100)}
		if m == 12 {
			result.Actual, result.Target = kpi.Int(10), kpi.Int(1)
		}
		c, err := card.Score("li", calendar.Calendar{}.MustParse(fmt.Sprintf("2026-%02d", m)), []scorecard.Result{result})
		if err != nil {
			fmt.Println(err)
			return
		}
		months = append(months, c)
	}
	year := calendar.Calendar{}.MustParse("2026")
	for _, rule := range []scorecard.Rule{scorecard.Pooled, scorecard.MeanOfPeriods} {
		c, err := card.Span(year, months, scorecard.RollUp{Rule: rule})
		fmt.Println(c.Rule, c.Score.Text(1, kpi.HalfEven), err)
	}
	// Output:
	// pooled 100.8 <nil>
	// mean_of_periods 175.0 <nil>
}

// A bonus comes on top of the hundred that the other items make.
func ExampleItem() {
	card, err := scorecard.New(scorecard.Definition{ID: "sales_rep", Items: []scorecard.Item{
		{Metric: "revenue", Weight: kpi.Int(1), Curve: scorecard.Curve{Cap: kpi.Int(100)}},
		{Metric: "key_accounts", Weight: kpi.Frac(5, 100), Bonus: true, Target: kpi.Int(2), Curve: scorecard.Curve{Kind: scorecard.PassFail}},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := card.Score("li", calendar.Calendar{}.MustParse("2026-Q1"), []scorecard.Result{
		{Metric: "revenue", Actual: kpi.Int(130), Target: kpi.Int(100)},
		{Metric: "key_accounts", Actual: kpi.Int(3)},
	})
	fmt.Println(c.Score, err)
	// Output: 105 <nil>
}
