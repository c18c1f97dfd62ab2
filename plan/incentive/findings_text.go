package incentive

import "github.com/saleskpi/saleskpi/kpi/check"

func statementTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "pay_undefined",
			English: "What {subject} pays cannot be said ({reason}); the statement has no payout and cannot be posted.",
			Chinese: "无法计算{subject}（{reason_zh}），本期应发金额未定，不能入账。",
		}, {
			Code:    "credit_undefined",
			English: "What {subject} counts for {component} is not known ({reason}).",
			Chinese: "{subject} 在{component}中的业绩未知（{reason_zh}）。",
		}, {
			Code:    "gate_closed",
			English: "{subject} pays nothing but its floor: {attainment} is below the {at_least} that its gate asks for.",
			Chinese: "{subject}未达发放门槛：达成率 {attainment}，低于 {at_least}，除保底外不发放。",
		}, {
			Code:    "accelerated",
			English: "{subject} pays {factor} times: the accelerator is open.",
			Chinese: "{subject}触发加速条件，按 {factor} 倍计。",
		}, {
			Code:    "capped",
			English: "{subject} stands at its cap, which takes {amount}.",
			Chinese: "{subject}已封顶，减少 {amount}。",
		}, {
			Code:    "topped_up",
			English: "{subject} is topped up to its guaranteed minimum by {amount}.",
			Chinese: "{subject}补足至保底，增加 {amount}。",
		}, {
			Code:    "sign_change",
			English: "What {subject} counts and its quota have different signs; the attainment is computed but says little.",
			Chinese: "{subject}的业绩与目标正负相反，达成率仅供参考。",
		}, {
			Code:    "held",
			English: "{amount} of the pay of {subject} waits for customers' cash, {new} of it from this period.",
			Chinese: "{subject}有 {amount} 待客户回款后发放，其中本期新增 {new}。",
		}, {
			Code:    "taken_back",
			English: "{amount} is taken back from {subject} for reversed deals.",
			Chinese: "因退单从{subject}扣回 {amount}。",
		}, {
			Code:    "reversed_more",
			English: "{subject} reverses more of {original} than was counted; only what it earned is taken back.",
			Chinese: "{subject} 冲销 {original} 的金额超过原计金额，只扣回原来所得。",
		}, {
			Code:    "nothing_posted",
			English: "{subject} reverses {original}, of which {component} has no posted line; nothing is taken back there.",
			Chinese: "{subject} 冲销 {original}，但{component}没有其入账记录，未作扣回。",
		}, {
			Code:    "corrected",
			English: "Corrections of earlier periods change the payout of {subject} by {amount}.",
			Chinese: "更正以前期间使{subject}的应发金额变动 {amount}。",
		}, {
			Code:    "advanced",
			English: "The draw advances {amount} to {subject}; {owed} is owed after it.",
			Chinese: "向{subject}预支 {amount}，累计待还 {owed}。",
		}, {
			Code:    "recovered",
			English: "{subject} pays back {amount} of earlier draws; {owed} is owed after it.",
			Chinese: "{subject}归还预支 {amount}，尚余待还 {owed}。",
		}, {
			Code:    "payout_negative",
			English: "The payout of {subject} is below zero: {amount}.",
			Chinese: "{subject}的应发金额为负：{amount}。",
		}, {
			Code:    "excluded_outside_period",
			English: "{n} credits of {subject} lie in other periods and are not in this statement: {credits}.",
			Chinese: "{subject}有 {n} 笔业绩不在本期内，未计入：{credits}。",
		}, {
			Code:    "excluded_no_component",
			English: "{n} credits of {subject} are of a metric that the plan does not pay: {credits}.",
			Chinese: "{subject}有 {n} 笔业绩的指标不在方案内，未计入：{credits}。",
		}, {
			Code:    "excluded_no_amount",
			English: "{n} credits of {subject} have no amount and are not paid: {credits}.",
			Chinese: "{subject}有 {n} 笔业绩没有金额，未计提成：{credits}。",
		}, {
			Code:    "excluded_original_unknown",
			English: "{n} reversals of {subject} name deals that are not known, and nothing is taken back: {credits}.",
			Chinese: "{subject}有 {n} 笔冲销找不到原业绩，未作扣回：{credits}。",
		}, {
			Code:    "excluded_too_late",
			English: "{n} reversals of {subject} came after the last day for taking back: {credits}.",
			Chinese: "{subject}有 {n} 笔冲销已超过追扣期限，不再扣回：{credits}。",
		}, {
			Code:    "excluded_restates_earlier",
			English: "{n} reversals of {subject} change earlier periods and must be restated there: {credits}.",
			Chinese: "{subject}有 {n} 笔冲销影响以前期间，须在原期间重算：{credits}。",
		},
	}
}
