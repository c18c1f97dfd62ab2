package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Found is a finding with the figures on which it rests.
type Found struct {
	Finding  check.Finding `json:"finding"`
	Evidence []Evidence    `json:"evidence"`
}

// Evidence is one figure on which a finding rests, and what it is there: the
// actual of a seller, the target beside it.
type Evidence struct {
	Is Aspect `json:"is"`
	kpi.Figure
}

// Aspect says what a figure of an [Evidence] is. The zero Aspect is IsActual.
type Aspect uint8

const (
	IsActual       Aspect = iota // what was reached
	IsTarget                     // what was aimed at
	IsAttainment                 // actual against target
	IsContribution               // what an owner or a driver adds to the gap
	IsUsual                      // what is usual
	IsPromised                   // what a strategy was to be worth
	IsSeen                       // what changed after it
	IsBudget                     // what it was to cost
	IsSpent                      // what was spent and committed
	IsPaid                       // what incentives came to
	IsOriginal                   // what was aimed at first
)

func aspectWords() []string {
	return []string{"actual", "target", "attainment", "contribution", "usual", "promised", "seen", "budget", "spent", "paid", "original"}
}

// String gives the word, such as actual.
func (a Aspect) String() string { return enum.String(aspectWords(), a) }

// MarshalText gives the word.
func (a Aspect) MarshalText() ([]byte, error) { return enum.Marshal("plan.Aspect", aspectWords(), a) }

// UnmarshalText reads the word.
func (a *Aspect) UnmarshalText(text []byte) error {
	return enum.Unmarshal("plan.Aspect", aspectWords(), text, a)
}

// evidence gives actual and target of an owner.
func (o OwnerReview) evidence() []Evidence {
	t := o.Tracking
	figure := kpi.Figure{Metric: t.Metric, Owner: o.Owner, Period: t.Period}
	return []Evidence{figureAs(IsActual, figure, t.Actual), figureAs(IsTarget, figure, t.Target)}
}

func figureAs(is Aspect, figure kpi.Figure, v kpi.Value) Evidence {
	figure.Value = v
	return Evidence{is, figure}
}

// attainments gives those of the sellers that a distribution counts, the best
// first.
func (g GoalReview) attainments(bestFirst []string) []Evidence {
	reached := make(map[string]kpi.Value, len(g.Owners))
	for i := range g.Owners {
		reached[g.Owners[i].Owner] = g.Owners[i].Tracking.Attainment
	}
	all := make([]Evidence, 0, len(bestFirst))
	for _, id := range bestFirst {
		all = append(all, figureAs(IsAttainment, kpi.Figure{Metric: g.Metric.ID, Owner: id, Period: g.Goal.Period}, reached[id]))
	}
	return all
}

// contribution gives what an owner adds to the gap, with both its sides.
func (g GoalReview) contribution(p bridge.Part) []Evidence {
	figure := kpi.Figure{Metric: g.Metric.ID, Owner: p.ID, Period: g.Goal.Period}
	return []Evidence{figureAs(IsContribution, figure, p.Amount), figureAs(IsActual, figure, p.Values.Current), figureAs(IsTarget, figure, p.Values.Base)}
}

// evidence gives the metrics of everybody, by metric, each with what is usual.
func (c Closing) evidence() map[string][]Evidence {
	usual, all := c.diagnosis().usual(), map[string][]Evidence{}
	for _, f := range slices.SortedFunc(slices.Values(c.Metrics), kpi.Figure.Compare) {
		all[f.Owner] = append(all[f.Owner], Evidence{IsActual, f})
		if beside, known := usual.of(f.Metric, f.Owner); known {
			all[f.Owner] = append(all[f.Owner], Evidence{IsUsual, beside})
		}
	}
	return all
}

// findAll adds findings with the metrics of the one that each is about.
func (e *Evaluation) findAll(found []check.Finding, of map[string][]Evidence) {
	for _, f := range found {
		e.Findings = append(e.Findings, Found{f, append([]Evidence{}, of[f.Subject]...)})
	}
}
