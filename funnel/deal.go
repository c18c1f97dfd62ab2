package funnel

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Deal is what is known of one deal on the as-of instant: what
// [Analysis.By] hands to the caller's key.
type Deal struct {
	ID      string  `json:"id"`
	Life    int     `json:"life"` // which of its lives this is, from 1; 1 unless [NewLife] is asked for
	Outcome Outcome `json:"outcome"`
	Stage   string  `json:"stage"`        // where it is; of a closed deal the open stage in which it closed
	End     string  `json:"end,omitzero"` // the end of a closed deal

	// Created, Started and Closed are no day where they are not known.
	// Started is the creation, or when it reached the question's Start.
	Created calendar.Day `json:"created"`
	Started calendar.Day `json:"started"`
	Closed  calendar.Day `json:"closed"`

	Owner        string `json:"owner,omitzero"`          // of a closed deal the one on closing, else the one on the as-of instant
	OwnerAtEntry string `json:"owner_at_entry,omitzero"` // the one when it started; the first known where that is not known

	Amount        kpi.Value    `json:"amount"`      // the latest
	ListPrice     kpi.Value    `json:"list_price"`  // likewise
	Probability   kpi.Value    `json:"probability"` // its own, or that of its stage
	Category      Category     `json:"category"`    // its own, or that of its stage, or InPipeline
	ExpectedClose calendar.Day `json:"expected_close"`
	NextStep      calendar.Day `json:"next_step"`

	Age   int  `json:"age"`   // days from Started to the as-of day of an open deal, to Closed of a closed one; −1 where not known
	Stale bool `json:"stale"` // see [Stale]; only open deals are
}

// deal gives the deal of a life.
func (a *Analysis) deal(l *life) Deal {
	d := Deal{
		ID: a.ids[l.deal], Life: int(l.number), Outcome: l.outcome, Stage: a.route.stages[l.here].ID,
		Created: l.createdDay, Started: l.startedDay, Closed: l.closedDay,
		Owner: a.word(l.owner), OwnerAtEntry: a.word(l.ownerAtEntry),
		Amount: a.value(l.amount), ListPrice: a.value(l.listPrice), Probability: a.probability(l),
		Category: a.categoryOf(l), ExpectedClose: l.expected, NextStep: l.nextStep,
		Age: max(l.age, l.cycle), Stale: a.stale(l),
	}
	if l.outcome != Open {
		d.End = a.route.stages[l.end].ID
	}
	return d
}
