package main

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
)

// levers asks what would have to change to reach the target of the year in
// the quarters that are left; nil where none is.
func (l *Life) levers(q *Quarter) error {
	t := q.Review.Goals[0].Owners[0].Tracking
	if q.Period.Last() == year(2026).Last() {
		return nil
	}
	plan, err := action.Levers(action.LeverQuestion{Goal: goalID, Period: year(2026), AsOf: q.Period.Last(), Target: t.Target, Actual: t.Actual,
		Formula: formula(), Work: work(), LeadTimes: leadTimes(), Levers: l.rest(q.Period)})
	q.Levers = &plan
	return err
}

// rest is what revenue will be made of in the quarters after one, if nothing
// changes: as many deals as in these quarters of the year before, at the win
// rate and deal size of the last four quarters.
func (l *Life) rest(q calendar.Period) []action.LeverDriver {
	left := kpi.Int(int64(12-q.Last().Month()) / 3) // quarters
	again := must(calendar.Through(back(q, 3).Start(), year(2025).Last()))
	lately := driversOf(l.deals, company, must(calendar.Through(back(q, 3).Start(), q.Last())))
	deals := driversOf(l.deals, company, again).Deals
	all := []action.LeverDriver{
		{Driver: action.Driver{ID: "deals", Lever: action.Leads, Value: deals}, Recent: deals.Div(left)},
		{Driver: action.Driver{ID: "win_rate", Lever: action.Conversion, Value: lately.WinRate}},
		{Driver: action.Driver{ID: "deal_size", Lever: action.DealSize, Value: lately.Size}},
	}
	for n := 7; n >= 0; n-- {
		d := driversOf(l.deals, company, back(q, n))
		for i, v := range []kpi.Value{d.Deals, d.WinRate, d.Size} {
			all[i].Quarters = append(all[i].Quarters, v)
		}
	}
	return all
}

// back gives the quarter so many before one.
func back(q calendar.Period, n int) calendar.Period {
	return must(calendar.Calendar{}.Shift(q, calendar.Quarterly, -n))
}
