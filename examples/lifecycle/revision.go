package main

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// Revised is a revision that was made: the decision that it carries out, and
// how the plan differs from the one before.
type Revised struct {
	Decision string        `json:"decision"`
	After    int           `json:"after"` // quarters that were reviewed by then
	From     kpi.Value     `json:"from"`
	To       kpi.Value     `json:"to"`
	Revision plan.Revision `json:"revision"`
	LookedAt string        `json:"looked_at"` // the assumption that was found to hold
	Diff     plan.Diff     `json:"diff"`
	Scenario plan.Scenario `json:"scenario"`
}

// changes says what the decisions come to: the new target, and which
// assumption was looked at on the way.
func changes() map[string]Revised {
	return map[string]Revised{
		"up":   {To: kpi.Int(2_400_000), LookedAt: "staff"},
		"down": {To: kpi.Int(2_320_000), LookedAt: "prices"},
	}
}

// revise carries out a decision: the goal changes from the effective day on;
// months that are over keep their targets. New warnings are signed by the
// author.
func (l *Life) revise(decision string) func() error {
	return func() error {
		r, d, before := changes()[decision], l.decision(decision), l.Document.Plan()
		r.Decision, r.After, r.From = decision, len(l.Quarters), before.Goals[0].Target
		r.Revision = plan.Revision{Effective: d.Revision, Signature: d.Signature}
		next, err := before.Revised(goalID, target.Revision{Effective: d.Revision, Known: d.Day, Author: d.By, Reason: d.Reason, Target: r.To})
		if err != nil {
			return err
		}
		next.Preparation.Assumptions = holding(next.Preparation.Assumptions, r.LookedAt)
		if next, err = assessed(next, l.catalog); err != nil {
			return err
		}
		warnings, err := next.Ready()
		if err != nil {
			return err
		}
		if l.Document, err = l.Document.Revise(next, r.Revision, plan.SignAll(d.Signature, warnings)...); err != nil {
			return err
		}
		return l.compared(r, before, next)
	}
}

// compared adds the revision, with how the plans differ.
func (l *Life) compared(r Revised, before, next plan.Plan) (err error) {
	if r.Diff, err = plan.DiffOf(before, next); err != nil {
		return err
	}
	if r.Scenario, err = plan.Compare(before, next); err != nil {
		return err
	}
	l.Revisions = append(l.Revisions, r)
	return nil
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
