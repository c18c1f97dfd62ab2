package forecast

import "github.com/saleskpi/saleskpi/kpi/check"

// changeFindings are the sentences of a change of the landing, one for each
// line.
func changeFindings() check.Templates {
	all := check.Templates{
		{Code: "landing_changed",
			English: "The landing moved from {before} to {after} since {from}: {change}.",
			Chinese: "自 {from} 以来，预计收官从 {before} 变为 {after}：变动 {change}。"},
		{Code: "change_unknown",
			English: "At least one of the landings of {from} and {to} is undefined, so their change is not given.",
			Chinese: "{from} 与 {to} 的预测至少有一个无法给出，因此不能说明变动。"},
		{Code: "changed_new_deals",
			English: "Deals that do not exist yet: {adds}.",
			Chinese: "尚未创建的商机：{adds}。"},
		{Code: "changed_calls",
			English: "What owners and managers say beyond the deals: {adds}.",
			Chinese: "销售与经理的人工判断：{adds}。"},
	}
	for _, l := range []struct{ word, english, chinese string }{
		{"created", "Deals created", "新建商机"},
		{"reopened", "Deals opened again", "重新打开的商机"},
		{"restored", "Deals restored", "恢复的商机"},
		{"moved_in", "Deals from another pipeline", "从其他流程转入的商机"},
		{"transferred_in", "Deals taken over", "接手的商机"},
		{"pulled_in", "Deals pulled into the period", "提前到本期的商机"},
		{"pushed_in", "Deals of an earlier date, due in the period now", "从更早日期推迟到本期的商机"},
		{"date_set", "Deals that have a close date now", "新填预计成交日的商机"},
		{"raised", "Deals with a higher value", "金额上调的商机"},
		{"value_stated", "Deals that have a value now", "新填金额的商机"},
		{"lowered", "Deals with a lower value", "金额下调的商机"},
		{"value_withdrawn", "Deals whose value was taken back", "撤回金额的商机"},
		{"pushed_out", "Deals pushed out of the period", "推迟出本期的商机"},
		{"pulled_out", "Deals whose close date lies before the period now", "提前到本期之前的商机"},
		{"date_cleared", "Deals without a close date now", "删除预计成交日的商机"},
		{"transferred_out", "Deals handed over", "移交的商机"},
		{"moved_out", "Deals moved to another pipeline", "转出到其他流程的商机"},
		{"won", "Deals won", "赢单"},
		{"lost", "Deals lost", "丢单"},
		{"disqualified", "Deals disqualified", "作废的商机"},
		{"removed", "Deals removed", "删除的商机"},
		{"chance", "Deals with another chance: moved, grown older, or judged by newer experience", "可能性变化的商机（阶段变动、时间推移或经验更新）"},
		{"stood_aside", "Deals that are not due any more: stale, omitted or past their close date", "不再计入本期的商机（停滞、排除或已过预计成交日）"},
		{"came_back", "Deals that are due again", "重新计入本期的商机"},
		{"restated", "Won deals that were changed afterwards", "事后更正的赢单"},
	} {
		all = append(all, check.Template{Code: "changed_" + l.word,
			English: l.english + " ({deals}): {adds} (won {won}, expected {expected}).",
			Chinese: l.chinese + "（{deals} 个）：{adds}（赢单 {won}，预计 {expected}）。"})
	}
	return all
}
