package funnel

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// qualitySentences are the sentences of the issues.
func qualitySentences() check.Templates {
	return slices.Concat(leftOutSentences(), suspiciousSentences(), repairedSentences())
}

func leftOutSentences() check.Templates {
	return check.Templates{
		{Code: "quality_no_id",
			English: "Events without a deal ID were left out.",
			Chinese: "没有商机编号的记录已剔除。"},
		{Code: "quality_no_stage",
			English: "Deals left out because nothing says in which stage they ever were: {deals}.",
			Chinese: "有 {deals} 个商机没有任何阶段记录，已剔除。"},
		{Code: "quality_not_begun",
			English: "Deals left out because they begin after the as-of instant: {deals}.",
			Chinese: "有 {deals} 个商机在统计时点之后才开始，已剔除。"},
		{Code: "quality_unknown_stage",
			English: "Deals left out because no pipeline has any of their stages: {deals}. Stages compare as bytes, so check the spelling.",
			Chinese: "有 {deals} 个商机的阶段不属于任何流程，已剔除；阶段名称按字节比较，请检查写法。"},
		{Code: "quality_other_pipeline",
			English: "Deals left out because they are in another pipeline: {deals}.",
			Chinese: "有 {deals} 个商机属于其他流程，已剔除。"},
		{Code: "quality_removed",
			English: "Deals left out because they were deleted: {deals}.",
			Chinese: "有 {deals} 个商机已被删除，已剔除。"},
	}
}

func suspiciousSentences() check.Templates {
	return check.Templates{
		{Code: "quality_closed_before_created",
			English: "Deals that closed before they began: {deals}. They are left out of the cycle.",
			Chinese: "有 {deals} 个商机的结单日期早于起始日期，未计入销售周期。"},
		{Code: "quality_event_before_created",
			English: "Deals that entered a stage before they were created: {deals}. They are left out of the cycle.",
			Chinese: "有 {deals} 个商机在创建之前就进入了某个阶段，未计入销售周期。"},
		{Code: "quality_reopened",
			English: "Deals opened again after an end: {deals}.",
			Chinese: "有 {deals} 个商机结单后又重新打开。"},
		{Code: "quality_moved_pipeline",
			English: "Deals that came from another pipeline: {deals}. What happened there does not count here.",
			Chinese: "有 {deals} 个商机来自其他流程；在那里的经历不计入本流程。"},
		{Code: "quality_conflicting_values",
			English: "Deals with two different values of one field for the same instant: {deals}. The greater counts.",
			Chinese: "有 {deals} 个商机的同一字段在同一时刻有两个不同的值；取较大者。"},
		{Code: "quality_probability_out_of_range",
			English: "Deals with a probability outside 0 to 1 (perhaps 33 for 0.33): {deals}. That of their stage counts instead.",
			Chinese: "有 {deals} 个商机的赢率不在 0 到 1 之间（例如把 0.33 写成 33）；改用所在阶段的赢率。"},
		{Code: "quality_time_out_of_range",
			English: "Deals with a date that stands for none (1900-01-01, 1970-01-01, 9999-12-31) or lies outside 1900 to 2200: {deals}. It counts as not known.",
			Chinese: "有 {deals} 个商机含有占位日期（1900-01-01、1970-01-01、9999-12-31）或超出 1900 至 2200 年的日期，按未知处理。"},
		{Code: "quality_in_unknown_stage",
			English: "Deals that were in a stage which no pipeline has: {deals}. That entry is ignored, and they are left out of the cycle.",
			Chinese: "有 {deals} 个商机曾处于任何流程都没有的阶段；该记录被忽略，这些商机不计入销售周期。"},
		{Code: "quality_after_as_of",
			English: "Deals with something dated after the as-of instant: {deals}. It does not count yet.",
			Chinese: "有 {deals} 个商机含有晚于统计时点的记录，暂不计入。"},
		{Code: "quality_moved_back",
			English: "Deals that went back to an earlier stage: {deals}.",
			Chinese: "有 {deals} 个商机退回过更早的阶段。"},
		{Code: "quality_sequence_against_time",
			English: "Deals in which a later event has a smaller sequence number: {deals}. The time decides.",
			Chinese: "有 {deals} 个商机中较晚的记录序号反而较小；以时间为准。"},
		{Code: "quality_no_start_time",
			English: "Deals whose start is not known: {deals}. They have no age and no cycle, and are in no cohort.",
			Chinese: "有 {deals} 个商机没有起始日期：没有持续天数和周期，也不属于任何同期群。"},
		{Code: "quality_no_close_time",
			English: "Closed deals without a closing date: {deals}.",
			Chinese: "有 {deals} 个已结单商机没有结单日期。"},
		{Code: "quality_history_begins_late",
			English: "Deals whose history begins after the first stage, with no creation on record: {deals}. They were there before, nobody knows since when.",
			Chinese: "有 {deals} 个商机的历史从首个阶段之后才开始，且没有创建记录；此前何时开始无从得知。"},
		{Code: "quality_started_before_window",
			English: "Deals that began before closings were on record: {deals}. Others of their time that closed early are missing.",
			Chinese: "有 {deals} 个商机始于结单记录开始之前；同期中早已结单的商机缺失。"},
		{Code: "quality_open_without_value",
			English: "Open deals without a value: {deals}. They add nothing to the pipeline value.",
			Chinese: "有 {deals} 个进行中的商机没有金额，未计入商机金额。"},
		{Code: "quality_won_without_value",
			English: "Won deals without a value: {deals}. They are missing in won value and average.",
			Chinese: "有 {deals} 个赢单商机没有金额，赢单金额和平均值中缺少它们。"},
		{Code: "quality_lost_without_value",
			English: "Lost deals without a value: {deals}. With many of them no win rate by value is given.",
			Chinese: "有 {deals} 个丢单商机没有金额；数量多时不给出按金额计算的赢单率。"},
		{Code: "quality_negative_value",
			English: "Deals with an amount or list price below zero: {deals}. It counts as it is.",
			Chinese: "有 {deals} 个商机的金额或标价为负数，按原值计入。"},
		{Code: "quality_stale_age",
			English: "Open deals older than deals are when they close: {deals}. They stand apart as stale.",
			Chinese: "有 {deals} 个进行中的商机的持续时间超过一般结单所需，已作为停滞单独列示。"},
		{Code: "quality_stale_past_close",
			English: "Open deals long past their own close date: {deals}. They stand apart as stale.",
			Chinese: "有 {deals} 个进行中的商机早已超过自身的预计成交日，已作为停滞单独列示。"},
		{Code: "quality_expected_before_created",
			English: "Deals expected to close before they were created: {deals}.",
			Chinese: "有 {deals} 个商机的预计成交日早于创建日期。"},
	}
}

func repairedSentences() check.Templates {
	return check.Templates{
		{Code: "quality_creation_assumed",
			English: "Deals without a row that created them: {deals}. They begin with their first entry into a stage.",
			Chinese: "有 {deals} 个商机没有创建记录，以首次进入阶段作为起点。"},
		{Code: "quality_creation_without_stage",
			English: "Deals whose creation names no stage: {deals}. They were created in the stage that the next row came from, or in the first.",
			Chinese: "有 {deals} 个商机的创建记录没有写明阶段；视为创建于下一条记录的来源阶段，或首个阶段。"},
		{Code: "quality_stage_repeated",
			English: "Deals for which the stage where they already were was stated again: {deals}. The first entry counts.",
			Chinese: "有 {deals} 个商机重复登记了当前所处的阶段；以首次进入为准。"},
		{Code: "quality_undated_stage_placed",
			English: "Deals with a stage that has no date: {deals}. It took its place before the next later stage.",
			Chinese: "有 {deals} 个商机含有没有日期的阶段，已排在其后的阶段之前。"},
		{Code: "quality_undated_stage_left_out",
			English: "Deals with a stage once dated and once not: {deals}. The dated entry counts.",
			Chinese: "有 {deals} 个商机的同一阶段既有带日期的记录也有不带日期的记录；以带日期的为准。"},
		{Code: "quality_stage_from_next_row",
			English: "Deals with a stage known only because the next row says that they came from it: {deals}. Nobody knows since when they were there.",
			Chinese: "有 {deals} 个商机的某个阶段只因下一条记录写明来源才得知，何时进入无从得知。"},
		{Code: "quality_ordered_by_stage",
			English: "Deals with several stages of one instant and no sequence: {deals}. They were put in the order of the stages.",
			Chinese: "有 {deals} 个商机在同一时刻有多个阶段且没有序号，已按阶段顺序排列。"},
	}
}
