package main

import "strings"

// text says what was revised, by whom, why and from when on.
func (r Revised) text(lang Lang, n int) string {
	s := heading(lang.say("Revision %d, decided on %s", "第%d次修订，%s决定", n, r.Day))
	s += paragraph(lang.say("%s: %s → %s from %s on, by %s: %s.", "%s：%s → %s，自%s起生效，决定人%s：%s。",
		lang.name(goalID), amount(r.From), amount(r.To), r.Effective, lang.name(r.By), lang.say(r.Reason, r.ReasonInZH)))
	var parts []string
	for _, part := range r.Scenario.Goals[0].ByOwner.Parts {
		parts = append(parts, lang.name(part.ID)+" "+signed(part.Amount))
	}
	s += paragraph(lang.say("Looked at and still true: %s.", "已复核且仍成立的假设：%s。", lang.name(r.LookedAt)))
	changes := r.Diff.Cells[0].Diff.Changes
	return s + paragraph(lang.say("Who carries the difference: %s. %d monthly targets change, the first in %s; earlier months keep theirs.",
		"差额由谁承担：%s。共调整%d个月度目标，最早为%s；此前月份保持不变。", strings.Join(parts, lang.say(", ", "，")), len(changes), label(changes[0].Period)))
}
