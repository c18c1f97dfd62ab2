package cube

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Metrics computes metrics of a catalog from the measures of a result. They
// come last: the measures of a cell are gathered first and the formula is
// applied to them, so a win rate is always won over closed of its own cell,
// never a mean of win rates.
//
// It reads the result, which must not be changed meanwhile.
type Metrics struct {
	result  *Result
	catalog kpi.Catalog
	ids     map[string]bool
}

// Metrics binds the metrics to the result. An ID that the catalog lacks and
// a measure that the result lacks are check.ErrUnknown, a measure of another
// unit than the catalog's is check.ErrUnit.
func (r *Result) Metrics(catalog kpi.Catalog, ids ...string) (*Metrics, error) {
	problems := check.List{Op: "cube.Metrics"}
	m := &Metrics{result: r, catalog: catalog, ids: map[string]bool{}}
	for i, id := range ids {
		at := check.At("metrics", i)
		measures, err := catalog.Measures(id)
		if err != nil {
			problems.Add(check.ErrUnknown, at, "unknown_metric", id)
		}
		for _, measure := range measures {
			r.checkMeasure(&problems, at, catalog, measure)
		}
		m.ids[id] = true
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return m, nil
}

func (r *Result) checkMeasure(problems *check.List, at string, catalog kpi.Catalog, id string) {
	column := r.column(id)
	if column < 0 {
		problems.Add(check.ErrUnknown, at, "unknown_measure", id)
		return
	}
	if wanted, _ := catalog.Lookup(id); !wanted.Unit.Same(r.Columns[column].Unit) {
		problems.Add(check.ErrUnit, at, "measure_of_other_unit", id, "catalog", wanted.Unit, "cube", r.Columns[column].Unit)
	}
}

// Value gives a metric for a period and a key, as [Result.Value] does a
// measure. A metric that is not bound is undefined with reason NotApplicable.
func (m *Metrics) Value(id string, period calendar.Period, key ...string) kpi.Value {
	return m.eval(id, m.cell(period, key))
}

// Of gives a metric of a row of the result, one of the rest too. A row that
// has not the result's columns is undefined with reason NotApplicable.
func (m *Metrics) Of(id string, row Row) kpi.Value {
	if len(row.Values) != len(m.result.Columns) {
		return kpi.Undefined(kpi.NotApplicable)
	}
	return m.eval(id, func(measure string) kpi.Value { return row.Values[m.result.column(measure)] })
}

// Ratio gives numerator and denominator of a metric that is a quotient; ok
// is false for any other.
func (m *Metrics) Ratio(id string, period calendar.Period, key ...string) (r kpi.Ratio, ok bool) {
	if !m.ids[id] {
		return kpi.Ratio{}, false
	}
	return m.catalog.EvalRatio(id, m.cell(period, key))
}

// Explain gives a metric with the tree of its formula, down to measures. The
// error is check.ErrUnknown for a metric that is not bound.
func (m *Metrics) Explain(id string, period calendar.Period, key ...string) (kpi.Explanation, error) {
	if !m.ids[id] {
		return kpi.Explanation{}, check.New("cube.Metrics.Explain", check.ErrUnknown, "metric", "unknown_metric", id)
	}
	return m.catalog.Explain(id, m.cell(period, key))
}

// Figures gives a metric for every row, where By is exactly one dimension;
// see [Result.Figures] for unowned. A metric that is not bound is
// check.ErrUnknown.
func (m *Metrics) Figures(id, unowned string) ([]kpi.Figure, error) {
	problems := check.List{Op: "cube.Metrics.Figures"}
	if !m.ids[id] {
		problems.Add(check.ErrUnknown, "metric", "unknown_metric", id)
	}
	return m.result.figures(&problems, id, unowned, func(row Row) (kpi.Value, bool) { return m.Of(id, row), true })
}

func (m *Metrics) eval(id string, measures func(string) kpi.Value) kpi.Value {
	if !m.ids[id] {
		return kpi.Undefined(kpi.NotApplicable)
	}
	v, _ := m.catalog.Eval(id, measures) // every ID that is bound is known
	return v
}

func (m *Metrics) cell(period calendar.Period, key []string) func(string) kpi.Value {
	return func(measure string) kpi.Value { return m.result.Value(measure, period, key...) }
}
