package main

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// planFiles gives the files of the plan, where they are of the year that is
// reviewed. History and activities are of no year.
func (r *Review) planFiles() (files PlanFiles, other bool) {
	p := r.Records.Plan
	if p.Goal == nil || p.Goal.From == r.Year.Start() && p.Goal.Through == r.Year.Last() {
		return p, false
	}
	return PlanFiles{Has: map[string]bool{historyFile: p.Has[historyFile], activitiesFile: p.Has[activitiesFile]},
		History: p.History, Activities: p.Activities, chinese: p.chinese}, true
}

// goal gives the year's goal, with base, stretch and objective from goal.csv.
// The target is that of -target here; that of targets.csv is their sum.
func (r *Review) goal(g *Goals, figures []kpi.Figure) target.Goal {
	goal := target.Goal{ID: r.label(r.Year), Name: g.Metric.Name + " " + r.label(r.Year), NameZH: r.label(r.Year) + "年" + g.Metric.NameZH, Metric: g.Metric.ID, Owner: wholeCompany, Period: r.Year}
	if before, err := r.Options.Calendar.Shift(r.Year, calendar.Yearly, -1); err == nil {
		goal.Baseline = r.Past.year(wholeCompany, before)
	}
	if !g.FromFile {
		goal.Target = r.Options.Target
	}
	if r.Plan.Goal == nil {
		return goal
	}
	goal.Objective, goal.Base, goal.Stretch = r.Plan.Goal.Objective, r.Plan.Goal.Base, r.Plan.Goal.Stretch
	aimed := goal.Target
	if g.FromFile {
		aimed = kpi.Sum(func(yield func(kpi.Value) bool) {
			for _, f := range figures {
				if !yield(f.Value) {
					return
				}
			}
		})
	}
	if aimed.Less(goal.Base) || goal.Stretch.Less(aimed) {
		g.Findings = append(g.Findings, check.Finding{Code: "target_not_between", Severity: check.Warning, Args: check.Args("file", goalFile)})
		goal.Base, goal.Stretch = kpi.Value{}, kpi.Value{}
	}
	return goal
}

// draft makes the plan of a goal that is broken down: what was known before
// it, what the sellers say to it, and how it is to be done. Its goal is
// assessed by all of that.
func (r *Review) draft(g *Goals, months *target.Breakdown) (*plan.Plan, error) {
	goal := months.Goal()
	p := plan.Plan{ID: goal.ID, Calendar: r.Options.Calendar, Metrics: []kpi.Metric{g.Metric},
		Goals: []target.Goal{goal}, Breakdowns: []*target.Breakdown{months},
		Preparation: r.preparation(goal), Commitments: r.commitments(goal, months)}
	if goal.Objective != "" {
		p.Objectives = []plan.Objective{{ID: goal.Objective, Name: goal.Objective, Owner: r.Plan.Goal.LedBy}}
		p.Cadences = []plan.Cadence{{ID: "monthly", Every: calendar.Monthly, On: -1, Leads: r.Plan.Goal.LedBy}}
	}
	if len(r.Plan.Actions) > 0 || len(r.Plan.Activities) > 0 {
		actions := r.Plan.ActionPlan(r.Year, g.Metric.Unit)
		p.Actions = &actions
	}
	evidence, err := r.evidence(g, months)
	if err != nil {
		return nil, err
	}
	p, err = p.Assess(map[string]target.Evidence{goal.ID: evidence})
	return &p, err
}

// preparation is what was known when the goal was set.
func (r *Review) preparation(goal target.Goal) plan.Preparation {
	p := plan.Preparation{Needs: r.Plan.Needs, History: plan.History{Figures: r.Past.Quarters}}
	if len(r.Past.Quarters) > 0 {
		p.History.Grain = calendar.Quarterly
	}
	for _, s := range r.Plan.Segments {
		s.Name, s.Metric, s.Owner, s.Period = s.ID, goal.Metric, goal.Owner, goal.Period
		p.Segments = append(p.Segments, s)
	}
	for _, a := range r.Plan.Assumptions {
		a.Goals = []string{goal.ID}
		p.Assumptions = append(p.Assumptions, a)
	}
	if perDay := r.Past.capacity(r.Records.Sellers, r.Work); perDay.Defined() {
		days, _ := r.Work.Count(goal.Period)
		sellers := kpi.Int(int64(len(r.Records.Sellers)))
		p.Teams = []plan.Team{{Owner: goal.Owner, Metric: goal.Metric, Period: goal.Period,
			Capacity: target.Capacity{People: sellers, Productivity: perDay.Div(sellers), WorkDays: kpi.Int(days)}}}
	}
	return p
}

// commitments gives what those who hold a target say to it; what others say
// is left aside.
func (r *Review) commitments(goal target.Goal, months *target.Breakdown) []plan.Commitments {
	given := plan.Commitments{Goal: goal.ID, Acceptance: target.Acceptance{Below: kpi.Frac(2, 100), Above: kpi.Frac(10, 100)}}
	for _, c := range r.Plan.Commitments {
		if owner, ok := r.Company.owner(c.Owner); ok && slices.Contains(months.Owners(), owner) {
			given.Commitments = append(given.Commitments, target.Commitment{Owner: owner, Period: goal.Period, Amount: c.Amount, Day: c.Given, Author: c.Owner})
		}
	}
	if given.Commitments == nil {
		return nil
	}
	return []plan.Commitments{given}
}

// evidence is what the goal is assessed by, beside what the plan itself knows.
func (r *Review) evidence(g *Goals, months *target.Breakdown) (target.Evidence, error) {
	e := target.Evidence{Catalog: g.Catalog, Measures: []string{wonValue}, Standards: target.CompanyStandards(), Past: target.Past{Calendar: r.Options.Calendar}}
	for _, m := range months.Periods() {
		e.Checkpoints = append(e.Checkpoints, target.Checkpoint{Day: m.Last()})
	}
	if len(r.Past.Quarters) == 0 {
		return e, nil
	}
	for _, owner := range months.Owners() {
		if !r.Company.isSeller(owner) {
			continue
		}
		chance, err := r.chance(owner, months.Cell(owner, r.Year))
		if err != nil {
			return e, err
		}
		e.Sellers = append(e.Sellers, chance)
	}
	return e, nil
}
