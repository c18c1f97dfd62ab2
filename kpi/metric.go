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
	RatioOfSums                   // numerators and denominators sum, the ratio does not: win rate
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

// Metric is the definition of a number that is planned, tracked or scored.
// It is a record: write it as a literal and check it with Validate.
type Metric struct {
	ID         string     `json:"id"` // [a-z][a-z0-9_]*
	Name       string     `json:"name,omitzero"`
	NameZH     string     `json:"name_zh,omitzero"`
	Meaning    string     `json:"meaning,omitzero"`
	Unit       Unit       `json:"unit"`
	Direction  Direction  `json:"direction"`
	Additivity Additivity `json:"additivity"`
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

// ValidID reports whether s may be the ID of a metric or a measure:
// [a-z][a-z0-9_]*, at most 64 bytes.
func ValidID(s string) bool {
	for i := 0; i < len(s); i++ {
		letter := s[i] >= 'a' && s[i] <= 'z'
		if !letter && (i == 0 || s[i] != '_' && (s[i] < '0' || s[i] > '9')) {
			return false
		}
	}
	return s != "" && len(s) <= 64
}
