package main

import (
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
)

// Known answers "what did we know then": which version of the plan was
// decided, and where the running quarter was to land by the deals on record.
type Known struct {
	Day     calendar.Day     `json:"day"`   // nothing that was decided or recorded later is looked at
	AsOf    calendar.Day     `json:"as_of"` // the end of the quarter, of which was asked
	Version int              `json:"version"`
	Target  kpi.Value        `json:"target"`  // of the year
	Quarter kpi.Value        `json:"quarter"` // target of the quarter
	Pace    kpi.Value        `json:"pace"`    // at the end of it, by that version
	Landing forecast.Landing `json:"landing"` // of the quarter, as it looked then
	Came    kpi.Value        `json:"came"`    // what it came to
}

// knownOn looks at the running quarter as a day knew it.
func (l *Life) knownOn(known calendar.Day) (k Known, err error) {
	q := calendar.Calendar{}.PeriodOf(calendar.Quarterly, known)
	review, err := l.Document.Review(plan.Input{AsOf: q.Last(), KnownAt: known, Known: year(2026), Actuals: won(l.deals, through(q))})
	if err != nil {
		return k, err
	}
	v, _, _ := l.Document.InForce(q.Last(), known)
	cell := v.Plan.Breakdowns[0].Cell(company, q)
	f, err := forecast.New(l.histories, question(known), forecast.Aim{Period: q, Target: cell})
	if err != nil {
		return k, err
	}
	t := review.Goals[0].Owners[0].Tracking
	return Known{Day: known, AsOf: q.Last(), Version: review.Version, Target: t.Target, Quarter: cell, Pace: t.Pace, Landing: f.Landing(), Came: wonBy(l.deals, company, q)}, nil
}
