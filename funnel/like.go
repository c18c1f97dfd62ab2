package funnel

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// periods gives the period as far as it has come, and as much of the like
// ones.
func (rule BottleneckRule) periods(a *Analysis) (now calendar.Period, like []calendar.Period) {
	every := rule.Every
	if every == calendar.NoGrain {
		every = calendar.Quarterly
	}
	last := min(a.day, rule.Period.Last())
	now, _ = calendar.Through(rule.Period.Start(), last)
	place := placeIn(a.q.Calendar, every, rule.Period)
	like = []calendar.Period{}
	for n := 1; n <= cmp.Or(rule.Periods, 4); n++ {
		earlier, err := a.q.Calendar.Shift(place.frame, every, -n)
		p := place.in(earlier, a.q.Calendar)
		if err != nil || p.IsZero() || p.Start() < a.window.Begin() {
			break
		}
		if last < rule.Period.Last() { // as much of it as has passed of the period
			p, _ = calendar.Through(p.Start(), min(p.Start().Add(now.Days()-1), p.Last()))
		}
		like = append(like, p)
	}
	return now, like
}

// spotInFrame is where a period lies in a longer one: the second month of the
// quarter, or, of what is no calendar period, so many days from its begin.
type spotInFrame struct {
	frame        calendar.Period
	grain        calendar.Grain
	nth          int // of that grain, −1 by days
	offset, days int
}

func placeIn(c calendar.Calendar, every calendar.Grain, p calendar.Period) spotInFrame {
	frame := c.PeriodOf(every, p.Start())
	s := spotInFrame{frame: frame, nth: -1, offset: p.Start().Sub(frame.Start()), days: p.Days()}
	if grain, ok := c.GrainOf(p); ok {
		if parts, err := c.Cut(frame, grain); err == nil {
			s.grain, s.nth = grain, slices.Index(parts, p)
		}
	}
	return s
}

func (s spotInFrame) in(frame calendar.Period, c calendar.Calendar) calendar.Period {
	if s.nth >= 0 {
		if parts, err := c.Cut(frame, s.grain); err == nil && s.nth < len(parts) {
			return parts[s.nth]
		}
		return calendar.Period{}
	}
	first := frame.Start().Add(s.offset)
	p, err := calendar.Through(first, first.Add(s.days-1))
	if err != nil {
		return calendar.Period{}
	}
	return p
}
