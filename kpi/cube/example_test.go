package cube_test

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/cube"
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
