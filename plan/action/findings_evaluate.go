package action

import (
	"math"
	"strconv"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func evaluationTemplates() check.Templates {
	return check.Templates{
		{Code: "changed_after",
			English: "After {name} the mean of {n} units changed from {before} to {after}, by {changed}. Without it {expected} was to be expected, {basis}; {net} remains, {interval}: more than chance.",
			Chinese: "“{name_zh}”之后，{n}个单位的均值由{before}变为{after}，变动{changed}。若无该行动，预期变动{expected}（{basis_zh}）；其余{net}，{interval_zh}：超出随机波动。"},
		{Code: "changed_within_chance",
			English: "After {name} the mean of {n} units changed from {before} to {after}, by {changed}. Without it {expected} was to be expected, {basis}; {net} remains, {interval}: within chance.",
			Chinese: "“{name_zh}”之后，{n}个单位的均值由{before}变为{after}，变动{changed}。若无该行动，预期变动{expected}（{basis_zh}）；其余{net}，{interval_zh}：在随机波动范围内。"},
		{Code: "changed_unjudged",
			English: "After {name} the mean of {n} units changed from {before} to {after}, by {changed}. Whether that is more than would have come without it cannot be said: {reason}.",
			Chinese: "“{name_zh}”之后，{n}个单位的均值由{before}变为{after}，变动{changed}。是否超出没有该行动时的变动，无法判断：{reason_zh}。"},
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
func (e *Evaluation) findings(one Case, apart bool) []check.Finding {
	w := &scribe{found: []check.Finding{}}
	en, zh := titles(one.ID, one.Name, one.NameZH)
	base := []any{"name", en, "name_zh", zh, "n", e.Units.Counted, "before", plainly(e.Units.Before), "after", plainly(e.Units.After),
		"changed", plus(e.Units.Changed), "expected", plus(e.Expected), "net", plus(e.Net)}
	e.findVerdict(w, base)
	e.findRegression(w, apart)
	if e.Promised.Defined() && e.Net.Defined() {
		args := []any{"name", en, "name_zh", zh, "promised", plus(e.Promised), "net", plus(e.Net)}
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

func (e *Evaluation) findVerdict(w *scribe, base []any) {
	if e.Verdict == kpi.ChanceUnknown {
		why := e.P.Reason()
		w.add("changed_unjudged", check.Warning, e.ID, append(base, "reason", why.Title("en"), "reason_zh", why.Title("zh"))...)
		return
	}
	basis := [...][2]string{NoBasis: {"", ""}, OwnTrend: {"as their own trend went on", "按其自身趋势"},
		ByOthers: {"as the units without it changed", "按未采取该行动的单位"}}[e.Basis]
	level := kpi.Share(0).Text(e.Level)
	span := shown(e.Low) + " … " + shown(e.High)
	code, severity := "changed_within_chance", check.Warning
	if e.Verdict == kpi.Distinguishable {
		code, severity = "changed_after", check.Info
	}
	w.add(code, severity, e.ID, append(base, "basis", basis[0], "basis_zh", basis[1],
		"interval", "with "+level+" confidence "+span, "interval_zh", level+"置信区间"+span)...)
}

func (e *Evaluation) findRegression(w *scribe, apart bool) {
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

// plus writes a change for people: +12.5.
func plus(v kpi.Value) string {
	if v.Sign() > 0 {
		return "+" + plainly(v)
	}
	return plainly(v)
}

// shown writes an estimate for people, at two decimals.
func shown(e kpi.Estimate) string {
	f, ok := e.Float64()
	if !ok {
		return kpi.NoNumber
	}
	f = math.Round(f*100) / 100
	if f > 0 {
		return "+" + strconv.FormatFloat(f, 'f', -1, 64)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
