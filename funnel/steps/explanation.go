package steps

import (
	"slices"
	"time"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Explanation tells how far one entity came, and why no further. Its findings
// are sentences by [Findings].
type Explanation struct {
	Entity string `json:"entity"`

	// Fate is what became of it from From to To of the question, or why it did
	// not enter; of an entity that did not reach From it is NoEntry.
	Fate Fate `json:"fate"`

	// Why says so where there are no attempts; else it is the zero Finding.
	Why check.Finding `json:"why,omitzero"`

	Attempts []Attempt `json:"attempts"` // in the order of their starts
	Stands   int       `json:"stands"`   // the attempt that stands for the entity; −1 for none
}

// Attempt is one way through the steps.
type Attempt struct {
	Start time.Time `json:"start"`

	// Furthest: none reached more mandatory steps, and no exclusion lies on its
	// way. By these attempts the entity counts.
	Furthest bool `json:"furthest"`

	// Excluded says by which exclusion; the zero Finding where by none.
	Excluded check.Finding `json:"excluded,omitzero"`

	Steps []Passage `json:"steps"` // one for each step of the definition
}

// Passage is one step of an attempt.
type Passage struct {
	Step    string        `json:"step"`
	Reached bool          `json:"reached"`
	At      time.Time     `json:"at,omitzero"` // in the question's location, or else UTC
	Why     check.Finding `json:"why"`         // when, or why not
}

// WhyNot says, for every attempt, why the entity is not counted at a step. It
// is empty where the entity is counted there, and where there is no such step.
func (x Explanation) WhyNot(step string) []check.Finding {
	why := []check.Finding{}
	if x.Why.Code != "" {
		return append(why, x.Why)
	}
	for _, a := range x.Attempts {
		i := slices.IndexFunc(a.Steps, func(p Passage) bool { return p.Step == step })
		if i < 0 {
			return why
		}
		switch p := a.Steps[i]; {
		case p.Reached && a.Furthest:
			return []check.Finding{}
		case a.Excluded.Code != "":
			why = append(why, a.Excluded)
		case p.Reached:
			why = append(why, check.Finding{Code: "others_went_further", Subject: step, Args: p.Why.Args})
		default:
			why = append(why, p.Why)
		}
	}
	return why
}

// moment writes an instant in a location, in UTC for none.
func moment(micros int64, loc *time.Location) string {
	return in(micros, loc).Format(time.RFC3339Nano)
}

func in(micros int64, loc *time.Location) time.Time {
	if loc == nil {
		loc = time.UTC
	}
	return time.UnixMicro(micros).In(loc)
}

func explanationTemplates() check.Templates {
	return check.Templates{
		{Code: "reached",
			English: "{subject} at {at}.",
			Chinese: "{at} 到达“{subject}”。"},
		{Code: "excluded_by",
			English: "Excluded by {subject} at {at}, after {after}.",
			Chinese: "到达“{after}”之后，{at} 发生“{subject}”，因此被排除。"},
		{Code: "others_went_further",
			English: "{subject} at {at}, in an attempt that does not count: another went further.",
			Chinese: "{at} 到达“{subject}”，但该次尝试不计入：另一次尝试走得更远。"},
		{Code: "window_ended",
			English: "{subject} came at {at}; the window had ended {late} earlier, at {ended}.",
			Chinese: "“{subject}”发生于 {at}；时间窗口已于 {late} 前（{ended}）结束。"},
		{Code: "gap_ended",
			English: "{subject} came at {at}; the time after {after} had ended {late} earlier, at {ended}.",
			Chinese: "“{subject}”发生于 {at}；“{after}”之后的允许间隔已于 {late} 前（{ended}）结束。"},
		{Code: "too_soon",
			English: "{subject} came at {at}, only {gap} after {after}; at least {least} must lie between.",
			Chinese: "“{subject}”发生于 {at}，距“{after}”仅 {gap}，至少须间隔 {least}。"},
		{Code: "same_instant",
			English: "{subject} came at {at}, in the same instant as {after}; it must be later.",
			Chinese: "“{subject}”与“{after}”同在 {at} 发生，而它必须更晚。"},
		{Code: "event_taken",
			English: "The event at {at} that could be {subject} is already another step.",
			Chinese: "{at} 的事件本可作为“{subject}”，但已用作另一步骤。"},
		{Code: "came_before",
			English: "{subject} came at {at}, before {after}, and not again.",
			Chinese: "“{subject}”发生于 {at}，早于“{after}”，此后未再发生。"},
		{Code: "came_behind",
			English: "{subject} came at {at}, when {after} was already reached.",
			Chinese: "“{subject}”发生于 {at}，此时已到达“{after}”。"},
		{Code: "other_event_between",
			English: "After {after} came {event} at {at}, and not {subject}.",
			Chinese: "“{after}”之后在 {at} 发生的是“{event}”，而不是“{subject}”。"},
		{Code: "not_known_yet",
			English: "{subject} comes at {at}, which is after {as_of}.",
			Chinese: "“{subject}”发生于 {at}，晚于 {as_of}。"},
		{Code: "open_until",
			English: "{subject} has not come yet; there is time until {ended}.",
			Chinese: "“{subject}”尚未发生；截止时间为 {ended}。"},
		{Code: "never_came",
			English: "{subject} did not come by {ended}.",
			Chinese: "截至 {ended}，“{subject}”没有发生。"},
		{Code: "left_out",
			English: "{subject} was left out.",
			Chinese: "跳过了“{subject}”。"},
		{Code: "not_so_far",
			English: "{missing} was not reached, which comes before {subject}.",
			Chinese: "“{subject}”之前的“{missing}”没有到达。"},
		{Code: "exclusion_ended_it",
			English: "{event} at {at} ended the attempt before {subject} steps were done.",
			Chinese: "{at} 发生“{event}”，该次尝试在完成 {subject} 个步骤之前结束。"},
		{Code: "no_entry",
			English: "No event could be {subject}.",
			Chinese: "没有可作为“{subject}”的事件。"},
		{Code: "entry_outside",
			English: "{subject} at {at} lies outside the entries asked for.",
			Chinese: "“{subject}”发生于 {at}，不在所问的进入期间之内。"},
		{Code: "not_begun",
			English: "The first event lies at {at}, after {as_of}.",
			Chinese: "首个事件发生于 {at}，晚于 {as_of}。"},
		{Code: "no_time",
			English: "No event has an instant.",
			Chinese: "没有任何事件带有时间。"},
		{Code: "no_id",
			English: "Events without the ID of an entity count nowhere.",
			Chinese: "没有主体标识的事件不计入任何结果。"},
	}
}
