package plan

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Scenario compares two plans, such as a cautious and a bold one, or a plan
// and its revision: goal by goal, and why they differ.
type Scenario struct {
	From  string         `json:"from"` // the plans' IDs
	To    string         `json:"to"`
	Goals []ScenarioGoal `json:"goals"` // by metric, owner and period

	// Findings name what the plans rest on differently: assumption_differs and
	// strategy_differs, of those that one plan alone has or that are not alike.
	Findings []check.Finding `json:"findings"`
}

// ScenarioGoal is one goal in both plans. Goals belong together by metric,
// owner and period, whatever their IDs.
type ScenarioGoal struct {
	Metric   string          `json:"metric"`
	Owner    string          `json:"owner"`
	Period   calendar.Period `json:"period"`
	Goals    Pair[string]    `json:"goals"` // their IDs; empty where a plan has none
	Targets  bridge.Pair     `json:"targets"`
	Gap      kpi.Value       `json:"gap"`                // to − from
	ByOwner  *bridge.Bridge  `json:"by_owner,omitempty"` // who carries more or less; where both are broken down
	ByDriver *bridge.Bridge  `json:"by_driver,omitempty"`

	// Findings name the causes: goals and owners that one plan alone has.
	Findings []check.Finding `json:"findings"`
}

// Compare compares two plans. The gap of a goal is split exactly,
//
//	by owner   over the owners without children of both breakdowns ([bridge.Members])
//	by driver  over what the metric is computed from, where both plans have a goal of the
//	           same owner and period for each of it ([bridge.Drivers], Shapley); its values
//	           are those of the formula, which stated targets need not meet
//
// Errors are those of [Plan.Validate], with the path from or to.
func Compare(from, to Plan) (Scenario, error) {
	problems := check.List{Op: "plan.Compare"}
	problems.Nest("from", from.Validate())
	problems.Nest("to", to.Validate())
	if err := problems.Err(); err != nil {
		return Scenario{}, err
	}
	from, to = from.Sorted(), to.Sorted()
	s := Scenario{From: from.ID, To: to.ID, Goals: []ScenarioGoal{}, Findings: restOn(from, to)}
	for _, key := range aims(from, to) {
		s.Goals = append(s.Goals, compareGoal(&problems, key, from, to))
	}
	if err := problems.Err(); err != nil {
		return Scenario{}, err
	}
	return s, nil
}

// restOn names the assumptions and strategies in which two sorted plans
// differ.
func restOn(from, to Plan) []check.Finding {
	found := []check.Finding{}
	assumption := func(a Assumption) string { return a.ID }
	for _, id := range changes(from.Preparation.Assumptions, to.Preparation.Assumptions, assumption).keys(assumption) {
		found = append(found, info("assumption_differs", id))
	}
	strategy := func(s action.Strategy) string { return s.ID }
	for _, id := range changes(from.strategies(), to.strategies(), strategy).keys(strategy) {
		found = append(found, info("strategy_differs", id))
	}
	return found
}

func (p Plan) strategies() []action.Strategy {
	if p.Actions == nil {
		return nil
	}
	return p.Actions.Strategies
}

// keys gives the IDs of everything that differs, sorted.
func (c Changes[T]) keys(key func(T) string) []string {
	var ids []string
	for _, item := range slices.Concat(c.Added, c.Removed) {
		ids = append(ids, key(item))
	}
	for _, pair := range c.Changed {
		ids = append(ids, key(pair.To))
	}
	slices.Sort(ids)
	return ids
}

// aim is what a goal is about.
type aim struct {
	metric, owner string
	period        calendar.Period
}

func aims(plans ...Plan) []aim {
	var all []aim
	for _, p := range plans {
		for _, g := range p.Goals {
			all = append(all, aim{g.Metric, g.Owner, g.Period})
		}
	}
	slices.SortFunc(all, func(a, b aim) int {
		return cmp.Or(cmp.Compare(a.metric, b.metric), cmp.Compare(a.owner, b.owner), a.period.Compare(b.period))
	})
	return slices.Compact(all)
}

func compareGoal(problems *check.List, a aim, from, to Plan) ScenarioGoal {
	g := ScenarioGoal{Metric: a.metric, Owner: a.owner, Period: a.period, Findings: []check.Finding{}}
	g.Goals.From, g.Targets.Base = from.aimed(a)
	g.Goals.To, g.Targets.Current = to.aimed(a)
	g.Gap = g.Targets.Change()
	switch {
	case g.Goals.From == "":
		g.Findings = append(g.Findings, info("goal_added", g.Goals.To))
	case g.Goals.To == "":
		g.Findings = append(g.Findings, info("goal_dropped", g.Goals.From))
	default:
		g.byOwner(problems, from, to)
		g.byDriver(problems, from, to)
	}
	return g
}

// aimed gives the ID and target of the goal about something.
func (p Plan) aimed(a aim) (id string, amount kpi.Value) {
	for _, g := range p.Goals {
		if (aim{g.Metric, g.Owner, g.Period}) == a {
			return g.ID, g.Target
		}
	}
	return "", kpi.Undefined(kpi.NoTarget)
}

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

func info(code, subject string, args ...any) check.Finding {
	return check.Finding{Code: code, Severity: check.Info, Subject: subject, Args: check.Args(args...)}
}
