package main

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// Closing is the end of the year: how it went, what to do, what to aim at.
type Closing struct {
	Evaluation plan.Evaluation
	Standing   target.Standing
	Planned    []action.Action // the suggestions, as actions of the next year
	Next       action.Plan
	Proposal   target.Proposal
}

func (l *Life) close() (err error) {
	p := l.Document.Plan()
	in, _, err := l.input(quarter(2026, 4))
	if err != nil {
		return err
	}
	in.Earlier = nil // the year is over: nothing flickers any more
	c := &l.Closing
	if c.Evaluation, err = p.Evaluate(plan.Closing{Input: in, Owner: company, Playbook: plan.DefaultPlaybook(),
		Metrics: l.metrics(), Usual: l.metricsOf(company), Cases: []action.Case{l.course()}}); err != nil {
		return err
	}
	asOf := year(2026).Last()
	c.Standing = l.Document.Targets(goalID).Attainment(company, year(2026), wholeOf(l.deals, year(2026)).Value, asOf, asOf)
	if err = l.planNext(); err != nil {
		return err
	}
	var closed []kpi.Figure
	for n := 1; n <= 4; n++ {
		closed = append(closed, wholeOf(l.deals, quarter(2026, n)))
	}
	if c.Proposal, err = p.Propose(goalID, year(2027), closed, target.Odds{}, kpi.Int(10_000)); err != nil {
		return err
	}
	l.Document, err = l.Document.Close(plan.Signature{By: manager, Day: day("2027-01-04")})
	return err
}

// metrics are the sellers' win rates and activities in the year.
func (l *Life) metrics() (all []kpi.Figure) {
	for _, who := range sellers() {
		all = append(all, l.metricsOf(who)...)
	}
	return all
}

func (l *Life) metricsOf(owner string) []kpi.Figure {
	// Calls and meetings; what is usual is the mean of the four.
	activities := map[string]int64{"ann": 640, "bo": 610, "cy": 585, "di": 605, company: 610}
	return []kpi.Figure{
		{Metric: "win_rate", Owner: owner, Period: year(2026), Value: winRate(l.deals, owner, year(2026))},
		{Metric: "activities", Owner: owner, Period: year(2026), Value: kpi.Int(activities[owner])},
	}
}

// course asks what changed after the lessons, in the win rates by quarter:
// Di had them, the others did not.
func (l *Life) course() action.Case {
	unit := func(who string) action.Unit {
		u := action.Unit{ID: who}
		for n := range 8 {
			rate := winRate(l.deals, who, quarter(2025+n/4, n%4+1))
			if n < 5 {
				u.Before = append(u.Before, rate)
			} else if n > 5 {
				u.After = append(u.After, rate)
			}
		}
		return u
	}
	return action.Case{ID: "course", Name: "the closing course", NameZH: "成交培训", Direction: kpi.HigherIsBetter, Promised: kpi.Frac(5, 100), Chosen: true,
		Units: []action.Unit{unit("di")}, Others: []action.Unit{unit("ann"), unit("bo"), unit("cy")}}
}

// planNext makes the first suggestions actions of the next year, each done by
// whom it is about.
func (l *Life) planNext() error {
	c := &l.Closing
	c.Next = action.Plan{ID: "2027", Period: year(2027), Unit: kpi.Money("USD", 2), People: actions().People}
	for i, s := range c.Evaluation.Suggestions {
		who := s.Owner
		if who == company || who == "north" || who == "south" {
			who = manager
		}
		start := day("2027-01-11").Add(14 * i)
		act, strategy := s.Plan(plan.Assignment{ID: s.Rule + "-" + s.Owner, Kind: action.CustomerRelationship, Start: start, Due: start.Add(max(s.Do.LeadDays, 7)), Accountable: manager, Responsible: []string{who}})
		c.Next.Actions, c.Planned = append(c.Next.Actions, act), append(c.Planned, act)
		if strategy != nil {
			c.Next.Strategies = append(c.Next.Strategies, *strategy)
		}
	}
	return c.Next.Validate()
}

func label(p calendar.Period) string { return calendar.Calendar{}.Label(p) }
