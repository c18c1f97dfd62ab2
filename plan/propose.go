package plan

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Propose gives base, target and stretch of a goal's next period, by what its
// owner reached before: the prepared history and the actuals of closed
// periods that are handed in ([target.Past.Outlook], [target.Outlook.Propose]).
// Amounts are to the nearest step. An actual takes the place of a figure of
// history for the same period.
//
// Errors are an unknown goal, and those of the two.
func (p Plan) Propose(goal string, next calendar.Period, closed []kpi.Figure, odds target.Odds, step kpi.Value) (target.Proposal, error) {
	problems := check.List{Op: "plan.Propose"}
	g, known := p.goal(goal)
	if !known {
		problems.Add(check.ErrUnknown, "goal", "unknown_goal", goal)
		return target.Proposal{}, problems.Err()
	}
	past := p.Preparation.past(g, p.Calendar, target.Past{Calendar: p.Calendar, Grain: p.Preparation.History.Grain})
	for _, f := range closed {
		if f.Metric == g.Metric && f.Owner == g.Owner {
			past.Actuals = replaced(past.Actuals, f)
		}
	}
	m, _ := p.metric(g.Metric)
	outlook, err := past.Outlook(next)
	problems.Nest("history", err)
	if err := problems.Err(); err != nil {
		return target.Proposal{}, err
	}
	proposal, err := outlook.Propose(m, odds, step)
	problems.Nest("", err)
	return proposal, problems.Err()
}

// replaced gives the figures with one more, in place of that of its period.
func replaced(figures []kpi.Figure, f kpi.Figure) []kpi.Figure {
	kept := []kpi.Figure{}
	for _, other := range figures {
		if other.Period != f.Period {
			kept = append(kept, other)
		}
	}
	return append(kept, f)
}
