package main

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
)

// alarms lists what the rules call for: who is far behind, and whose deals
// nobody believes in.
func (l *Life) alarms(lang Lang, at int) string {
	var behind, untidy []string
	for _, a := range l.Quarters[at].Alerts {
		switch {
		case a.State == plan.Over:
		case a.Rule == "behind":
			behind = append(behind, lang.name(a.Owner)+lang.say(" (%s)", "（%s）", l.alarmed(lang, at, a)))
		case a.Rule == "untidy":
			untidy = append(untidy, lang.name(a.Owner)+lang.say(" (%s, %s)", "（%s，%s）", percent(a.Value), l.alarmed(lang, at, a)))
		}
	}
	s := ""
	if len(behind) > 0 {
		s += item(lang.say("under 80 %% of what was due: %s", "进度低于应达的80 %%：%s", lang.list(behind)))
	}
	if len(untidy) > 0 {
		s += item(lang.say("over 30 %% of the open deals to clean up: %s", "待清理商机占在途商机超过30 %%：%s", lang.list(untidy)))
	}
	if s == "" {
		return ""
	}
	return paragraph(lang.say("Alarms:", "预警：")) + s
}

// alarmed says since when an alarm stands. A new version of the plan begins
// its alerts afresh; to a reader it is still the same alarm.
func (l *Life) alarmed(lang Lang, at int, a plan.Alert) string {
	since := a.Since
	for at--; at >= 0; at-- {
		i := slices.IndexFunc(l.Quarters[at].Alerts, func(b plan.Alert) bool { return b.Rule == a.Rule && b.Owner == a.Owner && b.State != plan.Over })
		if i < 0 {
			break
		}
		since = l.Quarters[at].Alerts[i].Since
	}
	if since == a.Since && a.State == plan.Raised {
		return lang.say("new", "新增")
	}
	return lang.say("since %s", "自%s起", since)
}

// followed says what became of what was decided after the last review, and
// of older decisions that are not done.
func (l *Life) followed(lang Lang, at int) (s string) {
	if at == 0 {
		return ""
	}
	last := l.Quarters[at-1].Review.AsOf
	for _, f := range l.Quarters[at].Followed {
		if f.Decision.Day > last || f.Outcome != plan.Done {
			s += item(lang.say("%s → %s", "%s → %s", lang.name(f.Decision.Reason), lang.outcome(f)))
		}
	}
	if s == "" {
		return ""
	}
	return paragraph(lang.say("What became of the decisions:", "决定的落实情况：")) + s
}

func (l Lang) outcome(f plan.Followed) string {
	switch {
	case f.Decision.Nothing:
		return l.say("the plan stays as it is", "计划不变")
	case f.Outcome == plan.Done && f.Version > 0:
		return l.say("done, version %d of the plan", "已落实，见计划第%d版", f.Version)
	case f.Outcome == plan.Done:
		return l.say("done", "已落实")
	case f.Outcome == plan.Dropped:
		return l.say("dropped", "已放弃")
	case f.Outcome == plan.Planned:
		return l.say("not done yet", "尚未完成")
	}
	return l.say("not begun", "尚未启动")
}

// meetingText says what was said and decided after the review of a quarter.
func (l *Life) meetingText(lang Lang, at int) string {
	m := l.heldAfter(l.Quarters[at].Period)
	if len(m.Decisions) == 0 {
		return ""
	}
	s := heading(lang.say("Meeting of %s", "%s的会议", m.Decisions[0].Day))
	for _, d := range m.Decisions {
		for _, id := range d.Answers {
			s += item(lang.quote(l.said(id)) + lang.say(" Decided by %s: %s.", "%s决定：%s。", lang.name(d.By), lang.name(d.Reason)))
		}
	}
	for _, f := range m.Unanswered() {
		s += item(lang.quote(f) + lang.say(" No answer yet.", "暂无答复。"))
	}
	return s
}

// quote gives what somebody said.
func (l Lang) quote(f plan.Feedback) string {
	return l.say("%s: “%s”", "%s：“%s”", l.name(f.Author), l.name(f.Text))
}

// items sets findings as a list, each sentence once.
func (l Lang) items(found []check.Finding, templates check.Templates) (s string) {
	for _, f := range found {
		s += item(l.sentence(f, templates))
	}
	return s
}

// list sets parts side by side.
func (l Lang) list(parts []string) string { return strings.Join(parts, l.say(", ", "，")) }

// some sets parts side by side, if there are any.
func (l Lang) some(parts []string) string {
	if len(parts) == 0 {
		return l.say("nobody", "无")
	}
	return l.list(parts)
}

// gapBetween stands between two sentences.
func (l Lang) gapBetween() string { return l.say(" ", "") }
