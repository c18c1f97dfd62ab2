package target

import (
	"maps"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Breakdown is a goal for every owner of a tree and every period of a
// grain. It is immutable and safe for concurrent use. It is made by
// [BreakDown], [FromFigures] or from JSON; the zero Breakdown is "no
// breakdown": it has no owners and no periods.
type Breakdown struct {
	goal    Goal
	metric  kpi.Metric
	split   Split
	periods []calendar.Period
	nodes   []node         // the root first, parents before their children, siblings by ID
	index   map[string]int // position by owner
}

type node struct {
	id       string
	parent   int // -1 for the root
	children []int
	weights  []kpi.Value // of the children, and of the own selling behind them
	phasing  Phasing     // the one that holds here
	mode     Mode
	cushion  kpi.Value
	cells    []kpi.Value // what is carried, one for each period

	// Rows that few owners have; nil is none.
	direct    []kpi.Value // own selling, of DirectPlusTeam
	relief    []kpi.Value // what proration and ramp took away, of an owner that sells
	uncovered []kpi.Value // what nobody below has, of an owner with children
}

// cellOf gives one cell of a row that may be nil.
func cellOf(row []kpi.Value, p int) kpi.Value {
	if row == nil {
		return kpi.Value{}
	}
	return row[p]
}

// total gives the sum of all cells.
func (n node) total() kpi.Value { return kpi.Sum(slices.Values(n.cells)) }

func newBreakdown(goal Goal, metric kpi.Metric, split Split, periods []calendar.Period) *Breakdown {
	split.Phasing = split.Phasing.clone()
	split.Owners = split.Owners.canonical()
	split.Owners.Weight = kpi.Value{}
	b := &Breakdown{goal: goal, metric: metric, split: split, periods: periods, index: map[string]int{}}
	b.plant(&b.split.Owners, -1, b.split.Phasing)
	return b
}

// plant puts an owner and all below it in a row.
func (b *Breakdown) plant(n *Node, parent int, phasing Phasing) int {
	if n.Phasing != nil {
		phasing = *n.Phasing
	}
	at := len(b.nodes)
	b.nodes = append(b.nodes, node{id: n.ID, parent: parent, phasing: phasing, mode: n.Mode, cushion: n.Cushion})
	b.index[n.ID] = at
	children := make([]int, len(n.Children))
	for i := range n.Children {
		children[i] = b.plant(&n.Children[i], at, phasing)
	}
	b.nodes[at].children, b.nodes[at].weights = children, n.weights()
	return at
}

// sumUp fills the cells of parents that are sums.
func (b *Breakdown) sumUp() {
	for i, n := range slices.Backward(b.nodes) {
		if len(n.children) == 0 || n.mode.ownQuota() {
			continue
		}
		cells := make([]kpi.Value, len(b.periods))
		for p := range cells {
			cells[p] = b.handedOn(n, p)
		}
		b.nodes[i].cells = cells
	}
}

// handedOn gives what an owner's children carry in a period, with its own
// selling and with what is uncovered.
func (b *Breakdown) handedOn(n node, period int) kpi.Value {
	return kpi.Sum(func(yield func(kpi.Value) bool) {
		for _, child := range n.children {
			if !yield(b.nodes[child].cells[period]) {
				return
			}
		}
		_ = yield(cellOf(n.direct, period)) && yield(cellOf(n.uncovered, period))
	})
}

// Goal gives the goal that is broken down.
func (b *Breakdown) Goal() Goal { return b.goal }

// Metric gives the metric of the goal.
func (b *Breakdown) Metric() kpi.Metric { return b.metric }

// Split gives how it was made: calendar, grain, owners in the order of their
// IDs, and phasing.
func (b *Breakdown) Split() Split {
	s := b.split
	s.Owners, s.Phasing = s.Owners.canonical(), s.Phasing.clone()
	return s
}

// Periods gives the periods of the grain, in order.
func (b *Breakdown) Periods() []calendar.Period { return slices.Clone(b.periods) }

// Owners gives every owner: the root first, each parent before its children,
// siblings in the order of their IDs.
func (b *Breakdown) Owners() []string {
	owners := make([]string, len(b.nodes))
	for i, n := range b.nodes {
		owners[i] = n.id
	}
	return owners
}

func (b *Breakdown) has(owner string) bool {
	_, known := b.index[owner]
	return known
}

// Children gives the owners directly below one, in the order of their IDs;
// none for who has none, and for an unknown owner.
func (b *Breakdown) Children(owner string) []string {
	at, known := b.index[owner]
	if !known {
		return []string{}
	}
	children := make([]string, len(b.nodes[at].children))
	for i, child := range b.nodes[at].children {
		children[i] = b.nodes[child].id
	}
	return children
}

// Parent gives the owner directly above one; ok is false for the root and
// for an unknown owner.
func (b *Breakdown) Parent(owner string) (parent string, ok bool) {
	at, known := b.index[owner]
	if !known || b.nodes[at].parent < 0 {
		return "", false
	}
	return b.nodes[b.nodes[at].parent].id, true
}

// Sells reports whether an owner has figures of its own: one without children,
// and one that sells beside its team ([DirectPlusTeam]). What an owner reached
// is the sum of the figures of all that sell at and below it, each counted
// once; the target of its own selling is [Quota.Direct].
func (b *Breakdown) Sells(owner string) bool {
	at, known := b.index[owner]
	return known && b.nodes[at].sells()
}

// Cell gives the target of an owner for a period that is made up of whole
// periods of the grain, such as a quarter of months: the sum of its cells.
//
// Special cases are:
//
//	an unknown owner                        undefined, NoTarget
//	a period outside the goal's             undefined, NoTarget
//	a period that cuts one of the grain     undefined, NotApplicable
//	cells of which some have no target      the sum of the others
//	cells of which none has a target        undefined, NoData
func (b *Breakdown) Cell(owner string, period calendar.Period) kpi.Value {
	at, known := b.index[owner]
	if !known || !b.goal.Period.Covers(period) {
		return kpi.Undefined(kpi.NoTarget)
	}
	from, to, whole := b.span(period)
	if !whole {
		return kpi.Undefined(kpi.NotApplicable)
	}
	return kpi.Sum(slices.Values(b.nodes[at].cells[from:to]))
}

// span gives the cells that make up a period.
func (b *Breakdown) span(period calendar.Period) (from, to int, whole bool) {
	from, begins := slices.BinarySearchFunc(b.periods, period.Start(), func(p calendar.Period, start calendar.Day) int {
		return p.Start().Compare(start)
	})
	to, ends := slices.BinarySearchFunc(b.periods, period.End(), func(p calendar.Period, end calendar.Day) int {
		return p.End().Compare(end)
	})
	return from, to + 1, begins && ends && from <= to
}

// Plan gives what an owner aims at in a period, one figure for each period
// of the grain: the plan of a [Track]. It is empty where Cell is undefined
// for another reason than NoData.
func (b *Breakdown) Plan(owner string, period calendar.Period) []kpi.Figure {
	at, known := b.index[owner]
	from, to, whole := b.span(period)
	if !known || !whole {
		return []kpi.Figure{}
	}
	return b.row(at, from, to)
}

func (b *Breakdown) row(at, from, to int) []kpi.Figure {
	figures := make([]kpi.Figure, 0, to-from)
	for p := from; p < to; p++ {
		figures = append(figures, kpi.Figure{
			Metric: b.metric.ID, Owner: b.nodes[at].id, Period: b.periods[p], Value: b.nodes[at].cells[p],
		})
	}
	return figures
}

// Figures gives the cells of the owners without children, in the order of
// [kpi.Figure.Compare]: by owner and period. Cells without a target are left
// out. They add up to the goal where every parent is the sum of its children
// and nothing is uncovered; [FromFigures] needs [Breakdown.Stated].
func (b *Breakdown) Figures() []kpi.Figure {
	figures := []kpi.Figure{}
	for _, owner := range slices.Sorted(maps.Keys(b.index)) {
		at := b.index[owner]
		if len(b.nodes[at].children) > 0 {
			continue
		}
		for _, f := range b.row(at, 0, len(b.periods)) {
			if f.Value.Defined() {
				figures = append(figures, f)
			}
		}
	}
	return figures
}

// Equal reports whether both have the same goal, metric, split and cells.
func (b *Breakdown) Equal(o *Breakdown) bool {
	if b == nil || o == nil {
		return b == o
	}
	return b.goal == o.goal && b.metric == o.metric &&
		b.split.Calendar == o.split.Calendar && b.split.Grain == o.split.Grain &&
		b.split.Phasing.equal(o.split.Phasing) && b.split.Owners.equal(o.split.Owners) &&
		slices.EqualFunc(b.nodes, o.nodes, node.sameCells)
}

// sameCells reports whether both have the same rows; a row that is not there
// is one without data.
func (n node) sameCells(m node) bool {
	if len(n.cells) != len(m.cells) {
		return false
	}
	for p := range n.cells {
		for _, row := range rows() {
			if cellOf(*row.of(&n), p) != cellOf(*row.of(&m), p) {
				return false
			}
		}
	}
	return true
}

// clone gives a breakdown whose cells may be written to until it is handed
// out.
func (b *Breakdown) clone() *Breakdown {
	c := *b
	c.nodes = slices.Clone(b.nodes)
	for i, n := range c.nodes {
		c.nodes[i].cells, c.nodes[i].direct = slices.Clone(n.cells), slices.Clone(n.direct)
		c.nodes[i].relief, c.nodes[i].uncovered = slices.Clone(n.relief), slices.Clone(n.uncovered)
	}
	return &c
}

func (b *Breakdown) labels(periods []calendar.Period) string {
	labels := make([]string, len(periods))
	for i, p := range periods {
		labels[i] = b.split.Calendar.Label(p)
	}
	return strings.Join(labels, " ")
}
