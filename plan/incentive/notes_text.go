package incentive

import "github.com/saleskpi/saleskpi/kpi/check"

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
			Chinese: "{subject}：无法计算提成（{reason_zh}）。",
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
