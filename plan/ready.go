package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Ready says what stands between the plan and its commitment. The error has
// what must be changed: every problem of [Plan.Validate]; figures of the past
// that are no period of the history's grain (off_boundary); a goal stated as
// growth whose target was not made of it (not_resolved, see [Plan.Resolve]);
// and each letter of SMART that an assessment fails (check.ErrInfeasible,
// smart_failed, with its codes and their sentences). The findings are warnings, for which somebody has to answer by name
// ([Document.Commit]):
//
//	smart_warned           a letter of SMART with a warning, with its codes and their sentences
//	not_assessed           a goal without an assessment
//	assessment_outdated    an assessment of another target or period than the goal now has
//	without_breakdown      a goal of several months that no breakdown or stated goal splits
//	without_objective      a goal that serves no objective, where the plan has objectives
//	objective_without_goal an objective that neither has a goal nor parts
//	actions_over_frame     a strategy whose actions have budgets above its own
//	commitments_missing    owners without a commitment, where others have given theirs
//	commitments_below      what the team commits to lies further below the goal than is accepted
//
// and the warnings of the breakdowns themselves; then those of [Plan.Prepare]
// that do not depend on the day. They come by goal, in the order of
// [Plan.Sorted].
func (p Plan) Ready() (warnings []check.Finding, err error) {
	problems := check.List{Op: "plan.Ready"}
	problems.Nest("", p.Validate())
	p.checkHistory(&problems)
	p.checkGrowth(&problems)
	for i, a := range p.Assessments {
		g, _ := p.goal(a.Goal)
		for _, letter := range lettersOf(a) {
			if letter.Verdict == target.Fail {
				problems.Add(check.ErrInfeasible, check.At("assessments", i, letter.name), "smart_failed", a.Goal, letter.reasons(g)...)
			}
		}
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	p = p.Sorted()
	warnings = []check.Finding{}
	for _, g := range p.Goals {
		warnings = append(warnings, p.warningsOf(g)...)
	}
	return slices.Concat(warnings, p.idleObjectives(), p.overFrame(), p.unprepared()), nil
}

// doubter makes the warnings of one goal.
type doubter func(code string, args ...any) check.Finding

// warningsOf gives what should be looked at in one goal.
func (p Plan) warningsOf(g target.Goal) []check.Finding {
	doubt := func(code string, args ...any) check.Finding {
		return warning(code, g.ID, append(args, called(g.Name, g.NameZH)...)...)
	}
	found := p.assessed(g, doubt)
	b := p.breakdown(g.ID)
	if months := p.monthsOf(g); b == nil && p.stated(g.ID) == nil && months > 1 {
		found = append(found, doubt("without_breakdown", "months", months))
	}
	if len(p.Objectives) > 0 && g.Objective == "" {
		found = append(found, doubt("without_objective"))
	}
	if b != nil {
		for _, f := range b.Findings() {
			if f.Severity >= check.Warning {
				found = append(found, f)
			}
		}
		found = append(found, p.uncommitted(g, doubt)...)
	}
	return found
}

// assessed gives the warnings of a goal's SMART assessment.
func (p Plan) assessed(g target.Goal, doubt doubter) []check.Finding {
	a, known := p.assessment(g.ID)
	if !known {
		return []check.Finding{doubt("not_assessed")}
	}
	var found []check.Finding
	if outdated(a, g) {
		found = append(found, doubt("assessment_outdated"))
	}
	for _, letter := range lettersOf(a) {
		if letter.Verdict == target.Warn {
			found = append(found, doubt("smart_warned", append(letter.called(), letter.reasons(g)...)...))
		}
	}
	return found
}

// outdated reports whether an assessment is of the goal as it was. One that
// does not say what it judged is taken as it is.
func outdated(a target.Assessment, g target.Goal) bool {
	return a.Judged != (target.Goal{}) && !a.Of(g)
}

// uncommitted compares a goal with what was committed to, where anything was.
func (p Plan) uncommitted(g target.Goal, doubt doubter) []check.Finding {
	if len(p.committed(g.ID).Commitments) == 0 {
		return nil
	}
	r, ok := p.Reconcile(g.ID)
	if !ok {
		return nil
	}
	var found []check.Finding
	m, _ := p.metric(g.Metric)
	top := r.Gaps[0]
	if top.Answered < top.Sellers {
		found = append(found, doubt("commitments_missing", "n", top.Sellers-top.Answered, "of", top.Sellers))
	}
	if top.Answer == target.TooLow {
		found = append(found, doubt("commitments_below", "committed", m.Unit.Text(top.Committed),
			"target", m.Unit.Text(top.Target), "gap", m.Unit.Text(top.Gap.Abs())))
	}
	return found
}

func (p Plan) idleObjectives() []check.Finding {
	used := map[string]bool{}
	for _, g := range p.Goals {
		used[g.Objective] = true
	}
	for _, o := range p.Objectives {
		used[o.Parent] = true
	}
	var idle []check.Finding
	for _, o := range p.Objectives {
		if !used[o.ID] {
			idle = append(idle, warning("objective_without_goal", o.ID, called(o.Name, o.NameZH)...))
		}
	}
	return idle
}

// overFrame names the strategies whose actions are to cost more than they may.
func (p Plan) overFrame() []check.Finding {
	if p.Actions == nil {
		return nil
	}
	var over []check.Finding
	for _, s := range p.Actions.Strategies {
		planned := kpi.Int(0)
		for _, a := range p.Actions.Actions {
			if a.Strategy == s.ID {
				planned = planned.Add(a.Budget.Or(kpi.Int(0)))
			}
		}
		if text := p.Actions.Unit.Text; s.Budget.Less(planned) {
			over = append(over, warning("actions_over_frame", s.ID, append(called(s.Name, s.NameZH),
				"planned", text(planned), "frame", text(s.Budget), "over", text(planned.Sub(s.Budget)))...))
		}
	}
	return over
}

// unprepared gives what the preparation itself warns of, on no day.
func (p Plan) unprepared() []check.Finding {
	r, err := p.Prepare(p.firstDay())
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(r.Findings, func(f check.Finding) bool { return f.Code == "assumption_overdue" })
}

// firstDay gives a day on which to prepare where none is asked for.
func (p Plan) firstDay() calendar.Day {
	first := calendar.MustDay("1900-01-01")
	for _, g := range p.Goals {
		first = max(first, g.Period.Start())
	}
	return first
}

func warning(code, subject string, args ...any) check.Finding {
	return check.Finding{Code: code, Severity: check.Warning, Subject: subject, Args: check.Args(args...)}
}
