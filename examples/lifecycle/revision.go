package main

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// Revised is a revision that was made: how the plan differs from the one
// before, and the review that it follows.
type Revised struct {
	plan.Revision
	After      int // quarters that were reviewed by then
	From, To   kpi.Value
	Scenario   plan.Scenario
	Diff       plan.Diff
	ReasonInZH string
	LookedAt   string // an assumption that was found to hold
}

// up is the first revision: a distributor was won after a good quarter.
func up() Revised {
	return Revised{To: kpi.Int(2_400_000), LookedAt: "staff", ReasonInZH: "新签一家经销商，预计带来4万",
		Revision: plan.Revision{Effective: day("2026-05-01"), Signature: plan.Signature{By: manager, Day: day("2026-04-20"), Reason: "a distributor was signed, worth 40,000"}}}
}

// down is the second: the largest customer of the south closed a plant.
func down() Revised {
	return Revised{To: kpi.Int(2_320_000), LookedAt: "prices", ReasonInZH: "南区最大客户关停一座工厂",
		Revision: plan.Revision{Effective: day("2026-11-01"), Signature: plan.Signature{By: "board", Day: day("2026-10-19"), Reason: "the largest customer of the south closed a plant"}}}
}

// revise changes the goal from the effective day on; months that are over
// keep their targets. New warnings are signed by the author.
func (l *Life) revise(r Revised) func() error {
	return func() error {
		before := l.Document.Plan()
		next, err := before.Revised(goalID, target.Revision{Effective: r.Effective, Known: r.Day, Author: r.By, Reason: r.Reason, Target: r.To})
		if err == nil {
			next.Preparation.Assumptions = holding(next.Preparation.Assumptions, r.LookedAt)
			next, err = assessed(next, l.catalog)
		}
		if err != nil {
			return err
		}
		warnings, err := next.Ready()
		if err != nil {
			return err
		}
		if l.Document, err = l.Document.Revise(next, r.Revision, plan.SignAll(r.Signature, warnings)...); err != nil {
			return err
		}
		r.After, r.From = len(l.Quarters), before.Goals[0].Target
		if r.Diff, err = plan.DiffOf(before, next); err != nil {
			return err
		}
		if r.Scenario, err = plan.Compare(before, next); err != nil {
			return err
		}
		l.Revisions = append(l.Revisions, r)
		return nil
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
