package kpi

import (
	"iter"
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// MaxMetrics is how many metrics and measures a catalog may hold.
const MaxMetrics = 10000

// Catalog is a set of measures and metrics whose formulas fit together: every
// reference leads somewhere, none leads back to itself, and units and
// additivity agree. [Standard] gives the ready one, With adds to it.
//
// A Catalog never changes and shares nothing with what it was made of, so
// one may serve all goroutines and tenants. The zero Catalog is empty.
type Catalog struct {
	metrics []Metric
	index   map[string]int
}

// NewCatalog gives a catalog of the metrics, in their order. Errors are
// those of [Catalog.With].
func NewCatalog(metrics ...Metric) (Catalog, error) { return Catalog{}.with("kpi.NewCatalog", metrics) }

// With gives a new catalog that holds more metrics, behind those of c, which
// stays as it is. Metrics may name one another in any order.
//
// Every problem is reported, at metrics[i] of those given: what
// [Metric.Validate] finds; an ID that is there already (check.ErrDuplicate);
// unknown references (check.ErrUnknown) and units that do not fit
// (check.ErrUnit), each with its column in the canonical text; a cycle, once
// and in full, as a → b → a (check.ErrCycle); a unit other than the one that
// the formula gives (check.ErrUnit); an additivity that the formula does not
// have (check.ErrInvalid); and a formula that grows beyond [MaxNodes] nodes
// with the formulas it names (check.ErrRange).
//
// To replace a metric, change it in a copy of [Catalog.All] and make a new
// catalog of that.
func (c Catalog) With(metrics ...Metric) (Catalog, error) {
	return c.with("kpi.Catalog.With", metrics)
}

func (c Catalog) with(op string, metrics []Metric) (Catalog, error) {
	problems := check.List{Op: op}
	if len(c.metrics)+len(metrics) > MaxMetrics {
		problems.Add(check.ErrRange, "", "too_many_metrics", len(c.metrics)+len(metrics), "most", MaxMetrics)
		return Catalog{}, problems.Err()
	}
	next := Catalog{slices.Concat(c.metrics, metrics), maps.Clone(c.index)}
	if next.index == nil {
		next.index = make(map[string]int, len(metrics))
	}
	for i, m := range metrics {
		problems.Nest(check.At("metrics", i), m.Validate())
		if _, known := next.index[m.ID]; known && m.ID != "" {
			problems.Add(check.ErrDuplicate, check.At("metrics", i, "id"), "duplicate_id", m.ID)
			continue
		}
		next.index[m.ID] = len(c.metrics) + i
	}
	next.check(&problems, len(c.metrics))
	if err := problems.Err(); err != nil {
		return Catalog{}, err
	}
	return next, nil
}

// Len gives the number of metrics and measures.
func (c Catalog) Len() int { return len(c.metrics) }

// All gives the metrics and measures in the order in which they came in. The
// slice belongs to the caller.
func (c Catalog) All() []Metric { return append([]Metric{}, c.metrics...) }

// Metrics walks the metrics and measures in the order in which they came in.
func (c Catalog) Metrics() iter.Seq[Metric] { return slices.Values(c.metrics) }

// Lookup gives a metric or measure by its ID.
func (c Catalog) Lookup(id string) (m Metric, known bool) {
	i, known := c.index[id]
	if known {
		m = c.metrics[i]
	}
	return m, known
}

// Measures gives the IDs of the measures that the metrics are computed from
// in the end, each once, in the order of the catalog; a measure gives
// itself. Every unknown ID is check.ErrUnknown at ids[i].
func (c Catalog) Measures(ids ...string) ([]string, error) {
	problems := check.List{Op: "kpi.Catalog.Measures"}
	seen := make(map[string]bool)
	for i, id := range ids {
		if _, known := c.index[id]; !known {
			problems.Add(check.ErrUnknown, check.At("ids", i), "unknown_metric", id)
			continue
		}
		c.visit(id, seen)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	measures := []string{}
	for _, m := range c.metrics {
		if seen[m.ID] && m.Formula.IsZero() {
			measures = append(measures, m.ID)
		}
	}
	return measures, nil
}

func (c Catalog) visit(id string, seen map[string]bool) {
	if seen[id] {
		return
	}
	seen[id] = true
	for _, ref := range c.metrics[c.index[id]].Formula.References() {
		c.visit(ref, seen)
	}
}
