package main

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// revise carries out a decision: the goal changes from the effective day on;
// months that are over keep their targets. An assumption that was looked at on
// the way holds. New warnings are signed by the author.
func (l *Life) revise(decision string, to kpi.Value, lookedAt string) func() error {
	return func() error {
		d := l.decision(decision)
		next, err := l.Document.Plan().Revised(goalID, target.Revision{Effective: d.Revision, Known: d.Day, Author: d.By, Reason: d.Reason, Target: to})
		if err != nil {
			return err
		}
		next.Preparation.Assumptions = holding(next.Preparation.Assumptions, lookedAt)
		if next, err = assessed(next, l.catalog); err != nil {
			return err
		}
		warnings, err := next.Ready()
		if err != nil {
			return err
		}
		l.Document, err = l.Document.Revise(next, plan.Revision{Effective: d.Revision, Signature: d.Signature}, plan.SignAll(d.Signature, warnings)...)
		l.Amendments = l.Document.Amendments()
		return err
	}
}

// holding gives the assumptions with one that was looked at and holds.
func holding(all []plan.Assumption, id string) []plan.Assumption {
	all = slices.Clone(all)
	for i := range all {
		if all[i].ID == id {
			all[i].State = plan.Holds
		}
	}
	return all
}

// revisedAfter gives what was revised after the review of a quarter and before
// the next one.
func (l *Life) revisedAfter(q calendar.Period) (made []plan.Amendment) {
	for _, a := range l.Amendments {
		if following(q).Contains(a.Day) {
			made = append(made, a)
		}
	}
	return made
}
