package target

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Curve says how much of a target is due by a day. The zero Curve is ByPlan.
type Curve uint8

const (
	// ByPlan follows the periods of the plan: all of those that have passed
	// and, of the running one, its elapsed days ÷ its days.
	ByPlan Curve = iota
	// Linear goes by days over the whole period, whatever its months say:
	// elapsed days ÷ days.
	Linear
)

func curveWords() []string { return []string{"plan", "linear"} }

// String gives plan or linear.
func (c Curve) String() string { return enum.String(curveWords(), c) }

// MarshalText gives the word.
func (c Curve) MarshalText() ([]byte, error) {
	return enum.Marshal("target.Curve", curveWords(), c)
}

// UnmarshalText reads the word.
func (c *Curve) UnmarshalText(text []byte) error {
	return enum.Unmarshal("target.Curve", curveWords(), text, c)
}

// slice is a part of a target that is due linearly by the days of its
// period. A course of slices is a curve of straight pieces, and every curve
// is laid into one.
type slice struct {
	period calendar.Period
	target kpi.Value
}

type course []slice

// lay cuts a plan, which is in order and without gaps, into the slices of
// which actuals are known from the first day on. Along the plan a period
// counts whole or not at all; on a straight line each day counts for itself.
func (c Curve) lay(plan []kpi.Figure, known calendar.Day) course {
	var all course
	for _, f := range plan {
		all = append(all, slice{f.Period, f.Value})
	}
	if c == Linear {
		all = course{slice{all.period(), all.target()}.from(known)}
	}
	for len(all) > 0 && all[0].period.Start() < known {
		all = all[1:]
	}
	return all
}

// from cuts off the days before one, as far as any are left.
func (s slice) from(first calendar.Day) slice {
	rest, err := calendar.NewPeriod(max(s.period.Start(), first), s.period.End())
	if err != nil {
		return s
	}
	return slice{rest, s.target.Mul(share(rest.Days(), s.period.Days()))}
}

func (c course) period() calendar.Period {
	if len(c) == 0 {
		return calendar.Period{}
	}
	both, _ := calendar.NewPeriod(c[0].period.Start(), c[len(c)-1].period.End())
	return both
}

func (c course) target() kpi.Value {
	return c.sum(func(s slice) kpi.Value { return s.target })
}

// due gives what is due by the end of a day.
func (c course) due(through calendar.Day) kpi.Value {
	return c.sum(func(s slice) kpi.Value { return s.due(through) })
}

// passed gives the share of the plan that has passed by the end of a day. By
// amount without its sign, so that a plan with corrections in it passes too;
// by days where all amounts are zero or there are none.
func (c course) passed(through calendar.Day) kpi.Value {
	due := c.sum(func(s slice) kpi.Value { return s.due(through).Abs() })
	all := c.sum(func(s slice) kpi.Value { return s.target.Abs() })
	return due.Div(all).Or(share(c.period().Elapsed(through), c.period().Days()))
}

func (s slice) due(through calendar.Day) kpi.Value {
	return s.target.Mul(share(s.period.Elapsed(through), s.period.Days()))
}

func (c course) sum(of func(slice) kpi.Value) kpi.Value {
	return kpi.Sum(func(yield func(kpi.Value) bool) {
		for _, s := range c {
			if !yield(of(s)) {
				return
			}
		}
	})
}

func share(part, whole int) kpi.Value { return kpi.Frac(int64(part), int64(whole)) }
