package scorecard

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// The codes of findings.
const (
	codeForbids   = "item_without_number" // no score because of this item
	codeLeftOut   = "item_left_out"       // its weight is shared by the others
	codeLeast     = "item_counts_least"   // it counts with the floor of its curve
	codeMetOrNot  = "met_or_not"          // target zero, lower is better
	codeSign      = "sign_change"         // actual and target of different sign
	codeTooMuch   = "too_much_missing"    // no score because of the weight that is missing
	codeNotTested = "order_not_tested"    // a ranking says nothing about chance
)

// Findings gives the sentences of the findings of cards and rankings. The
// subject is the metric for those about an item, the owner for those about a
// card, the period for those about a ranking.
func Findings() check.Templates {
	return check.Templates{
		{
			Code:    codeForbids,
			English: "There is no score for {owner}: {subject} has no number ({reason}).",
			Chinese: "{owner}没有得分：指标 {subject} 缺少数据（{reason}）。",
		}, {
			Code:    codeLeftOut,
			English: "{subject} is left out of the score of {owner} ({reason}); the other items share its weight.",
			Chinese: "{owner}的得分未计入指标 {subject}（{reason}），其权重按比例分摊到其他指标。",
		}, {
			Code:    codeLeast,
			English: "{subject} has no number ({reason}) and counts with the least points, {points}, for {owner}.",
			Chinese: "{owner}的指标 {subject} 缺少数据（{reason}），按最低分 {points} 分计。",
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
			Code:    codeNotTested,
			English: "The ranking of {subject} orders exact scores of {ranked} people. Whether neighbours differ by more than chance is not tested; a place alone is no judgement.",
			Chinese: "{subject}的排名按精确得分排列，共 {ranked} 人参与。相邻名次的差距是否超出偶然波动未作检验，请勿仅凭名次下结论。",
		},
	}
}

// note writes down what the reader of a card should know.
func (s *Scorecard) note(c *Card) {
	for i, item := range s.def.Items {
		c.noteLine(c.Lines[i], item.Direction, s.def.Missing)
	}
	if s.tooMuchMissing(*c) {
		c.Findings = append(c.Findings, check.Finding{Code: codeTooMuch, Severity: check.Warning, Subject: c.Owner,
			Args: check.Args("missing", percent(c.MissingWeight), "most", percent(s.def.Missing.most()))})
	}
}

func (c *Card) noteLine(line Line, d kpi.Direction, policy MissingPolicy) {
	add := func(code string, severity check.Severity, args ...any) {
		args = append(args, "owner", c.Owner)
		c.Findings = append(c.Findings, check.Finding{Code: code, Severity: severity, Subject: line.Metric, Args: check.Args(args...)})
	}
	if line.Missing == 0 {
		switch {
		case line.metOrNot(d):
			add(codeMetOrNot, check.Info, "points", line.Points)
		case kpi.SignChange(line.Actual, line.Target):
			add(codeSign, check.Warning)
		}
		return
	}
	switch policy.treatment(line.Missing) {
	case LeaveOut:
		add(codeLeftOut, check.Info, "reason", line.Missing)
	case CountLeast:
		add(codeLeast, check.Warning, "reason", line.Missing, "points", line.Points)
	default:
		add(codeForbids, check.Warning, "reason", line.Missing)
	}
}

// percent writes a share for people, exactly where one decimal is enough.
func percent(share kpi.Value) string {
	return share.Mul(kpi.Int(100)).Text(1, kpi.HalfEven) + " %"
}
