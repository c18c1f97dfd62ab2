package funnel

import (
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// windowBegins adds the finding that closings before a day are not on record,
// where days from an earlier one on are asked for.
func (a *Analysis) windowBegins(found *notes, first calendar.Day) {
	if first < a.window.ClosingsFrom {
		a.windowNote(found, check.Warning)
	}
}

// movementFindings are the sentences about what changed in time.
func movementFindings() check.Templates {
	return check.Templates{
		{Code: "moves_without_value",
			English: "{deals} of {moves} moves were made without a value: they count in numbers, not in value.",
			Chinese: "{moves} 次变动中有 {deals} 次发生时没有金额：只计入数量，不计入金额。"},
		{Code: "recorded_late",
			English: "Deals that are new since {day} and began earlier: {deals}. They were recorded late, or the earlier record was not whole.",
			Chinese: "有 {deals} 个商机在 {day} 之后才出现，但其起始时间更早：属于补录，或此前的记录不完整。"},
		{Code: "pushed_often",
			English: "{deals} of {open} open deals had their close date pushed {least} times or more: it says little about when they close.",
			Chinese: "{open} 个进行中的商机里有 {deals} 个的预计成交日被推迟了 {least} 次以上：该日期已不可信。"},
		{Code: "no_close_date",
			English: "{deals} of {open} open deals have no expected close date.",
			Chinese: "{open} 个进行中的商机里有 {deals} 个没有预计成交日。"},
		{Code: "period_not_over",
			English: "The period ends on {last} and is known up to {day}: the figures are not final.",
			Chinese: "该期间至 {last} 结束，目前数据只到 {day}：数字尚未最终确定。"},
		{Code: "start_unknown",
			English: "Won deals whose start is not known: {deals}. They are in neither part of the share.",
			Chinese: "有 {deals} 个赢单商机的起始日期未知：不计入占比的分子和分母。"},
		{Code: "won_without_value",
			English: "Won deals without a value: {deals}. The share by value is of the others.",
			Chinese: "有 {deals} 个赢单商机没有金额：按金额的占比只计算其余商机。"},
		{Code: "created_since_removed",
			English: "Deals that began in the period and have been removed or moved to another pipeline since: {deals}. They are not counted.",
			Chinese: "有 {deals} 个商机在该期间开始，之后被删除或转入其他流程：未计入。"},
		{Code: "negative_value",
			English: "Deals with a value below zero: {deals}. Shares of a total with negative parts say nothing and are not given.",
			Chinese: "有 {deals} 个商机的金额为负：含负数的合计无法计算占比，故不给出。"},
	}
}
