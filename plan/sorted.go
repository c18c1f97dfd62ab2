package plan

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// Sorted gives the plan with its lists in the order of their IDs, compared as
// bytes; breakdowns, stated goals, assessments and commitments follow the IDs
// of their goals. Nothing is shared with p but what is immutable.
func (p Plan) Sorted() Plan {
	p.Preparation = p.Preparation.sorted()
	p.Actions = sortedActions(p.Actions)
	p.Metrics = by(p.Metrics, metricID)
	p.Objectives = by(p.Objectives, objectiveID)
	p.Goals = by(p.Goals, goalID)
	p.Assessments = by(p.Assessments, assessmentGoal)
	p.Breakdowns = by(p.Breakdowns, breakdownGoal)
	p.Stated = by(p.Stated, statedGoal)
	p.Commitments = by(p.Commitments, commitmentsGoal)
	p.Cadences = by(p.Cadences, cadenceID)
	for i := range p.Commitments {
		p.Commitments[i].Commitments = slices.SortedStableFunc(slices.Values(p.Commitments[i].Commitments), compareCommitments)
	}
	return p
}

// sortedActions gives the action plan with its lists in the order of their
// IDs.
func sortedActions(p *action.Plan) *action.Plan {
	if p == nil {
		return nil
	}
	s := *p
	s.Strategies = by(s.Strategies, func(x action.Strategy) string { return x.ID })
	s.Actions = by(s.Actions, func(x action.Action) string { return x.ID })
	s.Milestones = by(s.Milestones, func(x action.Milestone) string { return x.ID })
	s.People = by(s.People, func(x action.Person) string { return x.ID })
	s.Routines = by(s.Routines, func(x action.Routine) string { return x.ID })
	s.Activities = by(s.Activities, func(x action.Activity) string { return x.ID })
	return &s
}

func (p Preparation) sorted() Preparation {
	p.Segments = by(p.Segments, func(s Segment) string { return s.ID })
	p.Needs = by(p.Needs, func(n Need) string { return n.ID })
	p.Assumptions = by(p.Assumptions, func(a Assumption) string { return a.ID })
	p.Teams = slices.Clone(p.Teams)
	slices.SortStableFunc(p.Teams, func(a, b Team) int {
		return cmp.Or(cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Metric, b.Metric), a.Period.Compare(b.Period))
	})
	p.Season, p.Shares = p.sortedSeason(), slices.Clone(p.Shares)
	p.History.Figures = slices.Clone(p.History.Figures)
	slices.SortStableFunc(p.History.Figures, kpi.Figure.Compare)
	return p
}

// by gives a copy in the order of keys; equal keys keep their order. No list
// stays none.
func by[T any](list []T, key func(T) string) []T {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
	return list
}

func compareCommitments(a, b target.Commitment) int {
	return cmp.Or(cmp.Compare(a.Owner, b.Owner), a.Day.Compare(b.Day), cmp.Compare(a.Author, b.Author))
}

// The keys of the lists, by which they are sorted and compared.

func metricID(m kpi.Metric) string              { return m.ID }
func objectiveID(o Objective) string            { return o.ID }
func goalID(g target.Goal) string               { return g.ID }
func assessmentGoal(a target.Assessment) string { return a.Goal }
func cadenceID(c Cadence) string                { return c.ID }
func commitmentsGoal(c Commitments) string      { return c.Goal }

func breakdownGoal(b *target.Breakdown) string {
	if b == nil {
		return ""
	}
	return b.Goal().ID
}

func statedGoal(s *target.Stated) string {
	if s == nil {
		return ""
	}
	return s.Goal().ID
}
