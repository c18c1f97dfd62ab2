package funnel

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Deal is what is known of one deal on the as-of instant: what [AnalyzeBy]
// hands to the caller's key.
type Deal struct {
	ID      string
	Outcome Outcome
	Stage   string // where it is; of a closed deal the open stage in which it closed
	End     string // the end of a closed deal

	// Created, Started and Closed are no day where they are not known.
	// Started is the creation, or when it reached the question's Start.
	Created, Started, Closed calendar.Day

	Owner        string // of a closed deal the one on closing, else the one on the as-of instant
	OwnerAtEntry string // the one when it started; the first known where that is not known

	Amount, ListPrice kpi.Value // the latest
	Probability       kpi.Value // its own, or that of its stage
	ExpectedClose     calendar.Day
}
