package plan

import (
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// Of gives the part of a review that is about one owner, a team with all below
// it or one seller: their lines of every goal, their funnels, cards and
// metrics, the actions they are accountable for, the late ones that they do, and the
// findings about them.
// ok is false where no goal has the owner.
//
// What can be said of the part alone is computed of it: the bridge over its own
// owners, what became of its own figures (Use), the progress, milestones and
// budget of its own actions ([action.Report.Of]). Of a goal that is somebody
// else's the part has its own target, from its line; base, stretch, baseline
// and drivers are the whole's and left out. So a page for a seller made of it
// holds nothing of colleagues. Funnels and cards are handed on as they came in.
func (r Review) Of(owner string) (part Review, ok bool) {
	part = r
	part.Goals, part.Findings = []GoalReview{}, []check.Finding{}
	scope := map[string]bool{owner: true}
	for _, g := range r.Goals {
		if lines := g.below(owner); len(lines) > 0 {
			ok = true
			for _, o := range lines {
				scope[o.Owner] = true
			}
			part.Goals = append(part.Goals, g.of(lines))
		}
	}
	for _, f := range r.Findings {
		if f, ok := r.about(f, scope); ok {
			part.Findings = append(part.Findings, f)
		}
	}
	part.Uses, part.Use = []OwnerUse{}, Use{}
	for _, u := range r.Uses {
		if scope[u.Owner] {
			part.Uses, part.Use = append(part.Uses, u), part.Use.plus(u.Use)
		}
	}
	part.Beside = r.Beside.of(scope)
	return part, ok
}

// about gives a finding about owners, about something that they answer for, or
// about late work that they do for somebody else, which is then theirs alone.
func (r Review) about(f check.Finding, owners map[string]bool) (check.Finding, bool) {
	switch f.Code {
	case "assumption_overdue", "assumption_fails":
		return f, owners[f.Args["owner"]]
	case "action_holds_up", "action_delays_end":
		if owners[f.Args["owner"]] {
			return f, true
		}
		i := slices.IndexFunc(r.doing(f.Subject), func(person string) bool { return owners[person] })
		if i < 0 {
			return f, false
		}
		f.Args = maps.Clone(f.Args)
		f.Args["owner"] = r.doing(f.Subject)[i]
		f.Args["who"] = f.Args["owner"]
		return f, true
	}
	return f, owners[f.Subject]
}

// doing gives who does an action that is late.
func (r Review) doing(action string) []string {
	if r.Beside.Execution != nil {
		for _, late := range r.Beside.Execution.Late {
			if late.Action == action {
				return late.Doing
			}
		}
	}
	return nil
}

// of gives the part of a goal that some lines are, the first of them above the
// others.
func (g GoalReview) of(lines []OwnerReview) GoalReview {
	top := lines[0]
	if top.Owner == g.Goal.Owner {
		return g
	}
	lines[0].Parent = ""
	g.Owners, g.ByDriver = lines, nil
	g.Goal = target.Goal{ID: g.Goal.ID, Name: g.Goal.Name, Metric: g.Goal.Metric, Owner: top.Owner, Period: g.Goal.Period, Target: top.Tracking.PeriodTarget,
		Objective: g.Goal.Objective, Within: g.Goal.Within}
	if g.Gap != nil {
		g.Gap, _ = g.gap() // it was one for the whole, so it is one for the part
	}
	return g
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
		report := s.Execution.Of(func(person string) bool { return scope[person] }, s.Milestones)
		s.Milestones = slices.DeleteFunc(slices.Clone(s.Milestones), func(m action.Milestone) bool {
			return !slices.ContainsFunc(report.Milestones, func(made action.MilestoneStatus) bool { return made.Milestone == m.ID })
		})
		s.Execution = &report
	}
	return s
}
