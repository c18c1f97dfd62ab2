package action

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Worth gives what a change of one lever brings to the goal in the days that
// are left, above what comes without it:
//
//	s·(formula(drivers, the lever × (1 + change)) − formula(drivers))
//	s    working days left from the day + the lever's lead time on ÷ working days left
//
// The change is that of an [Effect], made on a day: a cycle is shortened by
// −0.1. What shows only after the period is worth 0; the worth is undefined
// (kpi.NotApplicable) where the formula does not have the lever. Unlike the
// lever plan it knows no cap: hand in a change that somebody believes.
//
// Errors are those of [LeverQuestion.Validate], no lever, a change that is no
// number or not above −1, and no day.
func (q LeverQuestion) Worth(l Lever, change kpi.Value, on calendar.Day) (kpi.Value, error) {
	problems := check.List{Op: "action.Worth"}
	problems.Nest("", q.Validate())
	c := checker{problems: &problems}
	c.lever("lever", l)
	checkNumber(&problems, "change", change, true)
	if change.Defined() && !kpi.Int(-1).Less(change) {
		problems.Add(check.ErrRange, "change", "not_above", change, "least", -1)
	}
	c.day("on", on, false)
	if err := problems.Err(); err != nil {
		return kpi.Value{}, err
	}
	s := newSearch(q)
	if !moves(q.Formula, s.list, l) {
		return kpi.Undefined(kpi.NotApplicable), nil
	}
	f := none()
	f[l] = f[l].Add(change)
	gain := evaluate(q.Formula, s.drivers, f).Sub(evaluate(q.Formula, s.drivers, none()))
	return gain.Mul(s.shareFrom(on, s.days[l])), nil
}

// shareFrom gives on what part of the working days left something shows that
// is done on a day and takes so many days.
func (s *search) shareFrom(on calendar.Day, days int) kpi.Value {
	from := max(on, s.rest.Start()).Add(days)
	within, n := clock{s.q.Work}.effort(s.rest.Start(), s.rest.Last())
	return kpi.Frac(within.count(from, s.rest.Last()), n)
}
