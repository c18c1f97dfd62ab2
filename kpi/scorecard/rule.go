package scorecard

import "github.com/saleskpi/saleskpi/internal/enum"

// Rule says how the cards of several people or periods become one. The zero
// Rule belongs to a card that was scored directly; the zero of a [RollUp] is
// Pooled.
type Rule uint8

const (
	Scored        Rule = iota // no roll-up: from the owner's own figures
	Pooled                    // actuals over targets, each put together, and then the curves
	WeightedMean              // the mean of the scores by stated weights
	HeadcountMean             // the plain mean of the scores of people
	MeanOfPeriods             // the plain mean of the scores of periods
)

func ruleWords() []string {
	return []string{"scored", "pooled", "weighted_mean", "headcount_mean", "mean_of_periods"}
}

// String gives scored, pooled, weighted_mean, headcount_mean or
// mean_of_periods.
func (r Rule) String() string { return enum.String(ruleWords(), r) }

// MarshalText gives the word.
func (r Rule) MarshalText() ([]byte, error) {
	return enum.Marshal("scorecard.Rule", ruleWords(), r)
}

// UnmarshalText reads the word.
func (r *Rule) UnmarshalText(text []byte) error {
	return enum.Unmarshal("scorecard.Rule", ruleWords(), text, r)
}
