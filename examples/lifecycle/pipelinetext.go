package main

import (
	"fmt"
	"slices"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

func (q Quarter) view() plan.FunnelView { return q.Review.Beside.Funnels[0] }

// came sets what was expected of the quarter before it began against what it
// brought, in thousands that add up.
func (q Quarter) came(lang Lang) string {
	c := q.view().Change
	before := rounded(c.Before.Total)
	won := rounded(c.Line(funnel.DealWon).Adds.Total.Add(c.OtherLine(forecast.NewDeals).Adds.Total))
	lost := rounded(c.Line(funnel.DealLost).Adds.Total)
	open := c.After.Total.Sub(before).Sub(won).Sub(lost)
	k := q.Alone.Goals[0].Owners[0].Tracking
	return paragraph(lang.say("The quarter alone: %s of its target of %s, %s%s. On %s about %s was expected: wins %s beyond what was counted on, losses %s, deals still open %s.",
		"本季度单独看：实际%s，季度目标%s，达成率%s%s。%s时预计约%s：赢单超出预计%s，丢单影响%s，未结单商机影响%s。",
		amount(k.Actual), amount(k.Target), attained(k.Attainment), q.alone(lang), c.From, amount(before), signed(won), signed(lost), signed(open)))
}

// alone says who reached the target of the quarter and who did not, the best
// first in each. In the first quarter the table above says so.
func (q Quarter) alone(lang Lang) string {
	if q.Period.Start() == year(2026).Start() {
		return ""
	}
	var met, missed []string
	lines := slices.Clone(q.Alone.Goals[0].Owners)
	slices.SortFunc(lines, func(a, b plan.OwnerReview) int { return b.Tracking.Attainment.Compare(a.Tracking.Attainment) })
	for _, o := range lines {
		name := lang.name(o.Owner) + " " + attained(o.Tracking.Attainment)
		switch {
		case !slices.Contains(sellers(), o.Owner):
		case o.Tracking.Status == target.Met:
			met = append(met, name)
		default:
			missed = append(missed, name)
		}
	}
	return lang.say("; reached by %s, not by %s", "；达成者：%s；未达成者：%s", lang.some(met), lang.some(missed))
}

// stages shows how deals went on from stage to stage in the quarter.
func (q Quarter) stages(lang Lang) string {
	next := map[string]string{"qualified": "proposal", "proposal": "negotiation", "negotiation": "won"}
	t := table{{lang.say("Funnel", "漏斗"), lang.say("decided", "有结果"), lang.say("went on", "进入下一阶段"), lang.say("rate", "转化率"), lang.say("four quarters before", "前四个季度")}}
	for _, from := range []string{"qualified", "proposal", "negotiation"} {
		for _, b := range q.Pipeline.Stages.Stages {
			if b.Stage == from {
				t.row(lang.name(from)+" → "+lang.name(next[from]), amount(b.Now.Den()), amount(b.Now.Num()), percent(b.Now.Value()), percent(b.Usual.Value()))
			}
		}
	}
	return t.String() + paragraph(q.bottleneck(lang)+lang.gapBetween()+q.lost(lang))
}

// bottleneck names the stage that costs most, or says that none does.
func (q Quarter) bottleneck(lang Lang) string {
	if worst := q.Pipeline.Stages.Worst; worst != nil {
		return lang.say("The bottleneck is %s: at its usual rate it would have brought about %s more.", "瓶颈在“%s”：若恢复平时水平，约可多赢%s。", lang.name(worst.Stage), about(worst.Gain))
	}
	return lang.say("No stage is worse than usual by more than chance.", "没有哪个阶段明显低于平时（差异在随机波动之内）。")
}

func (q Quarter) lost(lang Lang) string {
	var parts []string
	for _, r := range q.Pipeline.Lost.Reasons {
		parts = append(parts, fmt.Sprintf("%s %d", lang.name(r.Reason), r.Named))
	}
	return lang.say("Lost %d deals: %s.", "丢单%d个：%s。", q.Pipeline.Lost.Deals, lang.list(parts))
}

// outlook says where the coming quarter will end, and whether there are deals
// enough for it.
func (q Quarter) outlook(lang Lang) string {
	v := q.view()
	n, cover := v.Landing, v.Cover.Periods[0]
	s := lang.say("Next, %s: about %s (%s from open deals, %s from new ones), in four cases of five %s to %s",
		"下一季度%s：预计%s（在途商机%s，新增商机%s），80 %%的情况下介于%s与%s之间", label(n.Period), about(n.Total.Value), about(n.Open.Value), amount(rounded(n.Total.Value).Sub(rounded(n.Open.Value))), estimate(n.Spread.P10), estimate(n.Spread.P90))
	if !n.Target.Defined() {
		return paragraph(s + lang.say("; it has no target yet. Open deals for it: %s.", "；尚无目标。对应的在途商机%s。", amount(cover.Open.Value.Sum)))
	}
	enough := lang.say("enough", "足够")
	if cover.Short.Sign() > 0 {
		enough = lang.say("deals for %s are missing", "还缺%s的商机", amount(cover.Short))
	}
	return paragraph(s + lang.say("; the target of %s has a chance of %s. Open deals cover %s times the target, %s times were needed before: %s.",
		"；达成目标%s的可能性为%s。对应的在途商机为目标的%s倍，以往需要%s倍：%s。", amount(n.Target), chance(n.Spread.Reach), ratio(cover.Ratio.Value()), ratio(cover.Needed), enough))
}

// deciding names the deals that decide the coming quarter, by customer.
func (l *Life) deciding(lang Lang, q Quarter) string {
	aimed := q.view().Landing.Target.Defined()
	var parts []string
	for _, d := range q.view().Decisive.Deals {
		text := lang.say("%s (%s, %s", "%s（%s，%s", lang.name(l.customer(d.ID)), lang.name(d.Owner), amount(d.Value))
		if aimed {
			text += lang.say(": %s or %s", "：%s或%s", chance(d.IfWon), chance(d.IfLost))
		}
		parts = append(parts, text+lang.say(")", "）"))
	}
	if aimed {
		return paragraph(lang.say("Deals that decide it, with the chance of the target if won or lost: %s.", "关键商机（赢单或丢单时的达标可能性）：%s。", lang.list(parts)))
	}
	return paragraph(lang.say("Its largest deals: %s.", "其中最大的商机：%s。", lang.list(parts)))
}

func (l *Life) customer(deal string) string {
	for _, d := range l.deals {
		if d.ID == deal {
			return d.Customer
		}
	}
	return deal
}

// tidy says which open deals nobody can believe in, and whose they are.
func (q Quarter) tidy(lang Lang) string {
	h := q.view().Hygiene
	var whose []string
	for _, o := range h.Owners {
		if n := o.Count(forecast.CloseDatePast); n > 0 {
			whose = append(whose, fmt.Sprintf("%s %d", lang.name(o.Owner), n))
		}
	}
	if len(whose) == 0 {
		return paragraph(lang.say("The %d open deals are in order.", "%d个在途商机均无异常。", h.All.Open.Deals))
	}
	s := lang.say("To clean up: %d of %d open deals; past the day of their close: %d (%s)", "待清理：%[2]d个在途商机中的%[1]d个，其中%[3]d个已过预计成交日（%[4]s）",
		h.All.Untidy.Deals, h.All.Open.Deals, h.All.Count(forecast.CloseDatePast), lang.list(whose))
	if n := h.All.Count(forecast.OlderThanAnyClosed); n > 0 {
		s += lang.say("; older than any deal ever was when it closed: %d", "；%d个的存续时间超过以往所有结单商机", n)
	}
	if n := h.All.Count(forecast.NoActivity); n > 0 {
		s += lang.say("; without a move for %d days: %d", "；%[2]d个已%[1]d天没有进展", h.QuietDays, n)
	}
	if n := h.All.Count(forecast.PushedOften); n > 0 {
		s += lang.say("; put off twice or more: %d", "；%d个被推迟过两次及以上", n)
	}
	return paragraph(s + lang.say(".", "。"))
}

// ratio writes a multiple, such as 1.31.
func ratio(v kpi.Value) string {
	if !v.Defined() {
		return none
	}
	return v.Text(2, kpi.HalfEven)
}
