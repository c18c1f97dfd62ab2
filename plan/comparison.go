package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Comparison is two plans, and what is known beside them.
type Comparison struct {
	From Side
	To   Side
}

// Side is one of two plans that are compared. Whatever else it has may be left
// out.
type Side struct {
	Plan Plan

	// Aims say what goals are made of, so that what the plan promises can be
	// set against the other ([action.Plan.Promise]): one for each goal at
	// most. Period and target are those of the goal where they are left out,
	// the direction is that of its metric.
	Aims []action.Aim

	// Load asks how much people have to do ([action.Plan.Workload]).
	Load *action.LoadQuestion
}

func (s Side) check(problems *check.List, at string) {
	problems.Nest(at, s.Plan.Validate())
	if !problems.Empty() {
		return
	}
	seen := map[string]bool{}
	for i, a := range s.Aims {
		path := check.At(at, "aims", i)
		g, known := s.Plan.goal(a.Goal)
		switch {
		case !known:
			problems.Add(check.ErrUnknown, path+".goal", "unknown_goal", a.Goal)
			continue
		case seen[a.Goal]:
			problems.Add(check.ErrDuplicate, path+".goal", "duplicate_aim", a.Goal)
		}
		seen[a.Goal] = true
		if !a.Period.IsZero() && a.Period != g.Period {
			problems.Add(check.ErrInvalid, path+".period", "other_period", a.Period, "period", g.Period)
		}
		if a.Target != (kpi.Value{}) && a.Target != g.Target {
			problems.Add(check.ErrInvalid, path+".target", "other_target", a.Target, "target", g.Target)
		}
		a = s.fill(a)
		problems.Nest(path, a.ValidateFor(s.doing(a)))
	}
}

// aim gives what a goal is made of, where that is known.
func (s Side) aim(goal string) (a action.Aim, known bool) {
	i := slices.IndexFunc(s.Aims, func(a action.Aim) bool { return a.Goal == goal })
	if i < 0 {
		return action.Aim{}, false
	}
	return s.fill(s.Aims[i]), true
}

func (s Side) fill(a action.Aim) action.Aim {
	g, _ := s.Plan.goal(a.Goal)
	m, _ := s.Plan.metric(g.Metric)
	a.Period, a.Target, a.Direction = g.Period, g.Target, m.Direction
	return a
}

// doing gives the strategies of the plan, none where it has no action plan.
func (s Side) doing(a action.Aim) action.Plan {
	if s.Plan.Actions != nil {
		return *s.Plan.Actions
	}
	return action.Plan{ID: s.Plan.ID, Period: a.Period, Unit: kpi.Money("XXX", 2)}
}
