package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Of gives the part of a review that is about one owner, a team with all below
// it or one seller: their lines of every goal, their funnels, cards and
// metrics, the actions they are accountable for, and the findings about them.
// What the review as a whole counted (Use) stays that of the whole. ok is
// false where no goal has the owner.
//
// A page for a seller made of it holds nothing of colleagues.
func (r Review) Of(owner string) (part Review, ok bool) {
	part = r
	part.Goals, part.Findings = []GoalReview{}, []check.Finding{}
	scope := map[string]bool{owner: true}
	for _, g := range r.Goals {
		lines := g.below(owner)
		if len(lines) == 0 {
			continue
		}
		ok = true
		for _, o := range lines {
			scope[o.Owner] = true
		}
		g.Owners, g.Gap = lines, nil
		if g.Goal.Owner != owner {
			lines[0].Parent = ""
		}
		part.Goals = append(part.Goals, g)
	}
	for _, f := range r.Findings {
		if scope[f.Subject] {
			part.Findings = append(part.Findings, f)
		}
	}
	part.Beside = r.Beside.of(scope)
	return part, ok
}

// below gives the lines of an owner and all below it, none where the goal does
// not have it.
func (g GoalReview) below(owner string) []OwnerReview {
	in := map[string]bool{owner: true}
	lines := []OwnerReview{}
	for _, o := range g.Owners { // parents come before their children
		if o.Owner == owner || o.Parent != "" && in[o.Parent] {
			in[o.Owner] = true
			lines = append(lines, o)
		}
	}
	return lines
}

func (s Standings) of(scope map[string]bool) Standings {
	s.Funnels = slices.DeleteFunc(slices.Clone(s.Funnels), func(f FunnelView) bool { return !scope[f.Owner] })
	s.Cards = slices.DeleteFunc(slices.Clone(s.Cards), func(c scorecard.Card) bool { return !scope[c.Owner] })
	s.Metrics = slices.DeleteFunc(slices.Clone(s.Metrics), func(f kpi.Figure) bool { return !scope[f.Owner] })
	if s.Execution != nil {
		report := action.Report{AsOf: s.Execution.AsOf, Progress: action.Progress{}, Strategies: []action.ProgressOf{}, Milestones: []action.MilestoneStatus{}, Findings: []check.Finding{}}
		report.Owners = slices.DeleteFunc(slices.Clone(s.Execution.Owners), func(p action.ProgressOf) bool { return !scope[p.ID] })
		report.Late = slices.DeleteFunc(slices.Clone(s.Execution.Late), func(l action.Late) bool { return !scope[l.Owner] })
		report.Actions = slices.DeleteFunc(slices.Clone(s.Execution.Actions), func(a action.ActionStatus) bool { return !scope[a.Owner] })
		s.Execution = &report
	}
	return s
}
