package plan

import (
	"fmt"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Learn gives the playbook with the effect of one rule as it was measured,
// with confidence Measured and the source written down; nothing else of it
// changes. The evaluation is of the rule's lever, as a rate, a size or a count
// of it:
//
//	effect = net ÷ mean before, in steps of 0.01 %
//
// Only a change beyond chance is learned, and such a change tends to be
// overstated: what was large by luck is what stands out. Errors are a rule that
// is not there (check.ErrUnknown) or moves no lever, and a change that is within
// chance, unjudged, 0, relative to nothing or not above −100 %
// (check.ErrInvalid).
func (p Playbook) Learn(rule string, e action.Evaluation) (Playbook, error) {
	problems := check.List{Op: "plan.Learn"}
	effect := measured(e)
	i := slices.IndexFunc(p.Rules, func(r Rule) bool { return r.ID == rule })
	switch {
	case i < 0:
		problems.Add(check.ErrUnknown, "rule", "unknown_rule", rule)
	case p.Rules[i].Do.Lever == action.NoLever:
		problems.Add(check.ErrInvalid, "rule", "moves_no_lever", rule)
	}
	switch {
	case e.Verdict != kpi.Distinguishable:
		problems.Add(check.ErrInvalid, "evaluation.verdict", "not_beyond_chance", e.Verdict, "evaluation", e.ID)
	case effect.Sign() == 0 || !kpi.Int(-1).Less(effect):
		problems.Add(check.ErrInvalid, "evaluation.net", "not_a_change", effect, "evaluation", e.ID)
	}
	if err := problems.Err(); err != nil {
		return Playbook{}, err
	}
	p.Rules = slices.Clone(p.Rules)
	for k := range p.Rules {
		p.Rules[k].When = p.Rules[k].When.clone()
	}
	p.Rules[i].Do.Effect, p.Rules[i].Do.Confidence = effect, Measured
	p.Rules[i].Do.Source = fmt.Sprintf("changed after %s: %d units, %d without it", e.ID, e.Units.Counted, e.Others.Counted)
	return p, nil
}

// measured gives the relative change, undefined where there was nothing
// before.
func measured(e action.Evaluation) kpi.Value {
	if e.Units.Before.Sign() <= 0 {
		return kpi.Undefined(kpi.BaseNotPositive)
	}
	const steps = 4
	n, ok := e.Net.Div(e.Units.Before).Minor(steps, kpi.HalfEven)
	if !ok {
		return kpi.Undefined(kpi.NotApplicable)
	}
	return kpi.Minor(n, steps)
}
