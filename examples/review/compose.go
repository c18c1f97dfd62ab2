package main

import (
	"cmp"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Review is a sales year reviewed: what each package of the library made of
// the same records.
type Review struct {
	Options Options
	Records *Records
	AsOf    calendar.Day
	Year    calendar.Period // the fiscal year that holds the as-of day
	Reading Reading
	Plan    PlanFiles // of the year; see planFiles
	Other   bool      // there is a goal.csv, of another year
	Past    Past      // what the books say of the years before
	Work    calendar.WorkCalendar

	Company *Company // kpi/org: who belongs where
	Funnel  *Funnel  // funnel: how deals move
	Sales   *Sales   // kpi/cube: what was won
	Goals   *Goals   // target: what was aimed at, and how that stands
	Planned *Planned // plan, plan/action: the plan as it was made; nil without a target
	Monitor *Monitor // plan: what changed since the last review, alerts, the agenda
	People  *People  // kpi/scorecard: what sellers reached

	Bridges  *Bridges  // kpi/bridge: why the actual is not what was due, and not what it was
	Forecast *Forecast // funnel/forecast: where the quarter will land
	Evidence *Evidence // funnel: how sure that is, where it is stuck, what it takes

	Execution   *Execution   // plan/action: what everybody has to do next
	Closed      *Closed      // plan: the last quarter that is over; nil where there is none
	Improvement *Improvement // plan, plan/action: what to do about it
	Next        *Next        // target: what to aim at next; nil without books
}

// compose hands the records from package to package. Nothing is computed
// twice: each takes what those before it found.
func compose(o Options, records *Records) (r *Review, err error) {
	r = &Review{Options: o, Records: records, AsOf: cmp.Or(o.AsOf, records.LastDay())}
	if r.AsOf.IsZero() {
		return nil, check.New("review", check.ErrMissing, dealsFile, "no_day_in_the_files", nil, "option", "-asof")
	}
	r.Year = o.Calendar.PeriodOf(calendar.Yearly, r.AsOf)
	r.Plan, r.Other = r.planFiles()
	r.Past = newPast(r)
	if r.Work, err = r.workDays(); err != nil {
		return nil, err
	}
	for _, step := range []func() error{
		func() (err error) { r.Company, err = newCompany(records); return },
		func() (err error) { r.Funnel, err = newFunnel(r); return },
		func() (err error) { r.Goals, err = newGoals(r); return },
		func() (err error) { r.Sales, err = newSales(r); return },
		func() (err error) { r.Planned, err = newPlanned(r); return },
		func() (err error) { r.Forecast, err = newForecast(r); return },
		func() (err error) { r.Monitor, err = r.review(); return },
		func() (err error) { r.People, err = newPeople(r); return },
		func() (err error) { r.Bridges, err = newBridges(r); return },
		func() (err error) { r.Evidence, err = newEvidence(r); return },
		func() (err error) { r.Execution, err = newExecution(r); return },
		func() (err error) { r.Closed, err = newClosed(r); return },
		func() (err error) { r.Improvement, err = newImprovement(r); return },
		func() (err error) { r.Next, err = newNext(r); return },
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	r.Reading = newReading(r)
	return r, nil
}

// known gives the days of the year whose closings are on record: from the
// month of the first deal on, or later where closings begin later, and through
// the last day in the files. Days after the as-of day are in it: they are not
// unknown but not yet due. Where nothing ever closed, nothing says that
// closings are on record at all.
func (r *Review) known() calendar.Period {
	begin := r.Options.Calendar.PeriodOf(calendar.Monthly, r.Records.FirstDay()).Start()
	from, end := max(r.Funnel.ByList.Window.ClosingsFrom, begin), r.Year.End()
	if last := r.Records.LastDay(); last < r.AsOf {
		end = last.Add(1) // nothing says that later days have no deals
	}
	if counts := r.Funnel.ByList.Counts; counts.Won+counts.Lost == 0 {
		from, end = r.AsOf.Add(1), max(end, r.AsOf.Add(2))
	}
	known, err := calendar.NewPeriod(max(from, r.Year.Start()), end)
	if err != nil {
		return r.Year
	}
	return known
}
