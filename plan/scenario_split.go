package plan

import (
	"cmp"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func (g *ScenarioGoal) question(from, to Plan) bridge.Question {
	m, _ := from.metric(g.Metric)
	return bridge.Question{Metric: g.Metric, Owner: g.Owner, Unit: m.Unit,
		Base: bridge.Side{Name: from.ID, Period: g.Period}, Current: bridge.Side{Name: to.ID, Period: g.Period}}
}

func (g *ScenarioGoal) byOwner(problems *check.List, from, to Plan) {
	base, current := from.carried(g.Goals.From), to.carried(g.Goals.To)
	if base == nil || current == nil {
		return
	}
	b, err := bridge.Members{Dimension: "owner"}.Bridge(g.question(from, to), base, current)
	problems.Nest("by_owner", err)
	g.ByOwner = &b
	g.onOneSide("owner_added", current, base)
	g.onOneSide("owner_dropped", base, current)
}

// onOneSide names the owners that the other side does not have.
func (g *ScenarioGoal) onOneSide(code string, here, there []kpi.Figure) {
	known := map[string]bool{}
	for _, f := range there {
		known[f.Owner] = true
	}
	for _, f := range here {
		if !known[f.Owner] {
			g.Findings = append(g.Findings, info(code, f.Owner, "goal", cmp.Or(g.Goals.To, g.Goals.From)))
		}
	}
}

// carried gives what each owner carries of a goal of its own.
func (p Plan) carried(goal string) []kpi.Figure {
	b := p.breakdown(goal)
	if b == nil {
		return nil
	}
	t := tree{metric: b.Goal().Metric, period: b.Goal().Period}
	for _, owner := range b.Owners() {
		parent, _ := b.Parent(owner)
		t.lines = append(t.lines, line{owner, parent, b.Cell(owner, b.Goal().Period)})
	}
	return t.own()
}

// byDriver splits the gap over the goals that stand for what the metric is
// computed from, where both plans have all of them.
func (g *ScenarioGoal) byDriver(problems *check.List, from, to Plan) {
	m, _ := from.metric(g.Metric)
	other, _ := to.metric(g.Metric)
	refs := m.Formula.References()
	if len(refs) == 0 || len(refs) > bridge.MaxDrivers || m.Formula != other.Formula {
		return
	}
	var base, current []kpi.Figure
	for _, ref := range refs {
		a := aim{ref, g.Owner, g.Period}
		before, b := from.aimed(a)
		after, c := to.aimed(a)
		if before == "" || after == "" {
			return
		}
		base = append(base, kpi.Figure{Metric: ref, Owner: g.Owner, Period: g.Period, Value: b})
		current = append(current, kpi.Figure{Metric: ref, Owner: g.Owner, Period: g.Period, Value: c})
	}
	b, err := bridge.Drivers{Formula: m.Formula}.Bridge(g.question(from, to), base, current)
	problems.Nest("by_driver", err)
	g.ByDriver = &b
}
