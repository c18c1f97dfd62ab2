package plan

import (
	"cmp"
	"fmt"

	"github.com/saleskpi/saleskpi/plan/action"
)

// What things are called in sentences: by their name in the language, else in
// the other one, else by their ID, which stays the subject of a finding.

// called gives the arguments name and name_zh, none where there is no name.
func called(name, zh string) []any { return inBoth("name", name, zh) }

// inBoth gives an argument in both languages, none where there is no text.
func inBoth(arg, en, zh string) []any {
	if en == "" && zh == "" {
		return nil
	}
	return []any{arg, cmp.Or(en, zh), arg + "_zh", cmp.Or(zh, en)}
}

// goalCalled gives what a goal of the plan is called.
func (p Plan) goalCalled(id string) []any {
	g, _ := p.goal(id)
	return called(g.Name, g.NameZH)
}

// segmentCalled gives what a part of the market is called.
func (p Plan) segmentCalled(id string) []any {
	for _, s := range p.Preparation.Segments {
		if s.ID == id {
			return called(s.Name, s.NameZH)
		}
	}
	return nil
}

// says gives what is believed.
func (a Assumption) says() []any { return inBoth("text", a.Text, a.TextZH) }

// metricCalled gives the ID of a metric and what it is called.
func (p Plan) metricCalled(id string) []any {
	m, _ := p.metric(id)
	return append([]any{"metric", id}, inBoth("metric_name", m.Name, m.NameZH)...)
}

// actionCalled gives what an action is called.
func (p Plan) actionCalled(id string) []any {
	for _, a := range p.Actions.Actions {
		if a.ID == id {
			return called(a.Name, a.NameZH)
		}
	}
	return nil
}

// personCalled gives the name of somebody that the actions know.
func (p Plan) personCalled(id string) string {
	for _, who := range p.Actions.People {
		if who.ID == id {
			return cmp.Or(who.Name, id)
		}
	}
	return id
}

// lateBy gives the days that an action is late, which are working days only
// where it is known which days are worked.
func lateBy(late action.Late, in action.Input) []any {
	unit, zh := "day", "天"
	if !in.Work.IsZero() {
		unit, zh = "working day", "个工作日"
	}
	if late.DaysLate != 1 {
		unit += "s"
	}
	return []any{"days", late.DaysLate, "late", fmt.Sprint(late.DaysLate, " ", unit), "late_zh", fmt.Sprint(late.DaysLate, zh)}
}
