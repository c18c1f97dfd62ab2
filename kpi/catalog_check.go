package kpi

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// check holds the formulas of the metrics from the first new one against the
// catalog. Those before it were checked when they came in and cannot name a
// later one.
func (c Catalog) check(problems *check.List, first int) {
	for i := first; i < len(c.metrics); i++ {
		c.checkFormula(problems, check.At("metrics", i-first, "formula"), c.metrics[i])
	}
	walk := catalogWalk{Catalog: c, problems: problems, first: first, state: make([]visit, len(c.metrics))}
	for i := range c.metrics {
		walk.visit(i)
	}
}

func (c Catalog) checkFormula(problems *check.List, path string, m Metric) {
	if m.Formula.IsZero() {
		return
	}
	found := check.List{Op: problems.Op}
	u := m.Formula.unit(&found, path, func(id string) (Unit, bool) {
		named, known := c.Lookup(id)
		return named.Unit, known
	})
	if !found.Empty() {
		problems.Nest("", found.Err())
		return
	}
	if !u.Same(m.Unit) {
		problems.Add(check.ErrUnit, path, "not_the_unit_of_the_metric", m.Formula, "formula", u, "metric", m.Unit)
	}
	has := m.Formula.additivity(func(id string) Additivity {
		named, _ := c.Lookup(id)
		return named.Additivity
	})
	if weaker(m.Additivity, has) != m.Additivity {
		problems.Add(check.ErrInvalid, path, "not_the_additivity_of_the_metric", m.Formula, "formula", has, "metric", m.Additivity)
	}
}

// visit is what a walk knows of a metric: nothing, that it is on the way
// now, or the size of its formula down to measures.
type visit struct {
	open, done bool
	nodes      int
}

// catalogWalk follows references depth first. It finds each cycle once, at
// the metric where it was entered, and measures formulas.
type catalogWalk struct {
	Catalog
	problems *check.List
	first    int
	state    []visit
	way      []string // the IDs now open
}

func (w *catalogWalk) visit(i int) int {
	switch m := w.metrics[i]; {
	case w.state[i].done:
		return w.state[i].nodes
	case w.state[i].open:
		cycle := append(w.way[slices.Index(w.way, m.ID):len(w.way):len(w.way)], m.ID)
		w.problems.Add(check.ErrCycle, w.path(i), "cycle", m.ID, "cycle", strings.Join(cycle, " → "))
		return 0
	}
	w.state[i].open = true
	w.way = append(w.way, w.metrics[i].ID)
	nodes := w.size(w.metrics[i].Formula)
	w.way = w.way[:len(w.way)-1]
	w.state[i] = visit{done: true, nodes: nodes}
	if nodes > MaxNodes {
		w.problems.Add(check.ErrRange, w.path(i), "too_many_nodes", w.metrics[i].ID, "most", MaxNodes)
		return 0 // said once, not again of all that name it
	}
	return nodes
}

// size counts the nodes of a formula with those of the formulas it names.
func (w *catalogWalk) size(f Formula) int {
	nodes := 1
	f.walk(func(t term) {
		nodes++
		if at, known := w.index[t.ref]; known && t.op == OpRef {
			nodes += w.visit(at)
		}
	})
	return nodes
}

func (w *catalogWalk) path(i int) string { return check.At("metrics", i-w.first, "formula") }
