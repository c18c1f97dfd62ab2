package main

// text says what was revised, by whom, why and from when on.
func (r Revised) text(lang Lang, n int) string {
	s := heading(lang.say("Revision %d, decided on %s", "第%d次修订（%s决定）", n, r.Revision.Day))
	s += paragraph(lang.say("%s: %s → %s from %s on, by %s: %s.", "%s：%s → %s，自%s起生效，由%s决定：%s。",
		lang.name(goalID), amount(r.From), amount(r.To), r.Revision.Effective, lang.name(r.Revision.By), lang.name(r.Revision.Reason)))
	var parts []string
	for _, part := range r.Scenario.Goals[0].ByOwner.Parts {
		parts = append(parts, lang.name(part.ID)+" "+signed(part.Amount))
	}
	cells := r.Diff.Cells[0].Diff.Changes
	s += paragraph(lang.say("Who carries it: %s. Targets change from %s on; the months before keep theirs.",
		"由谁承担：%s。自%s起的月度目标相应调整，此前月份不变。", lang.list(parts), label(cells[0].Period)))
	return s + paragraph(lang.say("Looked at and still true: %s.", "已复核且仍成立的前提：%s。", lang.name(r.assumption())))
}

// assumption gives the words of the one that was looked at.
func (r Revised) assumption() string {
	for _, a := range r.Diff.Preparation.Assumptions.Changed {
		if a.To.ID == r.LookedAt {
			return a.To.Text
		}
	}
	return r.LookedAt
}
