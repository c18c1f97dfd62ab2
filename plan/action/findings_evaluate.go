package action

import (
	"fmt"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func evaluationTemplates() check.Templates {
	return check.Templates{
		{Code: "changed_after",
			English: "After {name} {units} changed from {before} to {after}, by {changed}. Without it {expected} was to be expected, {basis}; {net} remains, {interval}: more than chance.",
			Chinese: "“{name_zh}”之后，{units_zh}由{before}变为{after}，变动{changed}。若无该行动，预期变动{expected}（{basis_zh}）；其余{net}，{interval_zh}：超出随机波动。"},
		{Code: "changed_within_chance",
			English: "After {name} {units} changed from {before} to {after}, by {changed}. Without it {expected} was to be expected, {basis}; {net} remains, {interval}: within chance.",
			Chinese: "“{name_zh}”之后，{units_zh}由{before}变为{after}，变动{changed}。若无该行动，预期变动{expected}（{basis_zh}）；其余{net}，{interval_zh}：在随机波动范围内。"},
		{Code: "changed_unjudged",
			English: "After {name} {units} changed from {before} to {after}, by {changed}. Whether that is more than would have come without it cannot be said: {reason}.",
			Chinese: "“{name_zh}”之后，{units_zh}由{before}变为{after}，变动{changed}。是否超出没有该行动时的变动，无法判断：{reason_zh}。"},
		{Code: "changed_unknown",
			English: "What changed after {name} is not known: of {of} units none has all its numbers ({reason}).",
			Chinese: "“{name_zh}”之后的变动无法得知：{of}个单位中没有一个数据齐全（{reason_zh}）。"},
		{Code: "regression_taken_off",
			English: "The units were chosen because of where they stood, {far} from the others: {expected} of the change was to be expected by that alone and is taken off.",
			Chinese: "这些单位因其原有水平而被选中，与其他单位相差{far}：仅此一项就预期变动{expected}，已予扣除。"},
		{Code: "regression_unknown",
			English: "The units were chosen because of where they stood; how far they would have come back by themselves cannot be told ({reason}), so nothing is said of what remains.",
			Chinese: "这些单位因其原有水平而被选中；其自行回归的幅度无法得知（{reason_zh}），因此对其余变动不作判断。"},
		{Code: "looks_chosen",
			English: "The units stood {far} from the others before, more than chance: if they were chosen because of that, {expected} of the change would have come by itself. Say so (chosen).",
			Chinese: "这些单位事前与其他单位相差{far}，超出随机波动：若因此而被选中，则其中{expected}的变动会自行出现。请注明（chosen）。"},
		{Code: "promise_kept",
			English: "{promised} was promised of {name}; {net} remains after it.",
			Chinese: "“{name_zh}”承诺变动{promised}，之后的其余变动为{net}。"},
		{Code: "promise_not_kept",
			English: "{promised} was promised of {name}; {net} remains after it, less than that.",
			Chinese: "“{name_zh}”承诺变动{promised}，之后的其余变动仅为{net}，低于承诺。"},
		{Code: "units_left_out",
			English: "{n} of {of} units were left out because a number of theirs is not known.",
			Chinese: "{of}个单位中有{n}个因数据缺失而未计入。"},
	}
}

// findings says what the reader of an evaluation should know.
func (e *Evaluation) findings(one Case, apart bool, fewest int64) []check.Finding {
	w := &scribe{found: []check.Finding{}}
	en, zh := titles(one.ID, one.Name, one.NameZH)
	name := []any{"name", en, "name_zh", zh}
	text := alike(one.Unit, e.Units.Before, e.Units.After, e.Expected, e.Others.Before)
	plus := changes(one.Unit, text)
	if e.Units.Counted == 0 {
		why := e.Units.Changed.Reason()
		for _, left := range e.Units.Excluded {
			why = kpi.Stronger(why, left.Reason)
		}
		w.add("changed_unknown", check.Warning, e.ID, append(name, "of", e.Units.Read, "reason", why.Title("en"), "reason_zh", why.Title("zh"))...)
	} else {
		e.findVerdict(w, text, plus, name, fewest)
		e.findRegression(w, plus, apart)
	}
	if e.Promised.Defined() && e.Net.Defined() {
		args := append(name, "promised", plus(e.Promised), "net", plus(e.Net))
		if kept, _ := kpi.Met(one.Direction, e.Net, e.Promised); kept {
			w.add("promise_kept", check.Info, e.ID, args...)
		} else {
			w.add("promise_not_kept", check.Warning, e.ID, args...)
		}
	}
	if out := len(e.Units.Excluded) + len(e.Others.Excluded); out > 0 {
		w.add("units_left_out", check.Warning, e.ID, "n", out, "of", e.Units.Read+e.Others.Read)
	}
	return w.found
}

func (e *Evaluation) findVerdict(w *scribe, text, plus func(kpi.Value) string, name []any, fewest int64) {
	args := slices.Concat(name, []any{"before", text(e.Units.Before), "after", text(e.Units.After), "changed", plus(e.Units.Changed),
		"expected", plus(e.Expected), "net", plus(e.Net), "units", meanOfUnits(e.Units.Counted), "units_zh", meanOfUnitsZH(e.Units.Counted)})
	if e.Verdict == kpi.ChanceUnknown {
		en, zh := e.unjudgedBecause(fewest)
		w.add("changed_unjudged", check.Warning, e.ID, append(args, "reason", en, "reason_zh", zh)...)
		return
	}
	basis := [...][2]string{NoBasis: {"", ""}, OwnTrend: {"as their own trend went on", "按其自身趋势"},
		ByOthers: {"as the units without it changed", "按未采取该行动的单位"}}[e.Basis]
	level := kpi.Share(0).Text(e.Level)
	span := shown(plus, e.Low) + " … " + shown(plus, e.High)
	code, severity := "changed_within_chance", check.Warning
	if e.Verdict == kpi.Distinguishable {
		code, severity = "changed_after", check.Info
	}
	w.add(code, severity, e.ID, append(args, "basis", basis[0], "basis_zh", basis[1],
		"interval", "with "+level+" confidence "+span, "interval_zh", level+"置信区间"+span)...)
}

// meanOfUnits says whose number it is: a mean of one is none.
func meanOfUnits(n int) string {
	if n == 1 {
		return "the one unit"
	}
	return fmt.Sprintf("the mean of %d units", n)
}

func meanOfUnitsZH(n int) string {
	if n == 1 {
		return "该单位"
	}
	return fmt.Sprintf("%d个单位的均值", n)
}

// unjudgedBecause says why there is no verdict, and of how much there was too
// little: under fewest units in all, or no spread by which to judge.
func (e *Evaluation) unjudgedBecause(fewest int64) (en, zh string) {
	why := e.P.Reason()
	en, zh = why.Title("en"), why.Title("zh")
	switch {
	case why != kpi.TooFew:
		return en, zh
	case min(e.Units.Counted, e.Others.Counted) > 1 && int64(e.Units.Counted+e.Others.Counted) >= fewest,
		e.Others.Counted == 0 && e.Trend.N >= fewestPeriods:
		return "all of them moved alike, which says nothing of chance", "各单位变动完全一致，无从判断随机波动"
	case e.Others.Counted > 0:
		return fmt.Sprintf("%s, %d with it and %d without", en, e.Units.Counted, e.Others.Counted),
			fmt.Sprintf("%s，有该行动的%d个，无该行动的%d个", zh, e.Units.Counted, e.Others.Counted)
	}
	return fmt.Sprintf("%s, nobody without it and a trend of %d periods before", en, e.Trend.N),
		fmt.Sprintf("%s，没有可比单位，且之前仅有%d期", zh, e.Trend.N)
}

func (e *Evaluation) findRegression(w *scribe, plus func(kpi.Value) string, apart bool) {
	r := e.Regression
	far := e.Units.Before.Sub(e.Others.Before)
	args := []any{"far", plus(far), "expected", plus(r.Expected), "reason", r.Expected.Reason().Title("en"), "reason_zh", r.Expected.Reason().Title("zh")}
	switch {
	case r.TakenOff && r.Expected.Defined():
		w.add("regression_taken_off", check.Info, e.ID, args...)
	case r.TakenOff:
		w.add("regression_unknown", check.Critical, e.ID, args...)
	case apart && r.Expected.Defined():
		w.add("looks_chosen", check.Warning, e.ID, args...)
	}
}
