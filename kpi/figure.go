package kpi

import (
	"cmp"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Figure is a number for a metric, an owner and a period: what the packages
// of this module hand to one another, and what actuals and targets are.
type Figure struct {
	Metric string          `json:"metric"` // the metric's ID
	Owner  string          `json:"owner"`  // a person, team, territory or company, by its ID
	Period calendar.Period `json:"period"`
	Value  Value           `json:"value"`
}

// Validate reports a metric, owner or period that is missing, and IDs that
// are not UTF-8.
func (f Figure) Validate() error {
	problems := check.List{Op: "kpi.Figure"}
	problems.ID("metric", "missing_id", f.Metric)
	problems.ID("owner", "missing_id", f.Owner)
	if f.Period.IsZero() {
		problems.Add(check.ErrMissing, "period", "missing_period", nil)
	}
	return problems.Err()
}

// Compare orders figures by metric, owner and period, and last by value, so
// that sorting is the same for any order of input.
func (f Figure) Compare(g Figure) int {
	return cmp.Or(
		cmp.Compare(f.Metric, g.Metric),
		cmp.Compare(f.Owner, g.Owner),
		f.Period.Compare(g.Period),
		f.Value.Compare(g.Value),
	)
}
