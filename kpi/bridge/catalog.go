package bridge

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// DriversOf gives the drivers of a metric of a catalog, by Shapley. Without
// names they are what its formula names: sales velocity has open deals, win
// rate, deal size and cycle, of which three are metrics themselves. With
// names, the formulas of metrics on the way are written out until every
// reference is one of those: any mix of measures and metrics that computes
// the metric.
//
// An unknown metric or driver is check.ErrUnknown; a measure has no drivers
// and a named driver may not be needed (both check.ErrInvalid); a measure
// that is needed and not named is check.ErrMissing; a formula that grows too
// large, or has too many drivers, is check.ErrRange.
func DriversOf(catalog kpi.Catalog, metric string, drivers ...string) (Drivers, error) {
	problems := check.List{Op: "bridge.DriversOf"}
	m, known := catalog.Lookup(metric)
	switch {
	case !known:
		problems.Add(check.ErrUnknown, "metric", "unknown_metric", metric)
	case m.Formula.IsZero():
		problems.Add(check.ErrInvalid, "metric", "measure_has_no_drivers", metric)
	}
	for i, id := range drivers {
		if _, known := catalog.Lookup(id); !known {
			problems.Add(check.ErrUnknown, check.At("drivers", i), "unknown_metric", id)
		}
	}
	if err := problems.Err(); err != nil {
		return Drivers{}, err
	}
	w := writer{catalog, drivers, &problems, map[string]bool{}}
	tree := m.Formula.Tree()
	if len(drivers) > 0 {
		tree = w.writeOut(tree)
		w.checkUsed()
	}
	if err := problems.Err(); err != nil {
		return Drivers{}, err
	}
	f, err := kpi.NewFormula(tree)
	problems.Nest("formula", err)
	d := Drivers{Formula: f}
	if err == nil {
		problems.Nest("", d.Validate())
	}
	if err := problems.Err(); err != nil {
		return Drivers{}, err
	}
	return d, nil
}

// writer writes formulas out down to the drivers.
type writer struct {
	catalog  kpi.Catalog
	drivers  []string
	problems *check.List
	met      map[string]bool // drivers that were needed, measures that were not named
}

func (w writer) writeOut(n kpi.Node) kpi.Node {
	if n.Op == kpi.OpRef {
		return w.reference(n)
	}
	args := make([]kpi.Node, len(n.Args))
	for i, arg := range n.Args {
		args[i] = w.writeOut(arg)
	}
	n.Args = args
	return n
}

func (w writer) reference(n kpi.Node) kpi.Node {
	m, _ := w.catalog.Lookup(n.Ref)
	named := slices.Contains(w.drivers, n.Ref)
	if !named && !m.Formula.IsZero() {
		return w.writeOut(m.Formula.Tree())
	}
	if !named && !w.met[n.Ref] {
		w.problems.Add(check.ErrMissing, "drivers", "measure_not_named", n.Ref)
	}
	w.met[n.Ref] = true
	return n
}

func (w writer) checkUsed() {
	for i, id := range w.drivers {
		if !w.met[id] {
			w.problems.Add(check.ErrInvalid, check.At("drivers", i), "not_needed", id)
		}
	}
}
