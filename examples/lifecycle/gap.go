package main

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
)

// madeOf says what the company's revenue of the year so far was to be made of,
// and what it is: too few deals, too few of them won, or too small ones. Due is
// the number of deals that it takes at the win rate and deal size of the year
// before.
func (l *Life) madeOf(so calendar.Period) []plan.Driver {
	now, before := driversOf(l.deals, company, so), driversOf(l.deals, company, year(2025))
	of := func(metric string, due, actual kpi.Value) plan.Driver {
		return plan.Driver{Metric: metric, Owner: company, Period: year(2026), Due: due, Actual: actual}
	}
	return []plan.Driver{of("deals", l.due(company, so).Div(before.WinRate.Mul(before.Size)), now.Deals),
		of("win_rate", before.WinRate, now.WinRate), of("deal_size", before.Size, now.Size)}
}
