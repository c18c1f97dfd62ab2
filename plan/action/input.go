package action

import (
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Input is what a plan is tracked with. The order of its records does not
// matter.
type Input struct {
	AsOf    calendar.Day          `json:"as_of"` // the last day that is over
	Records []Record              `json:"records,omitempty"`
	Costs   []Cost                `json:"costs,omitempty"`
	Gains   []Gain                `json:"gains,omitempty"`
	Work    calendar.WorkCalendar `json:"work,omitzero"` // none: every day counts
}

// ValidateFor reports every problem of the input at once: no as-of day,
// records and costs of what is not in the plan or that contradict
// themselves, and days that the work calendar does not cover.
func (in Input) ValidateFor(p Plan) error {
	problems := check.List{Op: "action.Input"}
	c := checker{&problems, p, index(p)}
	c.day("as_of", in.AsOf, false)
	c.records(in.Records)
	c.costs(in.Costs)
	c.gains(in.Gains)
	c.cover(in.Work, in.AsOf, in.Records)
	return problems.Err()
}

// cover reports the days of the plan and of its records that a work calendar
// does not know.
func (c checker) cover(work calendar.WorkCalendar, asOf calendar.Day, records []Record) {
	k := clock{work}
	k.cover(c.problems, "as_of", asOf)
	for i := range c.plan.Actions {
		a := &c.plan.Actions[i]
		k.cover(c.problems, check.At("plan", "actions", i), a.Start, a.Due)
	}
	for i, r := range records {
		k.cover(c.problems, check.At("records", i), r.Started, r.Done)
	}
}
