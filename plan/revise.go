package plan

import (
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Revision says from when on a changed plan holds, who decided it, when and
// why. It is a record.
type Revision struct {
	Effective calendar.Day `json:"effective"`
	Signature
}

// Revise gives the document with another version of the plan, from the
// effective day on. Earlier versions stay. Warnings that the version before
// carried are taken over with their signatures; new ones are signed as in
// Commit.
//
// What is closed, with a last day before the effective one, keeps its target:
// a goal that was closed neither changes nor goes (closed_goal_changed), none
// is added (closed_goal_added), and cells of breakdowns are locked as
// [target.Versions.Add] says. A breakdown that had closed cells cannot go
// (closed_breakdown_removed), and one that is new cannot bring any but those
// of a goal that had none.
//
// Other errors are a phase that is not committed or active, another plan's ID
// or calendar, a missing reason or effective day, and those of Commit.
func (d Document) Revise(p Plan, r Revision, accepted ...SignOff) (Document, error) {
	problems := check.List{Op: "plan.Revise"}
	d.checkPhase(&problems, Committed, Active)
	if !problems.Empty() {
		return Document{}, problems.Err()
	}
	v := newVersion(p, r)
	v.accept(&problems, append(append([]SignOff{}, accepted...), d.versions[len(d.versions)-1].Accepted...))
	return d.revise(&problems, v)
}

// revise adds a version whose warnings are signed.
func (d Document) revise(problems *check.List, v Version) (Document, error) {
	v.check(problems)
	checkDay(problems, "effective", v.Effective)
	problems.ID("signature.reason", "missing_reason", v.Signed.Reason)
	if problems.Empty() {
		v.Plan.checkFollows(problems, d.versions[len(d.versions)-1].Plan, v.Effective)
	}
	next, err := d.step(problems, d.phase, v.Signed, v)
	if err != nil {
		return Document{}, err
	}
	next.checkTargets(problems)
	if err := problems.Err(); err != nil {
		return Document{}, err
	}
	return next, nil
}

// Revised gives the plan with the breakdown of a goal revised, and its goal
// with it: the content of a [Document.Revise] with the same effective day.
//
// Errors are an unknown goal, one without a breakdown (check.ErrInvalid,
// not_broken_down), and those of [target.Versions.Revise].
func (p Plan) Revised(goal string, r target.Revision) (Plan, error) {
	problems := check.List{Op: "plan.Revised"}
	_, known := p.goal(goal)
	b := p.breakdown(goal)
	switch {
	case !known:
		problems.Add(check.ErrUnknown, "goal", "unknown_goal", goal)
	case b == nil:
		problems.Add(check.ErrInvalid, "goal", "not_broken_down", goal)
	default:
		return p.revised(&problems, b, r)
	}
	return Plan{}, problems.Err()
}

func (p Plan) revised(problems *check.List, b *target.Breakdown, r target.Revision) (Plan, error) {
	before, err := target.Publish(target.Version{Breakdown: b, Known: r.Known})
	problems.Nest("", err)
	after, err := before.Revise(r)
	problems.Nest("", err)
	if err := problems.Err(); err != nil {
		return Plan{}, err
	}
	p = p.Sorted()
	revised := after.All()[after.Len()-1].Breakdown
	for i, g := range p.Goals {
		if g.ID == b.Goal().ID {
			p.Goals[i] = revised.Goal()
		}
	}
	for i, other := range p.Breakdowns {
		if other == b {
			p.Breakdowns[i] = revised
		}
	}
	return p, nil
}

// checkFollows compares a version with the one before it.
func (p Plan) checkFollows(problems *check.List, before Plan, effective calendar.Day) {
	if p.ID != before.ID {
		problems.Add(check.ErrInvalid, "plan.id", "other_plan", p.ID, "plan", before.ID)
	}
	if p.Calendar != before.Calendar {
		problems.Add(check.ErrDefinition, "plan.calendar", "other_calendar", nil)
	}
	for _, g := range before.Goals {
		now, kept := p.goal(g.ID)
		if g.Period.Last() < effective && (!kept || now != g) {
			problems.Add(check.ErrInvalid, check.At("plan", "goals"), "closed_goal_changed", g.ID)
		}
		had, has := before.breakdown(g.ID), p.breakdown(g.ID)
		if had != nil && has == nil && had.Periods()[0].Last() < effective {
			problems.Add(check.ErrInvalid, check.At("plan", "breakdowns"), "closed_breakdown_removed", g.ID)
		}
		checkStatedFollows(problems, before.stated(g.ID), p.stated(g.ID), effective)
	}
	for i, g := range p.Goals {
		if _, had := before.goal(g.ID); !had && g.Period.Last() < effective {
			problems.Add(check.ErrInvalid, check.At("plan", "goals", i), "closed_goal_added", g.ID)
		}
	}
}

// checkStatedFollows locks the closed cells of a goal that does not add up.
func checkStatedFollows(problems *check.List, before, after *target.Stated, effective calendar.Day) {
	if before == nil {
		return
	}
	for _, c := range before.Cells() {
		if c.Period.Last() >= effective {
			continue
		}
		if after == nil || after.Cell(c.Owner, c.Period) != c.Value {
			problems.Add(check.ErrInvalid, check.At("plan", "stated"), "closed_cell_changed", before.Goal().ID, "owner", c.Owner, "period", c.Period)
		}
	}
}

// checkTargets lets every breakdown follow those before it.
func (d Document) checkTargets(problems *check.List) {
	for i, b := range d.versions[len(d.versions)-1].Plan.Breakdowns {
		_, err := d.targets(b.Goal().ID)
		problems.Nest(check.At("plan", "breakdowns", i), err)
	}
}
