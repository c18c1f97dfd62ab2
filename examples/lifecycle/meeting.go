package main

import (
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
)

// meet adds what was said and decided at the meeting after the last review.
// What becomes of it is looked at in the next one.
func (l *Life) meet() error {
	held := meetings()[len(l.Quarters)-1]
	l.Minutes.Feedback = append(l.Minutes.Feedback, held.Feedback...)
	l.Minutes.Decisions = append(l.Minutes.Decisions, held.Decisions...)
	return l.Minutes.Validate()
}

// meetings are those after the first three reviews.
func meetings() [3]plan.Minutes {
	return [3]plan.Minutes{
		{
			Feedback: []plan.Feedback{
				{ID: "half", Day: day("2026-04-09"), Author: "bo", Action: "calls", Text: "Half of the visitors of the fair have not been called yet."},
				{ID: "distributor", Day: day("2026-04-15"), Author: "bo", Goal: goalID, Text: "A distributor has signed; we expect orders for 40,000 by December."},
			},
			Decisions: []plan.Decision{
				decided("help", manager, "2026-04-20", "Ann helps with the calls until all are made", plan.Decision{Action: "calls", Answers: []string{"half"}}),
				decided("up", manager, "2026-04-20", "raise the target by 40,000 for the new distributor", plan.Decision{Revision: day("2026-05-01"), Answers: []string{"distributor"}}),
			},
		},
		{
			Feedback: []plan.Feedback{
				{ID: "time", Day: day("2026-07-06"), Author: "cy", Action: "visits", Text: "Quotations leave me no time for visits with Mo."},
				{ID: "delivery", Day: day("2026-07-08"), Author: "gus", Goal: goalID, Text: "Plants ask for delivery within a week; we lose orders over it."},
			},
			Decisions: []plan.Decision{
				decided("visits", manager, "2026-07-13", "make the visits from August on, two customers a week", plan.Decision{Action: "visits", Answers: []string{"time"}}),
			},
		},
		{
			Feedback: []plan.Feedback{
				{ID: "cheaper", Day: day("2026-10-07"), Author: "ann", Goal: goalID, Text: "A competitor was cheaper in four of my negotiations."},
				{ID: "help", Day: day("2026-10-09"), Author: "gus", Action: "visits", Text: "The visits help. Can we go on with them in 2027?"},
				{ID: "closed", Day: day("2026-10-13"), Author: "cy", Goal: goalID, Text: "My largest customer closes its plant: the order of 80,000 is lost."},
			},
			Decisions: []plan.Decision{
				decided("not-yet", manager, "2026-10-19", "no change this year: the works cannot do it before 2027", plan.Decision{Nothing: true, Answers: []string{"delivery"}}),
				decided("prices", manager, "2026-10-19", "no lower prices: the lost negotiations are gone through in November", plan.Decision{Nothing: true, Answers: []string{"cheaper"}}),
				decided("down", "board", "2026-10-19", "lower the target by 80,000 for the plant that closed", plan.Decision{Revision: day("2026-11-01"), Answers: []string{"closed"}}),
			},
		},
	}
}

// decided signs a decision.
func decided(id, by, on, reason string, d plan.Decision) plan.Decision {
	d.ID, d.Signature = id, plan.Signature{By: by, Day: day(on), Reason: reason}
	return d
}

// decision gives one by its ID.
func (l *Life) decision(id string) plan.Decision {
	for _, d := range l.Minutes.Decisions {
		if d.ID == id {
			return d
		}
	}
	return plan.Decision{}
}

// heldAfter gives what was said and decided after the review of a quarter and
// before the next one.
func (l *Life) heldAfter(q calendar.Period) plan.Minutes {
	next, m := following(q), plan.Minutes{Plan: l.Minutes.Plan}
	for _, f := range l.Minutes.Feedback {
		if next.Contains(f.Day) {
			m.Feedback = append(m.Feedback, f)
		}
	}
	for _, d := range l.Minutes.Decisions {
		if next.Contains(d.Day) {
			m.Decisions = append(m.Decisions, d)
		}
	}
	return m
}

// said gives feedback by its ID.
func (l *Life) said(id string) plan.Feedback {
	for _, f := range l.Minutes.Feedback {
		if f.ID == id {
			return f
		}
	}
	return plan.Feedback{}
}
