package main

import "github.com/saleskpi/saleskpi/plan"

// amended says what a revision changed; why stands in the meeting before it.
func (l Lang) amended(a plan.Amendment) (s string) {
	var carry []string
	for _, f := range a.Findings {
		switch f.Code {
		case "target_up", "target_down":
			s += item(l.sentence(f, plan.Findings()))
		case "carries_up":
			carry = append(carry, l.name(f.Subject)+" +"+l.argument(f.Args["change"]))
		case "carries_down":
			carry = append(carry, l.name(f.Subject)+" -"+l.argument(f.Args["change"]))
		case "cells_changed":
			s += item(l.say("Who carries it: %s, from %s to %s; all other months keep their targets.", "由谁承担：%s；调整%s至%s的月度目标，其余月份不变。", l.list(carry), f.Args["first"], f.Args["last"]))
		case "assumption_proved":
			s += item(l.say("Looked at and still true: %s.", "已复核且仍成立的前提：%s。", l.name(f.Args["text"])))
		}
	}
	return heading(l.say("Revision %[1]d, by %[3]s on %[2]s, in force from %[4]s on", "第%d次修订：%s由%s决定，自%s起生效", a.Version-1, a.Day, l.name(a.By), a.Effective)) + s
}
