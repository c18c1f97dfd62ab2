package target

import (
	"math"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Proposal is what to aim at, from an [Outlook]: 保底, 目标 and 冲刺.
type Proposal struct {
	Base    kpi.Value `json:"base"`
	Target  kpi.Value `json:"target"`
	Stretch kpi.Value `json:"stretch"`

	// Reasons says of each, in this order, with which chance it is reached
	// (proposed), or why there is none (not_proposed); and then once on what
	// that rests (proposal_basis), where there is one.
	Reasons []check.Finding `json:"reasons"`
}

// Odds are the chances with which base, target and stretch are to be
// reached. What is left out has its default:
//
//	Base     0.75
//	Target   0.55
//	Stretch  0.20
type Odds struct {
	Base    kpi.Value `json:"base,omitzero"`
	Target  kpi.Value `json:"target,omitzero"`
	Stretch kpi.Value `json:"stretch,omitzero"`
}

func (o Odds) orDefault() Odds {
	return Odds{Base: o.Base.Or(kpi.Frac(3, 4)), Target: o.Target.Or(kpi.Frac(55, 100)), Stretch: o.Stretch.Or(kpi.Frac(1, 5))}
}

// Propose gives the amounts that are reached with the odds, to the nearest
// multiple of a step, such as 1,000. They are undefined where the outlook
// is, for the same reason, and the reasons then say so.
//
// Errors are a metric as in [kpi.Metric.Validate] or without a direction
// (check.ErrUnit), a step that is not above zero, and odds that are not
// inside 0 and 1 (both check.ErrRange).
func (o Outlook) Propose(metric kpi.Metric, odds Odds, step kpi.Value) (Proposal, error) {
	odds = odds.orDefault()
	problems := check.List{Op: "target.Propose"}
	problems.Nest("metric", metric.Validate())
	if metric.Direction == kpi.InBand {
		problems.Add(check.ErrUnit, "metric.direction", "no_direction", metric.Direction, "metric", metric.ID)
	}
	if !step.Defined() || step.Sign() <= 0 {
		problems.Add(check.ErrRange, "step", "not_positive", step)
	}
	odds.check(&problems)
	if err := problems.Err(); err != nil {
		return Proposal{}, err
	}
	p := Proposal{Reasons: []check.Finding{}}
	for _, level := range []struct {
		name   string
		chance kpi.Value
		amount *kpi.Value
	}{{"base", odds.Base, &p.Base}, {"target", odds.Target, &p.Target}, {"stretch", odds.Stretch, &p.Stretch}} {
		*level.amount = o.reachedWith(metric.Direction, level.chance, step)
		p.Reasons = append(p.Reasons, o.reason(level.name, *level.amount, level.chance, metric.Unit))
	}
	if p.Base.Defined() || p.Target.Defined() || p.Stretch.Defined() {
		p.Reasons = append(p.Reasons, o.basis(metric.Unit))
	}
	return p, nil
}

func (o Odds) check(problems *check.List) {
	inside := func(path string, v kpi.Value) {
		if !v.Defined() || v.Sign() <= 0 || !v.Less(kpi.Int(1)) {
			problems.Add(check.ErrRange, path, "not_a_chance", v)
		}
	}
	inside("odds.base", o.Base)
	inside("odds.target", o.Target)
	inside("odds.stretch", o.Stretch)
}

// reachedWith gives the amount that is reached with a chance, in whole steps.
// This is where an estimate becomes a number that is meant: by rounding.
func (o Outlook) reachedWith(d kpi.Direction, chance, step kpi.Value) kpi.Value {
	below := chance
	if d == kpi.HigherIsBetter {
		below = kpi.Int(1).Sub(chance)
	}
	e := o.Quantile(below)
	amount, ok := e.Float64()
	size, fits := step.Float64()
	if !ok {
		return kpi.Undefined(e.Reason())
	}
	n := math.Round(amount / size)
	if !fits || !(math.Abs(n) < 1<<53) {
		return kpi.Undefined(kpi.NotApplicable)
	}
	return kpi.Int(int64(n)).Mul(step)
}

func (o Outlook) reason(name string, amount, chance kpi.Value, u kpi.Unit) check.Finding {
	if !amount.Defined() {
		return warning("not_proposed", name, "reason", amount.Reason().Title("en"), "reason_zh", amount.Reason().Title("zh"), "pairs", o.Pairs, "least", o.Needed)
	}
	return notice("proposed", name, "amount", u.Text(amount), "chance", percent(chance))
}

// basis says what all three rest on.
func (o Outlook) basis(u kpi.Unit) check.Finding {
	_, middle := rounded(o.P50, u, math.Round)
	return notice("proposal_basis", "", "base", u.Text(o.Base), "growth", percentOf(o.Growth), "pairs", o.Pairs, "middle", middle)
}

// percent writes a share for a sentence.
func percent(v kpi.Value) string { return v.Mul(kpi.Int(100)).Text(1, kpi.HalfEven) + " %" }

func percentOf(e kpi.Estimate) string {
	f, ok := e.Float64()
	if !ok || !(math.Abs(f) < 1e9) {
		return e.String()
	}
	return percent(kpi.Frac(int64(math.Round(f*1000)), 1000))
}

// rounded gives an estimate at the places of a unit, to a side, and writes it
// for a sentence. What differs from a whole one by a billionth is one: on another
// machine the last bits are others.
func rounded(e kpi.Estimate, u kpi.Unit, side func(float64) float64) (v kpi.Value, text string) {
	f, ok := e.Float64()
	f *= math.Pow10(u.Places())
	n := math.Round(f)
	if !(math.Abs(f-n) <= 1e-9*math.Abs(n)) {
		n = side(f)
	}
	if !ok || !(math.Abs(n) < 1<<53) {
		return kpi.Undefined(kpi.Stronger(kpi.NotApplicable, e.Reason())), e.String()
	}
	v = kpi.Minor(int64(n), u.Places())
	return v, u.Text(v)
}
