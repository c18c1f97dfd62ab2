package funnel

import (
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Flow is how deals moved through a pipeline in a window: what was open as it
// began, what came, what went, and what is open as it ends. The window lies
// after one instant and reaches to another, which belongs to it; opening and
// closing are the snapshots that [Analyze] gives as of the two.
//
// For every stage, and for the pipeline as a whole, by count and by value,
//
//	Opening + Entered − Left + (value: Revalued.Net) = Closing
//
// with nothing left over: skips, moves back, deals opened again, removed or
// moved between pipelines, and stages passed within one instant included.
// Every move counts at the deal's value at its instant; what the value did
// while the deal stayed is Revalued. A deal without a value is counted and
// adds none (N of Of).
type Flow struct {
	Pipeline string    `json:"pipeline"`
	After    time.Time `json:"after"` // in UTC; what happened at this instant is in the opening
	Until    time.Time `json:"until"` // in UTC; what happened at this instant is in the window
	ValueBy  ValueBy   `json:"value_by"`
	Policy   Policy    `json:"policy"`

	Stages []StageMovement `json:"stages"` // every open stage in order

	// Whole is the open pipeline as one: what moved from one open stage to
	// another is no movement of it, and those lines are zero.
	Whole Movement `json:"whole"`

	// Transitions are the moves from each place to each other, those that
	// occur: outside the pipeline first, then the stages in order, then the
	// ends. Moves between ends are here and in no stage.
	Transitions []Transition `json:"transitions"`

	Findings []check.Finding `json:"findings"`
}

// StageMovement is the movement of one open stage.
type StageMovement struct {
	Stage string `json:"stage"`
	Movement
}

// Movement is what changed a stock of open deals.
type Movement struct {
	Opening  Stock       `json:"opening"`
	Entered  Entries     `json:"entered"`
	Left     Exits       `json:"left"`
	Revalued Revaluation `json:"revalued"`
	Closing  Stock       `json:"closing"`
}

// Entries are the moves into a stage. Their Times and Values add up to those
// of All; a deal that came in two ways is one deal of All.
type Entries struct {
	All         Tally `json:"all"`
	New         Tally `json:"new"`          // the first that is known of the deal
	FromEarlier Tally `json:"from_earlier"` // from an earlier open stage
	FromLater   Tally `json:"from_later"`   // back from a later open stage
	Reopened    Tally `json:"reopened"`     // from an end
	Restored    Tally `json:"restored"`     // had been removed
	MovedIn     Tally `json:"moved_in"`     // from another pipeline
}

// Exits are the moves out of a stage. Their Times and Values add up to those
// of All.
type Exits struct {
	All          Tally `json:"all"`
	Forward      Tally `json:"forward"` // to a later open stage
	Back         Tally `json:"back"`    // to an earlier open stage
	Won          Tally `json:"won"`
	Lost         Tally `json:"lost"`
	Disqualified Tally `json:"disqualified"`
	Removed      Tally `json:"removed"`
	MovedOut     Tally `json:"moved_out"` // to another pipeline
}

// Transition is the moves from one place to another.
type Transition struct {
	From Place `json:"from"`
	To   Place `json:"to"`
	Tally
}

// FromTo gives the moves from one place to another, none where there were
// none.
func (f Flow) FromTo(from, to Place) Tally {
	for _, t := range f.Transitions {
		if t.From == from && t.To == to {
			return t.Tally
		}
	}
	return Tally{}
}

// Flow gives the movement of the days of a period, in the question's
// location. The period must be over: one that ends after the as-of instant
// is check.ErrRange, and no period is check.ErrMissing.
//
// Of a part ([Analysis.By]) it is the whole way of the deals that are in the
// part on the as-of instant, or were when they left the pipeline: by owner,
// what the deals of the present owner did, whoever had them then. What was
// handed over in between shows in [Between] with a [Scope].
func (a *Analysis) Flow(days calendar.Period) (Flow, error) {
	from, to, err := a.daySpan("funnel.Flow", days)
	if err != nil {
		return Flow{}, err
	}
	return a.flow(from, to), nil
}

// FlowBetween gives the movement after one instant up to another, which is
// included: from the meeting of last Monday to that of today. A missing
// instant is check.ErrMissing, one outside 1900–2200 or after the as-of
// instant check.ErrRange, and an until before after check.ErrInvalid.
func (a *Analysis) FlowBetween(after, until time.Time) (Flow, error) {
	from, to, err := a.span("funnel.FlowBetween", after, until)
	if err != nil {
		return Flow{}, err
	}
	return a.flow(from, to), nil
}

func (a *Analysis) flow(from, to int64) Flow {
	c := newFlowCount(a, from, to)
	a.eachTrack(c.add)
	return c.done()
}
