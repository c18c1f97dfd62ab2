package main

import (
	"strings"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
)

// planPart says what was planned, on what grounds and by whom.
func (r *Review) planPart() string {
	if r.Planned == nil {
		return paragraph(r.say("No plan: neither targets.csv for this year nor -target.", "没有计划：既没有本年度的 targets.csv，也没有 -target。"))
	}
	return r.signedText() + r.marketSection() + r.aimSection() + r.breakdownSection() + r.strategySection() + r.actionSection() + r.loadSection()
}

// signedText says whose plan it is, and which warnings were signed.
func (r *Review) signedText() string {
	switch {
	case r.Other:
		return paragraph(r.say("The plan's files are of another year than %s: they are left aside, but for the books and the activities.",
			"计划文件属于其他年度，而非 %s 年：除账面历史与活动记录外均未使用。", r.label(r.Year)))
	case r.Plan.Goal == nil:
		return paragraph(r.say("No goal.csv: nobody has committed to this plan; it is a draft, and base, stretch and objective are not known.",
			"没有 goal.csv：尚无人确认本计划，目前为草案，保底、冲刺与战略目的未知。"))
	case len(r.Planned.Refused) > 0:
		return paragraph(r.say("The plan is a draft and cannot be committed to as it stands: %s", "计划仍为草案，按现状无法确认：%s", r.refusal())) + r.objective()
	}
	v, _ := r.Planned.Document.Baseline()
	s, warnings := r.objective(), r.signedWarnings()
	if v.Signed.Day > r.AsOf {
		s += paragraph(r.say("On the day of this review the plan was a draft.", "在回顾当日，计划仍为草案。"))
	}
	if warnings == "" {
		return s + paragraph(r.say("Committed to on %s by %s.", "%s 由 %s 确认。", v.Signed.Day, v.Signed.By))
	}
	return s + paragraph(r.say("Committed to on %s by %s, who signed for these warnings:", "%s 由 %s 确认，并对以下提示签字负责：", v.Signed.Day, v.Signed.By)) + warnings
}

func (r *Review) objective() string {
	if r.Plan.Goal == nil {
		return ""
	}
	return paragraph(r.say("Objective: %s. %s leads it.", "战略目的：%s。负责人 %s。", r.Plan.called(r.Plan.Goal.Objective, r.lang()), r.Plan.Goal.LedBy))
}

// signedWarnings lists the warnings under the plan; of the assessment it says
// what the letter of SMART found, not its code.
func (r *Review) signedWarnings() (s string) {
	needs := 0
	for _, f := range r.Planned.accepted() {
		if strings.HasPrefix(f.Code, "need_") {
			needs++
			continue
		}
		if f.Code == "smart_warned" {
			s += item(r.say("It is doubtful whether the goal %s: see below.", "目标%s存疑，见下文。", r.letter(f.Args["letter"])))
			continue
		}
		s += item(r.tell(f, plan.Findings()))
	}
	if needs > 0 {
		s += item(r.say("What customers need is not well proven: %s, see the table.", "客户需求依据不足：%s 项，见下表。", whole(needs)))
	}
	return s
}

// refusal says why the plan cannot be committed to.
func (r *Review) refusal() string {
	var reasons []string
	for _, f := range r.failed() {
		reasons = append(reasons, r.tell(f, plan.Findings()))
	}
	if len(reasons) == 0 {
		for _, e := range r.Planned.Refused {
			reasons = append(reasons, e.Error())
		}
	}
	return r.lang().sentences(reasons)
}

// marketSection says where there is room, what customers miss and what is
// believed.
func (r *Review) marketSection() string {
	s := r.without(marketFile, "how large the market is and what of it is ours is not known", "市场规模与我方份额未知") + r.segmentTable()
	s += r.without(needsFile, "what customers need is not known", "客户需求未知") + r.needTable()
	s += r.without(assumptionsFile, "what the goal rests on is not written down", "目标所依据的假设没有记录") + r.assumptionTable()
	return under(r.say("Market and customers", "市场与客户"), s)
}

func (r *Review) segmentTable() string {
	if len(r.Planned.Prepared.Segments) == 0 {
		return ""
	}
	sizes := map[string]plan.Segment{}
	for _, s := range r.Plan.Segments {
		sizes[s.ID] = s
	}
	t := newTable(left(r.say("Market", "市场")).atMost(37), right(r.say("Size", "规模")), right(r.say("Growth", "增长")), right(r.say("Ours", "我方")),
		right(r.say("Growth", "增长")), right(r.say("Share", "份额")), right(r.say("Before", "上年")), right(r.say("Room", "空间")))
	for _, v := range r.Planned.Prepared.Segments {
		s := sizes[v.Segment]
		t.row(r.Plan.called(v.Segment, r.lang()), number(s.Size, 0), percent(v.Growth), number(s.Ours, 0), percent(v.OurGrowth),
			percent(v.Share), percent(v.ShareBefore), number(v.Headroom, 0))
	}
	return t.String() + paragraph(r.say("Room is what could still be ours of the share that was thought reachable.", "空间：在可达份额之内尚可争取的金额。")) + "\n"
}

func (r *Review) needTable() string {
	if len(r.Planned.Prepared.Needs) == 0 {
		return ""
	}
	ratings := map[string]plan.Need{}
	for _, n := range r.Plan.Needs {
		ratings[n.ID] = n
	}
	t := newTable(right("#"), left(r.say("What customers need", "客户需求")).atMost(40), right(r.say("Important", "重要性")), right(r.say("Satisfied", "满意度")),
		right(r.say("Answers", "答卷")), right(r.say("Score", "得分")), left(""))
	for _, v := range r.Planned.Prepared.Needs {
		n, note := ratings[v.Need], ""
		if has(v.Findings, "need_unproven") {
			note = r.say("too few answers", "答卷太少，仅供参考")
		}
		t.row(whole(v.Rank), r.Plan.called(v.Need, r.lang()), number(n.Importance, 1), number(n.Satisfaction, 1), whole(v.N), number(v.Score, 1), note)
	}
	return t.String() + paragraph(r.say("Rated from 0 to 10; the score is the importance, and again what satisfaction lacks to it.", "评分 0 至 10；得分 = 重要性 + 满意度不足部分。")) + "\n"
}

func has(found []check.Finding, code string) bool {
	for _, f := range found {
		if f.Code == code {
			return true
		}
	}
	return false
}

func (r *Review) assumptionTable() string {
	if len(r.Plan.Assumptions) == 0 {
		return ""
	}
	t := newTable(left(r.say("Assumption", "假设")).atMost(50), left(r.say("Who looks at it", "复核人")), left(r.say("By", "截止")), left(r.say("State", "状态")))
	for _, a := range r.Plan.Assumptions {
		state := map[plan.Belief]string{plan.Unproven: r.say("nobody knows yet", "尚未核实"), plan.Holds: r.say("holds", "成立"), plan.Fails: r.say("fails", "不成立")}[a.State]
		if a.State == plan.Unproven && a.Review <= r.AsOf {
			state = r.say("overdue", "逾期未复核")
		}
		t.row(r.Plan.called(a.ID, r.lang()), a.Owner, a.Review.String(), state)
	}
	return t.String()
}
