package plan

import "github.com/saleskpi/saleskpi/kpi/check"

// readyTemplates has the sentences of what [Plan.Ready] warns of.
func readyTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "smart_warned",
			English: "{name|subject} is doubtful as a goal ({letter_name|letter}): {why|codes}",
			Chinese: "目标“{name_zh|name|subject}”在SMART的{letter_zh|letter}一项存疑：{why_zh|codes}",
		},
		{
			Code:    "not_assessed",
			English: "{name|subject} has not been assessed: nobody knows whether it can be reached.",
			Chinese: "目标“{name_zh|name|subject}”未做SMART评估，能否达成尚不清楚。",
		},
		{
			Code:    "assessment_outdated",
			English: "{name|subject} was assessed with another target or period: assess it again.",
			Chinese: "目标“{name_zh|name|subject}”的评估所依据的目标值或期间已变，需重新评估。",
		},
		{
			Code:    "without_breakdown",
			English: "{name|subject} runs over {months} months and is not split over them: it can be judged by days alone.",
			Chinese: "目标“{name_zh|name|subject}”跨{months}个月但未按月分解，只能按天数判断进度。",
		},
		{
			Code:    "without_objective",
			English: "{name|subject} serves no objective of the plan.",
			Chinese: "目标“{name_zh|name|subject}”未对应计划中的任何战略目的。",
		},
		{
			Code:    "objective_without_goal",
			English: "The objective “{name|subject}” has no goal.",
			Chinese: "战略目的“{name_zh|name|subject}”没有对应的目标。",
		},
		{
			Code:    "actions_over_frame",
			English: "The budgets of the actions of {name|subject} come to {planned}, {over} more than its frame of {frame}.",
			Chinese: "“{name_zh|name|subject}”各项行动预算合计{planned}，超出其预算框架{frame}共{over}。",
		},
		{
			Code:    "commitments_missing",
			English: "{n} of {of} owners have not committed to their part of {name|subject}.",
			Chinese: "{of}个负责人中有{n}个尚未对“{name_zh|name|subject}”作出承诺。",
		},
		{
			Code:    "commitments_below",
			English: "The team commits to {committed} of {name|subject}, {gap} below the target of {target}.",
			Chinese: "团队对“{name_zh|name|subject}”承诺{committed}，比目标{target}低{gap}。",
		},
	}
}
