package main

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
)

// byDriver splits the company's gap to what was due: too few deals, too few of
// them won, or too small ones. What was due is the number of deals that it
// takes at the win rate and deal size of the year before.
func (l *Life) byDriver(q *Quarter) (err error) {
	so := through(q.Period)
	before := driversOf(l.deals, company, year(2025))
	expected := q.Review.Goals[0].Owners[0].Tracking.Expected
	due := drivers{expected.Div(before.WinRate.Mul(before.Size)), before.WinRate, before.Size}
	q.Drivers, err = bridge.Drivers{Formula: formula()}.Bridge(bridge.Question{
		Metric: "won_value", Owner: company, Unit: kpi.Money("USD", 2), Base: bridge.Side{Name: "due"}, Current: bridge.Side{Name: "won"},
	}, due.figures(so), driversOf(l.deals, company, so).figures(so))
	return err
}
