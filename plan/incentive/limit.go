package incentive

import (
	"github.com/saleskpi/saleskpi/kpi"
)

// within applies gate, caps and floor to the lines, exactly.
func (a *account) within() {
	if a.undefined != 0 {
		return
	}
	if !a.open {
		a.keep(kpi.Int(0))
	}
	earned := a.exact()
	limit := a.c.Limit.times(a.payUnit())
	if most := limit.most(a.opening.Earned); most.Less(earned) {
		a.keep(most.Div(earned))
		a.cut = earned.Sub(most)
		earned = most
	}
	if earned.Less(limit.Floor) {
		a.lines = append(a.lines, floorLine(a.c.ID, limit.Floor.Sub(earned)))
	}
}

func floorLine(component string, pay kpi.Value) Line {
	return Line{Kind: Floor, Component: component, Exact: pay}
}

func (a *account) keep(share kpi.Value) {
	for i := range a.lines {
		a.lines[i].keep(share)
	}
}

// exact gives the pay of the period before rounding.
func (a *account) exact() kpi.Value {
	if a.undefined != 0 {
		return kpi.Undefined(a.undefined)
	}
	sum := kpi.Int(0)
	for i := range a.lines {
		sum = sum.Add(a.lines[i].Exact)
	}
	return sum
}

// times states a limit in another unit.
func (l Limit) times(unit kpi.Value) Limit {
	return Limit{times(l.Floor, unit), times(l.Cap, unit), times(l.CapToDate, unit)}
}

// most gives the most that may be earned in the period, after what was
// earned before; undefined where there is no cap.
func (l Limit) most(before kpi.Value) kpi.Value {
	most := l.Cap
	if l.CapToDate.Defined() {
		left := l.CapToDate.Sub(before.Or(kpi.Int(0))).Max(kpi.Int(0))
		if !most.Defined() || left.Less(most) {
			most = left
		}
	}
	return most
}

// round gives every line its cents: each component's pay is rounded once,
// and its lines add up to it. Where the plan's cap binds, the cap is rounded
// instead and the components add up to it.
func (p Plan) round(accounts []account, before, proration kpi.Value) (floor []Line, cut kpi.Value) {
	scale := int(p.Unit.Scale)
	exact, totals := make([]kpi.Value, len(accounts)), make([]kpi.Value, len(accounts))
	sum := kpi.Int(0)
	for i := range accounts {
		exact[i] = accounts[i].exact()
		totals[i] = cents(exact[i], scale, p.Rounding)
		sum = sum.Add(totals[i])
	}
	limit := p.Limit.times(proration)
	if most := limit.most(before); most.Less(sum) {
		exactSum := kpi.Int(0)
		for _, v := range exact {
			exactSum = exactSum.Add(v)
		}
		kept := kpi.Int(1)
		if most.Less(exactSum) {
			kept = most.Div(exactSum)
		}
		cut = sum.Sub(most)
		sum = cents(most, scale, p.Rounding)
		for i := range accounts {
			accounts[i].keep(kept)
			exact[i] = exact[i].Mul(kept)
		}
		totals = spread(exact, sum, scale)
	}
	if least := cents(limit.Floor, scale, p.Rounding); sum.Less(least) {
		l := floorLine("", least.Sub(sum))
		l.Amount = l.Exact
		floor = append(floor, l)
	}
	for i := range accounts {
		accounts[i].round(totals[i], scale)
	}
	return floor, cut
}

// round gives the lines of one component their cents.
func (a *account) round(total kpi.Value, scale int) {
	if !total.Defined() {
		for i := range a.lines {
			a.lines[i].Amount = total
		}
		return
	}
	exact := make([]kpi.Value, len(a.lines))
	for i := range a.lines {
		exact[i] = a.lines[i].Exact
	}
	for i, amount := range spread(exact, total, scale) {
		a.lines[i].Amount = amount
	}
}
