package forecast

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Landing says where a period ends, in three parts that are never one number:
//
//	Total = Won + Open + New
//	Open  = Due + Elsewhere
//
// by value (the question's ValueBy) and by wins. Due and Elsewhere are every
// open deal, each in one of them. What is expected of the due deals is the
// method's; what is expected elsewhere and of new deals is, by every method,
// what earlier periods brought from the same day on:
//
//	Elsewhere  value × Σ won of such deals / Σ value of such deals
//	New        Σ won of deals created later / number of periods
//
// A part that earlier periods must teach is undefined (TooFew) where there are
// none, and so is Total: what is open alone sees half of a period. A part whose
// deals all lack an amount is undefined (NoAmount) and adds nothing to Total;
// where the others bring nothing either, so is Total.
type Landing struct {
	Method   Method          `json:"method"`
	Period   calendar.Period `json:"period"`
	Day      calendar.Day    `json:"day"`
	DaysLeft int             `json:"days_left"` // after Day, of the period
	Past     int             `json:"past"`      // earlier periods that were learned from
	Target   kpi.Value       `json:"target"`

	Won       Part `json:"won"`       // in the period to date
	Due       Part `json:"due"`       // expected of open deals due in the period
	Elsewhere Part `json:"elsewhere"` // expected of open deals that are stale, omitted, past their close date, without one, or due in another period
	Open      Part `json:"open"`
	New       Part `json:"new"` // expected of deals that do not exist yet
	Total     Part `json:"total"`

	// Gap is Target − Total: what is still missing if all comes as expected.
	Gap kpi.Value `json:"gap"`

	// Spread is how far the landing may be off, as earlier landings were;
	// undefined (TooFew) under four of them.
	Spread Spread `json:"spread"`

	// Independent is the spread were no deal to know of another, by value and
	// by wins: for comparison, it is too narrow.
	Independent     Spread `json:"independent"`
	IndependentWins Spread `json:"independent_wins"`

	Findings []check.Finding `json:"findings"`
}

// Part is one part of a landing.
type Part struct {
	Deals   int64     `json:"deals"`   // that exist; of New none do
	Wins    kpi.Value `json:"wins"`    // won, or expected to be
	Value   kpi.Value `json:"value"`   // likewise
	Missing int64     `json:"missing"` // deals without amount or probability: they add no value
}

// together adds parts. One of which no amount is known adds nothing; where no
// other brings anything either, nothing is known of all (NoAmount), and that
// is not 0.
func together(parts ...Part) Part {
	all, values := Part{Wins: kpi.Int(0)}, make([]kpi.Value, len(parts))
	for i, p := range parts {
		all.Deals, all.Missing, all.Wins = all.Deals+p.Deals, all.Missing+p.Missing, all.Wins.Add(p.Wins)
		values[i] = p.Value
	}
	all.Value = amounts(values...)
	return all
}

// amounts adds values as together does.
func amounts(values ...kpi.Value) kpi.Value {
	sum, unknown, bring := kpi.Int(0), false, false
	for _, v := range values {
		if v.Reason() == kpi.NoAmount {
			unknown = true
			continue
		}
		bring = bring || v.Sign() != 0
		sum = sum.Add(v)
	}
	if unknown && !bring && sum.Defined() {
		return kpi.Undefined(kpi.NoAmount)
	}
	return sum
}

func (t tally) part() Part {
	return Part{t.deals, kpi.Int(t.deals), t.sum(), t.missing()}
}

// newDeals gives what is expected of deals that do not exist yet.
func (e *experience) newDeals(l *look) Part {
	switch {
	case l.daysLeft() == 0:
		return Part{Wins: kpi.Int(0), Value: kpi.Int(0)}
	case e.periods == 0:
		return Part{Wins: kpi.Undefined(kpi.TooFew), Value: kpi.Undefined(kpi.TooFew)}
	}
	n := kpi.Int(e.periods)
	return Part{Wins: kpi.Int(e.fromNew.deals).Div(n), Value: e.fromNew.sum().Div(n), Missing: e.fromNew.missing()}
}

// projection is the parts of a landing and what they are made of.
type projection struct {
	Won, Due, Elsewhere, New Part
	given                    []chance    // by the method
	chances                  []chance    // whose spread is taken
	newWins                  []kpi.Value // of all earlier periods together
	periods                  int64
	promised                 bool // Due is what people say, and not the sum of chances
}

func (p *projection) open() Part  { return together(p.Due, p.Elsewhere) }
func (p *projection) total() Part { return together(p.Won, p.Due, p.Elsewhere, p.New) }

// project gives the parts by a method. rates teach the chances, and own what
// is expected of new deals: of an owner the chances are everybody's, and new
// deals the owner's.
func (f *Forecast) project(l *look, m Method, rates, own *experience) *projection {
	p := &projection{Won: l.won().part(), New: own.newDeals(l), periods: own.periods}
	if l.daysLeft() > 0 {
		p.newWins = own.newWins
	}
	p.chances = rates.chances(l, m)
	p.given = p.chances
	p.Due, p.Elsewhere = expect(p.given, true), expect(p.given, false)
	if m == Categories {
		p.promised = true
		p.chances = rates.chances(l, StageAge) // a promise has no spread of its own
	}
	return p
}

// projectAll gives the parts of all deals, with what people say of them.
func (f *Forecast) projectAll(l *look, m Method, e *experience) *projection {
	p := f.project(l, m, e, e)
	if m == Categories {
		p.call(f.aim.Calls, l)
	}
	return p
}

// Landing gives where the period ends by the aim's method.
func (f *Forecast) Landing() Landing { return f.LandingBy(f.aim.Method) }

// LandingBy gives where the period ends by another method; one outside the
// constants counts as StageAge.
func (f *Forecast) LandingBy(m Method) Landing {
	if m >= methods {
		m = StageAge
	}
	e := learn(f.look, f.past, f.agesTo)
	p := f.projectAll(f.look, m, e)
	l := Landing{Method: m, Period: f.aim.Period, Day: f.look.day, DaysLeft: f.look.daysLeft(), Past: int(e.periods),
		Target: f.target(), Won: p.Won, Due: p.Due, Elsewhere: p.Elsewhere, Open: p.open(), New: p.New, Total: p.total()}
	l.Gap = l.Target.Sub(l.Total.Value)
	l.Independent, l.IndependentWins = f.independent(p), p.independentWins()
	l.Spread = f.spread(p, f.trials(m))
	l.Findings = f.landingFindings(&l)
	return l
}

func (f *Forecast) target() kpi.Value {
	if !f.aim.Target.Defined() {
		return kpi.Undefined(kpi.NoTarget)
	}
	return f.aim.Target
}
