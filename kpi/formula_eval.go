package kpi

// Eval computes the formula from the values of what it names: lookup gives
// the value of a measure or metric by its ID, and an undefined Value where
// there is none. Lookup must be a pure function; it may be asked more than
// once for one ID.
//
// An undefined operand makes the result undefined, and of two reasons the
// stronger one is given. Only coalesce ends it: it gives its first defined
// argument, and the strongest of the reasons where none is. The zero Formula
// gives no data.
//
// To compute a metric whose formula names other metrics, see [Catalog.Eval].
func (f Formula) Eval(lookup func(id string) Value) Value {
	if f.IsZero() {
		return Value{}
	}
	return eval(f.root.Value(), lookup)
}

// EvalRatio computes a formula that is a quotient at its top and keeps the
// two sides: 4238 of 6711. ok is false for any other formula.
func (f Formula) EvalRatio(lookup func(id string) Value) (r Ratio, ok bool) {
	if f.IsZero() {
		return Ratio{}, false
	}
	t := f.root.Value()
	if t.op != OpDiv {
		return Ratio{}, false
	}
	return NewRatio(eval(t.left.Value(), lookup), eval(t.right.Value(), lookup)), true
}

func eval(t term, lookup func(id string) Value) Value {
	switch t.op {
	case OpNumber:
		return t.number
	case OpRef:
		return lookup(t.ref)
	case OpNeg, OpAbs:
		return apply(t.op, eval(t.left.Value(), lookup), Value{})
	}
	return apply(t.op, eval(t.left.Value(), lookup), eval(t.right.Value(), lookup))
}

// apply computes one operation; b is left out of those with one argument.
func apply(op Op, a, b Value) Value {
	switch op {
	case OpNeg:
		return a.Neg()
	case OpAbs:
		return a.Abs()
	case OpAdd:
		return a.Add(b)
	case OpSub:
		return a.Sub(b)
	case OpMul:
		return a.Mul(b)
	case OpDiv:
		return a.Div(b)
	case OpMin:
		return a.Min(b)
	case OpMax:
		return a.Max(b)
	case OpGrowth:
		return Growth(a, b)
	}
	if !a.Defined() && !b.Defined() {
		return Undefined(Stronger(a.Reason(), b.Reason()))
	}
	return a.Or(b)
}
