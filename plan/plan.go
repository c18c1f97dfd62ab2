package plan

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Schema names the JSON form of a [Plan].
const Schema = "saleskpi/plan/1"

// Plan is a sales plan: what is measured, what is aimed at, and by whom. It
// is a record and a stored document; its JSON carries "schema".
type Plan struct {
	ID       string            `json:"id"`
	Name     string            `json:"name,omitzero"`
	Calendar calendar.Calendar `json:"calendar"`
	Metrics  []kpi.Metric      `json:"metrics"`
	Goals    []target.Goal     `json:"goals"`

	// Breakdowns says how goals are split over owners and periods; a goal has
	// one or none.
	Breakdowns []*target.Breakdown `json:"breakdowns,omitempty"`

	// Owners says who is below whom, for goals that are not broken down: what a
	// team reached is then the sum of its people. Weights are not looked at.
	// Without it such a goal has the figures of its owner alone.
	Owners target.Node `json:"owners,omitzero"`

	Curve      target.Curve      `json:"curve"` // how targets fall due
	Thresholds target.Thresholds `json:"thresholds,omitzero"`
}

// Validate reports every problem of the plan: IDs that are missing or stand
// twice; metrics and goals that are wrong in themselves; goals of a metric
// that is not in the plan (check.ErrUnknown) or that cannot be tracked
// because it is not additive or has no direction (check.ErrUnit); two goals
// of one metric and owner whose periods overlap (check.ErrOverlap); and
// breakdowns that are not of one of the goals as it stands, or by another
// calendar. Where the owner of a goal without a breakdown has children in
// breakdowns of other goals, those must cover its period and agree on who the
// children are.
func (p Plan) Validate() error {
	problems := check.List{Op: "plan.Plan"}
	problems.ID("id", "missing_id", p.ID)
	p.checkMetrics(&problems)
	p.checkGoals(&problems)
	p.checkBreakdowns(&problems)
	if p.Owners.ID != "" || len(p.Owners.Children) > 0 {
		problems.Nest("owners", p.Owners.Validate())
	}
	if problems.Empty() {
		p.checkPeople(&problems)
	}
	if p.Curve > target.Linear {
		problems.Add(check.ErrUnknown, "curve", "unknown_word", uint8(p.Curve))
	}
	problems.Nest("thresholds", p.Thresholds.Validate())
	return problems.Err()
}

func (p Plan) checkMetrics(problems *check.List) {
	seen := map[string]bool{}
	for i, m := range p.Metrics {
		problems.Nest(check.At("metrics", i), m.Validate())
		if seen[m.ID] {
			problems.Add(check.ErrDuplicate, check.At("metrics", i, "id"), "duplicate_metric", m.ID)
		}
		seen[m.ID] = true
	}
}

func (p Plan) checkGoals(problems *check.List) {
	seen := map[string]bool{}
	for i, g := range p.Goals {
		at := check.At("goals", i)
		if g.ID != "" && seen[g.ID] {
			problems.Add(check.ErrDuplicate, at+".id", "duplicate_goal", g.ID)
		}
		seen[g.ID] = true
		m, known := p.metric(g.Metric)
		switch {
		case known:
			problems.Nest(at, g.ValidateFor(m))
			p.checkTracked(problems, at, m)
		default:
			problems.Nest(at, g.Validate())
			if g.Metric != "" {
				problems.Add(check.ErrUnknown, at+".metric", "unknown_metric", g.Metric)
			}
		}
		p.checkOverlap(problems, i)
	}
}

// checkPeople looks at the goals without a breakdown whose people stand in
// the breakdowns of others.
func (p Plan) checkPeople(problems *check.List) {
	for i, g := range p.Goals {
		if p.breakdown(g.ID) != nil {
			continue
		}
		if _, problem := p.peopleOf(g); problem != "" {
			problems.Add(check.ErrInvalid, check.At("goals", i, "owner"), problem, g.Owner, "metric", g.Metric)
		}
	}
}

func (p Plan) checkTracked(problems *check.List, at string, m kpi.Metric) {
	if m.Additivity != kpi.Additive && m.Additivity <= kpi.Distinct {
		problems.Add(check.ErrUnit, at+".metric", "not_additive", m.Additivity, "metric", m.ID)
	}
	if m.Direction == kpi.InBand {
		problems.Add(check.ErrUnit, at+".metric", "no_direction", m.Direction, "metric", m.ID)
	}
}

// checkOverlap looks at the goals before the i-th alone, so that a pair is
// reported once.
func (p Plan) checkOverlap(problems *check.List, i int) {
	g := p.Goals[i]
	for _, other := range p.Goals[:i] {
		if other.Metric != g.Metric || other.Owner != g.Owner {
			continue
		}
		if both, overlap := other.Period.Intersect(g.Period); overlap {
			problems.Add(check.ErrOverlap, check.At("goals", i, "period"), "goals_overlap", g.Period, "with", other.ID, "days", both)
		}
	}
}

func (p Plan) checkBreakdowns(problems *check.List) {
	seen := map[string]bool{}
	for i, b := range p.Breakdowns {
		at := check.At("breakdowns", i)
		if b == nil {
			problems.Add(check.ErrMissing, at, "missing_breakdown", nil)
			continue
		}
		goal := b.Goal()
		stated, known := p.goal(goal.ID)
		switch {
		case !known:
			problems.Add(check.ErrUnknown, at+".goal.id", "unknown_goal", goal.ID)
		case seen[goal.ID]:
			problems.Add(check.ErrDuplicate, at+".goal.id", "duplicate_breakdown", goal.ID)
		case stated != goal:
			problems.Add(check.ErrInvalid, at+".goal", "not_the_goal_of_the_plan", goal.ID)
		}
		seen[goal.ID] = true
		if cal := b.Split().Calendar; cal != p.Calendar {
			problems.Add(check.ErrInvalid, at+".calendar", "not_the_calendar_of_the_plan", nil)
		}
		if m, known := p.metric(b.Metric().ID); known && m != b.Metric() {
			problems.Add(check.ErrInvalid, at+".metric", "not_the_metric_of_the_plan", m.ID)
		}
	}
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
		if b.Goal().ID == goal {
			return b
		}
	}
	return nil
}

// plain is a Plan without its methods, for the JSON form.
type plain Plan

type document struct {
	Schema string `json:"schema"`
	plain
}

// MarshalJSON gives the document, with "schema":"saleskpi/plan/1".
func (p Plan) MarshalJSON() ([]byte, error) {
	return json.Marshal(document{Schema, plain(p)})
}

// UnmarshalJSON reads what MarshalJSON writes. Another schema, an unknown
// field and a plan that Validate would report are errors, each with its
// path; null leaves the plan as it is.
func (p *Plan) UnmarshalJSON(data []byte) error {
	const op = "plan.Plan"
	var doc document
	if ok, err := check.DecodeStored(op, Schema, data, &doc); !ok {
		return err
	}
	if err := Plan(doc.plain).Validate(); err != nil {
		return err
	}
	*p = Plan(doc.plain)
	return nil
}
