package action

import (
	"cmp"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Bounds of a plan.
const (
	MaxStrategies = 200    // strategies of a plan
	MaxActions    = 10_000 // actions
	MaxPeople     = 20_000 // people
	MaxParts      = 1_000  // milestones, routines or activities
	MaxLinks      = 1_000  // roles or predecessors of an action, days away of a person, actions of a milestone
	MaxBlocked    = 100    // IDs that a late action lists; it counts all
)

// Plan is an action plan (行动方案): the strategies that are to reach a goal,
// and who does what by when. It is a record and a document to be stored: its
// JSON carries "schema":"saleskpi/actions/1". The order of its parts does not
// matter.
type Plan struct {
	ID     string `json:"id"`
	Name   string `json:"name,omitzero"`
	NameZH string `json:"name_zh,omitzero"`

	Period   calendar.Period `json:"period"`   // that it is for; routines run in it
	Unit     kpi.Unit        `json:"unit"`     // the currency of every budget
	Stacking Stacking        `json:"stacking"` // of several strategies on one lever

	Strategies []Strategy  `json:"strategies,omitempty"`
	Actions    []Action    `json:"actions"`
	Milestones []Milestone `json:"milestones,omitempty"`
	People     []Person    `json:"people,omitempty"`
	Routines   []Routine   `json:"routines,omitempty"`
	Activities []Activity  `json:"activities,omitempty"`
}

// titles gives what a strategy, action or milestone is called in English and
// in Chinese: its name in the other language, or its ID, where there is none.
func titles(id, name, zh string) (string, string) {
	return cmp.Or(name, zh, id), cmp.Or(zh, name, id)
}
