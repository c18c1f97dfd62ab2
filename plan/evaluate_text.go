package plan

import "github.com/saleskpi/saleskpi/kpi/check"

// improveTemplates has the sentences of what [Plan.Evaluate] finds.
func improveTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "few_met",
			English: "Only {met} of {of} sellers below {subject} reached their target of {goal_name|goal} ({share}): the targets may have been too high.",
			Chinese: "{subject}的{of}名销售中仅{met}名达成{goal_name_zh|goal}目标（{share}）：目标可能偏高。",
		},
		{
			Code:    "many_met",
			English: "{met} of {of} sellers below {subject} reached their target of {goal_name|goal} ({share}): the targets may have been too low.",
			Chinese: "{subject}的{of}名销售中有{met}名达成{goal_name_zh|goal}目标（{share}）：目标可能偏低。",
		},
		{
			Code:    "gap_from_few",
			English: "{n} of {of} sellers make up {amount} of the {missing} by which sellers of {subject} fell short in {goal_name|goal}.",
			Chinese: "{subject}在{goal_name_zh|goal}上的不足共{missing}，其中{amount}来自{of}名销售中的{n}名。",
		},
		{
			Code:    "driver_behind",
			English: "Most was lost by {driver}: it took {amount} from {goal_name|goal} of {subject}.",
			Chinese: "{subject}的{goal_name_zh|goal}损失最大的驱动因素是{driver}，影响{amount}。",
		},
		{
			Code:    "revision_decides",
			English: "{subject} reached {actual}: {met} against the target in force of {target}, {original_met} against the original one of {original}.",
			Chinese: "{subject}实绩{actual}：按现行目标{target}为{met_zh}，按原目标{original}为{original_met_zh}。",
		},
		{
			Code:    "actions_undone",
			English: "{undone} of {planned} actions are overdue or should have begun; {on_time} of what is done or due was on time. First of them: {actions}.",
			Chinese: "{planned}项行动中有{undone}项逾期未完成或未启动；已完成或应完成的行动按时率{on_time}。首要的是：{actions_zh}。",
		},
		{
			Code:    "milestones_unreached",
			English: "{n} of {of} milestones were not reached by their day: {milestones}.",
			Chinese: "{of}个里程碑中有{n}个未按期达成：{milestones_zh}。",
		},
		{
			Code:    "strategy_over_budget",
			English: "{name} took {used}, {over} more than its budget of {budget}.",
			Chinese: "“{name_zh}”共使用{used}，超出预算{budget}共{over}。",
		},
		{
			Code:    "strategy_below_promise",
			English: "{name} promised {promised}; what changed after it is {seen}, {short} less.",
			Chinese: "“{name_zh}”承诺{promised}，之后的变动为{seen}，少{short}。",
		},
		{
			Code:    "strategy_kept_promise",
			English: "{name} promised {promised}; what changed after it is {seen}.",
			Chinese: "“{name_zh}”承诺{promised}，之后的变动为{seen}。",
		},
		{
			Code:    "strategy_unmeasured",
			English: "{name} promised {promised}, and nobody has looked at what changed after it.",
			Chinese: "“{name_zh}”承诺{promised}，但之后的变动未经评估。",
		},
		{
			Code:    "missed_on_assumption",
			English: "{subject} missed {goal_name|goal}, and it rested on what did not hold. {owner} was to look at it: {text}",
			Chinese: "{subject}的{goal_name_zh|goal}未达成，而其所依据的假设不成立（负责人{owner}）：{text_zh|text}",
		},
		{
			Code:    "missed_unchecked",
			English: "{subject} missed {goal_name|goal}, and nobody has looked whether what it rested on holds. {owner} was to: {text}",
			Chinese: "{subject}的{goal_name_zh|goal}未达成，而其所依据的假设未经核实（负责人{owner}）：{text_zh|text}",
		},
		{
			Code:    "pay_not_following",
			English: "The {missed} who did not reach all their goals were paid {missed_paid} a head, the {met} who did {met_paid}.",
			Chinese: "未达成全部目标的{missed}人人均激励{missed_paid}，达成全部目标的{met}人人均{met_paid}。",
		},
		{
			Code:    "pay_unknown",
			English: "What {subject} is paid is not known ({reason}); the totals are not known either.",
			Chinese: "{subject}的激励金额无法得知（{reason_zh}），合计也因此未知。",
		},
	}
}
