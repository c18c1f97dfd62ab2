package plan

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
)

// MaxCauses is how many causes share a difference by Shapley, which looks at
// every combination of them.
const MaxCauses = 8

// PromiseGap is how much more or less one plan promises to land for a goal
// than another ([action.Promise]), and what makes the difference, exactly:
// parts add up to the gap.
//
// A cause is what differs: the value of one driver; what one strategy does to
// one lever, by its change, its first and its last day, also where only one
// plan has it; and all terms together, which are the formula, which lever a
// driver stands for, lead times, working days and the rule for several
// strategies on one lever. Each cause has its mean effect over all orders in
// which the causes may come (Shapley), so of several strategies on one lever
// none has the advantage of coming first, and under [action.Larger] the
// smaller of two gets what it would give alone in half of the orders. Beyond
// [MaxCauses] they come in one order, terms, drivers by ID, strategies by ID
// and lever, and causes_in_sequence says so.
//
// A driver that only one aim has, and the lead time of a lever that only one
// states, is taken over by the other side, so it makes no difference.
type PromiseGap struct {
	Landings bridge.Pair     `json:"landings"` // what each promises
	Gap      kpi.Value       `json:"gap"`
	Left     bridge.Pair     `json:"left"`   // target − landing of each
	Method   bridge.Method   `json:"method"` // by which causes share the gap
	Causes   []Cause         `json:"causes"` // terms, drivers by ID, strategies by ID and lever
	Findings []check.Finding `json:"findings"`
}

// Cause is one part of the gap. It is undefined with reason
// kpi.UndefinedMix where both plans promise something and a mixed case of
// theirs does not, and as the gap is where that is undefined.
type Cause struct {
	Of     CauseKind    `json:"of"`
	ID     string       `json:"id,omitzero"`    // of the driver or the strategy
	Lever  action.Lever `json:"lever,omitzero"` // of a strategy
	Amount kpi.Value    `json:"amount"`
}

// CauseKind says what a [Cause] is.
type CauseKind uint8

const (
	OfTerms    CauseKind = iota // formula, lead times, working days, stacking
	OfDriver                    // another value of a driver
	OfStrategy                  // what a strategy does to a lever
)

func causeWords() []string { return []string{"terms", "driver", "strategy"} }

// String gives terms, driver or strategy.
func (k CauseKind) String() string { return enum.String(causeWords(), k) }

// MarshalText gives the word.
func (k CauseKind) MarshalText() ([]byte, error) {
	return enum.Marshal("plan.CauseKind", causeWords(), k)
}

// UnmarshalText reads the word.
func (k *CauseKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("plan.CauseKind", causeWords(), text, k)
}

// Strategy gives what a strategy makes of the difference, over all levers.
func (g PromiseGap) Strategy(id string) kpi.Value {
	return g.sum(func(c Cause) bool { return c.Of == OfStrategy && c.ID == id })
}

// Lever gives what all strategies make of the difference through one lever.
func (g PromiseGap) Lever(l action.Lever) kpi.Value {
	return g.sum(func(c Cause) bool { return c.Of == OfStrategy && c.Lever == l })
}

func (g PromiseGap) sum(counts func(Cause) bool) kpi.Value {
	sum := kpi.Int(0)
	for _, c := range g.Causes {
		if counts(c) {
			sum = sum.Add(c.Amount)
		}
	}
	return sum
}

// promise compares what both plans promise for a goal, where both say what it
// is made of.
func (g *ScenarioGoal) promise(problems *check.List, c Comparison) {
	from, ok := c.From.aim(g.Goals.From)
	to, both := c.To.aim(g.Goals.To)
	if !ok || !both {
		return
	}
	mixed := newMix(c, from, to)
	p := PromiseGap{Causes: mixed.causes, Findings: []check.Finding{}}
	cases, err := mixed.cases(&p)
	if err != nil {
		problems.Nest("promise", err)
		return
	}
	p.Landings = bridge.Pair{Base: cases[0], Current: cases[len(cases)-1]}
	p.Gap = p.Landings.Change()
	p.Left = bridge.Pair{Base: from.Target.Sub(p.Landings.Base), Current: to.Target.Sub(p.Landings.Current)}
	p.share(cases)
	m, _ := c.To.Plan.metric(g.Metric)
	p.tell(g.Goals.To, m.Unit.Text)
	g.Promise = &p
}

// share gives each cause its part of the gap.
func (g *PromiseGap) share(cases []kpi.Value) {
	amounts := make([]kpi.Value, len(g.Causes))
	switch {
	case !g.Gap.Defined():
		for i := range amounts {
			amounts[i] = g.Gap
		}
	case slices.ContainsFunc(cases, func(v kpi.Value) bool { return !v.Defined() }):
		for i := range amounts {
			amounts[i] = kpi.Undefined(kpi.UndefinedMix)
		}
	case g.Method == bridge.InSequence:
		for i := range amounts {
			amounts[i] = cases[i+1].Sub(cases[i])
		}
	default:
		amounts = shapley(len(g.Causes), cases)
	}
	for i := range g.Causes {
		g.Causes[i].Amount = amounts[i]
	}
}

// shapley gives each of n causes its mean effect over all orders, by what
// every set of them gives: bit i of the number of a set says that the i-th is
// in it.
//
//	Σ over sets without it of  (v(set and it) − v(set)) ÷ (n × sets of that size among n − 1)
//
// Source: L. S. Shapley, A Value for n-Person Games (1953).
func shapley(n int, v []kpi.Value) []kpi.Value {
	amounts := make([]kpi.Value, n)
	for i := range amounts {
		gains := make([]kpi.Value, n) // by the size of the set
		for size := range gains {
			gains[size] = kpi.Int(0)
		}
		for set := range v {
			if set>>i&1 == 0 {
				size := 0
				for rest := set; rest > 0; rest &= rest - 1 {
					size++
				}
				gains[size] = gains[size].Add(v[set|1<<i].Sub(v[set]))
			}
		}
		amounts[i] = kpi.Int(0)
		sets := int64(1)
		for size, gain := range gains {
			amounts[i] = amounts[i].Add(gain.Div(kpi.Int(int64(n) * sets)))
			sets = sets * int64(n-1-size) / int64(size+1)
		}
	}
	return amounts
}

// tell says what makes the difference, the largest part first.
func (g *PromiseGap) tell(goal string, text func(kpi.Value) string) {
	if g.Method == bridge.InSequence {
		g.Findings = append(g.Findings, info("causes_in_sequence", goal, "n", len(g.Causes), "most", MaxCauses))
	}
	if len(g.Causes) > 0 && g.Gap.Defined() && g.Causes[0].Amount.Reason() == kpi.UndefinedMix {
		g.Findings = append(g.Findings, info("causes_mixed", goal))
		return
	}
	causes := slices.Clone(g.Causes)
	slices.SortStableFunc(causes, func(a, b Cause) int { return cmp.Or(b.Amount.Abs().Compare(a.Amount.Abs())) })
	for _, c := range causes {
		args := []any{"goal", goal, "amount", text(c.Amount), "lever", c.Lever.Title("en"), "lever_zh", c.Lever.Title("zh")}
		switch {
		case !c.Amount.Defined():
		case c.Of == OfTerms:
			g.Findings = append(g.Findings, info("cause_terms", goal, "amount", text(c.Amount)))
		case c.Of == OfDriver:
			g.Findings = append(g.Findings, info("cause_driver", c.ID, args[:4]...))
		default:
			g.Findings = append(g.Findings, info("cause_strategy", c.ID, args...))
		}
	}
}
