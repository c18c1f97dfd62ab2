package forecast

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// key is one life of a deal.
type key struct {
	deal string
	life int
}

func keyOf(d funnel.Deal) key { return key{d.ID, d.Life} }

// look is the deals on one day of a period, as they were known on that day,
// and as they were when the period was over.
type look struct {
	period   calendar.Period
	day      calendar.Day
	anyClose bool
	worth    func(funnel.Deal) kpi.Value

	deals        []funnel.Deal // in the order of their IDs and lives
	existed      map[key]bool  // whatever the part of the deals that is looked at
	staleAge     kpi.Value     // as learned on that day
	oldestClosed kpi.Value

	over  bool              // the period is over on the as-of day of the forecast
	after []funnel.Deal     // then, likewise in order
	wins  map[key]kpi.Value // what was won of after, from the day after the look to the end of the period
}

// matters reports whether a deal can count for the period: it is open, was closed
// in it or later, or started in it. What was closed long ago is not kept.
func (l *look) matters(d funnel.Deal) bool {
	return d.Outcome == funnel.Open || d.Closed >= l.period.Start() || l.period.Contains(d.Started)
}

// daysLeft gives the days of the period that are not over.
func (l *look) daysLeft() int {
	if l.day < l.period.Start() {
		return l.period.Days()
	}
	return max(l.period.Last().Sub(l.day), 0)
}

// finish fills in what came after the day.
func (l *look) finish(after []funnel.Deal) {
	l.over, l.after, l.wins = true, after, map[key]kpi.Value{}
	for _, d := range after {
		if d.Outcome == funnel.Won && d.Closed > l.day && l.period.Contains(d.Closed) {
			l.wins[keyOf(d)] = l.worth(d)
		}
	}
}

// due reports whether an open deal is expected to close in the period: it is
// neither stale (by the age that is passed) nor omitted, and its close date
// lies in what is left of the period.
func (l *look) due(d funnel.Deal, staleAge kpi.Value) bool {
	return d.Outcome == funnel.Open && l.lineOf(d, l.period, staleAge) == DueOnes
}

// lineOf gives where an open deal stands in the coverage of a period: the
// first that applies.
func (l *look) lineOf(d funnel.Deal, p calendar.Period, staleAge kpi.Value) Which {
	switch {
	case d.Stale || staleAge.Less(kpi.Int(int64(d.Age))):
		return StaleOnes
	case d.Category == funnel.Omitted:
		return OmittedOnes
	case l.anyClose:
		return DueOnes
	case d.ExpectedClose.IsZero():
		return NoCloseOnes
	case d.ExpectedClose < l.day:
		return PastCloseOnes
	case !p.Contains(d.ExpectedClose):
		return OtherPeriodOnes
	}
	return DueOnes
}

// older reports whether a deal is older than any was that closed.
func (l *look) older(d funnel.Deal) bool { return l.oldestClosed.Less(kpi.Int(int64(d.Age))) }

// won gives the deals won in the period by the day.
func (l *look) won() tally { return wonIn(l.deals, l.period, l.worth) }

// actual gives the deals won in the whole period.
func (l *look) actual() tally { return wonIn(l.after, l.period, l.worth) }

func wonIn(deals []funnel.Deal, p calendar.Period, worth func(funnel.Deal) kpi.Value) tally {
	var t tally
	for _, d := range deals {
		if d.Outcome == funnel.Won && p.Contains(d.Closed) {
			t.add(worth(d))
		}
	}
	return t
}

// of gives the look at some of the deals.
func (l *look) of(in func(funnel.Deal) bool) *look {
	part := *l
	part.deals = kept(l.deals, in)
	part.after = kept(l.after, in)
	part.wins = map[key]kpi.Value{}
	for _, d := range part.after {
		if w, won := l.wins[keyOf(d)]; won {
			part.wins[keyOf(d)] = w
		}
	}
	return &part
}

func kept(deals []funnel.Deal, in func(funnel.Deal) bool) []funnel.Deal {
	var some []funnel.Deal
	for _, d := range deals {
		if in(d) {
			some = append(some, d)
		}
	}
	return some
}

// tally is a number of deals and their value.
type tally struct {
	deals int64
	value kpi.Partial
}

func (t *tally) add(v kpi.Value) {
	t.deals++
	t.value.Of++
	if v.Defined() {
		t.value.N++
		t.value.Sum = t.value.Sum.Or(kpi.Int(0)).Add(v)
	}
}

// sum gives the value, 0 of no deals, and undefined (NoAmount) where no deal
// has one.
func (t tally) sum() kpi.Value {
	switch {
	case t.deals == 0:
		return kpi.Int(0)
	case t.value.N == 0:
		return kpi.Undefined(kpi.NoAmount)
	}
	return t.value.Sum
}

// sums gives the same as a record.
func (t tally) sums() funnel.Stock { return funnel.Stock{Deals: t.deals, Value: t.value} }

func (t tally) missing() int64 { return int64(t.value.Of - t.value.N) }
