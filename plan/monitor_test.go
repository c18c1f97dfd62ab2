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
	"github.com/saleskpi/saleskpi/target"
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
	for _, c := range []plan.Cadence{{ID: "w", Every: calendar.Weekly, On: 8}, {ID: "m", Every: calendar.Monthly, On: -43}, {ID: "d", Every: calendar.Daily, On: 2}} {
		if err := c.Validate(); !errors.Is(err, check.ErrRange) {
			t.Errorf("day %d of every %s: %v", c.On, c.Every, err)
		}
	}
	// The longest month of some calendar has 42 days, but none of this one.
	due, next, err = plan.Cadence{ID: "m", Every: calendar.Monthly, On: 42}.Due(calendar.Calendar{}, calendar.WorkCalendar{}, day("2026-01-31"), day("2026-02-28"))
	if err != nil || len(due) != 0 || !next.Day.IsZero() {
		t.Errorf("a day that no month has: %v, %v, %v", due, next, err)
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

// crowd is a company of two teams with two sellers each, who have goals,
// figures, actions that wait for one another, milestones, money, funnels,
// cards, metrics, assumptions and a history.
func crowd(t rapid.TB) (plan.Plan, plan.Input, map[string][]string) {
	teams := map[string][]string{"north": {"annika", "bertil"}, "south": {"celine", "dmitri"}}
	root := target.Node{ID: "company"}
	do := &action.Plan{ID: "do", Period: period("2026-Q1"), Unit: kpi.Money("USD", 2)}
	in := plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), History: plan.DayHistory{Known: period("2025")}}
	tracked := &action.Input{}
	before := ""
	for _, team := range []string{"north", "south"} {
		node := target.Node{ID: team}
		for _, who := range teams[team] {
			node.Children = append(node.Children, target.Node{ID: who})
			do.People = append(do.People, action.Person{ID: who})
			start := day("2026-01-05").Add(5 * len(do.Actions)) // each after the one before
			a := action.Action{ID: "do-" + who, Start: start, Due: start.Add(3), Budget: kpi.Int(100),
				Roles: []action.Role{{Person: who, Part: action.Accountable}, {Person: who, Part: action.Responsible}}}
			if before != "" {
				a.After = []string{before}
			}
			before = a.ID
			do.Actions = append(do.Actions, a)
			do.Milestones = append(do.Milestones, action.Milestone{ID: "m-" + who, Due: day("2026-01-31"), Actions: []string{a.ID}})
			tracked.Costs = append(tracked.Costs, action.Cost{Action: a.ID, Day: day("2026-01-10"), Kind: action.Spent, Amount: kpi.Int(30)})
			in.Actuals = append(in.Actuals, won(who, "2026-01", 1000), won(who, "2026-02", 500), won(who, "2026-04", 1))
			in.History.Series = append(in.History.Series, plan.DaySeries{Metric: "won_value", Owner: who})
			f := risky()
			f.Owner, f.Hygiene, f.Decisive = who, nil, nil
			in.Beside.Funnels = append(in.Beside.Funnels, f)
			in.Beside.Cards = append(in.Beside.Cards, scorecard.Card{Scorecard: "q1", Owner: who, Period: period("2026-Q1"), Lines: []scorecard.Line{}, Findings: []check.Finding{}})
			in.Beside.Metrics = append(in.Beside.Metrics, figure("stale_share", who, "2026-Q1", kpi.Frac(2, 5)))
		}
		root.Children = append(root.Children, node)
	}
	do.Milestones = append(do.Milestones, action.Milestone{ID: "all", Due: day("2026-01-31"), Actions: []string{"do-annika", "do-dmitri"}})
	in.Beside.Funnels = append(in.Beside.Funnels, plan.FunnelView{Owner: "company", Hygiene: risky().Hygiene})
	in.Beside.Execution = tracked
	g := target.Goal{ID: "q1", Metric: "won_value", Owner: "company", Period: period("2026-Q1"), Base: kpi.Int(11111), Target: kpi.Int(12012), Stretch: kpi.Int(13131)}
	b, err := target.BreakDown(g, metric(), target.Split{Grain: calendar.Monthly, Owners: root})
	if err != nil {
		t.Fatal(err)
	}
	p := plan.Plan{ID: "2026", Metrics: []kpi.Metric{metric()}, Goals: []target.Goal{g}, Breakdowns: []*target.Breakdown{b}, Actions: do}
	for _, who := range []string{"annika", "dmitri"} {
		p.Preparation.Assumptions = append(p.Preparation.Assumptions, plan.Assumption{ID: "of-" + who, Text: "as it is", Owner: who, Made: day("2025-12-01"), Review: day("2026-01-15"), Goals: []string{"q1"}})
	}
	return p, in, teams
}

// A page for a seller names nobody else, shows nobody else's amounts, and what
// it counts is that seller's.
func TestAPageNamesNobodyElse(t *testing.T) {
	p, in, teams := crowd(t)
	r := review(t, p, in)
	for _, team := range []string{"north", "south"} {
		for _, who := range teams[team] {
			page, ok := r.Of(who)
			text := string(indented(t, page))
			for _, other := range []string{"annika", "bertil", "celine", "dmitri", "north", "south", "company", "12012", "11111", "13131"} {
				if other != who && strings.Contains(text, other) {
					t.Errorf("the page of %s names %s:\n%s", who, other, text[max(0, strings.Index(text, other)-300):][:600])
				}
			}
			if page.Use != (plan.Use{Read: 3, Counted: 2, Excluded: plan.Excluded{OutsidePeriod: 1}}) || !ok {
				t.Errorf("%s: use %+v", who, page.Use)
			}
			e := page.Beside.Execution
			if e.Progress.Planned != 1 || e.Budget.Total.Spent != kpi.Int(30) || e.Budget.Total.Planned != kpi.Int(100) || len(e.Milestones) != 1 || len(e.Owners) != 1 || len(e.Actions) != 1 || len(page.Beside.Milestones) != 1 {
				t.Errorf("%s: %+v", who, e)
			}
			if len(page.Beside.Funnels) != 1 || len(page.Beside.Cards) != 1 || len(page.Beside.Metrics) != 1 || page.Goals[0].Goal.Target != kpi.Int(3003) {
				t.Errorf("%s: %+v", who, page.Beside)
			}
			if !slices.Contains(codes(page.Findings), map[bool]string{true: "action_delays_end", false: "action_holds_up"}[who == "dmitri"]) { // all are late and on the critical chain, and nobody waits for dmitri
				t.Errorf("%s: %v", who, codes(page.Findings))
			}
			if own := slices.Contains(codes(page.Findings), "assumption_overdue"); own != (who == "annika" || who == "dmitri") {
				t.Errorf("%s: %v", who, codes(page.Findings))
			}
			var back plan.Review
			if err := json.Unmarshal([]byte(text), &back); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(page, back); diff != "" {
				t.Error(diff)
			}
		}
		page, _ := r.Of(team)
		// Two of 1,000 and 500 each; both are due the same and so is their sum.
		if gap := page.Goals[0].Gap; gap == nil || gap.Gap != page.Goals[0].Owners[0].Tracking.Variance || len(gap.Parts) != 2 || page.Use.Read != 6 || page.Beside.Execution.Progress.Planned != 2 {
			t.Errorf("%s: %+v, %+v", team, page.Goals[0].Gap, page.Use)
		}
		other := map[string]string{"north": "celine", "south": "annika"}[team]
		if text := string(indented(t, page)); strings.Contains(text, other) {
			t.Errorf("the page of %s names %s", team, other)
		}
	}
	all, _ := r.Of("company")
	if diff := cmp.Diff(r.Goals, all.Goals); diff != "" || all.Use != r.Use {
		t.Errorf("of the whole: %s, %+v", diff, all.Use)
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
	// changed_past: 2026-01 of team in q1 was 29,000.00 USD at the last review and is 28,000.00 USD now.
	// alerts: Behind plan: bo is at 0.27, the bound is 0.80; since 2026-02-14.
	// goals: team is behind plan in Revenue 2026-Q1: 40,000.00 USD against 45,000.00 USD due by now, off by 5,000.00 USD.
}
