package action

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Record says what became of an action. Days after the as-of day have not
// come: they count for nothing yet. An action without record was not begun.
type Record struct {
	Action  string       `json:"action"`
	Started calendar.Day `json:"started,omitzero"`
	Done    calendar.Day `json:"done,omitzero"`    // an action that is done was started
	Dropped calendar.Day `json:"dropped,omitzero"` // given up: from then on it counts as not planned

	// Left is the working days of work that are still to be done, as those
	// who do it now reckon. None stated: what was planned for the days to come.
	Left kpi.Value `json:"left,omitzero"`
}

// CostKind says what an entry in the books is.
type CostKind uint8

const (
	NoCost    CostKind = iota // not said
	Committed                 // ordered and not paid yet
	Spent                     // paid, or due for what was delivered
)

func costWords() []string { return []string{"none", "committed", "spent"} }

// String gives none, committed or spent.
func (k CostKind) String() string { return enum.String(costWords(), k) }

// MarshalText gives the word.
func (k CostKind) MarshalText() ([]byte, error) {
	return enum.Marshal("action.CostKind", costWords(), k)
}

// UnmarshalText reads the word.
func (k *CostKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("action.CostKind", costWords(), text, k)
}

// Cost is an entry in the books of an action, or of a strategy as a whole.
// When an order is paid there are two entries: what is spent, and as much
// less than zero that is no longer committed.
type Cost struct {
	Action   string       `json:"action,omitzero"`   // this or
	Strategy string       `json:"strategy,omitzero"` // that, and not both
	Day      calendar.Day `json:"day"`
	Kind     CostKind     `json:"kind"`
	Amount   kpi.Value    `json:"amount"`
}

// Gain is what a strategy is worth: what it promised (see [Plan.Promise]),
// and what changed after it (see [Evaluate]), in money of the plan's
// currency. Either may be left out.
type Gain struct {
	Strategy string    `json:"strategy"`
	Promised kpi.Value `json:"promised,omitzero"`
	Seen     kpi.Value `json:"seen,omitzero"`
}

func (c checker) records(records []Record) {
	twice := make(map[string]int, len(records))
	for i, r := range records {
		at := check.At("records", i) + "."
		c.ref(at+"action", "action", r.Action, c.known.actions)
		c.once("records", i, "action", r.Action, twice)
		c.days(at+"started", r.Started, true, at+"done", r.Done, true)
		c.day(at+"dropped", r.Dropped, true)
		if !r.Done.IsZero() && !r.Dropped.IsZero() {
			c.problems.Add(check.ErrInvalid, at+"dropped", "done_and_dropped", r.Dropped, "done", r.Done)
		}
		if !r.Started.IsZero() && !r.Dropped.IsZero() && r.Dropped < r.Started {
			c.problems.Add(check.ErrInvalid, at+"dropped", "end_before_start", r.Dropped, "start", r.Started)
		}
		c.amount(at+"left", r.Left)
	}
}

func (c checker) costs(costs []Cost) {
	for i, cost := range costs {
		at := check.At("costs", i) + "."
		switch {
		case cost.Action == "" && cost.Strategy == "":
			c.problems.Add(check.ErrMissing, at+"action", "missing_action", nil)
		case cost.Action != "" && cost.Strategy != "":
			c.problems.Add(check.ErrInvalid, at+"strategy", "action_and_strategy", cost.Strategy, "action", cost.Action)
		}
		c.optionalRef(at+"action", "action", cost.Action, c.known.actions)
		c.optionalRef(at+"strategy", "strategy", cost.Strategy, c.known.strategies)
		c.day(at+"day", cost.Day, false)
		c.word(at+"kind", uint8(cost.Kind), uint8(Spent))
		if cost.Kind == NoCost {
			c.problems.Add(check.ErrMissing, at+"kind", "missing_kind", nil)
		}
		checkNumber(c.problems, at+"amount", cost.Amount, true)
	}
}

func (c checker) gains(gains []Gain) {
	twice := map[string]int{}
	for i, g := range gains {
		at := check.At("gains", i) + "."
		c.ref(at+"strategy", "strategy", g.Strategy, c.known.strategies)
		c.once("gains", i, "strategy", g.Strategy, twice)
	}
}
