package target

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Reached gives what an owner reached in exactly a period, so far where it is
// running; no data where that is not known. Nil knows nothing. [ReachedIn] makes one of figures,
// and any index of the caller's own is one.
type Reached func(owner string, period calendar.Period) kpi.Value

// ReachedIn looks up the figures of a metric; those of others are not looked
// at. Two figures of one owner and period are check.ErrDuplicate.
func ReachedIn(metric string, figures []kpi.Figure) (Reached, error) {
	problems := check.List{Op: "target.ReachedIn"}
	reached := map[statedKey]kpi.Value{}
	for i, f := range figures {
		if f.Metric != metric {
			continue
		}
		key := statedKey{f.Owner, f.Period}
		if _, twice := reached[key]; twice {
			problems.Add(check.ErrDuplicate, check.At("figures", i, "period"), "duplicate_period", f.Period, "owner", f.Owner)
		}
		reached[key] = f.Value
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return func(owner string, period calendar.Period) kpi.Value { return reached[statedKey{owner, period}] }, nil
}

// Actual gives what an owner reached in a period through a day, by the kind
// of the goal, from figures that need not be there for every owner and period:
//
//	ratio      the figure of exactly the owner and the period; through the end of
//	           the first period of the grain, that one's
//	level      the same, else the reading of the period of the grain that is running,
//	           else of the last one that is over; without one of its own it
//	           is the sum of the owners below
//	distinct   the figure of exactly the owner and the period
//
// So the year of a level is its last month, and that of a team those of its
// people: neither has to be handed in beside them. Of the owners below, one
// without data adds nothing. What cannot be known from the figures that are
// there is no data: ratios of months make no ratio of a year without their
// denominators.
func (s *Stated) Actual(owner string, period calendar.Period, asOf calendar.Day, reached Reached) kpi.Value {
	i, known := s.base().index[owner]
	if !known {
		return kpi.Value{}
	}
	return s.actual(i, period, asOf, reached.orNothing())
}

// orNothing lets nil stand for no figures.
func (r Reached) orNothing() Reached {
	if r == nil {
		return func(string, calendar.Period) kpi.Value { return kpi.Value{} }
	}
	return r
}

func (s *Stated) actual(i int, period calendar.Period, asOf calendar.Day, reached Reached) kpi.Value {
	v := s.own(i, period, asOf, reached)
	if v != (kpi.Value{}) || s.base().metric.Additivity != kpi.Level {
		return v
	}
	below := make([]kpi.Value, len(s.base().nodes[i].children))
	for k, child := range s.base().nodes[i].children {
		below[k] = s.actual(child, period, asOf, reached)
	}
	return sumOfValues(below...)
}

// own gives what the figures of the owner alone say.
func (s *Stated) own(i int, period calendar.Period, asOf calendar.Day, reached Reached) kpi.Value {
	owner, parts := s.base().nodes[i].id, s.within(period)
	if v := reached(owner, period); v != (kpi.Value{}) || len(parts) == 0 {
		return v
	}
	switch s.base().metric.Additivity {
	case kpi.RatioOfSums:
		if asOf <= parts[0].Last() {
			return reached(owner, parts[0])
		}
	case kpi.Level:
		over := overBy(parts, asOf)
		if over < len(parts) && parts[over].Contains(asOf) {
			if v := reached(owner, parts[over]); v != (kpi.Value{}) {
				return v
			}
		}
		if over > 0 {
			return reached(owner, parts[over-1])
		}
	}
	return kpi.Value{}
}

// overBy gives how many of some periods in order are over on a day, that day
// included.
func overBy(periods []calendar.Period, asOf calendar.Day) int {
	over := 0
	for over < len(periods) && periods[over].Last() <= asOf {
		over++
	}
	return over
}

// within gives the periods of the grain that make up one.
func (s *Stated) within(period calendar.Period) []calendar.Period {
	from, to, whole := s.base().span(period)
	if !whole {
		return nil
	}
	return s.base().periods[from:to]
}

// silentBelow counts the owners directly below one of whom nothing is known,
// where it is their sum that stands for a level.
func (s *Stated) silentBelow(i int, asOf calendar.Day, reached Reached) (silent int) {
	whole := s.base().goal.Period
	if s.base().metric.Additivity != kpi.Level || s.own(i, whole, asOf, reached) != (kpi.Value{}) {
		return 0
	}
	for _, child := range s.base().nodes[i].children {
		if s.actual(child, whole, asOf, reached) == (kpi.Value{}) {
			silent++
		}
	}
	return silent
}
