package plan

import "github.com/saleskpi/saleskpi/kpi/check"

// scenarioTemplates has the sentences of what [Compare] names.
func scenarioTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "goal_added",
			English: "Only the second plan has the goal {subject}.",
			Chinese: "仅第二个计划有目标{subject}。",
		},
		{
			Code:    "goal_dropped",
			English: "Only the first plan has the goal {subject}.",
			Chinese: "仅第一个计划有目标{subject}。",
		},
		{
			Code:    "assumption_differs",
			English: "The plans rest on the assumption {subject} differently.",
			Chinese: "两个计划对假设{subject}的设定不同。",
		},
		{
			Code:    "strategy_differs",
			English: "The plans have the strategy {subject} differently.",
			Chinese: "两个计划中的策略{subject}不同。",
		},
		{
			Code:    "owner_added",
			English: "Only the second plan has {subject} among the owners of {goal}.",
			Chinese: "目标{goal}的负责人中，{subject}仅出现在第二个计划。",
		},
		{
			Code:    "owner_dropped",
			English: "Only the first plan has {subject} among the owners of {goal}.",
			Chinese: "目标{goal}的负责人中，{subject}仅出现在第一个计划。",
		},
		{
			Code:    "rests_on_other",
			English: "{subject} rests on the assumption {assumption}, which the plans have differently.",
			Chinese: "{subject}所依据的假设{assumption}在两个计划中不同。",
		},
		{
			Code:    "budget_differs",
			English: "The actions of {subject} cost {to}, those of the other plan {from}.",
			Chinese: "{subject}的行动预算为{to}，另一计划为{from}。",
		},
		{
			Code:    "two_currencies",
			English: "The budgets are in two currencies, {from} and {to}: they cannot be compared without a rate.",
			Chinese: "两个计划的预算币种不同（{from}与{to}），无汇率则不可比。",
		},
		{
			Code:    "overload_first",
			English: "{subject} has more to do than time in the first plan, and not in the second.",
			Chinese: "{subject}在第一个计划中工作量超出可用时间，第二个计划中没有。",
		},
		{
			Code:    "overload_second",
			English: "{subject} has more to do than time in the second plan, and not in the first.",
			Chinese: "{subject}在第二个计划中工作量超出可用时间，第一个计划中没有。",
		},
		{
			Code:    "overload_both",
			English: "{subject} has more to do than time in both plans.",
			Chinese: "{subject}在两个计划中的工作量都超出可用时间。",
		},
		{
			Code:    "cause_driver",
			English: "{subject} is put at another value: {amount} of the difference in what the plans promise for {goal}.",
			Chinese: "{subject}取值不同，对两个计划在{goal}上预期差额的贡献为{amount}。",
		},
		{
			Code:    "cause_strategy",
			English: "{subject}, by the {lever}: {amount} of the difference in what the plans promise for {goal}.",
			Chinese: "{subject}（{lever_zh}）对两个计划在{goal}上预期差额的贡献为{amount}。",
		},
		{
			Code:    "cause_terms",
			English: "Other lead times, working days or rules: {amount} of the difference in what the plans promise for {subject}.",
			Chinese: "见效时间、工作日或规则不同，对两个计划在{subject}上预期差额的贡献为{amount}。",
		},
		{
			Code:    "causes_in_sequence",
			English: "{n} causes make the difference for {subject}, more than {most}: they are taken one after the other, and what each brings depends on the order.",
			Chinese: "{subject}的差额有{n}个成因，超过{most}个：按顺序逐一计算，各项贡献取决于顺序。",
		},
		{
			Code:    "causes_mixed",
			English: "Between the two plans for {subject} lie cases in which nothing can be said: no cause has a part of the difference.",
			Chinese: "{subject}在两个计划之间存在无法计算的组合，差额不能分摊到各成因。",
		},
	}
}
