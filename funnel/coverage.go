package funnel

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// CoverageRule says what is to be covered.
type CoverageRule struct {
	Period calendar.Period // this one or a later one; required
	Target kpi.Value       // in the unit of the deals' amounts; without it the ratios are undefined

	// AnyClose takes every live deal as expected in the period, for records
	// that have no expected close dates.
	AnyClose bool
}

// Coverage says how often the open deals of a period would fill what is
// missing to its target:
//
//	open deals expected to close in the period / (target − won to date)
//
// unweighted, by the question's ValueBy. Every open deal stands in one line:
// Open, or the first that applies of Stale, Omitted, NoClose, PastClose and
// Elsewhere.
type Coverage struct {
	Period calendar.Period `json:"period"`
	Target kpi.Value       `json:"target"`

	Won       kpi.Partial `json:"won"`       // closed in the period by the as-of day
	Remaining kpi.Value   `json:"remaining"` // target − won
	Met       bool        `json:"met"`       // nothing remains

	Open      Holding `json:"open"`       // expected to close in the period, from the as-of day on
	Stale     Holding `json:"stale"`      // see [Stale]
	Omitted   Holding `json:"omitted"`    // by their category
	NoClose   Holding `json:"no_close"`   // nobody says when they are expected to close
	PastClose Holding `json:"past_close"` // expected before the as-of day: they belong to no period
	Elsewhere Holding `json:"elsewhere"`  // expected in another period

	// Ratio is open ÷ remaining: undefined where the target is met
	// (NotApplicable), the period is over (NoTimeLeft) or there is no target.
	Ratio kpi.Ratio `json:"ratio"`

	// OfTarget is open ÷ target, whatever was won: another figure under the
	// same name in many reports. Undefined (BaseNotPositive) of a target below
	// zero.
	OfTarget kpi.Ratio `json:"of_target"`

	Findings []check.Finding `json:"findings"`
}

// Coverage gives the coverage of a period by its open deals. No period is
// check.ErrMissing.
func (a *Analysis) Coverage(rule CoverageRule) (Coverage, error) {
	p := rule.Period
	if p.IsZero() {
		return Coverage{}, check.New("funnel.Coverage", check.ErrMissing, "period", "missing_period", nil)
	}
	c := Coverage{Period: p, Target: rule.Target, Findings: []check.Finding{}}
	for _, l := range a.lives {
		if l.outcome == Open {
			c.line(rule.lineOf(a, l)).add(a.worth(l), a.probability(l))
		} else if l.outcome == Won && p.Contains(l.closedDay) {
			count(&c.Won, a.worth(l))
		}
	}
	if !c.Target.Defined() {
		c.Target = kpi.Undefined(kpi.NoTarget)
	}
	c.Remaining = c.Target.Sub(c.Won.Sum.Or(kpi.Int(0)))
	c.Met = c.Remaining.Defined() && c.Remaining.Sign() <= 0
	open := c.Open.Value.Sum
	if c.Open.Deals == 0 {
		open = kpi.Int(0)
	}
	c.Ratio, c.OfTarget = kpi.NewRatio(open, c.Remaining), kpi.NewRatio(open, c.Target)
	if c.Target.Sign() < 0 {
		c.OfTarget = kpi.NewRatio(open, kpi.Undefined(kpi.BaseNotPositive))
	}
	switch {
	case p.Last() < a.day:
		c.Ratio = kpi.NewRatio(open, kpi.Undefined(kpi.NoTimeLeft))
	case c.Met:
		c.Ratio = kpi.NewRatio(open, kpi.Undefined(kpi.NotApplicable))
	}
	c.note()
	return c, nil
}

// coverageLine is where an open deal stands in a coverage.
type coverageLine uint8

const (
	lineOpen coverageLine = iota
	lineStale
	lineOmitted
	lineNoClose
	linePastClose
	lineElsewhere
)

// lineOf gives the first that applies.
func (rule CoverageRule) lineOf(a *Analysis, l *life) coverageLine {
	switch {
	case a.stale(l):
		return lineStale
	case a.categoryOf(l) == Omitted:
		return lineOmitted
	case rule.AnyClose:
		return lineOpen
	case l.expected.IsZero():
		return lineNoClose
	case l.expected < a.day:
		return linePastClose
	case !rule.Period.Contains(l.expected):
		return lineElsewhere
	}
	return lineOpen
}

func (c *Coverage) line(s coverageLine) *Holding {
	return [...]*Holding{&c.Open, &c.Stale, &c.Omitted, &c.NoClose, &c.PastClose, &c.Elsewhere}[s]
}

func (c *Coverage) note() {
	found := notes{}
	if c.Met {
		found.add("target_met", check.Info, "target", c.Target)
	}
	found.some(c.PastClose.Deals, "close_date_past", check.Warning)
	found.some(c.NoClose.Deals, "close_date_missing", check.Warning)
	found.some(c.Stale.Deals, "stale_not_in_coverage", check.Info)
	found.some(c.Open.Deals-int64(c.Open.Value.N), "coverage_without_value", check.Warning, "open", c.Open.Deals)
	c.Findings = append(c.Findings, found...)
}
