package steps

import (
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Report is the answer to a [Question]. Counts, rates and times are exact;
// the ends of intervals are estimates.
type Report struct {
	Definition string    `json:"definition"` // its ID
	Hash       string    `json:"hash"`       // and fingerprint
	AsOf       time.Time `json:"as_of"`      // in UTC, to the microsecond

	From    string          `json:"from"` // the steps that the figures below Steps are about
	To      string          `json:"to"`
	Entries calendar.Period `json:"entries"` // of the attempts; no period: all

	Counts Counts      `json:"counts"`
	Events EventCounts `json:"events"`

	Steps []StepCount `json:"steps"`

	Entities Conversion `json:"entities"` // from From to To, every entity once
	Attempts Conversion `json:"attempts"` // and every attempt for itself

	// Time is how long those that converted took from From to To: each entity
	// by the attempt that the [Clock] chooses, or each attempt.
	Time      Durations `json:"time"`
	Histogram []Bin     `json:"histogram"`

	Trend     []TrendPeriod   `json:"trend"`
	Breakdown *Groups         `json:"breakdown,omitzero"` // nil where none was asked for
	Findings  []check.Finding `json:"findings"`
}

// Counts says what was read: Read = Counted + the sum of Excluded, each entity
// under one fate.
type Counts struct {
	Read     int64      `json:"read"`    // entities
	Counted  int64      `json:"counted"` // those that entered and were not dropped
	Excluded []Excluded `json:"excluded"`
}

// Excluded is how many entities are not counted, and why: Dropped, NoEntry,
// NotBegun, NoTime or NoID.
type Excluded struct {
	Fate     Fate  `json:"fate"`
	Entities int64 `json:"entities"`
}

// EventCounts says what the events were:
//
//	Read = Steps + Other + AfterAsOf + NoTime + OutOfRange + NoID
type EventCounts struct {
	Read       int64 `json:"read"`         // different events
	Steps      int64 `json:"steps"`        // may be a step or an exclusion
	Other      int64 `json:"other"`        // neither
	AfterAsOf  int64 `json:"after_as_of"`  // not yet known at the as-of instant
	NoTime     int64 `json:"no_time"`      // without an instant
	OutOfRange int64 `json:"out_of_range"` // with one outside 1900–2200
	NoID       int64 `json:"no_id"`        // of no entity
}

// StepCount is one step in three counts. An entity that reached a mandatory
// step reached all mandatory steps before it; optional steps may have fewer
// than the step behind them. In an unordered funnel row k counts who did k
// different steps, Step is that number, and Events counts those of the k-th
// step of the definition.
type StepCount struct {
	Step     string `json:"step"`
	Optional bool   `json:"optional,omitzero"`

	Entities int64 `json:"entities"` // entities that reached it
	Attempts int64 `json:"attempts"` // attempts that reached it and are not excluded
	Events   int64 `json:"events"`   // events that may be the step, part of an attempt or not

	FromFirst    Conversion `json:"from_first"`    // of the entities that entered
	FromPrevious Conversion `json:"from_previous"` // of those at the mandatory step before

	// Time since the mandatory step before.
	Time Durations `json:"time"`
}

// TrendPeriod is what became of the attempts that started in a period.
type TrendPeriod struct {
	Period calendar.Period `json:"period"`
	Label  string          `json:"label"`

	// Mature: whatever starts in the period had all its time by the as-of
	// instant. Where it is false, Observed may still rise.
	Mature bool `json:"mature"`

	Entities Conversion `json:"entities"` // an entity once in each period in which it started
	Attempts Conversion `json:"attempts"`
}

// Groups is the funnel by the values of an attribute.
type Groups struct {
	Attribute string      `json:"attribute,omitzero"`
	By        Attribution `json:"by"`
	Step      string      `json:"step,omitzero"`

	// Additive: every entity stands in one group, so that counts of entities
	// add up to those of the whole. Where it is false one may stand in several.
	Additive bool    `json:"additive"`
	Groups   []Group `json:"groups"` // by value; those without one last

	// Homogeneity says whether the entities of the groups convert differently
	// at all, by more than chance, and Clustered is the conversion of them all
	// with an interval that knows of the groups. Both are of Observed, and
	// undefined (NotApplicable) where groups overlap.
	Homogeneity kpi.Homogeneity `json:"homogeneity"`
	Clustered   kpi.Clustered   `json:"clustered"`
}

// Group is the funnel of one value.
type Group struct {
	Value    string     `json:"value"`
	Missing  bool       `json:"missing,omitzero"` // no value, or none at the step asked for
	Steps    []Reached  `json:"steps"`
	Entities Conversion `json:"entities"` // from From to To
	Attempts Conversion `json:"attempts"`
}

// Reached is how many came to a step.
type Reached struct {
	Step     string `json:"step"`
	Entities int64  `json:"entities"`
	Attempts int64  `json:"attempts"`
}
