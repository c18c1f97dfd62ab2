package action_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
	"pgregory.net/rapid"
)

func num(s string) kpi.Value { return kpi.MustParse(s) }

func day(s string) calendar.Day { return calendar.MustDay(s) }

func period(label string) calendar.Period { return calendar.Calendar{}.MustParse(label) }

func through(first, last string) calendar.Period {
	p, err := calendar.Through(day(first), day(last))
	if err != nil {
		panic(err)
	}
	return p
}

// tester is what *testing.T, *testing.B and *rapid.T have in common.
type tester interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
	Errorf(string, ...any)
}

// weekdays is a work calendar of Mondays to Fridays with a few holidays.
func weekdays(t tester, holidays ...string) calendar.WorkCalendar {
	t.Helper()
	days := []calendar.Day{}
	for _, d := range holidays {
		days = append(days, day(d))
	}
	c, err := calendar.NewWorkCalendar(calendar.WorkDays{Covers: through("2025-01-01", "2027-12-31"),
		Weekend: calendar.WeekdaysOf(0, 6), Holidays: days})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// did is an action that one person answers for and does.
func did(id, person, start, due, effort string, after ...string) action.Action {
	a := action.Action{ID: id, Start: day(start), Due: day(due), After: after,
		Roles: []action.Role{{Person: person, Part: action.Accountable}, {Person: person, Part: action.Responsible}}}
	if effort != "" {
		a.Roles[1].Effort = num(effort)
	}
	return a
}

// planOf gives a valid plan of some actions, with the people that they name.
func planOf(actions ...action.Action) action.Plan {
	p := action.Plan{ID: "p", Period: period("2026-Q2"), Unit: kpi.Money("USD", 2), Actions: actions}
	known := map[string]bool{}
	for _, a := range actions {
		for _, r := range a.Roles {
			if !known[r.Person] {
				p.People = append(p.People, action.Person{ID: r.Person})
			}
			known[r.Person] = true
		}
	}
	return p
}

func track(t tester, p action.Plan, in action.Input) action.Report {
	t.Helper()
	r, err := p.Track(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func encode(t tester, v any) []byte {
	t.Helper()
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func back[V any](t tester, v V) {
	t.Helper()
	text := encode(t, v)
	var got V
	if err := check.Decode("test", text, &got); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if again := encode(t, got); !bytes.Equal(again, text) {
		t.Errorf("%s\ncame back as %s", text, again)
	}
	if bytes.Contains(text, []byte(":null")) {
		t.Errorf("an empty list is null: %s", text)
	}
}

func mix[E any](t *rapid.T, list []E) []E {
	if len(list) == 0 {
		return list
	}
	return rapid.Permutation(list).Draw(t, "order")
}

// problems writes every problem as path and code.
func problems(err error) []string {
	all := []string{}
	for _, e := range check.All(err) {
		all = append(all, e.Path+" "+e.Code)
	}
	return all
}

func codes(findings []check.Finding) []string {
	all := []string{}
	for _, f := range findings {
		all = append(all, f.Code+" "+f.Subject)
	}
	return all
}

func needWhy(t *testing.T, why string) {
	t.Helper()
	if why == "" {
		t.Fatal("a case without a why")
	}
}
