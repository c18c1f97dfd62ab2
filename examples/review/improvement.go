package main

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Improvement is what to do next: what it would take to close the gap in the
// time left, and the suggestions of the playbook as actions.
type Improvement struct {
	Levers *action.LeverPlan `json:"levers"` // null without a target, when the year is over, and where nothing was won
	Steps  []Improve         `json:"steps"`
}

// Improve is a suggestion as an action: who does it, by when, and the strategy
// that promises its effect.
type Improve struct {
	Suggestion plan.Suggestion  `json:"suggestion"`
	Action     action.Action    `json:"action"`
	Strategy   *action.Strategy `json:"strategy,omitempty"` // none where it moves no lever
}

func newImprovement(r *Review) (m *Improvement, err error) {
	m = &Improvement{Steps: []Improve{}}
	if question, ok, err := r.leverQuestion(wholeCompany); err != nil {
		return nil, err
	} else if ok {
		levers, err := action.Levers(question)
		if err != nil {
			return nil, err
		}
		m.Levers = &levers
	}
	if r.Closed == nil {
		return m, nil
	}
	for _, s := range slices.SortedStableFunc(slices.Values(r.Closed.Evaluation.Suggestions), plan.Suggestion.Compare) {
		m.Steps = append(m.Steps, r.improve(s))
	}
	return m, nil
}

// improve has the manager of whom it is about answer for a suggestion, or who
// leads the plan; it begins on the Monday after the as-of day.
func (r *Review) improve(s plan.Suggestion) Improve {
	start := r.Options.Calendar.PeriodOf(calendar.Weekly, r.AsOf.Add(1)).Start()
	if start <= r.AsOf {
		start = start.Add(7)
	}
	a := plan.Assignment{ID: s.Rule + " " + s.Owner, Goal: r.Goals.Plan.Goals[0].ID, Kind: action.CustomerRelationship,
		Start: start, Due: start.Add(max(s.Do.LeadDays, 7)), Accountable: r.leader(), Responsible: []string{r.leader()}}
	if seller, ok := r.Company.sellers[s.Owner]; ok {
		a.Accountable, a.Responsible = seller.Manager, []string{s.Owner}
	}
	act, strategy := s.Plan(a)
	return Improve{s, act, strategy}
}

// leader names who leads the plan; without goal.csv nobody is named, and the
// company answers.
func (r *Review) leader() string {
	if r.Plan.Goal != nil {
		return r.Plan.Goal.LedBy
	}
	return wholeCompany
}

// leverQuestions asks the same of the company and of each seller with a target
// of his own, so that what is suggested to them has a worth.
func (r *Review) leverQuestions() (all []action.LeverQuestion, err error) {
	for _, owner := range r.everybody() {
		question, ok, err := r.leverQuestion(owner)
		if err != nil {
			return nil, err
		}
		if ok {
			all = append(all, question)
		}
	}
	return all, nil
}

// leverQuestion asks what would have to change to reach an owner's target of
// the year: of how many deals are closed, how many of them are won and how
// large these are. In the days left they are expected as in the days on record
// so far.
func (r *Review) leverQuestion(owner string) (q action.LeverQuestion, ok bool, err error) {
	t, aimed := r.Goals.of(owner)
	won, closed := r.Sales.counts(owner)
	if !aimed || t.Elapsed >= t.Days || t.Elapsed == 0 || t.Target.Sign() <= 0 || t.Actual.Sign() <= 0 || won.Sign() <= 0 {
		return q, false, nil
	}
	left := kpi.Int(int64(t.Days - t.Elapsed)).Div(kpi.Int(int64(t.Elapsed)))
	perQuarter := kpi.Int(int64(r.Year.Days())).Div(kpi.Int(int64(4 * t.Elapsed)))
	formula, err := kpi.ParseFormula("deals * conversion * deal_size")
	if err != nil {
		return q, false, err
	}
	driver := func(id string, lever action.Lever, value, recent kpi.Value, quarters []kpi.Value) action.LeverDriver {
		return action.LeverDriver{Driver: action.Driver{ID: id, Lever: lever, Value: value}, Recent: recent, Quarters: quarters}
	}
	rate, size := won.Div(closed), t.Actual.Div(won)
	q = action.LeverQuestion{Goal: r.Goals.Plan.Goals[0].ID, Owner: owner, Period: t.Observed, AsOf: t.Through, Target: t.Target, Actual: t.Actual, Formula: formula,
		Levers: []action.LeverDriver{
			driver("deals", action.Leads, closed.Mul(left), closed.Mul(perQuarter), r.byQuarter(func(q calendar.Period) kpi.Value {
				return r.Sales.Quarters.value("closed_count", owner, q)
			})),
			driver("conversion", action.Conversion, rate, rate, r.byQuarter(func(q calendar.Period) kpi.Value {
				return r.Sales.Quarters.metric("win_rate", owner, q)
			})),
			driver("deal_size", action.DealSize, size, size, r.byQuarter(func(q calendar.Period) kpi.Value {
				return r.Sales.Quarters.metric("average_deal_size", owner, q)
			})),
		}, LeadTimes: leadTimes(r.Funnel.ByList), Work: r.Work}
	return q, true, nil
}

// byQuarter gives a number for each quarter that is over and wholly on record.
func (r *Review) byQuarter(of func(calendar.Period) kpi.Value) (values []kpi.Value) {
	for _, row := range r.Sales.Quarters.Whole.Rows {
		if v := of(row.Period); row.Period.Last() <= r.AsOf && row.Period.Start() >= r.Records.FirstDay() && v.Defined() {
			values = append(values, v)
		}
	}
	return values
}
