package target

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Quota is all that a breakdown says of an owner for a period.
type Quota struct {
	Owner     string          `json:"owner"`
	Period    calendar.Period `json:"period"`
	Carried   kpi.Value       `json:"carried"`   // what it answers for, as Breakdown.Cell
	Full      kpi.Value       `json:"full"`      // carried before proration and ramp
	Street    kpi.Value       `json:"street"`    // what the sellers below carry in all, itself without children
	Direct    kpi.Value       `json:"direct"`    // of it own selling; no data but for DirectPlusTeam
	Uncovered kpi.Value       `json:"uncovered"` // what nobody below has; no data without children
}

// Quota gives carried, full, street, direct and uncovered amounts. Attainment
// is against Carried; that against Street stands beside it. Special cases are
// those of [Breakdown.Cell].
func (b *Breakdown) Quota(owner string, period calendar.Period) Quota {
	q := Quota{Owner: owner, Period: period, Carried: b.Cell(owner, period)}
	at, known := b.index[owner]
	from, to, whole := b.span(period)
	if !known || !whole || !b.goal.Period.Covers(period) {
		q.Full, q.Street = q.Carried, q.Carried
		return q
	}
	n := b.nodes[at]
	q.Full = sumOfValues(q.Carried, sumRow(n.relief, from, to))
	q.Street = b.street(n, from, to)
	q.Direct, q.Uncovered = sumRow(n.direct, from, to), sumRow(n.uncovered, from, to)
	return q
}

// street gives what the sellers below an owner carry, its own selling included.
func (b *Breakdown) street(n node, from, to int) kpi.Value {
	if len(n.children) == 0 {
		return sumRow(n.cells, from, to)
	}
	all := []kpi.Value{sumRow(n.direct, from, to)}
	for _, child := range n.children {
		all = append(all, b.street(b.nodes[child], from, to))
	}
	return sumOfValues(all...)
}

func sumRow(row []kpi.Value, from, to int) kpi.Value {
	if row == nil {
		return kpi.Value{}
	}
	return kpi.Sum(slices.Values(row[from:to]))
}

func sumOfValues(values ...kpi.Value) kpi.Value { return kpi.Sum(slices.Values(values)) }

// Level says how an owner with children stands to them.
type Level struct {
	Owner      string    `json:"owner"`
	Mode       Mode      `json:"mode"`
	Carried    kpi.Value `json:"carried"`
	HandedOn   kpi.Value `json:"handed_on"`  // what its children carry, its own selling and what is uncovered
	Uncovered  kpi.Value `json:"uncovered"`  // of it what nobody has
	Street     kpi.Value `json:"street"`     // what the sellers below carry in all
	Mismatch   kpi.Value `json:"mismatch"`   // handed on − carried
	Factor     kpi.Value `json:"factor"`     // handed on ÷ carried: 1.1 is a cushion of 10 %
	Compounded kpi.Value `json:"compounded"` // the product of the factors from the root down to here
}

// Levels gives the report of over-assignment and mismatch: every owner with
// children, in the order of Owners, over a period as in [Breakdown.Cell]. It
// is empty for a period that has no cells.
//
// A factor is undefined (ZeroDenominator) where nothing is carried.
func (b *Breakdown) Levels(period calendar.Period) []Level {
	levels := []Level{}
	from, to, whole := b.span(period)
	if !whole || !b.goal.Period.Covers(period) {
		return levels
	}
	compounded := make([]kpi.Value, len(b.nodes))
	for i, n := range b.nodes {
		if len(n.children) == 0 {
			continue
		}
		l := Level{
			Owner: n.id, Mode: n.mode, Carried: sumRow(n.cells, from, to),
			Uncovered: sumRow(n.uncovered, from, to), Street: b.street(n, from, to),
		}
		all := []kpi.Value{}
		for p := from; p < to; p++ {
			all = append(all, b.handedOn(n, p))
		}
		l.HandedOn = sumOfValues(all...)
		l.Mismatch, l.Factor = l.HandedOn.Sub(l.Carried), l.HandedOn.Div(l.Carried)
		l.Compounded = l.Factor
		if n.parent >= 0 {
			l.Compounded = l.Factor.Mul(compounded[n.parent])
		}
		compounded[i] = l.Compounded
		levels = append(levels, l)
	}
	return levels
}

// show writes an amount in the unit of the metric.
func (b *Breakdown) show(v kpi.Value) string { return b.metric.Unit.Text(v) }

// overAssigned finds mismatches, compounded cushions beyond a limit and plan
// that nobody has.
func (b *Breakdown) overAssigned(limit kpi.Value) []check.Finding {
	var found []check.Finding
	factors := map[string]string{}
	for _, l := range b.Levels(b.goal.Period) {
		n := b.nodes[b.index[l.Owner]]
		due := b.passedOn(n, l.Carried)
		if l.HandedOn != due {
			found = append(found, warning("mismatch", l.Owner, "carried", b.show(l.Carried), "handed_on", b.show(l.HandedOn), "difference", b.show(l.HandedOn.Sub(due))))
		}
		switch side := l.Uncovered.Sign() * l.Carried.Sign(); {
		case side < 0: // what was uncovered was assigned, and then its owner came back
			found = append(found, warning("covered_twice", l.Owner, "over", b.show(l.Uncovered.Abs()), "carried", b.show(l.Carried)))
		case l.Uncovered.Sign() != 0:
			found = append(found, warning("uncovered_plan", l.Owner, "uncovered", b.show(l.Uncovered), "carried", b.show(l.Carried)))
		}
		way := l.Owner + " ×" + l.Factor.Text(3, kpi.HalfEven)
		if n.parent >= 0 {
			way = factors[b.nodes[n.parent].id] + ", " + way
		}
		factors[l.Owner] = way
		if l.Factor != kpi.Int(1) && kpi.Int(1).Add(limit).Less(l.Compounded) {
			found = append(found, warning("compounded_cushion", l.Owner, "factor", l.Compounded.Text(3, kpi.HalfEven), "levels", strings.TrimSpace(way)))
		}
	}
	return found
}
