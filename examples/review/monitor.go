package main

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Monitor is the reviews of the year at the ends of its months, and what is
// different in today's: each knows those before it, so that no status and no
// alert flickers.
type Monitor struct {
	Since  *plan.Since       `json:"since"` // the end of the month before; null in the first month
	Alerts []plan.Alert      `json:"alerts"`
	Agenda []plan.AgendaItem `json:"agenda"`
}

// review compares the plan with what was won, at the ends of the months and on
// the as-of day. Without a target nothing is reviewed.
func (r *Review) review() (m *Monitor, err error) {
	m = &Monitor{Alerts: []plan.Alert{}, Agenda: []plan.AgendaItem{}}
	if r.Goals.Plan == nil {
		return m, nil
	}
	var before *plan.Review
	var stood []plan.Stood
	for _, day := range r.reviewDays() {
		now, err := r.reviewOn(day, stood)
		if err != nil {
			return nil, err
		}
		if m.Alerts, err = now.Alerts(plan.DefaultAlerts(), m.Alerts); err != nil {
			return nil, err
		}
		stood = append(stood, now.Stood()...)
		before, r.Goals.Review = r.Goals.Review, &now
	}
	if before != nil {
		since, err := r.Goals.Review.Since(*before)
		if err != nil {
			return nil, err
		}
		m.Since = &since
	}
	m.Agenda = plan.Meeting{Review: *r.Goals.Review, Since: m.Since, Alerts: m.Alerts}.Agenda()
	return m, nil
}

// reviewDays gives the last days of the months before the as-of day's, and
// that day.
func (r *Review) reviewDays() (days []calendar.Day) {
	for at := r.Year.Start(); at <= r.AsOf; {
		month := r.Options.Calendar.PeriodOf(calendar.Monthly, at)
		if month.Last() < r.AsOf {
			days = append(days, month.Last())
		}
		at = month.End()
	}
	return append(days, r.AsOf)
}

// reviewOn reviews the plan as of a day, from the same records: as it was
// committed, or, where nobody did by then, as it is drafted.
func (r *Review) reviewOn(day calendar.Day, stood []plan.Stood) (plan.Review, error) {
	in := plan.Input{AsOf: day, Known: r.known(), Actuals: r.Sales.Days, Earlier: stood}
	in.Beside.Execution = r.progress(day)
	var err error
	if in.Beside.Metrics, err = r.staleShares(day); err != nil {
		return plan.Review{}, err
	}
	if day == r.AsOf {
		in.Forecasts = r.yearForecast()
	}
	if _, committed := r.Planned.baseline(day); committed {
		return r.Planned.Document.Review(in)
	}
	return r.Goals.Plan.Review(in)
}

// progress gives what was reported on the actions through a day; nil without
// actions.
func (r *Review) progress(day calendar.Day) *action.Input {
	if r.Goals.Plan.Actions == nil {
		return nil
	}
	return &action.Input{Records: r.Plan.records(day), Costs: r.Plan.costs(), Work: r.Work}
}

// staleShares gives the share of stale deals of the company and of each seller
// on a day, among open deals whose age is known.
func (r *Review) staleShares(day calendar.Day) (all []kpi.Figure, err error) {
	groups := r.Funnel.Sellers
	if day != r.AsOf {
		if groups, err = r.Funnel.asOf(r.question(day)); err != nil {
			return nil, err
		}
	}
	at, err := calendar.Through(day, day)
	add := func(owner string, report funnel.Report) {
		all = append(all, kpi.Figure{Metric: "stale_share", Owner: owner, Period: at, Value: kpi.Int(1).Sub(live(report.Open.OpenGroup))})
	}
	add(wholeCompany, groups.All)
	for _, g := range groups.Groups {
		add(g.Key, g.Report)
	}
	return all, err
}

// asOf gives the reports by seller as of another day.
func (f *Funnel) asOf(question funnel.Question) (funnel.Groups, error) {
	analysis, err := funnel.Analyze(f.histories, question)
	if err != nil {
		return funnel.Groups{}, err
	}
	return analysis.ReportBy(func(d funnel.Deal) (string, bool) { return d.Owner, true })
}

// yearForecast gives where the year ends by the open deals: what was won, and
// of the last quarter what it is still to bring, at the price that deals were
// won at. Before the last quarter nothing is known of the later ones, and
// there is none.
func (r *Review) yearForecast() []kpi.Figure {
	l := r.Forecast.Landing
	if l.Period.Last() != r.Year.Last() || !r.Year.Covers(l.Period) {
		return nil
	}
	rest := l.Total.Value.Sub(l.Won.Value.Or(kpi.Int(0))).Mul(r.Funnel.ByList.RealisedPrice.Value()) // what is won has its own price
	landed := r.Sales.won(wholeCompany).Add(rest)
	return []kpi.Figure{{Metric: wonValue, Owner: wholeCompany, Period: r.Year, Value: landed}}
}
