package main

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan/action"
)

// toReach says what would still bring the year to its target.
func (q Quarter) toReach(lang Lang) string {
	p := q.Levers
	if p == nil {
		return ""
	}
	if p.Gap.Sign() <= 0 {
		return paragraph(lang.say("The year: about %s as things go; nothing has to change.", "全年：照目前情况约可实现%s，无需额外调整。", about(p.Expected)))
	}
	var ways []string
	for _, n := range p.Levers {
		if n.Change.Defined() {
			ways = append(ways, lang.say("%s %s", "%s%s", lang.name(driver(n.Lever)), more(n.Change)))
		}
	}
	s := lang.say("The year: about %s as things go, %s short.", "全年：照目前情况约可实现%s，尚差%s。", about(p.Expected), about(p.Gap))
	switch {
	case len(ways) == 1:
		s += lang.gapBetween() + lang.say("This would do: %s.", "以下一项即可弥补：%s。", ways[0])
	case len(ways) > 1:
		s += lang.gapBetween() + lang.say("One of these would do: %s.", "以下任一项即可弥补：%s。", lang.list(ways))
	}
	switch {
	case p.Together.Change.Defined():
		s += lang.gapBetween() + lang.say("So would all together by %s.", "或各项同时%s。", more(p.Together.Change))
	case !p.Closed:
		s += lang.gapBetween() + lang.say("Even the best quarters of the last two years would leave %s.", "即使各项都达到近两年最好的季度，仍差%s。", about(p.Together.Short))
	}
	return paragraph(s)
}

// driver names what a lever moves in the formula of revenue.
func driver(lever action.Lever) string {
	switch lever {
	case action.Leads:
		return "deals"
	case action.Conversion:
		return "win_rate"
	}
	return "deal_size"
}

func more(v kpi.Value) string { return "+" + percent(v) }
