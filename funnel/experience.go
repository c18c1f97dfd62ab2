package funnel

import (
	"maps"
	"slices"

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
	all, owners := make(passing, a.route.open), map[string]passing{}
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
		owner := a.word(l.owner)
		if owners[owner] == nil {
			owners[owner] = make(passing, a.route.open)
		}
		all.add(l)
		owners[owner].add(l)
	}
	e.won = won.done()
	for rank := range e.stages {
		s := &e.stages[rank]
		s.Stage, s.Rate = a.route.stages[rank].ID, kpi.RatioOf(all[rank].on, all[rank].reached)
		if rate, stated := aim.Rates[s.Stage]; stated {
			s.Rate, s.Stated = rate, true
		}
		s.LeadTime = describe(lead[rank], unknown[rank])
		days := lead[rank]
		s.Days = ceil(quantile(len(days), func(i int) kpi.Value { return kpi.Int(int64(days[i])) }, aim.LeadTime))
	}
	winShares(e.stages, ratesOf(e.stages, owners), aim.Confidence)
	return e
}

// passing is, for each stage, how many deals reached it and how many of them
// went on.
type passing []struct{ reached, on int64 }

func (p passing) add(l *life) {
	for rank := range p {
		if l.reached>>rank&1 == 0 {
			continue
		}
		p[rank].reached++
		if l.outcome == Won || l.reached>>(rank+1) != 0 {
			p[rank].on++
		}
	}
}

// ratesOf gives what each owner adds to the rates that were learned.
func ratesOf(stages []ReverseStage, owners map[string]passing) [][]kpi.Ratio {
	all := [][]kpi.Ratio{}
	for _, owner := range slices.Sorted(maps.Keys(owners)) {
		rates := make([]kpi.Ratio, len(stages))
		for rank, p := range owners[owner] {
			rates[rank] = kpi.RatioOf(p.on, p.reached)
			if stages[rank].Stated {
				rates[rank] = kpi.RatioOf(0, 0)
			}
		}
		all = append(all, rates)
	}
	return all
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
