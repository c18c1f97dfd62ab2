package plan

import (
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Commitments is what people say they will reach of a goal, the bottom-up
// side of a plan, and which of it is taken as it is. It is a record.
type Commitments struct {
	Goal        string              `json:"goal"` // one that is broken down
	Acceptance  target.Acceptance   `json:"acceptance,omitzero"`
	Commitments []target.Commitment `json:"commitments"` // for the goal's whole period
}

// Reconcile sets what was broken down of a goal against what people commit to
// for its whole period; see [target.Breakdown.Reconcile]. ok is false for a
// goal that is unknown or not broken down, and for a plan that is not valid.
func (p Plan) Reconcile(goal string) (r target.Reconciliation, ok bool) {
	b := p.breakdown(goal)
	if b == nil {
		return target.Reconciliation{}, false
	}
	r, err := p.committed(goal).against(b)
	return r, err == nil
}

// committed gives the commitments to a goal, none where there are none.
func (p Plan) committed(goal string) Commitments {
	for _, c := range p.Commitments {
		if c.Goal == goal {
			return c
		}
	}
	return Commitments{Goal: goal}
}

func (c Commitments) against(b *target.Breakdown) (target.Reconciliation, error) {
	return b.Reconcile(b.Goal().Period, c.Commitments, c.Acceptance)
}

func (p Plan) checkCommitments(problems *check.List) {
	seen := map[string]bool{}
	for i, c := range p.Commitments {
		at := check.At("commitments", i)
		_, known := p.goal(c.Goal)
		b := p.breakdown(c.Goal)
		switch {
		case !known:
			problems.Add(check.ErrUnknown, at+".goal", "unknown_goal", c.Goal)
		case seen[c.Goal]:
			problems.Add(check.ErrDuplicate, at+".goal", "goal_twice", c.Goal)
		case b == nil:
			problems.Add(check.ErrInvalid, at+".goal", "not_broken_down", c.Goal)
		default:
			_, err := c.against(b)
			problems.Nest(at, err)
		}
		seen[c.Goal] = true
	}
}
