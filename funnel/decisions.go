package funnel

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// decisions counts, for each stage, what was decided there.
type decisions struct{ on, ended []int64 }

// decisions counts at each stage the deals that went on in some periods, to a
// later stage or won, and those that ended there; a deal that came back counts
// by its latest decision.
func (a *Analysis) decisions(periods ...calendar.Period) decisions {
	d := decisions{make([]int64, a.route.open), make([]int64, a.route.open)}
	for _, l := range a.lives {
		var on, ended uint64 // a bit for each stage
		for i := 1; i < len(l.visits); i++ {
			was, is := l.visits[i-1], l.visits[i]
			if int(was.rank) >= a.route.open || is.rank < was.rank || !within(periods, a.dayOf(is.at)) {
				continue
			}
			bit := uint64(1) << was.rank
			if int(is.rank) < a.route.open || a.route.stages[is.rank].Outcome == Won {
				on, ended = on|bit, ended&^bit
			} else {
				on, ended = on&^bit, ended|bit
			}
		}
		for rank := range a.route.open {
			d.on[rank] += int64(on >> rank & 1)
			d.ended[rank] += int64(ended >> rank & 1)
		}
	}
	return d
}

func within(periods []calendar.Period, day calendar.Day) bool {
	return !day.IsZero() && slices.ContainsFunc(periods, func(p calendar.Period) bool { return p.Contains(day) })
}

// onward gives, for each stage, the deals won of those that went on from it
// in some periods and have ended since.
func (a *Analysis) onward(periods []calendar.Period) []kpi.Ratio {
	won, ended := make([]int64, a.route.open), make([]int64, a.route.open)
	for _, l := range a.lives {
		if l.outcome == Open {
			continue
		}
		var counted uint64
		for i := 1; i < len(l.visits); i++ {
			rank := l.visits[i-1].rank
			onto := l.visits[i].rank
			on := int(onto) < a.route.open && onto > rank || int(onto) >= a.route.open && a.route.stages[onto].Outcome == Won
			if int(rank) >= a.route.open || !on || counted>>rank&1 == 1 || !within(periods, a.dayOf(l.visits[i].at)) {
				continue
			}
			counted |= 1 << rank
			ended[rank]++
			if l.outcome == Won {
				won[rank]++
			}
		}
	}
	shares := make([]kpi.Ratio, a.route.open)
	for i := range shares {
		shares[i] = kpi.RatioOf(won[i], ended[i])
	}
	return shares
}

// averageWorth gives the mean worth of the deals won in some periods.
func (a *Analysis) averageWorth(periods []calendar.Period) kpi.Value {
	var sum kpi.Partial
	for _, l := range a.lives {
		if l.outcome == Won && within(periods, l.closedDay) {
			count(&sum, a.worth(l))
		}
	}
	return sum.Sum.Div(kpi.Int(int64(sum.N)))
}
