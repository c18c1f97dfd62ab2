package main

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Execution is what everybody has to do next. How the actions go stands in the
// plan's review.
type Execution struct {
	Agenda   *action.Agenda   `json:"agenda"`   // null without actions or activities
	Workload *action.Workload `json:"workload"` // what is left of the quarter, by month; likewise
	Needs    []action.Need    `json:"needs"`    // what each seller must still bring in
	Late     []string         `json:"too_late"` // sellers for whom no new deal can be won in time
}

// newExecution works back from each seller's target to the deals that he must
// still begin, and from them to calls and meetings.
func newExecution(r *Review) (x *Execution, err error) {
	x = &Execution{Needs: []action.Need{}, Late: []string{}}
	if r.Goals.Plan == nil || r.Goals.Plan.Actions == nil {
		return x, nil
	}
	if err = x.work(r); err != nil {
		return nil, err
	}
	agenda, err := r.Goals.Plan.Actions.Agenda(action.AgendaQuestion{AsOf: r.AsOf, Calendar: r.Options.Calendar, Work: r.Work,
		Records: r.Plan.records(r.AsOf), Needs: x.Needs})
	if err != nil {
		return nil, err
	}
	x.Agenda = &agenda
	quarter := r.Options.Calendar.PeriodOf(calendar.Quarterly, r.AsOf.Add(1))
	load, err := r.Goals.Plan.Actions.Workload(action.LoadQuestion{Period: quarter, Grain: calendar.Monthly, Calendar: r.Options.Calendar, Work: r.Work,
		AsOf: r.AsOf, Records: r.Plan.records(r.AsOf), Needs: x.Needs})
	x.Workload = &load
	return x, err
}

// work finds what each seller must still bring in, by his own experience.
func (x *Execution) work(r *Review) error {
	if r.Year.Last() <= r.AsOf {
		return nil
	}
	parts, _, err := r.Funnel.byAmount.By(func(d funnel.Deal) (string, bool) { return d.Owner, true })
	if err != nil {
		return err
	}
	for _, part := range parts {
		aim := r.Goals.Plan.Breakdowns[0].Cell(part.Key, r.Year)
		rates := r.activityRates(part.Key)
		if aim.Sign() <= 0 || len(rates) == 0 {
			continue
		}
		way, err := part.Analysis.Reverse(funnel.Aim{Amount: aim, Period: r.Year})
		if err != nil {
			return err
		}
		x.need(part.Key, way, rates)
	}
	return nil
}

func (x *Execution) need(seller string, way funnel.Reverse, rates []action.ActivityRate) {
	switch engaged := way.Stages[len(way.Stages)-1]; {
	case !engaged.Enter.Defined() || engaged.Enter.Sign() == 0:
	case engaged.Late || engaged.By.IsZero():
		x.Late = append(x.Late, seller)
	default:
		x.Needs = append(x.Needs, action.Need{Person: seller, Deals: engaged.Enter, Until: engaged.By, Activities: rates})
	}
}

// activityRates gives the calls and meetings that a deal of a seller took, in
// the months of activities.csv that were over by the as-of day.
func (r *Review) activityRates(seller string) []action.ActivityRate {
	calls, meetings, deals := kpi.Int(0), kpi.Int(0), int64(0)
	months := map[calendar.Period]bool{}
	for _, a := range r.Plan.Activities {
		if a.Seller == seller && a.Month.Last() <= r.AsOf {
			calls, meetings, months[a.Month] = calls.Add(a.Calls), meetings.Add(a.Meetings), true
		}
	}
	for i := range r.Records.Deals {
		d := &r.Records.Deals[i]
		if d.Agent == seller && !d.Engaged.IsZero() && months[(calendar.Calendar{}).PeriodOf(calendar.Monthly, d.Engaged)] {
			deals++
		}
	}
	if deals == 0 {
		return nil
	}
	return []action.ActivityRate{{Activity: "calls", PerDeal: kpi.NewRatio(calls, kpi.Int(deals))}, {Activity: "meetings", PerDeal: kpi.NewRatio(meetings, kpi.Int(deals))}}
}
