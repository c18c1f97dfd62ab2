package plan

import "github.com/saleskpi/saleskpi/kpi/check"

// prepareTemplates has the sentences of what [Plan.Prepare] finds.
func prepareTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "above_reachable",
			English: "Our share of {subject}, {share}, is above what was thought reachable.",
			Chinese: "我们在{subject}的份额{share}已超过设定的可达上限。",
		},
		{
			Code:    "need_unproven",
			English: "Only {n} customers rated the need {subject}; under {needed} its rank says little.",
			Chinese: "需求{subject}仅有{n}份评分，少于{needed}份时排名参考意义有限。",
		},
		{
			Code:    "need_without_evidence",
			English: "Nothing that customers said stands behind the need {subject}.",
			Chinese: "需求{subject}没有客户反馈作为依据。",
		},
		{
			Code:    "capacity_short",
			English: "{subject} is to reach {target}; by people, ramp and working days it can do {capacity}.",
			Chinese: "{subject}的目标为{target}，按人数、爬坡和工作日测算的产能为{capacity}。",
		},
		{
			Code:    "history_gaps",
			English: "The history of {subject} in {metric} lacks {n} periods: {periods}.",
			Chinese: "{subject}的{metric}历史数据缺少{n}个期间：{periods}。",
		},
		{
			Code:    "assumption_overdue",
			English: "{owner} was to look at the assumption {subject} by {review}: {text}.",
			Chinese: "{owner}应于{review}前复核假设{subject}：{text}。",
		},
		{
			Code:    "assumption_fails",
			English: "The assumption {subject} of {owner} has not come true: {text}.",
			Chinese: "{owner}的假设{subject}不成立：{text}。",
		},
	}
}
