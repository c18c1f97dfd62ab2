package main

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// Goals is what is aimed at in the year and how that stands. Without a
// target there is neither plan nor review: nothing is attained, and nothing
// is missed.
type Goals struct {
	Catalog  kpi.Catalog
	Metric   kpi.Metric
	FromFile bool // from targets.csv; else from -target, evenly
	Plan     *plan.Plan
	Review   *plan.Review
	Findings []check.Finding

	holders map[string]string // by seller: who holds the target that his deals count for
}

// newGoals takes the targets of targets.csv, or else breaks -target down.
func newGoals(r *Review) (g *Goals, err error) {
	figures, findings, err := r.targets()
	if err != nil {
		return nil, err
	}
	g = &Goals{FromFile: len(figures) > 0, Findings: findings}
	if g.Catalog, err = catalog(r.scale()); err != nil {
		return nil, err
	}
	g.Metric, _ = g.Catalog.Lookup(wonValue)
	goal := r.goal(g, figures)
	split := target.Split{Calendar: r.Options.Calendar, Grain: calendar.Monthly}
	var months *target.Breakdown
	switch {
	case g.FromFile:
		split.Owners = r.holdersOf(figures)
		months, err = target.FromFigures(goal, g.Metric, split, figures)
	case r.Options.Target.Defined():
		goal.Target, split.Owners = r.Options.Target, r.active()
		months, err = target.BreakDown(goal, g.Metric, split)
	default:
		return g, nil
	}
	if err != nil {
		return nil, err
	}
	g.Findings = append(g.Findings, withoutTarget(months)...)
	g.hold(r.Company, months)
	g.Plan, err = r.draft(g, months)
	return g, err
}

// active gives the company with the sellers who have deals: a target for
// somebody who sells nothing yet, or no more, is nobody's. Siblings weigh as
// many as they have sellers, so every seller gets the same.
func (r *Review) active() target.Node {
	one := map[string]kpi.Value{}
	for seller := range r.Company.sellers {
		one[seller] = kpi.Int(0)
		if _, ok := r.Funnel.of(seller); ok {
			one[seller] = kpi.Int(1)
		}
	}
	root := target.OwnersOf(r.Company.Tree, wholeCompany, one)
	return withWeight(root)
}

// withWeight leaves out the owners that weigh nothing.
func withWeight(n target.Node) target.Node {
	kept := []target.Node{}
	for _, child := range n.Children {
		if child.Weight.Sign() > 0 {
			kept = append(kept, withWeight(child))
		}
	}
	n.Children = kept
	return n
}

// holdersOf gives the company down to where the targets are: where only a
// team has one, the team and not its sellers.
func (r *Review) holdersOf(figures []kpi.Figure) target.Node {
	aimed := map[string]bool{}
	for _, f := range figures {
		aimed[f.Owner] = true
	}
	root := target.OwnersOf(r.Company.Tree, wholeCompany, nil)
	cut(&root, aimed)
	return root
}

func cut(n *target.Node, aimed map[string]bool) (any bool) {
	for i := range n.Children {
		if cut(&n.Children[i], aimed) {
			any = true
		}
	}
	if aimed[n.ID] && !any {
		n.Children = nil
	}
	return any || aimed[n.ID]
}

// hold notes for every seller who holds the target that his deals count for.
func (g *Goals) hold(c *Company, months *target.Breakdown) {
	g.holders = map[string]string{}
	for _, owner := range months.Owners() {
		switch {
		case len(months.Children(owner)) > 0:
		case c.isSeller(owner):
			g.holders[owner] = owner
		default:
			for _, seller := range c.Tree.Members(owner) {
				g.holders[seller] = owner
			}
		}
	}
}

func (g *Goals) holder(seller string) string {
	if g.holders == nil {
		return seller
	}
	return g.holders[seller]
}

// owners gives how everybody stands, the company first; nobody without a
// target.
func (g *Goals) owners() []plan.OwnerReview {
	if g.Review == nil {
		return nil
	}
	return g.Review.Goals[0].Owners
}

// of gives how one owner stands; ok is false where he has no target.
func (g *Goals) of(owner string) (t target.Tracking, ok bool) {
	for _, o := range g.owners() {
		if o.Owner == owner {
			return o.Tracking, true
		}
	}
	return target.Tracking{}, false
}
