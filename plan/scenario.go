package plan

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Scenario compares two plans, such as a cautious and a bold one, or a plan
// and its revision: goal by goal, and why they differ.
type Scenario struct {
	From  string             `json:"from"` // the plans' IDs
	To    string             `json:"to"`
	Sides Pair[ScenarioSide] `json:"sides"` // what each asks of money and people
	Goals []ScenarioGoal     `json:"goals"` // by metric, owner and period

	// Findings name what the plans rest on differently, assumption_differs and
	// strategy_differs, of those that one plan alone has or that are not alike;
	// and what their budgets and their people are to bear: budget_differs,
	// two_currencies, overload.
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
	Gap      kpi.Value       `json:"gap"` // to − from
	Odds     Pair[GoalOdds]  `json:"odds"`
	ByOwner  *bridge.Bridge  `json:"by_owner,omitempty"` // who carries more or less; where both are broken down
	ByDriver *bridge.Bridge  `json:"by_driver,omitempty"`
	Promise  *PromiseGap     `json:"promise,omitempty"` // where [Comparison] has an aim on both sides

	// Findings name the causes: goals and owners that one plan alone has, and
	// differing assumptions on which the goal rests.
	Findings []check.Finding `json:"findings"`
}

// Compare is [Comparison.Scenario] of two plans of which nothing more is
// known.
func Compare(from, to Plan) (Scenario, error) {
	return Comparison{From: Side{Plan: from}, To: Side{Plan: to}}.Scenario()
}

// Scenario compares two plans. The gap of a goal is split exactly,
//
//	by owner   over the owners without children of both breakdowns ([bridge.Members])
//	by driver  over what the metric is computed from, where both plans have a goal of the
//	           same owner and period for each of it ([bridge.Drivers], Shapley); its values
//	           are those of the formula, which stated targets need not meet
//	promise    what both plans promise to land, over drivers and strategies ([PromiseGap])
//
// Errors are those of [Plan.Validate], with the path from or to; those of
// [action.Aim.ValidateFor] and [action.LoadQuestion.ValidateFor], with the
// path from.aims[i] or from.load; and an aim of an unknown goal, of one that
// stands twice, or of another period or target than the goal's.
func (c Comparison) Scenario() (Scenario, error) {
	problems := check.List{Op: "plan.Compare"}
	c.From.check(&problems, "from")
	c.To.check(&problems, "to")
	if err := problems.Err(); err != nil {
		return Scenario{}, err
	}
	c.From.Plan, c.To.Plan = c.From.Plan.Sorted(), c.To.Plan.Sorted()
	from, to := c.From.Plan, c.To.Plan
	s := Scenario{From: from.ID, To: to.ID, Goals: []ScenarioGoal{}, Findings: restOn(from, to)}
	s.Sides = Pair[ScenarioSide]{c.From.view(&problems, "from"), c.To.view(&problems, "to")}
	s.bear()
	for _, key := range aims(from, to) {
		s.Goals = append(s.Goals, c.goal(&problems, key))
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
	for _, id := range otherAssumptions(from, to).keys(assumptionID) {
		found = append(found, info("assumption_differs", id))
	}
	for _, id := range changes(someActions(from.Actions).Strategies, someActions(to.Actions).Strategies, strategyID).keys(strategyID) {
		found = append(found, info("strategy_differs", id))
	}
	return found
}

func otherAssumptions(from, to Plan) Changes[Assumption] {
	return changes(from.Preparation.Assumptions, to.Preparation.Assumptions, assumptionID)
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

func (c Comparison) goal(problems *check.List, a aim) ScenarioGoal {
	from, to := c.From.Plan, c.To.Plan
	g := ScenarioGoal{Metric: a.metric, Owner: a.owner, Period: a.period, Findings: []check.Finding{}}
	g.Goals.From, g.Targets.Base = from.aimed(a)
	g.Goals.To, g.Targets.Current = to.aimed(a)
	g.Gap = g.Targets.Change()
	g.Odds = Pair[GoalOdds]{from.odds(g.Goals.From), to.odds(g.Goals.To)}
	switch {
	case g.Goals.From == "":
		g.Findings = append(g.Findings, info("goal_added", g.Goals.To))
	case g.Goals.To == "":
		g.Findings = append(g.Findings, info("goal_dropped", g.Goals.From))
	default:
		g.byOwner(problems, from, to)
		g.byDriver(problems, from, to)
		g.promise(problems, c)
	}
	g.believe(from, to)
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

// believe names the assumptions that the plans have differently and on which
// one of them says that the goal rests.
func (g *ScenarioGoal) believe(from, to Plan) {
	differ := otherAssumptions(from, to)
	rests := func(a Assumption, goal string) bool { return goal != "" && slices.Contains(a.Goals, goal) }
	var ids []string
	for _, a := range differ.Removed {
		if rests(a, g.Goals.From) {
			ids = append(ids, a.ID)
		}
	}
	for _, a := range differ.Added {
		if rests(a, g.Goals.To) {
			ids = append(ids, a.ID)
		}
	}
	for _, pair := range differ.Changed {
		if rests(pair.From, g.Goals.From) || rests(pair.To, g.Goals.To) {
			ids = append(ids, pair.To.ID)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		g.Findings = append(g.Findings, info("rests_on_other", cmp.Or(g.Goals.To, g.Goals.From), "assumption", id))
	}
}

func info(code, subject string, args ...any) check.Finding {
	return check.Finding{Code: code, Severity: check.Info, Subject: subject, Args: check.Args(args...)}
}
