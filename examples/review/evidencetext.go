package main

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
)

// share gives an estimate as a percentage, and why there is none.
func (r *Review) share(e kpi.Estimate) string {
	f, ok := e.Float64()
	if !ok {
		return r.lang().reason(e.Reason())
	}
	return percent(kpi.Frac(int64(f*10_000+0.5), 10_000))
}

// between gives an interval in words, "" where there is none.
func (r *Review) between(low, high kpi.Estimate) string {
	if !low.Defined() || !high.Defined() {
		return ""
	}
	return r.say(" (95 %% sure: %s to %s)", "（95 %% 置信：%s 至 %s）", r.share(low), r.share(high))
}

// conversionFacts says how many deals are won in time, of those that had the time.
func (r *Review) conversionFacts(lines *facts) {
	c := r.Evidence.Conversion
	if !c.Within.Defined() {
		return
	}
	mature := c.Mature.Ratio
	lines.add(r.say("Won in time", "按期赢单"), r.say("%s of the %s deals that had their %s days%s", "在已满 %[3]s 天的 %[2]s 个商机中占 %[1]s%[4]s",
		r.lang().orWhy(mature.Value(), percent(mature.Value())), number(mature.Den(), 0), days(c.Within), r.between(c.Mature.Interval.Low, c.Mature.Interval.High)))
}

// bottleneckFact says which stage is worse than usual.
func (r *Review) bottleneckFact(lines *facts) {
	b := r.Evidence.Bottleneck
	name := r.say("Bottleneck", "瓶颈")
	if w := b.Worst; w != nil {
		lines.add(name, r.say("%s: %s went on, usually %s; worth %s at list price", "%s：推进 %s，通常为 %s；按目录价相当于 %s",
			r.stage(w.Stage), percent(w.Now.Value()), percent(w.Usual.Value()), number(w.Gain, 0)))
		return
	}
	for _, f := range b.Findings {
		if f.Code == "no_bottleneck" || f.Code == "bottleneck_unknown" || f.Code == "few_like_periods" {
			lines.add(name, r.lang().sentence(f, funnel.Findings()))
			name = ""
		}
	}
}

// wayFacts says how many deals the year's target still takes.
func (r *Review) wayFacts(lines *facts) {
	way := r.Evidence.Way
	if way == nil || !way.New.Defined() || way.Remaining.Sign() <= 0 {
		return
	}
	first := way.Stages[len(way.Stages)-1] // the stage of engaged deals
	lines.add(r.say("To target", "距离目标"), r.say("%s remain: %s wins of %s on average", "还差 %s：按平均 %[3]s 需再赢 %[2]s 单",
		number(way.Remaining, 0), number(way.Wins, 0), number(way.AverageWon, 0)))
	switch {
	case first.Late:
		lines.add("", r.say("%s more deals must be engaged, but from there it takes %s days: the last day was %s", "还需接洽 %s 个商机，但从接洽到赢单需 %s 天：最晚日期 %s 已过",
			number(first.Enter, 0), days(first.Days), first.By))
	case way.Wins.Sign() > 0:
		lines.add("", r.say("%s deals must be engaged, %s are; %s more by %s", "需接洽 %s 个商机，现有 %s 个；还需 %s 个，最晚 %s",
			number(first.Needed, 0), whole(first.Have), number(first.Enter, 0), first.By))
	}
}

func (r *Review) stage(id string) string {
	if id == Prospecting {
		return r.say("Prospecting", "潜在")
	}
	return r.say("Engaging", "接洽")
}
