package plan

import "github.com/saleskpi/saleskpi/kpi/check"

// readyTemplates has the sentences of what [Plan.Ready] warns of.
func readyTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "smart_warned",
			English: "{subject} is doubtful as a goal ({letter}): {codes}.",
			Chinese: "目标{subject}在SMART的{letter}一项存疑：{codes}。",
		},
		{
			Code:    "not_assessed",
			English: "{subject} has not been assessed: nobody knows whether it can be reached.",
			Chinese: "目标{subject}未做SMART评估，能否达成尚不清楚。",
		},
		{
			Code:    "assessment_outdated",
			English: "{subject} was assessed with another target or period: assess it again.",
			Chinese: "目标{subject}的评估所依据的目标值或期间已变，需重新评估。",
		},
		{
			Code:    "without_breakdown",
			English: "{subject} runs over {months} months and is not split over them: it can be judged by days alone.",
			Chinese: "目标{subject}跨{months}个月但未按月分解，只能按天数判断进度。",
		},
		{
			Code:    "without_objective",
			English: "{subject} serves no objective of the plan.",
			Chinese: "目标{subject}未对应计划中的任何战略目的。",
		},
		{
			Code:    "objective_without_goal",
			English: "The objective {subject} ({name}) has no goal.",
			Chinese: "战略目的{subject}（{name}）没有对应的目标。",
		},
		{
			Code:    "commitments_missing",
			English: "{n} of {of} owners have not committed to their part of {subject}.",
			Chinese: "{of}个负责人中有{n}个尚未对{subject}作出承诺。",
		},
		{
			Code:    "commitments_below",
			English: "The team commits to {committed} of {subject}, {gap} below the target of {target}.",
			Chinese: "团队对{subject}承诺{committed}，比目标{target}低{gap}。",
		},
	}
}
