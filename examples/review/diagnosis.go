package main

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// metricsOf gives what the playbook looks at: numbers of the company and of
// each seller in a quarter. Of fewer than five deals a share says nothing.
func (r *Review) metricsOf(quarter calendar.Period) (all []kpi.Figure) {
	for _, owner := range r.everybody() {
		won, _ := r.Sales.Quarters.value("won_count", owner, quarter).Or(kpi.Int(0)).Int64()
		closed, _ := r.Sales.Quarters.value("closed_count", owner, quarter).Or(kpi.Int(0)).Int64()
		add := func(metric string, v kpi.Value, n int64) {
			if n < fewest {
				v = kpi.Undefined(kpi.TooFew)
			}
			all = append(all, kpi.Figure{Metric: metric, Owner: owner, Period: quarter, Value: v})
		}
		add("win_rate", r.Sales.Quarters.metric("win_rate", owner, quarter), closed)
		add("average_deal_size", r.Sales.Quarters.metric("average_deal_size", owner, quarter), won)
		add("discount_rate", r.Sales.Quarters.metric("discount_rate", owner, quarter), won)
		add("activities", r.activities(owner, quarter), fewest)
		add("stale_share", r.staleShare(owner), fewest)
	}
	return all
}

func (r *Review) everybody() []string {
	all := []string{wholeCompany}
	for _, s := range r.Records.Sellers {
		all = append(all, s.Name)
	}
	return all
}

// usual gives what is usual for everybody: what the company did in the year
// before the quarter, and of activities the sellers' mean in the same quarter.
func (r *Review) usual(quarter calendar.Period) (all []kpi.Figure) {
	sum := func(measure string) kpi.Value {
		return kpi.Sum(func(yield func(kpi.Value) bool) {
			for _, row := range r.Sales.Quarters.Whole.Rows {
				before := row.Period.Last() < quarter.Start() && quarter.Start().Sub(row.Period.Start()) <= 366
				if before && !yield(r.Sales.Quarters.value(measure, wholeCompany, row.Period)) {
					return
				}
			}
		})
	}
	won, closed, value := sum("won_count"), sum("closed_count"), sum(wonValue)
	for _, f := range []struct {
		metric string
		value  kpi.Value
	}{
		{"win_rate", won.Div(closed)},
		{"average_deal_size", value.Div(sum("won_valued_count"))},
		{"discount_rate", kpi.Int(1).Sub(value.Div(sum("list_value")))},
		{"activities", r.activities(wholeCompany, quarter)},
	} {
		all = append(all, kpi.Figure{Metric: f.metric, Owner: wholeCompany, Period: quarter, Value: f.value})
	}
	return all
}

// activities gives the calls and meetings of a seller in a period, and of the
// company the mean of those sellers who have any on record.
func (r *Review) activities(owner string, in calendar.Period) kpi.Value {
	sum, sellers := kpi.Value{}, map[string]bool{}
	for _, a := range r.Plan.Activities {
		if in.Covers(a.Month) && (owner == wholeCompany || owner == a.Seller) {
			sum = sum.Or(kpi.Int(0)).Add(a.Calls).Add(a.Meetings)
			sellers[a.Seller] = true
		}
	}
	return sum.Div(kpi.Int(max(1, int64(len(sellers)))))
}

// staleShare gives the share of stale deals today, as the review has it.
func (r *Review) staleShare(owner string) kpi.Value {
	if r.Goals.Review != nil {
		for _, f := range r.Goals.Review.Beside.Metrics {
			if f.Owner == owner {
				return f.Value
			}
		}
	}
	return kpi.Value{}
}
