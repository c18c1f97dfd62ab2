package bridge

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Minor gives the bridge in whole units of 10^−scale, for print: 2 for cents,
// 0 for whole euros, −3 for thousands. The gap is rounded by HalfEven, and the
// parts to their nearest units below or above so that they add up to it: what
// is left after rounding all down goes, one unit each, to the largest
// remainders, and among equal ones to the earlier part. So parts that are
// equal may differ by one unit.
//
// The base value is rounded by HalfEven and the current one is that plus the
// gap, so that the column adds up; it is one unit off its own rounding where
// a value has more places than scale. Up and Down are split like parts. The
// values of parts, Levels and Counts stay, and Nodes are left out: each is
// rounded by itself after [Bridge.At].
//
// What is undefined stays so. A scale outside −18…18 is check.ErrRange.
func (b Bridge) Minor(scale int) (Bridge, error) {
	if scale < -kpi.MaxScale || scale > kpi.MaxScale {
		return Bridge{}, check.New("bridge.Bridge.Minor", check.ErrRange, "scale", "scale_out_of_range", scale, "most", kpi.MaxScale)
	}
	b.Nodes, b.Levels, b.Findings = nil, slices.Clone(b.Levels), slices.Clone(b.Findings)
	b.Parts = slices.Clone(b.Parts)
	b.Gap = round(b.Gap, scale, kpi.HalfEven)
	b.Values.Base = round(b.Values.Base, scale, kpi.HalfEven)
	b.Values.Current = b.Values.Base.Add(b.Gap).Or(round(b.Values.Current, scale, kpi.HalfEven))
	amounts := slices.Collect(b.amounts())
	share(amounts, b.Gap, scale)
	for i, amount := range amounts {
		b.Parts[i].Amount = amount
	}
	both := []kpi.Value{b.Up, b.Down}
	share(both, b.Gap, scale)
	b.Up, b.Down = both[0], both[1]
	return b, nil
}

// share rounds values whose sum rounds to the total, so that they add up to
// it. Values of which one is undefined are rounded each by itself: they add
// up to nothing.
func share(values []kpi.Value, total kpi.Value, scale int) {
	mode := kpi.Floor
	if !sum(slices.Values(values)).Defined() {
		mode = kpi.HalfEven
	}
	remainders := make([]kpi.Value, len(values))
	order := make([]int, len(values))
	for i, v := range values {
		values[i] = round(v, scale, mode)
		remainders[i], order[i] = v.Sub(values[i]), i
		total = total.Sub(values[i])
	}
	slices.SortStableFunc(order, func(x, y int) int { return remainders[y].Compare(remainders[x]) })
	unit := kpi.Minor(1, scale)
	for _, i := range order {
		if total.Sign() <= 0 { // nothing left, or nothing to share
			return
		}
		values[i], total = values[i].Add(unit), total.Sub(unit)
	}
}
