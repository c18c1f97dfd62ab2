package steps

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// trend counts by the periods in which attempts started.
type trend struct {
	a       *analysis
	periods []calendar.Period
	starts  []int64 // of the periods, and the end of the last
	tallies []periodTally
}

type periodTally struct {
	entities tally
	attempts visitTally
}

// newTrend cuts the time that is asked for, or else that the events span.
func (a *analysis) newTrend() *trend {
	t := &trend{a: a}
	if a.q.Trend == calendar.NoGrain {
		return t
	}
	whole := a.q.Entries
	if whole.IsZero() {
		whole = a.span()
	}
	if whole.IsZero() {
		return t
	}
	t.periods, _ = a.q.Calendar.Cut(whole, a.q.Trend)
	t.tallies = make([]periodTally, len(t.periods))
	for _, p := range t.periods {
		t.starts = append(t.starts, startOf(p.Start(), a.q.Location))
	}
	t.starts = append(t.starts, startOf(whole.End(), a.q.Location))
	return t
}

// span gives whole periods of the trend's grain around all events up to the
// as-of instant.
func (a *analysis) span() calendar.Period {
	first, last := unbounded, int64(undated)
	for _, chunk := range a.j.log.chunks {
		for _, f := range chunk {
			if f.at > strange && f.at <= a.asOf {
				first, last = min(first, f.at), max(last, f.at)
			}
		}
	}
	if first > last {
		return calendar.Period{}
	}
	from, to := a.periodAt(first).Start(), a.periodAt(last).End()
	whole, _ := calendar.NewPeriod(from, to)
	return whole
}

// periodAt gives the period around an instant; at the ends of the years that
// a calendar has, what is left of it.
func (a *analysis) periodAt(at int64) calendar.Period {
	day, ok := calendar.DayIn(timeOf(at), a.q.Location)
	if !ok { // the first or last hours of 1900–2200 are another year elsewhere
		day, _ = calendar.DayIn(timeOf(at), timeOf(at).Location())
	}
	if p := a.q.Calendar.PeriodOf(a.q.Trend, day); !p.IsZero() {
		return p
	}
	p, _ := calendar.Through(day, day)
	return p
}

// add counts the attempts of an entity, which are in the order of their
// starts.
func (t *trend) add(visits []attempt) {
	if len(t.periods) == 0 {
		return
	}
	for len(visits) > 0 {
		i := t.at(visits[0].start)
		n := 1
		for n < len(visits) && t.at(visits[n].start) == i {
			n++
		}
		own := visits[:n]
		v := t.a.judge(own)
		t.tallies[i].entities.count(t.a, &v, t.a.passage(&v, t.a.to), t.a.from)
		t.a.visits(&t.tallies[i].attempts, own, t.a.from, t.a.to)
		visits = visits[n:]
	}
}

// at gives the period of an instant.
func (t *trend) at(start int64) int {
	i, found := slices.BinarySearch(t.starts, start)
	if !found {
		i--
	}
	return min(max(i, 0), len(t.periods)-1)
}

// report gives the periods: those of the entries asked for, or else from the
// first to the last in which anything started.
func (t *trend) report() []TrendPeriod {
	all := []TrendPeriod{}
	bounded := t.a.bounded(t.a.to)
	for i, p := range t.periods {
		p := TrendPeriod{
			Period: p, Label: t.a.q.Calendar.Label(p),
			Mature:   bounded && t.starts[i+1]-1+t.a.horizons[t.a.to] <= t.a.asOf,
			Entities: t.a.ofEntities(&t.tallies[i].entities, t.a.to),
			Attempts: t.a.ofVisits(&t.tallies[i].attempts, t.a.to),
		}
		all = append(all, p)
	}
	if t.a.q.Entries.IsZero() {
		all = trim(all)
	}
	return all
}

// trim cuts off the periods at both ends in which nothing started.
func trim(all []TrendPeriod) []TrendPeriod {
	nothing := func(p TrendPeriod) bool { return p.Attempts.Entered+p.Attempts.Dropped == 0 }
	for len(all) > 0 && nothing(all[0]) {
		all = all[1:]
	}
	for len(all) > 0 && nothing(all[len(all)-1]) {
		all = all[:len(all)-1]
	}
	return all
}
