package scorecard

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Rates is a share of counted things by owner: deals won of deals closed.
type Rates struct {
	Metric    string          `json:"metric"`
	Period    calendar.Period `json:"period"`
	Direction kpi.Direction   `json:"direction"`
	Rates     []OwnerRate     `json:"rates"`
}

// RankRates orders people by a rate, the best first, with the evidence of its
// counts: its interval, Wilson's at 95 % unless named (none under ten things
// counted), the difference of each from all the others together, and the share of the spread
// that chance would give if all had one rate.
//
// A rate of 0 from 0 is not ranked. The intervals take the counted things as
// independent of one another.
//
// It returns an error if the metric or period is missing, the direction is
// that of a band, an owner is missing or stands twice, counts are not whole
// with 0 ≤ k ≤ n, or the contest contradicts itself, leads to nobody, has
// intervals or ties to part, which belong to scores, or a last ranking of
// another metric or not of a period before.
func RankRates(rates Rates, by Contest) (Ranking, error) {
	problems := check.List{Op: "scorecard.RankRates"}
	validateID(&problems, "metric", rates.Metric)
	validatePeriod(&problems, rates.Period)
	if rates.Direction > kpi.LowerIsBetter {
		problems.Add(check.ErrInvalid, "direction", "direction_not_ranked", rates.Direction)
	}
	validateRates(&problems, rates.Rates)
	by.validate(&problems, func(yield func(string) bool) {
		for _, r := range rates.Rates {
			if !yield(r.Owner) {
				return
			}
		}
	})
	if len(by.TieBreak) > 0 {
		problems.Add(check.ErrInvalid, "tie_break", "not_of_rates", len(by.TieBreak))
	}
	if len(by.Intervals) > 0 {
		problems.Add(check.ErrInvalid, "intervals", "not_of_rates", len(by.Intervals))
	}
	r := Ranking{Metric: rates.Metric, Period: rates.Period, Ties: by.Ties}
	r.follows(&problems, by.Last)
	if err := problems.Err(); err != nil {
		return Ranking{}, err
	}
	entries := make([]entry, len(rates.Rates))
	for i, r := range rates.Rates {
		entries[i] = entry{Place: Place{Owner: r.Owner, Value: r.Rate.Value(), Rate: r.Rate}, aimed: true}
	}
	sign := 1
	if rates.Direction == kpi.LowerIsBetter {
		sign = -1
	}
	r.order(entries, by, sign)
	return r, nil
}
