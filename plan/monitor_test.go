package plan_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"pgregory.net/rapid"
)

func workdays(t testing.TB, label string, holidays ...string) calendar.WorkCalendar {
	w := calendar.WorkDays{Covers: period(label), Weekend: calendar.WeekdaysOf(time.Saturday, time.Sunday)}
	for _, h := range holidays {
		w.Holidays = append(w.Holidays, day(h))
	}
	work, err := calendar.NewWorkCalendar(w)
	if err != nil {
		t.Fatal(err)
	}
	return work
}

// 2026-01-01 is a Thursday. The third working day of January with the holiday
// is Tuesday the 6th, of February Wednesday the 4th; the last one of January is
// Friday the 30th.
func TestCadence(t *testing.T) {
	work := workdays(t, "2026", "2026-01-01")
	for _, c := range []struct {
		why         string
		cadence     plan.Cadence
		after, asOf string
		due         []string
		next        string
	}{
		{"third working day", plan.Cadence{ID: "m", Every: calendar.Monthly, On: 3}, "2026-01-01", "2026-02-04", []string{"2026-01-06", "2026-02-04"}, "2026-03-04"},
		{"last working day", plan.Cadence{ID: "m", Every: calendar.Monthly, On: -1}, "2026-01-02", "2026-01-29", []string{}, "2026-01-30"},
		{"mondays", plan.Cadence{ID: "w", Every: calendar.Weekly, On: 1}, "2026-01-05", "2026-01-19", []string{"2026-01-12", "2026-01-19"}, "2026-01-26"},
		{"every working day", plan.Cadence{ID: "d", Every: calendar.Daily, On: 1}, "2026-01-08", "2026-01-10", []string{"2026-01-09"}, "2026-01-12"},
		{"a day that few months have", plan.Cadence{ID: "m", Every: calendar.Monthly, On: 23}, "2026-01-01", "2026-02-28", []string{}, "2026-07-31"},
	} {
		due, next, err := c.cadence.Due(calendar.Calendar{}, work, day(c.after), day(c.asOf))
		got := []string{}
		for _, d := range due {
			got = append(got, d.Day.String())
		}
		if err != nil || !slices.Equal(got, c.due) || next.Day.String() != c.next {
			t.Errorf("%s: %v, then %v, %v", c.why, got, next.Day, err)
		}
	}
	all, err := plan.Plan{Cadences: []plan.Cadence{{ID: "week", Every: calendar.Weekly, On: 1}, {ID: "month", Every: calendar.Monthly, On: 3}}}.DueReviews(work, day("2026-01-05"), day("2026-02-04"))
	var days []string
	for _, d := range all {
		days = append(days, d.Cadence+" "+d.Day.String())
	}
	if want := []string{"month 2026-01-06", "week 2026-01-12", "week 2026-01-19", "week 2026-01-26", "week 2026-02-02", "month 2026-02-04"}; err != nil || !slices.Equal(days, want) {
		t.Errorf("%v, want %v, %v", days, want, err)
	}
	due, next, err := plan.Cadence{ID: "m", Every: calendar.Monthly, On: -1}.Due(calendar.Calendar{}, calendar.WorkCalendar{}, day("2024-01-31"), day("2024-02-29"))
	if err != nil || len(due) != 1 || due[0].Day != day("2024-02-29") || next.Day != day("2024-03-31") {
		t.Errorf("all days of a leap year: %v, %v, %v", due, next, err)
	}
	_, _, err = plan.Cadence{}.Due(calendar.Calendar{}, work, day("2026-02-01"), day("2026-01-01"))
	if want := []string{"id missing_id", "every missing_grain", "on missing_day", "after after_as_of"}; !slices.Equal(paths(err), want) {
		t.Errorf("%v, want %v", paths(err), want)
	}
	if _, _, err := (plan.Cadence{ID: "m", Every: calendar.Monthly, On: 1}).Due(calendar.Calendar{}, work, day("2026-12-01"), day("2026-12-31")); !errors.Is(err, check.ErrRange) {
		t.Errorf("beyond the calendar: %v", err)
	}
}

// beside is everything that can stand beside the goals of the quarter: deals
// that cover 1.5 times what needs 2, an action that is late and blocks one, a
// card and a metric.
func beside(t testing.TB) (plan.Plan, plan.Input) {
	p := quarter(t)
	role := func(person string) []action.Role {
		return []action.Role{{Person: "mo", Part: action.Accountable}, {Person: person, Part: action.Responsible}}
	}
	p.Actions = &action.Plan{ID: "do", Period: period("2026-Q1"), Unit: kpi.Money("USD", 2),
		People: []action.Person{{ID: "mo"}, {ID: "ann"}, {ID: "bo"}},
		Actions: []action.Action{
			{ID: "list", Roles: role("bo"), Start: day("2026-01-05"), Due: day("2026-01-30")},
			{ID: "calls", Roles: role("bo"), Start: day("2026-02-02"), Due: day("2026-02-27"), After: []string{"list"}},
		}}
	p.Preparation.Assumptions = prepared().Assumptions[:1]
	in := plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: actuals(),
		Forecasts: []kpi.Figure{won("team", "2026-Q1", 84000)},
		Beside: plan.Beside{
			Execution: &action.Input{},
			Funnels:   []plan.FunnelView{{Owner: "team", Coverage: &funnel.Coverage{Period: period("2026-Q1"), Ratio: kpi.RatioOf(3, 2), Findings: []check.Finding{}}, Needed: kpi.Int(2)}},
			Cards:     []scorecard.Card{{Scorecard: "q1", Owner: "bo", Period: period("2026-Q1"), Lines: []scorecard.Line{}, Findings: []check.Finding{}}},
			Metrics:   []kpi.Figure{figure("stale_share", "bo", "2026-Q1", kpi.Frac(2, 5)), figure("stale_share", "ann", "2026-Q1", kpi.Frac(1, 5))},
		}}
	return p, in
}

func TestReviewBeside(t *testing.T) {
	p, in := beside(t)
	r := review(t, p, in)
	if r.Beside.Execution == nil || len(r.Beside.Execution.Late) != 2 || r.Beside.Execution.AsOf != in.AsOf {
		t.Fatalf("execution: %+v", r.Beside.Execution)
	}
	for _, want := range []string{"coverage_short", "action_holds_up", "assumption_overdue"} {
		if !slices.Contains(codes(r.Findings), want) {
			t.Errorf("%s is not among %v", want, codes(r.Findings))
		}
	}
	team := r.Goals[0].Owners[0].Tracking
	if team.Landing.Forecast != kpi.Int(84000) || r.Goals[0].Owners[1].Tracking.Landing.Forecast.Defined() {
		t.Errorf("forecast: %v", team.Landing.Forecast)
	}
	// Due 30,000 and 15,000, reached 37,000 and 4,000: +7,000 and −11,000.
	ann, _ := r.Goals[0].Gap.Part("ann")
	bo, _ := r.Goals[0].Gap.Part("bo")
	if r.Goals[0].Gap.Gap != team.Variance || ann.Amount != kpi.Int(7000) || bo.Amount != kpi.Int(-11000) {
		t.Errorf("gap %v: ann %v, bo %v", r.Goals[0].Gap.Gap, ann.Amount, bo.Amount)
	}
	text, err := json.Marshal(r)
	var back plan.Review
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, back); diff != "" {
		t.Error(diff)
	}
}

func TestReviewOfOneSeller(t *testing.T) {
	p, in := beside(t)
	r := review(t, p, in)
	bo, ok := r.Of("bo")
	if !ok || len(bo.Goals) != 1 || len(bo.Goals[0].Owners) != 1 || bo.Goals[0].Owners[0].Owner != "bo" {
		t.Fatalf("%+v", bo.Goals)
	}
	text, err := json.Marshal(bo)
	if err != nil || strings.Contains(string(text), `"ann"`) {
		t.Errorf("a page of bo names ann: %v, %s", err, text)
	}
	if len(bo.Beside.Cards) != 1 || len(bo.Beside.Metrics) != 1 || len(bo.Beside.Funnels) != 0 {
		t.Errorf("beside: %+v", bo.Beside)
	}
	team, _ := r.Of("team")
	if diff := cmp.Diff(r.Goals[0].Owners, team.Goals[0].Owners); diff != "" {
		t.Error(diff)
	}
	if _, ok := r.Of("zoe"); ok {
		t.Error("nobody")
	}
	if len(r.Goals[0].Owners) != 3 || r.Goals[0].Owners[2].Parent != "team" {
		t.Error("the review itself changed")
	}
}

// A week later bo has 6,000 more in February, and January of ann has been
// restated from 25,000 to 24,000.
func TestSince(t *testing.T) {
	p := quarter(t)
	in := plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: actuals()}
	before := review(t, p, in)
	in.AsOf = day("2026-02-21")
	in.Actuals = []kpi.Figure{won("ann", "2026-01", 24000), won("ann", "2026-02", 12000), won("bo", "2026-01", 4000), won("bo", "2026-02", 6000)}
	in.Earlier = before.Stood()
	after := review(t, p, in)
	s, err := after.Since(before)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		owner             string
		actual, new, past int64
	}{{"team", 5000, 6000, -1000}, {"ann", -1000, 0, -1000}, {"bo", 6000, 6000, 0}} {
		l := s.Lines[i]
		if l.Owner != want.owner || l.Actual != kpi.Int(want.actual) || l.New != kpi.Int(want.new) || l.Restated != kpi.Int(want.past) {
			t.Errorf("%+v, want %+v", l, want)
		}
	}
	var restated []string
	for _, c := range s.Restated {
		restated = append(restated, fmt.Sprint(c.Owner, " ", c.Period.Start(), " ", c.From, " ", c.To))
	}
	if want := []string{"team 2026-01-01 29000 28000", "ann 2026-01-01 25000 24000"}; !slices.Equal(restated, want) {
		t.Errorf("%q, want %q", restated, want)
	}
	// Rest of plan: 41,000 + 45,000 of 90,000 was 86,000. On the 21st three
	// quarters of February are due, 52,500: 46,000 + 37,500 = 83,500.
	if s.Lines[0].Landing != kpi.Int(-2500) {
		t.Errorf("landing %v", s.Lines[0].Landing)
	}
	if _, err := before.Since(after); !slices.Equal(paths(err), []string{"before.as_of not_earlier"}) {
		t.Errorf("%v", err)
	}
	other := before
	other.Plan = "2027"
	if _, err := after.Since(other); !errors.Is(err, check.ErrDefinition) {
		t.Errorf("%v", err)
	}
}

// Of bo 15,000 are due on 14 February. The rule raises below 80 % and lets go
// from 85 % on.
func TestAlertsDoNotFlicker(t *testing.T) {
	rules := []plan.AlertRule{{ID: "behind", Signal: plan.Pace, Below: kpi.Frac(8, 10), Margin: kpi.Frac(5, 100), Severity: check.Critical}}
	var earlier []plan.Alert
	for _, c := range []struct {
		why    string
		bo     int64
		states []plan.AlertState
		since  string
	}{
		{"at the bound nothing is raised", 12000, nil, ""},
		{"below it is", 11999, []plan.AlertState{plan.Raised}, "2026-02-14"},
		{"above the bound but within the margin it stands", 12600, []plan.AlertState{plan.Standing}, "2026-02-14"},
		{"above the margin it is over", 12750, []plan.AlertState{plan.Over}, "2026-02-14"},
		{"and not told of again", 12750, nil, ""},
		{"within the margin it is not raised", 12600, nil, ""},
		{"it can be raised again", 100, []plan.AlertState{plan.Raised}, "2026-02-14"},
	} {
		r := review(t, quarter(t), plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: []kpi.Figure{won("ann", "2026-01", 70000), won("bo", "2026-01", c.bo)}})
		alerts, err := r.Alerts(rules, earlier)
		var states []plan.AlertState
		for _, a := range alerts {
			states = append(states, a.State)
			if a.Owner != "bo" || a.Since != day(c.since) {
				t.Errorf("%s: %+v", c.why, a)
			}
		}
		if err != nil || !slices.Equal(states, c.states) {
			t.Errorf("%s: %v, %v", c.why, states, err)
		}
		earlier = alerts
	}
	// Without data nothing is raised, and what stands stays.
	none := review(t, quarter(t), plan.Input{AsOf: day("2026-02-14"), Actuals: []kpi.Figure{won("ann", "2026-01", 70000)}})
	if alerts, _ := none.Alerts(rules, earlier); len(alerts) != 1 || alerts[0].State != plan.Standing || alerts[0].Value.Defined() {
		t.Errorf("%+v", alerts)
	}
	if alerts, _ := none.Alerts(rules, nil); len(alerts) != 0 {
		t.Errorf("%+v", alerts)
	}
}

func TestAlertRules(t *testing.T) {
	p, in := beside(t)
	alerts, err := review(t, p, in).Alerts(plan.DefaultAlerts(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, a := range alerts {
		got = append(got, a.Rule+" "+a.Owner)
	}
	// bo 4/15; the forecast 84,000 of 90,000 is 93.3 %; landing 86,000 is
	// 95.6 %; stale 40 % of bo.
	if want := []string{"behind bo", "forecast_short team", "stale bo"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	_, err = review(t, p, in).Alerts([]plan.AlertRule{{Signal: 9, Margin: kpi.Int(-1), Severity: 9}, {ID: "a", Signal: plan.OfMetric, Below: kpi.Int(1), Above: kpi.Int(2)}, {ID: "a", Below: kpi.Int(1)}}, nil)
	want := []string{"rules[0].id missing_id", "rules[0].below not_one_bound", "rules[0].margin below_zero", "rules[0].signal unknown_word", "rules[0].severity unknown_word",
		"rules[1].below not_one_bound", "rules[1].metric missing_metric", "rules[2].id duplicate_id"}
	if diff := cmp.Diff(want, paths(err)); diff != "" {
		t.Error(diff)
	}
}

// A new version of the target starts afresh, for statuses and alerts alike.
func TestEarlierReviewsOfAnotherTarget(t *testing.T) {
	d := revisedDocument(t)
	in := plan.Input{AsOf: day("2026-02-28"), Known: period("2026-Q1"), Actuals: actuals()}
	before, err := d.Review(in)
	if err != nil {
		t.Fatal(err)
	}
	in.AsOf, in.Earlier = day("2026-03-10"), before.Stood()
	after, err := d.Review(in)
	if err != nil {
		t.Fatal(err)
	}
	q1, _ := before.Goal("q1")
	now, _ := after.Goal("q1")
	csat, _ := after.Goal("csat")
	if q1.Owners[0].Tracking.Version != "v1" || now.Owners[0].Tracking.Version != "v2" || csat.Owners[0].Tracking.Version != "v1" {
		t.Errorf("versions %s, %s, %s", q1.Owners[0].Tracking.Version, now.Owners[0].Tracking.Version, csat.Owners[0].Tracking.Version)
	}
}

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
		"alerts alert", "alerts alert", "alerts alert", "goals goal_at_risk", "execution action_holds_up", "execution action_holds_up",
		"gaps coverage_short", "gaps assumption_overdue", "feedback feedback_open"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if quiet := (plan.Meeting{}).Agenda(); len(quiet) != 0 || quiet == nil {
		t.Errorf("nothing to talk about: %v", quiet)
	}
}

// 25 records of ann and bo: pages of ten, each record once, none after the
// as-of day, and nothing of somebody else.
func TestBehind(t *testing.T) {
	in := plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1")}
	var records []plan.Source
	for i := range 25 {
		records = append(records, plan.Source{ID: fmt.Sprintf("d%02d", i), Metric: "won_value", Owner: []string{"ann", "bo"}[i%2], Day: day("2026-01-05").Add(i)})
	}
	records = append(records, plan.Source{ID: "late", Metric: "won_value", Owner: "ann", Day: day("2026-02-15")}, plan.Source{ID: "zoe", Metric: "won_value", Owner: "zoe", Day: day("2026-01-05")},
		plan.Source{ID: "visit", Metric: "visits", Owner: "ann", Day: day("2026-01-05")}, records[3])
	ask := plan.Behind{Goal: "q1", Owner: "team", Limit: 10}
	var all []string
	for range 9 {
		page, err := quarter(t).Behind(in, ask, slices.Values(records))
		if err != nil || page.Total != 25 {
			t.Fatalf("%+v, %v", page, err)
		}
		all = append(all, page.IDs...)
		if ask.After = page.Next; page.Next == "" {
			break
		}
	}
	if len(all) != 25 || !slices.IsSorted(all) {
		t.Errorf("%v", all)
	}
	page, err := quarter(t).Behind(in, plan.Behind{Goal: "q1", Owner: "bo", Period: period("2026-01-05"), Limit: 10}, slices.Values(records))
	if err != nil || page.Total != 0 || page.IDs == nil {
		t.Errorf("a day of ann, asked of bo: %+v, %v", page, err)
	}
	_, err = quarter(t).Behind(in, plan.Behind{Goal: "q1", Owner: "zoe", Limit: 1}, slices.Values(records))
	if !slices.Equal(paths(err), []string{"owner unknown_line"}) {
		t.Errorf("%v", err)
	}
	if _, err = quarter(t).Behind(in, plan.Behind{}, slices.Values(records)); !slices.Equal(paths(err), []string{"limit not_a_page"}) {
		t.Errorf("%v", err)
	}
}

// A permuted plan and permuted input give the same review, byte for byte.
func TestReviewOfAPermutedPlan(t *testing.T) {
	p, in := beside(t)
	s := satisfaction(t)
	p.Metrics, p.Goals, p.Stated = s.Metrics, s.Goals, s.Stated
	p.Preparation.Assumptions = prepared().Assumptions
	want := indented(t, review(t, p, in))
	rapid.Check(t, func(r *rapid.T) {
		shuffled, given := p, in
		shuffled.Metrics = rapid.Permutation(p.Metrics).Draw(r, "metrics")
		shuffled.Goals = rapid.Permutation(p.Goals).Draw(r, "goals")
		shuffled.Preparation.Assumptions = rapid.Permutation(p.Preparation.Assumptions).Draw(r, "assumptions")
		do := *p.Actions
		do.Actions, do.People = rapid.Permutation(do.Actions).Draw(r, "actions"), rapid.Permutation(do.People).Draw(r, "people")
		shuffled.Actions = &do
		given.Actuals = rapid.Permutation(in.Actuals).Draw(r, "actuals")
		given.Beside.Metrics = rapid.Permutation(in.Beside.Metrics).Draw(r, "metrics of owners")
		if got := indented(t, review(r, shuffled, given)); string(got) != string(want) {
			r.Fatal(cmp.Diff(string(want), string(got)))
		}
	})
}

func ExampleCadence_Due() {
	monthly := plan.Cadence{ID: "month", Every: calendar.Monthly, On: 3, Leads: "mo"}
	work, err := calendar.NewWorkCalendar(calendar.WorkDays{Covers: period("2026"), Weekend: calendar.WeekdaysOf(time.Saturday, time.Sunday)})
	if err != nil {
		log.Fatal(err)
	}
	due, next, err := monthly.Due(calendar.Calendar{}, work, day("2026-01-31"), day("2026-02-14"))
	fmt.Println(due[0].Day, next.Day, err)
	// Output: 2026-02-04 2026-03-04 <nil>
}

// The Monday meeting: what changed, what calls for an alert, and what to talk
// about, in order.
func ExampleMeeting_Agenda() {
	p := team(90000)
	in := plan.Input{AsOf: day("2026-02-07"), Known: p.Goals[0].Period, Actuals: actuals()}
	before, err := p.Review(in)
	if err != nil {
		log.Fatal(err)
	}
	in.AsOf, in.Actuals[0].Value, in.Earlier = day("2026-02-14"), kpi.Int(24000), before.Stood()
	now, err := p.Review(in)
	if err != nil {
		log.Fatal(err)
	}
	since, err := now.Since(before)
	if err != nil {
		log.Fatal(err)
	}
	alerts, err := now.Alerts(plan.DefaultAlerts(), nil)
	if err != nil {
		log.Fatal(err)
	}
	for _, item := range (plan.Meeting{Review: now, Since: &since, Alerts: alerts}).Agenda() {
		fmt.Printf("%s: %s\n", item.Topic, plan.Findings().Text(item.Finding, "en"))
	}
	// Output:
	// changed_past: 2026-01-01/2026-02-01 of team in q1 was 29,000.00 USD at the last review and is 28,000.00 USD now.
	// alerts: behind: bo is at 0.27, the bound is 0.80; since 2026-02-14.
	// goals: team is behind plan: 40000.00 against 45000.00 due by now, off by 5000.00.
}

func ExamplePlan_Behind() {
	p := team(90000)
	records := []plan.Source{{"D-7", "won_value", "bo", day("2026-02-03")}, {"D-1", "won_value", "ann", day("2026-01-20")}, {"D-9", "won_value", "ann", day("2026-02-20")}}
	page, err := p.Behind(plan.Input{AsOf: day("2026-02-14")}, plan.Behind{Goal: "q1", Owner: "team", Limit: 1}, slices.Values(records))
	fmt.Println(page.IDs, "of", page.Total, "next after", page.Next, err)
	// Output: [D-1] of 2 next after D-1 <nil>
}
