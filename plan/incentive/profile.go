package incentive

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Segment is a stretch on which a component's pay runs on a straight line.
// The segments of a profile follow one another from 0 on; the last is open.
//
//	pay(x) = start + rate × (x − from)    for from < x < to
//
// At From itself Pay is paid. Where it lies above the end of the segment
// before, there is a cliff.
type Segment struct {
	From  kpi.Value `json:"from"` // as an amount of what is counted
	To    kpi.Value `json:"to,omitzero"`
	Pay   kpi.Value `json:"pay"`   // at From
	Start kpi.Value `json:"start"` // just above From
	Rate  kpi.Value `json:"rate"`  // marginal: what one more of what is counted pays
	End   kpi.Value `json:"end,omitzero"`
}

// Profile gives what a component pays for every amount of a first period,
// exactly: the marginal rate of the next deal, where the cliffs are, where
// pay stands still. The result names the component and states quota and
// target pay where they matter. Gates are read at the component's own
// attainment; those that look at another component count as open. Limits of
// the whole plan, holds and draws are not in it.
//
// It returns an error if the plan is not valid, the component is not in it,
// or its pay is undefined without a quota (check.ErrMissing).
func (p Plan) Profile(r Result) ([]Segment, error) {
	const op = "incentive.Profile"
	if err := p.Validate(); err != nil {
		return nil, err
	}
	i := p.index(r.Component)
	if i < 0 {
		return nil, check.New(op, check.ErrUnknown, "component", "unknown_component", r.Component)
	}
	g := newGauge(p.Components[i], r)
	segments := g.segments()
	if reason := undefinedSegment(segments); reason != 0 {
		return nil, check.New(op, check.ErrMissing, "quota", "pay_undefined", r.Quota, "reason", reason)
	}
	return segments, nil
}

func undefinedSegment(segments []Segment) kpi.Reason {
	var reason kpi.Reason
	for _, s := range segments {
		reason = kpi.Stronger(reason, kpi.Stronger(s.Pay.Reason(), s.Rate.Reason()))
	}
	return reason
}

// gauge asks the statement's own arithmetic what single amounts pay.
type gauge struct {
	c     Component // without what looks elsewhere
	r     Result
	limit Limit // in money
}

func newGauge(c Component, r Result) gauge {
	elsewhere := func(g Gate) bool { return g.Component != "" && g.Component != c.ID }
	if elsewhere(c.Gate) {
		c.Gate = Gate{}
	}
	c.Tiers = slices.Clone(c.Tiers)
	for i := range c.Tiers {
		if elsewhere(c.Tiers[i].Gate) {
			c.Tiers[i].Gate = Gate{}
		}
	}
	c.Accelerators = slices.DeleteFunc(slices.Clone(c.Accelerators), func(a Accelerator) bool { return elsewhere(a.Gate) })
	limit := c.Limit
	c.Limit = Limit{}
	r.Actual = kpi.Value{}
	g := gauge{c: c, r: r}
	a := g.account(kpi.Int(0))
	g.limit = limit.times(a.payUnit())
	return g
}

func (g *gauge) account(x kpi.Value) *account {
	a := &account{c: &g.c, proration: kpi.Int(1), entries: []entry{{base: x}}}
	a.measure(&Input{}, g.r)
	all := []account{*a}
	all[0].gates(all)
	all[0].earn(calendar.Period{}, all)
	all[0].within()
	return &all[0]
}

// free gives the pay of an amount before limits.
func (g *gauge) free(x kpi.Value) kpi.Value { return g.account(x).exact() }

// within keeps pay between the limits.
func (g *gauge) within(pay kpi.Value) kpi.Value {
	if most := g.limit.most(kpi.Value{}); most.Less(pay) {
		pay = most
	}
	if pay.Less(g.limit.Floor) {
		pay = g.limit.Floor
	}
	return pay
}

// amount gives what must be counted for an attainment.
func (g *gauge) amount(attainment kpi.Value) kpi.Value {
	off := attainment.Sub(kpi.Int(1)).Mul(g.r.Quota.Abs())
	if g.c.Direction == kpi.LowerIsBetter {
		return g.r.Quota.Sub(off)
	}
	return g.r.Quota.Add(off)
}

// bends gives the amounts at which the line may bend or break, in order, 0
// first.
func (g *gauge) bends() []kpi.Value {
	at := func(b kpi.Value) kpi.Value {
		if g.c.By == ByAttainment {
			return g.amount(b)
		}
		return b
	}
	bends := []kpi.Value{kpi.Int(0), g.amount(g.c.Gate.AtLeast)}
	for _, a := range g.c.Accelerators {
		bends = append(bends, g.amount(a.Gate.AtLeast))
	}
	for _, point := range g.c.Curve {
		bends = append(bends, at(point.At))
	}
	whole := g.account(kpi.Int(0))
	for _, t := range sortedTiers(g.c.Tiers) {
		from := at(t.From)
		bends = append(bends, from, at(t.To), g.amount(t.Gate.AtLeast))
		if g.c.Mode == Whole {
			from = kpi.Int(0)
		}
		rate, unit := t.Rate.Mul(whole.rateUnit()), whole.payUnit()
		bends = append(bends, from.Add(t.Min.Mul(unit).Div(rate)), from.Add(t.Max.Mul(unit).Div(rate)))
	}
	bends = slices.DeleteFunc(bends, func(v kpi.Value) bool { return !v.Defined() || v.Sign() < 0 })
	slices.SortFunc(bends, kpi.Value.Compare)
	return slices.Compact(bends)
}

// segments measures every stretch between two bends at two points, which is
// enough for a straight line, and cuts it where a limit begins to bind.
func (g *gauge) segments() []Segment {
	segments := []Segment{}
	bends := g.bends()
	for i, from := range bends {
		to := kpi.Value{}
		if i+1 < len(bends) {
			to = bends[i+1]
		}
		segments = append(segments, g.cut(g.stretch(from, to))...)
	}
	return segments
}

// stretch gives one straight line before limits.
func (g *gauge) stretch(from, to kpi.Value) Segment {
	step := kpi.Int(1)
	if to.Defined() {
		step = to.Sub(from).Div(kpi.Int(3))
	}
	near, far := g.free(from.Add(step)), g.free(from.Add(step).Add(step))
	rise := far.Sub(near)
	s := Segment{From: from, To: to, Pay: g.free(from), Start: near.Sub(rise), Rate: rise.Div(step)}
	if to.Defined() {
		s.End = far.Add(rise)
	}
	return s
}

// cut applies the limits to a straight line.
func (g *gauge) cut(s Segment) []Segment {
	var crossings []kpi.Value
	for _, level := range []kpi.Value{g.limit.Floor, g.limit.most(kpi.Value{})} {
		x := s.From.Add(level.Sub(s.Start).Div(s.Rate))
		if s.From.Less(x) && (!s.To.Defined() || x.Less(s.To)) {
			crossings = append(crossings, x)
		}
	}
	slices.SortFunc(crossings, kpi.Value.Compare)
	var parts []Segment
	from, pay := s.From, s.Pay
	for _, to := range append(slices.Compact(crossings), s.To) {
		line := func(x kpi.Value) kpi.Value { return s.Start.Add(s.Rate.Mul(x.Sub(s.From))) }
		part := Segment{From: from, To: to, Pay: g.within(pay), Start: g.within(line(from))}
		middle := from.Add(kpi.Int(1))
		if to.Defined() {
			middle = from.Add(to).Div(kpi.Int(2))
			part.End = g.within(line(to))
		}
		part.Rate = g.within(line(middle)).Sub(part.Start).Div(middle.Sub(from))
		parts = append(parts, part)
		if to.Defined() {
			from, pay = to, line(to)
		}
	}
	return parts
}

// payAt reads a profile.
func payAt(segments []Segment, x kpi.Value) kpi.Value {
	for i := len(segments) - 1; i >= 0; i-- {
		s := segments[i]
		if x == s.From {
			return s.Pay
		}
		if s.From.Less(x) {
			return s.Start.Add(s.Rate.Mul(x.Sub(s.From)))
		}
	}
	if !x.Defined() {
		return x
	}
	return kpi.Int(0)
}
