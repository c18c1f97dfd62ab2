package kpi

import (
	"iter"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Source says where a record counts: enough to find it behind a figure. The
// rest of the record stays with the caller.
type Source struct {
	ID     string       `json:"id"`
	Metric string       `json:"metric"` // the measure that it is counted in; a record of two measures comes twice
	Owner  string       `json:"owner"`
	Day    calendar.Day `json:"day"`
}

// Behind gives the IDs of the records behind a figure, page by page: those of
// a measure that its metric is computed from, of the figure's owner, on a day
// of its period. The records are handed in again, for no result keeps any:
// all of them or those of the metric, in any order; one that comes twice
// counts once.
//
// Of a metric that is a quotient these are the records of both sides;
// [Catalog.Sides] tells which measure is on which, and a figure of that
// measure is asked for as any other. Of a figure of a team, a product or any
// part of the records, whose says which are its own, by the day where
// membership changes; without it they are those of the figure's owner.
//
// Errors are a metric that is not in the catalog (check.ErrUnknown), a figure
// without a period, and those of [Page.Validate].
func (c Catalog) Behind(f Figure, whose func(Source) bool, records iter.Seq[Source], page Page) (Behind, error) {
	problems := check.List{Op: "kpi.Catalog.Behind"}
	measures, err := c.Measures(f.Metric)
	if err != nil {
		problems.Add(check.ErrUnknown, "figure.metric", "unknown_metric", f.Metric)
	}
	if f.Period.IsZero() {
		problems.Add(check.ErrMissing, "figure.period", "missing_period", nil)
	}
	problems.Nest("page", page.Validate())
	if err := problems.Err(); err != nil {
		return Behind{}, err
	}
	if whose == nil {
		whose = func(s Source) bool { return s.Owner == f.Owner }
	}
	ids := []string{}
	for s := range records {
		if f.Period.Contains(s.Day) && slices.Contains(measures, s.Metric) && whose(s) {
			ids = append(ids, s.ID)
		}
	}
	return page.Of(ids), nil
}

// Sides gives the measures that the numerator of a quotient is computed from,
// and those of its denominator, in the order of the catalog. ok is false for a
// metric that is no quotient and for an ID that is not in the catalog.
func (c Catalog) Sides(id string) (num, den []string, ok bool) {
	for {
		m, known := c.Lookup(id)
		if !known || m.Formula.IsZero() {
			return nil, nil, false
		}
		root := m.Formula.root.Value()
		switch root.op {
		case OpRef:
			id = root.ref // one metric under another name
		case OpDiv:
			return c.measuresOf(root.left.Value()), c.measuresOf(root.right.Value()), true
		default:
			return nil, nil, false
		}
	}
}

func (c Catalog) measuresOf(t term) []string {
	refs := []string{}
	walk(t, func(t term) {
		if t.op == OpRef {
			refs = append(refs, t.ref)
		}
	})
	measures, _ := c.Measures(refs...) // every reference is in the catalog
	return measures
}
