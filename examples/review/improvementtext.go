package main

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

// improvementPart says what to do, and what it would take to close the gap.
func (r *Review) improvementPart() string {
	if r.Goals.Plan == nil {
		return paragraph(r.say("No target, so there is no gap to close.", "没有目标，因此没有需要弥补的缺口。"))
	}
	return r.stepsText() + r.leverText()
}

// stepsText gives the suggestions of the playbook, each with everybody to whom
// it applies and why.
func (r *Review) stepsText() string {
	s := heading(r.say("Suggested by the playbook, as actions", "按应对手册建议的行动"))
	if r.Closed == nil {
		return s + paragraph(r.say("Nothing: no quarter is over from which to learn.", "暂无：尚无可供总结的已结束季度。"))
	}
	for i, steps := range r.byRule() {
		s += wrap(whole(i+1)+". "+r.stepText(steps), "", "   ")
	}
	if len(r.Improvement.Steps) == 0 {
		return s + paragraph(r.say("Nothing: no rule applies.", "暂无：没有适用的规则。"))
	}
	return s + paragraph(r.say("A suggestion is no diagnosis: it says which rule applied. An effect that is a rule of thumb has not been measured here.",
		"建议不是诊断，只表明哪条规则适用；“经验值”尚未在本公司验证。"))
}

// byRule puts the steps of one rule together, those with the company among
// them first, in the order in which they come.
func (r *Review) byRule() (all [][]Improve) {
	at := map[string]int{}
	for _, step := range r.Improvement.Steps {
		i, known := at[step.Suggestion.Rule]
		if !known {
			i = len(all)
			at[step.Suggestion.Rule] = i
			all = append(all, nil)
		}
		all[i] = append(all[i], step)
	}
	return all
}

func (r *Review) stepText(steps []Improve) string {
	first := steps[0]
	if len(steps) > 1 { // what is said of sellers need not be said of the company
		steps = slices.DeleteFunc(slices.Clone(steps), func(s Improve) bool { return s.Suggestion.Owner == wholeCompany })
	}
	var who, lead []string
	for _, step := range steps {
		who = append(who, r.because(step.Suggestion))
		if !slices.Contains(lead, r.name(step.Action.Owner())) {
			lead = append(lead, r.name(step.Action.Owner()))
		}
	}
	name := r.lang().say(first.Suggestion.Do.Name, first.Suggestion.Do.NameZH)
	return r.say("%s. For %s. From %s; who answers: %s. %s%s", "%s。对象：%s。时间：%s；负责：%s。%s%s", name, strings.Join(r.few(who), r.lang().say("; ", "；")),
		r.from(first.Action.Start, first.Action.Due), r.lang().join(lead), r.effect(first.Suggestion.Do), r.worthOf(steps))
}

// worthOf says what the expected effect brings in the time left, over those to
// whom it is suggested.
func (r *Review) worthOf(steps []Improve) string {
	sum := kpi.Value{}
	for _, step := range steps {
		if worth := step.Suggestion.Worth; worth.Defined() {
			sum = sum.Or(kpi.Int(0)).Add(worth)
		}
	}
	if !sum.Defined() {
		return ""
	}
	return r.say(" That would bring %s more by the end of the year.", "年内可增加 %s。", number(sum, 0))
}

// effect says what is expected and how far that can be trusted.
func (r *Review) effect(do plan.Template) string {
	if do.Lever == action.NoLever {
		return r.say("It promises no number.", "不承诺具体数值。")
	}
	trust := map[plan.Confidence]string{plan.Assumed: r.say("a rule of thumb", "经验值"), plan.Published: r.say("published", "已发表"), plan.Measured: r.say("measured here", "本公司实测")}[do.Confidence]
	return r.say("Expected: %s %s (%s).", "预期：%s %s（%s）。", do.Lever.Title(string(r.lang())), changeOf(do.Effect), trust)
}

// because says to whom a suggestion applies and why.
func (r *Review) because(s plan.Suggestion) string {
	var why []string
	for _, b := range s.Because {
		if text := r.reasonOf(b, s.Owner); text != "" {
			why = append(why, text)
		}
	}
	if len(why) == 0 {
		return r.name(s.Owner)
	}
	return r.say("%s (%s)", "%s（%s）", r.name(s.Owner), strings.Join(why, r.lang().say(", ", "，")))
}

func (r *Review) reasonOf(b plan.Because, owner string) string {
	switch b.Metric {
	case "win_rate":
		if kpi.Frac(8, 10).Mul(b.Usual).Less(b.Value) {
			return "" // as usual: it only lets the rule apply
		}
		text := r.say("win rate %s, usual %s", "赢单率 %s，通常 %s", percent(b.Value), percent(b.Usual))
		if r.Closed.verdict(owner) == kpi.Distinguishable {
			return text + r.say(", more than chance", "，超出偶然波动")
		}
		return text + r.say(", within chance", "，在偶然波动范围内")
	case "activities":
		if kpi.Frac(8, 10).Mul(b.Usual).Less(b.Value) {
			return ""
		}
		return r.say("%s calls and meetings, usual %s", "电话与拜访 %s 次，通常 %s 次", number(b.Value, 0), number(b.Usual, 0))
	case "discount_rate":
		if b.Value.Less(kpi.Frac(125, 100).Mul(b.Usual)) {
			return ""
		}
		return r.say("discount %s, usual %s", "折扣 %s，通常 %s", percent(b.Value), percent(b.Usual))
	case "average_deal_size":
		return r.say("deals of %s, usual %s", "单均 %s，通常 %s", number(b.Value, 0), number(b.Usual, 0))
	}
	if b.Finding != nil && b.Finding.Code == "goal_missed" {
		return r.say("missed the quarter", "季度未达成")
	}
	return ""
}

// leverText says what it would take to reach the year's target.
func (r *Review) leverText() string {
	l := r.Improvement.Levers
	s := heading(r.say("What it would take to reach the target of the year", "达成全年目标需要什么"))
	if l == nil {
		return s + paragraph(r.say("Nothing can be said: the year is over, or nothing has been won yet.", "无法判断：本年度已结束，或尚无赢单。"))
	}
	if l.Gap.Sign() <= 0 {
		return s + r.items(l.Findings, action.Findings())
	}
	s += paragraph(r.say("As so far, %s is missing on the last day, the season left out. A change made now shows later: of more deals after the median cycle, of better work on them after half of it. The best quarter is that of the %s in the deals on record.",
		"照目前趋势（未计季节性），年末将缺 %s。现在的改变要稍后才见效：增加商机需经过中位周期，改善跟进需其一半时间。最好季度取自有记录的 %s 个季度。", number(l.Gap, 0), whole(l.Levers[0].Quarters)))
	t := newTable(left(r.say("Change", "改变")), left(r.say("Shows from", "见效")), right(r.say("Best quarter was", "最好季度")), right(r.say("Needed", "需要")), right(r.say("Would reach", "可达")), right(r.say("Still missing", "仍缺")))
	row := func(name string, n action.LeverNeed) {
		shows := none
		if !n.Begins.IsZero() {
			shows = n.Begins.String()
		}
		needed := r.say("more than that", "超过此数")
		if n.Change.Defined() {
			needed = signedPercent(n.Change)
		}
		t.row(name, shows, signedPercent(n.Cap), needed, number(n.Most, 0), number(n.Short, 0))
	}
	for _, n := range l.Levers {
		row(r.change(n.Lever), n)
	}
	row(r.say("All together", "全部合用"), l.Together)
	return s + t.String() + r.items(slices.DeleteFunc(slices.Clone(l.Findings), func(f check.Finding) bool { return strings.HasPrefix(f.Code, "lever_") }), action.Findings())
}

// change says in words what a lever changes.
func (r *Review) change(l action.Lever) string {
	switch l {
	case action.Leads:
		return r.say("More deals", "更多商机")
	case action.Conversion:
		return r.say("More of them won", "更高赢单率")
	}
	return r.say("Larger deals", "更大金额")
}
