package incentive

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Trial is what a plan is linted with. All of it may be left out; what needs
// it is then left out of the report. It is a record.
type Trial struct {
	// Results states quota and target pay of one typical payee, by component.
	Results []Result `json:"results"`
	Past    []Past   `json:"past"`

	Payees   int       `json:"payees,omitzero"`    // how many will be paid
	Budget   kpi.Value `json:"budget,omitzero"`    // for all of them in a period
	MostRate kpi.Value `json:"most_rate,omitzero"` // the highest marginal rate that is wanted
}

// Past is what payees attained in past periods: one attainment for each
// payee and period, in any order.
type Past struct {
	Component   string      `json:"component"`
	Attainments []kpi.Value `json:"attainments"`
}

// LintReport says what a plan will pay, and what of it is unwise.
type LintReport struct {
	Components []ComponentLint `json:"components"` // in the order of the plan
	Cost       kpi.Value       `json:"cost"`       // of all payees in a period as the past was; undefined without it
	Findings   []check.Finding `json:"findings"`
}

// ComponentLint is what one component pays.
type ComponentLint struct {
	Component string    `json:"component"`
	Segments  []Segment `json:"segments"` // see [Plan.Profile]; none where tiers overlap or pay needs a quota
	N         int       `json:"n"`        // past attainments with a number
	P10       PayAt     `json:"p10"`
	P50       PayAt     `json:"p50"`
	P90       PayAt     `json:"p90"`
	Mean      kpi.Value `json:"mean"` // pay, over the past attainments
}

// PayAt is what an attainment pays.
type PayAt struct {
	Attainment kpi.Value `json:"attainment"`
	Pay        kpi.Value `json:"pay"`
}

// leastPast is how many past attainments quantiles need: the 10th and the
// 90th percentile of fewer than ten are their extremes.
const leastPast = 10

// Lint looks for what is allowed in a plan and unwise. It finds
//
//	cliff              pay jumps up: deals get moved over the line
//	falling_pay        pay falls by a jump while attainment rises
//	falling_pay_along  pay falls along a line while attainment rises
//	tier_gap           what lies between two tiers is paid nothing
//	tiers_overlap      two tiers share a part; such a plan cannot pay
//	steep              the marginal rate lies above MostRate
//	over_budget        past attainments would cost more than the budget
//	no_quota           what a component pays cannot be looked at without one
//
// and gives what each component pays at the 10th, 50th and 90th percentile
// (type 7) of its past attainments, under ten of which they are undefined
// (TooFew). The cost is the mean pay over the past, times the payees, over
// all components. Jumps are exact: they are differences of the lines on both
// sides, not of two points near by.
//
// It returns an error for a plan that is not valid in another way than by
// overlaps, and for a trial of components that are not in it.
func Lint(p Plan, t Trial) (LintReport, error) {
	problems := check.List{Op: "incentive.Lint"}
	plan := check.List{Op: problems.Op}
	p.check(&plan, false)
	problems.Nest("plan", plan.Err())
	p.checkTrial(&problems, t)
	if err := problems.Err(); err != nil {
		return LintReport{}, err
	}
	w := &scribe{found: []check.Finding{}}
	report := LintReport{Components: []ComponentLint{}}
	for i := range p.Components {
		c := &p.Components[i]
		report.Components = append(report.Components, p.lint(w, c, resultOf(t.Results, c.ID), pastOf(t.Past, c.ID), t.MostRate))
	}
	report.Cost = cost(report.Components, t.Payees)
	if t.Budget.Less(report.Cost) {
		w.add("over_budget", check.Critical, p.ID, "cost", p.Unit.Text(report.Cost), "budget", p.Unit.Text(t.Budget),
			"over", p.Unit.Text(report.Cost.Sub(t.Budget)), "payees", t.Payees)
	}
	report.Findings = w.found
	return report, nil
}

func (p Plan) checkTrial(problems *check.List, t Trial) {
	p.checkResults(problems, t.Results)
	seen := map[string]bool{}
	for i, past := range t.Past {
		at := check.At("past", i, "component")
		switch {
		case p.index(past.Component) < 0:
			problems.Add(check.ErrUnknown, at, "unknown_component", past.Component)
		case seen[past.Component]:
			problems.Add(check.ErrDuplicate, at, "duplicate_component", past.Component)
		}
		seen[past.Component] = true
	}
	if t.Payees < 0 {
		problems.Add(check.ErrRange, "payees", "below_zero", t.Payees)
	}
	optional(problems, "budget", t.Budget)
	optional(problems, "most_rate", t.MostRate)
}

// pastOf gives the attainments of a component that have a number, in order.
func pastOf(past []Past, component string) []kpi.Value {
	var values []kpi.Value
	for _, p := range past {
		if p.Component == component {
			values = slices.Clone(p.Attainments)
		}
	}
	values = slices.DeleteFunc(values, func(v kpi.Value) bool { return !v.Defined() })
	slices.SortFunc(values, kpi.Value.Compare)
	return values
}

func (p Plan) lint(w *scribe, c *Component, r Result, past []kpi.Value, most kpi.Value) ComponentLint {
	l := ComponentLint{Component: c.ID, Segments: []Segment{}, N: len(past)}
	sound := lintTiers(w, c)
	g := newGauge(*c, r)
	if sound {
		if segments := g.segments(); undefinedSegment(segments) == 0 {
			l.Segments = segments
		} else {
			w.add("no_quota", check.Warning, c.ID, "reason", undefinedSegment(segments))
		}
	}
	p.lintSegments(w, &g, l.Segments, most)
	pay := func(attainment kpi.Value) kpi.Value {
		if len(l.Segments) == 0 {
			return kpi.Undefined(kpi.NoTarget)
		}
		return payAt(l.Segments, g.amount(attainment).Max(kpi.Int(0)))
	}
	at := func(percent int64) PayAt {
		attainment := quantile(past, kpi.Frac(percent, 100))
		return PayAt{attainment, pay(attainment)}
	}
	l.P10, l.P50, l.P90 = at(10), at(50), at(90)
	l.Mean = kpi.Undefined(kpi.TooFew)
	if len(past) >= leastPast {
		sum := kpi.Int(0)
		for _, v := range past {
			sum = sum.Add(pay(v))
		}
		l.Mean = sum.Div(kpi.Int(int64(len(past))))
	}
	return l
}

// quantile gives the type 7 quantile of sorted values.
func quantile(values []kpi.Value, q kpi.Value) kpi.Value {
	n := len(values)
	if n < leastPast {
		return kpi.Undefined(kpi.TooFew)
	}
	h := q.Mul(kpi.Int(int64(n - 1)))
	low, _ := h.Minor(0, kpi.Floor)
	if int(low) == n-1 {
		return values[n-1]
	}
	return values[low].Add(values[low+1].Sub(values[low]).Mul(h.Sub(kpi.Int(low))))
}

func cost(components []ComponentLint, payees int) kpi.Value {
	if payees == 0 {
		return kpi.Value{}
	}
	sum := kpi.Int(0)
	for _, c := range components {
		sum = sum.Add(c.Mean)
	}
	return sum.Mul(kpi.Int(int64(payees)))
}

// lintTiers finds gaps and overlaps, and reports whether the tiers can pay.
func lintTiers(w *scribe, c *Component) (sound bool) {
	sound = true
	tiers := sortedTiers(c.Tiers)
	for i := 1; i < len(tiers); i++ {
		a, b := tiers[i-1], tiers[i]
		switch {
		case overlap(a, b):
			sound = false
			w.add("tiers_overlap", check.Critical, c.ID, "at", bound(c.By, b.From), "first", a.label(c.By), "second", b.label(c.By))
		case a.To.Less(b.From):
			w.add("tier_gap", check.Warning, c.ID, "from", bound(c.By, a.To), "to", bound(c.By, b.From))
		}
	}
	return sound
}

// lintSegments looks along the line of pay in the direction in which
// attainment rises.
func (p Plan) lintSegments(w *scribe, g *gauge, segments []Segment, most kpi.Value) {
	sign := kpi.Int(1)
	if g.c.Direction == kpi.LowerIsBetter {
		sign = kpi.Int(-1)
	}
	for i, s := range segments {
		if i > 0 {
			p.lintJump(w, g, s, s.Start.Sub(segments[i-1].End).Mul(sign), segments[i-1].End)
		}
		rate := s.Rate.Mul(sign)
		stretch := []any{"from", g.place(s.From), "to", "∞"}
		if s.To.Defined() {
			stretch[3] = g.place(s.To)
		}
		switch {
		case rate.Sign() < 0:
			w.add("falling_pay_along", check.Critical, g.c.ID, append(stretch, "rate", rateText(rate.Neg()))...)
		case most.Defined() && most.Less(rate):
			w.add("steep", check.Warning, g.c.ID, append(stretch, "rate", rateText(rate), "most", rateText(most))...)
		}
	}
}

func (p Plan) lintJump(w *scribe, g *gauge, s Segment, jump, before kpi.Value) {
	short, there := before, s.Start
	if g.c.Direction == kpi.LowerIsBetter {
		short, there = there, short
	}
	args := []any{"at", g.place(s.From), "jump", p.Unit.Text(jump.Abs()), "short", p.Unit.Text(short), "there", p.Unit.Text(there)}
	switch jump.Sign() {
	case 1:
		w.add("cliff", check.Warning, g.c.ID, args...)
	case -1:
		w.add("falling_pay", check.Critical, g.c.ID, args...)
	}
}

// place writes an amount, and the attainment that it is where there is a
// quota.
func (g *gauge) place(x kpi.Value) string {
	s := number(x, 2)
	if attainment := kpi.Attainment(g.c.Direction, x, g.r.Quota); attainment.Defined() {
		s += " (" + about(attainment) + ")"
	}
	return s
}
