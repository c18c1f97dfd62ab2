package scorecard

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// The codes of findings.
const (
	codeForbids      = "item_without_number"  // no score because of this item
	codeLeftOut      = "item_left_out"        // its weight is shared by the others
	codeLeast        = "item_counts_least"    // it counts with the least of its curve
	codeNoBonus      = "bonus_without_number" // it adds nothing
	codeMetOrNot     = "met_or_not"           // target zero, lower is better
	codeSign         = "sign_change"          // actual and target of different sign
	codeTooMuch      = "too_much_missing"     // no score because of the weight that is missing
	codeGateFailed   = "gate_failed"          // the band is capped
	codeGateAsFailed = "gate_counts_failed"   // the band is capped for want of a number
	codeGateLeftOut  = "gate_left_out"        // it has no number and does not count
	codeGateForbids  = "gate_without_number"  // no score because of this gate
	codePartial      = "part_of_cards"        // a roll-up left some out

	codeActivities = "activities_overweight"  // lint: see [Definition.Lint]
	codeWinRate    = "win_rate_without_stale" // likewise, and so on
	codeVolume     = "volume_without_quality"
	codeOverweight = "item_overweight"
	codeEndless    = "bonus_without_limit"
	codeUnknown    = "metric_unknown"

	codeTenure     = "tenure_not_checked" // nobody said how long people were in the role
	codePartTested = "part_not_tested"    // some have no interval
	codeChance     = "spread_by_chance"   // how much of the spread chance would give
	codeAllChance  = "all_within_chance"  // nobody differs from the others
	codeNotTested  = "order_not_tested"   // a ranking says nothing about chance
)

// Findings gives the sentences of the findings of cards and rankings, and of
// the reasons why somebody is not ranked. The subject is the metric for those about an item, the owner for those about a
// card, the period for those about a ranking.
func Findings() check.Templates {
	return check.Templates{
		{
			Code:    codeForbids,
			English: "There is no score for {owner}: {subject} has no number ({reason}).",
			Chinese: "{owner}没有得分：指标 {subject} 缺少数据（{reason_zh}）。",
		}, {
			Code:    codeLeftOut,
			English: "{subject} is left out of the score of {owner} ({reason}); the other items share its weight.",
			Chinese: "{owner}的得分未计入指标 {subject}（{reason_zh}），其权重按比例分摊到其他指标。",
		}, {
			Code:    codeLeast,
			English: "{subject} has no number ({reason}) and counts with the least points, {points}, for {owner}.",
			Chinese: "{owner}的指标 {subject} 缺少数据（{reason_zh}），按最低分 {points} 分计。",
		}, {
			Code:    codeNoBonus,
			English: "The bonus {subject} has no number ({reason}) and adds nothing for {owner}.",
			Chinese: "{owner}的加分项 {subject} 缺少数据（{reason_zh}），不加分。",
		}, {
			Code:    codeMetOrNot,
			English: "The target of {subject} is zero, so for {owner} it is met or not, with no attainment: {points} points.",
			Chinese: "指标 {subject} 的目标为零，无法计算达成率，{owner}只按是否达标计分：{points} 分。",
		}, {
			Code:    codeSign,
			English: "Actual and target of {subject} have different signs; the attainment of {owner} is computed but says little.",
			Chinese: "指标 {subject} 的实际值与目标值正负相反，{owner}的达成率仅供参考。",
		}, {
			Code:    codeTooMuch,
			English: "There is no score for {subject}: {missing} of the weight has no numbers, and at most {most} may be missing.",
			Chinese: "{subject}没有得分：缺少数据的指标权重合计为 {missing}，超过上限 {most}。",
		}, {
			Code:    codeGateFailed,
			English: "{owner} fails the gate {subject}: {value} against a limit of {limit}. No band above {band} is possible.",
			Chinese: "{owner}触发否决项 {subject}：{value}，限值 {limit}，等级最高为 {band}。",
		}, {
			Code:    codeGateAsFailed,
			English: "The gate {subject} has no number for {owner} ({reason}) and counts as failed. No band above {band} is possible.",
			Chinese: "{owner}的否决项 {subject} 缺少数据（{reason_zh}），按未通过处理，等级最高为 {band}。",
		}, {
			Code:    codeGateLeftOut,
			English: "The gate {subject} has no number for {owner} ({reason}) and is left out.",
			Chinese: "{owner}的否决项 {subject} 缺少数据（{reason_zh}），本次不作判断。",
		}, {
			Code:    codeGateForbids,
			English: "There is no score for {owner}: the gate {subject} has no number ({reason}).",
			Chinese: "{owner}没有得分：否决项 {subject} 缺少数据（{reason_zh}）。",
		}, {
			Code:    codePartial,
			English: "{left} of {of} cards have no number for {subject} and are left out of {owner}.",
			Chinese: "{owner}汇总 {subject} 时，{of} 张评分卡中有 {left} 张缺少数据，未计入。",
		}, {
			Code:    codeActivities,
			English: "{weight} of the weight of {subject} is on activities, over {most}: being busy pays more than results.",
			Chinese: "{subject} 中过程活动类指标的权重合计 {weight}，超过 {most}：忙碌比结果更得分。",
		}, {
			Code:    codeWinRate,
			English: "{subject} stands without the share of stale deals: who never closes a lost deal looks better.",
			Chinese: "指标 {subject} 未与滞留商机占比同时考核：不关闭已失败的商机反而得分更高。",
		}, {
			Code:    codeVolume,
			English: "{subject} stands without margin, discount, collection or returns: volume can be bought.",
			Chinese: "指标 {subject} 未与毛利、折扣、回款或退货同时考核：业绩可以靠让利换来。",
		}, {
			Code:    codeOverweight,
			English: "{subject} has {weight} of the weight, over {most}: the other items hardly matter.",
			Chinese: "指标 {subject} 的权重为 {weight}，超过 {most}：其他指标几乎不起作用。",
		}, {
			Code:    codeEndless,
			English: "The bonus {subject} has no cap: it can outweigh everything else.",
			Chinese: "加分项 {subject} 没有上限，可能压倒其他所有指标。",
		}, {
			Code:    codeUnknown,
			English: "{subject} is not in the catalog, so nothing is said about what it invites to.",
			Chinese: "指标目录中没有 {subject}，未能判断其激励倾向。",
		}, {
			Code:    codeTenure,
			English: "For {subject}, how long each of the {ranked} people ranked was in the role is not known and was not checked.",
			Chinese: "{subject}参与排名的 {ranked} 人在岗时间未提供，未作检查。",
		}, {
			Code:    codeNotTested,
			English: "The ranking of {subject} orders exact numbers of {ranked} people. Whether neighbours differ by more than chance is not tested; a place alone is no judgement.",
			Chinese: "{subject}的排名按精确数值排列，共 {ranked} 人参与。相邻名次的差距是否超出偶然波动未作检验，请勿仅凭名次下结论。",
		}, {
			Code:    codePartTested,
			English: "For {subject}, {without} of {ranked} places have no interval: what they are worth is not known.",
			Chinese: "{subject}参与排名的 {ranked} 人中有 {without} 人没有区间估计，其名次的可靠程度未知。",
		}, {
			Code:    codeChance,
			English: "For {subject}, chance alone would give {share} of the spread between the {people} people compared.",
			Chinese: "{subject}参与比较的 {people} 人之间的差异，有 {share} 仅凭偶然就会出现。",
		}, {
			Code:    codeAllChance,
			English: "For {subject}, none of {ranked} people differs from the others by more than chance: the order says nothing about them.",
			Chinese: "{subject}参与排名的 {ranked} 人与其他人的差距均未超出偶然波动：名次不能说明问题。",
		}, {
			Code:    OnRamp,
			English: "{subject} is not ranked: still on ramp.",
			Chinese: "{subject}未参与排名：处于新人成长期。",
		}, {
			Code:    OnLeave,
			English: "{subject} is not ranked: on leave.",
			Chinese: "{subject}未参与排名：休假中。",
		}, {
			Code:    ShortTenure,
			English: "{subject} is not ranked: too short a part of the period in the role.",
			Chinese: "{subject}未参与排名：在岗时间不足。",
		}, {
			Code:    WithoutTarget,
			English: "{subject} is not ranked: no target.",
			Chinese: "{subject}未参与排名：没有目标。",
		}, {
			Code:    WithoutScore,
			English: "{subject} is not ranked: no score.",
			Chinese: "{subject}未参与排名：没有得分。",
		}, {
			Code:    SmallPool,
			English: "{subject} is in no class: the pool has too few people.",
			Chinese: "{subject}未分档：所在群体人数不足。",
		},
	}
}

// note writes down what the reader of a card should know.
func (s *Scorecard) note(c *Card) {
	for i := range c.Lines {
		c.noteLine(&c.Lines[i], &s.def.Items[i], &s.def.Missing)
	}
	if s.tooMuchMissing(c) {
		c.Findings = append(c.Findings, check.Finding{Code: codeTooMuch, Severity: check.Warning, Subject: c.Owner,
			Args: check.Args("missing", percent(c.MissingWeight), "most", percent(s.def.Missing.most()))})
	}
}

func (c *Card) noteLine(line *Line, item *Item, policy *MissingPolicy) {
	if line.Missing == 0 {
		switch {
		case item.metOrNot(line.Actual, line.Target):
			c.find(codeMetOrNot, check.Info, line.Metric, "points", line.Points)
		case item.Curve.Over == OverAttainment && kpi.SignChange(line.Actual, line.Target):
			c.find(codeSign, check.Warning, line.Metric)
		}
		return
	}
	switch treatment := policy.treatment(line.Missing); {
	case treatment == CountLeast:
		c.find(codeLeast, check.Warning, line.Metric, "reason", line.Missing.Title("en"), "reason_zh", line.Missing.Title("zh"), "points", line.Points)
	case line.Bonus:
		c.find(codeNoBonus, check.Info, line.Metric, "reason", line.Missing.Title("en"), "reason_zh", line.Missing.Title("zh"))
	case treatment == LeaveOut:
		c.find(codeLeftOut, check.Info, line.Metric, "reason", line.Missing.Title("en"), "reason_zh", line.Missing.Title("zh"))
	default:
		c.find(codeForbids, check.Warning, line.Metric, "reason", line.Missing.Title("en"), "reason_zh", line.Missing.Title("zh"))
	}
}

// noteGate writes down what a gate did; of one that is passed there is
// nothing to say.
func (s *Scorecard) noteGate(c *Card, r GateResult) {
	reason := r.Value.Reason()
	switch {
	case r.Outcome == kpi.TargetMissed && reason == 0:
		c.find(codeGateFailed, check.Critical, r.Metric, "value", r.Value, "limit", r.Limit, "band", r.Band)
	case r.Outcome == kpi.TargetMissed:
		c.find(codeGateAsFailed, check.Critical, r.Metric, "reason", reason.Title("en"), "reason_zh", reason.Title("zh"), "band", r.Band)
	case r.Outcome == kpi.Undecided && s.def.Missing.treatment(reason) == LeaveOut:
		c.find(codeGateLeftOut, check.Warning, r.Metric, "reason", reason.Title("en"), "reason_zh", reason.Title("zh"))
	case r.Outcome == kpi.Undecided:
		c.find(codeGateForbids, check.Warning, r.Metric, "reason", reason.Title("en"), "reason_zh", reason.Title("zh"))
	}
}

func (c *Card) find(code string, severity check.Severity, subject string, args ...any) {
	args = append(args, "owner", c.Owner)
	c.Findings = append(c.Findings, check.Finding{Code: code, Severity: severity, Subject: subject, Args: check.Args(args...)})
}

// percent writes a share for people, exactly where one decimal is enough.
func percent(share kpi.Value) string {
	return share.Mul(kpi.Int(100)).Text(1, kpi.HalfEven) + " %"
}
