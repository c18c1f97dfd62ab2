package funnel

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// CreateAndClose is how much of what was won in a period also started in it:
// what nobody could see in the pipeline as the period began. A forecast of
// open deals alone misses that share.
//
//	ByCount = Inside.Deals / (Won.Deals − Unknown.Deals)
//	ByValue = value of Inside / (value of Won − value of Unknown)
type CreateAndClose struct {
	Basis
	Period calendar.Period `json:"period"`

	Won     Stock `json:"won"`     // in the period
	Inside  Stock `json:"inside"`  // of these, started in the period too
	Unknown Stock `json:"unknown"` // of these, with a start that is not known: in no share

	// ByCount and ByValue are undefined (NotApplicable) where the period
	// began before closings were on record: early ones are missing.
	ByCount kpi.Ratio `json:"by_count"`
	ByValue kpi.Ratio `json:"by_value"` // NoAmount where no won deal has a value, NotApplicable where one is below zero

	Findings []check.Finding `json:"findings"`
}

// CreateAndClose gives the share of a period's wins that started in it.
// Start and value are those of the question. The period may reach beyond the
// as-of day, with a finding; errors are those of [Analysis.Created].
func (a *Analysis) CreateAndClose(in calendar.Period) (CreateAndClose, error) {
	if err := a.begun("funnel.CreateAndClose", in); err != nil {
		return CreateAndClose{}, err
	}
	c, negative := CreateAndClose{Basis: a.basis(), Period: in}, int64(0)
	for _, l := range a.lives {
		if l.outcome != Won || !in.Contains(l.closedDay) || !a.inside(l) {
			continue
		}
		worth := a.worth(l)
		c.Won.add(worth)
		if worth.Sign() < 0 {
			negative++
		}
		switch {
		case l.startedDay.IsZero():
			c.Unknown.add(worth)
		case in.Contains(l.startedDay):
			c.Inside.add(worth)
		}
	}
	c.shares(a.truncated(in))
	if negative > 0 {
		c.ByValue = without(c.ByValue, kpi.NotApplicable)
	}
	found := notes{}
	a.windowBegins(&found, in.Start())
	a.notOver(&found, in)
	found.some(negative, "negative_value", check.Warning)
	found.some(c.Unknown.Deals, "start_unknown", check.Info)
	found.some(c.Won.Deals-int64(c.Won.Value.N), "won_without_value", check.Info)
	c.Findings = found
	return c, nil
}

func (c *CreateAndClose) shares(truncated bool) {
	c.ByCount = kpi.RatioOf(c.Inside.Deals, c.Won.Deals-c.Unknown.Deals)
	c.ByValue = kpi.NewRatio(sumOf(c.Inside.Value), sumOf(c.Won.Value).Sub(sumOf(c.Unknown.Value)))
	if c.Won.Deals > 0 && c.Won.Value.N == c.Unknown.Value.N {
		c.ByValue = without(c.ByValue, kpi.NoAmount)
	}
	if truncated {
		c.ByCount, c.ByValue = without(c.ByCount, kpi.NotApplicable), without(c.ByValue, kpi.NotApplicable)
	}
}
