package main

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Closed is the last quarter of the year that is over: how it went, why, and
// what changed after earlier actions.
type Closed struct {
	Quarter    calendar.Period   `json:"quarter"`
	Evaluation plan.Evaluation   `json:"evaluation"`
	ByDriver   *bridge.Bridge    `json:"by_driver"` // from the quarter before; null where that is not on record
	WinRates   scorecard.Ranking `json:"win_rates"` // what counts can say of differences between sellers
}

// newClosed evaluates the quarter; nil where none of the year is over, or
// there is no target of it.
func newClosed(r *Review) (c *Closed, err error) {
	quarter, ok := r.lastQuarter()
	if !ok || r.Goals.Plan == nil {
		return nil, nil
	}
	if !r.Goals.Plan.Breakdowns[0].Cell(wholeCompany, quarter).Defined() {
		return nil, nil
	}
	c = &Closed{Quarter: quarter}
	cases, err := r.cases(quarter)
	if err != nil {
		return nil, err
	}
	evaluate := r.Goals.Plan.Evaluate
	if _, committed := r.Planned.baseline(quarter.Last()); committed {
		evaluate = r.Planned.Document.Evaluate
	}
	levers, err := r.leverQuestions()
	if err != nil {
		return nil, err
	}
	in := plan.Input{AsOf: quarter.Last(), Part: quarter, Known: r.known(), Actuals: r.Sales.Days}
	in.Beside.Execution = r.progress(quarter.Last())
	if c.Evaluation, err = evaluate(plan.Closing{Input: in, Owner: wholeCompany, Metrics: r.metricsOf(quarter), Usual: r.usual(quarter), UsualEach: r.usual(quarter),
		Cases: cases, Levers: levers, Playbook: plan.DefaultPlaybook(),
	}); err != nil {
		return nil, err
	}
	if c.WinRates, err = scorecard.RankRates(r.ratesIn(quarter), scorecard.Contest{}); err != nil {
		return nil, err
	}
	c.ByDriver, err = r.fromQuarterBefore(quarter)
	return c, err
}

// lastQuarter gives the last quarter of the year that is over on the as-of day
// and wholly on record.
func (r *Review) lastQuarter() (last calendar.Period, ok bool) {
	quarters, err := r.Options.Calendar.Split(r.Year, calendar.Quarterly)
	if err != nil {
		return last, false
	}
	for _, q := range quarters {
		if q.Last() <= r.AsOf && r.known().Covers(q) {
			last, ok = q, true
		}
	}
	return last, ok
}

// fromQuarterBefore bridges from the whole quarter before by how many deals
// were closed, how many of them were won and how large these were.
func (r *Review) fromQuarterBefore(quarter calendar.Period) (*bridge.Bridge, error) {
	before, err := r.Options.Calendar.Shift(quarter, calendar.Quarterly, -1)
	if err != nil || !r.known().Covers(before) {
		return nil, nil
	}
	return r.byDrivers(before, quarter)
}

// ratesIn gives the deals won of those closed in a quarter, by seller.
func (r *Review) ratesIn(quarter calendar.Period) scorecard.Rates {
	rates := scorecard.Rates{Metric: "win_rate", Period: quarter}
	for _, s := range r.Records.Sellers {
		won, closed := r.Sales.Quarters.value("won_count", s.Name, quarter), r.Sales.Quarters.value("closed_count", s.Name, quarter)
		if closed.Sign() > 0 {
			rates.Rates = append(rates.Rates, scorecard.OwnerRate{Owner: s.Name, Rate: kpi.NewRatio(won, closed)})
		}
	}
	return rates
}

// cases ask what changed after those strategies that were for some sellers and
// not for others: in the rate or size that they were to move, in the quarters
// before they began and in those after.
func (r *Review) cases(last calendar.Period) (cases []action.Case, err error) {
	for _, s := range r.Plan.Strategies {
		metric := map[action.Lever]string{action.Conversion: "win_rate", action.DealSize: "average_deal_size"}[s.Effects[0].Lever]
		if len(s.Sellers) == 0 || metric == "" || s.Start > last.Start() {
			continue
		}
		c := action.Case{ID: s.ID, Name: s.Name, NameZH: s.NameZH, Direction: kpi.HigherIsBetter, Promised: s.Effects[0].Change, Chosen: s.ChosenLow}
		for _, seller := range r.Records.Sellers {
			unit := r.unitOf(seller.Name, metric, s.Start, last)
			if slices.Contains(s.Sellers, seller.Name) {
				c.Units = append(c.Units, unit)
			} else {
				c.Others = append(c.Others, unit)
			}
		}
		if len(c.Units) > 0 && len(c.Units[0].Before) > 0 {
			cases = append(cases, c)
		}
	}
	return cases, nil
}

// unitOf gives a metric of a seller by quarters: those that were over before a
// day, and those that began after it.
func (r *Review) unitOf(seller, metric string, start calendar.Day, last calendar.Period) action.Unit {
	unit := action.Unit{ID: seller}
	for _, row := range r.Sales.Quarters.Whole.Rows {
		value := r.Sales.Quarters.metric(metric, seller, row.Period)
		switch {
		case row.Period.Start() < r.Records.FirstDay(): // not wholly on record
		case row.Period.Last() < start:
			unit.Before = append(unit.Before, value)
		case row.Period.Start() >= start && row.Period.Last() <= last.Last():
			unit.After = append(unit.After, value)
		}
	}
	return unit
}

// isNot reports whether the evaluation is not of the quarter that ends on a
// day: where it is, what that quarter was stands there alone.
func (c *Closed) isNot(day calendar.Day) bool { return c == nil || c.Quarter.Last() != day }
