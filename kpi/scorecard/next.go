package scorecard

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
)

// next gives the band above that of the card, nil where there is none.
func (s *Scorecard) next(c *Card) *NextBand {
	at := position(s.bands, c.Band)
	if at <= 0 || !c.Score.Defined() {
		return nil
	}
	n := &NextBand{Band: s.bands[at-1].Name, From: s.bands[at-1].From, Blocked: []string{}, Ways: []Way{}}
	n.Gap = n.From.Sub(c.Score)
	for i, r := range c.Gates {
		if r.Outcome == kpi.TargetMissed && position(s.bands, s.def.Gates[i].Band) >= at {
			n.Blocked = append(n.Blocked, r.Metric)
		}
	}
	if n.Gap.Sign() <= 0 {
		return n
	}
	for i := range c.Lines {
		if way, ok := s.def.Items[i].way(&c.Lines[i], n.Gap); ok {
			n.Ways = append(n.Ways, way)
		}
	}
	slices.SortStableFunc(n.Ways, func(a, b Way) int {
		if a.Relative.Defined() != b.Relative.Defined() { // a change from nothing has no size: last
			return b.Relative.Compare(a.Relative)
		}
		return a.Relative.Compare(b.Relative)
	})
	return n
}

// way gives the smallest change of an item that adds to the score what is
// needed; ok is false where none does.
func (i *Item) way(line *Line, gap kpi.Value) (w Way, ok bool) {
	if !line.moves() {
		return w, false
	}
	need := line.Points.Add(gap.Div(line.Weight))
	actual := i.reach(need, line.Target).nearest(line.Actual)
	w = Way{Metric: line.Metric, Actual: actual, Change: actual.Sub(line.Actual)}
	w.Relative = w.Change.Abs().Div(i.size(line))
	return w, actual.Defined()
}

// reach gives the actuals that have at least some points: the exact inverse of
// the curve and the attainment.
func (i *Item) reach(points, target kpi.Value) span {
	at := i.Curve.reach(points, i.shape())
	switch {
	case at.empty || i.Curve.Over == OverActual || !at.lo.Defined():
		return at
	case i.Direction == kpi.InBand:
		return i.within(at.lo)
	case i.Direction == kpi.LowerIsBetter && target == kpi.Int(0):
		if at.lo = kpi.Int(1).Max(at.lo); at.lo == kpi.Int(1) { // met, or beyond what is met
			return span{hi: kpi.Int(0)}
		}
		return span{empty: true}
	}
	over := at.lo.Sub(kpi.Int(1)).Mul(target.Abs())
	if i.Direction == kpi.LowerIsBetter {
		return span{hi: target.Sub(over)}
	}
	return span{lo: target.Add(over)}
}

// within gives the actuals whose attainment of the band is at least x.
func (i *Item) within(x kpi.Value) span {
	short := kpi.Int(1).Sub(x)
	if short.Sign() < 0 {
		return span{empty: true}
	}
	edge := func(v kpi.Value) kpi.Value {
		if v.Sign() == 0 {
			return i.Within.Tolerance
		}
		return v.Abs()
	}
	return span{lo: i.Within.Low.Sub(short.Mul(edge(i.Within.Low))), hi: i.Within.High.Add(short.Mul(edge(i.Within.High)))}
}
