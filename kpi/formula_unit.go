package kpi

import (
	"unique"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Unit gives the unit of what the formula computes, from the units of what
// it names; lookup tells whether it knows an ID. Nothing is computed.
//
// Sums, differences, min, max, coalesce and growth need one unit on both
// sides (see [Unit.Same]); products and quotients multiply and divide units.
// A number has no dimension: it may stand beside counts and shares and
// multiply anything, but adding 1 to money is check.ErrUnit. The number 0
// alone is of every unit, so that max(won_value, 0) and
// coalesce(won_value, 0) are right. Money of two currencies never mixes.
//
// Every unknown reference (check.ErrUnknown) and every mismatch
// (check.ErrUnit) is reported, with its column in [Formula.String].
func (f Formula) Unit(lookup func(id string) (Unit, bool)) (Unit, error) {
	problems := check.List{Op: "kpi.Formula.Unit"}
	u := f.unit(&problems, "", lookup)
	return u, problems.Err()
}

func (f Formula) unit(problems *check.List, path string, lookup func(id string) (Unit, bool)) Unit {
	if f.IsZero() {
		return Unit{}
	}
	c := unitCheck{printed: f.print(), lookup: lookup, problems: problems, path: path}
	return c.unit(f.root.Value()).Unit
}

// measured is the unit of a part of a formula.
type measured struct {
	Unit
	zero    bool // the number 0, which is of every unit
	unknown bool // a problem was reported below; nothing more is said
}

// unitCheck meets the parts in the order in which they were printed.
type unitCheck struct {
	printed  printer
	next     int
	lookup   func(id string) (Unit, bool)
	problems *check.List
	path     string
}

func (c *unitCheck) unit(t term) measured {
	i := c.next
	c.next++
	switch t.op {
	case OpNumber:
		return measured{zero: t.number.Sign() == 0}
	case OpRef:
		u, known := c.lookup(t.ref)
		if !known {
			c.problems.Add(check.ErrUnknown, c.path, "unknown_reference", t.ref, "column", c.printed.column(i))
		}
		return measured{Unit: u, unknown: !known}
	}
	args := t.args()
	result := c.unit(args[0].Value())
	for _, arg := range args[1:] {
		result = c.combine(i, t.op, result, c.unit(arg.Value()))
	}
	return result
}

func (c *unitCheck) combine(i int, op Op, a, b measured) measured {
	if a.unknown || b.unknown {
		return measured{unknown: true}
	}
	if op == OpMul || op == OpDiv {
		return c.product(i, op, a, b)
	}
	if a.zero && !b.zero {
		a.Unit = b.Unit
	}
	if !b.zero && !a.Same(b.Unit) {
		c.problems.Add(check.ErrUnit, c.path, "units_differ", c.part(i), "left", a.Unit, "right", b.Unit, "column", c.printed.column(i))
		return measured{unknown: true}
	}
	if op == OpGrowth {
		return measured{Unit: Share(0)}
	}
	return measured{Unit: a.Unit, zero: a.zero && b.zero}
}

func (c *unitCheck) product(i int, op Op, a, b measured) measured {
	combine := a.Mul
	if op == OpDiv {
		combine = a.Div
	}
	u, err := combine(b.Unit)
	if err != nil {
		problem := check.All(err)[0]
		c.problems.Add(problem.Err, c.path, problem.Code, c.part(i), "left", a.Unit, "right", b.Unit, "column", c.printed.column(i))
	}
	return measured{Unit: u, unknown: err != nil}
}

func (c *unitCheck) part(i int) string {
	at := c.printed.spans[i]
	return string(c.printed.text[at.start:at.end])
}

// additivity gives how a formula combines, from what it names: the strongest
// that is true of it.
//
//	a + b, a − b, −a, coalesce    as the weaker of its arguments
//	number × a, a × number, a / number    as a
//	anything else    RatioOfSums, but Distinct where any part is
func (f Formula) additivity(lookup func(id string) Additivity) Additivity {
	if f.IsZero() {
		return Additive
	}
	a, constant := additivity(f.root, lookup)
	if constant {
		return RatioOfSums // the same number everywhere: it does not add
	}
	return a
}

func additivity(h handle, lookup func(id string) Additivity) (a Additivity, constant bool) {
	t := h.Value()
	switch t.op {
	case OpNumber:
		return Additive, true
	case OpRef:
		return lookup(t.ref), false
	}
	left, leftConstant := additivity(t.left, lookup)
	if t.right == (unique.Handle[term]{}) {
		if t.op == OpAbs && !leftConstant {
			left = weaker(left, RatioOfSums)
		}
		return left, leftConstant
	}
	right, rightConstant := additivity(t.right, lookup)
	a, constant = weaker(left, right), leftConstant && rightConstant
	if !constant && !t.linear(leftConstant, rightConstant) {
		a = weaker(a, RatioOfSums)
	}
	return a, constant
}

// linear reports whether a sum over the operands is the operation of their
// sums.
func (t term) linear(leftConstant, rightConstant bool) bool {
	zero := func(h handle, constant bool) bool {
		return !constant || h.Value().op == OpNumber && h.Value().number.Sign() == 0
	}
	switch t.op {
	case OpAdd, OpSub, OpCoalesce:
		return zero(t.left, leftConstant) && zero(t.right, rightConstant)
	case OpMul:
		return leftConstant || rightConstant
	case OpDiv:
		return rightConstant
	}
	return false
}

// weaker gives the additivity that promises less: Additive, Level,
// RatioOfSums, Distinct.
func weaker(a, b Additivity) Additivity {
	if strength(a) < strength(b) {
		return b
	}
	return a
}

func strength(a Additivity) int {
	switch a {
	case Additive:
		return 0
	case Level:
		return 1
	case RatioOfSums:
		return 2
	}
	return 3
}
