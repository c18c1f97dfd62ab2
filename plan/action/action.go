package action

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Action is something that somebody does by a day.
type Action struct {
	ID       string       `json:"id"`
	Name     string       `json:"name,omitzero"`
	NameZH   string       `json:"name_zh,omitzero"`
	Strategy string       `json:"strategy,omitzero"` // the one that it belongs to, by its ID
	Roles    []Role       `json:"roles"`             // who has which part in it
	Start    calendar.Day `json:"start"`             // the first day of work
	Due      calendar.Day `json:"due"`               // the last one

	// After names the actions that must be done before this one starts. Start
	// lies after the day on which they are due.
	After  []string  `json:"after,omitempty"`
	Budget kpi.Value `json:"budget,omitzero"`
}

// Role is the part of one person in an action. Somebody who answers for an
// action and does it has two.
type Role struct {
	Person string    `json:"person"`
	Part   Part      `json:"part"`
	Effort kpi.Value `json:"effort,omitzero"` // working days of this person; 0 where left out
}

// Owner gives the person that is accountable, or "" where there is none.
func (a Action) Owner() string {
	for _, r := range a.Roles {
		if r.Part == Accountable {
			return r.Person
		}
	}
	return ""
}

// Effort gives the working days of everybody together.
func (a Action) Effort() kpi.Value {
	sum := kpi.Int(0)
	for _, r := range a.Roles {
		sum = sum.Add(r.Effort.Or(kpi.Int(0)))
	}
	return sum
}

func (a *Action) titles() (en, zh string) { return titles(a.ID, a.Name, a.NameZH) }

// Milestone is a point of the plan: it is reached on the day on which the
// last of its actions is done. Dropped actions do not count.
type Milestone struct {
	ID      string       `json:"id"`
	Name    string       `json:"name,omitzero"`
	NameZH  string       `json:"name_zh,omitzero"`
	Due     calendar.Day `json:"due"`
	Actions []string     `json:"actions"`
}
