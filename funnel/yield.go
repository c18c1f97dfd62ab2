package funnel

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Yield says what earlier periods won, from one day of theirs on, of what was
// open on it: the experience that tells how much coverage is enough.
type Yield struct {
	Periods []PeriodYield `json:"periods"` // as they came

	// Open, FromOpen, FromOther and FromNew are the sums over the periods.
	YieldParts

	// Yield is the value won from open deals ÷ their value on that day, and
	// Count the same of deals.
	Yield kpi.Ratio `json:"yield"`
	Count kpi.Ratio `json:"count"`

	// CreatedAndClosed is the share of what was won after that day that did
	// not exist on it; undefined (NotApplicable) where one of these has a value
	// below zero.
	CreatedAndClosed kpi.Ratio `json:"created_and_closed"`

	// Needed is the coverage at which the open deals and those still to be
	// created fill what is missing, as they did in these periods:
	//
	//	(1 − created and closed) / yield
	//
	// It is neither a fixed 3 nor 1 ÷ win rate. Undefined (TooFew) under two
	// periods: of one nobody knows how much they differ.
	Needed kpi.Value `json:"needed"`

	Findings []check.Finding `json:"findings"`
}

// PeriodYield is one period.
type PeriodYield struct {
	Period calendar.Period `json:"period"`
	Day    calendar.Day    `json:"day"`
	YieldParts
	Yield kpi.Ratio `json:"yield"`
}

// YieldParts is what was open on a day, and what was won from the day after
// it to the end of the period.
type YieldParts struct {
	Open      Stock `json:"open"`       // live, not omitted, and expected in the period
	FromOpen  Stock `json:"from_open"`  // won of these
	FromOther Stock `json:"from_other"` // won of what existed and was not among them: stale, omitted, expected later
	FromNew   Stock `json:"from_new"`   // won of what was created later
}

func (s Stock) plus(o Stock) Stock {
	return Stock{s.Deals + o.Deals, addPartial(s.Value, o.Value)}
}

// Yields puts earlier periods together, see [LookBack]. With anyClose every
// live deal counts as expected in its period, for records that have no
// expected close dates (see [CoverageRule]). A period without one of its two
// analyses is left out. With NewLife a deal that was opened again after the day
// is a new one.
func Yields(past []Past, anyClose bool) Yield {
	y, negative := Yield{Periods: []PeriodYield{}}, int64(0)
	for _, p := range past {
		if p.Then == nil || p.After == nil {
			continue
		}
		one, below := p.yield(anyClose)
		negative += below
		y.Periods = append(y.Periods, one)
		y.Open, y.FromOpen = y.Open.plus(one.Open), y.FromOpen.plus(one.FromOpen)
		y.FromOther, y.FromNew = y.FromOther.plus(one.FromOther), y.FromNew.plus(one.FromNew)
	}
	after := y.FromOpen.plus(y.FromOther).plus(y.FromNew)
	y.Yield, y.Count = y.ratio(), kpi.RatioOf(y.FromOpen.Deals, y.Open.Deals)
	y.CreatedAndClosed = kpi.NewRatio(sum0(y.FromNew.Value), sum0(after.Value))
	found := notes{}
	found.some(negative, "negative_value", check.Warning)
	if negative > 0 {
		y.CreatedAndClosed = without(y.CreatedAndClosed, kpi.NotApplicable)
	}
	y.Needed = kpi.Undefined(kpi.TooFew)
	if len(y.Periods) >= fewestPast {
		y.Needed = kpi.Int(1).Sub(y.CreatedAndClosed.Value()).Div(y.Yield.Value())
	} else {
		found.add("few_periods", check.Warning, "periods", len(y.Periods), "least", fewestPast)
	}
	y.Findings = found
	return y
}

// fewestPast is how many periods it takes to say what coverage is needed.
const fewestPast = 2

func (p YieldParts) ratio() kpi.Ratio {
	return kpi.NewRatio(sum0(p.FromOpen.Value), sum0(p.Open.Value))
}

// sum0 gives a sum, 0 over nothing, and undefined (NoAmount) where there are
// deals and none has a value.
func sum0(p kpi.Partial) kpi.Value {
	switch {
	case p.Of == 0:
		return kpi.Int(0)
	case p.N == 0:
		return kpi.Undefined(kpi.NoAmount)
	}
	return p.Sum
}

// yield gives the period, and how many of the wins are below zero.
func (p Past) yield(anyClose bool) (y PeriodYield, negative int64) {
	y = PeriodYield{Period: p.Period, Day: p.Then.day}
	rule := CoverageRule{Period: p.Period, AnyClose: anyClose}
	existed, open := map[lifeID]bool{}, map[lifeID]bool{}
	for _, l := range p.Then.lives {
		id := p.Then.lifeID(l)
		existed[id] = true
		if l.outcome == Open && rule.lineOf(p.Then, l) == lineOpen {
			open[id] = true
			y.Open.add(p.Then.worth(l))
		}
	}
	for _, l := range p.After.lives {
		if l.outcome != Won || l.closedDay <= p.Then.day || !p.Period.Contains(l.closedDay) {
			continue
		}
		line, id := &y.FromNew, p.After.lifeID(l)
		if open[id] {
			line = &y.FromOpen
		} else if existed[id] {
			line = &y.FromOther
		}
		worth := p.After.worth(l)
		if worth.Sign() < 0 {
			negative++
		}
		line.add(worth)
	}
	y.Yield = y.ratio()
	return y, negative
}

// lifeID names a life in two analyses.
type lifeID struct {
	deal   string
	number int32
}

func (a *Analysis) lifeID(l *life) lifeID { return lifeID{a.ids[l.deal], l.number} }
