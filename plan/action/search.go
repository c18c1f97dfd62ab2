package action

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// search looks for the smallest change that closes a gap.
type search struct {
	q       LeverQuestion
	rest    calendar.Period
	list    []Driver
	drivers map[string]Driver
	every   []Lever // of the formula that have a cap
	room    factors // the cap of each lever
	n       [levers]int
	share   factors // of the working days left on which a change shows
	days    [levers]int
	begins  [levers]calendar.Day
}

func newSearch(q LeverQuestion) *search {
	s := &search{q: q, drivers: make(map[string]Driver, len(q.Levers))}
	s.rest, _ = calendar.NewPeriod(max(q.AsOf+1, q.Period.Start()), q.Period.End()) // Validate sees to it
	for _, d := range q.Levers {
		s.drivers[d.ID] = d.Driver
		s.list = append(s.list, d.Driver)
	}
	for l := Leads; l < levers; l++ {
		if moves(q.Formula, s.list, l) {
			s.prepare(l)
		}
		if s.room[l].Defined() {
			s.every = append(s.every, l)
		}
	}
	return s
}

// prepare finds the cap and the time of a lever. Of several drivers of one
// lever the least cap counts: they change together.
func (s *search) prepare(l Lever) {
	named := s.q.Formula.References()
	first := true
	for _, d := range s.q.Levers {
		if d.Lever != l || !slices.Contains(named, d.ID) {
			continue
		}
		_, n := d.best()
		room := d.room()
		if first || !room.Defined() || room.Less(s.room[l]) {
			s.room[l], s.n[l] = room, n
		}
		if first = false; !s.room[l].Defined() {
			break
		}
	}
	s.days[l], _ = leadTime(s.q.LeadTimes, l)
	s.share[l] = s.shareFrom(s.rest.Start(), s.days[l])
	if from := s.rest.Start().Add(s.days[l]); s.rest.Contains(from) {
		s.begins[l] = from
	}
}

// with gives what is reached where some levers are better by x, each at most
// by its cap: the days left are cut where the changes begin to show.
func (s *search) with(x kpi.Value, of []Lever) kpi.Value {
	order := slices.Clone(of)
	slices.SortStableFunc(order, func(a, b Lever) int { return s.share[b].Compare(s.share[a]) })
	f, sum, left := none(), s.q.Actual, kpi.Int(1)
	for _, l := range order {
		sum = sum.Add(left.Sub(s.share[l]).Mul(evaluate(s.q.Formula, s.drivers, f)))
		left = s.share[l]
		f[l] = l.better(x.Min(s.room[l]))
	}
	return sum.Add(left.Mul(evaluate(s.q.Formula, s.drivers, f)))
}

// need says what it takes of some levers.
func (s *search) need(name Lever, of []Lever) LeverNeed {
	n := LeverNeed{Lever: name, Share: kpi.Int(0), Cap: kpi.Value{}}
	for _, l := range of {
		n.LeadTime, n.Quarters = max(n.LeadTime, s.days[l]), max(n.Quarters, s.n[l])
		n.Share = n.Share.Max(s.share[l])
		if !s.begins[l].IsZero() && (n.Begins.IsZero() || s.begins[l] < n.Begins) {
			n.Begins = s.begins[l]
		}
		if !n.Cap.Defined() || n.Cap.Less(s.room[l]) {
			n.Cap = s.room[l]
		}
	}
	now := s.with(kpi.Int(0), nil)
	if n.Most = s.with(n.Cap, of); !n.Cap.Defined() {
		n.Most = now
	}
	n.Short = s.q.Target.Sub(n.Most).Max(kpi.Int(0))
	switch {
	case !n.Short.Defined():
		n.Change = n.Short
	case !now.Less(s.q.Target):
		n.Change, n.Short = kpi.Int(0), kpi.Int(0)
	case !n.Cap.Defined():
		n.Change = n.Cap
	case n.Short.Sign() > 0:
		n.Change = kpi.Undefined(kpi.NotApplicable)
	default:
		n.Change = s.smallest(n.Cap, of)
	}
	return n
}

// smallest halves the steps between no change and the cap, which closes the
// gap.
func (s *search) smallest(most kpi.Value, of []Lever) kpi.Value {
	const scale = 4 // steps of 0.01 %
	steps, ok := most.Minor(scale, kpi.Floor)
	if !ok {
		return most
	}
	closes := func(n int64) bool {
		reached := s.with(kpi.Minor(n, scale), of)
		return reached.Defined() && !reached.Less(s.q.Target)
	}
	if !closes(steps) {
		return most
	}
	low, high := int64(0), steps
	for high-low > 1 {
		if middle := low + (high-low)/2; closes(middle) {
			high = middle
		} else {
			low = middle
		}
	}
	return kpi.Minor(high, scale)
}
