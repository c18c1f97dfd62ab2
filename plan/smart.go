package plan

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Assess gives the plan with a SMART assessment of every goal, by
// [target.Assess]. Evidence is what is known of each goal, by its ID; the
// breakdown, as siblings the other goals of the same owner, and what was
// prepared (history, market and capacity) are filled in from the plan where
// they are left out.
//
// Errors are those of [Plan.Validate] and [target.Assess], the latter with the
// path evidence.GOAL, and evidence of a goal that is unknown
// (check.ErrUnknown).
func (p Plan) Assess(evidence map[string]target.Evidence) (Plan, error) {
	problems := check.List{Op: "plan.Assess"}
	problems.Nest("", p.Validate())
	if err := problems.Err(); err != nil {
		return Plan{}, err
	}
	p = p.Sorted()
	p.Assessments = make([]target.Assessment, 0, len(p.Goals))
	for _, g := range p.Goals {
		a, err := target.Assess(g, p.evidence(g, evidence[g.ID]))
		problems.Nest(check.At("evidence", g.ID), err)
		p.Assessments = append(p.Assessments, a)
	}
	p.checkEvidence(&problems, evidence)
	if err := problems.Err(); err != nil {
		return Plan{}, err
	}
	return p, nil
}

// evidence adds what the plan itself knows of a goal.
func (p Plan) evidence(g target.Goal, e target.Evidence) target.Evidence {
	if e.Breakdown == nil {
		e.Breakdown = p.breakdown(g.ID)
	}
	p.Preparation.fill(g, p.Calendar, &e)
	if e.Siblings == nil {
		for _, other := range p.Goals {
			if other.ID != g.ID && other.Owner == g.Owner {
				e.Siblings = append(e.Siblings, target.Sibling{Goal: other})
			}
		}
	}
	return e
}

func (p Plan) checkEvidence(problems *check.List, evidence map[string]target.Evidence) {
	var strangers []string
	for id := range evidence {
		if _, known := p.goal(id); !known {
			strangers = append(strangers, id)
		}
	}
	slices.Sort(strangers)
	for _, id := range strangers {
		problems.Add(check.ErrUnknown, check.At("evidence", id), "unknown_goal", id)
	}
}

// letter is one criterion of SMART with its JSON name.
type letter struct {
	name string
	target.Criterion
}

func lettersOf(a target.Assessment) []letter {
	return []letter{{"specific", a.Specific}, {"measurable", a.Measurable}, {"achievable", a.Achievable},
		{"relevant", a.Relevant}, {"time_bound", a.TimeBound}}
}

// codes gives what was found against the letter, the gravest alone.
func (l letter) codes() string {
	var codes []string
	for _, f := range l.Findings {
		grave := l.Verdict == target.Fail && f.Severity == check.Critical || l.Verdict == target.Warn && f.Severity == check.Warning
		if grave && !slices.Contains(codes, f.Code) {
			codes = append(codes, f.Code)
		}
	}
	return strings.Join(codes, " ")
}

// monthsOf counts the months that a goal is about, whole or not.
func (p Plan) monthsOf(g target.Goal) int {
	n := 0
	for at := g.Period.Start(); g.Period.Contains(at); at = p.Calendar.PeriodOf(calendar.Monthly, at).End() {
		n++
	}
	return n
}
