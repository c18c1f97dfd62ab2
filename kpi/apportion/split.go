package apportion

import (
	"math/big"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

// Split is a way to divide a total: by which method, in which steps, and
// between which limits. The zero value divides whole units by largest
// remainder without limits, as [Nested] does at scale 0.
//
// Floors, Caps and Locked go by the key of a part:
//
//   - A locked part gets its amount, whatever its weight; the others divide
//     what is left.
//   - A part gets no less than its floor and no more than its cap, also below
//     zero, where −30 is less than −20. Where shares would break limits, the
//     parts that stand on one get it and the others divide the rest by their
//     weights, at the one level at which all adds up.
//   - Every unlocked part has the sign of the total, or is zero.
//   - A weight of zero never receives, so a floor above zero on it cannot be
//     met; a lock can.
//
// Step makes the unlocked parts multiples of it, and its zero is one unit of
// 10^-Scale. Floors are brought up and caps down to such a multiple. What is
// left of the total and is no multiple goes to the last unlocked part by key
// whose weight is not zero, with the finding rest_of_step. A locked amount
// need be no multiple.
//
// Below the first level of a tree the method and the step hold, and there
// are no limits: keys tell siblings apart and nobody else. Where a part has
// limits below it, divide what it received by a Split of its own.
type Split struct {
	Method Method
	Scale  int             // digits after the point of every amount, as in Decimal
	Step   decimal.Decimal // such as 1000; zero is one unit
	Floors map[string]decimal.Decimal
	Caps   map[string]decimal.Decimal
	Locked map[string]decimal.Decimal
}

// Division is a total that has been divided.
type Division struct {
	Parts    []Part // sorted by key
	Rest     decimal.Decimal
	Findings []check.Finding
}

// Divide divides a total over children by their weights, and what each
// receives over its own children. The parts come sorted by key, and add up
// to the total at every level; Rest is zero but under [FloorSeparate].
//
// Errors are those of [Nested]; check.ErrUnknown for a limit whose key no
// part has; check.ErrInvalid for a step or a limit that is no multiple of
// the unit, and for a tree under FloorSeparate; check.ErrRange for a step
// below zero. What cannot be met is check.ErrInfeasible at the limit of one
// part, such as floors.ann, with how much is too much or too little in the
// argument by. Where several limits together cannot be met, it is the one
// furthest from its part's share.
func (s Split) Divide(total decimal.Decimal, children []Node) (Division, error) {
	problems := check.List{Op: "apportion.Split"}
	checkTotal(&problems, total, s.Scale)
	s.check(&problems, keysOf(children))
	s.checkTree(&problems, children)
	tree := walk{problems: &problems, locked: s.Locked}
	tree.siblings(children, 0, true)
	if err := problems.Err(); err != nil {
		return Division{}, err
	}
	parts := weighted(children)
	if s.isPlain() {
		fill(parts, total, s.Scale)
		return Division{Parts: parts, Rest: decimal.New(0, int32(-s.Scale)), Findings: []check.Finding{}}, nil
	}
	run := s.run(&problems)
	run.tree(parts, units(total, s.Scale), true)
	if err := problems.Err(); err != nil {
		return Division{}, err
	}
	return run.division(total, parts), nil
}

// isPlain tells whether the Split does what Nested does, and as fast.
func (s Split) isPlain() bool {
	return s.Method == LargestRemainder && len(s.Floors)+len(s.Caps)+len(s.Locked) == 0 &&
		(s.Step.Sign() == 0 || s.Step.Cmp(decimal.New(1, int32(-s.Scale))) == 0)
}

// Fractions is Divide for one level by exact fractions, such as weights that
// are quotients of sums, by key.
func (s Split) Fractions(total decimal.Decimal, weights map[string]*big.Rat) (Division, error) {
	problems := check.List{Op: "apportion.Split"}
	checkTotal(&problems, total, s.Scale)
	keys := sortedKeys(weights)
	s.check(&problems, keys)
	checkFractions(&problems, keys, weights)
	if err := problems.Err(); err != nil {
		return Division{}, err
	}
	run := s.run(&problems)
	ordered := make([]*big.Rat, len(keys))
	parts := make([]Part, len(keys))
	for i, key := range keys {
		ordered[i], parts[i].Key = weights[key], key
	}
	run.siblings(parts, numerators(ordered), units(total, s.Scale), true)
	if err := problems.Err(); err != nil {
		return Division{}, err
	}
	return run.division(total, parts), nil
}

// run is one use of a Split.
type run struct {
	Split
	step     *big.Int // in units
	problems *check.List
	findings []check.Finding
}

func (s Split) run(problems *check.List) *run {
	step := big.NewInt(1)
	if s.Step.Sign() > 0 {
		step = units(s.Step, s.Scale)
	}
	return &run{Split: s, step: step, problems: problems}
}

// tree puts the amounts in the place of the weights.
func (r *run) tree(parts []Part, total *big.Int, isTop bool) {
	weights := make([]decimal.Decimal, len(parts))
	for i, p := range parts {
		weights[i] = p.Amount
	}
	places, whole := finest(weights), make([]*big.Int, len(parts))
	for i, w := range weights {
		whole[i] = units(w, places)
	}
	amounts := r.siblings(parts, whole, total, isTop)
	for i := range amounts {
		if len(parts[i].Children) > 0 {
			r.tree(parts[i].Children, amounts[i], false)
		}
	}
}

// siblings divides one level. Where its limits cannot be met, there are
// problems and no amounts.
func (r *run) siblings(parts []Part, weights []*big.Int, total *big.Int, isTop bool) []*big.Int {
	l := level{run: r, parts: parts, weights: weights, isNegative: total.Sign() < 0}
	if isTop {
		l.floors, l.caps, l.locked = r.limits(parts, r.Floors), r.limits(parts, r.Caps), r.limits(parts, r.Locked)
	} else {
		none := make([]*big.Int, len(parts))
		l.floors, l.caps, l.locked = none, none, none
	}
	amounts := l.divide(total)
	for i, n := range amounts {
		parts[i].Amount = r.amount(n)
	}
	return amounts
}

// limits gives the limits in units by position, nil where there is none.
func (r *run) limits(parts []Part, of map[string]decimal.Decimal) []*big.Int {
	all := make([]*big.Int, len(parts))
	for i, p := range parts {
		if d, found := of[p.Key]; found {
			all[i] = units(d, r.Scale)
		}
	}
	return all
}

func (r *run) amount(n *big.Int) decimal.Decimal {
	return decimal.NewFromBigInt(n, int32(-r.Scale))
}

func (r *run) division(total decimal.Decimal, parts []Part) Division {
	rest := units(total, r.Scale)
	for _, p := range parts {
		rest.Sub(rest, units(p.Amount, r.Scale))
	}
	if r.findings == nil {
		r.findings = []check.Finding{}
	}
	return Division{Parts: parts, Rest: r.amount(rest), Findings: r.findings}
}
