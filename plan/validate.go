package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

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
			p.checkTracked(problems, at, g, m)
		default:
			problems.Nest(at, g.Validate())
			if g.Metric != "" {
				problems.Add(check.ErrUnknown, at+".metric", "unknown_metric", g.Metric)
			}
		}
		p.checkServes(problems, at, g)
		p.checkOverlap(problems, i)
	}
}

// checkServes looks up what a goal serves.
func (p Plan) checkServes(problems *check.List, at string, g target.Goal) {
	if len(p.Objectives) > 0 && g.Objective != "" && !slices.ContainsFunc(p.Objectives, func(o Objective) bool { return o.ID == g.Objective }) {
		problems.Add(check.ErrUnknown, at+".objective", "unknown_objective", g.Objective)
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

// checkTracked wants a band of a metric in a band, which does not add up.
func (p Plan) checkTracked(problems *check.List, at string, g target.Goal, m kpi.Metric) {
	switch {
	case m.Direction != kpi.InBand:
	case m.Additivity == kpi.Additive:
		problems.Add(check.ErrUnit, at+".metric", "no_direction", m.Direction, "metric", m.ID)
	case g.Within == kpi.Band{}:
		problems.Add(check.ErrMissing, at+".within", "missing_band", m.ID)
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
		p.checkPart(problems, at, goal, seen[goal.ID])
		seen[goal.ID] = true
		if cal := b.Split().Calendar; cal != p.Calendar {
			problems.Add(check.ErrInvalid, at+".calendar", "not_the_calendar_of_the_plan", nil)
		}
		if m, known := p.metric(b.Metric().ID); known && m != b.Metric() {
			problems.Add(check.ErrInvalid, at+".metric", "not_the_metric_of_the_plan", m.ID)
		}
	}
}

func (p Plan) checkAssessments(problems *check.List) {
	seen := map[string]bool{}
	for i, a := range p.Assessments {
		at := check.At("assessments", i, "goal")
		if _, known := p.goal(a.Goal); !known {
			problems.Add(check.ErrUnknown, at, "unknown_goal", a.Goal)
		}
		if seen[a.Goal] {
			problems.Add(check.ErrDuplicate, at, "duplicate_assessment", a.Goal)
		}
		seen[a.Goal] = true
	}
}

func (p Plan) checkStated(problems *check.List) {
	seen := map[string]bool{}
	for i, s := range p.Stated {
		at := check.At("stated", i)
		if s == nil || len(s.Owners()) == 0 {
			problems.Add(check.ErrMissing, at, "missing_stated_goal", nil)
			continue
		}
		goal := s.Goal()
		p.checkPart(problems, at, goal, seen[goal.ID])
		seen[goal.ID] = true
		if s.Split().Calendar != p.Calendar {
			problems.Add(check.ErrInvalid, at+".calendar", "not_the_calendar_of_the_plan", nil)
		}
		if m, known := p.metric(s.Metric().ID); known && m != s.Metric() {
			problems.Add(check.ErrInvalid, at+".metric", "not_the_metric_of_the_plan", m.ID)
		}
	}
}

// checkPart compares the goal that a breakdown or stated goal is of with that
// of the plan.
func (p Plan) checkPart(problems *check.List, at string, goal target.Goal, twice bool) {
	stated, known := p.goal(goal.ID)
	switch {
	case !known:
		problems.Add(check.ErrUnknown, at+".goal.id", "unknown_goal", goal.ID)
	case twice:
		problems.Add(check.ErrDuplicate, at+".goal.id", "duplicate_breakdown", goal.ID)
	case stated != goal:
		problems.Add(check.ErrInvalid, at+".goal", "not_the_goal_of_the_plan", goal.ID)
	}
}

// checkPrepared looks up what was prepared for: metrics and goals.
func (p Plan) checkPrepared(problems *check.List) {
	metric := func(id string, at ...any) {
		if _, known := p.metric(id); id != "" && !known {
			problems.Add(check.ErrUnknown, check.At(at...), "unknown_metric", id)
		}
	}
	for i, s := range p.Preparation.Segments {
		metric(s.Metric, "preparation", "segments", i, "metric")
	}
	for i, t := range p.Preparation.Teams {
		metric(t.Metric, "preparation", "teams", i, "metric")
	}
	for i, a := range p.Preparation.Assumptions {
		for k, id := range a.Goals {
			if _, known := p.goal(id); !known {
				problems.Add(check.ErrUnknown, check.At("preparation", "assumptions", i, "goals", k), "unknown_goal", id)
			}
		}
	}
}

func (p Plan) checkCadences(problems *check.List) {
	ids := once{}
	for i, c := range p.Cadences {
		at := check.At("cadences", i)
		problems.Nest(at, c.Validate())
		if c.ID != "" {
			ids.add(problems, at+".id", c.ID)
		}
	}
}

// checkActions looks at how it is to be done, and at the goals that strategies
// serve.
func (p Plan) checkActions(problems *check.List) {
	if p.Actions == nil {
		return
	}
	problems.Nest("actions", p.Actions.Validate())
	for i, s := range p.Actions.Strategies {
		if _, known := p.goal(s.Goal); s.Goal != "" && !known {
			problems.Add(check.ErrUnknown, check.At("actions", "strategies", i, "goal"), "unknown_goal", s.Goal)
		}
	}
}
