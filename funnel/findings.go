package funnel

import (
	"cmp"
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// notes collects the findings of a report in a fixed order.
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

// findings says what the reader of a report should know: first what bounds
// every conclusion, then the open deals, then the data.
func (a *Analysis) findings(r *Report) []check.Finding {
	found := notes{}
	a.windowNotes(&found, r)
	a.cohortNotes(&found, r)
	a.rateNotes(&found, r)
	a.openNotes(&found, r)
	a.dataNotes(&found)
	a.strangerNotes(&found, r)
	return found
}

func (a *Analysis) windowNotes(found *notes, r *Report) {
	a.windowNote(found, check.Info)
	found.some(r.Counts.OutsideWindow, "closed_outside_window", check.Info, "day", r.Window.ClosingsFrom)
}

// windowNote says from when on closings are known, or seem to be.
func (a *Analysis) windowNote(found *notes, stated check.Severity) {
	switch w := a.window; {
	case w.Stated:
		found.add("closings_from", stated, "day", w.ClosingsFrom)
	case a.gap != nil:
		found.add("window_unknown", check.Warning, "day", w.ClosingsFrom, "first_start", a.gap.firstStart,
			"days", w.ClosingsFrom.Sub(a.gap.firstStart), "first_quartile", a.gap.firstQuartile)
	}
}

func (a *Analysis) cohortNotes(found *notes, r *Report) {
	var truncated, young []Cohort
	for _, c := range r.Cohorts {
		switch {
		case c.LeftTruncated:
			truncated = append(truncated, c)
		case !c.Mature && a.horizon.Defined():
			young = append(young, c)
		}
	}
	if n := len(truncated); n > 0 {
		found.add("left_truncated", check.Warning, "cohorts", n,
			"first", truncated[0].Label, "last", truncated[n-1].Label, "day", r.Window.ClosingsFrom)
	}
	if n := len(young); n > 0 {
		found.add("immature", check.Info, "cohorts", n,
			"first", young[0].Label, "last", young[n-1].Label, "days", a.horizon)
	}
	if len(r.Cohorts) > 0 && !a.horizon.Defined() {
		found.add("no_horizon", check.Info, "least", fewestWon)
	}
}

func (a *Analysis) rateNotes(found *notes, r *Report) {
	if r.WinRateByValue.Value().Reason() == kpi.NoAmount && r.Lost.Deals > 0 {
		valued := int64(0)
		for _, l := range a.lives {
			if l.outcome == Lost && a.inside(l) && a.worth(l).Sign() != 0 {
				valued++
			}
		}
		found.add("no_amount", check.Warning, "lost", r.Lost.Deals, "valued", valued, "by", r.ValueBy)
	}
	_, negative := a.byValue()
	found.some(negative, "negative_value", check.Warning)
	found.some(r.CycleClosed.Missing, "cycle_unknown", check.Info, "closed", r.CycleClosed.Missing+r.CycleClosed.N)
	if r.Lost.Deals == 0 {
		found.some(r.Won.Deals, "no_lost_deals", check.Warning)
	}
}

func (a *Analysis) openNotes(found *notes, r *Report) {
	var tooOld, pastClose int64
	for _, l := range a.lives {
		if l.outcome == Open && a.tooOld(l) {
			tooOld++
		}
		if l.outcome == Open && a.pastClose(l, a.q.Stale) {
			pastClose++
		}
	}
	open := r.Open.Total()
	found.some(tooOld, "stale_age", check.Warning, "open", r.Open.Ages.N, "age", r.Open.StaleAge)
	found.some(pastClose, "stale_past_close", check.Warning, "open", open.Deals, "days", a.q.Stale.PastClose)
	found.some(r.Open.OlderThanAnyClosed, "older_than_any_closed", check.Warning,
		"open", r.Open.Ages.N, "age", r.Open.OldestClosed)
	found.some(r.Open.Ages.Missing, "no_entry_time", check.Info, "open", open.Deals)
	if !r.Open.StaleAge.Defined() {
		found.some(open.Deals, "stale_age_unknown", check.Info, "closed", a.closedN, "least", a.q.Stale.AtLeast)
	}
	found.some(open.Deals-int64(open.Value.N), "open_without_value", check.Info, "open", open.Deals, "by", r.ValueBy)
	found.some(int64(open.Value.N-open.Weighted.N), "open_without_probability", check.Info, "open", open.Deals)
}

// flawNotes are the codes of the flaws, in the order in which they are given.
func flawNotes() []struct {
	flaw flaws
	code string
} {
	return []struct {
		flaw flaws
		code string
	}{
		{closedBeforeStart, "closed_before_created"},
		{beforeBirth, "event_before_created"},
		{reopened, "reopened"},
		{moved, "moved_pipeline"},
		{conflicting, "conflicting_values"},
		{badProbability, "probability_out_of_range"},
		{strange, "time_out_of_range"},
	}
}

func (a *Analysis) dataNotes(found *notes) {
	var untimed int64
	byFlaw := map[flaws]int64{}
	unknown := map[place]int64{}
	for _, l := range a.lives {
		if l.outcome != Open && l.closedDay.IsZero() {
			untimed++
		}
		for _, f := range flawNotes() {
			if l.flaws&f.flaw != 0 {
				byFlaw[f.flaw]++
			}
		}
		for _, at := range a.strayed(l) {
			unknown[at]++
		}
	}
	found.some(untimed, "no_close_time", check.Info)
	for _, f := range flawNotes() {
		found.some(byFlaw[f.flaw], f.code, check.Warning)
	}
	for _, at := range slices.SortedFunc(maps.Keys(unknown), place.compare) {
		*found = append(*found, check.Finding{Code: "unknown_stage", Severity: check.Warning,
			Subject: at.stage, Args: check.Args("deals", unknown[at], "pipeline", cmp.Or(at.pipeline, "?"))})
	}
}

// strayed gives the places a deal was in that stand in no pipeline.
func (a *Analysis) strayed(l *life) (places []place) {
	if l.flaws&strayed == 0 {
		return nil
	}
	for _, f := range l.facts {
		if (f.kind == isFrom || f.kind == isStage) && !a.spots[f.code].known && !slices.Contains(places, a.places[f.code]) {
			places = append(places, a.places[f.code])
		}
	}
	return places
}

// strangerNotes names the stages of the deals that are left out because the
// pipeline has none of them: most often another spelling of its own.
func (a *Analysis) strangerNotes(found *notes, r *Report) {
	if !slices.ContainsFunc(r.Counts.Excluded, func(e Excluded) bool { return e.Reason == UnknownStage }) {
		return
	}
	for _, stage := range slices.Sorted(maps.Keys(a.strangers)) {
		*found = append(*found, check.Finding{Code: "no_known_stage", Severity: check.Critical,
			Subject: stage, Args: check.Args("deals", a.strangers[stage], "pipeline", r.Pipeline)})
	}
}

// Findings gives the sentences of this package's findings in English and
// Chinese.
func Findings() check.Templates {
	return slices.Concat(check.Templates{
		{Code: "closings_from",
			English: "Closings are known from {day} on; what lies before is no data, not zero.",
			Chinese: "成交与丢单记录自 {day} 起才完整；此前的期间属于“无数据”，不能当作零。"},
		{Code: "window_unknown",
			English: "No deal closes before {day}, though deals start on {first_start}: closings seem to be on record only from {day}. Earlier periods are no data, not zero; state the window to be sure.",
			Chinese: "最早的商机始于 {first_start}，但 {day} 之前没有任何结单：结单记录很可能从 {day} 才开始。此前的期间属于“无数据”，而不是零；请明确指定观察窗口。"},
		{Code: "closed_outside_window",
			English: "Closed deals that lie before {day} or have no date: {deals}. They are not in the win rate and the cycle.",
			Chinese: "有 {deals} 个已结单商机的结单时间早于 {day} 或没有日期，未计入赢单率和销售周期。"},
		{Code: "left_truncated",
			English: "Cohorts from {first} to {last} ({cohorts}) began before closings were on record ({day}): those that closed early are missing, so their rates are not comparable and are left out.",
			Chinese: "{first} 至 {last} 共 {cohorts} 个同期群始于结单记录开始（{day}）之前：其中早期结单的商机缺失，转化率不可比，故不给出。"},
		{Code: "immature",
			English: "Cohorts from {first} to {last} ({cohorts}) are younger than {days} days: some of their deals have not had their time, so their conversion is not given yet.",
			Chinese: "{first} 至 {last} 共 {cohorts} 个同期群距今不足 {days} 天：部分商机尚未走完周期，暂不给出转化率。"},
		{Code: "no_horizon",
			English: "Fewer than {least} deals were won with both dates known, so it cannot be said when a cohort is mature; name a horizon.",
			Chinese: "起止日期齐全的赢单不足 {least} 个，无法判断同期群何时成熟；请指定考察天数。"},
		{Code: "no_amount",
			English: "Only {valued} of {lost} lost deals have a value other than 0: a win rate by value would be far too high and is not given.",
			Chinese: "{lost} 个丢单商机中只有 {valued} 个有非零金额：按金额计算的赢单率会严重虚高，故不给出。"},
		{Code: "cycle_unknown",
			English: "Of {closed} closed deals {deals} have no cycle: the start or the end is not known, or they contradict each other.",
			Chinese: "{closed} 个已结单商机中有 {deals} 个无法计算周期：起点或终点未知，或两者矛盾。"},
		{Code: "no_lost_deals",
			English: "No deal was lost, against {deals} won: lost deals may not be on record.",
			Chinese: "赢单 {deals} 个而没有丢单：丢单可能没有登记。"},
		{Code: "stale_age",
			English: "{deals} of {open} open deals of known age are stale: older than {age} days, after which hardly any deal closes. They stand apart.",
			Chinese: "{open} 个已知持续天数的进行中商机里有 {deals} 个已停滞：超过 {age} 天后极少有商机结单。已单独列示。"},
		{Code: "stale_past_close",
			English: "{deals} of {open} open deals are stale: more than {days} days past their own close date. They stand apart.",
			Chinese: "{open} 个进行中的商机里有 {deals} 个已停滞：超过自身预计成交日 {days} 天以上。已单独列示。"},
		{Code: "older_than_any_closed",
			English: "{deals} of {open} open deals of known age are older than {age} days, the oldest age at which any deal ever closed.",
			Chinese: "{open} 个已知持续天数的进行中商机里有 {deals} 个超过 {age} 天，而历史上没有任何商机在超过该天数后结单。"},
		{Code: "no_entry_time",
			English: "Of {open} open deals {deals} have no start date; their age is unknown.",
			Chinese: "{open} 个进行中的商机里有 {deals} 个没有起始日期，已持续天数未知。"},
		{Code: "stale_age_unknown",
			English: "Only {closed} deals of known age have closed, of {least} needed to tell from which age on an open deal is stale.",
			Chinese: "已知持续天数的结单商机只有 {closed} 个（至少需要 {least} 个），无法判断商机多久算停滞。"},
		{Code: "open_without_value",
			English: "{deals} of {open} open deals have no value and add nothing to the pipeline value.",
			Chinese: "{open} 个进行中的商机里有 {deals} 个没有金额，未计入商机金额。"},
		{Code: "open_without_probability",
			English: "{deals} of {open} open deals have a value but no probability and are not in the weighted pipeline.",
			Chinese: "{open} 个进行中的商机里有 {deals} 个有金额但没有赢率，未计入加权商机金额。"},
		{Code: "no_close_time",
			English: "Closed deals without a closing date: {deals}.",
			Chinese: "有 {deals} 个已结单商机没有结单日期。"},
		{Code: "closed_before_created",
			English: "Deals that closed before they began: {deals}. They are left out of the cycle.",
			Chinese: "有 {deals} 个商机的结单日期早于起始日期，未计入销售周期。"},
		{Code: "event_before_created",
			English: "Deals that entered a stage before they were created: {deals}. They are left out of the cycle.",
			Chinese: "有 {deals} 个商机在创建之前就进入了某个阶段，未计入销售周期。"},
		{Code: "reopened",
			English: "Deals opened again after an end: {deals}. What counts is where they stand now.",
			Chinese: "有 {deals} 个商机结单后又重新打开；按当前状态计算。"},
		{Code: "moved_pipeline",
			English: "Deals that came from another pipeline: {deals}. What happened there does not count here.",
			Chinese: "有 {deals} 个商机来自其他销售流程；在那里的经历不计入本流程。"},
		{Code: "conflicting_values",
			English: "Deals with two different values of one field for the same instant: {deals}. The greater counts.",
			Chinese: "有 {deals} 个商机的同一字段在同一时刻有两个不同的值；取较大者。"},
		{Code: "probability_out_of_range",
			English: "Deals with a probability outside 0 to 1 (perhaps 33 for 0.33): {deals}. That of their stage counts instead.",
			Chinese: "有 {deals} 个商机的赢率不在 0 到 1 之间（例如把 0.33 写成 33）；改用所在阶段的赢率。"},
		{Code: "time_out_of_range",
			English: "Deals with a date outside 1900 to 2200, or one that stands for none such as 1970-01-01: {deals}. It counts as not known.",
			Chinese: "有 {deals} 个商机的日期超出 1900 至 2200 年，或是 1970-01-01 之类的占位日期，按未知处理。"},
		{Code: "unknown_stage",
			English: "Deals that were in the stage {subject}, which the pipeline {pipeline} does not have: {deals}. That entry is ignored, and the deals are left out of the cycle.",
			Chinese: "有 {deals} 个商机曾处于阶段“{subject}”，而流程 {pipeline} 中没有该阶段；该记录被忽略，这些商机不计入销售周期。"},
		{Code: "no_known_stage",
			English: "Deals in the stage {subject} and in no stage of the pipeline {pipeline}: {deals}. They count nowhere; stages compare as bytes, so check the spelling.",
			Chinese: "有 {deals} 个商机处于阶段“{subject}”，且不处于流程 {pipeline} 的任何阶段；它们未计入任何结果。阶段名称按字节比较，请检查写法。"},
	}, movementFindings(), changeSentences(), salesSentences(), whySentences(), qualitySentences())
}
