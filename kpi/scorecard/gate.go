package scorecard

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// MaxGates is how many gates a definition may have.
const MaxGates = 100

// Gate is a veto (一票否决): a card that fails it gets no better band than
// Band, whatever its score. It does not change the score; it lays a ceiling
// over it, the edge of the next better band, below which the card is ranked.
//
// Over an attainment the metric is that of an item, and the gate is passed
// where its attainment is at least Limit. Over the actual the metric need not
// be an item (breaches of the code of conduct), its figure comes in like
// theirs, and the gate is passed on the better side of Limit by Direction,
// equality included.
//
// A gate without a number is treated as the policy for missing items says of
// its reason: with make_undefined there is no score, with leave_out the gate
// does not count, with count_least it is failed.
type Gate struct {
	Metric    string        `json:"metric"`
	Over      Axis          `json:"over"`
	Direction kpi.Direction `json:"direction"` // over an attainment: higher
	Limit     kpi.Value     `json:"limit"`
	Band      string        `json:"band"` // the best band of a card that fails
}

// GateResult is what a gate found.
type GateResult struct {
	Metric  string      `json:"metric"`
	Value   kpi.Value   `json:"value"` // the attainment or the actual
	Limit   kpi.Value   `json:"limit"`
	Outcome kpi.Outcome `json:"outcome"` // undecided where there is no number
	Band    string      `json:"band"`
}

// Validate reports a metric that is missing or malformed, a limit or band that
// is missing, and a direction that does not fit. That the metric and the band
// exist is reported by [Definition.Validate].
func (g Gate) Validate() error {
	problems := check.List{Op: "scorecard.Gate"}
	validateID(&problems, "metric", g.Metric)
	if g.Over > OverActual {
		problems.Add(check.ErrUnknown, "over", "unknown_word", uint8(g.Over))
	}
	switch {
	case g.Direction > kpi.InBand:
		problems.Add(check.ErrUnknown, "direction", "unknown_word", uint8(g.Direction))
	case g.Direction == kpi.InBand, g.Direction == kpi.LowerIsBetter && g.Over == OverAttainment:
		problems.Add(check.ErrInvalid, "direction", "direction_not_of_gates", g.Direction, "over", g.Over)
	}
	validateNumber(&problems, "limit", g.Limit)
	if g.Band == "" {
		problems.Add(check.ErrMissing, "band", "missing_name", nil)
	}
	return problems.Err()
}

func (d *Definition) validateGates(problems *check.List) {
	if n := len(d.Gates); n > MaxGates {
		problems.Add(check.ErrRange, "gates", "too_many_gates", n, "most", MaxGates)
	}
	bands := descending(d.Bands)
	for i, g := range d.Gates {
		problems.Nest(check.At("gates", i), g.Validate())
		if g.Over == OverAttainment && g.Metric != "" && d.item(g.Metric) < 0 {
			problems.Add(check.ErrUnknown, check.At("gates", i, "metric"), "unknown_metric", g.Metric)
		}
		switch at := position(bands, g.Band); {
		case g.Band == "":
		case at < 0:
			problems.Add(check.ErrUnknown, check.At("gates", i, "band"), "unknown_band", g.Band)
		case at == 0:
			problems.Add(check.ErrInvalid, check.At("gates", i, "band"), "best_band", g.Band)
		}
	}
}

func (d *Definition) item(metric string) int {
	for i, item := range d.Items {
		if item.Metric == metric {
			return i
		}
	}
	return -1
}

// test gives the outcome for a number, without a look at the missing policy.
func (g *Gate) test(v kpi.Value) GateResult {
	r := GateResult{Metric: g.Metric, Value: v, Limit: g.Limit, Band: g.Band}
	if met, ok := kpi.Met(g.Direction, v, g.Limit); ok {
		r.Outcome = kpi.TargetMissed
		if met {
			r.Outcome = kpi.TargetMet
		}
	}
	return r
}

// any gives the outcome for a roll-up: one of its cards that failed is enough.
// Its value is that of the card that decided, and not applicable where all
// passed.
func (g *Gate) any(n int, of []Card) GateResult {
	all := GateResult{Metric: g.Metric, Value: kpi.Undefined(kpi.NotApplicable), Limit: g.Limit, Outcome: kpi.TargetMet, Band: g.Band}
	for i := range of {
		r := GateResult{Metric: g.Metric, Value: kpi.Undefined(kpi.NotApplicable), Limit: g.Limit, Band: g.Band}
		if n < len(of[i].Gates) { // a mean of scores has none
			r = of[i].Gates[n]
		}
		if r.Outcome == kpi.TargetMissed {
			return r
		}
		if r.Outcome == kpi.Undecided && all.Outcome == kpi.TargetMet {
			all = r
		}
	}
	return all
}
