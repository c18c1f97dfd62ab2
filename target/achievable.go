package target

import (
	"math"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// achievable judges the amounts of a goal by everything that was handed in.
func achievable(g Goal, e Evidence, a Assessment) Criterion {
	m, _ := e.metric(g)
	limits := e.Standards.orDefault()
	found := byHistory(g, m, limits, a)
	if e.Capacity != nil && m.Direction == kpi.HigherIsBetter && e.Capacity.Amount().Less(g.Target) {
		found = append(found, critical("above_capacity", g.ID, "target", m.Unit.Text(g.Target), "passes", m.Unit.Text(e.Capacity.Amount())))
	}
	found = append(found, byMarket(g, m, e, limits, a)...)
	found = append(found, byPipeline(g, m, e)...)
	if len(e.Sellers) > 0 {
		found = append(found, bySellers(g, e.Sellers, limits))
	}
	return criterion(found, notice("achievable_ok", g.ID, "chance", percentOf(a.Chance), "growth", text(a.Needed), "seen", percentOf(a.Outlook.Growth)))
}

// byHistory compares the chances with what passes. The value that would pass
// is the amount reached with the nearest chance that does, in whole units of
// the metric, on the side that passes: "passes" is made to be read, "value" is
// the number.
func byHistory(g Goal, m kpi.Metric, limits Standards, a Assessment) []check.Finding {
	switch {
	case a.Outlook.Pairs < a.Outlook.Needed && a.Chance.Reason() != kpi.NotApplicable:
		return []check.Finding{warning("too_few_pairs", g.ID, "pairs", a.Outlook.Pairs, "passes", a.Outlook.Needed)}
	case !a.Chance.Defined():
		return []check.Finding{warning("no_outlook", g.ID, "reason", a.Chance.Reason().Title("en"), "reason_zh", a.Chance.Reason().Title("zh"))}
	}
	var found []check.Finding
	add := func(f check.Finding, chance kpi.Estimate, passes kpi.Value, easier bool) {
		side := math.Ceil
		if easier == (m.Direction == kpi.HigherIsBetter) {
			side = math.Floor
		}
		value, shown := rounded(a.Outlook.Quantile(below(m.Direction, passes)), m.Unit, side)
		f.Args = check.Args("chance", percentOf(chance), "least", percent(passes), "passes", shown, "value", value,
			"growth", text(a.Needed), "seen", percentOf(a.Outlook.Growth))
		found = append(found, f)
	}
	switch {
	case chance(a.Chance).Less(limits.TooHigh):
		add(critical("target_too_high", g.ID), a.Chance, limits.TooHigh, true)
	case limits.TooLow.Less(chance(a.Chance)):
		add(warning("target_too_low", g.ID), a.Chance, limits.TooLow, false)
	}
	if chance(a.BaseChance).Less(limits.Base) {
		add(warning("base_too_high", g.ID), a.BaseChance, limits.Base, true)
	}
	switch {
	case chance(a.StretchChance).Less(limits.StretchLow):
		add(warning("stretch_too_high", g.ID), a.StretchChance, limits.StretchLow, true)
	case limits.StretchHigh.Less(chance(a.StretchChance)):
		add(warning("stretch_too_low", g.ID), a.StretchChance, limits.StretchHigh, false)
	}
	return found
}

// chance gives a chance in steps of a ten-thousandth, so that no verdict
// hangs on the last bits of an estimate.
func chance(e kpi.Estimate) kpi.Value {
	f, ok := e.Float64()
	if !ok {
		return kpi.Undefined(e.Reason())
	}
	return kpi.Frac(int64(math.Round(f*10000)), 10000)
}

// below gives the quantile that is reached with a chance.
func below(d kpi.Direction, chance kpi.Value) kpi.Value {
	if d == kpi.LowerIsBetter {
		return chance
	}
	return kpi.Int(1).Sub(chance)
}

// byMarket compares the share that the goal asks for with what there is, what
// is within reach and what was held before.
func byMarket(g Goal, m kpi.Metric, e Evidence, limits Standards, a Assessment) []check.Finding {
	if e.Market == nil || !a.MarketShare.Defined() {
		return nil
	}
	share := a.MarketShare
	_, before := e.Market.shares(g, m)
	reach, most := e.Market.Reachable.Div(e.Market.Size), before.Mul(kpi.Int(1).Add(limits.ShareGain))
	if kpi.Int(1).Less(share) {
		return []check.Finding{critical("above_market", g.ID, "target", m.Unit.Text(g.Target), "passes", e.Market.show(m, kpi.Int(1)))}
	}
	var found []check.Finding
	if reach.Less(share) {
		found = append(found, warning("beyond_reach", g.ID, "share", percent(share), "reach", percent(reach), "passes", e.Market.show(m, reach)))
	}
	if most.Less(share) {
		found = append(found, warning("share_gain", g.ID, "share", percent(share), "before", percent(before), "passes", e.Market.show(m, most)))
	}
	if found == nil {
		found = []check.Finding{notice("share_implied", g.ID, "share", percent(share), "before", text(before))}
	}
	return found
}

// byPipeline compares what is under way with what is missing.
func byPipeline(g Goal, m kpi.Metric, e Evidence) []check.Finding {
	if e.Pipeline == nil || !g.Target.Defined() || !e.Pipeline.Needed.Defined() {
		return nil
	}
	p := *e.Pipeline
	missing := g.Target.Sub(p.Won.Or(kpi.Int(0)))
	needed := missing.Mul(p.Needed)
	if missing.Sign() <= 0 || !p.Open.Less(needed) {
		return nil
	}
	return []check.Finding{warning("pipeline_short", g.ID, "coverage", p.Open.Div(missing).Text(2, kpi.Down), "needed", p.Needed.Text(2, kpi.Up), "open", m.Unit.Text(p.Open), "passes", m.Unit.Text(needed))}
}

// bySellers judges a team's targets by how many are expected to reach them.
func bySellers(g Goal, sellers []kpi.Estimate, limits Standards) check.Finding {
	sum, n := kpi.Int(0), int64(0)
	for _, e := range sellers {
		if e.Defined() {
			sum, n = sum.Add(chance(e)), n+1
		}
	}
	expected := sum.Div(kpi.Int(n))
	args := []any{"share", text(expected), "n", n, "of", len(sellers), "passes", percent(limits.SellersLow) + " – " + percent(limits.SellersHigh)}
	switch {
	case n == 0:
		return warning("sellers_unknown", g.ID, "of", len(sellers))
	case expected.Less(limits.SellersLow):
		return warning("sellers_below", g.ID, args...)
	case limits.SellersHigh.Less(expected):
		return warning("sellers_above", g.ID, args...)
	}
	return notice("sellers_ok", g.ID, args...)
}

// text writes a share for a sentence, and a dash where there is none.
func text(v kpi.Value) string {
	if !v.Defined() {
		return "–"
	}
	return percent(v)
}
