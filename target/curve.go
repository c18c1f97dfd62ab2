package target

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Curve says how much of a target is due by a day. The zero Curve is ByPlan.
//
// Days are those of the calendar, and working days where [Input.WorkDays]
// says which those are: then Linear is the curve of working days.
type Curve uint8

const (
	// ByPlan follows the periods of the plan: all of those that have passed
	// and, of the running one, its elapsed days ÷ its days.
	ByPlan Curve = iota
	// Linear goes by days over the whole period, whatever its months say:
	// elapsed days ÷ days.
	Linear
	// ByShares follows the cumulative shares of [Input.Shares] over the whole
	// period: any curve, such as a season ([SeasonalShares]).
	ByShares
	// Learned follows earlier periods ([Input.History]) over the whole period:
	// the median of the shares of their totals that they had reached at the
	// same share of their days.
	Learned
)

func curveWords() []string { return []string{"plan", "linear", "shares", "learned"} }

// String gives plan, linear, shares or learned.
func (c Curve) String() string { return enum.String(curveWords(), c) }

// MarshalText gives the word.
func (c Curve) MarshalText() ([]byte, error) {
	return enum.Marshal("target.Curve", curveWords(), c)
}

// UnmarshalText reads the word.
func (c *Curve) UnmarshalText(text []byte) error {
	return enum.Unmarshal("target.Curve", curveWords(), text, c)
}

// shape gives the share of a whole that is due when elapsed of its days have
// passed, 0 where none have and 1 where all have.
type shape func(elapsed, days int) kpi.Value

// slice is the part of a target that is compared: period, of the whole over
// which the curve runs.
type slice struct {
	whole, period calendar.Period
	target        kpi.Value // of the whole
}

// course is a target laid out in time. Along the plan each of its periods is
// a slice, and every other curve runs over one.
type course struct {
	slices []slice
	shape  shape
	count  counter
}

// lay cuts a plan, which is in order and without gaps, into the slices of
// which actuals are known from the first day on. Along the plan a period
// counts whole or not at all; on every other curve each day counts for itself.
func (in Input) lay(plan []kpi.Figure, known calendar.Day, curve shape) course {
	all := course{shape: curve, count: counter{in.WorkDays}, slices: make([]slice, 0, len(plan))}
	for _, f := range plan {
		all.slices = append(all.slices, slice{f.Period, f.Period, f.Value})
	}
	if in.Curve != ByPlan {
		whole := all.period()
		all.slices = []slice{slice{whole, whole, all.target()}.from(known)}
	}
	for len(all.slices) > 0 && all.slices[0].period.Start() < known {
		all.slices = all.slices[1:]
	}
	return all
}

// shape gives the curve as a function; l is what was learned.
func (in Input) shape(l learning) shape {
	switch in.Curve {
	case ByShares:
		return sharesAt(in.Shares)
	case Learned:
		return l.median
	}
	return share
}

// from cuts off the days before one, as far as any are left.
func (s slice) from(first calendar.Day) slice {
	if rest, err := calendar.NewPeriod(max(s.period.Start(), first), s.period.End()); err == nil {
		s.period = rest
	}
	return s
}

func (c course) period() calendar.Period {
	if len(c.slices) == 0 {
		return calendar.Period{}
	}
	both, _ := calendar.NewPeriod(c.slices[0].period.Start(), c.slices[len(c.slices)-1].period.End())
	return both
}

func (c course) target() kpi.Value {
	return c.sum(func(s slice) kpi.Value { return c.part(s, s.period.Last()) })
}

// due gives what is due by the end of a day.
func (c course) due(through calendar.Day) kpi.Value {
	return c.sum(func(s slice) kpi.Value { return c.part(s, through) })
}

// passed gives the share of the plan that has passed by the end of a day. By
// amount without its sign, so that a plan with corrections in it passes too;
// by days where all amounts are zero or there are none.
func (c course) passed(through calendar.Day) kpi.Value {
	due, all := kpi.Value{}, kpi.Value{}
	for _, s := range c.slices {
		due, all = plus(due, c.part(s, through).Abs()), plus(all, c.part(s, s.period.Last()).Abs())
	}
	if all == kpi.Int(0) || !all.Defined() {
		return c.count.share(c.period(), through, share)
	}
	return due.Div(all)
}

// part gives what of a slice is due by the end of a day: nothing of the days
// that were cut off.
func (c course) part(s slice, through calendar.Day) kpi.Value {
	if through < s.period.Start() {
		through = s.period.Start().Add(-1)
	}
	due := c.count.share(s.whole, through, c.shape)
	if s.period.Start() == s.whole.Start() {
		return shareOf(s.target, due)
	}
	return s.target.Mul(due.Sub(c.count.share(s.whole, s.period.Start().Add(-1), c.shape)))
}

func (c course) sum(of func(slice) kpi.Value) kpi.Value {
	total := kpi.Value{}
	for _, s := range c.slices {
		total = plus(total, of(s))
	}
	return total
}

// plus adds as kpi.Sum does: no data adds nothing.
func plus(a, b kpi.Value) kpi.Value {
	switch {
	case a == kpi.Value{}:
		return b
	case b == kpi.Value{}:
		return a
	}
	return a.Add(b)
}

// shareOf multiplies; most slices of a course are due whole or not at all.
func shareOf(amount, share kpi.Value) kpi.Value {
	switch {
	case share == kpi.Int(1):
		return amount
	case share == kpi.Int(0) && amount.Defined():
		return share
	}
	return amount.Mul(share)
}

func share(part, whole int) kpi.Value { return kpi.Frac(int64(part), int64(whole)) }
