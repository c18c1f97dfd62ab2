package main

import (
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Next is what to aim at next: in the quarter after the as-of day, or, when
// the year is over, in the next year.
type Next struct {
	Period   calendar.Period   `json:"period"`
	Proposal target.Proposal   `json:"proposal"`
	Asked    kpi.Value         `json:"asked"`   // what the plan asks of the period; undefined, no_target, beyond it
	Chance   kpi.Estimate      `json:"chance"`  // that this is reached, by history
	Weights  target.Weights    `json:"weights"` // of sellers: half their last four quarters, half the mean
	Findings []check.Finding   `json:"findings"`
	Split    *target.Breakdown `json:"split"` // of the proposed target; null where nothing is proposed
}

// newNext proposes by the books and the quarters of this year that are over.
// Without books too few periods can be compared, and nothing is proposed.
func newNext(r *Review) (n *Next, err error) {
	if r.Goals.Plan == nil || len(r.Past.Quarters) == 0 {
		return nil, nil
	}
	n = &Next{Period: r.nextPeriod(), Asked: kpi.Undefined(kpi.NoTarget), Findings: []check.Finding{}}
	past := target.Past{Calendar: r.Options.Calendar, Grain: calendar.Quarterly, Actuals: append(r.Past.of(wholeCompany), r.closedQuarters(wholeCompany)...)}
	outlook, err := past.Outlook(n.Period)
	if err != nil {
		return nil, err
	}
	if n.Proposal, err = outlook.Propose(r.Goals.Metric, target.Odds{}, stepFor(outlook.Base)); err != nil {
		return nil, err
	}
	n.Chance = kpi.NoEstimate(kpi.NoTarget)
	if r.Year.Covers(n.Period) {
		n.Asked = r.quarterTarget(n.Period)
		n.Chance = outlook.Chance(kpi.HigherIsBetter, n.Asked)
	}
	if n.Proposal.Target.Defined() {
		err = n.split(r)
	}
	return n, err
}

// nextPeriod gives the first quarter that begins after the as-of day, or, when
// that is another year's, the whole of that year.
func (r *Review) nextPeriod() calendar.Period {
	next := r.Options.Calendar.PeriodOf(calendar.Quarterly, r.Options.Calendar.PeriodOf(calendar.Quarterly, r.AsOf).End())
	if next.Start() < r.Year.End() {
		return next
	}
	return r.Options.Calendar.PeriodOf(calendar.Yearly, next.Start())
}

// closedQuarters gives what an owner won in the quarters of the year that are
// over and wholly on record.
func (r *Review) closedQuarters(owner string) (figures []kpi.Figure) {
	quarters, err := r.Options.Calendar.Split(r.Year, calendar.Quarterly)
	if err != nil {
		return nil
	}
	for _, q := range quarters {
		if q.Last() <= r.AsOf && r.known().Covers(q) {
			figures = append(figures, kpi.Figure{Metric: wonValue, Owner: owner, Period: q,
				Value: r.Sales.Quarters.value(wonValue, owner, q).Or(kpi.Int(0))})
		}
	}
	return figures
}

// stepFor gives the amount to whose multiples a proposal is rounded: 1,000 of
// hundreds of thousands, 10,000 of millions.
func stepFor(v kpi.Value) kpi.Value {
	step := int64(1)
	for range max(0, len(strings.TrimPrefix(v.Text(0, kpi.Down), "-"))-3) {
		step *= 10
	}
	return kpi.Int(step)
}

// split makes the first split of the proposal, to sellers and months.
func (n *Next) split(r *Review) error {
	own := target.Weights{}
	var sellers []string
	for _, s := range r.Records.Sellers {
		if _, active := r.Funnel.of(s.Name); !active {
			continue
		}
		sellers = append(sellers, s.Name)
		if sum := lastYear(append(r.Past.of(s.Name), r.closedQuarters(s.Name)...)); sum.Defined() {
			own[s.Name] = sum.Max(kpi.Int(0))
		}
	}
	var err error
	if n.Weights, n.Findings, err = (target.SellerHistory{Own: own}).Weights(sellers...); err != nil {
		return err
	}
	phasing, err := n.phasing(r)
	if err != nil {
		return err
	}
	all := map[string]kpi.Value{}
	for _, s := range r.Records.Sellers {
		all[s.Name] = n.Weights[s.Name].Or(kpi.Int(0))
	}
	goal := target.Goal{ID: r.label(n.Period), Name: r.Goals.Metric.Name, Metric: wonValue, Owner: wholeCompany, Period: n.Period,
		Base: orNone(n.Proposal.Base), Target: n.Proposal.Target, Stretch: orNone(n.Proposal.Stretch)}
	n.Split, err = target.BreakDown(goal, r.Goals.Metric, target.Split{Calendar: r.Options.Calendar, Grain: calendar.Monthly,
		Owners: withWeight(target.OwnersOf(r.Company.Tree, wholeCompany, all)), Phasing: phasing})
	return err
}

// orNone gives no data for what is undefined, as goals leave it out.
func orNone(v kpi.Value) kpi.Value {
	if !v.Defined() {
		return kpi.Value{}
	}
	return v
}

// lastYear sums up the last four quarters, in order of time; undefined where
// there are fewer.
func lastYear(quarters []kpi.Figure) kpi.Value {
	if len(quarters) < 4 {
		return kpi.Undefined(kpi.TooFew)
	}
	return kpi.Sum(func(yield func(kpi.Value) bool) {
		for _, f := range quarters[len(quarters)-4:] {
			if !yield(f.Value) {
				return
			}
		}
	})
}

// phasing gives the months their season, by the books.
func (n *Next) phasing(r *Review) (target.Phasing, error) {
	months, err := r.Options.Calendar.Split(n.Period, calendar.Monthly)
	if err != nil {
		return target.Phasing{}, err
	}
	weights, found, err := target.Season{Calendar: r.Options.Calendar, Grain: calendar.Monthly, Years: 4, Known: r.Past.Known, Work: r.Work, History: r.Past.Months}.Weights(months)
	if err != nil {
		return target.Phasing{}, err
	}
	n.Findings = append(n.Findings, found...)
	return weights.Phasing(r.Options.Calendar, months)
}
