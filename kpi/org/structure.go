package org

import (
	"encoding/json"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Unit is a node that people belong to: a company, region, team, territory.
type Unit struct {
	ID     string `json:"id"`
	Name   string `json:"name,omitzero"`   // for display; empty: the ID serves
	Kind   string `json:"kind,omitzero"`   // the caller's own word, such as "team"
	Parent string `json:"parent,omitzero"` // the unit above; empty for a root
}

// Member is a person, or whoever else holds a target: a seller, a partner.
type Member struct {
	ID   string `json:"id"`
	Name string `json:"name,omitzero"` // for display; empty: the ID serves
}

// Assignment says that a member belongs to a unit from a day up to but
// without another. A zero From has always been, a zero To goes on. The share
// says how much of the member it is; the zero Share is all.
type Assignment struct {
	Member string       `json:"member"`
	Unit   string       `json:"unit"`
	From   calendar.Day `json:"from,omitzero"` // first day that belongs
	To     calendar.Day `json:"to,omitzero"`   // first day that belongs no longer
	Share  Share        `json:"share,omitzero"`
}

// holds reports whether the assignment is in force on a day. No day has no
// assignments.
func (a Assignment) holds(day calendar.Day) bool {
	return !day.IsZero() && a.From <= day && (a.To.IsZero() || day < a.To)
}

// Structure is everything that [New] needs, in the order in which the caller
// has it. Where Members is empty the assignments alone say who there is, and
// IDs serve as names; where it is not, it must hold everybody, so that a
// mistyped ID is found.
type Structure struct {
	Units       []Unit       `json:"units"`
	Members     []Member     `json:"members"`
	Assignments []Assignment `json:"assignments"`
}

// schema names the stored form of a Structure.
const schema = "saleskpi/org/1"

// plain is a Structure without its own JSON form.
type plain Structure

type stored struct {
	Schema string `json:"schema"`
	plain
}

// MarshalJSON gives the stored form, which carries "schema":"saleskpi/org/1".
func (s Structure) MarshalJSON() ([]byte, error) {
	if s.Units == nil {
		s.Units = []Unit{}
	}
	if s.Members == nil {
		s.Members = []Member{}
	}
	if s.Assignments == nil {
		s.Assignments = []Assignment{}
	}
	return json.Marshal(stored{schema, plain(s)})
}

// UnmarshalJSON reads what MarshalJSON writes; null leaves the structure as
// it is. The schema is required and an unknown field is an error. Whether
// the structure holds together is not asked here but by [New].
func (s *Structure) UnmarshalJSON(data []byte) error {
	var j stored
	if ok, err := check.DecodeStored("org.Structure", schema, data, &j); !ok {
		return err
	}
	*s = Structure(j.plain)
	return nil
}

// clone shares nothing with s.
func (s Structure) clone() Structure {
	return Structure{slices.Clone(s.Units), slices.Clone(s.Members), slices.Clone(s.Assignments)}
}

// Validate reports what [New] would, and builds nothing to keep.
func (s Structure) Validate() error {
	_, err := New(s)
	return err
}
