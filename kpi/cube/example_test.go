package cube_test

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"github.com/saleskpi/saleskpi/kpi/org"
	"github.com/shopspring/decimal"
)

// Deal is a row of the caller's own table.
type Deal struct {
	Owner   string
	Product *string // NULL where the deal has none
	Created calendar.Day
	Closed  calendar.Day // zero while open
	Won     bool
	Cents   *int64 // NULL where nobody entered an amount
	Deleted bool
}

// salesDefinition says what is kept; it can live in a database.
func salesDefinition() cube.Definition {
	return cube.Definition{
		ID: "sales", Version: 1,
		Window:     calendar.Calendar{}.MustParse("2026"),
		Grain:      calendar.Monthly,
		Dimensions: []string{"owner", "product"},
		Measures: []cube.Measure{
			{ID: "won_value", Kind: cube.Sum, Unit: kpi.Money("USD", 2)},
			{ID: "won_count", Kind: cube.Count},
		},
	}
}

// wonDeals says how a deal is read.
func wonDeals() cube.Reader[Deal] {
	won := func(d *Deal) bool { return d.Won }
	return cube.Reader[Deal]{
		Skip: func(d *Deal) bool { return d.Deleted },
		Day:  func(d *Deal) (calendar.Day, bool) { return d.Closed, !d.Closed.IsZero() },
		Dimensions: map[string]func(*Deal) (string, bool){
			"owner":   func(d *Deal) (string, bool) { return d.Owner, true },
			"product": func(d *Deal) (string, bool) { return value(d.Product) },
		},
		Measures: map[string]cube.Feed[Deal]{
			"won_value": {Minor: func(d *Deal) (int64, bool) { return value(d.Cents) }, When: won},
			"won_count": {When: won},
		},
	}
}

// value reads a column that may be NULL.
func value[V any](column *V) (v V, ok bool) {
	if column == nil {
		return v, false
	}
	return *column, true
}

func deals() []Deal {
	cents := func(n int64) *int64 { return &n }
	crm, erp := "CRM", "ERP"
	return []Deal{
		{Owner: "ann", Product: &crm, Created: calendar.MustDay("2025-12-03"), Closed: calendar.MustDay("2026-01-15"), Won: true, Cents: cents(120_000)},
		{Owner: "ann", Product: &erp, Created: calendar.MustDay("2026-01-20"), Closed: calendar.MustDay("2026-03-02"), Won: true, Cents: cents(80_050)},
		{Owner: "bob", Product: &crm, Created: calendar.MustDay("2026-02-02"), Closed: calendar.MustDay("2026-02-28"), Won: false},
		{Owner: "bob", Product: nil, Created: calendar.MustDay("2026-02-10"), Closed: calendar.MustDay("2026-04-09"), Won: true, Cents: nil},
		{Owner: "bob", Product: &erp, Created: calendar.MustDay("2026-03-01")},
		{Owner: "cem", Product: &erp, Created: calendar.MustDay("2026-01-05"), Closed: calendar.MustDay("2026-01-06"), Won: true, Cents: cents(1), Deleted: true},
	}
}

func filled() *cube.Cube {
	sales, err := cube.New(salesDefinition())
	if err != nil {
		panic(err)
	}
	loader, err := cube.Load(sales, wonDeals())
	if err != nil {
		panic(err)
	}
	loader.AddSeq(slices.Values(deals()))
	return sales
}

// From rows to a table by owner and quarter.
func Example() {
	sales, err := cube.New(salesDefinition())
	if err != nil {
		fmt.Println(err)
		return
	}
	won, err := cube.Load(sales, wonDeals())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, deal := range deals() { // for rows.Next() { rows.Scan(…); won.Add(&deal) }
		won.Add(&deal)
	}
	report := won.Report()
	fmt.Println(report.Read, "read =", report.Counted, "counted +", report.Excluded, "excluded")

	table, err := sales.Query(cube.Query{By: []string{"owner"}, Grain: calendar.Quarterly})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range table.Rows {
		fmt.Println(row.Key[0], table.Calendar.Label(row.Period), row.Values[0], row.Values[1])
	}
	// Output:
	// 6 read = 4 counted + 2 excluded
	// ann 2026-Q1 2000.5 2
	// bob 2026-Q1 undefined: no_data 0
	// bob 2026-Q2 undefined: no_data 1
}

func ExampleDefinition() {
	definition := cube.Definition{ID: "sales", Grain: calendar.Quarterly,
		Window: calendar.Calendar{}.MustParse("2026-02"),
		Measures: []cube.Measure{
			{ID: "won_value", Unit: kpi.Unit{Money: 1}},
			{ID: "won_count", Kind: cube.Count, Unit: kpi.InDays(0)},
		}}
	for _, problem := range check.All(definition.Validate()) {
		fmt.Println(problem.Path, problem.Code)
	}
	// Output:
	// window.start not_on_grain
	// window.end not_on_grain
	// measures[0].unit.currency money_without_currency
	// measures[1].unit count_with_dimension
}

func ExampleDefinition_Hash() {
	definition := salesDefinition()
	before, _ := definition.Hash()
	definition.Version++ // a reader's function means something else now
	after, _ := definition.Hash()
	fmt.Println(len(before), before == after)
	// Output: 64 false
}

func ExampleNew() {
	sales, err := cube.New(salesDefinition())
	fmt.Println(sales.Definition().ID, err)
	// Output: sales <nil>
}

// One record, two dates: each reader binds its own day and measures.
func ExampleLoad() {
	definition := salesDefinition()
	definition.Measures = append(definition.Measures, cube.Measure{ID: "created_count", Kind: cube.Count})
	sales, _ := cube.New(definition)

	closed := wonDeals()
	created := wonDeals()
	created.Day = func(d *Deal) (calendar.Day, bool) { return d.Created, true }
	created.Measures = map[string]cube.Feed[Deal]{"created_count": {}}

	for _, reader := range []cube.Reader[Deal]{closed, created} {
		loader, err := cube.Load(sales, reader)
		if err != nil {
			fmt.Println(err)
			return
		}
		loader.AddSeq(slices.Values(deals()))
	}
	total, _ := sales.Query(cube.Query{Grain: calendar.Quarterly})
	for _, row := range total.Rows {
		fmt.Println(total.Calendar.Label(row.Period), row.Values)
	}
	// Output:
	// 2026-Q1 [2000.5 2 4]
	// 2026-Q2 [undefined: no_data 1 0]
}

func ExampleReader() {
	sales, _ := cube.New(salesDefinition())
	_, err := cube.Load(sales, cube.Reader[Deal]{
		Dimensions: map[string]func(*Deal) (string, bool){
			"owner":  func(d *Deal) (string, bool) { return d.Owner, true },
			"region": func(d *Deal) (string, bool) { return "", false },
		},
		Measures: map[string]cube.Feed[Deal]{"won_value": {}, "lost_count": {}},
	})
	for _, problem := range check.All(err) {
		fmt.Println(problem.Path, problem.Code)
	}
	// Output:
	// day not_bound
	// dimensions.product not_bound
	// dimensions.region unknown_dimension
	// measures.lost_count unknown_measure
	// measures.won_value no_amount
}

// Amounts may be decimals of any number of places.
func ExampleFeed() {
	type line struct{ price decimal.Decimal }
	sales, _ := cube.New(cube.Definition{
		ID: "lines", Window: calendar.Calendar{}.MustParse("2026"),
		Measures: []cube.Measure{{ID: "value", Unit: kpi.Money("EUR", 2)}},
	})
	loader, err := cube.Load(sales, cube.Reader[line]{
		Day: func(*line) (calendar.Day, bool) { return calendar.MustDay("2026-05-01"), true },
		Measures: map[string]cube.Feed[line]{
			"value": {Decimal: func(l *line) (decimal.Decimal, bool) { return l.price, true }},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, price := range []decimal.Decimal{decimal.New(1999, -2), decimal.New(3333, -4)} {
		loader.Add(&line{price})
	}
	total, _ := sales.Query(cube.Query{})
	fmt.Println(total.Rows[0].Values[0])
	// Output: 20.3233
}

func ExampleLoader() {
	sales, _ := cube.New(salesDefinition())
	loader, _ := cube.Load(sales, wonDeals())
	loader.AddSeq(slices.Values(deals()))
	body, _ := json.MarshalIndent(loader.Report(), "", "  ")
	fmt.Println(string(body))
	// Output:
	// {
	//   "read": 6,
	//   "counted": 4,
	//   "excluded": 2,
	//   "skipped": 1,
	//   "no_day": 1,
	//   "outside_window": 0,
	//   "dimensions": [
	//     {
	//       "dimension": "owner",
	//       "missing": 0
	//     },
	//     {
	//       "dimension": "product",
	//       "missing": 1
	//     }
	//   ],
	//   "measures": [
	//     {
	//       "measure": "won_value",
	//       "used": 2,
	//       "not_meant": 1,
	//       "missing": 1,
	//       "too_large": 0
	//     },
	//     {
	//       "measure": "won_count",
	//       "used": 3,
	//       "not_meant": 1,
	//       "missing": 0,
	//       "too_large": 0
	//     }
	//   ]
	// }
}

func ExampleReport_Findings() {
	for _, finding := range filled().Report().Findings() {
		fmt.Println(finding.Severity, cube.Findings().Text(finding, "en"))
	}
	// Output:
	// info Records without a day: 1. They are left out: right for deals still open, wrong for dates that could not be read.
	// info Records without product: 1. They stand together as a member of their own, in every total.
	// warning Records without an amount for won_value: 1. They add nothing to it.
}

func ExampleFindings() {
	finding := check.Finding{Code: "missing_member", Subject: "account", Args: check.Args("n", 1425)}
	fmt.Println(cube.Findings().Text(finding, "en"))
	fmt.Println(cube.Findings().Text(finding, "zh"))
	// Output:
	// Records without account: 1425. They stand together as a member of their own, in every total.
	// account 为空的记录：1425 条，单独归为一组，计入各项合计。
}

func ExampleQuery() {
	first := calendar.Calendar{}.MustParse("2026-Q1")
	table, err := filled().Query(cube.Query{
		By:     []string{"product", "owner"},
		Grain:  calendar.Monthly,
		Window: first,
		Where:  map[string][]string{"owner": {"ann"}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range table.Rows {
		fmt.Println(row.Key, table.Calendar.Label(row.Period), row.Values, row.N)
	}
	// Output:
	// [CRM ann] 2026-01 [1200 1] [1 1]
	// [ERP ann] 2026-03 [800.5 1] [1 1]
}

// A query that the cube cannot answer says why.
func ExampleCube_Query() {
	_, err := filled().Query(cube.Query{
		By:     []string{"owner", "region"},
		Grain:  calendar.Weekly,
		Window: calendar.Calendar{}.MustParse("2027"),
	})
	for _, problem := range check.All(err) {
		fmt.Println(problem.Path, problem.Code)
	}
	// Output:
	// by[1] unknown_dimension
	// grain grain_does_not_nest
	// window outside_window
}

func ExampleResult_Value() {
	year := calendar.Calendar{}.MustParse("2026")
	table, _ := filled().Query(cube.Query{By: []string{"owner"}})
	fmt.Println(table.Value("won_value", year, "ann"))
	fmt.Println(table.Value("won_value", year, "zoe"), "/", table.Value("won_count", year, "zoe"))
	fmt.Println(table.Value("won_value", calendar.Calendar{}.MustParse("2026-01"), "ann"))
	// Output:
	// 2000.5
	// undefined: no_data / 0
	// undefined: not_applicable
}

func ExampleResult_Figures() {
	table, _ := filled().Query(cube.Query{By: []string{"owner"}, Grain: calendar.Yearly})
	figures, err := table.Figures("won_count", "unassigned")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range figures {
		fmt.Println(f.Metric, f.Owner, table.Calendar.Label(f.Period), f.Value)
	}
	// Output:
	// won_count ann 2026 2
	// won_count bob 2026 1
}

// Two halves filled apart are one, whatever came first.
func ExampleMerge() {
	part := func(deals []Deal) *cube.Cube {
		sales, _ := cube.New(salesDefinition())
		loader, _ := cube.Load(sales, wonDeals())
		loader.AddSeq(slices.Values(deals))
		return sales
	}
	all := deals()
	merged, err := cube.Merge(part(all[3:]), part(all[:3]))
	if err != nil {
		fmt.Println(err)
		return
	}
	state, _ := merged.MarshalBinary()
	whole, _ := part(all).MarshalBinary()
	fmt.Println(string(state) == string(whole))

	var stored cube.Cube
	fmt.Println(stored.UnmarshalBinary(state), stored.Report().Read)
	// Output:
	// true
	// <nil> 6
}

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
