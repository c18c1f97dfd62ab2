package incentive

import (
	"github.com/saleskpi/saleskpi/kpi"
)

// account is one component of one payee in one period: what counts, where
// it stands, and what comes of it.
type account struct {
	c       *Component
	entries []entry // what counts in the period, in the order of marginal tiers
	earlier []entry // reversals that are taken back as paid

	quota, targetPay   kpi.Value
	proration          kpi.Value
	opening            Standing
	opened             bool // something was counted before
	credited, returned kpi.Value
	position           kpi.Value // where tiers and curve are read, as an amount
	attainment, toDate kpi.Value

	open      bool       // its gate
	gated     kpi.Value  // the attainment that the gate looks at
	shut      kpi.Reason // why it cannot be said whether a gate is open
	factor    kpi.Value  // of the accelerator; 1 without
	lines     []Line
	undefined kpi.Reason // why there is no pay
	cut       kpi.Value  // what its caps took
}

// entry is what one credit counts. A stated actual is an entry without one.
type entry struct {
	credit *Credit
	base   kpi.Value
	over   bool // reverses more than was counted
}

// measure finds where the component stands.
func (a *account) measure(in *Input, r Result) {
	a.quota, a.targetPay = r.Quota, a.c.TargetPay
	if (r.TargetPay != kpi.Value{}) {
		a.targetPay = r.TargetPay
	}
	a.opening, a.opened = in.Opening.standing(a.c.ID)
	if (r.Actual != kpi.Value{}) {
		a.entries, a.earlier = []entry{{base: r.Actual}}, nil
	}
	a.credited, a.returned = total(a.entries), total(a.earlier)
	a.position = a.credited
	if a.c.ToDate {
		a.position = plus(a.opening.Credited, a.credited)
	}
	a.attainment = a.attained(a.position)
	standing := a.closing()
	a.toDate = kpi.Attainment(a.c.Direction, standing.Credited, standing.Quota)
}

func total(entries []entry) kpi.Value {
	sum := kpi.Int(0)
	for _, e := range entries {
		sum = sum.Add(e.base)
	}
	return sum
}

func (a *account) attained(position kpi.Value) kpi.Value {
	return kpi.Attainment(a.c.Direction, position, a.quota)
}

// closing gives what the component has behind it after the period, without
// what it earned.
func (a *account) closing() Standing {
	s := Standing{Component: a.c.ID, Credited: plus(a.opening.Credited, a.credited).Add(a.returned)}
	if a.c.ToDate {
		s.Quota = a.quota
	} else {
		s.Quota = plus(a.opening.Quota, a.quota)
	}
	return s
}

// gates opens and closes what depends on attainments, those of other
// components among them.
func (a *account) gates(all []account) {
	a.open, a.factor = a.passes(a.c.Gate, all), kpi.Int(1)
	best := kpi.Value{}
	for _, acc := range a.c.Accelerators {
		if a.passes(acc.Gate, all) && (!best.Defined() || best.Less(acc.Gate.AtLeast)) {
			best, a.factor = acc.Gate.AtLeast, acc.Factor
		}
	}
}

// passes reports whether a gate is open, and notes where that cannot be
// said.
func (a *account) passes(g Gate, all []account) bool {
	if g.none() {
		return true
	}
	of := a
	for i := range all {
		if g.Component != "" && all[i].c.ID == g.Component {
			of = &all[i]
		}
	}
	attainment := of.attainment
	if g.ToDate {
		attainment = of.toDate
	}
	if g == a.c.Gate {
		a.gated = attainment
	}
	if !attainment.Defined() {
		a.shut = kpi.Stronger(a.shut, attainment.Reason())
		return false
	}
	return !attainment.Less(g.AtLeast)
}

// payUnit is what a pay figure of 1 is in money.
func (a *account) payUnit() kpi.Value {
	if (a.targetPay != kpi.Value{}) {
		return a.targetPay.Mul(a.proration)
	}
	return a.proration
}

// rateUnit is what a rate of 1 pays for one of what is counted.
func (a *account) rateUnit() kpi.Value {
	if a.targetPay == (kpi.Value{}) {
		return kpi.Int(1)
	}
	quota := a.quota
	if quota == (kpi.Value{}) {
		quota = kpi.Undefined(kpi.NoTarget)
	}
	return a.targetPay.Mul(a.proration).Div(quota)
}
