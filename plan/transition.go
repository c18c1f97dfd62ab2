package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Commit makes a draft the baseline. Every warning of [Plan.Ready] has to be
// among the accepted, signed by name; others that are signed are not kept.
//
// Errors: another phase (wrong_phase), what [Plan.Ready] reports as errors, a
// plan without goals (check.ErrMissing), a warning that nobody signed
// (check.ErrMissing, unsigned_warning, with its code, subject and arguments),
// and signatures without name or day, or of a day after the commitment
// (check.ErrRange, signed_after_the_decision).
func (d Document) Commit(by Signature, accepted ...SignOff) (Document, error) {
	problems := check.List{Op: "plan.Commit"}
	d.checkPhase(&problems, Drafted)
	if !problems.Empty() {
		return Document{}, problems.Err()
	}
	v := newVersion(d.draft, Revision{Signature: by})
	v.accept(&problems, accepted)
	return d.commit(&problems, v)
}

// commit makes a version whose warnings are signed the baseline.
func (d Document) commit(problems *check.List, v Version) (Document, error) {
	v.check(problems)
	if len(v.Plan.Goals) == 0 {
		problems.Add(check.ErrMissing, "plan.goals", "missing_goals", nil)
	}
	return d.step(problems, Committed, v.Signed, v)
}

// Activate says that a committed plan is being executed. Errors are another
// phase, and a day before the commitment (check.ErrRange, before_the_last).
func (d Document) Activate(by Signature) (Document, error) {
	problems := check.List{Op: "plan.Activate"}
	d.checkPhase(&problems, Committed)
	problems.Nest("signature", by.Validate())
	return d.step(&problems, Active, by)
}

// Close ends an active plan. On the day of closing every period of the plan
// is over, that day included; a plan that is closed earlier needs a reason
// (check.ErrMissing, closed_early). Other errors are those of Activate.
func (d Document) Close(by Signature) (Document, error) {
	problems := check.List{Op: "plan.Close"}
	d.checkPhase(&problems, Active)
	problems.Nest("signature", by.Validate())
	if problems.Empty() && by.Reason == "" {
		for _, g := range d.Plan().Goals {
			if g.Period.Last() > by.Day {
				problems.Add(check.ErrMissing, "signature.reason", "closed_early", nil, "goal", g.ID, "last", g.Period.Last())
			}
		}
	}
	return d.step(&problems, Closed, by)
}

// step gives the document one transition further.
func (d Document) step(problems *check.List, to Phase, by Signature, added ...Version) (Document, error) {
	if len(d.log) > 0 && problems.Empty() {
		d.checkAfter(problems, by.Day)
	}
	if err := problems.Err(); err != nil {
		return Document{}, err
	}
	d.phase, d.draft = to, Plan{}
	d.versions = append(slices.Clone(d.versions), added...)
	d.log = append(slices.Clone(d.log), Step{to, by})
	return d, nil
}

// checkAfter refuses a day before that of the last transition.
func (d Document) checkAfter(problems *check.List, day calendar.Day) {
	if last := d.log[len(d.log)-1].Day; day < last {
		problems.Add(check.ErrRange, "signature.day", "before_the_last", day, "last", last)
	}
}

func newVersion(p Plan, r Revision) Version {
	return Version{Plan: p.Sorted(), Effective: r.Effective, Signed: r.Signature, Accepted: []SignOff{}}
}

// accept looks for a signature under every warning, and keeps those.
func (v *Version) accept(problems *check.List, signed []SignOff) {
	warnings, err := v.Plan.Ready()
	problems.Nest("plan", err)
	for _, w := range warnings {
		i := slices.IndexFunc(signed, func(s SignOff) bool { return s.covers(w) })
		if i < 0 {
			problems.Add(check.ErrMissing, "accepted", "unsigned_warning", w.Subject, "code", w.Code, "args", w.Args)
			continue
		}
		at := check.At("accepted", len(v.Accepted))
		problems.Nest(at, signed[i].Validate())
		if signed[i].Day > v.Signed.Day {
			problems.Add(check.ErrRange, at+".day", "signed_after_the_decision", signed[i].Day, "decided", v.Signed.Day)
		}
		v.Accepted = append(v.Accepted, ownSignOffs(signed[i:i+1])...)
	}
}

// check is what a stored version has to pass too: the plan and who signed it.
func (v Version) check(problems *check.List) {
	if problems.Empty() {
		problems.Nest("plan", v.Plan.Validate())
	}
	problems.Nest("signature", v.Signed.Validate())
}
