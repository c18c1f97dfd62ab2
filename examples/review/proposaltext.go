package main

import (
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// proposalPart says what to aim at next, and who takes which part of it.
func (r *Review) proposalPart() string {
	n := r.Next
	switch {
	case r.Goals.Plan == nil:
		return paragraph(r.say("No target, so none is proposed for the next period.", "没有目标，因此不提出下一期建议。"))
	case n == nil:
		return r.without(historyFile, "nothing says what earlier years brought, so nothing is proposed", "不知道往年实绩，因此不提出建议") +
			r.otherYearText()
	}
	s := paragraph(r.say("Proposed for %s, by earlier years alone:", "对 %s 的建议（仅依据往年规律）：", r.label(n.Period)))
	if !n.Proposal.Target.Defined() {
		return s + r.items(n.Proposal.Reasons, target.Findings())
	}
	return s + r.proposed() + r.basis() + r.againstPlan() + r.splitSection()
}

func (r *Review) otherYearText() string {
	if !r.Other {
		return ""
	}
	return paragraph(r.say("Nothing says what earlier years brought, so nothing is proposed.", "不知道往年实绩，因此不提出建议。"))
}

func (r *Review) proposed() string {
	p := r.Next.Proposal
	t := newTable(left(""), right(r.say("Amount", "金额")), right(r.say("Chance", "达成概率")))
	names := []string{r.say("Base", "保底"), r.say("Target", "目标"), r.say("Stretch", "冲刺")}
	for i, amount := range []kpi.Value{p.Base, p.Target, p.Stretch} {
		chance := ""
		if i < len(p.Reasons) {
			chance = p.Reasons[i].Args["chance"]
		}
		t.row(names[i], number(amount, 0), chance)
	}
	return t.String()
}

// basis says on what the chances rest.
func (r *Review) basis() string {
	a := r.Next.Proposal.Reasons[3].Args
	return paragraph(r.say("The same period a year before brought %s; like periods grew by %s on average, over %s pairs; the middle of the outlook is %s.",
		"上年同期实绩 %s；%[3]s 组同期平均增长 %[2]s；预期中位数 %[4]s。", r.readable(a["base"]), a["growth"], a["pairs"], r.readable(a["middle"])))
}

// againstPlan sets the proposal beside what the plan asks and what the open
// deals let expect: earlier years know nothing of today's pipeline.
func (r *Review) againstPlan() string {
	n, f := r.Next, r.Forecast
	s := ""
	if n.Asked.Defined() {
		s = r.say("The plan asks %s of it; earlier years give that a chance of %s.", "计划要求 %s；按往年规律，达成概率 %s。", number(n.Asked, 0), r.likely(n.Chance))
	}
	if lacks := f.shortfall(); f.Landing.Period == n.Period && lacks.Defined() {
		s += r.say(" They do not see today's pipeline: open deals and those that usually follow bring %s, %s too little. Go by this lower figure: %s, or set the target lower.",
			"但往年规律不反映当前商机：在途及通常新增的商机只能带来 %s，缺 %s。应以这一较低数字为准：%s，否则下调目标。", number(f.Landed, 0), number(lacks, 0), r.moreDeals())
	} else if f.Landing.Period == n.Period && f.Landed.Defined() {
		s += r.say(" Open deals and those that usually follow bring %s.", "在途及通常新增的商机可带来 %s。", number(f.Landed, 0))
	}
	if s != "" {
		s = paragraph(strings.TrimSpace(s))
	}
	if r.Year.Covers(n.Period) {
		s += paragraph(r.say("The next year is proposed once this one is over.", "下一年度的建议须待本年结束后提出。"))
	}
	return s
}

// splitSection makes the first split, to teams, sellers and months.
func (r *Review) splitSection() string {
	n := r.Next
	if n.Split == nil {
		return ""
	}
	columns := []column{left(r.say("Who", "负责人")).atMost(26), right(r.say("Share", "占比")), right(r.label(n.Period))}
	months := n.Split.Periods()
	if len(months) > 3 {
		months, _ = r.Options.Calendar.Split(n.Period, calendar.Quarterly)
	}
	for _, m := range months {
		columns = append(columns, right(r.label(m)))
	}
	t := newTable(columns...)
	whole := n.Split.Cell(wholeCompany, n.Period)
	for _, row := range r.inTree(n.Split) {
		owner := row.owner
		cells := []string{row.shown, percent(n.Split.Cell(owner, n.Period).Div(whole)), number(n.Split.Cell(owner, n.Period), 0)}
		for _, m := range months {
			cells = append(cells, number(n.Split.Cell(owner, m), 0))
		}
		t.row(cells...)
	}
	s := heading(r.say("First split of the target", "目标的初步分解")) + t.String()
	s += paragraph(r.say("Weights: half what each won in the last four quarters, half the mean of all, so that one good or bad year does not set the next target; months by the season of the books.",
		"权重：一半按各人最近四个季度赢单，一半按全体均值，避免一年好坏决定下一目标；各月按账面季节性分配。"))
	return s + r.items(warnings(n.Findings), target.Findings())
}

func warnings(found []check.Finding) (kept []check.Finding) {
	for _, f := range found {
		if f.Severity >= check.Warning {
			kept = append(kept, f)
		}
	}
	return kept
}
