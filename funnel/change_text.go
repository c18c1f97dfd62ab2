package funnel

import (
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Summary gives the change as sentences for people, line by line: what was
// open, every line, what is open, and what came and was closed in between.
// [Findings] has their text in English and Chinese; amounts are as they are,
// without a currency.
func (c PipelineChange) Summary() []check.Finding {
	said := notes{}
	say := func(code string, s Stock) { said.add(code, check.Info, "deals", s.Deals, "value", sumOf(s.Value)) }
	say("change_opening", c.Opening)
	for _, l := range c.Lines {
		say("change_"+l.Cause.String(), Stock{l.Count, l.Value})
	}
	say("change_closing", c.Closing)
	for _, l := range c.Through {
		say("through_"+l.Cause.String(), Stock{l.Count, l.Value})
	}
	return said
}

// changeSentences are the sentences of a summary.
func changeSentences() check.Templates {
	return check.Templates{
		{Code: "change_opening", English: "Deals open before: {deals}, {value}.", Chinese: "期初进行中：{deals} 个商机，{value}。"},
		{Code: "change_created", English: "Deals created: {deals}, +{value}.", Chinese: "新建：{deals} 个商机，+{value}。"},
		{Code: "change_reopened", English: "Deals opened again: {deals}, +{value}.", Chinese: "重新打开：{deals} 个商机，+{value}。"},
		{Code: "change_restored", English: "Deals restored: {deals}, +{value}.", Chinese: "恢复已删除：{deals} 个商机，+{value}。"},
		{Code: "change_moved_in", English: "Deals from another pipeline: {deals}, +{value}.", Chinese: "从其他销售流程转入：{deals} 个商机，+{value}。"},
		{Code: "change_transferred_in", English: "Deals taken over from others: {deals}, +{value}.", Chinese: "从他人接手：{deals} 个商机，+{value}。"},
		{Code: "change_pulled_in", English: "Deals pulled in from later: {deals}, +{value}.", Chinese: "从以后期间提前到本期：{deals} 个商机，+{value}。"},
		{Code: "change_pushed_in", English: "Deals that slipped in from earlier: {deals}, +{value}.", Chinese: "从以前期间顺延到本期：{deals} 个商机，+{value}。"},
		{Code: "change_date_set", English: "Deals given a close date: {deals}, +{value}.", Chinese: "补填预计成交日：{deals} 个商机，+{value}。"},
		{Code: "change_raised", English: "Deals raised: {deals}, +{value}.", Chinese: "调高金额：{deals} 个商机，+{value}。"},
		{Code: "change_value_stated", English: "Deals given a value: {deals}, +{value}.", Chinese: "补填金额：{deals} 个商机，+{value}。"},
		{Code: "change_lowered", English: "Deals lowered: {deals}, −{value}.", Chinese: "调低金额：{deals} 个商机，−{value}。"},
		{Code: "change_value_withdrawn", English: "Deals whose value was taken back: {deals}, −{value}.", Chinese: "撤回金额：{deals} 个商机，−{value}。"},
		{Code: "change_pushed_out", English: "Deals pushed out to later: {deals}, −{value}.", Chinese: "推迟到以后期间：{deals} 个商机，−{value}。"},
		{Code: "change_pulled_out", English: "Deals pulled ahead to earlier: {deals}, −{value}.", Chinese: "提前到以前期间：{deals} 个商机，−{value}。"},
		{Code: "change_date_cleared", English: "Deals whose close date was taken away: {deals}, −{value}.", Chinese: "清除预计成交日：{deals} 个商机，−{value}。"},
		{Code: "change_transferred_out", English: "Deals handed over to others: {deals}, −{value}.", Chinese: "移交他人：{deals} 个商机，−{value}。"},
		{Code: "change_moved_out", English: "Deals to another pipeline: {deals}, −{value}.", Chinese: "转出到其他销售流程：{deals} 个商机，−{value}。"},
		{Code: "change_won", English: "Deals won: {deals}, −{value} of what was open.", Chinese: "赢单：{deals} 个商机，−{value}（按期初金额）。"},
		{Code: "change_lost", English: "Deals lost: {deals}, −{value}.", Chinese: "丢单：{deals} 个商机，−{value}。"},
		{Code: "change_disqualified", English: "Deals disqualified: {deals}, −{value}.", Chinese: "无效：{deals} 个商机，−{value}。"},
		{Code: "change_removed", English: "Deals removed: {deals}, −{value}.", Chinese: "删除：{deals} 个商机，−{value}。"},
		{Code: "change_closing", English: "Deals open after: {deals}, {value}.", Chinese: "期末进行中：{deals} 个商机，{value}。"},
		{Code: "through_won", English: "Deals that came and were won in between: {deals}, {value}.", Chinese: "期间新进并赢单：{deals} 个商机，{value}。"},
		{Code: "through_lost", English: "Deals that came and were lost in between: {deals}, {value}.", Chinese: "期间新进并丢单：{deals} 个商机，{value}。"},
		{Code: "through_disqualified", English: "Deals that came and were disqualified in between: {deals}, {value}.", Chinese: "期间新进并判为无效：{deals} 个商机，{value}。"},
	}
}
