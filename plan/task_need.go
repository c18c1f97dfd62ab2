package plan

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
)

// TaskNeed gives what a seller must still bring in, from the seller's own way
// back from a target (funnel.Analysis.Reverse of the seller's deals), as
// [action.Plan.Agenda] and [action.Plan.Workload] take it:
//
//	deals       the new ones
//	until       the last day on which one that enters the first stage is still won in
//	            time; the end of the period where no lead time is known
//	activities  of each kind that the way counts, per deal on the seller's own record
//
// ok is false where the number of new deals is not known. The action plan must
// have the activities under the same IDs.
func TaskNeed(person string, way funnel.Reverse) (need action.Need, ok bool) {
	if !way.New.Defined() || way.Period.IsZero() {
		return action.Need{}, false
	}
	need = action.Need{Person: person, Deals: way.New, Until: way.Period.Last(), Activities: []action.ActivityRate{}}
	if len(way.Stages) > 0 && way.Stages[0].By != calendar.Day(0) {
		need.Until = way.Stages[0].By
	}
	for _, a := range way.Activities {
		need.Activities = append(need.Activities, action.ActivityRate{Activity: a.Activity, PerDeal: a.PerDeal})
	}
	return need, true
}
