package kpi

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Direction says which way a metric is better. The zero Direction is
// HigherIsBetter.
type Direction uint8

const (
	HigherIsBetter Direction = iota // revenue, win rate
	LowerIsBetter                   // sales cycle, overdue days
	InBand                          // discount rate, stock cover
)

func directionWords() []string { return []string{"higher", "lower", "band"} }

// String gives higher, lower or band.
func (d Direction) String() string { return enum.String(directionWords(), d) }

// MarshalText gives the word.
func (d Direction) MarshalText() ([]byte, error) {
	return enum.Marshal("kpi.Direction", directionWords(), d)
}

// UnmarshalText reads the word.
func (d *Direction) UnmarshalText(text []byte) error {
	return enum.Unmarshal("kpi.Direction", directionWords(), text, d)
}

// Additivity says how a metric combines over months and people. The zero
// Additivity is Additive.
type Additivity uint8

const (
	Additive    Additivity = iota // sums over people and periods: revenue, deals won
	RatioOfSums                   // not itself a sum: computed anew from its measures, each combined by its own rule: win rate
	Level                         // sums over people, not over periods: open pipeline, headcount
	Distinct                      // sums over neither: active customers
)

func additivityWords() []string { return []string{"additive", "ratio", "level", "distinct"} }

// String gives additive, ratio, level or distinct.
func (a Additivity) String() string { return enum.String(additivityWords(), a) }

// MarshalText gives the word.
func (a Additivity) MarshalText() ([]byte, error) {
	return enum.Marshal("kpi.Additivity", additivityWords(), a)
}

// UnmarshalText reads the word.
func (a *Additivity) UnmarshalText(text []byte) error {
	return enum.Unmarshal("kpi.Additivity", additivityWords(), text, a)
}

// Kind says what a metric tells about the work. The zero Kind is Result.
type Kind uint8

const (
	Result  Kind = iota // what came out: revenue, win rate
	Leading             // an activity or state that comes before results: meetings, pipeline created
	Hygiene             // whether the other numbers can be trusted: stale deals, overdue share
)

func kindWords() []string { return []string{"result", "activity", "hygiene"} }

// String gives result, activity or hygiene.
func (k Kind) String() string { return enum.String(kindWords(), k) }

// MarshalText gives the word.
func (k Kind) MarshalText() ([]byte, error) { return enum.Marshal("kpi.Kind", kindWords(), k) }

// UnmarshalText reads the word.
func (k *Kind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("kpi.Kind", kindWords(), text, k)
}

// Metric is the definition of a number that is planned, tracked or scored.
// With a formula it is computed from measures and other metrics; without one
// it is itself a measure, counted from records. It is a record: write it as a
// literal and check it with Validate, or put it into a [Catalog], which
// checks the formula too.
type Metric struct {
	ID         string     `json:"id"` // [a-z][a-z0-9_]*
	Name       string     `json:"name,omitzero"`
	NameZH     string     `json:"name_zh,omitzero"`
	Meaning    string     `json:"meaning,omitzero"`    // what it is, in a sentence
	Formula    Formula    `json:"formula,omitzero"`    // none for a measure
	Population string     `json:"population,omitzero"` // which records are counted
	Unit       Unit       `json:"unit"`
	Direction  Direction  `json:"direction"`
	Additivity Additivity `json:"additivity"`
	Kind       Kind       `json:"kind,omitzero"`
	Source     string     `json:"source,omitzero"` // where the definition is published
}

// Validate reports an ID that is missing or malformed, a unit that
// contradicts itself, and enumerations outside their constants.
func (m Metric) Validate() error {
	problems := check.List{Op: "kpi.Metric"}
	switch {
	case m.ID == "":
		problems.Add(check.ErrMissing, "id", "missing_id", nil)
	case !ValidID(m.ID):
		problems.Add(check.ErrInvalid, "id", "malformed_id", m.ID, "form", "[a-z][a-z0-9_]*")
	}
	problems.Nest("unit", m.Unit.Validate())
	if m.Direction > InBand {
		problems.Add(check.ErrUnknown, "direction", "unknown_word", uint8(m.Direction))
	}
	if m.Additivity > Distinct {
		problems.Add(check.ErrUnknown, "additivity", "unknown_word", uint8(m.Additivity))
	}
	if m.Kind > Hygiene {
		problems.Add(check.ErrUnknown, "kind", "unknown_word", uint8(m.Kind))
	}
	return problems.Err()
}

// Title gives the name in a language ("en" or "zh"), or the ID where there
// is none.
func (m Metric) Title(lang string) string {
	name := m.Name
	if lang == "zh" {
		name = m.NameZH
	}
	if name == "" {
		return m.ID
	}
	return name
}

// maxID is the longest ID of a metric or measure, in bytes.
const maxID = 64

// ValidID reports whether s may be the ID of a metric or a measure:
// [a-z][a-z0-9_]*, at most 64 bytes.
func ValidID(s string) bool {
	for i := 0; i < len(s); i++ {
		letter := s[i] >= 'a' && s[i] <= 'z'
		if !letter && (i == 0 || s[i] != '_' && (s[i] < '0' || s[i] > '9')) {
			return false
		}
	}
	return s != "" && len(s) <= maxID
}
