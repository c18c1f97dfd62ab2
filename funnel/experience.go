package funnel

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// experience is what decided deals teach.
type experience struct {
	won    Closed
	stages []ReverseStage
	stale  int64
}

// experience learns rates and lead times from the deals that were decided in
// the reference: closed in it, or begun in it and now stale.
func (a *Analysis) experience(aim Aim) experience {
	e := experience{stages: make([]ReverseStage, a.route.open)}
	reached, next := make([]int64, a.route.open), make([]int64, a.route.open)
	lead, unknown := make([][]int, a.route.open), make([]int64, a.route.open)
	var won closedTally
	for _, l := range a.lives {
		if !a.decided(l, aim.Reference) {
			continue
		}
		if l.outcome == Open {
			e.stale++
		}
		if l.outcome == Won {
			won.add(l, a.worth(l), a.value(l.listPrice))
			a.leads(l, lead, unknown)
		}
		for rank := range a.route.open {
			if l.reached>>rank&1 == 0 {
				continue
			}
			reached[rank]++
			if l.outcome == Won || l.reached>>(rank+1) != 0 {
				next[rank]++
			}
		}
	}
	e.won = won.done()
	for rank := range e.stages {
		s := &e.stages[rank]
		s.Stage, s.Rate = a.route.stages[rank].ID, kpi.RatioOf(next[rank], reached[rank])
		if rate, stated := aim.Rates[s.Stage]; stated {
			s.Rate, s.Stated = rate, true
		}
		s.LeadTime = describe(lead[rank], unknown[rank])
		days := lead[rank]
		s.Days = ceil(quantile(len(days), func(i int) kpi.Value { return kpi.Int(int64(days[i])) }, aim.LeadTime))
	}
	winShares(e.stages, aim.Confidence)
	return e
}

func (a *Analysis) decided(l *life, reference calendar.Period) bool {
	switch {
	case l.outcome == Open && !a.stale(l):
		return false
	case reference.IsZero():
		return l.outcome == Open || a.inside(l)
	case l.outcome == Open:
		return reference.Contains(l.startedDay)
	}
	return reference.Contains(l.closedDay)
}

// leads notes the days from the first entry into each stage to won; a stage
// that was jumped over has none.
func (a *Analysis) leads(l *life, lead [][]int, unknown []int64) {
	var seen uint64
	for _, v := range l.visits {
		rank := int(v.rank)
		if rank >= a.route.open || seen>>rank&1 == 1 {
			continue
		}
		seen |= 1 << rank
		days, ok := a.between(v.at, l.closed, Measure{})
		if !ok || days < 0 || l.flaws&closedBeforeStart != 0 {
			unknown[rank]++
			continue
		}
		lead[rank] = append(lead[rank], int(days))
	}
}
