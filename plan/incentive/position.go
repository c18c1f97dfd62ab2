package incentive

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Position is where a payee stands between two periods: the closing position
// of a statement is the opening one of the next. The zero Position is that of
// a first period. It is a record.
type Position struct {
	Components []Standing `json:"components"`
	Held       []Held     `json:"held"`
	Draw       kpi.Value  `json:"draw"` // what is owed on recoverable draws; none is 0
}

// Standing is what a component has behind it since the beginning of the
// year. What is left out counts as nothing.
type Standing struct {
	Component string    `json:"component"`
	Credited  kpi.Value `json:"credited"` // what was counted
	Quota     kpi.Value `json:"quota"`    // of those periods; of a component that runs to date, that of the whole span
	Earned    kpi.Value `json:"earned"`   // for caps to date
}

// Held is pay that waits for the customer's cash.
type Held struct {
	Of        calendar.Period `json:"of"` // the period that earned it
	Component string          `json:"component"`
	Credit    string          `json:"credit"`
	Deal      string          `json:"deal"`
	Day       calendar.Day    `json:"day"` // of the credit
	Tier      string          `json:"tier,omitzero"`
	Due       kpi.Value       `json:"due"`    // cash that the deal will bring, less what was reversed
	Earned    kpi.Value       `json:"earned"` // what the line earned, less what was taken back
	Left      kpi.Value       `json:"left"`   // what is still held
}

// NewYear gives the position with which the next year begins: what is held
// and what is owed go on, what was counted starts at nothing.
func (p Position) NewYear() Position {
	return Position{Components: []Standing{}, Held: append([]Held{}, p.Held...), Draw: p.Draw}
}

func (p Position) standing(component string) (s Standing, found bool) {
	for _, s := range p.Components {
		if s.Component == component {
			return s, true
		}
	}
	return Standing{}, false
}

func (p Plan) checkOpening(problems *check.List, o Position) {
	seen := map[string]bool{}
	for i, s := range o.Components {
		at := check.At("opening.components", i)
		switch {
		case p.index(s.Component) < 0:
			problems.Add(check.ErrUnknown, at+".component", "unknown_component", s.Component)
		case seen[s.Component]:
			problems.Add(check.ErrDuplicate, at+".component", "duplicate_component", s.Component)
		}
		seen[s.Component] = true
		optional(problems, at+".credited", s.Credited)
		optional(problems, at+".quota", s.Quota)
		optional(problems, at+".earned", s.Earned)
	}
	for i, h := range o.Held {
		at := check.At("opening.held", i)
		if p.index(h.Component) < 0 {
			problems.Add(check.ErrUnknown, at+".component", "unknown_component", h.Component)
		}
		required(problems, at+".due", h.Due)
		required(problems, at+".earned", h.Earned)
		required(problems, at+".left", h.Left)
		notNegative(problems, at+".left", h.Left)
	}
	optional(problems, "opening.draw", o.Draw)
	notNegative(problems, "opening.draw", o.Draw)
}

// plus adds two numbers of which one that is no data adds nothing.
func plus(a, b kpi.Value) kpi.Value {
	switch {
	case a == (kpi.Value{}):
		return b
	case b == (kpi.Value{}):
		return a
	}
	return a.Add(b)
}
