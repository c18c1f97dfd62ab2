package funnel

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Aim is what is to be won, and from what experience the way there is worked
// out.
type Aim struct {
	Amount kpi.Value       // to be won in Period, above 0; required
	Period calendar.Period // what is won in it by the as-of day counts; required, not over

	// Reference is the time whose closings teach the average amount, the rates
	// and the lead times. None given: the observation window.
	Reference calendar.Period

	AverageWon kpi.Value            // in place of the learned one, above 0
	Rates      map[string]kpi.Ratio // by stage: the share that goes on to the next open stage, of the last one that is won; in place of the learned one, above 0 and at most 1; intervals take its parts as counts

	// LeadTime is the quantile of the times from a stage to won that is
	// allowed for. None given: the median.
	LeadTime kpi.Value

	Confidence kpi.Confidence        // how the intervals are drawn
	Work       calendar.WorkCalendar // for numbers by working day; none: calendar days
}

func (aim Aim) withDefaults() Aim {
	if aim.LeadTime == (kpi.Value{}) {
		aim.LeadTime = kpi.Frac(1, 2)
	}
	return aim
}

func (aim Aim) validate(a *Analysis) error {
	problems := check.List{Op: "funnel.Reverse"}
	positive := func(path string, v kpi.Value, required bool) {
		switch {
		case v == (kpi.Value{}) && !required:
		case !v.Defined():
			problems.Add(check.ErrMissing, path, "missing_amount", nil)
		case v.Sign() <= 0:
			problems.Add(check.ErrRange, path, "not_positive", v)
		}
	}
	positive("amount", aim.Amount, true)
	switch {
	case aim.Period.IsZero():
		problems.Add(check.ErrMissing, "period", "missing_period", nil)
	case aim.Period.Last() < a.day:
		problems.Add(check.ErrRange, "period", "period_over", aim.Period, "day", a.day)
	}
	positive("average_won", aim.AverageWon, false)
	for _, stage := range slices.Sorted(maps.Keys(aim.Rates)) {
		path := "rates." + stage
		a.openRank(&problems, path, stage)
		if v := aim.Rates[stage].Value(); !isShare(v) || v.Sign() == 0 {
			problems.Add(check.ErrRange, path, "not_a_rate", v)
		}
	}
	if v := aim.LeadTime; v != (kpi.Value{}) && !isShare(v) {
		problems.Add(check.ErrRange, "lead_time", "not_a_share", v, "least", 0, "most", 1)
	}
	problems.Nest("confidence", aim.Confidence.Validate())
	return problems.Err()
}
