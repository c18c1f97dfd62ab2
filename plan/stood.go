package plan

import (
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Stood is how an owner's goal stood at an earlier review, to be kept until
// the next one: [Review.Stood] gives them, and with them in Input.Earlier a
// status does not flicker (see [target.Stood]).
type Stood struct {
	Goal  string `json:"goal"`
	Owner string `json:"owner"`
	target.Stood
}

// Stood gives what later reviews need to know of this one.
func (r Review) Stood() []Stood {
	all := []Stood{}
	for _, g := range r.Goals {
		for _, o := range g.Owners {
			all = append(all, Stood{g.Goal.ID, o.Owner, o.Tracking.Stood()})
		}
	}
	return all
}

// goalOwner is whose line of which goal.
type goalOwner struct{ goal, owner string }

func earlier(stood []Stood) map[goalOwner][]target.Stood {
	all := map[goalOwner][]target.Stood{}
	for _, s := range stood {
		k := goalOwner{s.Goal, s.Owner}
		all[k] = append(all[k], s.Stood)
	}
	return all
}

func checkStood(problems *check.List, stood []Stood) {
	type review struct {
		goalOwner
		target.Stood
	}
	seen := map[review]bool{}
	for i, s := range stood {
		at := check.At("earlier", i)
		problems.ID(at+".goal", "missing_goal", s.Goal)
		problems.ID(at+".owner", "missing_owner", s.Owner)
		k := review{goalOwner{s.Goal, s.Owner}, target.Stood{AsOf: s.AsOf, Version: s.Version}}
		if seen[k] {
			problems.Add(check.ErrDuplicate, at+".as_of", "duplicate_review", s.AsOf)
		}
		seen[k] = true
	}
}
