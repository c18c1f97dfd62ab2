package steps

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// notes collects the findings of a report in a fixed order.
type notes []check.Finding

func (n *notes) add(code string, severity check.Severity, subject string, args ...any) {
	*n = append(*n, check.Finding{Code: code, Severity: severity, Subject: subject, Args: check.Args(args...)})
}

// some adds a finding about a number of things where there are any.
func (n *notes) some(count int64, code string, severity check.Severity, args ...any) {
	if count > 0 {
		n.add(code, severity, "", append(args, "n", count)...)
	}
}

// findings says what the reader of a report should know: what bounds every
// conclusion first, then what the policies decided, then the data.
func (a *analysis) findings(r *Report, c *counter) []check.Finding {
	found := notes{}
	a.spellingNotes(&found, c)
	a.maturityNotes(&found, r)
	a.policyNotes(&found, r, c)
	e := r.Events
	found.some(e.NoTime, "event_without_time", check.Warning, "read", e.Read)
	found.some(e.OutOfRange, "event_out_of_range", check.Warning, "read", e.Read)
	found.some(e.NoID, "event_without_id", check.Warning, "read", e.Read)
	found.some(e.AfterAsOf, "event_after_as_of", check.Info, "read", e.Read, "as_of", moment(a.asOf, a.q.Location))
	return found
}

// spellingNotes names the steps and exclusions that no event can be.
func (a *analysis) spellingNotes(found *notes, c *counter) {
	if n := c.events; n.Steps+n.Other == 0 {
		return
	}
	for i, s := range a.def.Steps {
		if c.events.steps[i] == 0 {
			found.add("step_never_seen", check.Critical, s.ID)
		}
	}
	for i, x := range a.def.Exclusions {
		if c.events.bars[i] == 0 {
			found.add("exclusion_never_seen", check.Warning, x.Events[0])
		}
	}
}

func (a *analysis) maturityNotes(found *notes, r *Report) {
	if !a.bounded(a.to) {
		found.some(r.Entities.Entered-r.Entities.Converted, "no_window", check.Info, "entered", r.Entities.Entered)
	} else {
		found.some(r.Entities.StillOpen, "still_open", check.Info, "entered", r.Entities.Entered)
	}
	var young []TrendPeriod
	for _, p := range r.Trend {
		if !p.Mature && p.Attempts.Entered > 0 {
			young = append(young, p)
		}
	}
	if n := len(young); n > 0 && a.bounded(a.to) {
		found.add("young_periods", check.Warning, "", "periods", n, "first", young[0].Label, "last", young[n-1].Label)
	}
}

func (a *analysis) policyNotes(found *notes, r *Report, c *counter) {
	found.some(r.Entities.Dropped, "dropped", check.Info, "entered", r.Entities.Entered)
	found.some(c.again, "entered_again", check.Info, "entities", r.Counts.Counted, "clock", a.def.Clock)
	if r.Attempts.ObservedInterval.Groups > 0 {
		factor, _, _ := c.attempts.all.factor()
		found.add("clustered_attempts", check.Info, "", "factor", factor.Text(1, kpi.HalfUp), "n", r.Attempts.Entered)
	}
	if a.def.Ties == AnyOrder && a.def.Order != Unordered {
		found.some(c.tied, "steps_in_one_instant", check.Info, "entities", r.Counts.Counted)
	}
	if b := r.Breakdown; b != nil && len(b.Groups) > 1 && !b.Additive {
		found.add("not_additive", check.Info, b.Attribute, "by", b.By)
	}
}

// Findings gives the sentences of this package's findings and explanations in
// English and Chinese.
func Findings() check.Templates {
	return append(reportTemplates(), explanationTemplates()...)
}

func reportTemplates() check.Templates {
	return check.Templates{
		{Code: "step_never_seen",
			English: "No event can be the step {subject}: names compare as bytes, so check the spelling and the conditions.",
			Chinese: "没有任何事件符合步骤“{subject}”；名称按字节比较，请检查写法与条件。"},
		{Code: "exclusion_never_seen",
			English: "No event can be the exclusion {subject}: names compare as bytes, so check the spelling and the conditions.",
			Chinese: "没有任何事件符合排除条件“{subject}”；名称按字节比较，请检查写法与条件。"},
		{Code: "no_window",
			English: "{n} of {entered} have not converted and always may: without a window nothing is ever mature.",
			Chinese: "{entered} 个中有 {n} 个尚未转化，且随时可能转化：没有时间窗口，就没有“已满期”的转化率。"},
		{Code: "still_open",
			English: "{n} of {entered} have not converted yet and still may: the observed rate can rise. The mature one beside it leaves out whoever has not had all the time.",
			Chinese: "{entered} 个中有 {n} 个尚未转化但仍在窗口期内：观察到的转化率还可能上升。旁边的满期转化率只计算窗口期已结束者。"},
		{Code: "young_periods",
			English: "Periods from {first} to {last} ({periods}) are young: what started in them has not had all its time. Compare the mature rates.",
			Chinese: "{first} 至 {last} 共 {periods} 个期间尚未满期：其中开始的尚未走完窗口期。请比较满期转化率。"},
		{Code: "dropped",
			English: "Dropped by an exclusion: {n}. They stand beside the {entered} that count.",
			Chinese: "有 {n} 个因排除事件被剔除，不在计入的 {entered} 个之内。"},
		{Code: "entered_again",
			English: "Entered more than once: {n}. How far they got is counted over all attempts, and times are those of the attempt that the clock {clock} chooses.",
			Chinese: "有 {n} 个不止一次进入；到达的步骤按全部尝试计算，用时按时钟策略 {clock} 所选的尝试计算。"},
		{Code: "clustered_attempts",
			English: "Attempts of one entity go together: their rate varies {factor} times as much as that of {n} independent ones would, and its interval allows for that.",
			Chinese: "同一主体的多次尝试彼此相关：其转化率的波动是 {n} 次独立尝试的 {factor} 倍，区间已按此放宽。"},
		{Code: "steps_in_one_instant",
			English: "{n} of {entities} reached several steps in one and the same instant, whose order the data do not tell.",
			Chinese: "{entities} 个中有 {n} 个在同一时刻到达多个步骤，数据没有说明先后顺序。"},
		{Code: "not_additive",
			English: "The groups by {subject} overlap ({by}): their counts do not add up to the whole.",
			Chinese: "按“{subject}”的分组互有重叠（{by}）：各组之和不等于总数。"},
		{Code: "event_without_time",
			English: "{n} of {read} events have no instant and count nowhere.",
			Chinese: "{read} 个事件中有 {n} 个没有时间，未计入任何结果。"},
		{Code: "event_out_of_range",
			English: "{n} of {read} events have an instant outside 1900 to 2200 and count nowhere.",
			Chinese: "{read} 个事件中有 {n} 个时间超出 1900 至 2200 年，未计入任何结果。"},
		{Code: "event_without_id",
			English: "{n} of {read} events belong to no entity and count nowhere.",
			Chinese: "{read} 个事件中有 {n} 个没有主体标识，未计入任何结果。"},
		{Code: "event_after_as_of",
			English: "{n} of {read} events lie after {as_of} and are not known yet.",
			Chinese: "{read} 个事件中有 {n} 个发生在 {as_of} 之后，尚不计入。"},
	}
}
