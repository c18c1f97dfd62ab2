package plan

import (
	"maps"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Assignment says who carries a suggestion out, and when. It is a record.
type Assignment struct {
	ID          string       `json:"id"`   // of the action, and of its strategy
	Goal        string       `json:"goal"` // the ID of the goal that it is to help; empty: every goal
	Kind        action.Kind  `json:"kind"` // of the strategy
	Start       calendar.Day `json:"start"`
	Due         calendar.Day `json:"due"`
	Accountable string       `json:"accountable"`
	Responsible []string     `json:"responsible"` // at least one
}

// Plan gives the suggestion as an action, with a strategy that promises its
// effect from the day after it is due, where it moves a lever. They are to be
// put into an [action.Plan], which checks them.
func (s Suggestion) Plan(a Assignment) (action.Action, *action.Strategy) {
	act := action.Action{ID: a.ID, Name: s.Do.Name, NameZH: s.Do.NameZH, Start: a.Start, Due: a.Due,
		Roles: []action.Role{{Person: a.Accountable, Part: action.Accountable}}}
	for _, person := range a.Responsible {
		act.Roles = append(act.Roles, action.Role{Person: person, Part: action.Responsible})
	}
	if s.Do.Lever == action.NoLever {
		return act, nil
	}
	act.Strategy = a.ID
	return act, &action.Strategy{ID: a.ID, Name: s.Do.Name, NameZH: s.Do.NameZH, Kind: a.Kind, Goal: a.Goal, Owner: a.Accountable,
		Start: a.Due.Add(1), Effects: []action.Effect{{Lever: s.Do.Lever, Change: s.Do.Effect, Evidence: s.evidence()}}}
}

// evidence says in a line on what the effect rests.
func (s Suggestion) evidence() string {
	parts := []string{"rule " + s.Rule, s.Do.Confidence.String()}
	if s.Do.Source != "" {
		parts = append(parts, s.Do.Source)
	}
	return strings.Join(parts, ", ")
}

// compareArgs orders the arguments of findings.
func compareArgs(a, b map[string]string) int {
	return strings.Compare(flat(a), flat(b))
}

func flat(args map[string]string) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(args)) {
		parts = append(parts, name+"="+args[name])
	}
	return strings.Join(parts, "\x00")
}
