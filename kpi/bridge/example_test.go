package bridge_test

import (
	"encoding/json"
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// figures gives one figure for each metric, of an owner in a period.
func figures(owner, period string, values map[string]kpi.Value) []kpi.Figure {
	var all []kpi.Figure
	for metric, v := range values {
		all = append(all, kpi.Figure{Metric: metric, Owner: owner, Period: calendar.Calendar{}.MustParse(period), Value: v})
	}
	return all
}

func formula(text string) kpi.Formula {
	f, err := kpi.ParseFormula(text)
	if err != nil {
		panic(err)
	}
	return f
}

// show prints a bridge as a sales manager reads it.
func show(b bridge.Bridge) {
	fmt.Printf("%-12s%16s\n", b.Question.Base.Name, b.Question.Unit.Text(b.Values.Base))
	for _, p := range b.Parts {
		name := p.ID
		if p.Rest > 0 {
			name = fmt.Sprintf("%d others", p.Rest)
		}
		fmt.Printf("  %-10s%16s\n", name, b.Question.Unit.Text(p.Amount))
	}
	fmt.Printf("%-12s%16s\n", b.Question.Current.Name, b.Question.Unit.Text(b.Values.Current))
	for _, f := range b.Findings {
		fmt.Println(bridge.Findings().Text(f, "en"))
	}
}

// Why did the north miss its target: too few leads, worse conversion, or
// smaller deals?
func Example() {
	formula, err := kpi.ParseFormula("lead_count * conversion * deal_size")
	if err != nil {
		fmt.Println(err)
		return
	}
	target := figures("north", "2026-Q1", map[string]kpi.Value{
		"lead_count": kpi.Int(400), "conversion": kpi.Frac(1, 4), "deal_size": kpi.Int(3000)})
	actual := figures("north", "2026-Q1", map[string]kpi.Value{
		"lead_count": kpi.Int(500), "conversion": kpi.Frac(1, 5), "deal_size": kpi.Int(2700)})

	b, err := bridge.Drivers{Formula: formula}.Bridge(bridge.Question{
		Metric: "won_value", Unit: kpi.Money("EUR", 2),
		Base: bridge.Side{Name: "target"}, Current: bridge.Side{Name: "actual"},
	}, target, actual)
	if err != nil {
		fmt.Println(err)
		return
	}
	show(b)
	// Output:
	// target        300,000.00 EUR
	//   lead_count   64,250.00 EUR
	//   conversion  -64,000.00 EUR
	//   deal_size   -30,250.00 EUR
	// actual        270,000.00 EUR
	// won_value is -30,000.00 EUR against target; the largest part of it is conversion with -64,000.00 EUR.
	// Behind the net of -30,000.00 EUR in won_value stand 64,250.00 EUR up and -94,250.00 EUR down.
}

// The same figures, told one after the other: what changes later meets what
// changed before.
func ExampleDrivers() {
	inOrder := bridge.Drivers{
		Formula: formula("lead_count * conversion * deal_size"),
		Method:  bridge.InSequence, Sequence: []string{"lead_count", "conversion", "deal_size"},
	}
	lastYear := figures("north", "2025-Q1", map[string]kpi.Value{
		"lead_count": kpi.Int(400), "conversion": kpi.Frac(1, 4), "deal_size": kpi.Int(3000)})
	actual := figures("north", "2026-Q1", map[string]kpi.Value{
		"lead_count": kpi.Int(500), "conversion": kpi.Frac(1, 5), "deal_size": kpi.Int(2700)})
	b, _ := inOrder.Bridge(bridge.Question{
		Metric: "won_value", Unit: kpi.Money("EUR", 2),
		Base: bridge.Side{Name: "last year"}, Current: bridge.Side{Name: "this year"},
	}, lastYear, actual)
	show(b)
	text, _ := json.Marshal(inOrder)
	fmt.Println(string(text))
	// Output:
	// last year     300,000.00 EUR
	//   lead_count   75,000.00 EUR
	//   conversion  -75,000.00 EUR
	//   deal_size   -30,000.00 EUR
	// this year     270,000.00 EUR
	// won_value is -30,000.00 EUR against last year; the largest part of it is conversion with -75,000.00 EUR.
	// Behind the net of -30,000.00 EUR in won_value stand 75,000.00 EUR up and -105,000.00 EUR down.
	// {"schema":"saleskpi/drivers/1","formula":"lead_count * conversion * deal_size","method":"sequence","sequence":["lead_count","conversion","deal_size"]}
}

// Nobody won anything last quarter, so there was no deal size to compare.
func ExampleDrivers_Bridge_takenOver() {
	won := bridge.Drivers{Formula: formula("won_count * deal_size")}
	before := figures("ann", "2025-Q4", map[string]kpi.Value{
		"won_count": kpi.Int(0), "deal_size": kpi.Int(0).Div(kpi.Int(0))})
	now := figures("ann", "2026-Q1", map[string]kpi.Value{
		"won_count": kpi.Int(3), "deal_size": kpi.Int(4000)})
	b, _ := won.Bridge(question("won_value"), before, now)
	show(b)
	// Output:
	// before                 0 EUR
	//   won_count       12,000 EUR
	//   deal_size            0 EUR
	// now               12,000 EUR
	// deal_size is undefined in before (division by zero); it takes the value of now, so its own part is 0.
	// won_value is 12,000 EUR against before; the largest part of it is won_count with 12,000 EUR.
}

func question(metric string) bridge.Question {
	return bridge.Question{Metric: metric, Unit: kpi.Money("EUR", 0),
		Base: bridge.Side{Name: "before"}, Current: bridge.Side{Name: "now"}}
}

// The gap is known, but there is no telling which driver made it.
func ExampleBridge_undefined() {
	margin := bridge.Drivers{Formula: formula("profit / (sales - returns)")}
	b, _ := margin.Bridge(question("margin"),
		figures("ann", "2025-Q4", map[string]kpi.Value{"profit": kpi.Int(10), "sales": kpi.Int(30), "returns": kpi.Int(10)}),
		figures("ann", "2026-Q1", map[string]kpi.Value{"profit": kpi.Int(10), "sales": kpi.Int(50), "returns": kpi.Int(30)}))
	fmt.Println(b.Gap, "|", b.Parts[0].Amount)
	for _, lang := range []string{"en", "zh"} {
		fmt.Println(bridge.Findings().Text(b.Findings[0], lang))
	}
	// Output:
	// 0 | undefined: undefined_mix
	// The gap in margin is known and cannot be split: with some of sales, returns as before and some as now, there is no number.
	// margin 的差额已知但无法分解：sales, returns 中部分取原值、部分取现值时算不出结果。
}

// Sales velocity by the four metrics that it is computed from, or by any mix
// of measures and metrics.
func ExampleDriversOf() {
	catalog, _ := kpi.Standard("EUR", 0)
	velocity, err := bridge.DriversOf(catalog, "velocity")
	fmt.Println(velocity.Formula, err)
	fine, err := bridge.DriversOf(catalog, "velocity", "open_qualified_count", "win_rate", "won_value", "won_valued_count", "sales_cycle")
	fmt.Println(fine.Formula, err)
	_, err = bridge.DriversOf(catalog, "velocity", "win_rate", "sales_cycle", "revenue")
	for _, problem := range check.All(err) {
		fmt.Println(problem)
	}
	// Output:
	// open_qualified_count * win_rate * average_deal_size / sales_cycle <nil>
	// open_qualified_count * win_rate * (won_value / won_valued_count) / sales_cycle <nil>
	// bridge.DriversOf: drivers: measure not named "open_qualified_count": missing
	// bridge.DriversOf: drivers: measure not named "won_value": missing
	// bridge.DriversOf: drivers: measure not named "won_valued_count": missing
	// bridge.DriversOf: drivers[2]: not needed "revenue": invalid
}

func ExampleQuestion() {
	err := bridge.Question{Unit: kpi.Unit{Money: 1}, Base: bridge.Side{Name: "target"}}.Validate()
	for _, problem := range check.All(err) {
		fmt.Println(problem.Path, problem.Code)
	}
	// Output:
	// metric missing_id
	// unit.currency money_without_currency
	// current.name missing_name
}

// Did our market shrink, or did we lose share?
func ExampleMarketShare() {
	b, _ := bridge.MarketShare{}.Bridge(bridge.Question{
		Metric: "invoiced_value", Unit: kpi.Money("EUR", 0),
		Base: bridge.Side{Name: "last year"}, Current: bridge.Side{Name: "this year"},
	}, kpi.RatioOf(250_000, 1_000_000), kpi.RatioOf(252_000, 1_200_000))
	show(b)
	// Output:
	// last year        250,000 EUR
	//   market          50,000 EUR
	//   share          -48,000 EUR
	// this year        252,000 EUR
	// invoiced_value is 2,000 EUR against last year; the largest part of it is market with 50,000 EUR.
	// Behind the net of 2,000 EUR in invoiced_value stand 50,000 EUR up and -48,000 EUR down.
}

// Which reps made the gap to target: the two largest, and the rest with what
// it hides.
func ExampleMembers() {
	reps := func(values map[string]int64) []kpi.Figure {
		var all []kpi.Figure
		for owner, v := range values {
			all = append(all, kpi.Figure{Metric: "won_value", Owner: owner, Period: calendar.Calendar{}.MustParse("2026-Q1"), Value: kpi.Int(v)})
		}
		return all
	}
	b, _ := bridge.Members{Dimension: "owner", Top: 2}.Bridge(
		bridge.Question{Metric: "won_value", Unit: kpi.Money("EUR", 0),
			Base: bridge.Side{Name: "target"}, Current: bridge.Side{Name: "actual"}},
		reps(map[string]int64{"ann": 90_000, "bo": 80_000, "cem": 60_000, "dee": 40_000}),
		reps(map[string]int64{"ann": 60_000, "bo": 85_000, "cem": 53_000, "eve": 35_000, "dee": 41_000}))
	show(b)
	fmt.Println("gross up", b.Question.Unit.Text(b.Up), "gross down", b.Question.Unit.Text(b.Down), "net", b.Question.Unit.Text(b.Gap))
	// Output:
	// target           270,000 EUR
	//   eve             35,000 EUR
	//   ann            -30,000 EUR
	//   3 others        -1,000 EUR
	// actual           274,000 EUR
	// By owner, only in actual: 1; only in target: 0.
	// won_value is 4,000 EUR against target; the largest part of it is eve with 35,000 EUR.
	// Behind the net of 4,000 EUR in won_value stand 41,000 EUR up and -37,000 EUR down.
	// gross up 41,000 EUR gross down -37,000 EUR net 4,000 EUR
}

// The win rate fell although every region became better: more deals came
// from the difficult one.
func ExampleRateMix() {
	b, _ := bridge.RateMix{Dimension: "region"}.Bridge(
		bridge.Question{Metric: "win_rate", Unit: kpi.Share(1),
			Base: bridge.Side{Name: "last year"}, Current: bridge.Side{Name: "this year"}},
		[]bridge.Segment{{Key: "home", Rate: kpi.RatioOf(160, 200)}, {Key: "export", Rate: kpi.RatioOf(30, 100)}},
		[]bridge.Segment{{Key: "home", Rate: kpi.RatioOf(85, 100)}, {Key: "export", Rate: kpi.RatioOf(72, 200)}})
	show(b)
	for _, n := range b.Nodes {
		fmt.Printf("%-7s %s of %s to %s of %s: rate %s, mix %s\n", n.Key,
			b.Question.Unit.Text(n.Values.Base), b.Question.Unit.Text(n.Weights.Base), b.Question.Unit.Text(n.Values.Current), b.Question.Unit.Text(n.Weights.Current),
			b.Question.Unit.Text(n.Amounts[0]), b.Question.Unit.Text(n.Amounts[1]))
	}
	// Output:
	// last year             63.3 %
	//   rate                 5.5 %
	//   mix                -16.5 %
	//   other                0.0 %
	// this year             52.3 %
	// Simpson's paradox in win_rate: all 2 comparable segments went up, the total went down. The mix did it; look at the segments.
	// win_rate is -11.0 pp against last year; the largest part of it is mix with -16.5 pp.
	// export  30.0 % of 33.3 % to 36.0 % of 66.7 %: rate 3.0 %, mix -8.3 %
	// home    80.0 % of 66.7 % to 85.0 % of 33.3 %: rate 2.5 %, mix -8.2 %
}

func ExampleFindings() {
	for _, lang := range []string{"en", "zh"} {
		fmt.Println(bridge.Findings().Text(check.Finding{Code: "simpson", Subject: "win_rate", Args: check.Args("segments", 2,
			"segments_went", "up", "total_went", "down", "segments_went_zh", "上升", "total_went_zh", "下降")}, lang))
	}
	// Output:
	// Simpson's paradox in win_rate: all 2 comparable segments went up, the total went down. The mix did it; look at the segments.
	// win_rate 出现辛普森悖论：可比的 2 个分组全部上升，合计却下降。这是结构变化所致，请看分组数据。
}

func ExamplePartTitle() {
	fmt.Println(bridge.PartTitle(bridge.Quantity, "en"), bridge.PartTitle(bridge.Quantity, "zh"), bridge.PartTitle("ann", "zh"))
	// Output:
	// Quantity 数量 ann
}

// Members are written down with their schema, and read back.
func ExampleMembers_MarshalJSON() {
	text, err := json.Marshal(bridge.Members{Dimension: "owner", Top: 5})
	fmt.Println(string(text), err)
	var back bridge.Members
	err = json.Unmarshal([]byte(`{"schema":"saleskpi/members/1","dimension":"owner","top":"five","sort":1}`), &back)
	for _, problem := range check.All(err) {
		fmt.Println(problem.Path, problem.Code)
	}
	// Output:
	// {"schema":"saleskpi/members/1","dimension":"owner","top":5} <nil>
	// sort unknown_field
	// top wrong_type
}
