package bridge_test

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
)

// sale is a row of the caller's own table.
type sale struct {
	family, product string
	pieces, cents   int64
	day             string
}

// From a cube to a bridge: the same query on two years, row by row.
func ExampleLine() {
	years := calendar.Calendar{}
	window, _ := calendar.NewPeriod(calendar.MustDay("2025-01-01"), calendar.MustDay("2027-01-01"))
	definition := cube.Definition{
		ID: "sales", Window: window, Grain: calendar.Yearly,
		Dimensions: []string{"family", "product"},
		Measures:   []cube.Measure{{ID: "pieces", Kind: cube.Sum}, {ID: "revenue", Kind: cube.Sum, Unit: kpi.Money("EUR", 2)}},
	}
	sales, err := cube.New(definition)
	if err != nil {
		fmt.Println(err)
		return
	}
	loader, err := cube.Load(sales, cube.Reader[sale]{
		Day: func(s *sale) (calendar.Day, bool) { return calendar.MustDay(s.day), true },
		Dimensions: map[string]func(*sale) (string, bool){
			"family":  func(s *sale) (string, bool) { return s.family, true },
			"product": func(s *sale) (string, bool) { return s.product, true },
		},
		Measures: map[string]cube.Feed[sale]{
			"pieces":  {Minor: func(s *sale) (int64, bool) { return s.pieces, true }},
			"revenue": {Minor: func(s *sale) (int64, bool) { return s.cents, true }},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range []sale{
		{"tools", "saw", 100, 250_000, "2025-03-01"}, {"tools", "drill", 20, 120_000, "2025-05-09"},
		{"tools", "saw", 90, 234_000, "2026-02-11"}, {"tools", "drill", 40, 236_000, "2026-06-30"},
	} {
		loader.Add(&s)
	}
	lines := func(year string) []bridge.Line {
		result, err := sales.Query(cube.Query{By: []string{"family", "product"}, Window: years.MustParse(year)})
		if err != nil {
			fmt.Println(err)
			return nil
		}
		lines := make([]bridge.Line, len(result.Rows))
		for i, row := range result.Rows {
			lines[i] = bridge.Line{Key: row.Key, Quantity: row.Values[0], Amount: row.Values[1]}
		}
		return lines
	}
	b, err := bridge.PriceVolumeMix{Levels: definition.Dimensions}.Bridge(bridge.Question{
		Metric: "revenue", Unit: kpi.Money("EUR", 2),
		Base:    bridge.Side{Name: "2025", Period: years.MustParse("2025")},
		Current: bridge.Side{Name: "2026", Period: years.MustParse("2026")},
	}, lines("2025"), lines("2026"))
	if err != nil {
		fmt.Println(err)
		return
	}
	show(b)
	// Output:
	// 2025            3,700.00 EUR
	//   price            50.00 EUR
	//   mix             641.67 EUR
	//   quantity        308.33 EUR
	//   new               0.00 EUR
	//   lost              0.00 EUR
	//   currency          0.00 EUR
	//   other             0.00 EUR
	// 2026            4,700.00 EUR
	// revenue is 1,000.00 EUR against 2025; the largest part of it is mix with 641.67 EUR.
}

// From a cube to the drivers of a metric: one seller's won value this quarter
// and the last, by how many deals were closed, how many of them won, and how
// large they were.
func ExampleDriversOf_cube() {
	years := calendar.Calendar{}
	usd := kpi.Money("USD", 0)
	sales, err := cube.New(cube.Definition{
		ID: "deals", Window: years.MustParse("2026"), Grain: calendar.Quarterly, Dimensions: []string{"owner"},
		Measures: []cube.Measure{
			{ID: "won_value", Kind: cube.Sum, Unit: usd}, {ID: "won_valued_count", Kind: cube.Count},
			{ID: "won_count", Kind: cube.Count}, {ID: "lost_count", Kind: cube.Count},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	type deal struct {
		owner, day string
		dollars    int64 // 0 of a lost one
	}
	isWon := func(d *deal) bool { return d.dollars > 0 }
	loader, err := cube.Load(sales, cube.Reader[deal]{
		Day:        func(d *deal) (calendar.Day, bool) { return calendar.MustDay(d.day), true },
		Dimensions: map[string]func(*deal) (string, bool){"owner": func(d *deal) (string, bool) { return d.owner, true }},
		Measures: map[string]cube.Feed[deal]{
			"won_value":        {Minor: func(d *deal) (int64, bool) { return d.dollars, true }, When: isWon},
			"won_valued_count": {When: isWon}, "won_count": {When: isWon},
			"lost_count": {When: func(d *deal) bool { return d.dollars == 0 }},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range []deal{
		{"ann", "2026-01-10", 4000}, {"ann", "2026-02-11", 6000}, {"ann", "2026-03-12", 0}, {"ann", "2026-03-13", 0},
		{"ann", "2026-04-10", 3000}, {"ann", "2026-05-11", 5000}, {"ann", "2026-05-20", 4000}, {"ann", "2026-06-12", 0}, {"ann", "2026-06-13", 0}, {"bo", "2026-06-14", 9000},
	} {
		loader.Add(&d)
	}

	byOwner, err := sales.Query(cube.Query{By: []string{"owner"}, Grain: calendar.Quarterly})
	if err != nil {
		fmt.Println(err)
		return
	}

	standard, _ := kpi.Standard("USD", 0)
	catalog, err := standard.With(
		kpi.Metric{ID: "closed_count", Formula: formula("won_count + lost_count")},
		kpi.Metric{ID: "won_explained", Formula: formula("closed_count * win_rate * average_deal_size"), Unit: usd, Additivity: kpi.RatioOfSums})
	if err != nil {
		fmt.Println(err)
		return
	}
	why, err := bridge.DriversOf(catalog, "won_explained")
	if err != nil {
		fmt.Println(err)
		return
	}
	drivers := why.Formula.References()
	metrics, err := byOwner.Metrics(catalog, drivers...)
	if err != nil {
		fmt.Println(err)
		return
	}
	annIn := func(quarter string) []kpi.Figure {
		var figures []kpi.Figure
		for _, id := range drivers {
			period := years.MustParse(quarter)
			figures = append(figures, kpi.Figure{Metric: id, Owner: "ann", Period: period, Value: metrics.Value(id, period, "ann")})
		}
		return figures
	}
	b, err := why.Bridge(bridge.Question{Metric: "won_value", Owner: "ann", Unit: usd,
		Base: bridge.Side{Name: "Q1"}, Current: bridge.Side{Name: "Q2"}}, annIn("2026-Q1"), annIn("2026-Q2"))
	if err != nil {
		fmt.Println(err)
		return
	}
	show(b)
	// Output:
	// Q1                10,000 USD
	//   closed_count       2,467 USD
	//   win_rate         2,017 USD
	//   average_deal_size      -2,483 USD
	// Q2                12,000 USD
	// won_value is 2,000 USD against Q1; the largest part of it is closed_count with 2,467 USD.
	// Behind the net of 2,000 USD in won_value stand 4,483 USD up and -2,483 USD down.
}
