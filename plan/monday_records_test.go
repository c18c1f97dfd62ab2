package plan_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"github.com/saleskpi/saleskpi/kpi/org"
	"github.com/saleskpi/saleskpi/plan"
)

// sale is a record of the caller's.
type sale struct {
	id, owner string
	day       calendar.Day
	amount    int64
}

// filled gives a cube of won value by id, owner and levels.
func filled(t *testing.T, company *org.Org, levels []cube.Level, sales ...sale) *cube.Cube {
	t.Helper()
	years, err := calendar.Through(day("2025-01-01"), day("2026-12-31"))
	must(t, err)
	d := cube.Definition{ID: "sales", Window: years, Grain: calendar.Monthly, Dimensions: []string{"id", "owner"}, Levels: levels,
		Measures: []cube.Measure{{ID: "won_value", Unit: kpi.Money("USD", 0)}}}
	for _, l := range levels {
		d.Dimensions = append(d.Dimensions, l.Dimension)
	}
	c, err := cube.New(d)
	must(t, err)
	loader, err := cube.Load(c, cube.Reader[sale]{Day: func(s *sale) (calendar.Day, bool) { return s.day, true }, Org: company,
		Dimensions: map[string]func(*sale) (string, bool){"id": func(s *sale) (string, bool) { return s.id, true }, "owner": func(s *sale) (string, bool) { return s.owner, true }},
		Measures:   map[string]cube.Feed[sale]{"won_value": {Minor: func(s *sale) (int64, bool) { return s.amount, true }}}})
	must(t, err)
	loader.AddSeq(slices.Values(sales))
	return c
}

// rows gives keys and values of a query.
func rows(t *testing.T, c *cube.Cube, q cube.Query) (lines []string) {
	t.Helper()
	r, err := c.Query(q)
	must(t, err)
	for _, row := range r.Rows {
		lines = append(lines, fmt.Sprint(row.Key, " ", row.Values))
	}
	return lines
}

// January was 25,000 and is 24,500: one deal is worth 1,000 less, one of 2,000
// went into February, and one of 2,500 was entered late.
func lastMonthChanged(t *testing.T) {
	in := plan.Input{AsOf: day("2026-02-07"), Known: period("2026-Q1"), Actuals: []kpi.Figure{won("ann", "2026-01", 25000)}}
	before := review(t, quarter(t), in)
	in.AsOf, in.Actuals = day("2026-02-14"), []kpi.Figure{won("ann", "2026-01", 24500), won("ann", "2026-02", 2000)}
	s, err := review(t, quarter(t), in).Since(before)
	must(t, err)
	var restated []string
	for _, c := range s.Restated {
		restated = append(restated, fmt.Sprint(c.Owner, " ", c.From, " → ", c.To, " is ", c.Change))
	}
	same(t, "restated", restated, []string{"team 25000 → 24500 is -500", "ann 25000 → 24500 is -500"})
	amount(t, "new of ann", s.Lines[1].New, kpi.Int(2000))

	jan, feb := day("2026-01-10"), day("2026-02-01")
	then := filled(t, nil, nil, sale{"d1", "ann", jan, 23000}, sale{"d2", "ann", jan, 2000})
	now := filled(t, nil, nil, sale{"d1", "ann", jan, 22000}, sale{"d2", "ann", feb, 2000}, sale{"d3", "ann", jan, 2500})
	why, err := cube.Restate(then, now, "id", "won_value", cube.Query{Grain: calendar.Monthly, Window: period("2026-01")})
	must(t, err)
	var because []string
	for _, c := range why.Changes {
		because = append(because, fmt.Sprint(c.Record, " ", c.Effect, " ", c.Difference))
	}
	same(t, "because", because, []string{"d1 changed -1000", "d2 removed -2000", "d3 added 2500"})
	amount(t, "adds up", why.Rows[0].Difference, kpi.Int(-500))
}

// ann moved from the south to the north in 2026. As it was then, the north went
// from 200 to 350 and grew by 75 %, for she came along. Laid over both years as
// the tree stands in October it went from 300 to 350: 1/6.
func growthByRegion(t *testing.T) {
	company, err := org.New(org.Structure{Units: []org.Unit{{ID: "north", Kind: "region"}, {ID: "south", Kind: "region"}}, Assignments: []org.Assignment{
		{Member: "ann", Unit: "south", To: day("2026-01-01")}, {Member: "ann", Unit: "north", From: day("2026-01-01")}, {Member: "bo", Unit: "north"}}})
	must(t, err)
	level := cube.Level{Dimension: "region", Of: "owner", Kind: "region"}
	c := filled(t, company, []cube.Level{level}, sale{"d1", "ann", day("2025-03-10"), 100}, sale{"d2", "bo", day("2025-04-10"), 200},
		sale{"d3", "ann", day("2026-03-10"), 130}, sale{"d4", "bo", day("2026-04-10"), 220})
	level.Dimension = "region_today"
	c, err = c.AsIs(company, day("2026-10-01"), level)
	must(t, err)
	for dimension, want := range map[string]kpi.Value{"region": kpi.Frac(3, 4), "region_today": kpi.Frac(1, 6)} {
		r, err := c.Query(cube.Query{By: []string{dimension}, Grain: calendar.Yearly})
		must(t, err)
		amount(t, "the north by "+dimension, kpi.Growth(r.Value("won_value", period("2026"), "north"), r.Value("won_value", period("2025"), "north")), want)
	}
}

// We went from 75 of 500 to 80 of 400. The market took (400 − 500) × 15 % = −15,
// a share of 20 % after 15 % gave 400 × 5 % = 20: up by 5 in a market that shrank.
func marketOrShare(t *testing.T) {
	b, err := bridge.MarketShare{}.Bridge(bridge.Question{Metric: "won_value", Unit: kpi.Money("USD", 0), Base: bridge.Side{Name: "before"}, Current: bridge.Side{Name: "now"}},
		kpi.RatioOf(75, 500), kpi.RatioOf(80, 400))
	must(t, err)
	market, _ := b.Part("market")
	share, _ := b.Part("share")
	same(t, "gap, market and share", []kpi.Value{b.Gap, market.Amount, share.Amount}, []kpi.Value{kpi.Int(5), kpi.Int(-15), kpi.Int(20)})
}

// invoice is a record of the caller's books: unpaid has no day.
type invoice struct {
	id, seller string
	amount     int64
	due, paid  calendar.Day
}

// overdue gives the days that an invoice is past its due day on an as-of day;
// not at all where it is not due or was paid by then.
func (i *invoice) overdue(asOf calendar.Day) int {
	if !i.paid.IsZero() && i.paid <= asOf {
		return 0
	}
	return max(asOf.Sub(i.due), 0)
}

func (i *invoice) age(asOf calendar.Day) string {
	switch days := i.overdue(asOf); {
	case days <= 30:
		return "0-30"
	case days <= 60:
		return "31-60"
	case days <= 90:
		return "61-90"
	}
	return "over 90"
}

// Receivables on 31 March 2026 by seller and age, from due and paid days:
//
//	ann   1,000 due 1 March, 30 days              0–30
//	        500 due 28 February, 31              31–60
//	        700 due 31 December, 31 + 28 + 31    61–90
//	        900 due 30 December, 91              over 90
//	      2,000 due 15 January, paid that day    not overdue
//	        400 due 10 April                     not due yet
//	bo      300 due 30 January, 60               31–60
//	        600 due 29 January, 61               61–90
//	        250 due 10 February, paid 2 April    31–60: on 31 March it was open, 49
//	        150 due 31 March                     the day itself is in time
func overdueBySeller(t *testing.T) {
	asOf := day("2026-03-31")
	years, err := calendar.Through(day("2025-01-01"), day("2026-12-31"))
	must(t, err)
	c, err := cube.New(cube.Definition{ID: "receivables", Window: years, Dimensions: []string{"seller", "age"}, Measures: []cube.Measure{{ID: "overdue_value", Unit: kpi.Money("USD", 0)}}})
	must(t, err)
	loader, err := cube.Load(c, cube.Reader[invoice]{
		Day:  func(i *invoice) (calendar.Day, bool) { return i.due, true },
		Skip: func(i *invoice) bool { return i.overdue(asOf) == 0 },
		Dimensions: map[string]func(*invoice) (string, bool){"seller": func(i *invoice) (string, bool) { return i.seller, true },
			"age": func(i *invoice) (string, bool) { return i.age(asOf), true }},
		Measures: map[string]cube.Feed[invoice]{"overdue_value": {Minor: func(i *invoice) (int64, bool) { return i.amount, true }}}})
	must(t, err)
	none := calendar.Day(0)
	loader.AddSeq(slices.Values([]invoice{{"i1", "ann", 1000, day("2026-03-01"), none}, {"i2", "ann", 500, day("2026-02-28"), none}, {"i3", "ann", 700, day("2025-12-31"), none},
		{"i4", "ann", 900, day("2025-12-30"), none}, {"i5", "ann", 2000, day("2026-01-15"), asOf}, {"i6", "ann", 400, day("2026-04-10"), none},
		{"i7", "bo", 300, day("2026-01-30"), none}, {"i8", "bo", 600, day("2026-01-29"), none}, {"i9", "bo", 250, day("2026-02-10"), day("2026-04-02")}, {"i10", "bo", 150, asOf, none}}))
	same(t, "by seller and age", rows(t, c, cube.Query{By: []string{"seller", "age"}}), []string{"[ann 0-30] [1000]", "[ann 31-60] [500]", "[ann 61-90] [700]", "[ann over 90] [900]",
		"[bo 31-60] [550]", "[bo 61-90] [600]"})
	same(t, "by seller", rows(t, c, cube.Query{By: []string{"seller"}}), []string{"[ann] [3100]", "[bo] [1150]"})
	if r := c.Report(); r.Read != 10 || r.Counted != 7 || r.Skipped != 3 {
		t.Errorf("%+v", r)
	}
}

// tenure gives the month in which somebody is on a day, 1 in that of the hire.
func tenure(hired, on calendar.Day) int {
	n, cal := 1, calendar.Calendar{}
	for month := cal.PeriodOf(calendar.Monthly, hired); month.End() <= on; month = cal.PeriodOf(calendar.Monthly, month.End()) {
		n++
	}
	return n
}

// What a month in the role brings, over months since hire:
//
//	       hired      Jan      Feb      Mar
//	ann    before   1,000    1,200      800    tenured
//	bo     January    100      500      900    months 1, 2 and 3
//	cy     February      –     300      700    months 1 and 2
//
// Month 1: (100 + 300) ÷ 2 = 200, 2: (500 + 700) ÷ 2 = 600, 3: 900, tenured 1,000:
// the ramp is 20, 60 and 90 %.
func productivityByTenure(t *testing.T) {
	type month struct {
		seller       string
		hired, first calendar.Day
		won          int64
	}
	c, err := cube.New(cube.Definition{ID: "ramp", Window: period("2026"), Dimensions: []string{"tenure"}, Measures: []cube.Measure{
		{ID: "won_value", Unit: kpi.Money("USD", 2)}, {ID: "headcount", Kind: cube.Count}}})
	must(t, err)
	loader, err := cube.Load(c, cube.Reader[month]{Day: func(m *month) (calendar.Day, bool) { return m.first, true },
		Dimensions: map[string]func(*month) (string, bool){"tenure": func(m *month) (string, bool) {
			since := tenure(m.hired, m.first)
			if since > 6 {
				return "tenured", true
			}
			return fmt.Sprint("month ", since), true
		}},
		Measures: map[string]cube.Feed[month]{"won_value": {Minor: func(m *month) (int64, bool) { return m.won * 100, true }}, "headcount": {}}})
	must(t, err)
	jan, feb, mar := day("2026-01-01"), day("2026-02-01"), day("2026-03-01")
	loader.AddSeq(slices.Values([]month{{"ann", day("2024-05-01"), jan, 1000}, {"ann", day("2024-05-01"), feb, 1200}, {"ann", day("2024-05-01"), mar, 800},
		{"bo", day("2026-01-12"), jan, 100}, {"bo", day("2026-01-12"), feb, 500}, {"bo", day("2026-01-12"), mar, 900}, {"cy", feb, feb, 300}, {"cy", feb, mar, 700}}))
	table, err := c.Query(cube.Query{By: []string{"tenure"}})
	must(t, err)
	catalog, err := kpi.Standard("USD", 2)
	must(t, err)
	metrics, err := table.Metrics(catalog, "won_per_seller")
	must(t, err)
	full, _ := metrics.Ratio("won_per_seller", table.Window, "tenured")
	for tenure, want := range map[string]kpi.Value{"month 1": kpi.Frac(2, 10), "month 2": kpi.Frac(6, 10), "month 3": kpi.Frac(9, 10)} {
		won, _ := metrics.Ratio("won_per_seller", table.Window, tenure)
		amount(t, tenure, won.Value().Div(full.Value()), want)
	}
}

// Six deals of 1,000 were lost: three for the price, one for the price and the
// time, one for the time, and one without a word. Two were won for the service.
//
//	price   4 name it; 3 + 1/2 = 3.5 of 6, 3,500
//	time    2 name it; 1 + 1/2 = 1.5 of 6, 1,500
func winAndLossReasons(t *testing.T) {
	a := decided(t)
	lost, err := a.Reasons(funnel.Lost)
	must(t, err)
	var got []string
	for _, r := range append(lost.Reasons, lost.Unstated) {
		got = append(got, fmt.Sprint(r.Reason, " named ", r.Named, ", ", r.Weight, ", ", r.Share.Value(), ", ", r.Value.Sum))
	}
	same(t, "lost", got, []string{"price named 4, 3.5, " + kpi.Frac(35, 60).String() + ", 3500", "time named 2, 1.5, 0.25, 1500", " named 1, 1, " + kpi.Frac(1, 6).String() + ", 1000"})
	wins, err := a.Reasons(funnel.Won)
	must(t, err)
	if len(wins.Reasons) != 1 || wins.Reasons[0].Reason != "service" || wins.Reasons[0].Share != kpi.NewRatio(kpi.Int(2), kpi.Int(2)) {
		t.Errorf("%+v", wins.Reasons)
	}
}

func decided(t *testing.T) *funnel.Analysis {
	t.Helper()
	d := noDeals(t)
	for id, reasons := range map[string][]string{"L1": {"price"}, "L2": {"price"}, "L3": {"price"}, "L4": {"price", "time"}, "L5": {"time"}, "L6": {""}} {
		d.open(id, "ann", 1000, 50, day("2026-01-05"), day("2026-03-20"))
		for _, reason := range reasons {
			d.Add(funnel.Event{Deal: id, Stage: "lost", At: at(day("2026-02-01")), Reason: reason})
		}
	}
	for _, id := range []string{"W1", "W2"} {
		d.open(id, "bo", 1000, 50, day("2026-01-05"), day("2026-03-20"))
		d.Add(funnel.Event{Deal: id, Stage: "won", At: at(day("2026-02-01")), Reason: "service"})
	}
	a, err := funnel.Analyze(d.Histories, d.question("2026-02-14"))
	must(t, err)
	return a
}

// The team's actual has three records through 14 February, not that of the
// 20th, nor zoe's; ann's January has one. The deals lost for the price are four.
func recordsBehind(t *testing.T) {
	in := plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: actuals()}
	records := []kpi.Source{{ID: "r4", Metric: "won_value", Owner: "ann", Day: day("2026-02-20")}, {ID: "r3", Metric: "won_value", Owner: "bo", Day: day("2026-01-05")},
		{ID: "r2", Metric: "won_value", Owner: "ann", Day: day("2026-02-14")}, {ID: "r1", Metric: "won_value", Owner: "ann", Day: day("2026-01-20")}, {ID: "r0", Metric: "won_value", Owner: "zoe", Day: day("2026-01-20")}}
	behind := func(f plan.Figure, page kpi.Page) kpi.Behind {
		got, err := quarter(t).Behind(in, f, slices.Values(records), page)
		must(t, err)
		return got
	}
	team := plan.Figure{Goal: "q1", Owner: "team"}
	first := behind(team, kpi.Page{Limit: 2})
	same(t, "the first page", first.IDs, []string{"r1", "r2"})
	second := behind(team, kpi.Page{Limit: 2, After: first.Next})
	same(t, "the second", second.IDs, []string{"r3"})
	if first.Total != 3 || second.Next != "" {
		t.Errorf("%d in all, then %q", first.Total, second.Next)
	}
	same(t, "ann's January", behind(plan.Figure{Goal: "q1", Owner: "ann", Period: period("2026-01")}, kpi.Page{Limit: 9}).IDs, []string{"r1"})

	page, err := decided(t).Behind(funnel.Figure{Which: funnel.LostOnes, Reason: "price"}, kpi.Page{After: "L1", Limit: 2})
	must(t, err)
	same(t, "lost for the price", page.IDs, []string{"L2", "L3"})
	amount(t, "how many", kpi.Int(page.Count), kpi.Int(4))
	amount(t, "worth", page.Value.Sum, kpi.Int(4000))
}
