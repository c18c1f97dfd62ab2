package main

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
)

// Quarters is what was won and closed since the first deal, quarter by
// quarter: by seller, and all together.
type Quarters struct {
	Sellers, Whole *cube.Result
	metrics        [2]*cube.Metrics // of the two
}

func newQuarters(c *cube.Cube) (q *Quarters, err error) {
	q = &Quarters{}
	if q.Sellers, err = c.Query(cube.Query{By: []string{"seller"}, Grain: calendar.Quarterly}); err != nil {
		return nil, err
	}
	if q.Whole, err = c.Query(cube.Query{Grain: calendar.Quarterly}); err != nil {
		return nil, err
	}
	if q.metrics[0], err = metrics(q.Sellers); err != nil {
		return nil, err
	}
	q.metrics[1], err = metrics(q.Whole)
	return q, err
}

// value gives a measure, and no data where nothing was counted; metric one of
// the standard metrics, and ratio its parts.
func (q *Quarters) value(measure, owner string, quarter calendar.Period) kpi.Value {
	if owner == wholeCompany {
		return q.Whole.Value(measure, quarter)
	}
	return q.Sellers.Value(measure, quarter, owner)
}

func (q *Quarters) metric(id, owner string, quarter calendar.Period) kpi.Value {
	if owner == wholeCompany {
		return q.metrics[1].Value(id, quarter)
	}
	return q.metrics[0].Value(id, quarter, owner)
}
