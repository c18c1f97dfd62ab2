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
// Every problem comes with its path in the diff, and p is not changed.
func (p Plan) Apply(d Diff) (Plan, error) {
	problems := check.List{Op: "plan.Apply"}
	problems.Nest("plan", p.Validate())
	if err := problems.Err(); err != nil {
		return Plan{}, err
	}
	p = p.Sorted()
	p.set(d.Settings.apply(&problems, "settings", p.settings()))
	p.Preparation = p.Preparation.apply(&problems, d.Preparation)
	p.Metrics = d.Metrics.apply(&problems, "metrics", p.Metrics, metricID)
	p.Objectives = d.Objectives.apply(&problems, "objectives", p.Objectives, objectiveID)
	p.Goals = d.Goals.apply(&problems, "goals", p.Goals, goalID)
	p.Assessments = d.Assessments.apply(&problems, "assessments", p.Assessments, assessmentGoal)
	p.Commitments = p.applyCommitments(&problems, d.Commitments)
	p.Cadences = d.Cadences.apply(&problems, "cadences", p.Cadences, cadenceID)
	p.Owners = treeOf(&problems, "owners", d.Owners.apply(&problems, "owners", rowsOf(p.Owners), ownerID))
	p.Breakdowns = d.Breakdowns.apply(&problems, "breakdowns", p.Breakdowns, breakdownGoal)
	p.applyCells(&problems, d.Cells)
	p.Stated = d.Stated.apply(&problems, "stated", p.Stated, statedGoal)
	p.applyStated(&problems, d.StatedCells)
	p.Actions = d.Actions.apply(&problems, p.Actions)
	if problems.Empty() {
		problems.Nest("result", p.Validate())
	}
	if err := problems.Err(); err != nil {
		return Plan{}, err
	}
	return p.Sorted(), nil
}

func (p *Plan) applyCells(problems *check.List, cells []CellDiff) {
	for i, c := range cells {
		at := slices.IndexFunc(p.Breakdowns, func(b *target.Breakdown) bool { return breakdownGoal(b) == c.Goal })
		if at < 0 || p.Breakdowns[at] == nil {
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
