package action

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func promiseTemplates() check.Templates {
	return check.Templates{
		{Code: "promise_reaches",
			English: "The strategies promise {landing} in the period against a target of {target}; without them it would be {baseline}.",
			Chinese: "各项策略在本期内预计实现{landing}，目标为{target}；若无策略则为{baseline}。"},
		{Code: "promise_falls_short",
			English: "The strategies promise {landing} in the period against a target of {target}, {left} off; without them it would be {baseline}.",
			Chinese: "各项策略在本期内预计实现{landing}，距目标{target}尚差{left}；若无策略则为{baseline}。"},
		{Code: "lands_after",
			English: "{name}: what it does to the goal ({change}) shows from {begins} on, after the period. Nothing of it lands inside.",
			Chinese: "“{name_zh}”的效果（{change_zh}）自{begins}起才见效，已在本期之后，本期内不会体现。"},
		{Code: "lands_partly",
			English: "{name}: what it does to the goal ({change}) shows from {begins} on, in {part|share} of the period.",
			Chinese: "“{name_zh}”的效果（{change_zh}）自{begins}起见效，仅覆盖本期{part_zh|share}。"},
		{Code: "ended_before",
			English: "{name}: what it does to the goal ({change}) has worn off before the period begins.",
			Chinese: "“{name_zh}”的效果（{change_zh}）在本期开始前已失效。"},
		{Code: "same_lever_compound",
			English: "{strategies} move the same lever ({lever}); each counts once, on top of the others.",
			Chinese: "{strategies_zh}作用于同一杠杆（{lever_zh}），各计一次，逐项复合。"},
		{Code: "same_lever_larger",
			English: "{strategies} move the same lever ({lever}); only the largest rise and the largest fall count.",
			Chinese: "{strategies_zh}作用于同一杠杆（{lever_zh}），只计最大的增幅与最大的降幅。"},
		{Code: "lever_not_in_formula",
			English: "{name} moves a lever ({lever}) that the formula of the goal does not have: it promises nothing for it.",
			Chinese: "“{name_zh}”作用的杠杆（{lever_zh}）不在该目标的公式中，对该目标没有贡献。"},
		{Code: "share_full",
			English: "Together the strategies would lift {driver} above 100 %; it counts as 100 %.",
			Chinese: "各项策略叠加后{driver}将超过100 %，按100 %计。"},
		{Code: "strategy_worsens",
			English: "By its own figures {name} makes the goal worse, by {amount}.",
			Chinese: "按其自身数据，“{name_zh}”会使目标变差{amount}。"},
	}
}

// findings says what the reader of a promise should know.
func (c *composer) findings(p *Plan, r *Promise) []check.Finding {
	w := &scribe{found: []check.Finding{}}
	text := alike(c.aim.Unit, r.Landing, r.Target, r.Baseline)
	args := []any{"landing", text(r.Landing), "target", text(r.Target), "baseline", text(r.Baseline), "left", text(r.Left.Abs())}
	switch r.Outcome {
	case kpi.TargetMet:
		w.add("promise_reaches", check.Info, r.Goal, args...)
	case kpi.TargetMissed:
		w.add("promise_falls_short", check.Critical, r.Goal, args...)
	}
	for i, s := range c.strategies {
		c.findEffects(w, s, c.effects[i])
		if good := kpi.Favourable(c.aim.Direction, r.Strategies[i].Full, kpi.Int(0)); good.Sign() < 0 {
			en, zh := s.titles()
			w.add("strategy_worsens", check.Warning, s.ID, "name", en, "name_zh", zh, "amount", text(good.Abs()))
		}
	}
	c.findSame(w, p.strategyNames(index(*p)))
	c.findFull(w)
	return w.found
}

func (c *composer) findEffects(w *scribe, s *Strategy, effects []EffectPromise) {
	en, zh := s.titles()
	for _, e := range effects {
		args := []any{"name", en, "name_zh", zh, "lever", e.Lever.Title("en"), "lever_zh", e.Lever.Title("zh"),
			"change", e.Lever.Title("en") + " " + change(e.Change), "change_zh", e.Lever.Title("zh") + change(e.Change),
			"begins", e.Begins, "share", kpi.Share(0).Text(e.Share)}
		args = append(args, clock{c.aim.Work}.part(e.Share)...)
		switch {
		case !e.Counted:
			w.add("lever_not_in_formula", check.Warning, s.ID, args...)
		case e.Landing.IsZero() && (e.Ends.IsZero() || e.Ends >= c.aim.Period.Start()):
			w.add("lands_after", check.Critical, s.ID, args...)
		case e.Landing.IsZero():
			w.add("ended_before", check.Warning, s.ID, args...)
		case e.Landing != c.aim.Period:
			w.add("lands_partly", check.Warning, s.ID, args...)
		}
	}
}

// findSame names the strategies that move one lever.
func (c *composer) findSame(w *scribe, called namer) {
	for l := Leads; l < levers; l++ {
		ids := []string{}
		for i, s := range c.strategies {
			for _, e := range c.effects[i] {
				if e.Lever == l && e.Counted {
					ids = append(ids, s.ID)
				}
			}
		}
		if len(ids) > 1 {
			w.add("same_lever_"+c.stacking.String(), check.Info, l.String(),
				append([]any{"lever", l.Title("en"), "lever_zh", l.Title("zh")}, called.list("strategies", ids, len(ids))...)...)
		}
	}
}

// findFull names the shares that would rise above 1.
func (c *composer) findFull(w *scribe) {
	f := c.factors(c.every(), func(EffectPromise) bool { return true })
	for _, id := range c.aim.Formula.References() {
		if d := c.drivers[id]; d.tops(d.Value.Mul(f[d.Lever])) {
			w.add("share_full", check.Warning, id, "driver", id)
		}
	}
}
