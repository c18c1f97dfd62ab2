package main

import (
	"strings"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
)

// funnelSection shows how deals move, how long they take, and what is open.
func (r *Review) funnelSection() string {
	return heading(r.say("Sales funnel: all %s deals on record, from %s", "销售漏斗：自 %[2]s 起有记录的全部 %[1]s 个商机",
		whole(r.Funnel.ByList.Counts.Counted), r.Records.FirstDay())) +
		r.rates() + r.cohortNote() +
		heading(r.say("Open pipeline: %s deals, %s at list price", "进行中的商机：%s 个，按目录价 %s",
			whole(r.Funnel.ByList.Counts.Open), number(r.Funnel.ByList.Open.Total().Value.Sum, 0))) +
		r.ageFacts() + r.staleNote()
}

// reached narrows from all deals to those won.
func (r *Review) reached() string {
	all := r.Funnel.ByList
	closed := all.Counts.Won + all.Counts.Lost
	begun, engaged := all.Stages[0].Reached, all.Stages[1].Reached
	of := func(part, whole int64) string { return percent(kpi.Frac(part, whole)) }
	if engaged == 0 || closed == 0 {
		return r.say("%s prospecting, %s engaged, %s closed", "潜在 %s，接洽 %s，关闭 %s", whole(begun), whole(engaged), whole(closed))
	}
	return r.say("%s prospecting, %s engaged (%s), %s closed (%s), %s won", "潜在 %s，接洽 %s（%s），关闭 %s（%s），赢单 %s",
		whole(begun), whole(engaged), of(engaged, begun), whole(closed), of(closed, engaged), whole(all.Counts.Won))
}

// rates gives win rates and cycles, each with what it is of.
func (r *Review) rates() string {
	var lines facts
	lines.add(r.say("Reached", "到达"), r.reached())
	rate := r.Funnel.ByList.WinRate
	if !rate.Value().Defined() {
		return lines.String() + paragraph(r.say("No deal has closed yet, so there is no win rate and no cycle.", "尚无已关闭的商机，因此没有赢单率和销售周期。"))
	}
	lines.add(r.say("Win rate", "赢单率"), r.say("%s by count: %s won of %s closed", "按数量 %s：%[3]s 个已关闭商机中赢 %[2]s 个",
		percent(rate.Value()), number(rate.Num(), 0), number(rate.Den(), 0)))
	lines.add("", r.winRateByValue(r.Funnel.ByList.WinRateByValue.Value()))
	if won, closed := r.Sales.counts(wholeCompany); closed.Sign() > 0 && closed != rate.Den() {
		lines.add("", r.say("%[4]s alone: %[1]s by count, %[2]s won of %[3]s closed", "仅 %[4]s：按数量 %[1]s，%[3]s 个已关闭商机中赢 %[2]s 个",
			percent(won.Div(closed)), number(won, 0), number(closed, 0), r.label(r.Year)))
	}
	if size := r.dealSize(); size != "" {
		lines.add(r.say("Deal size", "单均金额"), size)
	}
	lines.add(r.say("Cycle, won", "赢单周期"), r.cycle(r.Funnel.ByList.Won.Cycle))
	lines.add(r.say("Cycle, lost", "丢单周期"), r.cycle(r.Funnel.ByList.Lost.Cycle))
	r.conversionFacts(&lines)
	r.cohortFact(&lines)
	r.bottleneckFact(&lines)
	r.wayFacts(&lines)
	return lines.String()
}

func (r *Review) winRateByValue(byList kpi.Value) string {
	listed := r.lang().orWhy(byList, percent(byList))
	byAmount := r.Funnel.ByAmount.WinRateByValue.Value()
	if byAmount.Reason() == kpi.NoAmount {
		return r.say("by value undefined, because lost deals carry no amounts; %s by list price", "按金额无法计算（丢单没有金额）；按目录价 %s", listed)
	}
	return r.say("%s by value; %s by list price", "按金额 %s；按目录价 %s", r.lang().orWhy(byAmount, percent(byAmount)), listed)
}

func (r *Review) cycle(d funnel.Durations) string {
	if d.N == 0 {
		return r.lang().orWhy(d.Median, "")
	}
	return r.say("median %s days; half take %s to %s, nine in ten at most %s; mean %s (%s deals)",
		"中位数 %s 天；一半在 %s 到 %s 天之间，九成不超过 %s 天；平均 %s 天（%s 个）",
		days(d.Median), days(d.P25), days(d.P75), days(d.P90), days(d.Mean), whole(d.N))
}

// cohortFact says of the deals that were engaged in one quarter how many were
// won in time; of those that are too young or not comparable nothing.
func (r *Review) cohortFact(lines *facts) {
	var rates []string
	young := 0
	for _, c := range r.Funnel.ByList.Cohorts {
		switch {
		case c.LeftTruncated:
		case !c.Mature:
			young++
		case c.Conversion.Value().Defined():
			rates = append(rates, c.Label+" "+percent(c.Conversion.Value()))
		}
	}
	if len(rates) == 0 {
		return
	}
	text := r.say("engaged in %s", "接洽于 %s", strings.Join(rates[max(0, len(rates)-8):], r.lang().say(", ", "、")))
	if young > 0 {
		text += r.say("; later ones are too young to tell", "；更晚接洽的时间太短，尚不能判断")
	}
	lines.add("", text)
}

// cohortNote says why early cohorts have no rate.
func (r *Review) cohortNote() string {
	from := r.Funnel.ByList.Window.ClosingsFrom
	for _, c := range r.Funnel.ByList.Cohorts {
		if c.LeftTruncated {
			return paragraph(r.say("Closings are known from %s only: earlier cohorts are not comparable.",
				"关闭记录自 %s 起才有：更早的同期群不可比。", from))
		}
	}
	return ""
}

// ageFacts says how old the open deals are, stale ones apart.
func (r *Review) ageFacts() string {
	open := r.Funnel.ByList.Open
	var lines facts
	group := func(name string, all funnel.Holding, of func(funnel.OpenLine) funnel.Holding) {
		if all.Deals == 0 {
			return
		}
		var ages []string
		add := func(name string, l funnel.OpenLine) {
			if h := of(l); h.Deals > 0 {
				ages = append(ages, r.say("%s: %s (%s)", "%s %s 个（%s）", name, whole(h.Deals), r.worth(h)))
			}
		}
		for _, b := range open.Buckets {
			add(r.ages(b), b.OpenLine)
		}
		add(r.say("no engage date", "无接洽日期"), open.NoAge)
		lines.add(name, r.say("%s deals, %s; by days since engaged %s", "%s 个，%s；按接洽至今 %s", whole(all.Deals), r.worth(all), strings.Join(ages, r.lang().say(", ", "、"))))
	}
	group(r.say("Live", "活跃"), open.Live, func(l funnel.OpenLine) funnel.Holding { return l.Live })
	group(r.say("Stale", "停滞"), open.Stale, func(l funnel.OpenLine) funnel.Holding { return l.Stale })
	return lines.String()
}

// worth gives the list value of open deals; there is none of no deals.
func (r *Review) worth(h funnel.Holding) string { return number(h.Value.Sum, 0) }

func (r *Review) ages(b funnel.AgeBucket) string {
	if b.To < 0 {
		return r.say("over %s", "%s 天以上", whole(b.From-1))
	}
	return r.say("%s to %s", "%s 至 %s 天", whole(b.From), whole(b.To))
}

// staleNote says which open deals are hardly alive.
func (r *Review) staleNote() string {
	open, s := r.Funnel.ByList.Open, ""
	if open.StaleAge.Defined() {
		s += paragraph(r.say("Stale is older than %s days, as 1 in 100 closed deals was, or 30 days past its own close date.",
			"停滞：超过 %s 天（已关闭商机中仅 1 %% 如此），或超过自身预计成交日 30 天。", days(open.StaleAge)))
	}
	if open.OlderThanAnyClosed > 0 {
		s += paragraph(r.say("%s of %s engaged deals are older than any deal that ever closed (%s days).",
			"%[2]s 个接洽中的商机里有 %[1]s 个持续天数超过有史以来任何已关闭商机（%[3]s 天）。", whole(open.OlderThanAnyClosed), whole(open.Ages.N), days(open.OldestClosed)))
	}
	for _, f := range r.Funnel.ByList.Findings {
		if f.Code == "stale_age_unknown" || f.Code == "stale_past_close" || f.Code == "no_horizon" {
			s += paragraph(r.lang().sentence(f, funnel.Findings()))
		}
	}
	return s
}
