package main

import (
	"github.com/shopspring/decimal"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// The stages of a deal, as the CRM spells them.
const (
	Prospecting = "Prospecting"
	Engaging    = "Engaging"
	Won         = "Won"
	Lost        = "Lost"
)

// stages gives the stages in the order in which deals pass through them.
func stages() []string { return []string{Prospecting, Engaging, Won, Lost} }

// Deal is one row of sales_pipeline.csv: a plain struct, as a CRM would have
// it. The library does not know it and reads it through small functions.
type Deal struct {
	ID      string
	Agent   string
	Product string // as products.csv spells it
	Account string // "" where there is none
	Stage   string
	Engaged calendar.Day        // no day where the deal is not engaged yet, or nobody noted it
	Closed  calendar.Day        // no day where the deal is open; of an open deal, when it is expected to close
	Value   decimal.NullDecimal // not valid where the cell is empty, which is not zero
}

// IsClosed reports whether the deal is won or lost.
func (d *Deal) IsClosed() bool { return d.Stage == Won || d.Stage == Lost }

// Cycle gives the days from engagement to closing; ok is false where a day
// is missing, the deal is open, or it closed before it began.
func (d *Deal) Cycle() (days int, ok bool) {
	if !d.IsClosed() || d.Engaged.IsZero() || d.Closed < d.Engaged {
		return 0, false
	}
	return d.Closed.Sub(d.Engaged), true
}

// Seller is one row of sales_teams.csv.
type Seller struct {
	Name    string
	Manager string
	Region  string
}

// Product is one row of products.csv.
type Product struct {
	Name   string
	Series string
	Price  decimal.Decimal // the list price
}

// Target is one row of targets.csv. The owner is a seller, a manager or a
// regional office.
type Target struct {
	Owner  string
	Period calendar.Period
	Amount kpi.Value
}

// Records is everything that was read, in the order of the files, and what
// its reader should know about it.
type Records struct {
	Deals    []Deal
	Sellers  []Seller
	Products []Product
	Targets  []Target // none where there is no targets.csv
	Plan     PlanFiles
	Findings []check.Finding
}

// FirstDay gives the first day on which a deal was engaged or closed, no day
// where none was.
func (r *Records) FirstDay() calendar.Day {
	first := calendar.Day(0)
	for i := range r.Deals {
		for _, day := range [2]calendar.Day{r.Deals[i].Engaged, r.Deals[i].Closed} {
			if !day.IsZero() && (first.IsZero() || day < first) {
				first = day
			}
		}
	}
	return first
}

// LastDay gives the last day on which anything happened: a deal was engaged
// or closed. It is the as-of day where none is asked for, so that the same
// files give the same review on any day.
func (r *Records) LastDay() calendar.Day {
	var last calendar.Day
	for i := range r.Deals {
		d := &r.Deals[i]
		last = max(last, d.Engaged)
		if d.IsClosed() {
			last = max(last, d.Closed)
		}
	}
	return last
}
