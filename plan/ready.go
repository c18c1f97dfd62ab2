package plan

import (
	"slices"
	"strconv"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Ready says what stands between the plan and its commitment. The error has
// what must be changed: every problem of [Plan.Validate]; figures of the past
// that are no period of the history's grain (off_boundary); a goal stated as
// growth whose target was not made of it (not_resolved, see [Plan.Resolve]);
// and each letter of SMART that an assessment fails (check.ErrInfeasible,
// smart_failed, with its codes). The findings are warnings, for which somebody has to answer by name
// ([Document.Commit]):
//
//	smart_warned           a letter of SMART with a warning, with its codes
//	not_assessed           a goal without an assessment
//	assessment_outdated    an assessment of another target or period than the goal now has
//	without_breakdown      a goal of several months that no breakdown or stated goal splits
//	without_objective      a goal that serves no objective, where the plan has objectives
//	objective_without_goal an objective that neither has a goal nor parts
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
		for _, letter := range lettersOf(a) {
			if letter.Verdict == target.Fail {
				problems.Add(check.ErrInfeasible, check.At("assessments", i, letter.name), "smart_failed", a.Goal, "codes", letter.codes())
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
	return append(append(warnings, p.idleObjectives()...), p.unprepared()...), nil
}

// warningsOf gives what should be looked at in one goal.
func (p Plan) warningsOf(g target.Goal) []check.Finding {
	found := p.assessed(g)
	b := p.breakdown(g.ID)
	if months := p.monthsOf(g); b == nil && p.stated(g.ID) == nil && months > 1 {
		found = append(found, warning("without_breakdown", g.ID, "months", months))
	}
	if len(p.Objectives) > 0 && g.Objective == "" {
		found = append(found, warning("without_objective", g.ID))
	}
	if b != nil {
		for _, f := range b.Findings() {
			if f.Severity >= check.Warning {
				found = append(found, f)
			}
		}
		found = append(found, p.uncommitted(g)...)
	}
	return found
}

// assessed gives the warnings of a goal's SMART assessment.
func (p Plan) assessed(g target.Goal) []check.Finding {
	a, known := p.assessment(g.ID)
	if !known {
		return []check.Finding{warning("not_assessed", g.ID)}
	}
	var found []check.Finding
	if outdated(a, g) {
		found = append(found, warning("assessment_outdated", g.ID))
	}
	for _, letter := range lettersOf(a) {
		if letter.Verdict == target.Warn {
			found = append(found, warning("smart_warned", g.ID, "letter", letter.name, "codes", letter.codes()))
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
func (p Plan) uncommitted(g target.Goal) []check.Finding {
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
		found = append(found, warning("commitments_missing", g.ID, "n", top.Sellers-top.Answered, "of", top.Sellers))
	}
	if top.Answer == target.TooLow {
		found = append(found, warning("commitments_below", g.ID, "committed", m.Unit.Text(top.Committed),
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
			idle = append(idle, warning("objective_without_goal", o.ID, "name", strconv.Quote(o.Name)))
		}
	}
	return idle
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
