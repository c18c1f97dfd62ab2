package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Document is a plan through its life: a draft, then the plan as it was
// committed, which is the baseline, and every revision since. No transition
// changes or loses an earlier version. It is immutable and safe for concurrent
// use; [Draft] and JSON make one. The zero Document is none: no transition
// takes it.
//
//	draft ──Commit──▶ committed ──Activate──▶ active ──Close──▶ closed
//	  Edit              Revise                  Revise
type Document struct {
	phase    Phase
	draft    Plan      // of a draft alone
	versions []Version // of everything later; the first is the baseline
	log      []Step
}

// Version is a plan as it was decided.
type Version struct {
	Plan Plan `json:"plan"`

	// Effective is the first day on which it holds; no day, as for the
	// baseline: from the beginning.
	Effective calendar.Day `json:"effective"`

	Signed   Signature `json:"signed"`   // by whom, why, and since when it is known
	Accepted []SignOff `json:"accepted"` // the warnings that it carries, each with who answers for it
}

// Step is one transition of a document.
type Step struct {
	To Phase `json:"to"`
	Signature
}

// Draft begins a document. A draft may have any problem but a missing ID; see
// [Plan.Ready] for what stands between it and commitment.
func Draft(p Plan) (Document, error) {
	problems := check.List{Op: "plan.Draft"}
	problems.ID("id", "missing_id", p.ID)
	if err := problems.Err(); err != nil {
		return Document{}, err
	}
	return Document{draft: p.Sorted()}, nil
}

// Edit replaces the plan of a draft. Any other phase is check.ErrInvalid
// (wrong_phase): what is committed changes by [Document.Revise]. So is another
// ID (other_plan).
func (d Document) Edit(p Plan) (Document, error) {
	problems := check.List{Op: "plan.Edit"}
	d.checkPhase(&problems, Drafted)
	if p.ID != d.draft.ID && problems.Empty() {
		problems.Add(check.ErrInvalid, "id", "other_plan", p.ID, "plan", d.draft.ID)
	}
	if err := problems.Err(); err != nil {
		return Document{}, err
	}
	d.draft = p.Sorted()
	return d, nil
}

// Phase gives where the plan stands.
func (d Document) Phase() Phase { return d.phase }

// Plan gives the draft, or the version that was decided last.
func (d Document) Plan() Plan {
	if len(d.versions) == 0 {
		return d.draft.Sorted()
	}
	return d.versions[len(d.versions)-1].Plan.Sorted()
}

// Baseline gives the plan as it was committed first; ok is false for a draft.
func (d Document) Baseline() (v Version, ok bool) {
	if len(d.versions) == 0 {
		return Version{}, false
	}
	return d.versions[0].clone(), true
}

// Versions gives the baseline and every revision, in the order in which they
// were decided; none of a draft.
func (d Document) Versions() []Version {
	all := make([]Version, len(d.versions))
	for i, v := range d.versions {
		all[i] = v.clone()
	}
	return all
}

// Log gives the transitions in order.
func (d Document) Log() []Step { return append([]Step{}, d.log...) }

// InForce gives the version that holds on a day, as far as it was known on
// another: of those known by then and effective by the as-of day, the one
// that was decided last. At is its position in Versions; ok is false where
// there is none.
func (d Document) InForce(asOf, knownAt calendar.Day) (v Version, at int, ok bool) {
	for i, candidate := range slices.Backward(d.versions) {
		if candidate.Signed.Day <= knownAt && candidate.Effective <= asOf {
			return candidate.clone(), i, true
		}
	}
	return Version{}, -1, false
}

// Targets gives the breakdowns of a goal through all versions, in each of
// which it changed: original, revised and prorated targets are those of
// [target.Versions.Attainment]. Without a breakdown there is no version.
func (d Document) Targets(goal string) target.Versions {
	targets, _ := d.targets(goal)
	return targets
}

func (d Document) targets(goal string) (target.Versions, error) {
	all := target.Versions{}
	var last *target.Breakdown
	var from calendar.Day
	for _, v := range d.versions {
		b := v.Plan.breakdown(goal)
		// The same targets again, from an earlier day on, are in force earlier.
		if b == nil || last != nil && b.Equal(last) && v.Effective >= from {
			continue
		}
		next, err := all.Add(target.Version{Breakdown: b, Effective: v.Effective, Known: v.Signed.Day, Author: v.Signed.By, Reason: v.Signed.Reason})
		if err != nil {
			return all, err
		}
		all, last, from = next, b, v.Effective
	}
	return all, nil
}

func (v Version) clone() Version {
	v.Plan = v.Plan.Sorted()
	v.Accepted = ownSignOffs(v.Accepted)
	return v
}

func (d Document) checkPhase(problems *check.List, allowed ...Phase) {
	if d.draft.ID == "" && len(d.versions) == 0 {
		problems.Add(check.ErrMissing, "", "missing_plan", nil)
		return
	}
	if !slices.Contains(allowed, d.phase) {
		problems.Add(check.ErrInvalid, "phase", "wrong_phase", d.phase)
	}
}
