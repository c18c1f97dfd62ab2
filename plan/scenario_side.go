package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// ScenarioSide is what one plan asks of money and people.
//
//	budget    all actions together; no data where none has one
//	frame     all strategies together
//	work      working days that actions, routines and activities take
//	use       work ÷ capacity
//
// Work, capacity and use are undefined (kpi.NotApplicable) where nobody asked
// or the plan has no action plan.
type ScenarioSide struct {
	Unit     kpi.Unit  `json:"unit,omitzero"` // of budget and frame
	Budget   kpi.Value `json:"budget"`
	Frame    kpi.Value `json:"frame"`
	Work     kpi.Value `json:"work"`
	Capacity kpi.Value `json:"capacity"`
	Use      kpi.Value `json:"use"`
	Over     []string  `json:"over"` // people who have more to do than time, by ID
}

func (s Side) view(problems *check.List, at string) ScenarioSide {
	none := kpi.Undefined(kpi.NotApplicable)
	v := ScenarioSide{Work: none, Capacity: none, Use: none, Over: []string{}}
	p := someActions(s.Plan.Actions)
	v.Unit = p.Unit
	v.Budget = sumOf(p.Actions, func(a action.Action) kpi.Value { return a.Budget })
	v.Frame = sumOf(p.Strategies, func(s action.Strategy) kpi.Value { return s.Budget })
	if s.Load == nil || s.Plan.Actions == nil {
		return v
	}
	w, err := p.Workload(*s.Load)
	problems.Nest(at+".load", err)
	v.Work, v.Capacity, v.Use = w.Total.Total, w.Total.Capacity, w.Total.Use().Value()
	for _, person := range w.People {
		if person.Total.Over {
			v.Over = append(v.Over, person.Person)
		}
	}
	return v
}

// sumOf adds up what is stated; over nothing it is no data.
func sumOf[T any](list []T, of func(T) kpi.Value) kpi.Value {
	return kpi.Sum(func(yield func(kpi.Value) bool) {
		for _, item := range list {
			if !yield(of(item)) {
				return
			}
		}
	})
}

// bear says what money and people are to bear.
func (s *Scenario) bear() {
	from, to := s.Sides.From, s.Sides.To
	switch {
	case from.Unit != to.Unit && from.Budget.Defined() && to.Budget.Defined():
		s.Findings = append(s.Findings, warning("two_currencies", s.To, "from", from.Unit.Text(from.Budget), "to", to.Unit.Text(to.Budget)))
	case from.Budget != to.Budget:
		s.Findings = append(s.Findings, info("budget_differs", s.To, "from", from.Unit.Text(from.Budget), "to", to.Unit.Text(to.Budget)))
	}
	for _, id := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(from.Over, to.Over)))) {
		code := "overload_both"
		switch {
		case !slices.Contains(to.Over, id):
			code = "overload_first"
		case !slices.Contains(from.Over, id):
			code = "overload_second"
		}
		s.Findings = append(s.Findings, warning(code, id))
	}
}

// GoalOdds holds a goal against what the plan's own history lets expect
// ([target.Past.Outlook]).
//
//	needed  target ÷ median
//
// All are undefined (kpi.NoData) where there is no goal or no history of its
// owner and metric, (kpi.NotApplicable) where the history does not speak of
// its period, and otherwise as the outlook is.
type GoalOdds struct {
	Median kpi.Estimate `json:"median"` // of what is to be expected
	Needed kpi.Estimate `json:"needed"`
	Chance kpi.Estimate `json:"chance"` // that the target is met
}

func (p Plan) odds(goal string) GoalOdds {
	undefined := func(r kpi.Reason) GoalOdds {
		return GoalOdds{kpi.NoEstimate(r), kpi.NoEstimate(r), kpi.NoEstimate(r)}
	}
	g, known := p.goal(goal)
	past := p.Preparation.past(g, p.Calendar, target.Past{})
	if !known || len(past.Actuals) == 0 {
		return undefined(kpi.NoData)
	}
	m, _ := p.metric(g.Metric)
	o, err := past.Outlook(g.Period)
	if whole := p.Calendar.PeriodOf(past.Grain, g.Period.Start()) == g.Period; err != nil || !whole && m.Additivity != kpi.Additive {
		return undefined(kpi.NotApplicable)
	}
	odds := GoalOdds{Median: o.P50, Needed: kpi.NoEstimate(o.P50.Reason()), Chance: o.Chance(m.Direction, g.Target)}
	median, known := o.P50.Float64()
	if aimed, ok := g.Target.Float64(); known && ok {
		odds.Needed = kpi.NewEstimate(aimed / median)
	}
	return odds
}
