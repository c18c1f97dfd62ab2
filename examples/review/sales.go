package main

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
)

// Sales is what was won in the year, through the as-of day, and, by quarters,
// since the first deal.
type Sales struct {
	Cube *cube.Cube
	Days []kpi.Figure // won value by who holds a target, and by day

	Quarters *Quarters

	Year    *cube.Result
	Metrics *cube.Metrics // of the year, by the formulas of the standard catalog
	Daily   *cube.Result  // all together, by day
	Months  *cube.Result
	Regions *cube.Result
	Teams   *cube.Result
	Sellers *cube.Result

	nothing kpi.Value // what is won where no deal is: 0, or no data where closings are not on record
}

// catalog gives the standard metrics. The files name no currency, and XXX is
// the code of ISO 4217 for none.
func catalog(scale int8) (kpi.Catalog, error) { return kpi.Standard("XXX", scale) }

// wonValue is the metric that is planned, tracked and scored.
const wonValue = "won_value"

func newSales(r *Review) (*Sales, error) {
	sales, err := cube.New(cube.Definition{
		ID: "sales", Window: r.record(), Calendar: r.Options.Calendar, Grain: calendar.Daily,
		Dimensions: []string{"holder", "seller", "team", "region"},
		Measures: []cube.Measure{
			{ID: "won_value", Kind: cube.Sum, Unit: r.Goals.Metric.Unit},
			{ID: "list_value", Kind: cube.Sum, Unit: r.Goals.Metric.Unit},
			{ID: "won_count", Kind: cube.Count},
			{ID: "won_valued_count", Kind: cube.Count},
			{ID: "closed_count", Kind: cube.Count},
			{ID: "lost_count", Kind: cube.Count},
		},
	})
	if err != nil {
		return nil, err
	}
	loader, err := cube.Load(sales, r.reader())
	if err != nil {
		return nil, err
	}
	loader.AddSeq(slices.Values(r.Records.Deals))
	return summarise(sales, r.Year, r.known().Contains(r.AsOf))
}

// record gives the whole years from that of the first deal through this one.
func (r *Review) record() calendar.Period {
	first := r.Records.FirstDay()
	if first.IsZero() || first > r.Year.Start() {
		return r.Year
	}
	years, err := calendar.NewPeriod(r.Options.Calendar.PeriodOf(calendar.Yearly, first).Start(), r.Year.End())
	if err != nil {
		return r.Year
	}
	return years
}

// reader binds the cube's names to the rows of sales_pipeline.csv.
func (r *Review) reader() cube.Reader[Deal] {
	seller := func(d *Deal) Seller { return r.Company.sellers[d.Agent] }
	isWon := func(d *Deal) bool { return d.Stage == Won }
	prices := map[string]decimal.Decimal{}
	for _, p := range r.Records.Products {
		prices[p.Name] = p.Price
	}
	return cube.Reader[Deal]{
		Skip: func(d *Deal) bool { return !d.IsClosed() || d.Closed > r.AsOf },
		Day:  func(d *Deal) (calendar.Day, bool) { return d.Closed, !d.Closed.IsZero() },
		Dimensions: map[string]func(*Deal) (string, bool){
			"holder": func(d *Deal) (string, bool) { return r.Goals.holder(d.Agent), true },
			"seller": func(d *Deal) (string, bool) { return d.Agent, true },
			"team":   func(d *Deal) (string, bool) { return teamID(seller(d)), true },
			"region": func(d *Deal) (string, bool) { return regionID(seller(d)), true },
		},
		Measures: map[string]cube.Feed[Deal]{
			"won_value": {
				Decimal: func(d *Deal) (decimal.Decimal, bool) { return d.Value.Decimal, d.Value.Valid },
				When:    isWon,
			},
			"list_value": {
				Decimal: func(d *Deal) (decimal.Decimal, bool) { return prices[d.Product], d.Value.Valid },
				When:    isWon,
			},
			"won_count":        {When: isWon},
			"won_valued_count": {When: func(d *Deal) bool { return isWon(d) && d.Value.Valid }},
			"closed_count":     {},
			"lost_count":       {When: func(d *Deal) bool { return d.Stage == Lost }},
		},
	}
}

// summarise asks the cube what the review shows.
func summarise(c *cube.Cube, year calendar.Period, known bool) (s *Sales, err error) {
	s = &Sales{Cube: c}
	if known {
		s.nothing = kpi.Int(0)
	}
	for _, question := range []struct {
		into  **cube.Result
		query cube.Query
	}{
		{&s.Year, cube.Query{}},
		{&s.Daily, cube.Query{Grain: calendar.Daily}},
		{&s.Months, cube.Query{Grain: calendar.Monthly}},
		{&s.Regions, cube.Query{By: []string{"region"}}},
		{&s.Teams, cube.Query{By: []string{"team"}}},
		{&s.Sellers, cube.Query{By: []string{"seller"}}},
	} {
		question.query.Window = year
		if *question.into, err = c.Query(question.query); err != nil {
			return nil, err
		}
	}
	if s.Metrics, err = metrics(s.Year); err != nil {
		return nil, err
	}
	if s.Quarters, err = newQuarters(c); err != nil {
		return nil, err
	}
	days, err := c.Query(cube.Query{By: []string{"holder"}, Grain: calendar.Daily, Window: year})
	if err != nil {
		return nil, err
	}
	s.Days, err = days.Figures("won_value", "")
	return s, err
}

// metrics binds formulas of the standard catalog to what was counted.
func metrics(of *cube.Result) (*cube.Metrics, error) {
	unit := of.Columns[0].Unit
	catalog, err := kpi.Standard(unit.Currency, unit.Scale)
	if err != nil {
		return nil, err
	}
	return of.Metrics(catalog, "average_deal_size", "discount_rate", "win_rate")
}

// of gives a measure of a seller in the year.
func (s *Sales) of(seller, measure string) kpi.Value {
	return s.Sellers.Value(measure, s.Sellers.Window, seller).Or(s.nothing)
}

// counts gives the deals that the company or a seller won and closed in the
// year.
func (s *Sales) counts(owner string) (won, closed kpi.Value) {
	if owner == wholeCompany {
		return s.Year.Value("won_count", s.Year.Window), s.Year.Value("closed_count", s.Year.Window)
	}
	return s.of(owner, "won_count"), s.of(owner, "closed_count")
}

// won gives the won value of the company, a region or a team in the year.
func (s *Sales) won(unit string) kpi.Value {
	if unit == wholeCompany {
		return s.Year.Value("won_value", s.Year.Window).Or(s.nothing)
	}
	region := s.Regions.Value("won_value", s.Regions.Window, unit)
	return region.Or(s.Teams.Value("won_value", s.Teams.Window, unit)).Or(s.nothing)
}
