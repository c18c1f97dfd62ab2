package incentive

import (
	"cmp"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Notes explains every line: one finding for each, in their order, whose
// sentences [Findings] has in English and Chinese. They are made when they are
// asked for, as most statements are only summed.
func (s Statement) Notes() []check.Finding {
	notes := make([]check.Finding, len(s.Lines))
	for i := range s.Lines {
		notes[i] = s.note(&s.Lines[i])
	}
	return notes
}

func (s *Statement) note(l *Line) check.Finding {
	return check.Finding{Code: "line_" + l.story(), Severity: check.Info, Subject: cmp.Or(l.Credit, l.Component, s.Payee),
		Args: check.Args("component", l.Component, "deal", l.Deal, "day", l.Day, "of", span(l.Of), "tier", l.Tier,
			"original", l.Reverses, "base", number(l.Base.Abs(), 2), "rate", rateText(l.Rate), "kept", about(l.Kept), "reason", l.Amount.Reason(),
			"amount", s.Unit.Text(l.Amount), "size", s.Unit.Text(l.Amount.Abs()), "paid", s.Unit.Text(l.Paid),
			"held", s.Unit.Text(l.Held.Abs()), "cash", s.Unit.Text(l.Paid.Abs()), "collected", about(l.Collected))}
}

// rateText writes a rate.
func rateText(v kpi.Value) string {
	return number(cents(v, 6, kpi.HalfEven).Mul(kpi.Int(100)), 4) + " %"
}

// story names what happened to a line.
func (l *Line) story() string {
	switch {
	case l.Kind != Commission && l.Kind != Flat:
		return l.Kind.String()
	case !l.Amount.Defined():
		return "undefined"
	case l.Kept == kpi.Int(0):
		return "shut"
	case l.Tier == "" && l.Kind == Commission:
		return "outside"
	}
	words := []string{l.Kind.String()}
	if l.Kept.Defined() && l.Amount.Sign() >= 0 {
		words = append(words, "capped")
	}
	switch {
	case l.Amount.Sign() < 0 && l.Reverses != "":
		words = []string{"reversal"}
	case l.Amount.Sign() < 0 && l.Kind == Commission:
		words = []string{"deduction"}
	case l.Held.Sign() > 0:
		words = append(words, "held")
	}
	return strings.Join(words, "_")
}

func noteTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "line_commission",
			English: "{subject}: {base} at {rate} ({tier}) is {amount}, paid now.",
			Chinese: "{subject}：{base} 按 {rate}（{tier}）计提 {amount}，本期发放。",
		}, {
			Code:    "line_commission_held",
			English: "{subject}: {base} at {rate} ({tier}) is {amount}; {paid} is paid now and {held} held until the cash is in ({collected} so far).",
			Chinese: "{subject}：{base} 按 {rate}（{tier}）计提 {amount}；本期发放 {paid}，其余 {held} 待回款后发放（已回款 {collected}）。",
		}, {
			Code:    "line_commission_capped",
			English: "{subject}: {base} at {rate} ({tier}), of which the limits leave {kept}, is {amount}, paid now.",
			Chinese: "{subject}：{base} 按 {rate}（{tier}）计提，封顶后计 {kept}，即 {amount}，本期发放。",
		}, {
			Code:    "line_commission_capped_held",
			English: "{subject}: {base} at {rate} ({tier}), of which the limits leave {kept}, is {amount}; {paid} is paid now and {held} held until the cash is in ({collected} so far).",
			Chinese: "{subject}：{base} 按 {rate}（{tier}）计提，封顶后计 {kept}，即 {amount}；本期发放 {paid}，其余 {held} 待回款后发放（已回款 {collected}）。",
		}, {
			Code:    "line_reversal",
			English: "{subject} reverses {original}: {base} at {rate} ({tier}) takes back {size}, {cash} of it from pay and {held} from what was held.",
			Chinese: "{subject} 冲销 {original}：{base} 按 {rate}（{tier}）扣回 {size}，其中从已发放部分扣 {cash}，从暂扣部分扣 {held}。",
		}, {
			Code:    "line_deduction",
			English: "{subject}: {base} less at {rate} ({tier}) takes back {size}.",
			Chinese: "{subject}：减少 {base}，按 {rate}（{tier}）扣回 {size}。",
		}, {
			Code:    "line_outside",
			English: "{subject}: {base} lies in no tier and earns nothing.",
			Chinese: "{subject}：{base} 不在任何档内，不计提成。",
		}, {
			Code:    "line_shut",
			English: "{subject}: earns nothing; the gate of {component} is closed or its cap is used up.",
			Chinese: "{subject}：不计提成，{component}未达到发放门槛或已封顶。",
		}, {
			Code:    "line_undefined",
			English: "{subject}: what it earns cannot be said ({reason}).",
			Chinese: "{subject}：无法计算提成（{reason}）。",
		}, {
			Code:    "line_flat",
			English: "{subject}: {component} pays a flat amount ({tier}): {amount}.",
			Chinese: "{subject}：{component}（{tier}）发放定额 {amount}。",
		}, {
			Code:    "line_flat_held",
			English: "{subject}: {component} pays a flat amount ({tier}), {amount}; {paid} is paid now and {held} held until the cash is in ({collected} so far).",
			Chinese: "{subject}：{component}（{tier}）计定额 {amount}；本期发放 {paid}，其余 {held} 待回款后发放（已回款 {collected}）。",
		}, {
			Code:    "line_flat_capped",
			English: "{subject}: {component} pays a flat amount ({tier}), of which the limits leave {kept}: {amount}.",
			Chinese: "{subject}：{component}（{tier}）发放定额，封顶后计 {kept}，即 {amount}。",
		}, {
			Code:    "line_flat_capped_held",
			English: "{subject}: {component} pays a flat amount ({tier}), of which the limits leave {kept}, {amount}; {paid} is paid now and {held} held until the cash is in ({collected} so far).",
			Chinese: "{subject}：{component}（{tier}）计定额，封顶后计 {kept}，即 {amount}；本期发放 {paid}，其余 {held} 待回款后发放（已回款 {collected}）。",
		}, {
			Code:    "line_tier_limit",
			English: "The minimum or maximum of tier {tier} changes the pay of {component} by {amount}.",
			Chinese: "{tier}档的上下限使{component}变动 {amount}。",
		}, {
			Code:    "line_revaluation",
			English: "What {component} counted before this period moves to tier {tier}: {amount}.",
			Chinese: "{component}此前累计的部分改按{tier}档计：{amount}。",
		}, {
			Code:    "line_floor",
			English: "Topped up to the guaranteed minimum by {amount}.",
			Chinese: "补足至保底金额：{amount}。",
		}, {
			Code:    "line_release",
			English: "{subject}: {collected} of the cash is in, so {paid} held from {of} is paid.",
			Chinese: "{subject}：已回款 {collected}，发放 {of} 暂扣的 {paid}。",
		}, {
			Code:    "line_clawback",
			English: "{subject} reverses {original}: {size} is taken back as it was paid ({tier}), {cash} of it from pay and {held} from what was held.",
			Chinese: "{subject} 冲销 {original}：按原计提（{tier}）扣回 {size}，其中从已发放部分扣 {cash}，从暂扣部分扣 {held}。",
		}, {
			Code:    "line_correction",
			English: "{subject}: corrects {of} by {amount}; {paid} is paid with this statement.",
			Chinese: "{subject}：更正 {of} 的计算，差额 {amount}，随本期发放 {paid}。",
		}, {
			Code:    "line_advance",
			English: "The draw tops pay up by {amount}.",
			Chinese: "预支补足 {amount}。",
		}, {
			Code:    "line_recovery",
			English: "{size} is paid back on earlier draws.",
			Chinese: "归还此前预支 {size}。",
		},
	}
}
