package forecast

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Trial is what a method would have said on a day of an earlier period, from
// what was known on that day, and what came.
type Trial struct {
	Method   Method          `json:"method"`
	Period   calendar.Period `json:"period"`
	Day      calendar.Day    `json:"day"`
	DaysLeft int             `json:"days_left"`
	Past     int             `json:"past"` // periods that were over on the day, and were learned from

	Landing kpi.Value `json:"landing"`
	Actual  kpi.Value `json:"actual"`
	Error   kpi.Value `json:"error"` // landing − actual: above zero where too much was expected

	// Relative is error ÷ actual, and Accuracy 1 − its absolute value, which
	// may be below zero. Undefined (BaseNotPositive) for an actual of zero or
	// less.
	Relative kpi.Value `json:"relative"`
	Accuracy kpi.Value `json:"accuracy"`

	Wins       kpi.Value `json:"wins"` // the landing in wins
	ActualWins kpi.Value `json:"actual_wins"`

	Spread          Spread `json:"spread"` // as it would have been given on the day
	Independent     Spread `json:"independent"`
	SpreadHeld      Held   `json:"spread_held"` // whether the 80 % range held
	IndependentHeld Held   `json:"independent_held"`
}

// trial is a Trial with what stands behind it. Its spreads are not yet
// filled.
type trial struct {
	Trial
	variance   float64
	projection *projection
	look       *look
}

// trials gives what a method would have said in the earlier periods, the
// latest first, each from those before it.
func (f *Forecast) trials(m Method) []trial {
	all := make([]trial, 0, len(f.past))
	for i, l := range f.past {
		all = append(all, f.trial(l, f.past[i+1:], m))
	}
	return all
}

func (f *Forecast) trial(l *look, past []*look, m Method) trial {
	e := learn(l, past, f.agesTo)
	return f.compare(l, f.projectAll(l, m, e), m)
}

// compare sets a projection against what came.
func (f *Forecast) compare(l *look, p *projection, m Method) trial {
	total, actual := p.total(), l.actual()
	t := trial{variance: p.variance(), projection: p, look: l}
	t.Trial = Trial{Method: m, Period: l.period, Day: l.day, DaysLeft: l.daysLeft(), Past: int(p.periods),
		Landing: total.Value, Actual: actual.sum(), Wins: total.Wins, ActualWins: kpi.Int(actual.deals)}
	t.Error = t.Landing.Sub(t.Actual)
	t.Relative = relative(t.Error, t.Actual)
	t.Accuracy = kpi.Int(1).Sub(t.Relative.Abs())
	return t
}

// relative gives error ÷ actual, for an actual above zero.
func relative(e, actual kpi.Value) kpi.Value {
	if actual.Defined() && actual.Sign() <= 0 {
		return kpi.Undefined(kpi.BaseNotPositive)
	}
	return e.Div(actual)
}

// spreads fills in the ranges that would have been given, with the trials
// that were over by then.
func (f *Forecast) spreads(t trial, earlier []trial) Trial {
	at := *f
	at.look = t.look
	at.aim.Target = kpi.Value{} // the target of an earlier period is not known here
	t.Spread, t.Independent = at.spread(t.projection, earlier), at.independent(t.projection)
	t.SpreadHeld, t.IndependentHeld = t.Spread.Held(t.Actual), t.Independent.Held(t.Actual)
	return t.Trial
}
