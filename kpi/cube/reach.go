package cube

import (
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Over says what the row of a period gathers beside the period itself. At
// most one of its fields is set; the zero Over adds nothing.
type Over struct {
	// Rolling is how many periods end with the row's: 3 is the moving
	// quarter of months.
	Rolling int `json:"rolling,omitzero"`
	// ToDate begins with the longer period that the row's is in: the year to
	// date of months.
	ToDate calendar.Grain `json:"to_date,omitzero"`
	// All begins with the cube's window.
	All bool `json:"all,omitzero"`
}

// Offset takes whole periods: a row holds what belongs to the period N of a
// grain later, so −1 month is the month before, and −1 year the same month of
// the year before. The row keeps its own period, so that two results, one of
// them offset, are looked up with the same key.
//
//	Query{Grain: calendar.Monthly}
//	Query{Grain: calendar.Monthly, Offset: cube.Offset{N: -1, Grain: calendar.Yearly}}
//
// By a shorter grain than the rows' all of it is shifted: a year by −1 month
// is December to November. By a longer one the period of the same number is
// taken: the third quarter of the year before. Days cannot be taken so: the
// 60th of a year is not the same date in the next.
//
// Together with Over the offset comes first: the year to date of the same
// month last year. The zero Offset takes the period itself.
type Offset struct {
	N     int            `json:"n"`
	Grain calendar.Grain `json:"grain"`
}

// checkReach reports what Over and Offset cannot be.
func (c *Cube) checkReach(problems *check.List, q Query) {
	set := 0
	for _, on := range []bool{q.Over.Rolling != 0, q.Over.ToDate != calendar.NoGrain, q.Over.All} {
		if on {
			set++
		}
	}
	switch o := q.Over; {
	case set > 1:
		problems.Add(check.ErrInvalid, "over", "two_ways", nil)
	case o.Rolling < 0:
		problems.Add(check.ErrRange, "over.rolling", "negative", o.Rolling)
	case o.Rolling > 0 && q.Grain == calendar.NoGrain:
		problems.Add(check.ErrInvalid, "over.rolling", "no_grain", o.Rolling)
	case o.ToDate != calendar.NoGrain && c.checkGrain(problems, "over.to_date", o.ToDate):
		c.checkLonger(problems, "over.to_date", q.Grain, o.ToDate)
	}
	switch g := q.Offset.Grain; {
	case q.Offset == Offset{}:
	case g == calendar.NoGrain:
		problems.Add(check.ErrMissing, "offset.grain", "no_grain", nil)
	case c.checkGrain(problems, "offset.grain", g) && q.Grain != calendar.NoGrain && !c.def.Calendar.Nests(g, q.Grain):
		c.checkLonger(problems, "offset.grain", q.Grain, g)
		if q.Grain == calendar.Daily {
			problems.Add(check.ErrInvalid, "offset.grain", "days_have_no_number", g)
		}
	}
}

func (c *Cube) checkLonger(problems *check.List, path string, short, long calendar.Grain) {
	if short == calendar.NoGrain || !c.def.Calendar.Nests(short, long) {
		problems.Add(check.ErrInvalid, path, "grain_does_not_nest", long, "rows", short)
	}
}

// reach gives the days that the row of a period gathers; ok is false where
// they are not all in the known window.
func reach(c calendar.Calendar, known calendar.Period, g calendar.Grain, over Over, offset Offset, p calendar.Period) (all calendar.Period, ok bool) {
	p, ok = shifted(c, g, offset, p)
	if !ok {
		return p, false
	}
	start := p.Start()
	switch {
	case over.All:
		start = known.Start()
	case over.ToDate != calendar.NoGrain:
		start = c.PeriodOf(over.ToDate, start).Start()
	case over.Rolling > 1:
		first, err := c.Shift(p, g, 1-over.Rolling)
		if err != nil {
			return p, false
		}
		start = first.Start()
	}
	all, err := calendar.NewPeriod(start, p.End())
	return all, err == nil && known.Covers(all)
}

func shifted(c calendar.Calendar, g calendar.Grain, by Offset, p calendar.Period) (_ calendar.Period, ok bool) {
	if by.N == 0 {
		return p, true
	}
	if g == calendar.NoGrain || c.Nests(by.Grain, g) {
		p, err := c.Shift(p, by.Grain, by.N)
		return p, err == nil
	}
	outer := c.PeriodOf(by.Grain, p.Start())
	inner, err := c.Split(outer, g)
	if err != nil {
		return p, false
	}
	nth := 0
	for nth < len(inner)-1 && inner[nth] != p {
		nth++
	}
	if outer, err = c.Shift(outer, by.Grain, by.N); err != nil {
		return p, false
	}
	if inner, err = c.Split(outer, g); err != nil || nth >= len(inner) {
		return p, false
	}
	return inner[nth], true
}
