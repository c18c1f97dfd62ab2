package forecast

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Aim says what is to be forecast. Period is required; the zero of every
// other field is a documented default.
type Aim struct {
	// Period is one period of the question's calendar, such as a quarter,
	// that is not over before the as-of day; it may not have begun.
	Period calendar.Period

	// Target is what the period is to bring, in the unit of the deals' value
	// (the question's ValueBy). Without it every chance to reach it is
	// undefined (NoTarget).
	Target kpi.Value

	Method Method // by which [Forecast.Landing] goes; none given: StageAge

	// Past is how many earlier periods are looked back at, at most 40.
	// 0: 8. Only those that lie wholly inside the observation window count.
	Past int

	// AnyClose takes every live deal as expected in the period, for records
	// that have no expected close dates.
	AnyClose bool

	// Step is the least amount of money; values are rounded to it, half to
	// even, where a distribution is computed. None given: 0.01.
	Step kpi.Value

	// Of keeps to a part of the deals, as they stand at an instant: those of
	// a team, of a product. An open deal belongs where it is on the as-of
	// day, a closed one where it was on its closing. None given: all.
	Of func(funnel.Deal) bool

	// Calls are what owners and managers say, for this period and earlier
	// ones. They stand beside the deals and change none.
	Calls []Call
}

// Limits of an Aim.
const (
	DefaultPast = 8
	MostPast    = 40
)

func (a Aim) withDefaults() Aim {
	if a.Past == 0 {
		a.Past = DefaultPast
	}
	if a.Step == (kpi.Value{}) {
		a.Step = kpi.Minor(1, 2)
	}
	if a.Of == nil {
		a.Of = func(funnel.Deal) bool { return true }
	}
	a.Calls = sortedCalls(a.Calls)
	return a
}

// validate reports every problem and gives the grain of the period.
func (a Aim) validate(q funnel.Question, problems *check.List) calendar.Grain {
	grain, whole := q.Calendar.GrainOf(a.Period)
	switch {
	case a.Period.IsZero():
		problems.Add(check.ErrMissing, "period", "missing_period", nil)
	case !whole:
		problems.Add(check.ErrInvalid, "period", "not_a_period_of_the_calendar", a.Period)
	}
	if !a.Target.Defined() && a.Target != (kpi.Value{}) && a.Target.Reason() != kpi.NoTarget {
		problems.Add(check.ErrInvalid, "target", "undefined_target", a.Target)
	}
	if a.Method >= methods {
		problems.Add(check.ErrUnknown, "method", "unknown_word", uint8(a.Method))
	}
	if a.Past < 0 || a.Past > MostPast {
		problems.Add(check.ErrRange, "past", "out_of_range", a.Past, "least", 0, "most", MostPast)
	}
	if a.Step != (kpi.Value{}) && a.Step.Sign() <= 0 {
		problems.Add(check.ErrRange, "step", "not_above_zero", a.Step)
	}
	for i, c := range a.Calls {
		problems.Nest(check.At("calls", i), c.Validate())
	}
	return grain
}
