package funnel

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// cohorts groups deals by the period in which they started. unknown is how
// many have no start that is known.
func (a *Analysis) cohorts() (cohorts []Cohort, unknown int64) {
	cohorts = []Cohort{}
	index := map[calendar.Period]int{}
	inTime := []int64{} // won within the horizon, by cohort
	var period calendar.Period
	for _, l := range a.lives {
		if !period.Contains(l.startedDay) {
			period = a.q.Calendar.PeriodOf(a.q.Cohorts, l.startedDay)
		}
		if period.IsZero() {
			unknown++
			continue
		}
		i, known := index[period]
		if !known {
			i = len(cohorts)
			index[period] = i
			cohorts = append(cohorts, Cohort{Period: period, Label: a.q.Calendar.Label(period)})
			inTime = append(inTime, 0)
		}
		cohorts[i].add(l)
		if l.outcome == Won && l.cycle >= 0 && !a.horizon.Less(kpi.Int(int64(l.cycle))) {
			inTime[i]++
		}
	}
	for i := range cohorts {
		a.rates(&cohorts[i], inTime[i])
	}
	slices.SortFunc(cohorts, func(c, d Cohort) int { return c.Period.Compare(d.Period) })
	return cohorts, unknown
}

func (c *Cohort) add(l *life) {
	c.Deals++
	switch l.outcome {
	case Open:
		c.Open++
	case Won:
		c.Won++
	case Lost:
		c.Lost++
	case Disqualified:
		c.Disqualified++
	}
}

// rates gives the rates of a cohort, or why it has none.
func (a *Analysis) rates(c *Cohort, inTime int64) {
	c.Mature, c.LeftTruncated = a.mature(c.Period), a.truncated(c.Period)
	c.Conversion = kpi.RatioOf(inTime, c.Deals)
	c.Observed = kpi.RatioOf(c.Won, c.Deals)
	c.WinRate = kpi.RatioOf(c.Won, c.Won+c.Lost)
	switch {
	case c.LeftTruncated:
		for _, rate := range []*kpi.Ratio{&c.Conversion, &c.Observed, &c.WinRate} {
			*rate = without(*rate, kpi.NotApplicable)
		}
	case !a.horizon.Defined():
		c.Conversion = without(c.Conversion, a.horizon.Reason())
	case !c.Mature:
		c.Conversion = without(c.Conversion, kpi.Immature)
	}
}

// without takes the numerator of a ratio away, for a reason.
func without(r kpi.Ratio, why kpi.Reason) kpi.Ratio {
	return kpi.NewRatio(kpi.Undefined(why), r.Den())
}
