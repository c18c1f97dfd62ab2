package main

import (
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
)

// Known answers "what did we know then": which version of the plan, and where
// the running quarter was to land by the deals as they were on record.
type Known struct {
	Day     calendar.Day     `json:"day"`
	Version int              `json:"version"`
	Target  kpi.Value        `json:"target"`  // of the year
	Pace    kpi.Value        `json:"pace"`    // of the year to date by that version
	Quarter kpi.Value        `json:"quarter"` // target of the running one
	Landing forecast.Landing `json:"landing"` // of the running one
	Came    kpi.Value        `json:"came"`    // what it came to in the end
}

// knownOn looks at the plan and the deals as a day knew them: decisions and
// records that came later are not there.
func (l *Life) knownOn(asOf calendar.Day) (k Known, err error) {
	q := calendar.Calendar{}.PeriodOf(calendar.Quarterly, asOf)
	days := must(calendar.Through(year(2026).Start(), asOf))
	review, err := l.Document.Review(plan.Input{AsOf: asOf, KnownAt: asOf, Known: year(2026), Actuals: won(l.deals, days)})
	if err != nil {
		return k, err
	}
	f, err := l.forecast(asOf, q)
	if err != nil {
		return k, err
	}
	v, _, _ := l.Document.InForce(asOf, asOf)
	t := review.Goals[0].Owners[0].Tracking
	return Known{Day: asOf, Version: review.Version, Target: t.Target, Pace: t.Pace,
		Quarter: v.Plan.Breakdowns[0].Cell(company, q), Landing: f.Landing(), Came: wonBy(l.deals, company, q)}, nil
}
