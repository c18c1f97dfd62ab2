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
			English: "{name|subject} of {who|owner} is {late|days} late; actions that wait for it: {blocks}.",
			Chinese: "{who|owner}负责的“{name_zh|name|subject}”已延误{late_zh|days}，影响后续{blocks}项行动。",
		},
		{
			Code:    "action_delays_end",
			English: "{name|subject} of {who|owner} is {late|days} late. Nothing waits for it, but it is on the critical chain: the end of the plan moves with it.",
			Chinese: "{who|owner}负责的“{name_zh|name|subject}”已延误{late_zh|days}；没有后续行动等待它，但它位于关键链上，计划完成日随之推迟。",
		},
		{
			Code:    "execution_not_tracked",
			English: "The plan has actions ({n}), and nobody says how they stand: the review knows nothing of them.",
			Chinese: "计划中有行动（{n}项），但未提供执行情况，本次复盘无法反映。",
		},
		{
			Code:    "alert",
			English: "{name|rule}: {subject} is at {value}, the bound is {bound}; since {since}.",
			Chinese: "{name_zh|name|rule}：{subject}为{value}，警戒线为{bound}，自{since}起。",
		},
		{
			Code:    "alert_retargeted",
			English: "{name|rule}: {subject} is at {value}, the bound is {bound}; since {since}, and since {retargeted} against another target.",
			Chinese: "{name_zh|name|rule}：{subject}为{value}，警戒线为{bound}，自{since}起；自{retargeted}起目标有调整。",
		},
		{
			Code:    "decision_open",
			English: "What {subject} decided on {day} is {outcome_name|outcome}: {reason}.",
			Chinese: "{subject}于{day}的决定{outcome_name_zh|outcome}：{reason}。",
		},
		{
			Code:    "decision_dropped",
			English: "What {subject} decided on {day} ({reason}) was dropped.",
			Chinese: "{subject}于{day}的决定（{reason}）已放弃。",
		},
		{
			Code:    "past_changed",
			English: "{period} of {subject} in {name|goal} was {from} at the last review and is {to} now.",
			Chinese: "{subject}的{name_zh|name|goal}在{period}的数字由上次复盘时的{from}变为{to}。",
		},
		{
			Code:    "feedback_open",
			English: "{subject} said on {day}, and nobody has answered: {text}",
			Chinese: "{subject}于{day}反馈，尚未答复：{text}",
		},
	}
}
