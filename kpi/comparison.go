package kpi

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Outcome says whether a target was met. The zero Outcome is Undecided.
type Outcome uint8

const (
	Undecided    Outcome = iota // actual or target is undefined
	TargetMet                   // the target is reached, equality included, or the actual lies in the band
	TargetMissed                // it is not
)

func outcomeWords() []string { return []string{"undecided", "met", "missed"} }

// String gives undecided, met or missed.
func (o Outcome) String() string { return enum.String(outcomeWords(), o) }

// MarshalText gives the word.
func (o Outcome) MarshalText() ([]byte, error) {
	return enum.Marshal("kpi.Outcome", outcomeWords(), o)
}

// UnmarshalText reads the word.
func (o *Outcome) UnmarshalText(text []byte) error {
	return enum.Unmarshal("kpi.Outcome", outcomeWords(), text, o)
}

// Comparison is an actual beside its target: everything that a report shows
// of the two, and what its reader should know.
type Comparison struct {
	Direction  Direction       `json:"direction"`
	Actual     Value           `json:"actual"`
	Target     Value           `json:"target,omitzero"` // not of a band
	Band       *Band           `json:"band,omitzero"`   // of a band alone
	Attainment Value           `json:"attainment"`      // see [Attainment] and [Band.Attainment]
	Variance   Value           `json:"variance"`        // actual − target, of a band its [Band.Distance]
	Favourable Value           `json:"favourable"`      // the variance with good positive; outside a band below zero
	Outcome    Outcome         `json:"outcome"`
	Findings   []check.Finding `json:"findings"`
}

// Compare sets an actual beside a single target. InBand has no single
// target: its comparison is undefined (NotApplicable), see [CompareBand].
//
// Findings are sign_change, where actual and target are of different sign,
// so that the attainment is computed but says little; target_zero, where
// there is only met and missed; and no_target.
func Compare(d Direction, actual, target Value) Comparison {
	c := Comparison{
		Direction: d, Actual: actual, Target: target,
		Attainment: Attainment(d, actual, target), Variance: Variance(actual, target), Favourable: Favourable(d, actual, target),
		Findings: []check.Finding{},
	}
	if met, ok := Met(d, actual, target); ok {
		c.Outcome = outcome(met)
	}
	switch {
	case !target.Defined():
		c.find(findNoTarget, check.Warning, "reason", target.Reason())
	case target.Sign() == 0:
		c.find(findTargetZero, check.Info, "actual", actual)
	case SignChange(actual, target):
		c.find(findSignChange, check.Warning, "actual", actual, "target", target)
	}
	return c
}

// CompareBand sets an actual beside a band. Findings are band_edge_zero,
// where the actual lies outside an edge of zero and no tolerance is stated;
// band_reversed, where the low edge lies above the high one; and no_target,
// where an edge is missing.
func CompareBand(actual Value, b Band) Comparison {
	distance := b.Distance(actual)
	c := Comparison{
		Direction: InBand, Actual: actual, Band: &b,
		Attainment: b.Attainment(actual), Variance: distance, Favourable: distance.Abs().Neg(),
		Findings: []check.Finding{},
	}
	inside, ok := b.Contains(actual)
	if ok {
		c.Outcome = outcome(inside)
	}
	switch {
	case !b.Low.Defined() || !b.High.Defined():
		c.find(findNoTarget, check.Warning, "reason", Stronger(b.Low.Reason(), b.High.Reason()))
	case b.High.Less(b.Low):
		c.find(findBandReversed, check.Critical, "low", b.Low, "high", b.High)
	case ok && !c.Attainment.Defined():
		c.find(findBandEdgeZero, check.Warning, "actual", actual)
	}
	return c
}

func outcome(met bool) Outcome {
	if met {
		return TargetMet
	}
	return TargetMissed
}

func (c *Comparison) find(code string, severity check.Severity, args ...any) {
	c.Findings = append(c.Findings, check.Finding{Code: code, Severity: severity, Args: check.Args(args...)})
}
