package incentive

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
)

// cents rounds a number to whole units of a scale. Unlike the door for
// amounts it has no limit of digits: it rounds what was computed.
func cents(v kpi.Value, scale int, mode kpi.Rounding) kpi.Value {
	if n, ok := v.Minor(scale, mode); ok {
		return kpi.Minor(n, scale)
	}
	if d, ok := v.Decimal(scale, mode); ok {
		return kpi.FromBig(d.Coefficient(), scale)
	}
	return v
}

// spread rounds parts so that they add up to a total, itself whole cents and
// less than one cent from the sum of the parts: each gets its floor, and the
// cents left go one each to the largest remainders, of equal ones to the
// earlier part. Every part is so less than a cent from what it was.
func spread(exact []kpi.Value, total kpi.Value, scale int) []kpi.Value {
	rounded := make([]kpi.Value, len(exact))
	rests := make([]rest, 0, len(exact))
	left := total
	for i, v := range exact {
		rounded[i] = cents(v, scale, kpi.Floor)
		left = left.Sub(rounded[i])
		if over := v.Sub(rounded[i]); over.Sign() > 0 {
			rests = append(rests, rest{i, over})
		}
	}
	n, ok := left.Minor(scale, kpi.Down)
	if !ok || n <= 0 {
		return rounded
	}
	slices.SortStableFunc(rests, func(a, b rest) int { return b.over.Compare(a.over) })
	cent := kpi.Minor(1, scale)
	for _, r := range rests[:min(int(n), len(rests))] {
		rounded[r.part] = rounded[r.part].Add(cent)
	}
	return rounded
}

// rest is what a part has above its floor.
type rest struct {
	part int
	over kpi.Value
}
