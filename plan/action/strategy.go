package action

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Strategy is a way to reach a goal: what it moves, by how much, and from
// when on.
type Strategy struct {
	ID     string `json:"id"`
	Name   string `json:"name,omitzero"`
	NameZH string `json:"name_zh,omitzero"`
	Kind   Kind   `json:"kind"`
	Goal   string `json:"goal,omitzero"`  // the ID of the goal that it serves; every goal where left out
	Owner  string `json:"owner,omitzero"` // the ID of a person

	// Start and End are the first and the last day on which it works on its
	// levers; without End it goes on. What it moves shows later, by the lead
	// time of the lever: see [Aim].
	Start   calendar.Day `json:"start"`
	End     calendar.Day `json:"end,omitzero"`
	Effects []Effect     `json:"effects"`

	// Budget is the frame of its actions' budgets; none where left out.
	Budget kpi.Value `json:"budget,omitzero"`
}

// Effect is what a strategy is expected to do to one lever, as a relative
// change: 0.1 is 10 % more, −0.1 is 10 % less. A strategy may have several,
// and not all good: a discount lifts conversion and lowers the deal size.
type Effect struct {
	Lever    Lever     `json:"lever"`
	Change   kpi.Value `json:"change"`            // above −1, and not 0
	Evidence string    `json:"evidence,omitzero"` // why it is believed
}

func (s Strategy) serves(goal string) bool { return s.Goal == "" || s.Goal == goal }

func (s *Strategy) titles() (en, zh string) { return titles(s.ID, s.Name, s.NameZH) }
