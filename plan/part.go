package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// A part is a month or quarter of a longer goal, looked at as if it were a goal
// of its own: with its own target, status and findings.

// parted gives the goals that have targets for a part of their periods, cut to
// it, and the IDs of those that have none: neither a breakdown nor stated
// targets whose periods make the part up. No part leaves goals as they are.
func (p Plan) parted(part calendar.Period) (goals []target.Goal, without []string) {
	if part.IsZero() {
		return p.Goals, nil
	}
	for _, g := range p.Goals {
		days, touches := g.Period.Intersect(part)
		switch {
		case !touches:
		case days == g.Period:
			goals = append(goals, g)
		case p.cut(&g, days):
			goals = append(goals, g)
		default:
			without = append(without, g.ID)
		}
	}
	return goals, without
}

// cut makes a goal that of some of its periods. Base and stretch are stated
// for the whole alone.
func (p Plan) cut(g *target.Goal, days calendar.Period) bool {
	amount, parts := kpi.Value{}, []calendar.Period{}
	if b := p.breakdown(g.ID); b != nil {
		amount, parts = b.Cell(g.Owner, days), b.Periods()
	} else if s := p.stated(g.ID); s != nil {
		amount, parts = s.Cell(g.Owner, days), s.Periods()
	}
	if !madeOf(days, parts) {
		return false
	}
	g.Period, g.Target = days, amount
	g.Base, g.Stretch, g.Baseline, g.Growth = kpi.Value{}, kpi.Value{}, kpi.Value{}, target.Growth{}
	if s := p.stated(g.ID); s != nil {
		_, err := statedIn(s, *g)
		return err == nil
	}
	return true
}

// madeOf reports whether a period is made up of some of several that follow
// one another.
func madeOf(days calendar.Period, parts []calendar.Period) bool {
	starts := slices.ContainsFunc(parts, func(p calendar.Period) bool { return p.Start() == days.Start() })
	ends := slices.ContainsFunc(parts, func(p calendar.Period) bool { return p.End() == days.End() })
	return starts && ends
}

// within gives those of several periods that lie in one.
func within(days calendar.Period, parts []calendar.Period) []calendar.Period {
	return slices.DeleteFunc(slices.Clone(parts), func(p calendar.Period) bool { return !days.Covers(p) })
}

// statedIn gives what is stated of a goal for the part that it was cut to. A
// part of a distinct count that nobody stated is an error.
func statedIn(s *target.Stated, g target.Goal) (*target.Stated, error) {
	cells := slices.DeleteFunc(s.Cells(), func(c target.StatedCell) bool { return !g.Period.Covers(c.Period) })
	return target.State(g, s.Metric(), s.Split(), cells)
}

// withoutPart names the goals that a review of a part leaves out.
func (p Plan) withoutPart(ids []string, part calendar.Period) []check.Finding {
	found := []check.Finding{}
	for _, id := range ids {
		found = append(found, info("goal_without_part", id, append(p.goalCalled(id), "part", p.Calendar.Text(part))...))
	}
	return found
}
