package plan

import "github.com/saleskpi/saleskpi/kpi/check"

// monitorTemplates has the sentences of what stands beside the goals, and of
// an agenda.
func monitorTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "coverage_short",
			English: "The open deals of {subject} cover {period} {coverage} times; {needed} were needed on this day before.",
			Chinese: "{subject}的在途商机对{period}的覆盖倍数为{coverage}，往期同日需要{needed}。",
		},
		{
			Code:    "action_holds_up",
			English: "{subject} of {owner} is {days} working days late and holds up {blocks} others.",
			Chinese: "{owner}负责的{subject}已延误{days}个工作日，影响后续{blocks}项行动。",
		},
		{
			Code:    "alert",
			English: "{rule}: {subject} is at {value}, the bound is {bound}; since {since}.",
			Chinese: "{rule}：{subject}为{value}，警戒线为{bound}，自{since}起。",
		},
		{
			Code:    "decision_open",
			English: "What {subject} decided on {day} ({id}: {reason}) is {outcome}.",
			Chinese: "{subject}于{day}的决定（{id}：{reason}）状态：{outcome}。",
		},
		{
			Code:    "decision_dropped",
			English: "What {subject} decided on {day} ({id}: {reason}) was dropped.",
			Chinese: "{subject}于{day}的决定（{id}：{reason}）已放弃。",
		},
		{
			Code:    "past_changed",
			English: "{period} of {subject} in {goal} was {from} at the last review and is {to} now.",
			Chinese: "{subject}的{goal}在{period}的数字由上次复盘时的{from}变为{to}。",
		},
		{
			Code:    "feedback_open",
			English: "{subject} said on {day}, and nobody has answered: {text}",
			Chinese: "{subject}于{day}反馈，尚未答复：{text}",
		},
	}
}
