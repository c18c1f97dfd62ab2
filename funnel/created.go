package funnel

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Created is the pipeline that was created in a period: the deals that
// started in it, see [Question] Start, by the day of their start. With
// [NewLife] a deal that is opened again starts again.
type Created struct {
	Basis
	Period calendar.Period `json:"period"`
	NewPipeline
	ByDay []CreatedDay `json:"by_day"` // those on which deals started, in order

	// SinceGone is how many more deals started in the period and have been
	// removed or moved to another pipeline since; StartUnknown how many of
	// all deals have no start that is known, or have not come to it yet.
	SinceGone    int64 `json:"since_gone"`
	StartUnknown int64 `json:"start_unknown"`

	Findings []check.Finding `json:"findings"`
}

// NewPipeline is a number of deals, what they were worth as they started and
// what they are worth now.
type NewPipeline struct {
	Deals   int64       `json:"deals"`
	AtStart kpi.Partial `json:"at_start"` // as the day of the start ended
	Now     kpi.Partial `json:"now"`      // on the as-of instant
}

// CreatedDay is the pipeline created on one day.
type CreatedDay struct {
	Day calendar.Day `json:"day"`
	NewPipeline
}

func (n *NewPipeline) add(atStart, now kpi.Value) {
	n.Deals++
	count(&n.AtStart, atStart)
	count(&n.Now, now)
}

// Created gives the pipeline created in a period. The period may reach
// beyond the as-of day, with a finding; no period is check.ErrMissing, and
// one that begins after the as-of day check.ErrRange.
func (a *Analysis) Created(in calendar.Period) (Created, error) {
	if err := a.begun("funnel.Created", in); err != nil {
		return Created{}, err
	}
	c := Created{Basis: a.basis(), Period: in, ByDay: []CreatedDay{}}
	byDay := map[calendar.Day]NewPipeline{}
	for _, l := range a.lives {
		switch {
		case l.startedDay.IsZero():
			c.StartUnknown++
		case in.Contains(l.startedDay):
			atStart, now := a.worthOn(l, l.startedDay), a.worth(l)
			c.add(atStart, now)
			day := byDay[l.startedDay]
			day.add(atStart, now)
			byDay[l.startedDay] = day
		}
	}
	for _, g := range a.gone {
		if in.Contains(g.life.startedDay) {
			c.SinceGone++
		}
	}
	for _, day := range slices.Sorted(maps.Keys(byDay)) {
		c.ByDay = append(c.ByDay, CreatedDay{day, byDay[day]})
	}
	found := notes{}
	a.notOver(&found, in)
	found.some(c.SinceGone, "created_since_removed", check.Info)
	c.Findings = found
	return c, nil
}

// begun reports a period that is none or has not begun on the as-of day.
func (a *Analysis) begun(op string, in calendar.Period) error {
	switch {
	case in.IsZero():
		return check.New(op, check.ErrMissing, "in", "missing_period", nil)
	case in.Start() > a.day:
		return check.New(op, check.ErrRange, "in", "after_as_of", in, "as_of", a.day)
	}
	return nil
}

func (a *Analysis) notOver(found *notes, in calendar.Period) {
	if in.Last() > a.day {
		found.add("period_not_over", check.Info, "last", in.Last(), "day", a.day)
	}
}

// worthOn gives what a life was worth as a day ended, or on the as-of instant
// where that comes first.
func (a *Analysis) worthOn(l *life, day calendar.Day) kpi.Value {
	facts := until(l.facts, StartOf(day.Add(1), a.q.Location).UnixMicro()-1)
	for i := len(facts) - 1; i >= 0; i-- {
		if facts[i].kind == a.q.ValueBy.kind() {
			return a.value(facts[i].code)
		}
	}
	return kpi.Value{}
}
