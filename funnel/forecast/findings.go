package forecast

import (
	"slices"
	"strconv"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// notes collects the findings of a result in a fixed order.
type notes []check.Finding

func (n *notes) add(code string, severity check.Severity, args ...any) {
	*n = append(*n, check.Finding{Code: code, Severity: severity, Args: check.Args(args...)})
}

// some adds a finding about a number of deals where there are any.
func (n *notes) some(deals int64, code string, severity check.Severity, args ...any) {
	if deals > 0 {
		n.add(code, severity, append(args, "deals", deals)...)
	}
}

// landingFindings says what a landing is worth: its parts, how sure, and what
// is missing.
func (f *Forecast) landingFindings(l *Landing) []check.Finding {
	found := notes{}
	if l.Total.Value.Defined() {
		found.add("landing", check.Info, "won", whole(l.Won.Value), "open", whole(l.Open.Value), "new", whole(l.New.Value), "total", whole(l.Total.Value))
	}
	switch {
	case l.Past == 0:
		found.add("no_past_periods", check.Warning, "won", whole(l.Won.Value))
	case l.Spread.Reach.Defined():
		found.add("reach", check.Info, "percent", percent(l.Spread.Reach), "target", whole(l.Target), "low", figure(l.Spread.P10), "high", figure(l.Spread.P90))
	case l.Spread.P10.Defined():
		found.add("range", check.Info, "low", figure(l.Spread.P10), "high", figure(l.Spread.P90))
	case l.Spread.P10.Reason() == kpi.TooFew && l.DaysLeft > 0:
		found.add("too_few_landings", check.Warning, "periods", l.Spread.Periods, "least", FewestPast)
	}
	if l.Independent.P10.Defined() && l.DaysLeft > 0 {
		found.add("deals_independent", check.Info, "low", figure(l.Independent.P10), "high", figure(l.Independent.P90))
	}
	found.some(l.Won.Missing, "won_without_value", check.Warning, "won", l.Won.Deals)
	found.some(l.Due.Missing, "due_without_value", check.Warning, "due", l.Due.Deals)
	found.some(l.Elsewhere.Deals, "stands_elsewhere", check.Info, "value", whole(l.Elsewhere.Value))
	return found
}

// percent gives a share in whole percent.
func percent(e kpi.Estimate) string { return rounded(e).Mul(kpi.Int(100)).Text(0, kpi.HalfEven) }

// whole gives a number in whole units and thousands apart, for people, and
// the reason of one that is undefined.
func whole(v kpi.Value) string {
	if !v.Defined() {
		return v.String()
	}
	return kpi.Count().Text(v)
}

// figure gives an estimate likewise.
func figure(e kpi.Estimate) string { return whole(rounded(e)) }

// rounded gives ten digits of an estimate as a number, for a sentence.
func rounded(e kpi.Estimate) kpi.Value {
	f, ok := e.Float64()
	if !ok {
		return kpi.Undefined(e.Reason())
	}
	v, err := kpi.Parse(strconv.FormatFloat(tenDigits(f), 'f', 6, 64))
	if err != nil {
		return kpi.Undefined(kpi.NotApplicable)
	}
	return v
}

// Findings gives the sentences of this package's findings in English and
// Chinese.
func Findings() check.Templates {
	return slices.Concat(check.Templates{
		{Code: "landing",
			English: "Landing {total}: {won} won to date, {open} expected from open deals, {new} from deals that do not exist yet.",
			Chinese: "预计收官 {total}：已赢单 {won}，进行中商机预计 {open}，尚未创建的商机预计 {new}。"},
		{Code: "no_past_periods",
			English: "{won} is won. No earlier period is wholly on record, so nothing can be said of how open and new deals will come in.",
			Chinese: "已赢单 {won}。没有记录完整的历史期间，无法估计进行中和新增商机会带来多少。"},
		{Code: "reach",
			English: "The target of {target} is reached with a chance of {percent} %; four times in five the landing lies between {low} and {high}, as wide as past errors were.",
			Chinese: "达成目标 {target} 的可能性为 {percent}%；按历史误差，五次中有四次落在 {low} 至 {high} 之间。"},
		{Code: "range",
			English: "Four times in five the landing lies between {low} and {high}, as wide as past errors were.",
			Chinese: "按历史误差，五次中有四次落在 {low} 至 {high} 之间。"},
		{Code: "too_few_landings",
			English: "Earlier landings that can be compared: {periods}; it takes {least} to say how sure this one is.",
			Chinese: "可对照的历史预测只有 {periods} 次（至少需要 {least} 次），无法判断本次预测有多可靠。"},
		{Code: "deals_independent",
			English: "Were the deals independent the range would be {low} to {high}; they are not, and it is too narrow.",
			Chinese: "若假设商机相互独立，区间为 {low} 至 {high}；事实并非如此，该区间过窄。"},
		{Code: "independent_range_failed",
			English: "{failed} of {ranges} 80 % ranges by {subject} with deals independent missed what came.",
			Chinese: "按 {subject} 并假设商机相互独立的 {ranges} 个 80% 区间中，有 {failed} 个未能包含实际结果。"},
		{Code: "won_without_value",
			English: "{deals} of {won} deals won in the period have no value and add nothing: the landing is too low.",
			Chinese: "本期 {won} 个赢单商机里有 {deals} 个没有金额，未计入，预计收官因此偏低。"},
		{Code: "due_without_value",
			English: "{deals} of {due} open deals due in the period have no value or no probability and add nothing.",
			Chinese: "本期应成交的 {due} 个进行中商机里有 {deals} 个没有金额或赢率，未计入。"},
		{Code: "stands_elsewhere",
			English: "{deals} open deals are stale, omitted, without a date, past it or due in another period; of all of them {value} is expected.",
			Chinese: "另有 {deals} 个进行中商机已停滞、被排除、没有预计成交日、已过期或属于其他期间；合计预计带来 {value}。"},
		{Code: "deal_decides",
			English: "{subject} ({owner}, {value}): the target is reached with {if_won} % if it is won, with {if_lost} % if it is lost.",
			Chinese: "{subject}（{owner}，{value}）：赢单则达成目标的可能性为 {if_won}%，丢单则为 {if_lost}%。"},
		{Code: "largest_lost",
			English: "If {subject} ({value}) is lost, {percent} % of the other {rest} due must be won to bring the {missing} that are missing, or come from elsewhere.",
			Chinese: "若丢掉 {subject}（{value}），则本期其余 {rest} 需赢下 {percent}% 才能补足缺口 {missing}，否则只能靠其他来源。"},
		{Code: "effects_independent",
			English: "Under {least} earlier landings the effects are those of independent deals, and too large.",
			Chinese: "可对照的历史预测不足 {least} 次：影响按“商机相互独立”计算，会偏大。"},
		{Code: "not_cleaned_up",
			English: "{subject}: {deals} of {open} open deals ({value}) are untidy: close date past {past}, older than any that closed {old}, no next step {step}, no activity {quiet}, amount missing {amount}, pushed often {pushed}.",
			Chinese: "{subject}：{open} 个进行中商机里有 {deals} 个（{value}）需要清理：预计成交日已过 {past}，过老 {old}，无下一步 {step}，无跟进 {quiet}，金额缺失 {amount}，多次推迟 {pushed}。"},
		{Code: "activity_unknown",
			English: "Of {deals} open deals neither a move nor an activity is on record with a date; whether they are quiet is not known.",
			Chinese: "有 {deals} 个进行中商机没有带日期的阶段变动或跟进记录，无法判断是否久未跟进。"},
		{Code: "covered_met",
			English: "{period}: the target is reached, nothing is left to cover.",
			Chinese: "{period}：目标已达成，无需再覆盖。"},
		{Code: "covered",
			English: "{period}: open deals cover {times} times what is missing; how much is enough cannot be told yet.",
			Chinese: "{period}：进行中商机为缺口的 {times} 倍；历史期间太少，尚不能判断多少才够。"},
		{Code: "covered_enough",
			English: "{period}: open deals cover {times} times what is missing; {needed} was enough before.",
			Chinese: "{period}：进行中商机为缺口的 {times} 倍；以往 {needed} 倍即够。"},
		{Code: "not_covered",
			English: "{period}: open deals cover {times} times what is missing, and {needed} were needed before: {short} of pipeline are missing.",
			Chinese: "{period}：进行中商机为缺口的 {times} 倍，而以往需要 {needed} 倍：还缺 {short} 的商机。"},
		{Code: "creation_keeps_up",
			English: "Pipeline is created at {per_day} a day; the next periods need {needed}.",
			Chinese: "每天新增商机 {per_day}；后续期间需要 {needed}，节奏足够。"},
		{Code: "creation_too_slow",
			English: "Pipeline is created at {per_day} a day, too slowly: the next periods need {needed}.",
			Chinese: "每天新增商机 {per_day}，太慢：后续期间需要 {needed}。"},
		{Code: "linearity",
			English: "In {periods} earlier periods {week} % of what was won came in the last week and {month} % in the last month.",
			Chinese: "此前 {periods} 个期间里，{week}% 的赢单额来自最后一周，{month}% 来自最后一个月。"},
		{Code: "pulled_in",
			English: "{period}: {deals} wins ({value}) had been expected later, and are missing there.",
			Chinese: "{period}：有 {deals} 个赢单（{value}）原定于之后的期间，属于提前成交。"},
		{Code: "pushed_out",
			English: "{period}: {deals} deals ({value}) that were expected in it as it began are expected later now.",
			Chinese: "{period}：有 {deals} 个商机（{value}）期初预计在本期成交，现已推迟到之后。"},
	}, changeFindings())
}
