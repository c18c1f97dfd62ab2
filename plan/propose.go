package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Propose gives base, target and stretch of a goal's next period, by what its
// owner reached before: [Plan.Outlook] and [target.Outlook.Propose]. Amounts
// are to the nearest step. Errors are an unknown goal, and those of the two.
func (p Plan) Propose(goal string, next calendar.Period, closed []kpi.Figure, odds target.Odds, step kpi.Value) (target.Proposal, error) {
	problems := check.List{Op: "plan.Propose"}
	outlook, err := p.Outlook(goal, next, closed)
	problems.Nest("", err)
	if err := problems.Err(); err != nil {
		return target.Proposal{}, err
	}
	g, _ := p.goal(goal)
	m, _ := p.metric(g.Metric)
	proposal, err := outlook.Propose(m, odds, step)
	problems.Nest("", err)
	return proposal, problems.Err()
}

// Outlook says what a goal's owner may expect of the goal's next period
// ([target.Past.Outlook]): the basis of [Plan.Propose], and the chance of any
// other target. It rests on the prepared history, as far as that is known, and
// on the actuals of closed periods that are handed in: those of the goal's
// metric and owner are known, and take the place of a figure of history for the
// same period. Without history of the goal their periods say the grain.
//
// Errors are an unknown goal (check.ErrUnknown), closed figures that are wrong
// in themselves, are no period of the grain (check.ErrInvalid) or stand twice
// (check.ErrDuplicate), and those of target.Past.Outlook.
func (p Plan) Outlook(goal string, next calendar.Period, closed []kpi.Figure) (target.Outlook, error) {
	problems := check.List{Op: "plan.Outlook"}
	g, known := p.goal(goal)
	if !known {
		problems.Add(check.ErrUnknown, "goal", "unknown_goal", goal)
		return target.Outlook{}, problems.Err()
	}
	past := p.Preparation.past(g, p.Calendar, target.Past{Calendar: p.Calendar})
	past.Actuals = slices.DeleteFunc(past.Actuals, func(f kpi.Figure) bool { return !past.Known.IsZero() && !past.Known.Covers(f.Period) })
	past.Known = calendar.Period{} // what is left is known, and so is what is closed
	if past.Grain == calendar.NoGrain {
		past.Grain = p.grainOf(closed, g)
	}
	p.close(&problems, &past, closed, g)
	if err := problems.Err(); err != nil {
		return target.Outlook{}, err
	}
	outlook, err := past.Outlook(next)
	problems.Nest("history", err)
	return outlook, problems.Err()
}

// grainOf gives the grain of the goal's first closed figure, else that of the
// history.
func (p Plan) grainOf(closed []kpi.Figure, g target.Goal) calendar.Grain {
	for _, f := range closed {
		if grain, ok := p.Calendar.GrainOf(f.Period); ok && isOf(f, g) {
			return grain
		}
	}
	return p.Preparation.History.Grain
}

func isOf(f kpi.Figure, g target.Goal) bool { return f.Metric == g.Metric && f.Owner == g.Owner }

// close adds the goal's closed figures, each in place of that of its period.
func (p Plan) close(problems *check.List, past *target.Past, closed []kpi.Figure, g target.Goal) {
	seen := map[calendar.Period]bool{}
	for i, f := range closed {
		if !isOf(f, g) {
			continue
		}
		at := check.At("closed", i)
		problems.Nest(at, f.Validate())
		switch {
		case f.Period.IsZero():
			continue
		case p.Calendar.PeriodOf(past.Grain, f.Period.Start()) != f.Period:
			problems.Add(check.ErrInvalid, at+".period", "off_boundary", f.Period, "grain", past.Grain)
		case seen[f.Period]:
			problems.Add(check.ErrDuplicate, at+".period", "duplicate_period", f.Period)
		}
		seen[f.Period] = true
		past.Actuals = slices.DeleteFunc(past.Actuals, func(other kpi.Figure) bool { return other.Period == f.Period })
		past.Actuals = append(past.Actuals, f)
	}
}
