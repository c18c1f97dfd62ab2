package incentive

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
)

// clawBack takes back what credits of earlier periods earned, in proportion
// to what of them is reversed:
//
//	taken back by now = earned × min(reversed by now / counted, 1)
//
// tier by tier, rounded as pay is, less what was taken back before. So parts
// reversed one after the other take back exactly the whole in the end.
func (b *book) clawBack(a *account) []Line {
	var lines []Line
	for i := range a.earlier {
		e := &a.earlier[i]
		posted := slices.Concat(b.in.Posted, lines)
		lines = append(lines, b.takeBack(a.c.ID, e, earnings(posted, a.c.ID, e.credit.Reverses))...)
	}
	return lines
}

// earning is what a credit earned in one tier, and what was taken back of it.
type earning struct {
	tier                         string
	base, amount, reversed, back kpi.Value
}

// earnings adds up the lines about one credit, by tier.
func earnings(posted []Line, component, credit string) []earning {
	var all []earning
	for i := range posted {
		l := &posted[i]
		kind := l.key().kind
		if l.Component != component || !(kind.earned() && l.Credit == credit || kind == Clawback && l.Reverses == credit) {
			continue
		}
		e := place(&all, l.Tier)
		if kind == Clawback {
			e.reversed, e.back = e.reversed.Sub(l.Base.Or(kpi.Int(0))), e.back.Sub(l.Amount)
		} else {
			e.base, e.amount = e.base.Add(l.Base.Or(kpi.Int(0))), e.amount.Add(l.Amount)
		}
	}
	slices.SortFunc(all, func(a, b earning) int { return cmp.Compare(a.tier, b.tier) })
	return all
}

func place(all *[]earning, tier string) *earning {
	for i := range *all {
		if (*all)[i].tier == tier {
			return &(*all)[i]
		}
	}
	zero := kpi.Int(0)
	*all = append(*all, earning{tier, zero, zero, zero, zero})
	return &(*all)[len(*all)-1]
}

func (b *book) takeBack(component string, e *entry, earned []earning) []Line {
	base, reversed := kpi.Int(0), e.base.Neg()
	for _, t := range earned {
		base, reversed = base.Add(t.base), reversed.Add(t.reversed)
	}
	share := reversed.Div(base)
	if !share.Defined() || share.Sign() < 0 {
		return nil
	}
	e.over = kpi.Int(1).Less(share)
	share = share.Min(kpi.Int(1))
	var lines []Line
	for _, t := range earned {
		taken := b.cents(t.amount.Mul(share)).Sub(t.back)
		l := e.line(t.tier, e.base.Mul(t.base).Div(base), kpi.Value{})
		l.Kind, l.Of, l.Component, l.Exact = Clawback, b.in.Period, component, kpi.Value{}
		l.Amount = taken.Neg()
		l.Held = b.take(component, e.credit.Reverses, t.tier, taken).Neg()
		l.Paid = l.Amount.Sub(l.Held)
		lines = append(lines, l)
	}
	return lines
}
