package incentive

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// earn gives the lines of what the component earns in the period, exact, and
// before its gate and limits.
func (a *account) earn(of calendar.Period, all []account) {
	rows := a.rows(all)
	a.lines = make([]Line, 0, len(a.entries)+len(rows)+1)
	reason := kpi.Stronger(a.shut, a.position.Reason())
	if a.needsQuota() {
		reason = kpi.Stronger(reason, a.attainment.Reason())
	}
	switch {
	case reason != 0:
		a.withhold(reason)
	case len(a.c.Curve) > 0:
		a.earnAlong(sortedPoints(a.c.Curve))
	case a.c.Mode == Whole:
		a.earnWhole(rows)
	default:
		a.earnMarginal(rows)
	}
	for i := range a.lines {
		a.lines[i].Of, a.lines[i].Component = of, a.c.ID
	}
}

// needsQuota reports whether pay is read by the quota.
func (a *account) needsQuota() bool {
	return a.c.By == ByAttainment || (a.targetPay != kpi.Value{}) && len(a.c.Curve) == 0 && a.rated()
}

func (a *account) rated() bool {
	for _, t := range a.c.Tiers {
		if !t.flat() {
			return true
		}
	}
	return false
}

// withhold gives lines without pay: it cannot be said what it is. There is
// one without credits too, so that no sum passes over it.
func (a *account) withhold(reason kpi.Reason) {
	a.undefined = reason
	entries := a.entries
	if len(entries) == 0 {
		entries = []entry{{base: kpi.Int(0)}}
	}
	for _, e := range entries {
		l := e.line("", e.base, kpi.Undefined(reason))
		l.Exact = kpi.Undefined(reason)
		a.lines = append(a.lines, l)
	}
}

// line gives the commission of a part of an entry.
func (e entry) line(tier string, base, rate kpi.Value) Line {
	l := Line{Kind: Commission, Tier: tier, Base: base, Rate: rate, Exact: base.Mul(rate)}
	if c := e.credit; c != nil {
		l.Credit, l.Reverses, l.Deal, l.Day = c.ID, c.Reverses, c.deal(), c.Day
	}
	return l
}

// add appends a line that is pay without a base, where there is any.
func (a *account) add(kind Kind, e entry, tier string, pay kpi.Value) {
	if pay.Sign() == 0 {
		return
	}
	l := e.line(tier, kpi.Value{}, kpi.Value{})
	l.Kind, l.Exact = kind, pay
	a.lines = append(a.lines, l)
}

// before gives the position before the period, and whether tiers look at it.
func (a *account) before() (position kpi.Value, looked bool) {
	return a.opening.Credited.Or(kpi.Int(0)), a.c.ToDate && a.opened
}

// earnMarginal walks from credit to credit and gives each tier's part its
// rate, and each flat to the credit that reaches it.
func (a *account) earnMarginal(rows []row) {
	position, begun := a.before()
	if !a.c.ToDate {
		position = kpi.Int(0)
	}
	for i := range rows {
		r := &rows[i]
		r.start = r.part(position)
		r.end = r.start
		r.reached = begun && !position.Less(r.from)
	}
	for _, e := range a.entries {
		position = position.Add(e.base)
		a.step(e, rows, position)
	}
	if len(a.entries) == 0 && !begun {
		a.step(entry{base: kpi.Int(0)}, rows, position)
	}
	for i := range rows {
		a.limitTier(&rows[i])
	}
}

// step moves to the position that an entry leads to.
func (a *account) step(e entry, rows []row, position kpi.Value) {
	outside := e.base
	for i := range rows {
		r := &rows[i]
		if part := r.part(position); part != r.end {
			base := part.Sub(r.end)
			r.end, outside = part, outside.Sub(base)
			a.lines = append(a.lines, e.line(r.label, base, r.rate))
		}
		if reached := !position.Less(r.from); r.tier.flat() && reached != r.reached {
			r.reached = reached
			pay := r.flat
			if !reached {
				pay = pay.Neg()
			}
			a.add(Flat, e, r.label, pay)
		}
	}
	if outside.Sign() != 0 || e.base.Sign() == 0 && e.credit != nil {
		a.lines = append(a.lines, e.line("", outside, kpi.Int(0)))
	}
}

// limitTier brings the lines of a tier to its minimum and maximum: what is
// too much is taken from them in proportion, what is missing is added.
func (a *account) limitTier(r *row) {
	if !r.least.Defined() && !r.most.Defined() {
		return
	}
	want := r.pay(r.end).Sub(r.pay(r.start))
	have := r.end.Sub(r.start).Mul(r.rate)
	a.bring(r.label, have, want)
}

// bring makes the commissions of a tier add up to what is wanted.
func (a *account) bring(label string, have, want kpi.Value) {
	if have == want {
		return
	}
	kept := want.Div(have)
	if kept.Defined() && kept.Sign() >= 0 && kept.Less(kpi.Int(1)) {
		for i := range a.lines {
			if l := &a.lines[i]; l.Tier == label && (l.Kind == Commission || l.Kind == Revaluation) {
				l.keep(kept)
			}
		}
		return
	}
	a.add(TierLimit, entry{}, label, want.Sub(have))
}

// keep leaves a share of a line's pay.
func (l *Line) keep(share kpi.Value) {
	if share == kpi.Int(1) {
		return
	}
	l.Kept = l.Kept.Or(kpi.Int(1)).Mul(share)
	l.Exact = l.Exact.Mul(share)
}

// earnWhole pays all by the tier in which the position lies. To date, what
// was counted before moves to that tier too, in a line of its own.
func (a *account) earnWhole(rows []row) {
	now, was := a.reach(rows, a.position), (*row)(nil)
	position, begun := a.before()
	if begun {
		was = a.reach(rows, position)
	}
	label, rate := "", kpi.Int(0)
	if now != nil {
		label, rate = now.label, now.rate
	}
	for _, e := range a.entries {
		a.lines = append(a.lines, e.line(label, e.base, rate))
	}
	have := a.credited.Mul(rate)
	want := wholePay(now, a.position)
	if begun {
		moved := position.Mul(rate).Sub(wholePay(was, position))
		a.add(Revaluation, entry{}, label, moved)
		have, want = have.Add(moved), want.Sub(wholePay(was, position))
	}
	if now != nil && now.tier.flat() {
		a.add(Flat, entry{}, label, now.flat)
		want = want.Sub(now.flat)
	}
	a.bring(label, have, want)
}

// reach gives the tier in which a position lies, nil where there is none.
func (a *account) reach(rows []row, position kpi.Value) *row {
	if a.c.By == ByAttainment {
		position = a.attained(position)
	}
	for i := len(rows) - 1; i >= 0; i-- {
		if rows[i].contains(position) {
			return &rows[i]
		}
	}
	return nil
}

// wholePay gives what a tier pays for all.
func wholePay(r *row, position kpi.Value) kpi.Value {
	switch {
	case r == nil:
		return kpi.Int(0)
	case r.tier.flat():
		return r.flat
	}
	return r.pay(position)
}

// earnAlong reads the curve, and gives each credit its part of the pay in
// proportion to what it counts.
func (a *account) earnAlong(curve []Point) {
	unit := a.payUnit().Mul(a.factor)
	pay := along(curve, a.read(a.position)).Mul(unit)
	if position, begun := a.before(); begun {
		pay = pay.Sub(along(curve, a.read(position)).Mul(unit))
	}
	const label = "curve"
	rate := pay.Div(a.credited)
	if !rate.Defined() {
		rate = kpi.Int(0)
		a.add(Flat, entry{}, label, pay)
	}
	for _, e := range a.entries {
		a.lines = append(a.lines, e.line(label, e.base, rate))
	}
}

// read gives a position as the curve's axis has it.
func (a *account) read(position kpi.Value) kpi.Value {
	if a.c.By == ByAttainment {
		return a.attained(position)
	}
	return position
}
