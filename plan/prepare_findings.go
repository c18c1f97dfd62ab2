package plan

import "github.com/saleskpi/saleskpi/kpi/check"

// prepareTemplates has the sentences of what [Plan.Prepare] finds.
func prepareTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "above_reachable",
			English: "Our share of {name|subject}, {share}, is above what was thought reachable.",
			Chinese: "我们在{name_zh|name|subject}的份额{share}已超过设定的可达上限。",
		},
		{
			Code:    "need_unproven",
			English: "Ratings of the need {name|subject}: only {n}; under {needed} its rank says little.",
			Chinese: "需求“{name_zh|name|subject}”仅有{n}份评分，少于{needed}份时排名参考意义有限。",
		},
		{
			Code:    "need_without_evidence",
			English: "Nothing that customers said stands behind the need {name|subject}.",
			Chinese: "需求“{name_zh|name|subject}”没有客户反馈作为依据。",
		},
		{
			Code:    "capacity_short",
			English: "{subject} is to reach {target}; by people, ramp and working days it can do {capacity}.",
			Chinese: "{subject}的目标为{target}，按人数、爬坡和工作日测算的产能为{capacity}。",
		},
		{
			Code:    "history_gaps",
			English: "The history of {subject} in {metric_name|metric} lacks {periods} ({n} in all).",
			Chinese: "{subject}的{metric_name_zh|metric}历史数据缺少{n}个期间：{periods}。",
		},
		{
			Code:    "assumption_overdue",
			English: "{owner} was to look by {review} whether an assumption holds: {text}.",
			Chinese: "{owner}应于{review}前复核假设：{text_zh|text}。",
		},
		{
			Code:    "assumption_fails",
			English: "An assumption of {owner} has not come true: {text}.",
			Chinese: "{owner}的假设不成立：{text_zh|text}。",
		},
	}
}
