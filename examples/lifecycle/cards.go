package main

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
)

// cards scores the sellers: revenue against what was due so far, and win rate
// against that of the company in the year before.
func (l *Life) cards(q calendar.Period) (cards []scorecard.Card, err error) {
	so := through(q)
	usual := winRate(l.deals, company, year(2025))
	for _, who := range sellers() {
		card, err := l.card.Score(who, so, []scorecard.Result{
			{Metric: "won_value", Actual: wonBy(l.deals, who, so), Target: l.due(who, so)},
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
