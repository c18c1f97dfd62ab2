package cube_test

import (
	"fmt"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"github.com/saleskpi/saleskpi/kpi/org"
)

// A balance is read, not added up over time: the open pipeline at the end of
// each month.
func ExampleStanding() {
	type snapshot struct {
		deal  string
		day   calendar.Day
		cents int64 // 0 once the deal is closed
	}
	open, _ := cube.New(cube.Definition{
		ID: "pipeline", Window: calendar.Calendar{}.MustParse("2026-Q1"), Grain: calendar.Monthly,
		Measures: []cube.Measure{{ID: "open_value", Kind: cube.Balance, Unit: kpi.Money("USD", 2)}},
	})
	loader, err := cube.Load(open, cube.Reader[snapshot]{
		Day: func(s *snapshot) (calendar.Day, bool) { return s.day, true },
		Measures: map[string]cube.Feed[snapshot]{"open_value": {
			Key:   func(s *snapshot) (string, bool) { return s.deal, true },
			Minor: func(s *snapshot) (int64, bool) { return s.cents, true },
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	loader.AddSeq(slices.Values([]snapshot{
		{"d1", calendar.MustDay("2026-01-10"), 10_000},
		{"d2", calendar.MustDay("2026-01-20"), 5_000},
		{"d1", calendar.MustDay("2026-03-02"), 0},
	}))
	for _, standing := range []cube.Standing{cube.Closing, cube.Opening} {
		months, _ := open.Query(cube.Query{Grain: calendar.Monthly, Standing: standing})
		for _, row := range months.Rows {
			fmt.Println(standing, months.Calendar.Label(row.Period), row.Values[0])
		}
	}
	// Output:
	// closing 2026-01 150
	// closing 2026-02 150
	// closing 2026-03 50
	// opening 2026-01 undefined: no_data
	// opening 2026-02 150
	// opening 2026-03 150
}

// The median and the nine tenths of what deals are worth, and how many
// customers they come from.
func ExampleMeasure() {
	type sale struct {
		customer string
		dollars  int64
	}
	sales, _ := cube.New(cube.Definition{
		ID: "sales", Window: calendar.Calendar{}.MustParse("2026"),
		Measures: []cube.Measure{
			{ID: "median_sale", Kind: cube.Quantile, Unit: kpi.Money("USD", 0)},
			{ID: "large_sale", Kind: cube.Quantile, Unit: kpi.Money("USD", 0), P: kpi.Frac(9, 10), Method: cube.NearestRank},
			{ID: "customers", Kind: cube.Distinct},
		},
	})
	amount := cube.Feed[sale]{Minor: func(s *sale) (int64, bool) { return s.dollars, true }}
	loader, err := cube.Load(sales, cube.Reader[sale]{
		Day: func(*sale) (calendar.Day, bool) { return calendar.MustDay("2026-05-01"), true },
		Measures: map[string]cube.Feed[sale]{
			"median_sale": amount, "large_sale": amount,
			"customers": {Key: func(s *sale) (string, bool) { return s.customer, true }},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	loader.AddSeq(slices.Values([]sale{{"acme", 100}, {"acme", 300}, {"bolt", 200}, {"cato", 900}}))
	year, _ := sales.Query(cube.Query{})
	fmt.Println(year.Rows[0].Values)
	// Output: [250 900 3]
}

// Growth over the same quarter of the year before: two questions that differ
// in their offset are looked up with the same key.
func ExampleOffset() {
	years, _ := calendar.NewPeriod(calendar.MustDay("2025-01-01"), calendar.MustDay("2027-01-01"))
	sales, _ := cube.New(cube.Definition{
		ID: "sales", Window: years, Grain: calendar.Monthly,
		Measures: []cube.Measure{{ID: "value", Unit: kpi.Money("USD", 0)}},
	})
	type sale struct {
		day     calendar.Day
		dollars int64
	}
	loader, _ := cube.Load(sales, cube.Reader[sale]{
		Day:      func(s *sale) (calendar.Day, bool) { return s.day, true },
		Measures: map[string]cube.Feed[sale]{"value": {Minor: func(s *sale) (int64, bool) { return s.dollars, true }}},
	})
	loader.AddSeq(slices.Values([]sale{
		{calendar.MustDay("2025-02-03"), 400}, {calendar.MustDay("2025-08-03"), 900}, {calendar.MustDay("2026-01-20"), 500},
	}))

	quarters := cube.Query{Grain: calendar.Quarterly, Window: calendar.Calendar{}.MustParse("2026")}
	before := quarters
	before.Offset = cube.Offset{N: -1, Grain: calendar.Yearly}
	now, _ := sales.Query(quarters)
	yearAgo, _ := sales.Query(before)
	for _, label := range []string{"2026-Q1", "2026-Q2", "2026-Q3"} {
		p := now.Calendar.MustParse(label)
		fmt.Println(label, kpi.Growth(now.Value("value", p), yearAgo.Value("value", p)))
	}
	// Output:
	// 2026-Q1 0.25
	// 2026-Q2 undefined: no_data
	// 2026-Q3 undefined: no_data
}

// The year to date of each month, with a row for months without a deal.
func ExampleOver() {
	table, err := filled().Query(cube.Query{
		Grain:  calendar.Monthly,
		Window: calendar.Calendar{}.MustParse("2026-Q1"),
		Over:   cube.Over{ToDate: calendar.Yearly},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range table.Rows {
		fmt.Println(table.Calendar.Label(row.Period), row.Values)
	}
	// Output:
	// 2026-01 [1200 1]
	// 2026-02 [1200 1]
	// 2026-03 [2000.5 2]
}

// Rows and zeros are two switches.
func ExampleFill() {
	first := calendar.Calendar{}.MustParse("2026-Q1")
	for _, fill := range []cube.Fill{{}, {Rows: true}, {Rows: true, Zero: true}} {
		table, _ := filled().Query(cube.Query{Grain: calendar.Monthly, Window: first, Where: map[string][]string{"product": {"ERP"}}, Fill: fill})
		for _, row := range table.Rows {
			fmt.Println(fill, table.Calendar.Label(row.Period), row.Values)
		}
	}
	// Output:
	// {false false} 2026-03 [800.5 1]
	// {true false} 2026-01 [undefined: no_data 0]
	// {true false} 2026-02 [undefined: no_data 0]
	// {true false} 2026-03 [800.5 1]
	// {true true} 2026-01 [0 0]
	// {true true} 2026-02 [0 0]
	// {true true} 2026-03 [800.5 1]
}

// The best product, and the others together.
func ExampleTop() {
	table, err := filled().Query(cube.Query{By: []string{"product"}, Top: cube.Top{N: 1, Measure: "won_value"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(table.Rows[0].Key, table.Rows[0].Values)
	fmt.Println(table.Others, "others", table.Rest[0].Values)
	// Output:
	// [CRM] [1200 1]
	// 2 others [800.5 2]
}

// Two owners share a deal, a specialist gets overlay credit. The total counts
// the deal once.
func ExampleCredit() {
	type deal struct {
		dollars int64
		credits []cube.Credit
	}
	sales, _ := cube.New(cube.Definition{
		ID: "sales", Window: calendar.Calendar{}.MustParse("2026"), Dimensions: []string{"owner"}, Credit: "owner",
		Measures: []cube.Measure{{ID: "won_value", Unit: kpi.Money("USD", 2)}, {ID: "won_count", Kind: cube.Count}},
	})
	loader, err := cube.Load(sales, cube.Reader[deal]{
		Day:     func(*deal) (calendar.Day, bool) { return calendar.MustDay("2026-05-01"), true },
		Credits: func(d *deal, to []cube.Credit) []cube.Credit { return append(to, d.credits...) },
		Measures: map[string]cube.Feed[deal]{
			"won_value": {Minor: func(d *deal) (int64, bool) { return d.dollars * 100, true }}, "won_count": {},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	sixty, _ := org.NewShare(60, 100)
	forty, _ := org.NewShare(40, 100)
	loader.Add(&deal{1000, []cube.Credit{{Member: "ann", Share: sixty}, {Member: "bob", Share: forty}, {Member: "eve", Overlay: true}}})
	loader.Add(&deal{500, []cube.Credit{{Member: "ann", Share: sixty}}}) // 40 % is nobody's

	for _, q := range []cube.Query{{By: []string{"owner"}}, {}, {By: []string{"owner"}, Overlay: true}} {
		table, _ := sales.Query(q)
		for _, row := range table.Rows {
			fmt.Println(row.Key, row.Values)
		}
	}
	fmt.Println(sales.Report().WrongShares, "with wrong shares")
	// Output:
	// [ann] [600 0.6]
	// [bob] [400 0.4]
	// [] [1000 1]
	// [eve] [1000 1]
	// 1 with wrong shares
}

// Ann moved from the south to the north in July. As was, each deal counts for
// the team of its day; as is, the tree of one day lies over all of them.
func ExampleLevel() {
	company, _ := org.New(org.Structure{
		Units: []org.Unit{{ID: "north", Kind: "team"}, {ID: "south", Kind: "team"}},
		Assignments: []org.Assignment{
			{Member: "ann", Unit: "south", To: calendar.MustDay("2026-07-01")},
			{Member: "ann", Unit: "north", From: calendar.MustDay("2026-07-01")},
		},
	})
	team := cube.Level{Dimension: "team", Of: "owner", Kind: "team"}
	sales, err := cube.New(cube.Definition{
		ID: "sales", Window: calendar.Calendar{}.MustParse("2026"), Grain: calendar.Monthly,
		Dimensions: []string{"owner", "team"}, Levels: []cube.Level{team},
		Measures: []cube.Measure{{ID: "won_count", Kind: cube.Count}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	loader, err := cube.Load(sales, cube.Reader[Deal]{
		Day:        func(d *Deal) (calendar.Day, bool) { return d.Closed, !d.Closed.IsZero() },
		Dimensions: map[string]func(*Deal) (string, bool){"owner": func(d *Deal) (string, bool) { return d.Owner, true }},
		Org:        company,
		Measures:   map[string]cube.Feed[Deal]{"won_count": {}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, closed := range []string{"2026-03-31", "2026-08-31", "2026-09-30"} {
		loader.Add(&Deal{Owner: "ann", Closed: calendar.MustDay(closed)})
	}
	team.Dimension = "team_today"
	today, err := sales.AsIs(company, calendar.MustDay("2026-10-01"), team)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, by := range []string{"team", "team_today"} {
		table, _ := today.Query(cube.Query{By: []string{by}})
		for _, row := range table.Rows {
			fmt.Println(by, row.Key, row.Values)
		}
	}
	// Output:
	// team [north] [2]
	// team [south] [1]
	// team_today [north] [3]
}

// Why did January change? Because of three deals.
func ExampleRestate() {
	type deal struct {
		id      string
		closed  calendar.Day
		dollars int64
	}
	fill := func(deals []deal) *cube.Cube {
		c, _ := cube.New(cube.Definition{
			ID: "sales", Window: calendar.Calendar{}.MustParse("2026"), Grain: calendar.Monthly, Dimensions: []string{"deal"},
			Measures: []cube.Measure{{ID: "won_value", Unit: kpi.Money("USD", 0)}},
		})
		loader, _ := cube.Load(c, cube.Reader[deal]{
			Day:        func(d *deal) (calendar.Day, bool) { return d.closed, true },
			Dimensions: map[string]func(*deal) (string, bool){"deal": func(d *deal) (string, bool) { return d.id, true }},
			Measures:   map[string]cube.Feed[deal]{"won_value": {Minor: func(d *deal) (int64, bool) { return d.dollars, true }}},
		})
		loader.AddSeq(slices.Values(deals))
		return c
	}
	then := fill([]deal{{"d1", calendar.MustDay("2026-01-10"), 100}, {"d2", calendar.MustDay("2026-01-31"), 50}})
	now := fill([]deal{{"d1", calendar.MustDay("2026-01-10"), 90}, {"d2", calendar.MustDay("2026-02-01"), 50}, {"d3", calendar.MustDay("2026-01-11"), 7}})

	why, err := cube.Restate(then, now, "deal", "won_value", cube.Query{Grain: calendar.Monthly})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range why.Rows {
		fmt.Println(why.Calendar.Label(row.Period), row.Before.Or(kpi.Int(0)), "→", row.After, "is", row.Difference)
	}
	for _, c := range why.Changes {
		fmt.Println(c.Record, c.Effect, why.Calendar.Label(c.Period), c.Difference)
	}
	// Output:
	// 2026-01 150 → 97 is -53
	// 2026-02 0 → 50 is 50
	// d1 changed 2026-01 -10
	// d2 moved_out 2026-01 -50
	// d2 moved_in 2026-02 50
	// d3 added 2026-01 7
}

// The standard catalog over a cube's measures: ratios are of the sums of
// their own cell.
func ExampleMetrics() {
	catalog, err := kpi.Standard("USD", 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	definition, reader := salesDefinition(), wonDeals()
	definition.Measures = append(definition.Measures, cube.Measure{ID: "lost_count", Kind: cube.Count})
	reader.Measures["lost_count"] = cube.Feed[Deal]{When: func(d *Deal) bool { return !d.Won }}
	sales, _ := cube.New(definition)
	loader, err := cube.Load(sales, reader)
	if err != nil {
		fmt.Println(err)
		return
	}
	loader.AddSeq(slices.Values(deals()))

	table, _ := sales.Query(cube.Query{By: []string{"owner"}})
	metrics, err := table.Metrics(catalog, "win_rate")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range table.Rows {
		rate, _ := metrics.Ratio("win_rate", row.Period, row.Key...)
		fmt.Println(row.Key, rate)
	}
	// Output:
	// [ann] 2/2 = 1
	// [bob] 1/2 = 0.5
}

// What a cube takes grows with its cells, not with its records.
func ExampleCube_Size() {
	sales := filled()
	before := sales.Size()
	again, _ := cube.Load(sales, wonDeals())
	for range 1000 {
		again.AddSeq(slices.Values(deals()))
	}
	fmt.Println(sales.Report().Read, sales.Size() == before)
	// Output: 6006 true
}

// A figure down to its measures.
func ExampleMetrics_Explain() {
	size, _ := kpi.ParseFormula("won_value / won_count")
	catalog, err := kpi.NewCatalog(
		kpi.Metric{ID: "won_value", Unit: kpi.Money("USD", 2)},
		kpi.Metric{ID: "won_count"},
		kpi.Metric{ID: "deal_size", Formula: size, Unit: kpi.Money("USD", 2), Additivity: kpi.RatioOfSums},
	)
	if err != nil {
		fmt.Println(err)
		return
	}
	table, _ := filled().Query(cube.Query{By: []string{"owner"}})
	metrics, err := table.Metrics(catalog, "deal_size")
	if err != nil {
		fmt.Println(err)
		return
	}
	tree, _ := metrics.Explain("deal_size", table.Window, "ann")
	fmt.Println(tree)
	// Output:
	// deal_size = 1000.25
	//   won_value / won_count = 2000.5/2 = 1000.25
	//     won_value = 2000.5
	//     won_count = 2
}
