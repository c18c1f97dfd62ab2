package bridge

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
)

// Figures gives the two figures that a part is the change of, for
// [kpi.Catalog.Behind] to list the records of either side, page by page:
//
//	members                     the member's own figures; of the rest see Holds
//	drivers                     the driver's figures, as used
//	price, mix, rate, market …  those of the whole number: every record of a
//	                            side is behind each of these parts
//
// Of a bridge that was zoomed into ([Bridge.At]) the records are those of the
// node, which the caller tells by its key.
func (b Bridge) Figures(p Part) (base, current kpi.Figure) {
	q := b.Question
	base = kpi.Figure{Metric: q.Metric, Owner: q.Owner, Period: q.Base.Period, Value: b.Values.Base}
	current = kpi.Figure{Metric: q.Metric, Owner: q.Owner, Period: q.Current.Period, Value: b.Values.Current}
	switch b.Kind {
	case ByDrivers:
		base.Metric, current.Metric = p.ID, p.ID
	case ByMembers:
		base.Owner, current.Owner = p.ID, p.ID
	default:
		return base, current
	}
	base.Value, current.Value = p.Values.Base, p.Values.Current
	return base, current
}

// Holds reports whether the records of a member are behind a part of a bridge
// by members: its own, or of the rest those of every member that does not
// stand alone. With it the rest, and a dimension that is not the owner, are
// asked for:
//
//	catalog.Behind(current, func(s kpi.Source) bool { return b.Holds(part, regionOf(s)) }, …)
func (b Bridge) Holds(p Part, member string) bool {
	if p.Rest == 0 {
		return p.ID == member
	}
	return !slices.ContainsFunc(b.Parts, func(one Part) bool { return one.Rest == 0 && one.ID == member })
}
