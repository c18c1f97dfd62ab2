package target

import (
	"math/big"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

// limit is what an owner may receive, with what those below it need or can
// take; no data is no limit.
type limit struct{ low, high kpi.Value }

// limits gives what each owner may receive. Those of a team are narrowed by
// those of its people: it must get at least the sum of their floors, and no
// more than the sum of their caps where all have one. None where nobody has
// any.
func (b *Breakdown) limits() []limit {
	if !b.split.Owners.limited() {
		return nil
	}
	all := make([]limit, len(b.nodes))
	b.narrow(&b.split.Owners, 0, all)
	return all
}

func (n *Node) limited() bool {
	if n.Floor.Defined() || n.Cap.Defined() {
		return true
	}
	for i := range n.Children {
		if n.Children[i].limited() {
			return true
		}
	}
	return false
}

// narrow fills the limits of a node and all below it. Where nothing is said a
// part has the sign of the goal, or is zero.
func (b *Breakdown) narrow(n *Node, i int, all []limit) {
	own := limit{n.Floor, n.Cap}
	unlimited := limit{low: kpi.Int(0)}
	if b.goal.Target.Sign() < 0 {
		unlimited = limit{high: kpi.Int(0)}
	}
	below := limit{kpi.Int(0), kpi.Int(0)}
	for k := range n.Children {
		child := b.nodes[i].children[k]
		b.narrow(&n.Children[k], child, all)
		below = below.add(all[child])
	}
	if n.Mode == DirectPlusTeam {
		below = below.add(unlimited)
	}
	all[i] = unlimited.within(own)
	if len(n.Children) > 0 {
		all[i] = all[i].within(limit{b.quotaFor(b.nodes[i], below.low, -1), b.quotaFor(b.nodes[i], below.high, 1)})
	}
}

// add gives the limit of a sum: none on a side where one has none.
func (l limit) add(m limit) limit { return limit{l.low.Add(m.low), l.high.Add(m.high)} }

// within gives the narrower of both.
func (l limit) within(m limit) limit {
	if m.low.Defined() {
		l.low = m.low.Max(l.low.Or(m.low))
	}
	if m.high.Defined() {
		l.high = m.high.Min(l.high.Or(m.high))
	}
	return l
}

// quotaFor gives the amount of an owner that hands on no less (side −1) or no
// more (side 1) than an amount: the last one that does, in whole units.
func (b *Breakdown) quotaFor(n node, handed kpi.Value, side int64) kpi.Value {
	if n.mode != Carried || !handed.Defined() {
		return handed
	}
	fits := func(quota kpi.Value) bool {
		over := b.passedOn(n, quota).Sub(handed)
		return over.Defined() && over.Sign()*int(side) <= 0
	}
	unit := kpi.Minor(side, b.metric.Unit.Places())
	quota := b.rounded(handed.Div(n.cushion.Add(kpi.Int(1))))
	for range 2 { // the nearest quota is not two units off
		if !fits(quota) {
			quota = quota.Sub(unit)
		} else if next := quota.Add(unit); fits(next) {
			quota = next
		}
	}
	return quota
}

// checkLimits reports limits that no split of the goal can keep.
func (b *Breakdown) checkLimits(problems *check.List, limits []limit) {
	if limits == nil {
		return
	}
	total := b.goal.Target
	for i, l := range limits {
		if l.high.Less(l.low) {
			problems.Add(check.ErrInfeasible, "owners", "floors_above_caps", l.low, "owner", b.nodes[i].id, "cap", l.high)
		}
	}
	if total.Less(limits[0].low) {
		problems.Add(check.ErrInfeasible, "owners", "floors_beyond_total", limits[0].low, "total", total, "by", limits[0].low.Sub(total))
	}
	if limits[0].high.Less(total) {
		problems.Add(check.ErrInfeasible, "owners", "caps_short_of_total", limits[0].high, "total", total, "by", total.Sub(limits[0].high))
	}
}

// checkLimitPlaces reports limits with more places than the unit has.
func (n *Node) checkLimitPlaces(problems *check.List, way *place, places int) {
	checkPlaces(problems, "owners."+way.path("floor"), n.Floor, places)
	checkPlaces(problems, "owners."+way.path("cap"), n.Cap, places)
	for i := range n.Children {
		n.Children[i].checkLimitPlaces(problems, &place{way, i}, places)
	}
}

// checkLimit reports a limit that is undefined for another reason than being
// left out, and a floor above the cap.
func (n *Node) checkLimit(problems *check.List, path func(string) string) {
	for name, v := range [...]kpi.Value{n.Floor, n.Cap} {
		if v != (kpi.Value{}) && !v.Defined() {
			problems.Add(check.ErrInvalid, path([...]string{"floor", "cap"}[name]), "undefined_amount", v.Reason())
		}
	}
	if n.Cap.Less(n.Floor) {
		problems.Add(check.ErrInvalid, path("floor"), "above_cap", n.Floor, "cap", n.Cap)
	}
}

// behindAll is the key of own selling beside a team, behind every owner.
const behindAll = "\U0010FFFF\U0010FFFF"

// divideWithin splits an amount over an owner's children, and its own selling,
// between their limits.
func (b *Breakdown) divideWithin(n node, amount kpi.Value, limits []limit) ([]kpi.Value, error) {
	places := b.metric.Unit.Places()
	s := apportion.Split{Scale: places, Floors: map[string]decimal.Decimal{}, Caps: map[string]decimal.Decimal{}}
	weights, nothing := map[string]*big.Rat{}, true // nothing: zero is within all limits
	for k, w := range fractions(n.weights) {
		if k == len(n.children) {
			weights[behindAll] = w
			break
		}
		child := n.children[k]
		id, l := b.nodes[child].id, limits[child]
		weights[id] = w
		nothing = nothing && l.low.Sign() <= 0 && l.high.Sign() >= 0
		if d, ok := l.low.Decimal(places, kpi.Down); ok {
			s.Floors[id] = d
		}
		if d, ok := l.high.Decimal(places, kpi.Down); ok {
			s.Caps[id] = d
		}
	}
	if amount == kpi.Int(0) && nothing {
		return b.divide(amount, n.weights)
	}
	total, _ := amount.Decimal(places, kpi.Down)
	division, err := s.Fractions(total, weights)
	problems := check.List{Op: "target.BreakDown"}
	problems.Nest("owners", err)
	return values(division.Parts, func(p apportion.Part) kpi.Value {
		v, err := kpi.FromDecimal(p.Amount)
		problems.Nest("owners", err)
		return v
	}), problems.Err()
}
