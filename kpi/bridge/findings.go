package bridge

import (
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// The codes of this package's findings.
const (
	codeLargest       = "largest_part"     // what moved the number most, in the direction of the gap: a driver or a member
	codeLargestEffect = "largest_effect"   // likewise, a word such as price
	codeOffset        = "offsetting"       // the net hides more than it shows
	codeTakenOver     = "taken_over"       // a driver is undefined on one side
	codeNoDriver      = "driver_undefined" // a driver is undefined on both sides
	codeUndefinedMix  = "undefined_mix"    // the gap is known and cannot be split
	codeNoSide        = "side_undefined"   // a value is not known, so there is no gap
	codeRounded       = "rounded"          // fractions were shortened, nothing is lost
	codeSimpson       = "simpson"          // every segment went one way and the total the other
	codeOneSide       = "on_one_side"      // members or segments without a counterpart
	codeNoQuantity    = "without_quantity" // amounts that no price or quantity explains
	codeNoAmount      = "without_amount"   // lines that add nothing
	codeNoValue       = "undefined_amount" // lines that make everything undefined
	codeUnitChanged   = "unit_changed"     // a product changed its unit of measure
	codeBelowZero     = "negative_quantity"
	codeNoBasis       = "quantities_cancel" // mix and quantity cannot be told apart
	codeNoDenominator = "without_denominator"
)

// Findings gives the sentences of this package's findings in English and
// Chinese.
func Findings() check.Templates {
	return check.Templates{
		{Code: codeLargest,
			English: "{metric} is {gap} against {base}; the largest part of it is {subject} with {amount}.",
			Chinese: "{metric} 较“{base}”的差额为 {gap}，其中影响最大的是 {subject}：{amount}。"},
		{Code: codeLargestEffect,
			English: "{metric} is {gap} against {base}; the largest part of it is {subject} with {amount}.",
			Chinese: "{metric} 较“{base}”的差额为 {gap}，其中影响最大的是{subject_zh}：{amount}。"},
		{Code: codeOffset,
			English: "Behind the net of {gap} in {subject} stand {up} up and {down} down.",
			Chinese: "{subject} 净变动 {gap} 的背后是 {up} 的增加与 {down} 的减少相抵。"},
		{Code: codeTakenOver,
			English: "{subject} is undefined in {side} ({reason}); it takes the value of {other}, so its own part is 0.",
			Chinese: "{subject} 在“{side}”中无定义（{reason_zh}），取“{other}”的值，因此其自身影响为 0。"},
		{Code: codeNoDriver,
			English: "{subject} is undefined on both sides ({reason}), so there is no gap to explain.",
			Chinese: "{subject} 在两侧均无定义（{reason_zh}），无法计算差额。"},
		{Code: codeUndefinedMix,
			English: "The gap in {subject} is known and cannot be split: with some of {drivers} as before and some as now, there is no number.",
			Chinese: "{subject} 的差额已知但无法分解：{drivers} 中部分取原值、部分取现值时算不出结果。"},
		{Code: codeNoSide,
			English: "{subject} is undefined in {side} ({reason}), so there is no gap.",
			Chinese: "{subject} 在“{side}”中无定义（{reason_zh}），因此没有差额。"},
		{Code: codeRounded,
			English: "Fractions in {subject} were shortened to {places} decimal places to stay readable; the parts still add up exactly.",
			Chinese: "{subject} 中的分数已保留 {places} 位小数以便阅读，各部分之和仍与差额完全一致。"},
		{Code: codeSimpson,
			English: "Simpson's paradox in {subject}: all {segments} comparable segments went {segments_went}, the total went {total_went}. The mix did it; look at the segments.",
			Chinese: "{subject} 出现辛普森悖论：可比的 {segments} 个分组全部{segments_went_zh}，合计却{total_went_zh}。这是结构变化所致，请看分组数据。"},
		{Code: codeOneSide,
			English: "By {subject}, only in {current}: {current_only}; only in {base}: {base_only}.",
			Chinese: "按 {subject} 看，只出现在“{current}”的有 {current_only} 项，只出现在“{base}”的有 {base_only} 项。"},
		{Code: codeNoQuantity,
			English: "Lines of {side} with an amount and no quantity: {n} (first: {subject}). No price or quantity explains them; they are in other.",
			Chinese: "“{side}”中有 {n} 行有金额而无数量，无法归因于价格或数量，计入“其他”（首个：{subject}）。"},
		{Code: codeNoAmount,
			English: "Items of {side} that lack a number: {n} (first: {subject}). They add nothing.",
			Chinese: "“{side}”中有 {n} 项缺少数值，未计入（首个：{subject}）。"},
		{Code: codeNoValue,
			English: "Lines of {side} with an undefined amount ({reason}): {n} (first: {subject}). So there is no gap.",
			Chinese: "“{side}”中有 {n} 行金额无定义（{reason_zh}），因此没有差额（首个：{subject}）。"},
		{Code: codeUnitChanged,
			English: "Products in another unit of measure than before: {n} (first: {subject}). Units are kept apart, so they count as lost and new.",
			Chinese: "有 {n} 个产品的计量单位与以前不同；不同单位分开计算，因此计为流失和新增（首个：{subject}）。"},
		{Code: codeBelowZero,
			English: "Lines with a quantity below zero (returns): {n} (first: {subject}). Their price and mix say little.",
			Chinese: "有 {n} 行数量为负（退货），其价格和结构影响参考意义不大（首个：{subject}）。"},
		{Code: codeNoBasis,
			English: "The quantities of {base} in {subject} add up to zero, so mix and quantity cannot be told apart.",
			Chinese: "“{base}”中以 {subject} 计量的数量合计为零，无法区分结构与数量的影响。"},
		{Code: codeNoDenominator,
			English: "Segments with a numerator and no denominator: {n} (first: {subject}). They are in other.",
			Chinese: "有 {n} 个分组分母为零而分子不为零，计入“其他”（首个：{subject}）。"},
	}
}

func (b *Bridge) find(code string, severity check.Severity, subject string, args ...any) {
	b.Findings = append(b.Findings, check.Finding{Code: code, Severity: severity, Subject: subject, Args: check.Args(args...)})
}

// findSides names the values that are not known.
func (b *Bridge) findSides() {
	for _, side := range []struct {
		name  string
		value kpi.Value
	}{{b.Question.Base.Name, b.Values.Base}, {b.Question.Current.Name, b.Values.Current}} {
		if !side.value.Defined() {
			b.find(codeNoSide, check.Warning, b.Question.Metric, "side", side.name, "reason", side.value.Reason().Title("en"), "reason_zh", side.value.Reason().Title("zh"))
		}
	}
}

// explainGap says what moved the number most, and whether the net hides more
// than it shows.
func (b *Bridge) explainGap() {
	if b.Gap.Sign() == 0 && b.Up.Sign() == 0 {
		return
	}
	way := kpi.Int(int64(b.Gap.Sign()))
	largest := Part{Amount: kpi.Int(0)}
	for _, p := range b.Parts {
		if p.Rest == 0 && way.Mul(largest.Amount).Less(way.Mul(p.Amount)) {
			largest = p
		}
	}
	if largest.ID != "" {
		args := []any{"metric", b.Question.Metric, "base", b.Question.Base.Name, "gap", b.difference(b.Gap), "amount", b.difference(largest.Amount)}
		if b.Kind == ByDrivers || b.Kind == ByMembers { // whose name is a name, even where it is price
			b.find(codeLargest, check.Info, largest.ID, args...)
		} else {
			b.find(codeLargestEffect, check.Info, largest.ID, append(args, "subject_zh", PartTitle(largest.ID, "zh"))...)
		}
	}
	if net := b.Gap.Abs(); net.Less(b.Up) && net.Less(b.Down.Neg()) {
		b.find(codeOffset, check.Info, b.Question.Metric, "up", b.difference(b.Up), "down", b.difference(b.Down), "gap", b.difference(b.Gap))
	}
}

// difference writes a change of the number; that of a percentage is in
// percentage points, so that nobody takes it for a relative one.
func (b *Bridge) difference(v kpi.Value) string {
	text := b.Question.Unit.Text(v)
	if b.Question.Unit.Show == kpi.AsPercent {
		return strings.TrimSuffix(text, "%") + "pp"
	}
	return text
}

func joined(ids []string) string { return strings.Join(ids, ", ") }
