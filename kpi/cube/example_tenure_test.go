package cube_test

import (
	"fmt"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
)

// Productivity by tenure: what a seller brings in the months since hire, and
// so the ramp that a new one may be given. There is a record for each seller and
// month, also where nothing was won.
//
//	               January   February   March
//	ann, tenured   1,000     1,200        800
//	bo, 12 Jan       100       500        900
//	cy,  1 Feb         –       300        700
//	dan, 1 Mar         –         –          0
//
// In the first month (100 + 300 + 0) ÷ 3, in the second (500 + 700) ÷ 2, in the
// third 900, and 1,000 of somebody who is tenured.
func ExampleQuery_tenure() {
	type month struct {
		seller       string
		hired, first calendar.Day
		dollars      int64
	}
	tenure := func(m *month) (string, bool) {
		n, cal := 1, calendar.Calendar{}
		for p := cal.PeriodOf(calendar.Monthly, m.hired); p.End() <= m.first; p = cal.PeriodOf(calendar.Monthly, p.End()) {
			n++
		}
		if n > 6 {
			return "tenured", true
		}
		return fmt.Sprint("month ", n), true
	}
	ramp, err := cube.New(cube.Definition{
		ID: "ramp", Window: calendar.Calendar{}.MustParse("2026-Q1"), Grain: calendar.Monthly, Dimensions: []string{"tenure"},
		Measures: []cube.Measure{{ID: "won_value", Unit: kpi.Money("USD", 0)}, {ID: "headcount", Kind: cube.Count}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	loader, err := cube.Load(ramp, cube.Reader[month]{
		Day:        func(m *month) (calendar.Day, bool) { return m.first, true },
		Dimensions: map[string]func(*month) (string, bool){"tenure": tenure},
		Measures: map[string]cube.Feed[month]{
			"won_value": {Minor: func(m *month) (int64, bool) { return m.dollars, true }},
			"headcount": {},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	jan, feb, mar := calendar.MustDay("2026-01-01"), calendar.MustDay("2026-02-01"), calendar.MustDay("2026-03-01")
	long, bo := calendar.MustDay("2024-05-01"), calendar.MustDay("2026-01-12")
	loader.AddSeq(slices.Values([]month{
		{"ann", long, jan, 1000}, {"ann", long, feb, 1200}, {"ann", long, mar, 800},
		{"bo", bo, jan, 100}, {"bo", bo, feb, 500}, {"bo", bo, mar, 900},
		{"cy", feb, feb, 300}, {"cy", feb, mar, 700}, {"dan", mar, mar, 0},
	}))

	table, err := ramp.Query(cube.Query{By: []string{"tenure"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	catalog, _ := kpi.Standard("USD", 0)
	metrics, err := table.Metrics(catalog, "won_per_seller")
	if err != nil {
		fmt.Println(err)
		return
	}
	full, _ := metrics.Ratio("won_per_seller", table.Window, "tenured")
	for _, row := range table.Rows {
		won, _ := metrics.Ratio("won_per_seller", row.Period, row.Key...)
		fmt.Println(row.Key[0], won.Num(), "by", won.Den(), "is", won.Value().Text(0, kpi.HalfEven), "ramp", won.Value().Div(full.Value()).Text(2, kpi.HalfEven))
	}
	// Output:
	// month 1 400 by 3 is 133 ramp 0.13
	// month 2 1200 by 2 is 600 ramp 0.60
	// month 3 900 by 1 is 900 ramp 0.90
	// tenured 3000 by 3 is 1000 ramp 1.00
}
