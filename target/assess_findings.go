package target

import "github.com/saleskpi/saleskpi/kpi/check"

// assessTemplates gives the sentences of what [Assess] and [Outlook.Propose]
// may find.
func assessTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "proposed",
			English: "{subject}: {amount} is reached with a chance of {chance}.",
			Chinese: "{subject}：{amount}，达成概率{chance}。",
		},
		{
			Code:    "proposal_basis",
			English: "The same period a year before brought {base}, like periods grew by {growth} ({pairs} pairs), and the middle of the outlook is {middle}.",
			Chinese: "上年同期为{base}，同类期间平均增长{growth}（{pairs}组对比），预期中位数为{middle}。",
		},
		{
			Code:    "not_proposed",
			English: "No {subject} is proposed: {reason} ({pairs} comparable pairs, {least} are needed).",
			Chinese: "无法建议{subject}：{reason_zh}（可比期间{pairs}组，至少需要{least}组）。",
		},
		{
			Code:    "specific_ok",
			English: "{subject} says what is aimed at: {metric} of {owner}, {target}.",
			Chinese: "{subject}目标明确：{owner}的{metric}，{target}。",
		},
		{
			Code:    "goal_incomplete",
			English: "{subject} is not determined: {field} ({problem}).",
			Chinese: "{subject}不明确：{field}（{problem}）。",
		},
		{
			Code:    "population_missing",
			English: "The metric {metric} of {subject} does not say which records are counted.",
			Chinese: "{subject}的指标{metric}未说明统计哪些记录。",
		},
		{
			Code:    "measurable_ok",
			English: "{subject} can be measured: {metric}, from a baseline of {baseline}.",
			Chinese: "{subject}可衡量：{metric}，基线为{baseline}。",
		},
		{
			Code:    "metric_unknown",
			English: "Nobody has defined the metric {metric} of {subject}.",
			Chinese: "{subject}的指标{metric}没有定义。",
		},
		{
			Code:    "measures_missing",
			English: "{metric} of {subject} cannot be computed: there are no data for {passes}.",
			Chinese: "{subject}的{metric}无法计算，缺少数据：{passes}。",
		},
		{
			Code:    "measures_unstated",
			English: "Nobody says whether there are data for {metric} of {subject}: it needs {passes}.",
			Chinese: "未说明{subject}的{metric}是否有数据可用，需要：{passes}。",
		},
		{
			Code:    "baseline_missing",
			English: "{subject} has no baseline; the same period a year before: {passes}.",
			Chinese: "{subject}没有基线；上年同期：{passes}。",
		},
		{
			Code:    "achievable_ok",
			English: "{subject} can be reached, with a chance of {chance}; needed is a growth of {growth}, seen were {seen}.",
			Chinese: "{subject}可达成，概率{chance}；需增长{growth}，以往平均增长{seen}。",
		},
		{
			Code:    "too_few_pairs",
			English: "History says too little of {subject}: {pairs} comparable pairs of periods, {passes} are needed.",
			Chinese: "{subject}的历史数据不足：可比期间{pairs}组，至少需要{passes}组。",
		},
		{
			Code:    "no_outlook",
			English: "History gives no outlook for {subject}: {reason}.",
			Chinese: "无法根据历史判断{subject}：{reason_zh}。",
		},
		{
			Code:    "target_too_high",
			English: "The target of {subject} is too high: a chance of {chance}, at least {least} passes, that is {passes}. Needed is a growth of {growth}, seen were {seen}.",
			Chinese: "{subject}目标过高：达成概率{chance}，至少应为{least}，即{passes}。需增长{growth}，以往平均增长{seen}。",
		},
		{
			Code:    "target_too_low",
			English: "The target of {subject} is too low: a chance of {chance}, at most {least} passes, that is {passes}. Needed is a growth of {growth}, seen were {seen}.",
			Chinese: "{subject}目标过低：达成概率{chance}，至多应为{least}，即{passes}。需增长{growth}，以往平均增长{seen}。",
		},
		{
			Code:    "base_too_high",
			English: "The base of {subject} is no base: a chance of {chance}, at least {least} passes, that is {passes}.",
			Chinese: "{subject}的保底值过高：达成概率{chance}，至少应为{least}，即{passes}。",
		},
		{
			Code:    "stretch_too_high",
			English: "The stretch of {subject} is out of reach: a chance of {chance}, at least {least} passes, that is {passes}.",
			Chinese: "{subject}的冲刺值遥不可及：达成概率{chance}，至少应为{least}，即{passes}。",
		},
		{
			Code:    "stretch_too_low",
			English: "The stretch of {subject} is no stretch: a chance of {chance}, at most {least} passes, that is {passes}.",
			Chinese: "{subject}的冲刺值不具挑战：达成概率{chance}，至多应为{least}，即{passes}。",
		},
		{
			Code:    "above_capacity",
			English: "{subject} asks for {target}; the people can do {passes}.",
			Chinese: "{subject}要求{target}，而现有人力只能完成{passes}。",
		},
		{
			Code:    "above_market",
			English: "{subject} asks for {target}; the whole market is {passes}.",
			Chinese: "{subject}要求{target}，超过整个市场规模{passes}。",
		},
		{
			Code:    "beyond_reach",
			English: "{subject} implies {share} of the market, of which {reach} is within reach; up to {passes} passes.",
			Chinese: "{subject}意味着市场份额达到{share}，而可触达的仅占{reach}；不超过{passes}为宜。",
		},
		{
			Code:    "share_gain",
			English: "{subject} implies {share} of the market, after {before}; up to {passes} passes.",
			Chinese: "{subject}意味着市场份额达到{share}（此前{before}）；不超过{passes}为宜。",
		},
		{
			Code:    "share_implied",
			English: "{subject} implies {share} of the market; before: {before}.",
			Chinese: "{subject}意味着市场份额为{share}；此前：{before}。",
		},
		{
			Code:    "pipeline_short",
			English: "The pipeline covers what {subject} still needs {coverage} times; {needed} times are needed, that is {passes} and not {open}.",
			Chinese: "{subject}的商机覆盖倍数为{coverage}，需要{needed}，即商机应达{passes}，而现有{open}。",
		},
		{
			Code:    "sellers_unknown",
			English: "Of none of the {of} sellers of {subject} is a chance known.",
			Chinese: "{subject}的{of}名销售均无法估计达成概率。",
		},
		{
			Code:    "sellers_below",
			English: "{share} of the sellers of {subject} are expected to reach their targets ({n} of {of} known); {passes} passes.",
			Chinese: "{subject}预计只有{share}的销售能够达标（{of}人中{n}人可估计）；{passes}为宜。",
		},
		{
			Code:    "sellers_above",
			English: "{share} of the sellers of {subject} are expected to reach their targets ({n} of {of} known), which asks too little; {passes} passes.",
			Chinese: "{subject}预计有{share}的销售能够达标（{of}人中{n}人可估计），要求偏低；{passes}为宜。",
		},
		{
			Code:    "sellers_ok",
			English: "{share} of the sellers of {subject} are expected to reach their targets ({n} of {of} known); {passes} passes.",
			Chinese: "{subject}预计有{share}的销售能够达标（{of}人中{n}人可估计）；{passes}为宜。",
		},
		{
			Code:    "relevant_ok",
			English: "{subject} serves: {objective}.",
			Chinese: "{subject}服务于：{objective}。",
		},
		{
			Code:    "objective_missing",
			English: "{subject} serves no objective.",
			Chinese: "{subject}没有对应的战略目标。",
		},
		{
			Code:    "weights_do_not_add_up",
			English: "The weights of the owner's goals add up to {sum}, not {passes} ({subject}).",
			Chinese: "目标权重合计为{sum}，而非{passes}（{subject}）。",
		},
		{
			Code:    "goals_conflict",
			English: "{subject} and {other} pull {drivers} opposite ways.",
			Chinese: "{subject}与{other}对{drivers}的要求方向相反。",
		},
		{
			Code:    "time_bound_ok",
			English: "{subject} has a period ({period}), checkpoints and a breakdown.",
			Chinese: "{subject}有期限（{period}）、检查点和分解。",
		},
		{
			Code:    "period_missing",
			English: "{subject} has no period.",
			Chinese: "{subject}没有期限。",
		},
		{
			Code:    "goal_off_boundary",
			English: "The period {period} of {subject} does not begin and end with months; {passes} does.",
			Chinese: "{subject}的期间{period}不在月份边界上；应为{passes}。",
		},
		{
			Code:    "checkpoints_missing",
			English: "Nobody looks at {subject} on a stated day of {period}.",
			Chinese: "{subject}在{period}内没有检查点。",
		},
		{
			Code:    "not_broken_down",
			English: "{subject} is not broken down into periods.",
			Chinese: "{subject}未分解到各期间。",
		},
	}
}
