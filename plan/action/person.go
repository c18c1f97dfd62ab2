package action

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Person is somebody who works for the plan.
//
//	capacity = working days that the person is not away × share
type Person struct {
	ID   string `json:"id"`
	Name string `json:"name,omitzero"`
	// Share is how much of a working day there is for the work of this plan:
	// 1/2 of somebody who keeps half the time for other things. Left out it
	// is 1.
	Share kpi.Value         `json:"share,omitzero"`
	Away  []calendar.Period `json:"away,omitempty"` // leave, training
}

// byID gives the people of the plan, rising by ID, and where each one stands.
func (p *Plan) byID() ([]*Person, map[string]int) {
	people, number := make([]*Person, len(p.People)), make(map[string]int, len(p.People))
	for i := range p.People {
		people[i] = &p.People[i]
	}
	slices.SortStableFunc(people, func(a, b *Person) int { return cmp.Compare(a.ID, b.ID) })
	for i, person := range people {
		number[person.ID] = i
	}
	return people, number
}

func (p Person) share() kpi.Value { return p.Share.Or(kpi.Int(1)) }

// Activity is something that is counted and costs time: a call, a meeting, a
// quotation. Its number comes from the way back from a goal, see [Need].
type Activity struct {
	ID     string    `json:"id"`
	Name   string    `json:"name,omitzero"`
	NameZH string    `json:"name_zh,omitzero"`
	Effort kpi.Value `json:"effort,omitzero"` // working days of one of them: 1/32 is a quarter of an hour of eight
}

// Routine is what people do again and again: every working day, every week
// or every month of the plan's period.
type Routine struct {
	ID     string         `json:"id"`
	Name   string         `json:"name,omitzero"`
	NameZH string         `json:"name_zh,omitzero"`
	Every  calendar.Grain `json:"every"` // day, week or month
	People []string       `json:"people"`
	Effort kpi.Value      `json:"effort,omitzero"` // working days of each person, each time
}
