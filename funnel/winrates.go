package funnel

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// WinRateRule says which deals win rates are of.
type WinRateRule struct {
	Period calendar.Period // that they closed or began in; none: the observation window
	Within int             // days that a deal has to be won, see [ConversionRule]
	Sampling
}

// WinRates are the figures that go by the name of win rate. They answer
// different questions and differ by ten points and more; a report that shows
// one says which. Disqualified deals are outside Closed, ByValue and Cohort,
// and not won in Created and Within.
type WinRates struct {
	Period calendar.Period `json:"period"`

	// Closed is won of won and lost, closed in the period: the usual one. It
	// leaves out what is still open, so slow losses make it too high.
	Closed Rate `json:"closed"`

	// ByValue is Closed by the question's ValueBy: undefined (NoAmount) unless
	// at least 95 % of the lost deals have a value other than 0, and
	// (NotApplicable) where a value is below zero.
	ByValue Rate `json:"by_value"`

	// Created is won so far of all that began in the period, and Cohort won of
	// won and lost of these. Both are undefined (NotApplicable) where the
	// period began before closings were on record, and rise as deals grow
	// older.
	Created Rate `json:"created"`
	Cohort  Rate `json:"cohort"`

	// Within is won within a number of days, of what began in the period: the
	// one that may be compared between periods, sellers and teams.
	Within Conversion `json:"within"`

	Findings []check.Finding `json:"findings"`
}

// WinRates gives the four win rates of a period. Errors are those of the
// sampling, and a negative Within.
func (a *Analysis) WinRates(rule WinRateRule) (WinRates, error) {
	within, err := a.Conversion(ConversionRule{Within: rule.Within, Entered: rule.Period, Sampling: rule.Sampling})
	if err != nil {
		return WinRates{}, err
	}
	w := WinRates{Period: rule.Period, Within: within, Findings: []check.Finding{}}
	closed, created, cohort := a.newRate(rule.Sampling), a.newRate(rule.Sampling), a.newRate(rule.Sampling)
	value := valueRate{tally: a.newRate(rule.Sampling)}
	begun := func(l *life) bool { return rule.Period.IsZero() || rule.Period.Contains(l.startedDay) }
	for _, l := range a.lives {
		decided := l.outcome == Won || l.outcome == Lost
		if decided && a.closedIn(l, rule.Period) {
			closed.count(l, l.outcome == Won)
			value.count(l, a.worth(l))
		}
		if begun(l) {
			created.count(l, l.outcome == Won)
			if decided {
				cohort.count(l, l.outcome == Won)
			}
		}
	}
	why := a.cohortReason(rule.Period)
	w.Closed, w.ByValue, w.Created, w.Cohort = closed.done(0), value.done(), created.done(why), cohort.done(why)
	a.winRateNotes(&w, value)
	return w, nil
}

// closedIn reports whether a closed deal closed in a period; without one, in
// the observation window.
func (a *Analysis) closedIn(l *life, p calendar.Period) bool {
	if p.IsZero() {
		return a.inside(l)
	}
	return p.Contains(l.closedDay)
}

// cohortReason says why deals that began in a period have no rate that is not
// adjusted: without a period they are all deals there are.
func (a *Analysis) cohortReason(p calendar.Period) kpi.Reason {
	from := a.window.ClosingsFrom
	if from.IsZero() || !p.IsZero() && !a.truncated(p) {
		return 0
	}
	return kpi.NotApplicable
}

// valueRate is the win rate by value, with what is needed to say that there
// is none.
type valueRate struct {
	tally            *rateTally
	won, wonValued   int64
	lost, lostValued int64
	negative         int64
}

func (v *valueRate) count(l *life, worth kpi.Value) {
	if worth.Sign() < 0 {
		v.negative++
	}
	if l.outcome == Won {
		v.won++
		if worth.Defined() {
			v.wonValued++
		}
	} else {
		v.lost++
		if worth.Sign() != 0 {
			v.lostValued++
		}
	}
	if worth.Defined() {
		v.tally.weigh(l, worth, l.outcome == Won)
	}
}

func (v *valueRate) done() Rate {
	if v.negative > 0 {
		return v.tally.done(kpi.NotApplicable)
	}
	if v.wonValued == 0 && v.won > 0 || v.lostValued*100 < v.lost*95 {
		return v.tally.done(kpi.NoAmount)
	}
	return v.tally.done(0)
}

func (a *Analysis) winRateNotes(w *WinRates, value valueRate) {
	found := notes{}
	if w.ByValue.Ratio.Value().Reason() == kpi.NoAmount {
		found.add("no_amount", check.Warning, "lost", value.lost, "valued", value.lostValued, "by", a.q.ValueBy)
	}
	found.some(value.negative, "negative_value", check.Warning)
	if !w.Created.Ratio.Value().Defined() && w.Created.Ratio.Value().Reason() == kpi.NotApplicable {
		found.add("created_truncated", check.Warning, "day", a.window.ClosingsFrom)
	}
	w.Findings = append(w.Findings, found...)
	for _, r := range []struct {
		name string
		rate Rate
	}{{"closed", w.Closed}, {"by_value", w.ByValue}, {"created", w.Created}, {"cohort", w.Cohort}} {
		w.Findings = append(w.Findings, r.rate.findings(r.name)...)
	}
}
