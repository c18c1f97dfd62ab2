package cube

import (
	"cmp"
	"math/bits"
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
	Standing Standing            `json:"standing,omitzero"` // what balances give
	Levels   []Level             `json:"levels,omitempty"`  // of the definition: as was or as is
	Overlay  bool                `json:"overlay,omitzero"`  // this is overlay credit
	Over     Over                `json:"over,omitzero"`
	Offset   Offset              `json:"offset,omitzero"`
	Fill     Fill                `json:"fill,omitzero"`
	Top      Top                 `json:"top,omitzero"`
	Known    calendar.Period     `json:"known"` // the cube's window, beyond which nothing is known
	Columns  []Measure           `json:"columns"`
	Rows     []Row               `json:"rows"`            // by key, compared as bytes, then by period; under Top by rank, then by period
	Rest     []Row               `json:"rest,omitzero"`   // under Top what its keys leave, without a key, by period
	Others   int                 `json:"others,omitzero"` // how many keys stand behind Rest
	Report   Report              `json:"report"`          // of the whole cube, whatever the query selects
}

// Row holds the measures of one key and period. There is a row where there
// are counted records, even if they feed none of the measures, and where a
// balance stands.
type Row struct {
	Key    []string        `json:"key"` // a member for each dimension of By; "" is the missing one
	Period calendar.Period `json:"period"`
	Values []kpi.Value     `json:"values"` // one for each column
	N      []int64         `json:"n"`      // how many records stand behind each value; behind a balance, how many readings; under credit each credit is one
}

func (c *Cube) answer(q Query, periods []calendar.Period) *Result {
	s := c.selection(q, periods)
	s.collect(c, q.Standing)
	r := &Result{
		Cube: c.def.ID, Version: c.def.Version, Hash: c.hash, Calendar: c.def.Calendar,
		By: append([]string{}, q.By...), Grain: q.Grain, Window: q.Window, Where: cloneWhere(q.Where),
		Standing: q.Standing, Overlay: q.Overlay, Over: q.Over, Offset: q.Offset, Fill: q.Fill, Top: q.Top, Known: c.def.Window,
		Columns: slices.Clone(c.def.Measures), Levels: slices.Clone(c.def.Levels), Report: c.Report(),
	}
	r.Rows = c.rows(r, s.by, s.found, periods)
	if s.top == nil {
		return r
	}
	r.Rest = c.rows(r, nil, s.rest, periods)
	r.Others = s.top.totals.len() - s.top.kept
	c.sortByRank(r.Rows, s)
	return r
}

// rows writes the cells of an answer as rows, by key and period, and fills up
// where that is asked for.
func (c *Cube) rows(r *Result, by []int, found *cells, periods []calendar.Period) []Row {
	rows := make([]Row, found.len())
	keys, columns := len(by), len(found.layout)
	// One block for all rows, cut into pieces that cannot grow into another.
	names, values, counts := make([]string, keys*len(rows)), make([]kpi.Value, columns*len(rows)), make([]int64, columns*len(rows))
	for i, cell := range c.inOrder(by, found, len(periods)) {
		codes := found.key(cell)
		row := Row{
			Key: names[i*keys : (i+1)*keys : (i+1)*keys], Period: periods[codes[keys]],
			Values: values[i*columns : (i+1)*columns : (i+1)*columns], N: counts[i*columns : (i+1)*columns : (i+1)*columns],
		}
		for k, dimension := range by {
			row.Key[k] = c.members[dimension].names[codes[k]]
		}
		for m, col := range found.layout {
			row.Values[m], row.N[m] = found.value(cell, m), found.count(cell, m)
			if r.Fill.Zero && col.kind == Sum {
				row.Values[m] = row.Values[m].Or(kpi.Int(0))
			}
		}
		rows[i] = row
	}
	if r.Fill.Rows {
		rows = r.filled(rows, periods, len(r.By) == 0)
		slices.SortFunc(rows, Row.compare)
	}
	return rows
}

// inOrder gives the cells by the names of their members and by period. It
// compares names once for each member; after that a cell's place is a number.
func (c *Cube) inOrder(by []int, found *cells, periods int) []int {
	places := make([][]int, len(by))
	for i, dimension := range by {
		places[i] = c.members[dimension].places()
	}
	order := make([]int, found.len())
	for i := range order {
		order[i] = i
	}
	if at, ok := packed(places, found, periods); ok {
		slices.SortFunc(order, func(a, b int) int { return cmp.Compare(at[a], at[b]) })
		return order
	}
	slices.SortFunc(order, func(a, b int) int {
		left, right := found.key(a), found.key(b)
		for i, place := range places {
			if left[i] != right[i] {
				return cmp.Compare(place[left[i]], place[right[i]])
			}
		}
		return cmp.Compare(left[len(by)], right[len(by)])
	})
	return order
}

// packed gives every cell's places as one number, where they fit 64 bits:
// the place in the first dimension counts most, the period least.
func packed(places [][]int, found *cells, periods int) (at []uint64, ok bool) {
	most := uint64(periods)
	for _, place := range places {
		high, low := bits.Mul64(most, uint64(len(place)))
		if high != 0 {
			return nil, false
		}
		most = low
	}
	at = make([]uint64, found.len())
	for cell := range at {
		codes := found.key(cell)
		for i, place := range places {
			at[cell] = at[cell]*uint64(len(place)) + uint64(place[codes[i]])
		}
		at[cell] = at[cell]*uint64(periods) + uint64(codes[len(places)])
	}
	return at, true
}

// sortByRank orders the rows of the keys that Top keeps.
func (c *Cube) sortByRank(rows []Row, s *selection) {
	rank := func(row Row) int {
		key := make([]uint32, 0, len(s.by)+1)
		for i, dimension := range s.by {
			key = append(key, c.members[dimension].codes[row.Key[i]])
		}
		return s.top.of(append(key, 0))
	}
	slices.SortFunc(rows, func(a, b Row) int { return cmp.Or(cmp.Compare(rank(a), rank(b)), a.Period.Compare(b.Period)) })
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
// in its order. Where there is no row it answers by the measure's kind: over
// nothing a count is 0 and the others are no data.
//
// A question that the result cannot answer is undefined with reason
// NotApplicable: an unknown measure, a period that is none of its grain and
// window, another number of members, a key that Top has put into the rest.
func (r *Result) Value(measure string, period calendar.Period, key ...string) kpi.Value {
	column := r.column(measure)
	if column < 0 || len(key) != len(r.By) || !r.has(period) {
		return kpi.Undefined(kpi.NotApplicable)
	}
	row, kept := r.find(key, period)
	switch {
	case row != nil:
		return row.Values[column]
	case !kept:
		return kpi.Undefined(kpi.NotApplicable)
	}
	return r.absent(column, period)
}

// find gives the row of a key and period, nil where there is none, and
// whether the key is not one of the rest.
func (r *Result) find(key []string, p calendar.Period) (row *Row, kept bool) {
	if r.Top == (Top{}) {
		i, found := slices.BinarySearchFunc(r.Rows, Row{Key: key, Period: p}, Row.compare)
		if found {
			row = &r.Rows[i]
		}
		return row, true
	}
	kept = r.Others == 0
	for i := range r.Rows {
		if slices.Equal(r.Rows[i].Key, key) {
			kept = true
			if r.Rows[i].Period == p {
				return &r.Rows[i], true
			}
		}
	}
	return nil, kept
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
// where By is exactly one dimension: its members are the owners. unowned is
// the ID under which the records without an owner stand, such as
// "unassigned"; empty leaves them out, and then the figures do not add up to
// the total where there are such records.
//
// A row that nothing fed makes no figure: on a day with lost deals only there
// is no won value, and nothing is missing. Where amounts are missing
// somewhere in the cube that cannot be told apart, and such rows come as no
// data.
//
// An unknown measure is check.ErrUnknown, another By check.ErrInvalid, and an
// unowned that is an owner's ID too check.ErrDuplicate.
func (r *Result) Figures(measure, unowned string) ([]kpi.Figure, error) {
	problems := check.List{Op: "cube.Figures"}
	column := r.column(measure)
	if column < 0 {
		problems.Add(check.ErrUnknown, "measure", "unknown_measure", measure)
	}
	figures, err := r.figures(&problems, measure, unowned, func(row Row) (kpi.Value, bool) {
		return row.Values[column], row.N[column] > 0 || row.Values[column].Defined() || r.lacks(measure)
	})
	return figures, err
}

// lacks reports whether any amount of a measure is missing in the cube.
func (r *Result) lacks(measure string) bool {
	return slices.ContainsFunc(r.Report.Measures, func(m MeasureReport) bool {
		return m.Measure == measure && m.Missing+m.TooLarge > 0
	})
}

// figures gives a number of every row that has one and an owner.
func (r *Result) figures(problems *check.List, metric, unowned string, of func(Row) (v kpi.Value, ok bool)) ([]kpi.Figure, error) {
	if len(r.By) != 1 {
		problems.Add(check.ErrInvalid, "by", "not_by_owner", nil, "dimensions", len(r.By))
	}
	if unowned != "" && slices.ContainsFunc(r.Rows, func(row Row) bool { return len(row.Key) == 1 && row.Key[0] == unowned }) {
		problems.Add(check.ErrDuplicate, "unowned", "an_owner_has_this_id", unowned)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	figures := make([]kpi.Figure, 0, len(r.Rows))
	for _, row := range r.Rows {
		owner := cmp.Or(row.Key[0], unowned)
		if v, ok := of(row); ok && owner != "" {
			figures = append(figures, kpi.Figure{Metric: metric, Owner: owner, Period: row.Period, Value: v})
		}
	}
	return figures, nil
}
