package target

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Ramp says how much of a full target somebody new carries. The zero Ramp is
// that of somebody who is not new.
//
// Steps[0] holds in ramp month 1, which is the first whole month, and in the
// month of hire before it; Steps[1] in the next month and so on. After the
// last step it is the full target.
type Ramp struct {
	Hired calendar.Day `json:"hired,omitzero"` // the first day; nothing is due before it
	Steps []kpi.Value  `json:"steps,omitempty"`
}

// Validate reports a missing day of hire or steps where there is the other,
// and steps outside 0…1.
func (r Ramp) Validate() error {
	problems := check.List{Op: "target.Ramp"}
	if r.Hired.IsZero() && len(r.Steps) > 0 {
		problems.Add(check.ErrMissing, "hired", "missing_day", nil)
	}
	checkOptionalDay(&problems, "hired", r.Hired)
	if !r.Hired.IsZero() && len(r.Steps) == 0 {
		problems.Add(check.ErrMissing, "steps", "missing_steps", nil)
	}
	for i, step := range r.Steps {
		if !step.Defined() || step.Sign() < 0 || kpi.Int(1).Less(step) {
			problems.Add(check.ErrRange, check.At("steps", i), "not_a_share", step)
		}
	}
	return problems.Err()
}

func (r Ramp) isZero() bool { return r.Hired.IsZero() && len(r.Steps) == 0 }

// Factor gives how much of the full target is due in a month: 0 in a month
// before the one of hire, 1 after the last step. It is undefined
// (NotApplicable) for a period that is no month of the calendar.
func (r Ramp) Factor(cal calendar.Calendar, month calendar.Period) kpi.Value {
	if cal.PeriodOf(calendar.Monthly, month.Start()) != month || month.IsZero() {
		return kpi.Undefined(kpi.NotApplicable)
	}
	if r.isZero() {
		return kpi.Int(1)
	}
	hire := cal.PeriodOf(calendar.Monthly, r.Hired)
	switch {
	case month.Start() < hire.Start():
		return kpi.Int(0)
	case month == hire:
		return r.step(1)
	}
	since, _ := calendar.NewPeriod(hire.Start(), month.End())
	months, _ := cal.Split(since, calendar.Monthly)
	if hire.Start() == r.Hired {
		return r.step(len(months))
	}
	return r.step(len(months) - 1) // the month of hire was no whole one
}

// step gives the factor of ramp month n, from 1.
func (r Ramp) step(n int) kpi.Value {
	if n > len(r.Steps) {
		return kpi.Int(1)
	}
	return r.Steps[n-1]
}
