package target

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// closedBy gives how many periods are over before a day.
func (b *Breakdown) closedBy(day calendar.Day) int {
	n, _ := slices.BinarySearchFunc(b.periods, day, func(p calendar.Period, day calendar.Day) int {
		return p.End().Compare(day.Add(1)) // a period is over where its end is the day or earlier
	})
	return n
}

// checkClosed reports what a later breakdown changes in the periods that are
// over before a day. Sums are not looked at: they follow.
func (b *Breakdown) checkClosed(problems *check.List, to *Breakdown, day calendar.Day) {
	closed := b.closedBy(day)
	moved := make([]kpi.Value, closed) // how much more is uncovered where children are others
	for _, owner := range b.eitherOwners(to) {
		sameChildren := slices.Equal(b.Children(owner), to.Children(owner))
		for p := range closed {
			look := func(row Row, from, into kpi.Value) {
				from, into = from.Or(kpi.Int(0)), into.Or(kpi.Int(0))
				switch {
				case from == into:
				case row == UncoveredRow && !sameChildren:
					moved[p] = moved[p].Or(kpi.Int(0)).Add(into.Sub(from))
				default:
					problems.Add(check.ErrInvalid, "", "closed_cell_changed", into,
						"owner", owner, "row", row, "period", b.split.Calendar.Label(b.periods[p]), "was", from)
				}
			}
			from, into := b.itself(to, owner, p)
			look(CellRow, from, into)
			look(ReliefRow, b.cell(owner, ReliefRow, p), to.cell(owner, ReliefRow, p))
			look(UncoveredRow, b.cell(owner, UncoveredRow, p), to.cell(owner, UncoveredRow, p))
		}
	}
	for p, more := range moved {
		if more.Sign() != 0 {
			problems.Add(check.ErrInvalid, "", "closed_uncovered_changed", more, "period", b.split.Calendar.Label(b.periods[p]))
		}
	}
}

// eitherOwners gives the owners of both, by ID.
func (b *Breakdown) eitherOwners(to *Breakdown) []string {
	owners := append(b.Owners(), without(to, b)...)
	slices.Sort(owners)
	return owners
}

// itself gives what an owner carries itself in both: the cell of a seller,
// the own selling of one with a team. Where either is an own quota it is what
// is carried, for that is what becomes the quota or was it.
func (b *Breakdown) itself(to *Breakdown, owner string, p int) (from, into kpi.Value) {
	i, known := b.index[owner]
	k, stays := to.index[owner]
	if known && stays && (b.nodes[i].mode.ownQuota() || to.nodes[k].mode.ownQuota()) {
		return b.nodes[i].cells[p], to.nodes[k].cells[p]
	}
	own := func(b *Breakdown, i int, known bool) kpi.Value {
		switch {
		case !known:
			return kpi.Value{}
		case len(b.nodes[i].children) == 0 || b.nodes[i].mode.ownQuota():
			return b.nodes[i].cells[p]
		}
		return cellOf(b.nodes[i].direct, p)
	}
	return own(b, i, known), own(to, k, stays)
}
