package plan

import (
	"cmp"
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Topic is the part of a review meeting that an item belongs to, in the order
// in which it is talked about. The zero Topic is OpenDecisions.
type Topic uint8

const (
	OpenDecisions Topic = iota // what was decided and is not done, or was dropped since the last meeting
	ChangedPast                // closed periods whose figures changed
	Alarms                     // alerts, raised and standing
	Lines                      // goals of the plan's own owners that are behind or at risk
	Execution                  // actions that hold others up
	Gaps                       // what the pipeline does not cover, what was assumed
	Risks                      // what the goals hang on
	Tidiness                   // who has to clean up
	OpenFeedback               // what somebody said and nobody answered
	Praise                     // who reached a target or more
)

func topicWords() []string {
	return []string{"open_decisions", "changed_past", "alerts", "goals", "execution", "gaps", "risks", "hygiene", "feedback", "praise"}
}

// String gives the word, such as alerts.
func (t Topic) String() string { return enum.String(topicWords(), t) }

// MarshalText gives the word.
func (t Topic) MarshalText() ([]byte, error) { return enum.Marshal("plan.Topic", topicWords(), t) }

// UnmarshalText reads the word.
func (t *Topic) UnmarshalText(text []byte) error {
	return enum.Unmarshal("plan.Topic", topicWords(), text, t)
}

// AgendaItem is one thing to talk about.
type AgendaItem struct {
	Topic   Topic         `json:"topic"`
	Finding check.Finding `json:"finding"`        // what it is, as a sentence: [Findings]
	Owner   string        `json:"owner,omitzero"` // whom to ask
	Goal    string        `json:"goal,omitzero"`
	Ref     string        `json:"ref,omitzero"` // an ID: of an alert its rule; of a decision, feedback, action or assumption its own; the deal or customer that something hangs on
}

// Meeting is what a review meeting is made of. All but the review is optional.
// It is a record.
type Meeting struct {
	Review     Review     `json:"review"`
	Since      *Since     `json:"since,omitempty"`
	Alerts     []Alert    `json:"alerts,omitempty"`
	Followed   []Followed `json:"followed,omitempty"`
	Before     []Followed `json:"before,omitempty"`     // as decisions stood at the last meeting: what was dropped by then is not told again
	Feedback   []Feedback `json:"feedback,omitempty"`   // that nobody answered
	MostPraise int        `json:"most_praise,omitzero"` // left out: 5
}

// Agenda gives what is to be talked about, by topic and in each in the order
// in which it came in. What would be said of a region and
// of its only team in the same words is said of the team alone. Nothing to talk about is an empty agenda.
func (m Meeting) Agenda() []AgendaItem {
	items := m.decisions()
	items = append(items, m.changed()...)
	for _, a := range m.Alerts {
		if a.Active() {
			items = append(items, AgendaItem{Alarms, a.finding(), a.Owner, a.Goal, a.Rule})
		}
	}
	items = append(items, m.goals(Lines, false, target.Behind, target.AtRisk, target.Missed)...)
	for _, f := range m.Review.Findings {
		if item, ok := itemOf(f); ok {
			items = append(items, item)
		}
	}
	for _, f := range m.Feedback {
		items = append(items, AgendaItem{OpenFeedback, info("feedback_open", f.Author, "text", f.Text, "day", f.Day), f.Author, f.Goal, f.ID})
	}
	most := m.MostPraise
	if most == 0 {
		most = 5
	}
	praise := m.once(m.goals(Praise, true, target.Met))
	items = append(items, praise[:min(most, len(praise))]...)
	slices.SortStableFunc(items, func(a, b AgendaItem) int { return cmp.Compare(a.Topic, b.Topic) })
	return m.once(items)
}

// once leaves out what is said of an owner with a single one below, in the
// same words as of that one.
func (m Meeting) once(items []AgendaItem) []AgendaItem {
	return slices.DeleteFunc(items, func(a AgendaItem) bool {
		return slices.ContainsFunc(items, func(b AgendaItem) bool {
			return a.Topic == b.Topic && a.Goal == b.Goal && a.Finding.Code == b.Finding.Code && maps.Equal(a.Finding.Args, b.Finding.Args) && m.Review.single(a.Goal, a.Finding.Subject, b.Finding.Subject)
		})
	})
}

// single reports whether an owner has one owner alone below it, in a goal or, of
// no goal, in any.
func (r Review) single(goal, owner, child string) bool {
	return slices.ContainsFunc(r.Goals, func(g GoalReview) bool {
		return (goal == "" || g.Goal.ID == goal) && slices.Equal(g.children(owner), []string{child})
	})
}

// children gives the owners directly below one.
func (g GoalReview) children(owner string) []string {
	var ids []string
	for _, o := range g.Owners {
		if o.Parent == owner && owner != "" {
			ids = append(ids, o.Owner)
		}
	}
	return ids
}

// itemOf gives the item of a finding of the review as a whole, and whether it
// is to be talked about: whom to ask is who answers for what was found.
func itemOf(f check.Finding) (item AgendaItem, ok bool) {
	item = AgendaItem{Finding: f, Owner: f.Subject, Goal: f.Args["goal"]}
	switch f.Code {
	case "action_holds_up", "action_delays_end":
		item.Topic, item.Owner, item.Ref = Execution, f.Args["owner"], f.Subject
	case "coverage_short", "created_slowly":
		item.Topic = Gaps
	case "assumption_overdue", "assumption_fails":
		item.Topic, item.Owner, item.Ref = Gaps, f.Args["owner"], f.Subject
	case "reach_unlikely", "landing_below", "landing_fell", "late_wins":
		item.Topic = Risks
	case "goal_on_failed_assumption":
		item.Topic, item.Ref = Risks, f.Args["assumption"]
	case "hangs_on_one_deal":
		item.Topic, item.Ref = Risks, f.Args["deal"]
		if owner := f.Args["owner"]; owner != "" {
			item.Owner = owner
		}
	case "hangs_on_one_customer":
		item.Topic, item.Ref = Risks, f.Args["customer"]
	case "deals_untidy":
		item.Topic = Tidiness
	default:
		return AgendaItem{}, false
	}
	return item, true
}

// finding says what an alert is about.
func (a Alert) finding() check.Finding {
	f := check.Finding{Code: "alert", Severity: a.Severity, Subject: a.Owner,
		Args: check.Args(append(called(a.Name, a.NameZH), "rule", a.Rule, "value", a.Value.Text(2, kpi.HalfEven), "bound", a.Bound.Text(2, kpi.HalfEven), "since", a.Since)...)}
	if !a.Retargeted.IsZero() {
		f.Code, f.Args["retargeted"] = "alert_retargeted", a.Retargeted.String()
	}
	return f
}

// called gives the words for what has become of a decision.
func (o Outcome) called() []any {
	switch o {
	case Planned:
		return inBoth("outcome_name", "planned and not done", "已列入计划、尚未完成")
	case Done:
		return inBoth("outcome_name", "done", "已落实")
	}
	return inBoth("outcome_name", "in no plan yet", "尚未列入计划")
}

func (m Meeting) decisions() []AgendaItem {
	items, told := []AgendaItem{}, map[string]bool{}
	for _, f := range m.Before {
		told[f.Decision.ID] = f.Outcome == Dropped
	}
	for _, f := range m.Followed {
		d, code := f.Decision, "decision_open"
		switch {
		case f.Outcome == Done, f.Outcome == Dropped && told[d.ID]:
			continue
		case f.Outcome == Dropped:
			code = "decision_dropped"
		}
		items = append(items, AgendaItem{OpenDecisions, warning(code, d.By, append(f.Outcome.called(), "outcome", f.Outcome, "day", d.Day, "reason", d.Reason)...), d.By, "", d.ID})
	}
	return items
}

func (m Meeting) changed() []AgendaItem {
	if m.Since == nil {
		return nil
	}
	var items []AgendaItem
	for _, c := range m.Since.Restated {
		goal, _ := m.Review.Goal(c.Goal)
		if c.Owner == goal.Goal.Owner {
			items = append(items, AgendaItem{ChangedPast, warning("past_changed", c.Owner, append(called(goal.Goal.Name, goal.Goal.NameZH), "goal", c.Goal,
				"period", m.Review.Calendar.Text(c.Period), "from", goal.Metric.Unit.Text(c.From), "to", goal.Metric.Unit.Text(c.To))...), c.Owner, c.Goal, ""})
		}
	}
	return items
}

// goals gives the lines of a status: of the goals' own owners, or of everybody.
func (m Meeting) goals(topic Topic, everybody bool, statuses ...target.Status) []AgendaItem {
	var items []AgendaItem
	for _, g := range m.Review.Goals {
		for i, o := range g.Owners {
			for _, s := range statuses {
				if o.Tracking.Status != s || !everybody && i > 0 || len(o.Findings) == 0 {
					continue
				}
				items = append(items, AgendaItem{topic, o.Findings[0], o.Owner, g.Goal.ID, ""})
			}
		}
	}
	return items
}
