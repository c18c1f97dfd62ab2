package main

import (
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Quarter is the review on the last evening of a quarter.
type Quarter struct {
	Period  calendar.Period
	Review  plan.Review
	Since   *plan.Since // since the quarter before
	Alerts  []plan.Alert
	Landing forecast.Landing // of the coming quarter
}

// review holds the next quarter's review, knowing those before it.
func (l *Life) review() error {
	q := Quarter{Period: quarter(2026, len(l.Quarters)+1)}
	in, landing, err := l.input(q.Period)
	if err != nil {
		return err
	}
	q.Landing = landing
	if q.Review, err = l.Document.Review(in); err != nil {
		return err
	}
	var alerts []plan.Alert
	if n := len(l.Quarters); n > 0 {
		before := l.Quarters[n-1]
		since, err := q.Review.Since(before.Review)
		if err != nil {
			return err
		}
		q.Since, alerts = &since, before.Alerts
	}
	if q.Alerts, err = q.Review.Alerts(plan.DefaultAlerts(), alerts); err != nil {
		return err
	}
	l.Quarters = append(l.Quarters, q)
	return nil
}

// input is what the plan is reviewed with on the evening of a quarter's last
// day.
func (l *Life) input(q calendar.Period) (in plan.Input, landing forecast.Landing, err error) {
	in = plan.Input{AsOf: q.Last(), Known: year(2026), Actuals: won(l.deals, through(q))}
	for _, before := range l.Quarters {
		in.Earlier = append(in.Earlier, before.Review.Stood()...)
	}
	in.Beside.Execution = &action.Input{AsOf: q.Last(), Records: records(), Costs: costs()}
	view, err := l.funnel(q)
	if err != nil {
		return in, landing, err
	}
	in.Beside.Funnels = []plan.FunnelView{view}
	in.Beside.Cards, err = l.cards(q)
	return in, *view.Landing, err
}

// through is the year until the end of a quarter.
func through(q calendar.Period) calendar.Period {
	return must(calendar.Through(year(2026).Start(), q.Last()))
}

// funnel looks at the deals as they were known then, and where the coming
// quarter will land.
func (l *Life) funnel(q calendar.Period) (plan.FunnelView, error) {
	next := calendar.Calendar{}.PeriodOf(calendar.Quarterly, q.End())
	question := funnel.Question{AsOf: funnel.EndOf(q.Last(), time.UTC), Location: time.UTC}
	aim := forecast.Aim{Period: next, Target: kpi.Undefined(kpi.NoTarget), Past: 7}
	if target := l.Document.Plan().Breakdowns[0].Cell(company, next); target.Defined() {
		aim.Target = target
	}
	f, err := forecast.New(l.histories, question, aim)
	if err != nil {
		return plan.FunnelView{}, err
	}
	landing := f.Landing()
	return plan.FunnelView{Owner: company, Landing: &landing}, nil
}

// cards scores the sellers: revenue against what was due so far, and win rate
// against that of the company in the year before.
func (l *Life) cards(q calendar.Period) (cards []scorecard.Card, err error) {
	so := through(q)
	usual := winRate(l.deals, company, year(2025))
	for _, who := range sellers() {
		actual := kpi.Int(0)
		for _, f := range won(l.deals, so) {
			if f.Owner == who {
				actual = actual.Add(f.Value)
			}
		}
		card, err := l.card.Score(who, so, []scorecard.Result{
			{Metric: "won_value", Actual: actual, Target: l.due(who, so)},
			{Metric: "win_rate", Actual: winRate(l.deals, who, so), Target: usual}})
		if err != nil {
			return nil, err
		}
		cards = append(cards, card)
	}
	return cards, nil
}

// due is a seller's target of the months of a period.
func (l *Life) due(who string, in calendar.Period) kpi.Value {
	sum := kpi.Int(0)
	for _, f := range l.Document.Plan().Breakdowns[0].Plan(who, in) {
		sum = sum.Add(f.Value)
	}
	return sum
}
