package steps

import "github.com/saleskpi/saleskpi/internal/enum"

// Order says how the steps follow one another. The zero Order is Ordered.
type Order uint8

const (
	Ordered   Order = iota // each step after the one before, whatever lies between
	Strict                 // each step is the entity's very next event
	Unordered              // the steps in any order; step k is "k different ones"
)

func orderWords() []string { return []string{"ordered", "strict", "unordered"} }

// String gives ordered, strict or unordered.
func (o Order) String() string { return enum.String(orderWords(), o) }

// MarshalText gives the word; an order outside the constants is an error.
func (o Order) MarshalText() ([]byte, error) { return enum.Marshal("steps.Order", orderWords(), o) }

// UnmarshalText reads the word.
func (o *Order) UnmarshalText(text []byte) error {
	return enum.Unmarshal("steps.Order", orderWords(), text, o)
}

// Edge says whether what comes exactly at the end of a window is in time. The
// zero Edge is Inclusive.
type Edge uint8

const (
	Inclusive Edge = iota // at most the window after the start
	Exclusive             // less than the window after the start
)

func edgeWords() []string { return []string{"inclusive", "exclusive"} }

// String gives inclusive or exclusive.
func (e Edge) String() string { return enum.String(edgeWords(), e) }

// MarshalText gives the word; an edge outside the constants is an error.
func (e Edge) MarshalText() ([]byte, error) { return enum.Marshal("steps.Edge", edgeWords(), e) }

// UnmarshalText reads the word.
func (e *Edge) UnmarshalText(text []byte) error {
	return enum.Unmarshal("steps.Edge", edgeWords(), text, e)
}

// Ties says how events of one instant stand to one another. The zero Ties is
// AnyOrder.
type Ties uint8

const (
	AnyOrder      Ties = iota // they may be taken in whatever order helps, each once
	BySequence                // by Seq; those that share it too in any order
	LaterInstants             // each step at a later instant than the one before
)

func tiesWords() []string { return []string{"any_order", "by_sequence", "later_instants"} }

// String gives any_order, by_sequence or later_instants.
func (t Ties) String() string { return enum.String(tiesWords(), t) }

// MarshalText gives the word; a number outside the constants is an error.
func (t Ties) MarshalText() ([]byte, error) { return enum.Marshal("steps.Ties", tiesWords(), t) }

// UnmarshalText reads the word.
func (t *Ties) UnmarshalText(text []byte) error {
	return enum.Unmarshal("steps.Ties", tiesWords(), text, t)
}

// Clock says which attempt stands for an entity, and so where its times begin.
// It chooses among those attempts that got furthest and are not excluded; how
// far the entity got does not depend on it. The zero Clock is FirstEntry.
type Clock uint8

const (
	FirstEntry Clock = iota // the one that started first
	LastEntry               // of those that arrived first, the one that started last
	EachVisit               // every attempt gives its own time; for the rest as FirstEntry
)

func clockWords() []string { return []string{"first_entry", "last_entry", "each_visit"} }

// String gives first_entry, last_entry or each_visit.
func (c Clock) String() string { return enum.String(clockWords(), c) }

// MarshalText gives the word; a clock outside the constants is an error.
func (c Clock) MarshalText() ([]byte, error) { return enum.Marshal("steps.Clock", clockWords(), c) }

// UnmarshalText reads the word.
func (c *Clock) UnmarshalText(text []byte) error {
	return enum.Unmarshal("steps.Clock", clockWords(), text, c)
}
