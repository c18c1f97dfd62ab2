package main

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// Closing is the end of the year: how it went, what to do, what to aim at.
type Closing struct {
	Evaluation plan.Evaluation `json:"evaluation"`
	Playbook   plan.Playbook   `json:"playbook"` // with what was learned of the course
	Known      []Known         `json:"known"`    // what was known in April
	Planned    action.Plan     `json:"planned"`  // the suggestions, as actions of the next year
	Proposal   target.Proposal `json:"proposal"`
}

func (l *Life) close() error {
	for _, step := range []func() error{l.propose, l.evaluate, l.learn, l.recall, l.planNext} {
		if err := step(); err != nil {
			return err
		}
	}
	closed, err := l.Document.Close(plan.Signature{By: manager, Day: day("2027-01-04")})
	l.Document = closed
	return err
}

// recall asks what was known in April, before and after the first revision.
func (l *Life) recall() error {
	for _, asked := range []calendar.Day{day("2026-04-17"), day("2026-04-30")} {
		known, err := l.knownOn(asked)
		if err != nil {
			return err
		}
		l.Closing.Known = append(l.Closing.Known, known)
	}
	return nil
}

// propose says what to aim at next, by what the year brought.
func (l *Life) propose() (err error) {
	var closed []kpi.Figure
	for n := 1; n <= 4; n++ {
		closed = append(closed, wholeOf(l.deals, quarter(2026, n)))
	}
	l.Closing.Proposal, err = l.Document.Plan().Propose(goalID, year(2027), closed, target.Odds{}, kpi.Int(10_000))
	return err
}

func (l *Life) evaluate() error {
	last := l.Quarters[len(l.Quarters)-1]
	in, err := l.input(last)
	if err != nil {
		return err
	}
	in.Earlier = nil // the year is over: nothing flickers any more
	l.Closing.Evaluation, err = l.Document.Evaluate(plan.Closing{Input: in, Owner: company, Playbook: plan.DefaultPlaybook(),
		Levers: l.nextLevers(), Metrics: l.metrics(), UsualEach: l.metricsOf(company), Cases: []action.Case{l.course()}, Confidence: kpi.Confidence{Fewest: 3}})
	return err
}

// nextLevers asks of every seller what would reach the proposal, in the shares
// of this year's targets: suggestions are ranked by what they are worth to it.
func (l *Life) nextLevers() (all []action.LeverQuestion) {
	whole := l.due(company, year(2026))
	for _, who := range sellers() {
		now := driversOf(l.deals, who, year(2026))
		all = append(all, action.LeverQuestion{Goal: goalID, Owner: who, Period: year(2027), AsOf: year(2026).Last(),
			Target: l.Closing.Proposal.Target.Mul(l.due(who, year(2026))).Div(whole), Actual: kpi.Int(0), Unit: kpi.Money("USD", 2),
			Formula: formula(), Work: work(), LeadTimes: leadTimes(), Levers: []action.LeverDriver{
				{Driver: action.Driver{ID: "deals", Lever: action.Leads, Value: now.Deals}},
				{Driver: action.Driver{ID: "win_rate", Lever: action.Conversion, Value: now.WinRate}},
				{Driver: action.Driver{ID: "deal_size", Lever: action.DealSize, Value: now.Size}}}})
	}
	return all
}

// learn takes what the course brought into the playbook, where it is more than
// chance.
func (l *Life) learn() (err error) {
	l.Closing.Playbook = plan.DefaultPlaybook()
	if course := l.Closing.Evaluation.Changes[0]; course.Verdict == kpi.Distinguishable {
		l.Closing.Playbook, err = l.Closing.Playbook.Learn("win_rate", course)
	}
	return err
}

// metrics are the sellers' numbers in the year.
func (l *Life) metrics() (all []kpi.Figure) {
	for _, who := range sellers() {
		all = append(all, l.metricsOf(who)...)
	}
	return all
}

func (l *Life) metricsOf(owner string) []kpi.Figure {
	// Calls and meetings; what is usual is the mean of the six.
	activities := map[string]int64{"ann": 640, "bo": 610, "eva": 590, "cy": 585, "di": 605, "gus": 630, company: 610}
	now := driversOf(l.deals, owner, year(2026))
	of := func(metric string, v kpi.Value) kpi.Figure {
		return kpi.Figure{Metric: metric, Owner: owner, Period: year(2026), Value: v}
	}
	return []kpi.Figure{of("win_rate", now.WinRate), of("average_deal_size", now.Size), of("activities", kpi.Int(activities[owner]))}
}

// course asks what changed after the lessons, in the win rates by half-year:
// three sellers had them, drawn by lot, the other three did not.
func (l *Life) course() action.Case {
	c := action.Case{ID: "course", Name: English.name("course"), NameZH: Chinese.name("course"), Direction: kpi.HigherIsBetter, Promised: kpi.Frac(5, 100)}
	for _, who := range sellers() {
		u := action.Unit{ID: who}
		for _, half := range []string{"2025-H1", "2025-H2"} {
			u.Before = append(u.Before, winRate(l.deals, who, calendar.Calendar{}.MustParse(half)))
		}
		u.After = []kpi.Value{winRate(l.deals, who, calendar.Calendar{}.MustParse("2026-H2"))}
		if slices.Contains(taught(), who) {
			c.Units = append(c.Units, u)
		} else {
			c.Others = append(c.Others, u)
		}
	}
	return c
}

// planNext makes the suggestions actions of the next year: one for each rule,
// for all whom it is about.
func (l *Life) planNext() error {
	first, people := l.suggested()
	next := action.Plan{ID: "2027", Period: year(2027), Unit: kpi.Money("USD", 2), People: actions().People}
	start := day("2027-01-04")
	for _, s := range first {
		act, strategy := s.Plan(plan.Assignment{ID: s.Rule, Kind: action.CustomerRelationship, Start: start, Due: start.Add(max(s.Do.LeadDays, 7)), Accountable: manager, Responsible: people[s.Rule],
			Share: l.Document.Plan().Share(goalID, people[s.Rule]...)})
		next.Actions = append(next.Actions, act)
		if strategy != nil {
			next.Strategies = append(next.Strategies, *strategy)
		}
	}
	l.Closing.Planned = next
	return next.Validate()
}

// suggested gives the first suggestion of each rule, those worth most first,
// and all whom the rule is about; for the company itself the manager stands in.
func (l *Life) suggested() (first []plan.Suggestion, people map[string][]string) {
	people = map[string][]string{}
	for _, s := range slices.SortedFunc(slices.Values(l.Closing.Evaluation.Suggestions), plan.Suggestion.Compare) {
		who := s.Owner
		if !slices.Contains(sellers(), who) {
			who = manager
		}
		if people[s.Rule] == nil {
			first = append(first, s)
		}
		if !slices.Contains(people[s.Rule], who) {
			people[s.Rule] = append(people[s.Rule], who)
		}
	}
	return first, people
}
