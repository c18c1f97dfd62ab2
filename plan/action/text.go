package action

import (
	"math"

	"github.com/saleskpi/saleskpi/kpi"
)

// alike gives how the numbers of one text are written: in their unit, or,
// where none is stated, all with as many decimals as one of them needs, at
// most two, so that no amount stands in cents beside another in whole ones.
func alike(u kpi.Unit, numbers ...kpi.Value) func(kpi.Value) string {
	if u == (kpi.Unit{}) {
		for _, v := range numbers {
			u.Scale = max(u.Scale, decimals(v))
		}
	}
	return u.Text
}

// decimals gives how many a number needs, at most two.
func decimals(v kpi.Value) int8 {
	for scale := range int8(2) {
		if n, ok := v.Minor(int(scale), kpi.HalfEven); !ok || kpi.Minor(n, int(scale)) == round2(v) {
			return scale
		}
	}
	return 2
}

// days writes a number of working days for people, with at most two decimals.
func days(v kpi.Value) string { return kpi.Unit{Scale: decimals(v)}.Text(v) }

// changes gives how changes and distances are written beside such numbers:
// +12.5, and of shares +6 pp, for percentage points, since 21 % that become
// 27 % are not 6 % more.
func changes(u kpi.Unit, text func(kpi.Value) string) func(kpi.Value) string {
	points := kpi.Unit{Scale: u.Scale}
	return func(v kpi.Value) string {
		s := text(v)
		if u.Show == kpi.AsPercent && v.Defined() {
			s = points.Text(v.Mul(kpi.Int(100))) + " pp"
		}
		if v.Sign() > 0 {
			return "+" + s
		}
		return s
	}
}

// shown gives an estimate as text writes numbers, to six decimals: it is
// there to be read and goes nowhere else.
func shown(text func(kpi.Value) string, e kpi.Estimate) string {
	const scale = 6
	f, ok := e.Float64()
	if f = math.Round(f * 1e6); !ok || math.Abs(f) > 1e15 {
		return e.String()
	}
	return text(kpi.Minor(int64(f), scale))
}
