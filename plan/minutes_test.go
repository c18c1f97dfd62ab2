package plan_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

func minutes() plan.Minutes {
	return plan.Minutes{Plan: "2026",
		Feedback: []plan.Feedback{{ID: "f1", Day: day("2026-02-10"), Author: "bo", Goal: "q1", Text: "the list is no use"},
			{ID: "f2", Day: day("2026-02-12"), Author: "ann", Action: "calls", Text: "no time for it"}},
		Decisions: []plan.Decision{
			{ID: "d1", Signature: by("2026-02-14", "another list"), Answers: []string{"f1"}, Action: "list"},
			{ID: "d2", Signature: by("2026-02-14", "a hire"), Revision: day("2026-03-01")},
			{ID: "d3", Signature: by("2026-02-14", "wait and see"), Nothing: true},
			{ID: "d4", Signature: by("2026-02-14", "a fair"), Action: "fair"},
		}}
}

// A decision leads to a revision or an action, and it shows whether it did.
func TestFollow(t *testing.T) {
	p, in := beside(t)
	p.Preparation = plan.Preparation{}
	d := active(t, p)
	r := review(t, p, in)
	outcomes := func(d plan.Document, report *action.Report) []plan.Outcome {
		followed, err := minutes().Follow(d, report)
		if err != nil {
			t.Fatal(err)
		}
		var all []plan.Outcome
		for _, f := range followed {
			all = append(all, f.Outcome)
		}
		return all
	}
	if got, want := outcomes(d, r.Beside.Execution), []plan.Outcome{plan.Planned, plan.Pending, plan.Done, plan.Pending}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	d, err := d.Revise(raised(t, p), plan.Revision{Effective: day("2026-03-01"), Signature: by("2026-02-20", "a hire")})
	if err != nil {
		t.Fatal(err)
	}
	in.Beside.Execution = &action.Input{Records: []action.Record{{Action: "list", Started: day("2026-02-02"), Done: day("2026-02-13")}}}
	if got, want := outcomes(d, review(t, p, in).Beside.Execution), []plan.Outcome{plan.Done, plan.Done, plan.Done, plan.Pending}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if open := minutes().Unanswered(); len(open) != 1 || open[0].ID != "f2" {
		t.Errorf("%v", open)
	}
	text, err := json.Marshal(minutes())
	var back plan.Minutes
	if err != nil || json.Unmarshal(text, &back) != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(minutes(), back); diff != "" {
		t.Error(diff)
	}
	strange := minutes()
	strange.Plan, strange.Feedback[0].Goal, strange.Feedback[1].Action = "2027", "q9", "none"
	if _, err := strange.Follow(d, nil); !slices.Equal(paths(err), []string{"minutes.plan other_plan", "minutes.feedback[0].goal unknown_goal", "minutes.feedback[1].action unknown_action"}) {
		t.Errorf("%v", err)
	}
	bad := plan.Minutes{Feedback: []plan.Feedback{{ID: "f"}}, Decisions: []plan.Decision{{ID: "d", Answers: []string{"x"}}, {ID: "d", Signature: by("2026-01-01", ""), Nothing: true, Action: "a"}}}
	want := []string{"plan missing_plan", "feedback[0].day missing_day", "feedback[0].author missing_author", "feedback[0].text missing_text", "feedback[0] not_about_one_thing",
		"decisions[0].by missing_name", "decisions[0].day missing_day", "decisions[0] leads_not_to_one_thing", "decisions[0].answers[0] unknown_feedback",
		"decisions[1].id duplicate_id", "decisions[1] leads_not_to_one_thing"}
	if diff := cmp.Diff(want, paths(bad.Validate())); diff != "" {
		t.Error(diff)
	}
}

func TestAgenda(t *testing.T) {
	p, in := beside(t)
	r := review(t, p, in)
	alerts, err := r.Alerts(plan.DefaultAlerts(), nil)
	if err != nil {
		t.Fatal(err)
	}
	followed, err := minutes().Follow(active(t, p), r.Beside.Execution)
	if err != nil {
		t.Fatal(err)
	}
	before := in
	before.AsOf, before.Actuals = day("2026-02-07"), []kpi.Figure{won("ann", "2026-01", 24000)}
	since, err := r.Since(review(t, p, before))
	if err != nil {
		t.Fatal(err)
	}
	items := plan.Meeting{Review: r, Since: &since, Alerts: alerts, Followed: followed, Feedback: minutes().Unanswered()}.Agenda()
	var got []string
	for _, item := range items {
		got = append(got, item.Topic.String()+" "+item.Finding.Code)
		for _, lang := range []string{"en", "zh"} {
			if text := plan.Findings().Text(item.Finding, lang); strings.ContainsAny(text, "{}") || strings.HasPrefix(text, item.Finding.Code) {
				t.Errorf("%s in %s: %q", item.Finding.Code, lang, text)
			}
		}
	}
	want := []string{"open_decisions decision_open", "open_decisions decision_open", "open_decisions decision_open", "changed_past past_changed",
		"alerts alert", "alerts alert", "alerts alert", "goals goal_at_risk", "execution action_holds_up", "execution action_delays_end",
		"gaps coverage_short", "gaps assumption_overdue", "feedback feedback_open"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if quiet := (plan.Meeting{}).Agenda(); len(quiet) != 0 || quiet == nil {
		t.Errorf("nothing to talk about: %v", quiet)
	}
}

// An action that was given up is not done: its decision is dropped, and the
// next meeting hears of it, once.
func TestDroppedDecision(t *testing.T) {
	p, in := beside(t)
	in.Beside.Execution = &action.Input{Records: []action.Record{{Action: "list", Dropped: day("2026-02-13")}}}
	r := review(t, p, in)
	followed, err := minutes().Follow(active(t, p), r.Beside.Execution)
	must(t, err)
	if followed[0].Outcome != plan.Dropped {
		t.Errorf("%v", followed[0].Outcome)
	}
	decisions := func(m plan.Meeting) []string {
		var all []string
		for _, item := range m.Agenda() {
			if item.Topic == plan.OpenDecisions {
				all = append(all, item.Finding.Code+" "+item.Ref)
			}
		}
		return all
	}
	open := []string{"decision_open d2", "decision_open d4"}
	m := plan.Meeting{Review: r, Followed: followed}
	same(t, "first", decisions(m), append([]string{"decision_dropped d1"}, open...))
	if text := plan.Findings().Text(m.Agenda()[0].Finding, "en"); text != "What mo decided on 2026-02-14 (another list) was dropped." {
		t.Error(text)
	}
	m.Before = followed
	same(t, "then", decisions(m), open)
	m.Before = []plan.Followed{{Decision: followed[0].Decision, Outcome: plan.Planned}}
	same(t, "dropped since", decisions(m), append([]string{"decision_dropped d1"}, open...))
}

// The article's case: customers ask for products that spare the environment
// (客户要求环保产品). That is about a need, or a segment, or what was assumed of
// them, and about exactly one thing.
func TestFeedbackOnThePreparation(t *testing.T) {
	p := quarter(t)
	p.Preparation = prepared()
	d := active(t, p)
	said := func(f plan.Feedback) plan.Minutes {
		f.ID, f.Day, f.Author, f.Text = "f1", day("2026-02-10"), "bo", "客户要求环保产品"
		return plan.Minutes{Plan: "2026", Feedback: []plan.Feedback{f}}
	}
	belief := p.Preparation.Assumptions[0].ID
	for _, c := range []struct {
		why  string
		on   plan.Feedback
		want []string
	}{
		{"a need", plan.Feedback{Need: "recycled"}, nil},
		{"a segment", plan.Feedback{Segment: "green"}, nil},
		{"an assumption", plan.Feedback{Assumption: belief}, nil},
		{"no such need: it is a segment", plan.Feedback{Need: "green"}, []string{"minutes.feedback[0].need unknown_need"}},
		{"no such segment: it is a need", plan.Feedback{Segment: "recycled"}, []string{"minutes.feedback[0].segment unknown_segment"}},
		{"no such assumption", plan.Feedback{Assumption: "q1"}, []string{"minutes.feedback[0].assumption unknown_assumption"}},
		{"two things", plan.Feedback{Need: "recycled", Goal: "q1"}, []string{"minutes.feedback[0] not_about_one_thing"}},
		{"nothing", plan.Feedback{}, []string{"minutes.feedback[0] not_about_one_thing"}},
	} {
		m := said(c.on)
		_, err := m.Follow(d, nil)
		same(t, c.why, paths(err), c.want)
		if c.want != nil {
			continue
		}
		text, err := json.Marshal(m)
		must(t, err)
		var back plan.Minutes
		must(t, json.Unmarshal(text, &back))
		same(t, c.why, back.Unanswered(), m.Feedback)
	}
}
