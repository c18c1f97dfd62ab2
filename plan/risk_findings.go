package plan

import "github.com/saleskpi/saleskpi/kpi/check"

// riskTemplates has the sentences of what [RiskLimits] finds.
func riskTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "reach_unlikely",
			English: "{subject} reaches its target of {target} in {period} with a chance of {chance}; under {least} is a risk.",
			Chinese: "{subject}在{period}达成目标{target}的可能性仅为{chance}，低于{least}即为风险。",
		},
		{
			Code:    "landing_below",
			English: "{subject} is expected to land at {landing} in {period}, {share} of its target of {target}.",
			Chinese: "{subject}的{period}预计收官{landing}，为目标{target}的{share}。",
		},
		{
			Code:    "landing_fell",
			English: "The landing of {subject} in {period} fell by {by} since {since}: from {before} to {after}.",
			Chinese: "{subject}的{period}预计收官自{since}以来下降{by}：由{before}降至{after}。",
		},
		{
			Code:    "late_wins",
			English: "Of what {subject} won in earlier periods ({periods}), {share} came in the last month: it is known late whether the target is reached.",
			Chinese: "{subject}此前{periods}个期间的赢单额有{share}来自最后一个月，能否达成往往到期末才知道。",
		},
		{
			Code:    "hangs_on_one_deal",
			English: "{share} of what open deals are expected to bring {subject} hangs on one: {deal} of {owner}.",
			Chinese: "{subject}在途商机的预计金额有{share}系于一单：{owner}的{deal}。",
		},
		{
			Code:    "hangs_on_one_customer",
			English: "{share} of what open deals are expected to bring {subject} hangs on one customer: {customer}.",
			Chinese: "{subject}在途商机的预计金额有{share}系于一个客户：{customer}。",
		},
		{
			Code:    "deals_untidy",
			English: "{n} of {of} open deals of {subject} ({share}) want cleaning up.",
			Chinese: "{subject}的{of}个在途商机中有{n}个（{share}）需要清理。",
		},
		{
			Code:    "created_slowly",
			English: "{subject} creates {per_day} of pipeline a day; the next periods need {needed}.",
			Chinese: "{subject}每天新增商机{per_day}，后续期间需要{needed}。",
		},
		{
			Code:    "goal_on_failed_assumption",
			English: "{name|goal} of {subject} rests on an assumption of {owner} that has not come true: {text}.",
			Chinese: "{subject}的目标“{name_zh|name|goal}”所依据的假设（{owner}）不成立：{text_zh|text}。",
		},
		{
			Code:    "drivers_differ",
			English: "The drivers of {name|goal} come to {due} due and {actual} reached; the goal itself says {goal_due} and {goal_actual}.",
			Chinese: "{name_zh|name|goal}的各驱动因素合成应达{due}、实绩{actual}，与目标本身的应达{goal_due}、实绩{goal_actual}不一致。",
		},
	}
}
