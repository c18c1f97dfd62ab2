package scorecard

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
)

// Figures gives the actuals that a card is made of, each metric once: those of
// its lines, then those that only a gate looks at. [kpi.Catalog.Behind] lists
// the records behind each, page by page; of a card of a team or of another
// roll-up the caller says whose they are.
//
// Behind points, weights and scores stand no records of their own: [Scorecard.Explain]
// leads from them to the actuals.
func (c Card) Figures() []kpi.Figure {
	figures := make([]kpi.Figure, 0, len(c.Lines)+len(c.Gates))
	for _, line := range c.Lines {
		figures = append(figures, kpi.Figure{Metric: line.Metric, Owner: c.Owner, Period: c.Period, Value: line.Actual})
	}
	for _, g := range c.Gates {
		if !slices.ContainsFunc(figures, func(f kpi.Figure) bool { return f.Metric == g.Metric }) {
			figures = append(figures, kpi.Figure{Metric: g.Metric, Owner: c.Owner, Period: c.Period, Value: g.Value})
		}
	}
	return figures
}
