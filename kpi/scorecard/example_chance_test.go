package scorecard_test

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
)

// Revenue, market share and customer satisfaction side by side. The two of
// surveys carry what their sample leaves open; a recommendation of 60 answers
// is a wide guess, and the score that hangs on it is no better.
func Example() {
	share := func(percent int64) kpi.Value { return kpi.Frac(percent, 100) }
	card, err := scorecard.New(scorecard.Definition{
		ID: "region",
		Items: []scorecard.Item{
			{Metric: "revenue", Weight: share(40), Curve: scorecard.Curve{Cap: kpi.Int(150)}},
			{Metric: "market_share", Weight: share(20), Additivity: kpi.RatioOfSums, Base: "market_value"},
			{Metric: "csat", Weight: share(20), Target: share(85), Additivity: kpi.RatioOfSums, Base: "respondents"},
			{Metric: "nps", Weight: share(20), Target: kpi.Int(30), Additivity: kpi.RatioOfSums, Base: "respondents", Curve: scorecard.Curve{Cap: kpi.Int(150)}},
		},
		Bands: []scorecard.Band{{Name: "A", From: kpi.Int(100)}, {Name: "B", From: kpi.Int(80)}, {Name: "C"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	// Of 60 answers 51 are satisfied, 27 promote and 12 detract.
	var how kpi.Confidence
	csat, nps := how.CSAT(51, 60), how.NPS(27, 12, 60)
	south, err := card.Score("south", calendar.Calendar{}.MustParse("2026-Q1"), []scorecard.Result{
		{Metric: "revenue", Actual: kpi.Int(4_600_000), Target: kpi.Int(5_000_000)},
		{Metric: "market_share", Actual: kpi.NewRatio(kpi.Int(4_600_000), kpi.Int(20_000_000)).Value(), Target: share(20)},
		{Metric: "market_value", Actual: kpi.Int(20_000_000)},
		{Metric: "csat", Actual: csat.Rate},
		{Metric: "nps", Actual: nps.Rate},
		{Metric: "respondents", Actual: kpi.Int(60)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range south.Lines {
		fmt.Printf("%-13s %8s of %8s: %6s points, gives %s\n", line.Metric, line.Actual, line.Target, line.Points.Text(1, kpi.HalfEven), line.Contribution.Text(1, kpi.HalfEven))
	}
	fmt.Println("score", south.Score.Text(1, kpi.HalfEven), south.Band)
	fmt.Println("csat between", csat.Low, "and", csat.High)
	fmt.Println("nps between", nps.Low, "and", nps.High)
	// Output:
	// revenue        4600000 of  5000000:   92.0 points, gives 36.8
	// market_share      0.23 of      0.2:  115.0 points, gives 23.0
	// csat              0.85 of     0.85:  100.0 points, gives 20.0
	// nps                 25 of       30:   83.3 points, gives 16.7
	// score 96.5 B
	// csat between 0.7388541093 and 0.9190255942
	// nps between 5.605597641 and 44.39440236
}

// Five sellers by win rate. The order looks clear; of the spread between them
// chance alone would give more than half, and any of them could stand anywhere.
func ExampleRankRates() {
	rates := scorecard.Rates{Metric: "win_rate", Period: calendar.Calendar{}.MustParse("2026"), Rates: []scorecard.OwnerRate{
		{Owner: "chen", Rate: kpi.RatioOf(18, 34)}, {Owner: "li", Rate: kpi.RatioOf(21, 51)}, {Owner: "sun", Rate: kpi.RatioOf(25, 39)},
		{Owner: "wang", Rate: kpi.RatioOf(22, 42)}, {Owner: "zhao", Rate: kpi.RatioOf(3, 5)},
	}}
	ranking, err := scorecard.RankRates(rates, scorecard.Contest{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range ranking.Places {
		if p.Evidence == nil {
			fmt.Println(p.Rank, p.Owner, p.Rate, "too few deals to tell")
			continue
		}
		fmt.Println(p.Rank, p.Owner, p.Value.Text(3, kpi.HalfEven), "anywhere from", p.Evidence.Best, "to", p.Evidence.Worst, p.Evidence.Verdict)
	}
	for _, f := range ranking.Findings {
		fmt.Println("-", scorecard.Findings().Text(f, "en"))
	}
	// Output:
	// 1 sun 0.641 anywhere from 1 to 5 within_chance
	// 2 zhao 3/5 = 0.6 too few deals to tell
	// 3 chen 0.529 anywhere from 1 to 5 within_chance
	// 4 wang 0.524 anywhere from 1 to 5 within_chance
	// 5 li 0.412 anywhere from 1 to 5 within_chance
	// - For 2026-01-01/2027-01-01, how long each of the 5 people ranked was in the role is not known and was not checked.
	// - For 2026-01-01/2027-01-01, 1 of 5 places have no interval: what they are worth is not known.
	// - For 2026-01-01/2027-01-01, chance alone would give 64 % of the spread between the 4 people compared.
	// - For 2026-01-01/2027-01-01, none of 5 people differs from the others by more than chance: the order says nothing about them.
}

// A score gets its interval from the months that it is made of, and the
// ranking says what its places are worth.
func ExampleScorecard_Interval() {
	card, err := scorecard.New(scorecard.Definition{ID: "year", Items: []scorecard.Item{{Metric: "revenue", Weight: kpi.Int(1)}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	year := calendar.Calendar{}.MustParse("2026")
	var cards []scorecard.Card
	by := scorecard.Contest{Intervals: map[string]kpi.Interval{}}
	for _, seller := range []struct {
		owner   string
		revenue []int64 // by month, of 100 each
	}{
		{"li", []int64{90, 110, 100, 95, 120, 80, 105, 115, 100, 85, 130, 70}},
		{"wu", []int64{120, 60, 140, 80, 70, 150, 90, 130, 60, 160, 100, 100}},
	} {
		var months []scorecard.Card
		for m, actual := range seller.revenue {
			month, err := card.Score(seller.owner, calendar.Calendar{}.MustParse(fmt.Sprintf("2026-%02d", m+1)),
				[]scorecard.Result{{Metric: "revenue", Actual: kpi.Int(actual), Target: kpi.Int(100)}})
			if err != nil {
				fmt.Println(err)
				return
			}
			months = append(months, month)
		}
		whole, err := card.Span(year, months, scorecard.RollUp{})
		if err != nil {
			fmt.Println(err)
			return
		}
		cards = append(cards, whole)
		if by.Intervals[seller.owner], err = card.Interval(months, kpi.Confidence{}); err != nil {
			fmt.Println(err)
			return
		}
	}
	ranking, err := scorecard.Rank(cards, by)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range ranking.Places {
		fmt.Println(p.Rank, p.Owner, p.Value, "from", p.Evidence.Interval.Low, "to", p.Evidence.Interval.High)
	}
	fmt.Println(scorecard.Findings().Text(ranking.Findings[1], "en"))
	// Output:
	// 1 wu 105 from 82.90693505 to 127.0930649
	// 2 li 100 from 88.9950742 to 111.0049258
	// For 2026-01-01/2027-01-01, chance alone would give 100 % of the spread between the 2 people compared.
}
