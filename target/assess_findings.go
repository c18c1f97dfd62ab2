package target

import (
	"maps"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

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
			English: "{name|subject} says what is aimed at: {metric_name|metric} of {owner}, {target}.",
			Chinese: "{name_zh|name|subject}目标明确：{owner}的{metric_zh|metric_name|metric}，{target}。",
		},
		{
			Code:    "goal_incomplete",
			English: "{name|subject} is not determined: {field} ({problem}).",
			Chinese: "{name_zh|name|subject}不明确：{field}（{problem}）。",
		},
		{
			Code:    "population_missing",
			English: "The metric {metric_name|metric} of {name|subject} does not say which records are counted.",
			Chinese: "{name_zh|name|subject}的指标{metric_zh|metric_name|metric}未说明统计哪些记录。",
		},
		{
			Code:    "measurable_ok",
			English: "{name|subject} can be measured: {metric_name|metric}, from a baseline of {baseline}.",
			Chinese: "{name_zh|name|subject}可衡量：{metric_zh|metric_name|metric}，基线为{baseline}。",
		},
		{
			Code:    "metric_unknown",
			English: "Nobody has defined the metric {metric_name|metric} of {name|subject}.",
			Chinese: "{name_zh|name|subject}的指标{metric_zh|metric_name|metric}没有定义。",
		},
		{
			Code:    "measures_missing",
			English: "{metric_name|metric} of {name|subject} cannot be computed: there are no data for {passes}.",
			Chinese: "{name_zh|name|subject}的{metric_zh|metric_name|metric}无法计算，缺少数据：{passes_zh|passes}。",
		},
		{
			Code:    "measures_unstated",
			English: "Nobody says whether there are data for {metric_name|metric} of {name|subject}: it needs {passes}.",
			Chinese: "未说明{name_zh|name|subject}的{metric_zh|metric_name|metric}是否有数据可用，需要：{passes_zh|passes}。",
		},
		{
			Code:    "baseline_missing",
			English: "{name|subject} has no baseline; the same period a year before: {passes}.",
			Chinese: "{name_zh|name|subject}没有基线；上年同期：{passes_zh|passes}。",
		},
		{
			Code:    "achievable_ok",
			English: "{name|subject} can be reached, with a chance of {chance}; needed is a growth of {growth}, seen were {seen}.",
			Chinese: "{name_zh|name|subject}可达成，概率{chance}；需增长{growth}，以往平均增长{seen}。",
		},
		{
			Code:    "too_few_pairs",
			English: "History says too little of {name|subject}: {pairs} comparable pairs of periods, {passes} are needed.",
			Chinese: "{name_zh|name|subject}的历史数据不足：可比期间{pairs}组，至少需要{passes}组。",
		},
		{
			Code:    "no_outlook",
			English: "History gives no outlook for {name|subject}: {reason}.",
			Chinese: "无法根据历史判断{name_zh|name|subject}：{reason_zh}。",
		},
		{
			Code:    "target_too_high",
			English: "The target of {name|subject} is too high: a chance of {chance}, at least {least} passes, that is {passes}. Needed is a growth of {growth}, seen were {seen}.",
			Chinese: "{name_zh|name|subject}目标过高：达成概率{chance}，至少应为{least}，即{passes}。需增长{growth}，以往平均增长{seen}。",
		},
		{
			Code:    "target_too_low",
			English: "The target of {name|subject} is too low: a chance of {chance}, at most {least} passes, that is {passes}. Needed is a growth of {growth}, seen were {seen}.",
			Chinese: "{name_zh|name|subject}目标过低：达成概率{chance}，至多应为{least}，即{passes}。需增长{growth}，以往平均增长{seen}。",
		},
		{
			Code:    "base_too_high",
			English: "The base of {name|subject} is no base: a chance of {chance}, at least {least} passes, that is {passes}.",
			Chinese: "{name_zh|name|subject}的保底值过高：达成概率{chance}，至少应为{least}，即{passes}。",
		},
		{
			Code:    "stretch_too_high",
			English: "The stretch of {name|subject} is out of reach: a chance of {chance}, at least {least} passes, that is {passes}.",
			Chinese: "{name_zh|name|subject}的冲刺值遥不可及：达成概率{chance}，至少应为{least}，即{passes}。",
		},
		{
			Code:    "stretch_too_low",
			English: "The stretch of {name|subject} is no stretch: a chance of {chance}, at most {least} passes, that is {passes}.",
			Chinese: "{name_zh|name|subject}的冲刺值不具挑战：达成概率{chance}，至多应为{least}，即{passes}。",
		},
		{
			Code:    "above_capacity",
			English: "{name|subject} asks for {target}; the people can do {passes}.",
			Chinese: "{name_zh|name|subject}要求{target}，而现有人力只能完成{passes}。",
		},
		{
			Code:    "above_market",
			English: "{name|subject} asks for {target}; the whole market is {passes}.",
			Chinese: "{name_zh|name|subject}要求{target}，超过整个市场规模{passes}。",
		},
		{
			Code:    "beyond_reach",
			English: "{name|subject} implies {share} of the market, of which {reach} is within reach; up to {passes} passes.",
			Chinese: "{name_zh|name|subject}意味着市场份额达到{share}，而可触达的仅占{reach}；不超过{passes}为宜。",
		},
		{
			Code:    "share_gain",
			English: "{name|subject} implies {share} of the market, after {before}; up to {passes} passes.",
			Chinese: "{name_zh|name|subject}意味着市场份额达到{share}（此前{before}）；不超过{passes}为宜。",
		},
		{
			Code:    "share_implied",
			English: "{name|subject} implies {share} of the market; before: {before}.",
			Chinese: "{name_zh|name|subject}意味着市场份额为{share}；此前：{before}。",
		},
		{
			Code:    "pipeline_short",
			English: "The pipeline covers what {name|subject} still needs {coverage} times; {needed} times are needed, that is {passes} and not {open}.",
			Chinese: "{name_zh|name|subject}的商机覆盖倍数为{coverage}，需要{needed}，即商机应达{passes}，而现有{open}。",
		},
		{
			Code:    "sellers_unknown",
			English: "Of none of the {of} sellers of {name|subject} is a chance known.",
			Chinese: "{name_zh|name|subject}的{of}名销售均无法估计达成概率。",
		},
		{
			Code:    "sellers_below",
			English: "{share} of the sellers of {name|subject} are expected to reach their targets ({n} of {of} known); {passes} passes.",
			Chinese: "{name_zh|name|subject}预计只有{share}的销售能够达标（{of}人中{n}人可估计）；{passes}为宜。",
		},
		{
			Code:    "sellers_above",
			English: "{share} of the sellers of {name|subject} are expected to reach their targets ({n} of {of} known), which asks too little; {passes} passes.",
			Chinese: "{name_zh|name|subject}预计有{share}的销售能够达标（{of}人中{n}人可估计），要求偏低；{passes}为宜。",
		},
		{
			Code:    "sellers_ok",
			English: "{share} of the sellers of {name|subject} are expected to reach their targets ({n} of {of} known); {passes} passes.",
			Chinese: "{name_zh|name|subject}预计有{share}的销售能够达标（{of}人中{n}人可估计）；{passes}为宜。",
		},
		{
			Code:    "relevant_ok",
			English: "{name|subject} serves: {objective_name|objective}.",
			Chinese: "{name_zh|name|subject}服务于：{objective_name_zh|objective}。",
		},
		{
			Code:    "objective_missing",
			English: "{name|subject} serves no objective.",
			Chinese: "{name_zh|name|subject}没有对应的战略目标。",
		},
		{
			Code:    "weights_do_not_add_up",
			English: "The weights of the owner's goals add up to {sum}, not {passes} ({name|subject}).",
			Chinese: "目标权重合计为{sum}，而非{passes}（{name_zh|name|subject}）。",
		},
		{
			Code:    "goals_conflict",
			English: "{name|subject} and {other} pull {drivers} opposite ways.",
			Chinese: "{name_zh|name|subject}与{other_zh|other}对{drivers}的要求方向相反。",
		},
		{
			Code:    "time_bound_ok",
			English: "{name|subject} has a period ({period}), checkpoints and a breakdown.",
			Chinese: "{name_zh|name|subject}有期限（{period}）、检查点和分解。",
		},
		{
			Code:    "period_missing",
			English: "{name|subject} has no period.",
			Chinese: "{name_zh|name|subject}没有期限。",
		},
		{
			Code:    "goal_off_boundary",
			English: "The period {period} of {name|subject} does not begin and end with months; {passes} does.",
			Chinese: "{name_zh|name|subject}的期间{period}不在月份边界上；应为{passes}。",
		},
		{
			Code:    "checkpoints_missing",
			English: "Nobody looks at {name|subject} on a stated day of {period}.",
			Chinese: "{name_zh|name|subject}在{period}内没有检查点。",
		},
		{
			Code:    "not_broken_down",
			English: "{name|subject} is not broken down into periods.",
			Chinese: "{name_zh|name|subject}未分解到各期间。",
		},
	}
}

// nameIn gives findings about a goal what the goal and its metric are called,
// where they are called something.
func nameIn(found []check.Finding, g Goal, m kpi.Metric) {
	for i := range found {
		args := maps.Clone(found[i].Args)
		if args == nil {
			args = map[string]string{}
		}
		set := func(arg, text string) {
			if text != "" {
				args[arg] = text
			}
		}
		set("name", g.Name)
		set("name_zh", g.NameZH)
		if args["metric"] != "" {
			set("metric_name", m.Name)
			set("metric_zh", m.NameZH)
		}
		if len(args) > 0 {
			found[i].Args = args
		}
	}
}
