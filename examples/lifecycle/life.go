package main

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Life is a plan from its preparation to the proposal for the next one.
type Life struct {
	Preparation plan.Prepared    `json:"preparation"`
	Promise     action.Promise   `json:"promise"`
	Document    plan.Document    `json:"document"` // every version of the plan, and its log
	Quarters    []Quarter        `json:"quarters"`
	Minutes     plan.Minutes     `json:"minutes"`    // of all meetings
	Amendments  []plan.Amendment `json:"amendments"` // what each revision changed
	Closing     Closing          `json:"closing"`

	deals     []deal
	histories *funnel.Histories
	catalog   kpi.Catalog
	card      *scorecard.Scorecard
}

// live carries the plan through its year: what happened, in the order in
// which it did. A meeting follows every review but the last, and the two
// revisions are decisions of meetings.
func live() (*Life, error) {
	l := &Life{deals: deals()}
	for _, step := range []func() error{l.tools, l.start,
		l.review, l.meet, l.revise("up", kpi.Int(2_400_000), "staff"),
		l.review, l.meet,
		l.review, l.meet, l.revise("down", kpi.Int(2_320_000), "prices"),
		l.review, l.close} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *Life) tools() (err error) {
	if l.catalog, err = kpi.Standard("USD", 2); err != nil {
		return err
	}
	if l.histories, err = histories(l.deals); err != nil {
		return err
	}
	l.card, err = scorecard.New(scorecard.Definition{ID: "seller",
		Items: []scorecard.Item{{Metric: "won_value", Weight: kpi.Frac(7, 10)}, {Metric: "win_rate", Weight: kpi.Frac(3, 10)}},
		Bands: []scorecard.Band{{Name: "C"}, {Name: "B", From: kpi.Int(85)}, {Name: "A", From: kpi.Int(100)}}})
	return err
}

// start prepares and drafts the plan, has its warnings signed, commits it and
// sets it going.
func (l *Life) start() error {
	p, err := draft(l.deals, l.catalog)
	if err != nil {
		return err
	}
	if l.Preparation, err = p.Prepare(day("2026-01-05")); err != nil {
		return err
	}
	if l.Promise, err = promise(*p.Actions, p.Goals[0].Target, driversOf(l.deals, company, year(2025))); err != nil {
		return err
	}
	l.Minutes.Plan = p.ID
	document, err := plan.Draft(p)
	if err != nil {
		return err
	}
	warnings, err := p.Ready()
	if err != nil {
		return err
	}
	mo := plan.Signature{By: manager, Day: day("2026-01-09")}
	if document, err = document.Commit(mo, plan.SignAll(mo, warnings)...); err != nil {
		return err
	}
	l.Document, err = document.Activate(plan.Signature{By: manager, Day: day("2026-01-12")})
	return err
}

// records gives one of the flat tables, the names of the columns first: goals
// are the rows of all reviews; the others stand beside a review, one after the
// other, or are of the evaluation.
func (l *Life) records(table string) (all [][]string) {
	if table == "goals" {
		var rows plan.Rows
		for _, q := range l.Quarters {
			rows = append(rows, q.Review.Rows()...)
		}
		return rows.Records()
	}
	for _, t := range l.tables() {
		if t.Name == table {
			records := t.Records()
			all = append(all, records[min(len(all), 1):]...)
		}
	}
	return all
}

func (l *Life) tables() (all []plan.Table) {
	for _, q := range l.Quarters {
		all = append(all, q.Review.Tables(q.Alerts)...)
	}
	return append(all, l.Closing.Evaluation.Tables()...)
}

// tableNames are those that records knows.
func tableNames() []string {
	names := []string{"goals"}
	for _, t := range (&Life{Quarters: make([]Quarter, 1)}).tables() {
		names = append(names, t.Name)
	}
	return names
}
