package funnel

import (
	"maps"

	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// compared is what one part brings.
type compared struct {
	rate  kpi.Ratio // won of won and lost
	table stat.Table
	late  int64

	owners map[string]stat.Table // the same by owner
}

func (p Part) compared(rule CompareRule) compared {
	a := p.Analysis
	var won, lost int64
	for _, l := range a.lives {
		if !a.closedIn(l, rule.Period) {
			continue
		}
		switch l.outcome {
		case Won:
			won++
		case Lost:
			lost++
		}
	}
	ways := a.ways(-1, a.route.open, calendar.Period{})
	c := compared{rate: kpi.RatioOf(won, won+lost), table: tableOf(ways), owners: a.tablesByOwner(ways)}
	for _, w := range ways {
		if w.known && w.late >= 0 {
			c.late++
		}
	}
	return c
}

// together gives the sum of all parts.
func together(all []compared) compared {
	whole := compared{rate: kpi.RatioOf(0, 0), owners: map[string]stat.Table{}}
	var rows []stat.Row
	for _, c := range all {
		whole.rate, whole.late = whole.rate.Add(c.rate), whole.late+c.late
		rows = append(rows, c.table...)
		for owner, t := range c.owners {
			whole.owners[owner] = whole.owners[owner].Merge(t)
		}
	}
	whole.table = stat.NewTable(rows...)
	return whole
}

// less gives the sum of the other parts.
func (c compared) less(part compared) compared {
	rest := compared{late: c.late - part.late, table: c.table.Less(part.table), owners: maps.Clone(c.owners)}
	rest.rate = kpi.NewRatio(c.rate.Num().Sub(part.rate.Num()), c.rate.Den().Sub(part.rate.Den()))
	for owner, t := range part.owners {
		if rest.owners[owner] = c.owners[owner].Less(t); len(rest.owners[owner]) == 0 {
			delete(rest.owners, owner)
		}
	}
	return rest
}

// incidence gives the share won by an age, and the step with its error, by deal
// or by owner.
func (c compared) incidence(days int64, why kpi.Reason, confidence kpi.Confidence) (Incidence, stat.Step) {
	i, step := estimated(stat.AalenJohansen(c.table, stat.Won), days, c.late, why, confidence)
	i.By = []IncidenceBy{curveOf{c.table, stat.Won, days, step}.by("owner", c.owners)}
	return i, i.widen(step, confidence)
}
