package plan

import (
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Resolve gives the plan with a target for every goal that is stated as growth
// over a baseline and has none yet ([target.Goal.Resolve]), on the day on which
// it is committed. Break such a goal down afterwards.
//
// Errors are those of target.Goal.Resolve, with the path goals[i]; goals of a
// metric that the plan does not have are left as they are, for Validate.
func (p Plan) Resolve(on calendar.Day) (Plan, error) {
	problems := check.List{Op: "plan.Resolve"}
	p = p.Sorted()
	for i, g := range p.Goals {
		m, known := p.metric(g.Metric)
		if !known || !unresolved(g) {
			continue
		}
		resolved, err := g.Resolve(m, on)
		problems.Nest(check.At("goals", i), err)
		p.Goals[i] = resolved
	}
	if err := problems.Err(); err != nil {
		return Plan{}, err
	}
	return p, nil
}

// unresolved reports whether the target of a goal is to be made of a growth.
func unresolved(g target.Goal) bool {
	return g.Growth != (target.Growth{}) && g.Growth.Resolved.IsZero()
}

// checkGrowth reports goals whose growth and target say two things.
func (p Plan) checkGrowth(problems *check.List) {
	for i, g := range p.Goals {
		if unresolved(g) {
			problems.Add(check.ErrInvalid, check.At("goals", i, "growth", "resolved"), "not_resolved", g.Growth.Over)
		}
	}
}
