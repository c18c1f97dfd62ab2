package plan

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// Assignment says who carries a suggestion out, and when. It is a record.
type Assignment struct {
	ID          string       `json:"id"`   // of the action, and of its strategy
	Goal        string       `json:"goal"` // the ID of the goal that it is to help; empty: every goal
	Kind        action.Kind  `json:"kind"` // of the strategy
	Start       calendar.Day `json:"start"`
	Due         calendar.Day `json:"due"`
	Accountable string       `json:"accountable"`
	Responsible []string     `json:"responsible"` // left out: the owners whom it is suggested for

	// Share is what part of the goal those carry whom it is about, so that the
	// +10 % of one of six sellers does not become the company's: see
	// [Plan.Share]. Left out: all of it.
	Share kpi.Value `json:"share,omitzero"`
}

// Plan gives the suggestion as an action, with a strategy that promises its
// effect from the day after it is due, where it moves a lever. They are to be
// put into an [action.Plan], which checks them. For one action of several
// owners see [Together].
func (s Suggestion) Plan(a Assignment) (action.Action, *action.Strategy) {
	return Joint{s.Rule, s.Do, []string{s.Owner}}.Plan(a)
}

// Joint is a rule that is suggested for several owners, to be carried out as
// one: one training for three sellers.
type Joint struct {
	Rule   string   `json:"rule"`
	Do     Template `json:"do"`
	Owners []string `json:"owners"` // each once, in the order of their suggestions
}

// Together gives the suggestions of each rule as one, in the order in which
// rules come first. Those of one rule that say something else, such as before
// and after its effect was learned, stay apart.
func Together(suggestions []Suggestion) []Joint {
	type same struct {
		rule string
		do   Template
	}
	all, at := []Joint{}, map[same]int{}
	for _, s := range suggestions {
		i, known := at[same{s.Rule, s.Do}]
		if !known {
			i = len(all)
			at[same{s.Rule, s.Do}] = i
			all = append(all, Joint{Rule: s.Rule, Do: s.Do})
		}
		if !slices.Contains(all[i].Owners, s.Owner) {
			all[i].Owners = append(all[i].Owners, s.Owner)
		}
	}
	return all
}

// Plan is [Suggestion.Plan] with all owners responsible, or those whom the
// assignment names. The effect is promised once, for the share of the goal that
// the assignment names:
//
//	change = effect × share
func (j Joint) Plan(a Assignment) (action.Action, *action.Strategy) {
	act := action.Action{ID: a.ID, Name: j.Do.Name, NameZH: j.Do.NameZH, Start: a.Start, Due: a.Due,
		Roles: []action.Role{{Person: a.Accountable, Part: action.Accountable}}}
	people := a.Responsible
	if len(people) == 0 {
		people = j.Owners
	}
	for _, person := range people {
		act.Roles = append(act.Roles, action.Role{Person: person, Part: action.Responsible})
	}
	if j.Do.Lever == action.NoLever {
		return act, nil
	}
	act.Strategy = a.ID
	return act, &action.Strategy{ID: a.ID, Name: j.Do.Name, NameZH: j.Do.NameZH, Kind: a.Kind, Goal: a.Goal, Owner: a.Accountable,
		Start: a.Due.Add(1), Effects: []action.Effect{{Lever: j.Do.Lever, Change: j.Do.Effect.Mul(a.Share.Or(kpi.Int(1))), Evidence: j.evidence(a.Share)}}}
}

// Share gives what part of a goal's target some of its owners carry. It is
// undefined, NoTarget, of a goal without a breakdown and of owners that it does
// not have. Owners one of whom is below another count once.
func (p Plan) Share(goal string, owners ...string) kpi.Value {
	b := p.breakdown(goal)
	if b == nil {
		return kpi.Undefined(kpi.NoTarget)
	}
	days, sum := b.Goal().Period, kpi.Int(0)
	for _, owner := range slices.Compact(slices.Sorted(slices.Values(owners))) {
		if !isBelow(b, owner, owners) {
			sum = sum.Add(b.Cell(owner, days))
		}
	}
	return sum.Div(b.Cell(b.Goal().Owner, days))
}

// evidence says in a line on what the effect rests.
func (j Joint) evidence(share kpi.Value) string {
	parts := []string{"rule " + j.Rule, j.Do.Confidence.String()}
	if share.Defined() {
		parts = append(parts, "for "+kpi.Share(1).Text(share)+" of the goal")
	}
	if j.Do.Source != "" {
		parts = append(parts, j.Do.Source)
	}
	return strings.Join(parts, ", ")
}

// isBelow reports whether an owner has one of several above it.
func isBelow(b *target.Breakdown, owner string, others []string) bool {
	for parent, ok := b.Parent(owner); ok; parent, ok = b.Parent(parent) {
		if slices.Contains(others, parent) {
			return true
		}
	}
	return false
}
