package plan

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// tree gives what owners have, parents before their children, for a gap that
// is to be split over all of them.
type tree struct {
	metric string
	period calendar.Period
	lines  []line
}

// line is what one owner has on one side of a gap.
type line struct {
	owner, parent string
	value         kpi.Value
}

// own gives what every owner has of its own: the whole of it without
// children, else what it has beyond them. That is an own selling, what is
// uncovered, or, below zero, a cushion. So the figures add up to what the first
// owner has, whatever the modes in which targets are handed on. An owner with
// children and nothing of its own is left out.
func (t tree) own() []kpi.Figure {
	below := map[string][]kpi.Value{}
	for _, l := range t.lines[1:] {
		below[l.parent] = append(below[l.parent], l.value)
	}
	figures := make([]kpi.Figure, 0, len(t.lines))
	for _, l := range t.lines {
		own, children := l.value, below[l.owner]
		if len(children) > 0 {
			if own = beyond(own, children); !own.Defined() || own.Sign() == 0 {
				continue
			}
		}
		figures = append(figures, kpi.Figure{Metric: t.metric, Owner: l.owner, Period: t.period, Value: own})
	}
	return figures
}

// beyond gives what a value is more than the sum of parts; parts of no data
// add nothing.
func beyond(whole kpi.Value, parts []kpi.Value) kpi.Value {
	sum := kpi.Sum(func(yield func(kpi.Value) bool) {
		for _, v := range parts {
			if !yield(v) {
				return
			}
		}
	})
	if sum == (kpi.Value{}) {
		sum = kpi.Int(0)
	}
	return whole.Sub(sum)
}

// byOwner splits the gap between two values of the lines of a goal, from base
// to current, over its owners. It is nil where they are not several.
func (g GoalReview) byOwner(from string, base, current func(OwnerReview) kpi.Value) (*bridge.Bridge, error) {
	if len(g.sellers()) < 2 {
		return nil, nil
	}
	side := func(of func(OwnerReview) kpi.Value) []kpi.Figure {
		t := tree{metric: g.Metric.ID, period: g.Goal.Period}
		for _, o := range g.Owners {
			t.lines = append(t.lines, line{o.Owner, o.Parent, of(o)})
		}
		return t.own()
	}
	q := g.question()
	q.Base.Name = from
	b, err := bridge.Members{Dimension: "owner"}.Bridge(q, side(base), side(current))
	return &b, err
}

func targetOf(o OwnerReview) kpi.Value   { return o.Tracking.Target }
func expectedOf(o OwnerReview) kpi.Value { return o.Tracking.Expected }
func actualOf(o OwnerReview) kpi.Value   { return o.Tracking.Actual }
