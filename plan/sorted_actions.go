package plan

import (
	"cmp"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
)

// sortedActions gives an action plan of its own, with its lists in the order
// of their IDs.
func sortedActions(p *action.Plan) *action.Plan {
	if p == nil {
		return nil
	}
	s := *p
	s.Strategies = by(s.Strategies, strategyID)
	for i := range s.Strategies {
		s.Strategies[i].Effects = sortedBy(s.Strategies[i].Effects, func(a, b action.Effect) int { return cmp.Compare(a.Lever, b.Lever) })
	}
	s.Actions = by(s.Actions, actionID)
	for i := range s.Actions {
		s.Actions[i].Roles = sortedBy(s.Actions[i].Roles, compareRoles)
		s.Actions[i].After = sortedBy(s.Actions[i].After, strings.Compare)
	}
	s.Milestones = by(s.Milestones, milestoneID)
	for i := range s.Milestones {
		s.Milestones[i].Actions = sortedBy(s.Milestones[i].Actions, strings.Compare)
	}
	s.People = by(s.People, personID)
	for i := range s.People {
		s.People[i].Away = sortedBy(s.People[i].Away, calendar.Period.Compare)
	}
	s.Routines = by(s.Routines, routineID)
	for i := range s.Routines {
		s.Routines[i].People = sortedBy(s.Routines[i].People, strings.Compare)
	}
	s.Activities = by(s.Activities, activityID)
	return &s
}

func compareRoles(a, b action.Role) int {
	return cmp.Or(cmp.Compare(a.Person, b.Person), cmp.Compare(a.Part, b.Part))
}

func strategyID(s action.Strategy) string   { return s.ID }
func actionID(a action.Action) string       { return a.ID }
func milestoneID(m action.Milestone) string { return m.ID }
func personID(p action.Person) string       { return p.ID }
func routineID(r action.Routine) string     { return r.ID }
func activityID(a action.Activity) string   { return a.ID }
