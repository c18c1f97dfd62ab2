package plan

import "github.com/saleskpi/saleskpi/kpi/check"

// about gives what the feedback may be about, by kind.
func (f Feedback) about() [5]ref {
	return [5]ref{{"goal", f.Goal}, {"action", f.Action}, {"segment", f.Segment}, {"need", f.Need}, {"assumption", f.Assumption}}
}

// ref is the ID of something of a plan.
type ref struct{ kind, id string }

// checkAbout looks up what feedback is about, in any version: what was dropped
// since may have been talked about.
func (m Minutes) checkAbout(problems *check.List, d Document) {
	known := map[ref]bool{}
	d.draft.addRefs(known)
	for _, v := range d.versions {
		v.Plan.addRefs(known)
	}
	for i, f := range m.Feedback {
		for _, r := range f.about() {
			if r.id != "" && !known[r] {
				problems.Add(check.ErrUnknown, check.At("minutes", "feedback", i, r.kind), "unknown_"+r.kind, r.id)
			}
		}
	}
}

// addRefs adds what feedback on the plan may be about.
func (p Plan) addRefs(known map[ref]bool) {
	for _, g := range p.Goals {
		known[ref{"goal", g.ID}] = true
	}
	if p.Actions != nil {
		for _, a := range p.Actions.Actions {
			known[ref{"action", a.ID}] = true
		}
	}
	for _, s := range p.Preparation.Segments {
		known[ref{"segment", s.ID}] = true
	}
	for _, n := range p.Preparation.Needs {
		known[ref{"need", n.ID}] = true
	}
	for _, a := range p.Preparation.Assumptions {
		known[ref{"assumption", a.ID}] = true
	}
}
