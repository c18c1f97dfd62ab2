package main

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Evidence is what the funnel says about how sure it is, where it is stuck,
// and what it takes to reach the target.
type Evidence struct {
	Conversion funnel.Conversion  `json:"conversion"`    // engaged to won, within the horizon
	Bottleneck funnel.Bottlenecks `json:"bottleneck"`    // of the month of the as-of day
	Way        *funnel.Reverse    `json:"way_to_target"` // null without a target, and when the year is over
}

func newEvidence(r *Review) (e *Evidence, err error) {
	e = &Evidence{}
	if e.Conversion, err = r.Funnel.byList.Conversion(funnel.ConversionRule{}); err != nil {
		return nil, err
	}
	month := r.Options.Calendar.PeriodOf(calendar.Monthly, r.AsOf)
	if e.Bottleneck, err = r.Funnel.byList.Bottleneck(funnel.BottleneckRule{Period: month}); err != nil {
		return nil, err
	}
	e.Way, err = r.wayToTarget()
	return e, err
}

// wayToTarget works back from the year's target to the deals it takes.
func (r *Review) wayToTarget() (*funnel.Reverse, error) {
	target, ok := r.yearTarget()
	if !ok || target.Sign() <= 0 || r.Year.Last() < r.AsOf {
		return nil, nil
	}
	way, err := r.Funnel.byAmount.Reverse(funnel.Aim{Amount: target, Period: r.Year})
	if err != nil {
		return nil, err
	}
	return &way, nil
}

// yearTarget gives the company's target of the year, where there is one.
func (r *Review) yearTarget() (kpi.Value, bool) {
	if r.Goals.Plan == nil {
		return kpi.Value{}, false
	}
	target := r.Goals.Plan.Goals[0].Target
	return target, target.Defined()
}
