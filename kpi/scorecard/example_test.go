package scorecard_test

import (
	"cmp"
	"encoding/json"
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
)

// rep is the scorecard of a sales team: revenue counts most and at most one
// and a half times, a short cycle is good, new customers count as they come.
func rep() scorecard.Definition {
	percent := func(n int64) kpi.Value { return kpi.Frac(n, 100) }
	return scorecard.Definition{
		ID: "sales_rep",
		Items: []scorecard.Item{
			{Metric: "revenue", Weight: percent(60), Curve: scorecard.Curve{Cap: kpi.Int(150)}},
			{Metric: "new_customers", Weight: percent(25)},
			{Metric: "cycle_days", Weight: percent(15), Direction: kpi.LowerIsBetter},
		},
		Bands: []scorecard.Band{
			{Name: "A", From: kpi.Int(100)},
			{Name: "B", From: kpi.Int(80)},
			{Name: "C"},
		},
	}
}

func ExampleScorecard_Score() {
	card, err := scorecard.New(rep())
	if err != nil {
		fmt.Println(err)
		return
	}
	li, err := card.Score("li", calendar.Calendar{}.MustParse("2026-Q1"), []scorecard.Result{
		{Metric: "revenue", Actual: kpi.Int(450_000), Target: kpi.Int(500_000)},
		{Metric: "new_customers", Actual: kpi.Int(6), Target: kpi.Int(5)},
		{Metric: "cycle_days", Actual: kpi.Int(66), Target: kpi.Int(60)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range li.Lines {
		fmt.Printf("%-14s %4s points × %4s = %s\n", line.Metric, line.Points, line.Weight, line.Contribution)
	}
	fmt.Println(li.Owner, li.Score, li.Band)
	// Output:
	// revenue          90 points ×  0.6 = 54
	// new_customers   120 points × 0.25 = 30
	// cycle_days       90 points × 0.15 = 13.5
	// li 97.5 B
}

// Actuals and targets come as figures, the way the rest of the module hands
// them on; everybody with a figure gets a card.
func ExampleScorecard_ScoreAll() {
	quarter := calendar.Calendar{}.MustParse("2026-Q1")
	figure := func(owner, metric string, n int64) kpi.Figure {
		return kpi.Figure{Metric: metric, Owner: owner, Period: quarter, Value: kpi.Int(n)}
	}
	card, err := scorecard.New(rep())
	if err != nil {
		fmt.Println(err)
		return
	}
	actuals := []kpi.Figure{
		figure("wang", "revenue", 300_000), figure("wang", "new_customers", 4), figure("wang", "cycle_days", 45),
		figure("li", "revenue", 450_000), figure("li", "new_customers", 6),
		// Li has closed too few deals for a cycle time.
		{Metric: "cycle_days", Owner: "li", Period: quarter, Value: kpi.Undefined(kpi.TooFew)},
		figure("zhao", "revenue", 20_000),
	}
	targets := []kpi.Figure{
		figure("li", "revenue", 500_000), figure("li", "new_customers", 5), figure("li", "cycle_days", 60),
		figure("wang", "revenue", 400_000), figure("wang", "new_customers", 5), figure("wang", "cycle_days", 60),
	}
	cards, err := card.ScoreAll(quarter, actuals, targets)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range cards {
		fmt.Println(c.Owner, cmp.Or(c.Band, "-"), c.Score.Exact())
	}
	fmt.Println(scorecard.Findings().Text(cards[0].Findings[0], "en"))
	// Output:
	// li B 1680/17
	// wang B 83.75
	// zhao - undefined: no_target
	// cycle_days is left out of the score of li (too few); the other items share its weight.
}

func ExampleRank() {
	quarter := calendar.Calendar{}.MustParse("2026-Q1")
	scored := func(owner string, score kpi.Value) scorecard.Card {
		return scorecard.Card{Scorecard: "sales_rep", Owner: owner, Period: quarter, Score: score}
	}
	ranking, err := scorecard.Rank([]scorecard.Card{
		scored("chen", kpi.Int(91)), scored("li", kpi.Int(104)), scored("wang", kpi.Int(104)),
		scored("sun", kpi.Int(130)), scored("zhao", kpi.Undefined(kpi.NoTarget)),
	}, scorecard.Contest{Ineligible: map[string]string{"sun": "joined in March"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range ranking.Places {
		fmt.Println(p.Rank, p.Owner, p.Value)
	}
	for _, u := range ranking.Unranked {
		fmt.Printf("- %s: %s (%s)\n", u.Owner, u.Reason, u.Value)
	}
	fmt.Println(scorecard.Findings().Text(ranking.Findings[1], "zh"))
	// Output:
	// 1 li 104
	// 1 wang 104
	// 3 chen 91
	// - sun: joined in March (130)
	// - zhao: without_score (undefined: no_target)
	// 2026-01-01/2026-04-01的排名按精确数值排列，共 3 人参与。相邻名次的差距是否超出偶然波动未作检验，请勿仅凭名次下结论。
}

// A definition is a document that is written by an administrator and stored.
func ExampleDefinition() {
	var def scorecard.Definition
	err := check.Decode("crm.Settings", []byte(`{
		"schema": "saleskpi/scorecard/1",
		"id": "sales_rep",
		"normalise": true,
		"items": [
			{"metric": "revenue",    "weight": 3, "curve": {"cap": 150}},
			{"metric": "cycle_days", "weight": 1, "direction": "lower"}
		],
		"bands": [{"name": "优秀", "from": "90"}, {"name": "合格", "from": "60"}, {"name": "待改进"}],
		"missing": {"by_reason": {"no_data": "count_least"}}
	}`), &def)
	if err != nil {
		fmt.Println(err)
		return
	}
	stored, _ := json.Marshal(def)
	fmt.Println(string(stored[:50]))
	fmt.Println(def.Validate())
	// Output:
	// {"schema":"saleskpi/scorecard/1","id":"sales_rep",
	// <nil>
}

// Every mistake is reported at once, with its place in the document.
func ExampleDefinition_Validate() {
	def := scorecard.Definition{
		ID: "sales_rep",
		Items: []scorecard.Item{
			{Metric: "revenue", Weight: kpi.Frac(70, 100)},
			{Metric: "calls", Weight: kpi.Frac(40, 100), Curve: scorecard.Curve{Floor: kpi.Int(40), Cap: kpi.Int(30)}},
			{Metric: "revenue", Weight: kpi.Frac(10, 100)},
		},
		Bands: []scorecard.Band{{Name: "A", From: kpi.Int(90)}, {Name: "B", From: kpi.Int(80)}},
	}
	for _, problem := range check.All(def.Validate()) {
		fmt.Println(problem.Path, problem.Code, problem.Value)
	}
	// Output:
	// items[1].curve.cap cap_not_above_floor 30
	// items[2].metric duplicate_metric revenue
	// items weights_not_one 1.2
	// bands no_band_open_below
}

func ExampleItem_Points() {
	revenue := scorecard.Item{Metric: "revenue", Weight: kpi.Int(1), Curve: scorecard.Curve{Floor: kpi.Int(20), Cap: kpi.Int(120)}}
	for _, actual := range []int64{-50, 10, 87, 100, 140} {
		fmt.Println(actual, "of 100 gives", revenue.Points(kpi.Int(actual), kpi.Int(100)))
	}
	fmt.Println(revenue.Points(kpi.Int(87), kpi.Undefined(kpi.NoTarget)))
	// Output:
	// -50 of 100 gives 20
	// 10 of 100 gives 20
	// 87 of 100 gives 87
	// 100 of 100 gives 100
	// 140 of 100 gives 120
	// undefined: no_target
}

// Complaints have no ratio to a target of zero: their points come from steps
// over the number itself, which falls.
func ExampleCurve() {
	complaints := scorecard.Item{
		Metric: "complaints", Weight: kpi.Int(1), Direction: kpi.LowerIsBetter,
		Curve: scorecard.Curve{Kind: scorecard.Steps, Over: scorecard.OverActual, Knots: []scorecard.Knot{
			{At: kpi.Int(0), Points: kpi.Int(100)}, {At: kpi.Int(2), Points: kpi.Int(80)}, {At: kpi.Int(5), Points: kpi.Int(40)},
		}},
	}
	for _, n := range []int64{0, 1, 2, 3, 6} {
		fmt.Println(n, "complaints give", complaints.Points(kpi.Int(n), kpi.Value{}))
	}
	fmt.Println(complaints.Validate())
	// Output:
	// 0 complaints give 100
	// 1 complaints give 80
	// 2 complaints give 80
	// 3 complaints give 40
	// 6 complaints give 0
	// <nil>
}

// A definition is checked once; the scorecard is then shared by goroutines
// and tenants.
func ExampleNew() {
	def := rep()
	def.Items[0].Weight = kpi.Frac(50, 100)
	_, err := scorecard.New(def)
	fmt.Println(err)

	def.Normalise = true // 50, 25 and 15 parts of 90
	card, err := scorecard.New(def)
	fmt.Println(card.Definition().ID, err)
	// Output:
	// scorecard.Definition: items: weights not one "0.9": invalid
	// sales_rep <nil>
}

// A team that must report every number lets a missing one count with 0
// points instead of leaving its owner without a score.
func ExampleMissingPolicy() {
	def := rep()
	def.Missing = scorecard.MissingPolicy{
		ByReason: map[kpi.Reason]scorecard.Treatment{kpi.NoData: scorecard.CountLeast},
		Most:     kpi.Frac(1, 2),
	}
	card, err := scorecard.New(def)
	if err != nil {
		fmt.Println(err)
		return
	}
	li, err := card.Score("li", calendar.Calendar{}.MustParse("2026-Q1"), []scorecard.Result{
		{Metric: "revenue", Actual: kpi.Int(500_000), Target: kpi.Int(500_000)},
		{Metric: "new_customers", Target: kpi.Int(5)},
		{Metric: "cycle_days", Target: kpi.Int(60)},
	})
	fmt.Println(li.Score, li.MissingWeight, err)
	// Output: 60 0.4 <nil>
}

func ExampleFindings() {
	finding := check.Finding{Code: "item_left_out", Subject: "csat", Args: check.Args("owner", "li", "reason", kpi.TooFew.Title("en"), "reason_zh", kpi.TooFew.Title("zh"))}
	fmt.Println(scorecard.Findings().Text(finding, "en"))
	fmt.Println(scorecard.Findings().Text(finding, "zh"))
	// Output:
	// csat is left out of the score of li (too few); the other items share its weight.
	// li的得分未计入指标 csat（样本太少），其权重按比例分摊到其他指标。
}
