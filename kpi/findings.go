package kpi

import "github.com/saleskpi/saleskpi/kpi/check"

// The codes of this package's findings.
const (
	findSignChange      = "sign_change"
	findTargetZero      = "target_zero"
	findNoTarget        = "no_target"
	findBandEdgeZero    = "band_edge_zero"
	findBandReversed    = "band_reversed"
	findBaseNotPositive = "base_not_positive"
	findUnpriced        = "unpriced"
	findClustered       = "clustered"
)

// Findings gives the sentences of this package's findings in English and
// Chinese.
func Findings() check.Templates {
	return check.Templates{
		{Code: findSignChange,
			English: "{actual} stands against {target}, which is of the other sign: the percentage is computed but says little.",
			Chinese: "实际值 {actual} 与对比值 {target} 正负相反，百分比虽可算出，但参考意义不大。"},
		{Code: findTargetZero,
			English: "The target is zero: it is met or missed, and there is no percentage (actual {actual}).",
			Chinese: "目标为零，只判断达成与否，不计算达成率（实际值 {actual}）。"},
		{Code: findNoTarget,
			English: "There is no target to compare with.",
			Chinese: "没有可对比的目标。"},
		{Code: findBandEdgeZero,
			English: "{actual} lies outside a band whose edge is zero; state a tolerance to get a percentage.",
			Chinese: "实际值 {actual} 超出以零为界的目标区间，请设定容差后再计算达成率。"},
		{Code: findBandReversed,
			English: "The lower edge {low} of the band lies above its upper edge {high}.",
			Chinese: "目标区间的下限 {low} 高于上限 {high}。"},
		{Code: findBaseNotPositive,
			English: "The base is {base}: there is no growth rate; the difference is {difference}.",
			Chinese: "基数为 {base}，不计算增长率；增减额为 {difference}。"},
		{Code: findUnpriced,
			English: "{count} amounts in {subject} have no rate to {to}, from {first} to {last}; they are not in the total.",
			Chinese: "{first} 至 {last} 有 {count} 笔 {subject} 金额缺少兑 {to} 的汇率，未计入合计。"},
		{Code: findClustered,
			English: "The {n} records go together by {subject}: over {groups} groups the rate varies {factor} times as much as independent records would, and the interval is drawn for that.",
			Chinese: "{n} 条记录按 {subject} 聚集：{groups} 组之间的方差是各自独立时的 {factor} 倍，区间已据此放宽。"},
	}
}
