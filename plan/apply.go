package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Apply gives the plan to which a diff leads. It takes nothing on trust: what
// the diff removes or changes has to be there as it says (check.ErrInvalid,
// not_the_same; check.ErrUnknown, not_there), what it adds must not be
// (check.ErrDuplicate, there_already), and the result must be a valid plan.
func (p Plan) Apply(d Diff) (Plan, error) {
	problems := check.List{Op: "plan.Apply"}
	problems.Nest("plan", p.Validate())
	if err := problems.Err(); err != nil {
		return Plan{}, err
	}
	p = p.Sorted()
	if d.Settings != nil {
		p.applySettings(&problems, *d.Settings)
	}
	if d.Preparation != nil {
		if !same(p.Preparation, d.Preparation.From) {
			problems.Add(check.ErrInvalid, "preparation.from", "not_the_same", nil)
		}
		p.Preparation = d.Preparation.To.sorted()
	}
	if d.Actions != nil {
		if !same(p.Actions, d.Actions.From) {
			problems.Add(check.ErrInvalid, "actions.from", "not_the_same", nil)
		}
		p.Actions = d.Actions.To
	}
	p.Metrics = d.Metrics.apply(&problems, "metrics", p.Metrics, metricID)
	p.Objectives = d.Objectives.apply(&problems, "objectives", p.Objectives, objectiveID)
	p.Goals = d.Goals.apply(&problems, "goals", p.Goals, goalID)
	p.Assessments = d.Assessments.apply(&problems, "assessments", p.Assessments, assessmentGoal)
	p.Commitments = d.Commitments.apply(&problems, "commitments", p.Commitments, commitmentsGoal)
	p.Cadences = d.Cadences.apply(&problems, "cadences", p.Cadences, cadenceID)
	p.Stated = d.Stated.apply(&problems, "stated", p.Stated, statedGoal)
	p.Breakdowns = d.Breakdowns.apply(&problems, "breakdowns", p.Breakdowns, breakdownGoal)
	p.applyCells(&problems, d.Cells)
	if problems.Empty() {
		problems.Nest("result", p.Validate())
	}
	if err := problems.Err(); err != nil {
		return Plan{}, err
	}
	return p.Sorted(), nil
}

func (p *Plan) applySettings(problems *check.List, s Pair[Settings]) {
	if !same(p.settings(), s.From) {
		problems.Add(check.ErrInvalid, "settings.from", "not_the_same", s.From.ID)
	}
	p.ID, p.Name, p.Calendar, p.Owners, p.Curve, p.Thresholds = s.To.ID, s.To.Name, s.To.Calendar, s.To.Owners, s.To.Curve, s.To.Thresholds
}

func (p *Plan) applyCells(problems *check.List, cells []CellDiff) {
	for i, c := range cells {
		at := slices.IndexFunc(p.Breakdowns, func(b *target.Breakdown) bool { return breakdownGoal(b) == c.Goal })
		if at < 0 {
			problems.Add(check.ErrUnknown, check.At("cells", i, "goal"), "not_there", c.Goal)
			continue
		}
		b, err := p.Breakdowns[at].Apply(c.Diff)
		problems.Nest(check.At("cells", i, "diff"), err)
		if err == nil {
			p.Breakdowns[at] = b
		}
	}
}

// apply gives the list with its changes.
func (c Changes[T]) apply(problems *check.List, at string, list []T, key func(T) string) []T {
	find := func(item T) int {
		return slices.IndexFunc(list, func(other T) bool { return key(other) == key(item) })
	}
	verify := func(path string, item T) int {
		i := find(item)
		switch {
		case i < 0:
			problems.Add(check.ErrUnknown, path, "not_there", key(item))
		case !same(list[i], item):
			problems.Add(check.ErrInvalid, path, "not_the_same", key(item))
		}
		return i
	}
	for i, pair := range c.Changed {
		if k := verify(check.At(at, "changed", i, "from"), pair.From); k >= 0 {
			list[k] = pair.To
		}
	}
	for i, item := range c.Removed {
		if k := verify(check.At(at, "removed", i), item); k >= 0 {
			list = slices.Delete(list, k, k+1)
		}
	}
	for i, item := range c.Added {
		if find(item) >= 0 {
			problems.Add(check.ErrDuplicate, check.At(at, "added", i), "there_already", key(item))
		}
		list = append(list, item)
	}
	if len(list) == 0 {
		return nil
	}
	return by(list, key)
}
