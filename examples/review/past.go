package main

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// Past is what the books say of the quarters before the year: of the company
// and of each seller, complete quarters alone.
type Past struct {
	Quarters []kpi.Figure
	Months   []kpi.Figure    // of the company
	Known    calendar.Period // from the first month to the last
}

// newPast adds the months of history.csv up. A quarter of the company is
// complete where somebody has each of its months, one of a seller where the
// seller has.
func newPast(r *Review) Past {
	type key struct {
		owner   string
		quarter calendar.Period
	}
	sums, months := map[key]kpi.Value{}, map[key]map[calendar.Period]bool{}
	for _, b := range r.Plan.History {
		if b.Month.Last() >= r.Year.Start() {
			continue
		}
		quarter := r.Options.Calendar.PeriodOf(calendar.Quarterly, b.Month.Start())
		for _, owner := range []string{wholeCompany, b.Seller} {
			k := key{owner, quarter}
			if months[k] == nil {
				months[k], sums[k] = map[calendar.Period]bool{}, kpi.Int(0)
			}
			months[k][b.Month] = true
			sums[k] = sums[k].Add(b.Amount)
		}
	}
	var p Past
	for k, sum := range sums {
		if len(months[k]) == 3 {
			p.Quarters = append(p.Quarters, kpi.Figure{Metric: wonValue, Owner: k.owner, Period: k.quarter, Value: sum})
		}
	}
	slices.SortFunc(p.Quarters, kpi.Figure.Compare)
	p.months(r)
	return p
}

// months adds the sellers up.
func (p *Past) months(r *Review) {
	sums := map[calendar.Period]kpi.Value{}
	for _, b := range r.Plan.History {
		if b.Month.Last() < r.Year.Start() {
			sums[b.Month] = sums[b.Month].Or(kpi.Int(0)).Add(b.Amount)
		}
	}
	for month, sum := range sums {
		p.Months = append(p.Months, kpi.Figure{Metric: wonValue, Owner: wholeCompany, Period: month, Value: sum})
	}
	slices.SortFunc(p.Months, kpi.Figure.Compare)
	if len(p.Months) > 0 {
		p.Known, _ = calendar.NewPeriod(p.Months[0].Period.Start(), p.Months[len(p.Months)-1].Period.End())
	}
}

// of gives the quarters of one owner.
func (p Past) of(owner string) []kpi.Figure {
	return slices.DeleteFunc(slices.Clone(p.Quarters), func(f kpi.Figure) bool { return f.Owner != owner })
}

// year gives what an owner won in a period that is made of quarters, and no
// data where one of them is not there.
func (p Past) year(owner string, in calendar.Period) kpi.Value {
	n, sum := 0, kpi.Int(0)
	for _, f := range p.of(owner) {
		if in.Covers(f.Period) {
			n, sum = n+f.Period.Days(), sum.Add(f.Value)
		}
	}
	if n < in.Days() {
		return kpi.Value{}
	}
	return sum
}

// capacity gives what the sellers could do on a working day, did each what he
// did in the best of his quarters; no data where nobody has any.
func (p Past) capacity(sellers []Seller, work calendar.WorkCalendar) (perDay kpi.Value) {
	for _, s := range sellers {
		if best := p.best(s.Name, work); best.Sign() > 0 {
			perDay = perDay.Or(kpi.Int(0)).Add(best)
		}
	}
	return perDay
}

// best gives the most that a seller won on a working day, of his quarters.
func (p Past) best(seller string, work calendar.WorkCalendar) (most kpi.Value) {
	for _, f := range p.of(seller) {
		if days, err := work.Count(f.Period); err == nil {
			most = largest(most, f.Value.Div(kpi.Int(days)))
		}
	}
	return most
}

// chance gives the chance that a seller reaches an amount in the year, by his
// own quarters.
func (r *Review) chance(seller string, amount kpi.Value) (kpi.Estimate, error) {
	outlook, err := target.Past{Calendar: r.Options.Calendar, Grain: calendar.Quarterly, Actuals: r.Past.of(seller)}.Outlook(r.Year)
	return outlook.Chance(kpi.HigherIsBetter, amount), err
}
