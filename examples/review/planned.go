package main

import (
	"slices"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// Planned is the plan of the year as it was made: what follows from what was
// known, what the strategies promise, who has how much to do, and the document
// with its signatures.
type Planned struct {
	Document    plan.Document           `json:"document"`
	Refused     []*check.Error          `json:"refused"`     // why the plan cannot be committed; then the document is a draft
	Prepared    plan.Prepared           `json:"prepared"`    // as of the day before the year
	Reconciled  *target.Reconciliation  `json:"reconciled"`  // null where nobody committed to anything
	Promise     *action.Promise         `json:"promise"`     // null without strategies, or where nothing says what deals bring
	Workload    *action.Workload        `json:"workload"`    // null without actions
	Responsible []action.Responsibility `json:"responsible"` // the responsibility matrix
}

func newPlanned(r *Review) (p *Planned, err error) {
	if r.Goals.Plan == nil {
		return nil, nil
	}
	p = &Planned{Refused: []*check.Error{}, Responsible: []action.Responsibility{}}
	content := *r.Goals.Plan
	if p.Prepared, err = content.Prepare(r.Year.Start().Add(-1)); err != nil {
		return nil, err
	}
	if len(content.Commitments) > 0 {
		if reconciled, ok := content.Reconcile(content.Goals[0].ID); ok {
			p.Reconciled = &reconciled
		}
	}
	if err = p.execution(r, content.Actions); err != nil {
		return nil, err
	}
	err = p.sign(r, content)
	return p, err
}

// execution says what the strategies promise and who has how much to do.
func (p *Planned) execution(r *Review, actions *action.Plan) (err error) {
	if actions == nil || len(actions.Actions) == 0 {
		return nil
	}
	p.Responsible = actions.Matrix()
	load, err := actions.Workload(action.LoadQuestion{Period: r.Year, Grain: calendar.Quarterly, Calendar: r.Options.Calendar, Work: r.Work})
	if err != nil {
		return err
	}
	p.Workload = &load
	p.Promise, err = r.promise(*actions)
	return err
}

// promise holds the strategies against the goal. Without them the year would
// bring what the year before did: as many deals, won as often and as large, as
// the closings on record before the year say. Without either there is no
// promise.
func (r *Review) promise(actions action.Plan) (*action.Promise, error) {
	goal := r.Goals.Plan.Goals[0]
	won, closed, value := kpi.Int(0), kpi.Int(0), kpi.Int(0)
	for _, row := range r.Sales.Quarters.Whole.Rows {
		if row.Period.Last() < r.Year.Start() {
			won = won.Add(r.Sales.Quarters.value("won_count", wholeCompany, row.Period).Or(kpi.Int(0)))
			closed = closed.Add(r.Sales.Quarters.value("closed_count", wholeCompany, row.Period).Or(kpi.Int(0)))
			value = value.Add(r.Sales.Quarters.value(wonValue, wholeCompany, row.Period).Or(kpi.Int(0)))
		}
	}
	conversion, size := won.Div(closed), value.Div(won)
	deals := goal.Baseline.Div(conversion.Mul(size))
	if len(actions.Strategies) == 0 || !deals.Defined() {
		return nil, nil
	}
	formula, err := kpi.ParseFormula("deals * conversion * deal_size")
	if err != nil {
		return nil, err
	}
	before, err := r.Funnel.asOf(r.question(r.Year.Start().Add(-1)))
	if err != nil {
		return nil, err
	}
	promise, err := actions.Promise(action.Aim{Goal: goal.ID, Period: goal.Period, Target: goal.Target, Direction: kpi.HigherIsBetter, Formula: formula,
		Drivers: []action.Driver{{ID: "deals", Lever: action.Leads, Value: deals}, {ID: "conversion", Lever: action.Conversion, Value: conversion},
			{ID: "deal_size", Lever: action.DealSize, Value: size}},
		LeadTimes: leadTimes(before.All), Work: r.Work})
	return &promise, err
}

// leadTimes says when what moves a lever shows: of more deals after the median
// days from engagement to won, of better work on deals after half of them; at
// once where nobody knows them.
func leadTimes(deals funnel.Report) []action.LeadTime {
	days, _ := deals.Won.Cycle.Median.Minor(0, kpi.Ceiling)
	cycle := int(days)
	return []action.LeadTime{{Lever: action.Leads, Days: cycle}, {Lever: action.Conversion, Days: cycle / 2}, {Lever: action.DealSize, Days: cycle / 2}}
}

// sign takes the plan from draft to active, where goal.csv says who committed
// to it: every warning is signed by that name. A plan that the library refuses
// stays a draft, with the reasons.
func (p *Planned) sign(r *Review, content plan.Plan) (err error) {
	if p.Document, err = plan.Draft(content); err != nil {
		return err
	}
	warnings, err := content.Ready()
	p.Refused = append(p.Refused, check.All(err)...)
	if err != nil || r.Plan.Goal == nil {
		return nil
	}
	by := plan.Signature{By: r.Plan.Goal.LedBy, Day: r.Plan.Goal.CommittedOn}
	if p.Document, err = p.Document.Commit(by, plan.SignAll(by, warnings)...); err != nil {
		return err
	}
	by.Day = max(by.Day, r.Year.Start())
	p.Document, err = p.Document.Activate(by)
	return err
}

// baseline gives the plan as it was committed; ok is false for a draft and for
// one that was committed after the as-of day.
func (p *Planned) baseline(asOf calendar.Day) (plan.Version, bool) {
	v, ok := p.Document.Baseline()
	return v, ok && v.Signed.Day <= asOf
}

// accepted gives the warnings that the plan carries.
func (p *Planned) accepted() (found []check.Finding) {
	v, _ := p.Document.Baseline()
	for _, s := range v.Accepted {
		found = append(found, s.Finding)
	}
	return slices.Clip(found)
}
