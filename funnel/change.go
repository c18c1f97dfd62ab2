package funnel

import (
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// PipelineChange is what changed in the open pipeline of a scope from one
// instant to a later one: what a meeting asks that looks at last week's
// numbers and today's. By count and by value, to the last cent,
//
//	Opening + every line, with its sign = Closing
//
// A line is there where it has deals; [PipelineChange.Line] gives any.
type PipelineChange struct {
	Pipeline   string          `json:"pipeline"`
	Before     time.Time       `json:"before"` // in UTC
	After      time.Time       `json:"after"`  // in UTC
	ValueBy    ValueBy         `json:"value_by"`
	ExpectedIn calendar.Period `json:"expected_in"` // of the scope; null: whatever the date

	Opening   Stock        `json:"opening"`
	Lines     []ChangeLine `json:"lines"`     // in the order of the causes
	Unchanged Stock        `json:"unchanged"` // the deals that stayed, with the same value
	Closing   Stock        `json:"closing"`

	// Through are deals that came and were closed between the two instants,
	// so that neither knows them as open: they change no stock, and all that
	// was won in between is the line won and these. Where the scope has a
	// period they belong to it by the day of their closing. Their value is
	// as of After.
	Through []ChangeLine `json:"through"`

	Findings []check.Finding `json:"findings"`
}

// ChangeLine is the deals that changed the pipeline for one cause.
type ChangeLine struct {
	Cause Cause `json:"cause"`
	Count int64 `json:"count"`

	// Value is what the line adds or takes away, see [Cause.Sign]: of deals
	// that came what they are worth after, of those that left what they were
	// worth before, of those that stayed the difference, above zero.
	Value kpi.Partial `json:"value"`

	Was   kpi.Partial   `json:"was"`   // what the deals were worth before, and how many had a value
	Is    kpi.Partial   `json:"is"`    // what they are worth after: of won deals what they were won at
	Deals []ChangedDeal `json:"deals"` // in the order of their IDs
}

// ChangedDeal is one deal of a line. What is not known at an instant is no
// data and no day.
type ChangedDeal struct {
	Deal     string       `json:"deal"`
	Owner    string       `json:"owner,omitzero"` // after; before of a deal that is gone
	Was      kpi.Value    `json:"was"`
	Is       kpi.Value    `json:"is"`
	CloseWas calendar.Day `json:"close_was"` // expected
	CloseIs  calendar.Day `json:"close_is"`
}

// Behind gives the deals of the line, page by page; errors are those of the
// page.
func (l ChangeLine) Behind(page kpi.Page) (kpi.Behind, error) {
	problems := check.List{Op: "funnel.ChangeLine.Behind"}
	problems.Nest("page", page.Validate())
	ids := make([]string, len(l.Deals))
	for i, d := range l.Deals {
		ids[i] = d.Deal
	}
	return page.Of(ids), problems.Err()
}

// Line gives the line of a cause, one without deals where there is none.
func (c PipelineChange) Line(cause Cause) ChangeLine { return lineOf(c.Lines, cause) }

// ThroughLine gives the line of Through for DealWon, DealLost or
// DealDisqualified, one without deals where there is none.
func (c PipelineChange) ThroughLine(cause Cause) ChangeLine { return lineOf(c.Through, cause) }

func lineOf(lines []ChangeLine, cause Cause) ChangeLine {
	for _, l := range lines {
		if l.Cause == cause {
			return l
		}
	}
	return ChangeLine{Cause: cause, Deals: []ChangedDeal{}}
}

// Between gives what changed in the open pipeline of a scope between two
// analyses of the same pipeline. Each may be of other histories (last
// week's, kept as a state, and today's); deals meet by their IDs.
//
// Every deal of either side is under exactly one cause. Of a deal that came,
// the first that applies: created, moved in, restored, reopened, transferred in,
// then by its close date. Of one that left: removed, moved out, transferred
// out (also where it was closed since: another's pipeline lost it), won, lost,
// disqualified, then by its close date. A transfer inside the scope is none: it
// stands in the lines of both owners and not in that of their manager.
//
// Errors are check.ErrMissing for a nil analysis, check.ErrInvalid where
// before is the later one, and check.ErrDefinition where pipelines or
// questions differ in more than the instant, or where one is a part
// ([Analysis.By]): a part does not know what left it, a Scope does.
func Between(before, after *Analysis, in Scope) (PipelineChange, error) {
	if err := sameQuestion("funnel.Between", before, after); err != nil {
		return PipelineChange{}, err
	}
	c := comparing{before: before, after: after, in: in}
	c.compare()
	return c.done(), nil
}
