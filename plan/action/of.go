package action

import (
	"cmp"
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Of gives the part of a report that is about the actions of some owners, the
// accountable persons. Progress and budget are computed of these actions alone,
// and so add up over the parts of a partition of owners:
//
//	progress, strategies, owners   of their actions
//	milestones                     those that are made of their actions alone, of the plan's
//	                               milestones that are handed in
//	budget                         planned, committed and spent of their actions; what belongs
//	                               to a strategy as a whole (frame, gains, own entries) and
//	                               later entries are of no part
//	actions, findings              theirs; of what they wait for and hold up, theirs is named
//	                               and the rest counted (Blocks)
//	late                           likewise, and what somebody else is accountable for and they
//	                               are responsible for: it is they who do it
//	chain                          none: it is one of the whole
//
// So it names nobody else, and no action that is none of theirs. The report itself stays as it is.
func (r Report) Of(owners func(person string) bool, milestones []Milestone) Report {
	part := Report{AsOf: r.AsOf, Strategies: []ProgressOf{}, Owners: []ProgressOf{}, Milestones: []MilestoneStatus{}, Late: []Late{},
		Chain: Chain{Actions: []string{}}, Actions: []ActionStatus{}, Findings: []check.Finding{}}
	theirs := map[string]bool{}
	for _, st := range r.Actions {
		if owners(st.Owner) {
			theirs[st.Action] = true
			part.Actions = append(part.Actions, st)
		}
	}
	for i := range part.Actions {
		st := &part.Actions[i]
		st.BlockedBy = kept(st.BlockedBy, theirs)
		part.Progress.add(st, r.AsOf)
	}
	part.Progress.share()
	part.Strategies = progressBy(part.Actions, r.AsOf, func(st *ActionStatus) string { return st.Strategy })
	part.Owners = progressBy(part.Actions, r.AsOf, func(st *ActionStatus) string { return st.Owner })
	part.Budget = bookOf(r.Budget.Unit, part.Actions)
	made := part.milestonesOf(r, milestones, theirs)
	for _, l := range r.Late {
		l.Doing = slices.DeleteFunc(slices.Clone(l.Doing), func(person string) bool { return !owners(person) })
		if theirs[l.Action] || len(l.Doing) > 0 {
			l.Blocked, l.Milestones = kept(l.Blocked, theirs), kept(l.Milestones, made)
			if !owners(l.Owner) {
				l.Owner = ""
			}
			part.Late = append(part.Late, l)
		}
	}
	for _, f := range r.Findings {
		if (theirs[f.Subject] || made[f.Subject]) && !namesOthers(f) {
			part.Findings = append(part.Findings, f)
		}
	}
	return part
}

// milestonesOf takes over the milestones that are made of the part's actions
// alone, and gives their IDs.
func (r *Report) milestonesOf(whole Report, milestones []Milestone, theirs map[string]bool) map[string]bool {
	made := map[string]bool{}
	for _, m := range milestones {
		made[m.ID] = len(m.Actions) > 0 && !slices.ContainsFunc(m.Actions, func(id string) bool { return !theirs[id] })
	}
	for _, m := range whole.Milestones {
		if made[m.Milestone] {
			m.Waiting = slices.Clone(m.Waiting)
			r.Milestones = append(r.Milestones, m)
		}
	}
	return made
}

// bookOf gives the money of some actions, by strategy and together.
func bookOf(unit kpi.Unit, actions []ActionStatus) Budget {
	lines := map[string]*BudgetLine{}
	for i := range actions {
		st := &actions[i]
		if lines[st.Strategy] == nil {
			l := emptyLine(st.Strategy)
			lines[st.Strategy] = &l
		}
		lines[st.Strategy].add(st.Spending)
	}
	b := Budget{Unit: unit, Total: emptyLine(""), Strategies: []BudgetLine{}}
	for _, l := range slices.SortedFunc(maps.Values(lines), func(a, b *BudgetLine) int { return cmp.Compare(a.Strategy, b.Strategy) }) {
		l.finish()
		b.Strategies = append(b.Strategies, *l)
	}
	b.total()
	return b
}

// namesOthers reports whether the sentence of a finding names actions beside
// its own, which may be anybody's.
func namesOthers(f check.Finding) bool {
	for _, arg := range []string{"blocked", "chain", "waits", "dropped"} {
		if f.Args[arg] != "" {
			return true
		}
	}
	return false
}

func kept(ids []string, those map[string]bool) []string {
	some := []string{}
	for _, id := range ids {
		if those[id] {
			some = append(some, id)
		}
	}
	return some
}
