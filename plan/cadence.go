package plan

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Cadence is how often something is reviewed: every period of a grain, on its
// n-th working day. It is a record.
//
//	weekly, on Monday or the first working day after   Every week,  On 1
//	monthly, on the third working day                  Every month, On 3
//	monthly, on the last                               Every month, On −1
type Cadence struct {
	ID     string         `json:"id"`
	Every  calendar.Grain `json:"every"`
	On     int64          `json:"on"`               // working day of the period, from 1, or from its end: −1
	Owners []string       `json:"owners,omitempty"` // whose goals: see [Review.Of]; none: the whole plan
	Leads  string         `json:"leads,omitzero"`   // who calls it
}

// DueReview is a review that a cadence asks for.
type DueReview struct {
	Cadence string          `json:"cadence"`
	Period  calendar.Period `json:"period"`
	Day     calendar.Day    `json:"day"`
}

// Validate reports a missing ID or grain, a zero day, and a day that no period
// of the grain has (check.ErrRange, no_such_day): the eighth of a week.
func (c Cadence) Validate() error {
	problems := check.List{Op: "plan.Cadence"}
	problems.ID("id", "missing_id", c.ID)
	if c.Every == calendar.NoGrain || c.Every > calendar.Yearly {
		problems.Add(check.ErrMissing, "every", "missing_grain", nil)
	}
	switch most, known := mostDays(c.Every); {
	case c.On == 0:
		problems.Add(check.ErrMissing, "on", "missing_day", nil)
	case known && (c.On > most || c.On < -most):
		problems.Add(check.ErrRange, "on", "no_such_day", c.On, "most", most)
	}
	return problems.Err()
}

// mostDays gives the days of the longest period of a grain: a year of 53 weeks
// has 371, its last quarter 14 weeks and its last month six.
func mostDays(g calendar.Grain) (days int64, known bool) {
	switch g {
	case calendar.Daily:
		return 1, true
	case calendar.Weekly:
		return 7, true
	case calendar.Monthly:
		return 6 * 7, true
	case calendar.Quarterly:
		return 14 * 7, true
	case calendar.HalfYearly:
		return 27 * 7, true
	case calendar.Yearly:
		return 53 * 7, true
	}
	return 0, false
}

// Due gives the reviews that have come since a day, that day not included,
// through the as-of day, and the first one after it. Periods with fewer working
// days than On have none; where no period of ten years has so many there is no
// next, which is the zero DueReview. Errors are those of Validate, a missing day, days in
// the wrong order, and days that the work calendar does not cover
// (check.ErrRange): it has to reach to the end of the period after the as-of
// day's.
func (c Cadence) Due(cal calendar.Calendar, work calendar.WorkCalendar, after, asOf calendar.Day) (due []DueReview, next DueReview, err error) {
	problems := check.List{Op: "plan.Due"}
	problems.Nest("", c.Validate())
	checkDay(&problems, "after", after)
	checkDay(&problems, "as_of", asOf)
	if after > asOf {
		problems.Add(check.ErrRange, "after", "after_as_of", after, "as_of", asOf)
	}
	if !problems.Empty() {
		return nil, DueReview{}, problems.Err()
	}
	due = []DueReview{}
	for period := firstPeriod(cal, c.Every, after); !period.IsZero() && period.Start() <= asOf.Add(ahead); period = cal.PeriodOf(c.Every, period.End()) {
		day, ok, err := nth(work, period, c.On)
		if err != nil {
			problems.Nest("work", err)
			return nil, DueReview{}, problems.Err()
		}
		review := DueReview{c.ID, period, day}
		switch {
		case !ok || day <= after:
		case day <= asOf:
			due = append(due, review)
		default:
			return due, review, nil
		}
	}
	return due, DueReview{}, nil
}

// firstPeriod gives the period around a day, or the first one after it where
// the years of this module begin within.
func firstPeriod(cal calendar.Calendar, g calendar.Grain, d calendar.Day) calendar.Period {
	period := cal.PeriodOf(g, d)
	for last := d.Add(400); period.IsZero() && d < last; d++ {
		period = cal.PeriodOf(g, d+1)
	}
	return period
}

// ahead is how many days after the as-of day the next review is looked for:
// among ten years there is one with week 53.
const ahead = 3660

// DueReviews gives the reviews of all cadences of the plan that have come since
// a day, that day not included, through the as-of day, by day and cadence.
// Errors are those of [Cadence.Due], with the path cadences[i].
func (p Plan) DueReviews(work calendar.WorkCalendar, after, asOf calendar.Day) ([]DueReview, error) {
	problems, all := check.List{Op: "plan.DueReviews"}, []DueReview{}
	for i, c := range p.Cadences {
		due, _, err := c.Due(p.Calendar, work, after, asOf)
		problems.Nest(check.At("cadences", i), err)
		all = append(all, due...)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b DueReview) int { return cmp.Or(a.Day.Compare(b.Day), cmp.Compare(a.Cadence, b.Cadence)) })
	return all, nil
}

// nth gives the n-th working day of a period, or day where there is no work
// calendar.
func nth(work calendar.WorkCalendar, period calendar.Period, n int64) (day calendar.Day, ok bool, err error) {
	if !work.IsZero() {
		return work.Nth(period, n)
	}
	if n < 0 {
		n += int64(period.Days()) + 1
	}
	if n < 1 || n > int64(period.Days()) {
		return 0, false, nil
	}
	return period.Start().Add(int(n - 1)), true, nil
}
