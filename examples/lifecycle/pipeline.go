package main

import (
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
)

// Pipeline is how the company's deals stand on the last evening of a quarter.
// Coverage, forecast, what changed it and hygiene are in the review.
type Pipeline struct {
	Stages funnel.Bottlenecks `json:"stages"` // of the quarter, against the four before it
	Lost   funnel.Reasons     `json:"lost"`   // why, in the quarter

	view plan.FunnelView
}

// pipeline looks at the deals as they were known then: how they went through
// the quarter, what came of what was said before it, and where the coming one
// will land.
func (l *Life) pipeline(q *Quarter) error {
	analysis, err := funnel.Analyze(l.histories, question(q.Period.Last()))
	if err != nil {
		return err
	}
	p := &q.Pipeline
	if p.Stages, err = analysis.Bottleneck(funnel.BottleneckRule{Period: q.Period}); err != nil {
		return err
	}
	if p.Lost, err = l.lost(q.Period); err != nil {
		return err
	}
	p.view = plan.FunnelView{Owner: company}
	return l.outlook(q.Period, &p.view)
}

// question asks about the deals as they were recorded by the end of a day.
// What was closed before 2024 is not all on record.
func question(asOf calendar.Day) funnel.Question {
	return funnel.Question{AsOf: funnel.EndOf(asOf, time.UTC), Location: time.UTC, ClosingsFrom: year(2024).Start()}
}

// lost says why deals were lost in the quarter.
func (l *Life) lost(q calendar.Period) (funnel.Reasons, error) {
	ask := question(q.Last())
	ask.ClosingsFrom = q.Start()
	analysis, err := funnel.Analyze(l.histories, ask)
	if err != nil {
		return funnel.Reasons{}, err
	}
	return analysis.Reasons(funnel.Lost)
}

// outlook says what came of the forecast of this quarter, and what the next
// one looks like.
func (l *Life) outlook(q calendar.Period, v *plan.FunnelView) error {
	said, err := l.forecast(q.Start().Add(-1), q)
	if err != nil {
		return err
	}
	came, err := l.forecast(q.Last(), q)
	if err != nil {
		return err
	}
	change, err := forecast.Changed(said, came)
	if err != nil {
		return err
	}
	next, err := l.forecast(q.Last(), following(q))
	if err != nil {
		return err
	}
	landing := next.Landing()
	v.Change, v.Landing = &change, &landing
	return fill(next, v)
}

// fill adds which deals decide, whether they are enough, and who has to clean
// up.
func fill(next *forecast.Forecast, v *plan.FunnelView) error {
	decisive, err := next.Decisive(3)
	if err != nil {
		return err
	}
	cover, err := next.Cover()
	if err != nil {
		return err
	}
	hygiene, err := next.Hygiene(forecast.HygieneRule{Pushes: 2})
	if err != nil {
		return err
	}
	now := cover.Periods[0]
	v.Decisive, v.Cover, v.Hygiene, v.Coverage, v.Needed = &decisive, &cover, &hygiene, &now.Coverage, now.Needed
	return nil
}

func following(q calendar.Period) calendar.Period {
	return calendar.Calendar{}.PeriodOf(calendar.Quarterly, q.End())
}

// forecast says where a quarter will land, from what was recorded by a day.
func (l *Life) forecast(asOf calendar.Day, q calendar.Period) (*forecast.Forecast, error) {
	aim := forecast.Aim{Period: q, Target: kpi.Undefined(kpi.NoTarget)}
	if v, _, known := l.Document.InForce(asOf, asOf); known {
		if cell := v.Plan.Breakdowns[0].Cell(company, q); cell.Defined() {
			aim.Target = cell
		}
	}
	return forecast.New(l.histories, question(asOf), aim)
}

// untidyShares gives the share of a seller's open deals that want cleaning up,
// where there are enough of them to say so.
func untidyShares(h forecast.Hygiene) (all []kpi.Figure) {
	for _, line := range h.Owners {
		if line.Open.Deals < plan.DefaultRiskLimits().LeastDeals {
			continue
		}
		all = append(all, kpi.Figure{Metric: "untidy_share", Owner: line.Owner, Period: must(calendar.Through(h.Day, h.Day)), Value: kpi.RatioOf(line.Untidy.Deals, line.Open.Deals).Value()})
	}
	return all
}
