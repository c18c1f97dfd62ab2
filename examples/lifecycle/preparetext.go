package main

import (
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// preparedText says what was known before the year.
func (l *Life) preparedText(lang Lang) string {
	p := l.Preparation
	s := heading(lang.say("What was known on %s", "准备：截至%s的判断", p.AsOf))
	t := table{{lang.say("Market", "市场"), lang.say("grows by", "市场增长"), lang.say("we grow by", "我方增长"), lang.say("our share", "我方份额"), lang.say("share before", "上年份额"), lang.say("within reach", "可争取空间")}}
	for _, m := range p.Segments {
		t.row(lang.name(m.Segment), percent(m.Growth), percent(m.OurGrowth), percent(m.Share), percent(m.ShareBefore), amount(m.Headroom))
	}
	s += t.String()
	first, asked := p.Needs[0], l.Document.Plan().Preparation.Needs[0]
	s += paragraph(lang.say("What customers miss most: %s (importance %s, satisfaction %s of 10; %d answers).", "客户最不满足的需求：%s（重要性%s分，满意度%s分，满分10分；%d份评分）。",
		lang.name(first.Need), asked.Importance.Text(1, kpi.HalfEven), asked.Satisfaction.Text(1, kpi.HalfEven), first.N))
	team := p.Teams[0]
	s += paragraph(lang.say("The team can sell %s in a year; the target takes %s of that.", "团队一年的销售能力为%s，目标占用其中的%s。", amount(team.Capacity), percent(team.Load)))
	return s + l.believed(lang)
}

// believed lists what the plan takes for granted.
func (l *Life) believed(lang Lang) string {
	s := lang.say("Taken for granted:", "计划的前提：")
	for i, a := range l.Preparation.Assumptions {
		if i > 0 {
			s += lang.say(";", "；")
		}
		s += lang.say(" %s (to be looked at by %s)", "%s（%s前复核）", lang.name(a.Assumption.Text), a.Assumption.Review)
	}
	return paragraph(s + lang.say(".", "。"))
}

// committedText says what is aimed at, who takes which part of it, and which
// warnings somebody answers for.
func (l *Life) committedText(lang Lang) string {
	v, _ := l.Document.Baseline()
	goal := v.Plan.Goals[0]
	s := heading(lang.say("The plan of %s", "计划：%s确认", v.Signed.Day))
	s += paragraph(lang.say("Revenue 2026: base %s, target %s, stretch %s; 2025 brought %s.", "2026年营收：保底%s，目标%s，冲刺%s；2025年实绩%s。", amount(goal.Base), amount(goal.Target), amount(goal.Stretch), amount(goal.Baseline)))
	s += lang.smart(v.Plan.Assessments[0]) + lang.items(v.Plan.Assessments[0].Achievable.Findings, target.Findings())
	s += l.promisedText(lang)
	r, _ := v.Plan.Reconcile(goalID)
	t := table{{lang.say("Who", "负责人"), lang.say("target", "目标"), lang.say("committed", "本人承诺"), lang.say("gap", "差额")}}
	for _, g := range r.Gaps {
		t.row(lang.name(g.Owner), amount(g.Target), amount(g.Committed), signed(g.Committed.Sub(g.Target)))
	}
	s += t.String() + paragraph(lang.say("%s signed for it, and for these warnings:", "%s签字确认，并对以下提示负责：", lang.name(v.Signed.By)))
	for _, accepted := range v.Accepted {
		s += item(lang.sentence(accepted.Finding, plan.Findings()))
	}
	return s
}

// smart names the letters of SMART by their verdict.
func (l Lang) smart(a target.Assessment) string {
	var sound, doubtful []string
	for _, letter := range []struct {
		english, chinese string
		of               target.Criterion
	}{{"specific", "具体", a.Specific}, {"measurable", "可衡量", a.Measurable}, {"achievable", "可达成", a.Achievable}, {"relevant", "相关", a.Relevant}, {"time-bound", "有时限", a.TimeBound}} {
		if name := l.say(letter.english, letter.chinese); letter.of.Verdict == target.Pass {
			sound = append(sound, name)
		} else {
			doubtful = append(doubtful, name)
		}
	}
	if len(doubtful) == 0 {
		return item(l.say("SMART: %s, all five.", "SMART原则：%s，五项均符合。", strings.Join(sound, l.say(", ", "、"))))
	}
	return item(l.say("SMART: %s; doubtful: %s.", "SMART原则：%s；存疑：%s。", strings.Join(sound, l.say(", ", "、")), strings.Join(doubtful, l.say(", ", "、"))))
}

// promisedText says what the strategies are to bring, and from when on.
func (l *Life) promisedText(lang Lang) string {
	p := l.Promise
	s := item(lang.say("Without the strategies the year would bring %s, with them %s: %s are still to be found.", "不采取策略预计全年%s，采取策略后预计%s，距目标尚差%s。", amount(p.Baseline), amount(p.Landing), amount(p.Left)))
	for _, f := range p.Findings {
		if f.Code == "lands_partly" {
			s += item(lang.say("%[1]s: %[3]s, from %[5]s on.", "%[2]s：%[4]s，自%[5]s起见效。", f.Args["name"], f.Args["name_zh"], f.Args["change"], f.Args["change_zh"], f.Args["begins"]))
		}
	}
	return s
}
