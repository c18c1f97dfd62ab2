package scorecard_test

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
)

// Two of two moves far towards the group, sixty of eighty hardly.
func ExampleShrinkRates() {
	shrunk, err := scorecard.ShrinkRates([]scorecard.OwnerRate{
		{Owner: "chen", Rate: kpi.RatioOf(60, 80)},
		{Owner: "li", Rate: kpi.RatioOf(2, 2)},
		{Owner: "wang", Rate: kpi.RatioOf(20, 80)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("group", shrunk.Group.Value().Text(3, kpi.HalfEven))
	for _, r := range shrunk.Rates {
		fmt.Println(r.Owner, r.Raw.Value(), r.Shrunk.Text(3, kpi.HalfEven))
	}
	// Output:
	// group 0.506
	// chen 0.75 0.747
	// li 1 0.833
	// wang 0.25 0.253
}

// Who is three months in the role is drawn half way to the group.
func ExampleScorecard_Shrink() {
	card, err := scorecard.New(scorecard.Definition{ID: "team", Items: []scorecard.Item{{Metric: "revenue", Weight: kpi.Int(1)}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	quarter := calendar.Calendar{}.MustParse("2026-Q1")
	figure := func(owner string, n int64) kpi.Figure {
		return kpi.Figure{Metric: "revenue", Owner: owner, Period: quarter, Value: kpi.Int(n)}
	}
	cards, err := card.ScoreAll(quarter, []kpi.Figure{figure("li", 180), figure("wu", 920)}, []kpi.Figure{figure("li", 100), figure("wu", 1000)})
	if err != nil {
		fmt.Println(err)
		return
	}
	shrunk, err := card.Shrink(cards, scorecard.Shrinkage{Months: map[string]kpi.Value{"li": kpi.Int(3), "wu": kpi.Int(36)}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range shrunk.Cards {
		fmt.Println(c.Owner, c.Raw, c.Score)
	}
	// Output:
	// li 180 140
	// wu 92 92.615384615385
}

// The classes of twelve people: a place among these people, in this period,
// and no statement about anybody's fitness for the job.
func ExampleDistribution_Apply() {
	quarter := calendar.Calendar{}.MustParse("2026-Q1")
	var cards []scorecard.Card
	for n, score := range []int64{131, 120, 112, 112, 108, 104, 101, 99, 95, 90, 84, 60} {
		cards = append(cards, scorecard.Card{Scorecard: "sales_rep", Owner: fmt.Sprintf("s%02d", n+1), Period: quarter, Score: kpi.Int(score)})
	}
	ranking, err := scorecard.Rank(cards, scorecard.Contest{Ineligible: map[string]string{"s12": scorecard.OnRamp}})
	if err != nil {
		fmt.Println(err)
		return
	}
	divided, err := scorecard.TwentySeventyTen().Apply([]scorecard.Pool{{ID: "north", Ranking: ranking}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range divided.Pools[0].Classes {
		fmt.Println(c.Name, c.Heads, c.Wider, c.Owners)
	}
	for _, b := range divided.Pools[0].Boundaries {
		fmt.Println(b.Above, b.Distance, b.Below)
	}
	for _, u := range divided.Outside {
		fmt.Println(scorecard.Findings().Text(u.Finding(), "en"))
	}
	// Output:
	// top 2 0 [s01 s02]
	// middle 8 0 [s03 s04 s05 s06 s07 s08 s09 s10]
	// bottom 1 0 [s11]
	// [s02] 8 [s03 s04]
	// [s10] 6 [s11]
	// s12 is not ranked: still on ramp.
}

func ExampleTwentySeventyTen() {
	d := scorecard.TwentySeventyTen()
	d.Classes[2].Share, d.Classes[1].Share = kpi.Frac(5, 100), kpi.Frac(75, 100)
	fmt.Println(d.Validate())
	// Output: <nil>
}

func ExampleDefinition_Lint() {
	catalog, err := kpi.Standard("CNY", 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	def := scorecard.Definition{ID: "sales_rep", Normalise: true, Items: []scorecard.Item{
		{Metric: "revenue", Weight: kpi.Int(70)},
		{Metric: "win_rate", Weight: kpi.Int(30)},
	}}
	findings, err := def.Lint(catalog, scorecard.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range findings {
		fmt.Println(scorecard.Findings().Text(f, "en"))
	}
	// Output:
	// win_rate stands without the share of stale deals: who never closes a lost deal looks better.
	// revenue stands without margin, discount, collection or returns: volume can be bought.
	// revenue has 70.0 % of the weight, over 60.0 %: the other items hardly matter.
}

// Who was in the role for less than half of the quarter is listed apart, and
// equal scores are parted by revenue.
func ExampleContest() {
	quarter := calendar.Calendar{}.MustParse("2026-Q1")
	card, err := scorecard.New(scorecard.Definition{ID: "sales_rep", Normalise: true, Items: []scorecard.Item{
		{Metric: "revenue", Weight: kpi.Int(1)}, {Metric: "collections", Weight: kpi.Int(1)},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	var cards []scorecard.Card
	for _, s := range []struct {
		owner                string
		revenue, collections int64
	}{{"chen", 90, 110}, {"li", 110, 90}, {"sun", 150, 150}, {"wang", 80, 80}} {
		c, err := card.Score(s.owner, quarter, []scorecard.Result{
			{Metric: "revenue", Actual: kpi.Int(s.revenue), Target: kpi.Int(100)},
			{Metric: "collections", Actual: kpi.Int(s.collections), Target: kpi.Int(100)},
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		cards = append(cards, c)
	}
	ranking, err := scorecard.Rank(cards, scorecard.Contest{
		TieBreak: []string{"revenue"},
		Days:     map[string]int{"chen": 90, "li": 90, "sun": 30, "wang": 60}, // of 90
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range ranking.Places {
		fmt.Println(p.Rank, p.Owner, p.Value, "better than", p.Percentile.Text(2, kpi.HalfEven))
	}
	fmt.Println(scorecard.Findings().Text(ranking.Unranked[0].Finding(), "zh"))
	// Output:
	// 1 li 100 better than 1.00
	// 2 chen 100 better than 0.50
	// 3 wang 80 better than 0.00
	// sun未参与排名：在岗时间不足。
}
