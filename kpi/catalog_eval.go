package kpi

import "github.com/saleskpi/saleskpi/kpi/check"

// Eval computes a metric from the values of measures: lookup gives one by
// its ID, and an undefined Value where there is none; see [Formula.Eval].
// Other metrics that the formula names are computed on the way. An ID that
// is not in the catalog is check.ErrUnknown.
func (c Catalog) Eval(id string, measures func(id string) Value) (Value, error) {
	if err := c.known("kpi.Catalog.Eval", id); err != nil {
		return Value{}, err
	}
	return c.eval(id, measures), nil
}

func (c Catalog) eval(id string, measures func(id string) Value) Value {
	m := c.metrics[c.index[id]]
	if m.Formula.IsZero() {
		return measures(id)
	}
	return m.Formula.Eval(func(ref string) Value { return c.eval(ref, measures) })
}

// EvalRatio computes a metric and keeps the two sides of the quotient that
// it is: 4238 of 6711. ok is false for a metric that is no quotient and for
// an ID that is not in the catalog.
func (c Catalog) EvalRatio(id string, measures func(id string) Value) (r Ratio, ok bool) {
	for {
		m, known := c.Lookup(id)
		if !known || m.Formula.IsZero() {
			return Ratio{}, false
		}
		root := m.Formula.root.Value()
		if root.op != OpRef {
			return m.Formula.EvalRatio(func(ref string) Value { return c.eval(ref, measures) })
		}
		id = root.ref // one metric under another name
	}
}

// Explain computes a metric as Eval does and gives the tree of its formula,
// through the metrics that it names and down to measures, with the value of
// each part.
func (c Catalog) Explain(id string, measures func(id string) Value) (Explanation, error) {
	if err := c.known("kpi.Catalog.Explain", id); err != nil {
		return Explanation{}, err
	}
	return c.explain(id, measures), nil
}

func (c Catalog) explain(id string, measures func(id string) Value) Explanation {
	m := c.metrics[c.index[id]]
	e := Explanation{Op: OpRef, Text: id, Unit: &m.Unit}
	if m.Formula.IsZero() {
		e.Value = measures(id)
		return e
	}
	inner := m.Formula.explain(func(ref string) Explanation { return c.explain(ref, measures) })
	e.Value, e.Args = inner.Value, []Explanation{inner}
	return e
}

func (c Catalog) known(op, id string) error {
	if _, known := c.index[id]; !known {
		return check.New(op, check.ErrUnknown, "", "unknown_metric", id)
	}
	return nil
}
