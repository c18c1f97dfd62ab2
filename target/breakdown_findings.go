package target

import "github.com/saleskpi/saleskpi/kpi/check"

// breakdownTemplates gives the sentences of what making, changing and
// checking a breakdown may find.
func breakdownTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "without_history",
			English: "{subject} has no history and weighs the peers' mean times ramp, {weight}.",
			Chinese: "{subject}没有历史业绩，按同组平均乘以爬坡系数取权重{weight}。",
		},
		{
			Code:    "season_unknown",
			English: "No earlier year is known: the season is that of the working days.",
			Chinese: "没有可用的往年数据，季节性按工作日计算。",
		},
		{
			Code:    "season_incomplete",
			English: "No earlier year is complete: the season comes from parts of {years} years, and periods without history count as average ones.",
			Chinese: "没有完整的往年数据，季节性取自{years}个不完整年度，缺少历史的期间按平均水平计算。",
		},
		{
			Code:    "season_negative",
			English: "Earlier amounts of {subject} are below zero; its weight is zero.",
			Chinese: "{subject}的往年金额为负，权重取零。",
		},
		{
			Code:    "mismatch",
			English: "{subject} carries {carried} and {handed_on} is handed on; {difference} more or less than its mode says.",
			Chinese: "{subject}承担{carried}，下达合计{handed_on}，与设定方式相差{difference}。",
		},
		{
			Code:    "uncovered_plan",
			English: "{uncovered} of the {carried} of {subject} is carried by nobody: proration, ramp, leave or a vacancy took it away.",
			Chinese: "{subject}的目标{carried}中有{uncovered}无人承担（按在岗天数折算、爬坡、休假或空缺所致）。",
		},
		{
			Code:    "covered_twice",
			English: "{over} more than the {carried} of {subject} is carried below: uncovered plan was assigned, and then whoever it was taken from came back.",
			Chinese: "{subject}的目标{carried}在下级多分配了{over}：无人承担的部分已另行分配，而原承担者又恢复在岗。",
		},
		{
			Code:    "compounded_cushion",
			English: "The cushions down to {subject} compound to {factor} times: {levels}.",
			Chinese: "到{subject}为止，各级加码累计为{factor}倍：{levels}。",
		},
		{
			Code:    "cliff",
			English: "From {from} to {to} the target of {subject} a day goes from {before} to {after}.",
			Chinese: "{subject}的日均目标从{from}到{to}由{before}变为{after}，落差过大。",
		},
		{
			Code:    "over_capacity",
			English: "The target of {subject}, {target}, is above the capacity of {capacity}.",
			Chinese: "{subject}的目标{target}超出产能{capacity}。",
		},
		{
			Code:    "far_above_history",
			English: "The target of {subject}, {target}, is far above the last actual, {last} (growth {growth}).",
			Chinese: "{subject}的目标{target}远高于上期实绩{last}（增幅{growth}）。",
		},
		{
			Code:    "above_own_best",
			English: "The target of {subject}, {target}, is above the best ever reached, {best}.",
			Chinese: "{subject}的目标{target}高于历史最好水平{best}。",
		},
		{
			Code:    "ratchet",
			English: "{subject} was {over} above the last target; the new one takes {share} of that back.",
			Chinese: "{subject}上期超额{over}，新目标将其中的{share}收回（鞭打快牛）。",
		},
		{
			Code:    "target_without_owner",
			English: "{target} is aimed at by {subject}, who is not among the sellers.",
			Chinese: "目标{target}分给了{subject}，但其不在销售人员名单中。",
		},
		{
			Code:    "period_off_boundary",
			English: "The target of {subject} for {period} does not begin and end on a {grain}; no report would show it.",
			Chinese: "{subject}在{period}的目标未对齐期间边界（{grain}），报表中将无法体现。",
		},
		{
			Code:    "targets_overlap",
			English: "Two targets of {subject} share days: {period} and {with}.",
			Chinese: "{subject}的两个目标期间重叠：{period}与{with}。",
		},
		{
			Code:    "target_twice",
			English: "{subject} has two targets for {period}: {first} and {second}.",
			Chinese: "{subject}在{period}有两个目标：{first}和{second}。",
		},
	}
}
