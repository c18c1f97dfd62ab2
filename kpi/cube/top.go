package cube

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Top keeps the N keys that are greatest in a measure, in that order, and
// puts all others together as the rest of the result, exactly: the rest of a
// distinct count counts nobody twice.
//
// What ranks is the measure over the whole window of the query, without its
// Over and Offset: so two results that differ in these alone have the same
// keys. Equal keys rank by their bytes; undefined comes last. The zero Top
// keeps all.
type Top struct {
	N       int    `json:"n"`
	Measure string `json:"measure"`
}

func (c *Cube) checkTop(problems *check.List, q Query) {
	if q.Top == (Top{}) {
		return
	}
	if q.Top.N < 1 {
		problems.Add(check.ErrRange, "top.n", "not_positive", q.Top.N)
	}
	if c.measure(q.Top.Measure) < 0 {
		problems.Add(check.ErrUnknown, "top.measure", "unknown_measure", q.Top.Measure)
	}
	if len(q.By) == 0 {
		problems.Add(check.ErrMissing, "by", "nothing_to_rank", nil)
	}
}

// ranking numbers the keys that stay, from 0.
type ranking struct {
	totals *cells
	rank   []int // by cell of totals; −1 is the rest
	kept   int
}

func (c *Cube) ranking(q Query) *ranking {
	if q.Top.N == 0 {
		return nil
	}
	s := c.selection(Query{By: q.By, Window: q.Window, Where: q.Where, Overlay: q.Overlay}, []calendar.Period{q.Window})
	s.collect(c, q.Standing)
	measure := c.measure(q.Top.Measure)
	r := &ranking{totals: s.found, rank: make([]int, s.found.len())}
	order := make([]int, s.found.len())
	for cell := range order {
		order[cell], r.rank[cell] = cell, -1
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(s.found.value(b, measure).Compare(s.found.value(a, measure)),
			slices.Compare(c.names(s.by, s.found.key(a)), c.names(s.by, s.found.key(b))))
	})
	r.kept = min(q.Top.N, len(order))
	for nth, cell := range order[:r.kept] {
		r.rank[cell] = nth
	}
	return r
}

// of gives the rank of a key, whose last code is a period; −1 is the rest.
func (r *ranking) of(key []uint32) int {
	total := slices.Clone(key)
	total[len(total)-1] = 0
	if cell := r.totals.find(total); cell < len(r.rank) {
		return r.rank[cell]
	}
	return -1
}

// names gives the members of a key of the answer.
func (c *Cube) names(by []int, codes []uint32) []string {
	names := make([]string, len(by))
	for i, dimension := range by {
		names[i] = c.members[dimension].names[codes[i]]
	}
	return names
}
