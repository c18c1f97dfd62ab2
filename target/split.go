package target

import (
	"math/big"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// MaxCells is the greatest number of cells of a breakdown: owners without
// children times periods.
const MaxCells = 1 << 24

// Split says over which owners and periods a goal is broken down.
type Split struct {
	Calendar calendar.Calendar `json:"calendar"`
	Grain    calendar.Grain    `json:"grain"`   // the goal's period must be made up of whole ones
	Owners   Node              `json:"owners"`  // the root is the goal's owner
	Phasing  Phasing           `json:"phasing"` // for all who have none of their own; the zero Phasing is even
}

// Validate reports a grain that is missing and what is wrong with owners and
// phasing in themselves; whether they fit a goal is for [BreakDown].
func (s Split) Validate() error {
	problems := check.List{Op: "target.Split"}
	s.check(&problems, unknownCount)
	return problems.Err()
}

func (s Split) check(problems *check.List, periods int) {
	switch {
	case s.Grain == calendar.NoGrain:
		problems.Add(check.ErrMissing, "grain", "missing_grain", nil)
	case s.Grain > calendar.Yearly:
		problems.Add(check.ErrUnknown, "grain", "unknown_word", uint8(s.Grain))
	}
	leaves := s.Owners.check(problems, "owners.", periods)
	if cells := int64(leaves) * int64(periods); cells > MaxCells {
		problems.Add(check.ErrRange, "owners", "too_many_cells", cells, "most", MaxCells)
	}
	s.Phasing.check(problems, "phasing.", periods)
}

// BreakDown splits a goal over the tree of owners, level by level, and what
// each owner without children receives over the periods. Each split is by
// the method of largest remainder at the places of the metric's unit
// ([kpi.Unit.Places]):
//
//	share = amount × weight / sum of weights
//
// in whole units, and the units left over go one each to the largest
// remainders; equal remainders to the smaller owner ID, compared as bytes,
// and to the earlier period. Because each owner is spread over the periods
// by itself, the months of a team are sums of its members' months and may
// differ by some units from its own target spread in one go.
//
// An owner that is [Carried] keeps its amount as its own quota, spread by its
// phasing, and its children are split from
//
//	amount × (1 + cushion)
//
// rounded half-even to the unit. Of [DirectPlusTeam] the owner's own selling
// is one more part, behind its children where remainders are equal.
//
// Floors and caps of owners hold at every level: what a team receives is
// enough for the floors of its people and no more than their caps can take, and
// among siblings those that stand on a limit get it while the others divide
// the rest by their weights ([apportion.Split]). Own selling beside a team has
// no limits. They are limits of this split alone, and kept as the record of it,
// like weights.
//
// An owner or period of weight zero gets a target of zero, with a finding.
// Goals below zero are split like their opposite, a goal of zero into zeros.
//
// All problems are reported at once: those of [Goal.ValidateFor] and
// [Split.Validate]; a metric that is not additive (check.ErrUnit); a target
// with more places than the unit has; a period that does not begin and
// end on the grain; a root that is not the goal's owner; an owner that is
// [Independent], whose quota only a table can state; weights of periods
// of another number than there are periods; more than MaxCells cells; floors
// and caps with too many places or that cannot be met (check.ErrInfeasible,
// which says by how much).
func BreakDown(goal Goal, metric kpi.Metric, split Split) (*Breakdown, error) {
	problems := check.List{Op: "target.BreakDown"}
	goal.checkAmounts(&problems, "goal.")
	b := lay(&problems, goal, metric, split)
	if b != nil {
		b.noIndependent(&problems)
	}
	var limits []limit
	if b != nil {
		b.split.Owners.checkLimitPlaces(&problems, nil, metric.Unit.Places())
	}
	if problems.Empty() {
		limits = b.limits()
		b.checkLimits(&problems, limits)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	if err := b.fill(limits); err != nil {
		return nil, err
	}
	b.sumUp()
	return b, nil
}

// lay checks everything but the goal's amounts and gives the breakdown without
// cells. There is one wherever owners and periods are known, so that what
// would go into the cells can be checked beside other problems.
func lay(problems *check.List, goal Goal, metric kpi.Metric, split Split) *Breakdown {
	return layKind(problems, goal, metric, split, true)
}

// layKind is lay for metrics that add up, or for those that do not.
func layKind(problems *check.List, goal Goal, metric kpi.Metric, split Split, additive bool) *Breakdown {
	goal.checkKeys(problems, "goal.")
	goal.checkMetric(problems, "goal.", metric)
	if goal.banded() {
		problems.Add(check.ErrInvalid, "goal.within", "band_not_split", goal.ID)
	}
	problems.Nest("metric", metric.Validate())
	switch {
	case metric.Additivity > kpi.Distinct:
	case additive && metric.Additivity != kpi.Additive:
		problems.Add(check.ErrUnit, "metric.additivity", "not_additive", metric.Additivity, "metric", metric.ID)
	case !additive && metric.Additivity == kpi.Additive:
		problems.Add(check.ErrUnit, "metric.additivity", "additive", metric.Additivity, "metric", metric.ID)
	}
	if additive {
		checkPlaces(problems, "goal.target", goal.Target, metric.Unit.Places())
	}
	if split.Owners.ID != "" && goal.Owner != "" && split.Owners.ID != goal.Owner {
		problems.Add(check.ErrInvalid, "owners.id", "not_the_goals_owner", split.Owners.ID, "owner", goal.Owner)
	}
	count, periods := unknownCount, []calendar.Period(nil)
	if known := split.Grain > calendar.NoGrain && split.Grain <= calendar.Yearly; known && !goal.Period.IsZero() {
		cut, err := split.Calendar.Split(goal.Period, split.Grain)
		problems.Nest("goal.period", err)
		if err == nil {
			count, periods = len(cut), cut
		}
	}
	var grid check.List
	split.check(&grid, count)
	problems.Nest("", grid.Err())
	if !grid.Empty() || periods == nil {
		return nil
	}
	return newBreakdown(goal, metric, split, periods)
}

// checkPlaces reports an amount that is no whole number of units at a scale.
func checkPlaces(problems *check.List, at string, amount kpi.Value, scale int) {
	if _, ok := units(amount, scale); !amount.Defined() || ok {
		return
	}
	d, ok := amount.Decimal(scale, kpi.Down)
	if ok && d.NumDigits() > kpi.MaxDigits {
		problems.Add(check.ErrRange, at, "number_too_large", amount, "scale", scale, "most_digits", kpi.MaxDigits)
		return
	}
	problems.Add(check.ErrInvalid, at, "too_many_places", amount, "scale", scale)
}

// units gives an amount in whole units of 10^-scale, where it is one of at
// most kpi.MaxDigits digits.
func units(amount kpi.Value, scale int) (n *big.Int, ok bool) {
	d, ok := amount.Decimal(scale, kpi.Down)
	if !ok || d.NumDigits() > kpi.MaxDigits {
		return nil, false
	}
	n = d.Coefficient()
	return n, kpi.FromBig(n, scale) == amount
}

// fill splits the target over the tree and then over the periods.
func (b *Breakdown) fill(limits []limit) error {
	amounts := make([]kpi.Value, len(b.nodes))
	amounts[0] = b.goal.Target
	for i, n := range b.nodes {
		var err error
		if len(n.children) == 0 || n.mode.ownQuota() {
			if b.nodes[i].cells, err = b.phase(n, amounts[i]); err != nil {
				return err
			}
		}
		if len(n.children) == 0 {
			continue
		}
		parts, err := b.handOn(n, b.passedOn(n, amounts[i]), limits)
		if err != nil {
			return err
		}
		for k, child := range n.children {
			amounts[child] = parts[k]
		}
		if n.mode == DirectPlusTeam {
			if b.nodes[i].direct, err = b.phase(n, parts[len(n.children)]); err != nil {
				return err
			}
		}
	}
	return nil
}

// handOn splits an amount over an owner's children and its own selling.
func (b *Breakdown) handOn(n node, amount kpi.Value, limits []limit) ([]kpi.Value, error) {
	if limits == nil {
		return b.divide(amount, n.weights)
	}
	return b.divideWithin(n, amount, limits)
}

// phase spreads an amount over the periods.
func (b *Breakdown) phase(n node, amount kpi.Value) ([]kpi.Value, error) {
	return b.divide(amount, n.phasing.weights(b.periods))
}

// passedOn gives what the children of an owner receive of its amount.
func (b *Breakdown) passedOn(n node, amount kpi.Value) kpi.Value {
	if n.mode != Carried {
		return amount
	}
	return b.rounded(amount.Mul(n.cushion.Add(kpi.Int(1))))
}

// rounded gives the nearest amount at the places of the metric's unit.
func (b *Breakdown) rounded(v kpi.Value) kpi.Value { return roundTo(v, b.metric.Unit.Places()) }

func roundTo(v kpi.Value, scale int) kpi.Value {
	if !v.Defined() {
		return v
	}
	d, ok := v.Decimal(scale, kpi.HalfEven)
	if !ok {
		return kpi.Undefined(kpi.NotApplicable)
	}
	return kpi.FromBig(d.Coefficient(), scale)
}

// noIndependent reports owners whose own quota only a table can state.
func (b *Breakdown) noIndependent(problems *check.List) {
	for _, n := range b.nodes {
		if n.mode == Independent {
			problems.Add(check.ErrInvalid, "owners", "needs_a_table", n.mode, "owner", n.id)
		}
	}
}
