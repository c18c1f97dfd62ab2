package plan

import "github.com/saleskpi/saleskpi/kpi/check"

// Objective is what goals serve: the sentence of a strategy to which a number
// must lead back. It is a record.
type Objective struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	NameZH string `json:"name_zh,omitzero"`
	Owner  string `json:"owner,omitzero"`  // who answers for it
	Parent string `json:"parent,omitzero"` // the objective that it is part of
}

func (p Plan) checkObjectives(problems *check.List) {
	parents := map[string]string{}
	for i, o := range p.Objectives {
		at := check.At("objectives", i)
		problems.ID(at+".id", "missing_id", o.ID)
		problems.ID(at+".name", "missing_name", o.Name)
		checkText(problems, at+".name_zh", o.NameZH)
		if _, twice := parents[o.ID]; twice {
			problems.Add(check.ErrDuplicate, at+".id", "duplicate_objective", o.ID)
			continue
		}
		parents[o.ID] = o.Parent
	}
	for i, o := range p.Objectives {
		at := check.At("objectives", i, "parent")
		if _, known := parents[o.Parent]; o.Parent != "" && !known {
			problems.Add(check.ErrUnknown, at, "unknown_objective", o.Parent)
		}
		if leadsBack(parents, o.ID) {
			problems.Add(check.ErrCycle, at, "objective_of_itself", o.Parent)
		}
	}
}

// leadsBack reports whether the parents of an objective lead to itself.
func leadsBack(parents map[string]string, id string) bool {
	at := parents[id]
	for range parents {
		if at == id {
			return id != ""
		}
		at = parents[at]
	}
	return false
}
