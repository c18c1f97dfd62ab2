package plan

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan/action"
)

// aimed is a lever question with its answer.
type aimed struct {
	question action.LeverQuestion
	plan     action.LeverPlan
}

// aims gives the questions of each owner, by goal. Validate has seen them.
func (d Diagnosis) aims() map[string][]aimed {
	all := map[string][]aimed{}
	for _, q := range d.Levers {
		plan, err := action.Levers(q)
		if err != nil {
			continue
		}
		owner := cmp.Or(q.Owner, d.Owner)
		all[owner] = append(all[owner], aimed{q, plan})
	}
	for _, of := range all {
		slices.SortFunc(of, func(a, b aimed) int { return cmp.Compare(a.question.Goal, b.question.Goal) })
	}
	return all
}

// aim holds the suggestion against the first goal that its lever moves.
func (s *Suggestion) aim(at []aimed) {
	if s.Do.Lever == action.NoLever {
		return
	}
	for _, a := range at {
		i := slices.IndexFunc(a.plan.Levers, func(n action.LeverNeed) bool { return n.Lever == s.Do.Lever })
		if i < 0 {
			continue
		}
		worth, err := a.question.Worth(s.Do.Lever, s.Do.Effect, a.plan.Rest.Start().Add(s.Do.LeadDays))
		if err != nil {
			worth = kpi.Undefined(kpi.NotApplicable) // a day after 2200
		}
		s.Goal, s.Worth, s.Needed = a.question.Goal, worth, a.plan.Levers[i].Change
		return
	}
}

// Compare ranks suggestions for slices.SortFunc: those worth most first and
// those without a worth last, then by confidence, measured before assumed, then
// by owner and rule. Worths are compared as numbers: rank what serves goals of
// one unit.
func (s Suggestion) Compare(o Suggestion) int {
	known := func(v kpi.Value) int {
		if v.Defined() {
			return 0
		}
		return 1
	}
	return cmp.Or(
		cmp.Compare(known(s.Worth), known(o.Worth)),
		o.Worth.Compare(s.Worth),
		cmp.Compare(o.Do.Confidence, s.Do.Confidence),
		cmp.Compare(s.Owner, o.Owner),
		cmp.Compare(s.Rule, o.Rule),
	)
}
