package cube

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Result is the answer to a [Query]. It shares nothing with the cube, so it
// stays as it is while the cube is filled further.
type Result struct {
	Cube     string              `json:"cube"`     // ID of the definition
	Version  int                 `json:"version"`  // of the definition
	Hash     string              `json:"hash"`     // of the definition
	Calendar calendar.Calendar   `json:"calendar"` // of the definition
	By       []string            `json:"by"`
	Grain    calendar.Grain      `json:"grain"`
	Window   calendar.Period     `json:"window"`
	Where    map[string][]string `json:"where,omitzero"`
	Columns  []Measure           `json:"columns"`
	Rows     []Row               `json:"rows"`   // by key, compared as bytes, then by period
	Report   Report              `json:"report"` // of the whole cube, whatever the query selects
}

// Row holds the measures of one key and period. There is a row where there
// are counted records, even if they feed none of the measures.
type Row struct {
	Key    []string        `json:"key"` // a member for each dimension of By; "" is the missing one
	Period calendar.Period `json:"period"`
	Values []kpi.Value     `json:"values"` // one for each column
	N      []int64         `json:"n"`      // how many records stand behind each value
}

func (c *Cube) result(q Query, periods []calendar.Period, s selection, found *cells) *Result {
	r := &Result{
		Cube: c.def.ID, Version: c.def.Version, Hash: c.hash, Calendar: c.def.Calendar,
		By: append([]string{}, q.By...), Grain: q.Grain, Window: q.Window, Where: cloneWhere(q.Where),
		Columns: slices.Clone(c.def.Measures), Rows: make([]Row, 0, found.len()), Report: c.Report(),
	}
	for cell := range found.len() {
		codes := found.key(cell)
		row := Row{Key: make([]string, len(s.by)), Period: periods[codes[len(s.by)]]}
		for i, dimension := range s.by {
			row.Key[i] = c.members[dimension].names[codes[i]]
		}
		for m := range found.layout {
			row.Values = append(row.Values, found.value(cell, m))
			row.N = append(row.N, found.count(cell, m))
		}
		r.Rows = append(r.Rows, row)
	}
	slices.SortFunc(r.Rows, Row.compare)
	return r
}

func cloneWhere(where map[string][]string) map[string][]string {
	if len(where) == 0 {
		return nil
	}
	clone := make(map[string][]string, len(where))
	for name, members := range where {
		clone[name] = slices.Compact(slices.Sorted(slices.Values(members)))
	}
	return clone
}

func (r Row) compare(o Row) int {
	return cmp.Or(slices.Compare(r.Key, o.Key), r.Period.Compare(o.Period))
}

// Value gives a measure for a period and a member of each dimension of By,
// in its order. Where there is no row it answers by the measure's kind: a
// sum over nothing is no data, a count over nothing 0.
//
// A question that the result cannot answer is undefined with reason
// NotApplicable: an unknown measure, a period that is none of its grain and
// window, another number of members.
func (r *Result) Value(measure string, period calendar.Period, key ...string) kpi.Value {
	column := r.column(measure)
	if column < 0 || len(key) != len(r.By) || !r.has(period) {
		return kpi.Undefined(kpi.NotApplicable)
	}
	wanted := Row{Key: key, Period: period}
	i, found := slices.BinarySearchFunc(r.Rows, wanted, Row.compare)
	switch {
	case found:
		return r.Rows[i].Values[column]
	case r.Columns[column].Kind == Count:
		return kpi.Int(0)
	}
	return kpi.Value{}
}

// has reports whether the period is one of the result's, with a row or not.
func (r *Result) has(p calendar.Period) bool {
	if r.Grain == calendar.NoGrain {
		return p == r.Window
	}
	return r.Window.Covers(p) && r.Calendar.PeriodOf(r.Grain, p.Start()) == p
}

func (r *Result) column(measure string) int {
	return slices.IndexFunc(r.Columns, func(m Measure) bool { return m.ID == measure })
}

// Figures gives the rows of a measure as figures of a metric of the same ID,
// where By is exactly one dimension: its members are the owners. Records
// without an owner make no figure; their number stands in Report.
//
// An unknown measure is check.ErrUnknown, another By check.ErrInvalid.
func (r *Result) Figures(measure string) ([]kpi.Figure, error) {
	problems := check.List{Op: "cube.Figures"}
	column := r.column(measure)
	if column < 0 {
		problems.Add(check.ErrUnknown, "measure", "unknown_measure", measure)
	}
	if len(r.By) != 1 {
		problems.Add(check.ErrInvalid, "by", "not_by_owner", nil, "dimensions", len(r.By))
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	figures := make([]kpi.Figure, 0, len(r.Rows))
	for _, row := range r.Rows {
		if row.Key[0] != "" {
			figures = append(figures, kpi.Figure{Metric: measure, Owner: row.Key[0], Period: row.Period, Value: row.Values[column]})
		}
	}
	return figures, nil
}
