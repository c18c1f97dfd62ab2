package main

import (
	"iter"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Funnel is how the deals moved, as a whole and by what a manager asks for.
// Deals are worth their list price in all of it but ByAmount: the list price
// is known of open and lost deals too.
type Funnel struct {
	ByAmount funnel.Report
	ByList   funnel.Report

	Sellers  funnel.Groups
	Managers funnel.Groups
	Regions  funnel.Groups
	Products funnel.Groups
	Months   funnel.Groups // of closing
	Quarters funnel.Groups // of closing

	histories        *funnel.Histories
	byAmount, byList *funnel.Analysis
}

func newFunnel(r *Review) (*Funnel, error) {
	histories, err := funnel.New(funnel.Pipeline{ID: "sales", Stages: []funnel.Stage{
		{ID: Prospecting}, {ID: Engaging}, {ID: Won, Outcome: funnel.Won}, {ID: Lost, Outcome: funnel.Lost},
	}})
	if err != nil {
		return nil, err
	}
	prices := map[string]kpi.Value{}
	for _, p := range r.Records.Products {
		prices[p.Name], _ = kpi.FromDecimal(p.Price)
	}
	for i := range r.Records.Deals {
		d := &r.Records.Deals[i]
		histories.AddDeal(d.ID, d.events(prices[d.Product]))
	}
	return r.ask(histories)
}

// events tells the story of a deal. Every deal was in Prospecting once, since
// a day that nobody noted; an amount is known from closing on, so that a
// review as of an earlier day does not know it yet.
func (d *Deal) events(listPrice kpi.Value) iter.Seq[funnel.Event] {
	return func(yield func(funnel.Event) bool) {
		amount, _ := d.amount()
		first := funnel.Event{Stage: Prospecting, Owner: d.Agent, ListPrice: listPrice}
		engaged := funnel.Event{Stage: Engaging, At: funnel.StartOf(d.Engaged, time.UTC)}
		closed := funnel.Event{Stage: d.Stage, At: funnel.EndOf(d.Closed, time.UTC), Amount: amount}
		if !d.IsClosed() {
			first.Amount, first.ExpectedClose = amount, d.Closed
		}
		if d.Stage == Prospecting {
			first.At = engaged.At
		}
		if !yield(first) {
			return
		}
		if d.Stage == Engaging || d.IsClosed() && !d.Engaged.IsZero() {
			if !yield(engaged) {
				return
			}
		}
		if d.IsClosed() {
			yield(closed)
		}
	}
}

// amount gives the deal's value; ok is false where the cell is empty.
func (d *Deal) amount() (v kpi.Value, ok bool) {
	if d.Value.Valid {
		v, _ = kpi.FromDecimal(d.Value.Decimal)
	}
	return v, v.Defined()
}

// ask puts one question to the histories, by everything that is reported.
func (r *Review) ask(histories *funnel.Histories) (f *Funnel, err error) {
	question := funnel.Question{
		AsOf: funnel.EndOf(r.AsOf, time.UTC), Location: time.UTC,
		Start: Engaging, Calendar: r.Options.Calendar, Cohorts: calendar.Quarterly,
	}
	f = &Funnel{}
	byAmount, err := funnel.Analyze(histories, question)
	if err != nil {
		return nil, err
	}
	f.ByAmount = byAmount.Report()
	question.ValueBy = funnel.ByListPrice
	byList, err := funnel.Analyze(histories, question)
	if err != nil {
		return nil, err
	}
	for _, group := range []struct {
		into *funnel.Groups
		key  func(funnel.Deal) (string, bool)
	}{
		{&f.Sellers, func(d funnel.Deal) (string, bool) { return d.Owner, true }},
		{&f.Managers, func(d funnel.Deal) (string, bool) { return r.Company.sellers[d.Owner].Manager, true }},
		{&f.Regions, func(d funnel.Deal) (string, bool) { return r.Company.sellers[d.Owner].Region, true }},
		{&f.Products, r.productOf()},
		{&f.Months, r.closedIn(calendar.Monthly)},
		{&f.Quarters, r.closedIn(calendar.Quarterly)},
	} {
		if *group.into, err = byList.ReportBy(group.key); err != nil {
			return nil, err
		}
	}
	f.ByList = f.Sellers.All
	f.histories, f.byAmount, f.byList = histories, byAmount, byList
	return f, nil
}

func (r *Review) productOf() func(funnel.Deal) (string, bool) {
	products := map[string]string{}
	for i := range r.Records.Deals {
		products[r.Records.Deals[i].ID] = r.Records.Deals[i].Product
	}
	return func(d funnel.Deal) (string, bool) { return products[d.ID], true }
}

// closedIn groups closed deals by the label of the period in which they
// closed.
func (r *Review) closedIn(g calendar.Grain) func(funnel.Deal) (string, bool) {
	return func(d funnel.Deal) (string, bool) {
		return r.Options.Calendar.Label(r.Options.Calendar.PeriodOf(g, d.Closed)), !d.Closed.IsZero()
	}
}

// of gives the report of one seller; one without deals has none.
func (f *Funnel) of(seller string) (funnel.Report, bool) {
	for _, g := range f.Sellers.Groups {
		if g.Key == seller {
			return g.Report, true
		}
	}
	return funnel.Report{}, false
}
