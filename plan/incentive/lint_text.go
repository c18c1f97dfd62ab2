package incentive

import "github.com/saleskpi/saleskpi/kpi/check"

func lintTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "cliff",
			English: "{subject} jumps by {jump} at {at}: {short} just short of it, {there} there. Deals will be moved over that line.",
			Chinese: "{subject}在 {at} 处陡增 {jump}（差一点为 {short}，达到为 {there}），易诱发压单或凑单。",
		}, {
			Code:    "falling_pay",
			English: "{subject} falls by {jump} at {at}: more is sold and less is paid.",
			Chinese: "{subject}在 {at} 处减少 {jump}，业绩增加而报酬下降。",
		}, {
			Code:    "falling_pay_along",
			English: "{subject} falls from {from} to {to}: each further unit costs the seller {rate}.",
			Chinese: "{subject}在 {from} 至 {to} 之间递减，每多一单位业绩少得 {rate}。",
		}, {
			Code:    "tier_gap",
			English: "{subject} pays nothing for what lies between {from} and {to}: no tier holds it.",
			Chinese: "{subject}在 {from} 与 {to} 之间没有档位，该部分不计提成。",
		}, {
			Code:    "tiers_overlap",
			English: "The tiers {first} and {second} of {subject} overlap from {at} on; the plan cannot pay.",
			Chinese: "{subject}的{first}档与{second}档自 {at} 起重叠，方案无法计算。",
		}, {
			Code:    "steep",
			English: "{subject} pays {rate} of each further unit from {from} to {to}; at most {most} is wanted.",
			Chinese: "{subject}在 {from} 至 {to} 之间的边际提成率为 {rate}，超过上限 {most}。",
		}, {
			Code:    "no_quota",
			English: "What {subject} pays cannot be looked at without a quota ({reason}).",
			Chinese: "{subject}缺少目标（{reason}），无法检查其报酬。",
		}, {
			Code:    "over_budget",
			English: "As the past was, {subject} would cost {cost} for {payees} payees, {over} over the budget of {budget}.",
			Chinese: "按以往达成情况，{subject}对 {payees} 人的成本为 {cost}，超出预算 {budget} 达 {over}。",
		},
	}
}
