package plan

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// Schema names the JSON form of a [Plan].
const Schema = "saleskpi/plan/1"

// Plan is what is to be reached, why, by whom and by when, and what that was
// made of. It is a record and a stored document; its JSON carries "schema".
// The order of its lists has no meaning: [Plan.Sorted] gives the one that
// results use.
//
// A plan says nothing of its own life: drafts, commitment and revisions are
// those of a [Document].
type Plan struct {
	ID       string            `json:"id"`
	Name     string            `json:"name,omitzero"`
	Calendar calendar.Calendar `json:"calendar"`
	Metrics  []kpi.Metric      `json:"metrics"`

	Preparation Preparation `json:"preparation,omitzero"` // what was known when goals were set

	// Objectives are what goals serve. Where there are any, a goal's objective
	// is the ID of one; without them it is free text.
	Objectives []Objective   `json:"objectives,omitempty"`
	Goals      []target.Goal `json:"goals"`

	// Assessments are the SMART assessments of goals, at most one each; see
	// [Plan.Assess].
	Assessments []target.Assessment `json:"assessments,omitempty"`

	// Breakdowns says how goals are split over owners and periods; a goal has
	// one or none.
	Breakdowns []*target.Breakdown `json:"breakdowns,omitempty"`

	// Stated are the goals that do not add up (shares, rates, levels), stated
	// for owners and periods. Such a goal without one has its owner alone.
	Stated []*target.Stated `json:"stated,omitempty"`

	// Commitments is what people say that they will reach, at most one entry a
	// goal; see [Plan.Reconcile].
	Commitments []Commitments `json:"commitments,omitempty"`

	// Actions is how it is to be done: strategies, actions, who and when. Goals
	// that strategies name are those of this plan; nil where there is none. It
	// is read and never changed.
	Actions *action.Plan `json:"actions,omitempty"`

	Cadences []Cadence `json:"cadences,omitempty"` // when it is reviewed

	// Owners says who is below whom, for goals that are not broken down: what a
	// team reached is then the sum of its people. Weights are not looked at.
	// Without it such a goal has the figures of its owner alone.
	Owners target.Node `json:"owners,omitzero"`

	// Curve is how the targets of goals that add up fall due. ByShares follows
	// Preparation.Season or Preparation.Shares, Learned the Input.History of a
	// review; all of them count working days where Preparation.WorkDays has
	// them.
	Curve      target.Curve      `json:"curve"`
	Thresholds target.Thresholds `json:"thresholds,omitzero"`
}

// Validate reports every problem of the plan: IDs that are missing or stand
// twice; metrics, objectives and goals that are wrong in themselves; goals of
// a metric or an objective that is not in the plan (check.ErrUnknown) or that
// cannot be tracked: of a metric that adds up and has no direction
// (check.ErrUnit, no_direction), or of one in a band without the band; two
// goals of one metric and owner whose periods overlap (check.ErrOverlap);
// assessments, breakdowns, stated goals and commitments that are not of one of
// the goals as it stands, or by another calendar; and what is wrong with the
// preparation, the actions and the cadences, or names no goal or metric of the
// plan. Where the owner of a goal
// without a breakdown has children in breakdowns of other goals, those must
// cover its period and agree on who the children are.
func (p Plan) Validate() error {
	problems := check.List{Op: "plan.Plan"}
	problems.ID("id", "missing_id", p.ID)
	problems.Nest("preparation", p.Preparation.Validate())
	p.checkMetrics(&problems)
	p.checkObjectives(&problems)
	p.checkGoals(&problems)
	p.checkAssessments(&problems)
	p.checkBreakdowns(&problems)
	p.checkStated(&problems)
	p.checkCommitments(&problems)
	p.checkPrepared(&problems)
	p.checkActions(&problems)
	p.checkCadences(&problems)
	if p.Owners.ID != "" || len(p.Owners.Children) > 0 {
		problems.Nest("owners", p.Owners.Validate())
	}
	if problems.Empty() {
		p.checkPeople(&problems)
	}
	p.checkCurve(&problems)
	problems.Nest("thresholds", p.Thresholds.Validate())
	return problems.Err()
}

func (p Plan) metric(id string) (m kpi.Metric, known bool) {
	for _, m := range p.Metrics {
		if m.ID == id {
			return m, true
		}
	}
	return kpi.Metric{}, false
}

func (p Plan) goal(id string) (g target.Goal, known bool) {
	for _, g := range p.Goals {
		if g.ID == id {
			return g, true
		}
	}
	return target.Goal{}, false
}

// breakdown gives the breakdown of a goal, nil where it has none.
func (p Plan) breakdown(goal string) *target.Breakdown {
	for _, b := range p.Breakdowns {
		if b != nil && b.Goal().ID == goal {
			return b
		}
	}
	return nil
}

// stated gives the stated cells of a goal that does not add up, nil where it
// has none.
func (p Plan) stated(goal string) *target.Stated {
	for _, s := range p.Stated {
		if s != nil && s.Goal().ID == goal {
			return s
		}
	}
	return nil
}

func (p Plan) assessment(goal string) (a target.Assessment, known bool) {
	for _, a := range p.Assessments {
		if a.Goal == goal {
			return a, true
		}
	}
	return target.Assessment{}, false
}
