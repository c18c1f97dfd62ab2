package main

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
)

// trend compares the running quarter with as many days of the one before:
// never a part of a quarter with a whole one.
func (r *Review) trend() string {
	pair, ok := r.quarters()
	if !ok {
		return "" // there is nothing to compare with
	}
	now, then := r.Sales.between(pair.Now, "won_value"), r.Sales.between(pair.Then, "won_value")
	growth := kpi.Growth(now, then)
	if !growth.Defined() {
		return ""
	}
	english, chinese := "%[1]s in the first %[2]s days of %[3]s, %[4]s more than in as many of %[5]s", "%[3]s 前 %[2]s 天 %[1]s，比 %[5]s 同期多 %[4]s"
	if growth.Sign() < 0 {
		english, chinese = "%[1]s in the first %[2]s days of %[3]s, %[4]s less than in as many of %[5]s", "%[3]s 前 %[2]s 天 %[1]s，比 %[5]s 同期少 %[4]s"
	}
	return r.say(english, chinese, number(now, 0), whole(pair.Now.Days()), r.label(pair.Period), percent(growth.Abs()), r.label(pair.Base))
}

// quarters gives the running quarter and as many days of the one before.
func (r *Review) quarters() (pair calendar.Pair, ok bool) {
	quarter := r.Options.Calendar.PeriodOf(calendar.Quarterly, r.AsOf)
	pair, err := calendar.LikeForLike{Calendar: r.Options.Calendar, Against: calendar.PeriodBefore}.ToDate(quarter, r.AsOf)
	return pair, err == nil && r.known().Covers(pair.Then) && r.known().Contains(r.AsOf)
}

// between gives a measure of all together on the days of a period.
func (s *Sales) between(p calendar.Period, measure string) kpi.Value {
	column := slices.IndexFunc(s.Daily.Columns, func(c cube.Measure) bool { return c.ID == measure })
	return kpi.Sum(func(yield func(kpi.Value) bool) {
		for _, row := range s.Daily.Rows {
			if p.Covers(row.Period) && !yield(row.Values[column]) {
				return
			}
		}
	})
}

// dealSize says how large a won deal is and what was given away for it.
func (r *Review) dealSize() string {
	size := r.Sales.Metrics.Value("average_deal_size", r.Year)
	discount := r.Sales.Metrics.Value("discount_rate", r.Year)
	if !size.Defined() || !discount.Defined() {
		return ""
	}
	return r.say("%s on average in %s; price %s against list", "%[2]s 平均 %[1]s；成交价与目录价相差 %[3]s",
		number(size, 0), r.label(r.Year), percent(discount.Neg()))
}
