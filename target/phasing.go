package target

import (
	"slices"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// PhaseBy says by what a target is spread over periods. The zero PhaseBy is
// Evenly.
type PhaseBy uint8

const (
	Evenly    PhaseBy = iota // every period the same: a twelfth a month, what most people expect
	ByDays                   // by the days of each period: February gets 28 of 365
	ByWeights                // by weights of one's own, such as the wins of last year's months
)

func phaseByWords() []string { return []string{"even", "days", "weights"} }

// String gives even, days or weights.
func (p PhaseBy) String() string { return enum.String(phaseByWords(), p) }

// MarshalText gives the word.
func (p PhaseBy) MarshalText() ([]byte, error) {
	return enum.Marshal("target.PhaseBy", phaseByWords(), p)
}

// UnmarshalText reads the word.
func (p *PhaseBy) UnmarshalText(text []byte) error {
	return enum.Unmarshal("target.PhaseBy", phaseByWords(), text, p)
}

// Phasing spreads a target over periods. The zero Phasing is even.
type Phasing struct {
	By PhaseBy `json:"by"`

	// Weights are those of ByWeights, one for each period of the goal in
	// order. A weight of zero gives its period a target of zero, for as long
	// as nobody changes it: check a history that lacks months.
	Weights []kpi.Value `json:"weights,omitempty"`
}

// Validate reports an unknown way, weights without ByWeights, and weights
// that are missing, undefined, below zero or all zero.
func (p Phasing) Validate() error {
	problems := check.List{Op: "target.Phasing"}
	p.check(&problems, "", unknownCount)
	return problems.Err()
}

// unknownCount stands for a number of periods that is not known yet.
const unknownCount = -1

func (p Phasing) check(problems *check.List, at string, periods int) {
	switch {
	case p.By > ByWeights:
		problems.Add(check.ErrUnknown, at+"by", "unknown_word", uint8(p.By))
	case p.By != ByWeights && len(p.Weights) > 0:
		problems.Add(check.ErrInvalid, at+"weights", "weights_not_used", nil, "by", p.By)
	case p.By == ByWeights && periods != unknownCount && len(p.Weights) != periods:
		problems.Add(check.ErrInvalid, at+"weights", "wrong_number", len(p.Weights), "periods", periods)
	case p.By == ByWeights:
		checkWeights(problems, at+"weights", p.Weights)
	}
}

// weights gives one weight for each period. They are not to be written to.
func (p Phasing) weights(periods []calendar.Period) []kpi.Value {
	if p.By == ByWeights {
		return p.Weights
	}
	weights := make([]kpi.Value, len(periods))
	for i, period := range periods {
		weights[i] = kpi.Int(1)
		if p.By == ByDays {
			weights[i] = kpi.Int(int64(period.Days()))
		}
	}
	return weights
}

func (p Phasing) clone() Phasing { return Phasing{p.By, slices.Clone(p.Weights)} }

func (p Phasing) equal(q Phasing) bool { return p.By == q.By && slices.Equal(p.Weights, q.Weights) }

func checkWeights(problems *check.List, at string, weights []kpi.Value) {
	receives := false
	for i, w := range weights {
		checkWeight(problems, at+check.At(i), w)
		receives = receives || w.Sign() != 0 || !w.Defined()
	}
	if !receives {
		problems.Add(check.ErrInfeasible, at, "all_weights_zero", nil)
	}
}

func checkWeight(problems *check.List, at string, w kpi.Value) {
	switch {
	case !w.Defined():
		problems.Add(check.ErrMissing, at, "missing_weight", nil, "reason", w.Reason())
	case w.Sign() < 0:
		problems.Add(check.ErrRange, at, "negative_weight", w)
	}
}
