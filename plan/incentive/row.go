package incentive

import (
	"github.com/saleskpi/saleskpi/kpi"
)

// row is a tier made ready for one payee: bounds where positions are read,
// pay in money.
type row struct {
	tier        *Tier
	label       string
	from, to    kpi.Value // no to: open above
	below       bool      // open below
	rate, flat  kpi.Value
	least, most kpi.Value
	start, end  kpi.Value // marginal: what lies in the tier before the period, and so far
	reached     bool      // marginal: From, so far
}

// rows makes the tiers ready. A tier whose gate is closed gives its place to
// the open one below.
func (a *account) rows(all []account) []row {
	tiers := sortedTiers(a.c.Tiers)
	rows := make([]row, 0, len(tiers))
	unit, rateUnit := a.payUnit(), a.rateUnit()
	for i := range tiers {
		t := &tiers[i]
		if !a.passes(t.Gate, all) {
			if n := len(rows); n > 0 {
				rows[n-1].to = a.at(t.To)
			}
			continue
		}
		r := row{tier: t, label: t.label(a.c.By), from: a.at(t.From), to: a.at(t.To),
			rate: kpi.Int(0), least: times(t.Min, unit), most: times(t.Max, unit)}
		if t.flat() {
			r.flat = t.Flat.Mul(unit).Mul(a.factor)
		} else {
			r.rate = t.Rate.Mul(rateUnit).Mul(a.factor)
			r.below = len(rows) == 0 && t.From == kpi.Int(0)
		}
		r.least, r.most = times(r.least, a.factor), times(r.most, a.factor)
		rows = append(rows, r)
	}
	return rows
}

// times is a product that leaves a number that is not stated as it is.
func times(v, by kpi.Value) kpi.Value {
	if v == (kpi.Value{}) {
		return v
	}
	return v.Mul(by)
}

// at gives a bound where positions are read. Marginal tiers cut amounts, so
// there an attainment is turned into the amount that reaches it:
//
//	quota + (attainment − 1) × |quota|
func (a *account) at(b kpi.Value) kpi.Value {
	if b == (kpi.Value{}) || a.c.By == ByAmount || a.c.Mode == Whole {
		return b
	}
	return a.quota.Add(b.Sub(kpi.Int(1)).Mul(a.quota.Abs()))
}

// part gives how much of a position lies in a rate's tier.
func (r *row) part(position kpi.Value) kpi.Value {
	if r.to.Defined() && r.to.Less(position) {
		position = r.to
	}
	part := position.Sub(r.from)
	if part.Sign() < 0 && !r.below {
		return kpi.Int(0)
	}
	return part
}

// contains reports whether a position lies in the tier.
func (r *row) contains(position kpi.Value) bool {
	return (r.below || !position.Less(r.from)) && (!r.to.Defined() || position.Less(r.to))
}

// pay gives what so much in the tier is paid, between its minimum and its
// maximum.
func (r *row) pay(part kpi.Value) kpi.Value {
	pay := part.Mul(r.rate)
	if part.Sign() <= 0 {
		return pay
	}
	if r.least.Defined() && pay.Less(r.least) {
		return r.least
	}
	if r.most.Defined() && r.most.Less(pay) {
		return r.most
	}
	return pay
}
