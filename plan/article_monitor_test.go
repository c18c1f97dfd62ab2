package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// february is the quarter on 14 February: half of the month is due.
//
//	       target   due               won                     gap
//	ann    60,000   20,000 + 10,000   25,000 + 12,000    7,000
//	bo     30,000   10,000 +  5,000    4,000           −11,000
//	team   90,000   45,000            41,000            −4,000
func february(t *testing.T, asOf string, figures ...kpi.Figure) plan.Review {
	t.Helper()
	return review(t, quarter(t), plan.Input{AsOf: day(asOf), Known: period("2026-Q1"), Actuals: figures})
}

// Every Monday, as a holiday has it: the first working day of the week. On 16
// February the figures of the week are looked at, and bo is found behind.
func weeklyAnalysis(t *testing.T) {
	work := workdays(t, "2026", "2026-02-09")
	due, next, err := plan.Cadence{ID: "week", Every: calendar.Weekly, On: 1}.Due(calendar.Calendar{}, work, day("2026-02-02"), day("2026-02-16"))
	must(t, err)
	var days []calendar.Day
	for _, d := range due {
		days = append(days, d.Day)
	}
	same(t, "due", append(days, next.Day), []calendar.Day{day("2026-02-10"), day("2026-02-16"), day("2026-02-23")})

	r := february(t, "2026-02-14", actuals()...)
	for i, want := range []struct {
		owner         string
		due, won, gap int64
		status        target.Status
	}{{"team", 45000, 41000, -4000, target.AtRisk}, {"ann", 30000, 37000, 7000, target.OnTrack}, {"bo", 15000, 4000, -11000, target.Behind}} {
		got := r.Goals[0].Owners[i]
		same(t, want.owner, []kpi.Value{got.Tracking.Expected, got.Tracking.Actual, got.Tracking.Variance}, []kpi.Value{kpi.Int(want.due), kpi.Int(want.won), kpi.Int(want.gap)})
		if got.Owner != want.owner || got.Tracking.Status != want.status {
			t.Errorf("%s is %v, want %s %v", got.Owner, got.Tracking.Status, want.owner, want.status)
		}
	}
	bo, _ := r.Goals[0].Gap.Part("bo")
	amount(t, "because of bo", bo.Amount, kpi.Int(-11000))
}

// On 14 February bo has 4,000 of 15,000 due, 27 %, and an alert under 80 %. He
// says the list is no use; it is decided that he gets another. It is done on
// the 20th. With 14,350 of the 17,500 due on the 21st, 82 %, the alert would stand,
// for it ends at 85 %; with 16,000, 91 %, it is over.
func feedbackAndAdjustment(t *testing.T) {
	rules := []plan.AlertRule{{ID: "behind", Signal: plan.Pace, Below: kpi.Frac(8, 10), Margin: kpi.Frac(5, 100), Severity: check.Critical}}
	alerts, err := february(t, "2026-02-14", actuals()...).Alerts(rules, nil)
	must(t, err)
	if len(alerts) != 1 || alerts[0].Owner != "bo" || alerts[0].State != plan.Raised || alerts[0].Value != kpi.Frac(4, 15) {
		t.Errorf("%+v", alerts)
	}

	p, do := quarter(t), fair()
	p.Actions = &do
	m := plan.Minutes{Plan: "2026", Feedback: []plan.Feedback{{ID: "f1", Day: day("2026-02-14"), Author: "bo", Action: "list", Text: "the list is no use"}},
		Decisions: []plan.Decision{{ID: "d1", Signature: by("2026-02-16", "another list"), Answers: []string{"f1"}, Action: "list"},
			{ID: "d2", Signature: by("2026-02-20", "six thousand more in March"), Revision: day("2026-03-01")}}}
	follow := func(d plan.Document, in action.Input) (outcomes []plan.Outcome) {
		report, err := do.Track(in)
		must(t, err)
		followed, err := m.Follow(d, &report)
		must(t, err)
		for _, f := range followed {
			outcomes = append(outcomes, f.Outcome)
		}
		return outcomes
	}
	d := active(t, p)
	same(t, "decided", follow(d, action.Input{AsOf: day("2026-02-16")}), []plan.Outcome{plan.Planned, plan.Pending})
	d, err = d.Revise(raised(t, p), plan.Revision{Effective: day("2026-03-01"), Signature: by("2026-02-20", "as decided")})
	must(t, err)
	done := action.Input{AsOf: day("2026-02-21"), Records: []action.Record{{Action: "list", Started: day("2026-02-17"), Done: day("2026-02-20")}}}
	same(t, "done", follow(d, done), []plan.Outcome{plan.Done, plan.Done})

	for bo, want := range map[int64]plan.AlertState{10350: plan.Standing, 12000: plan.Over} {
		later, err := february(t, "2026-02-21", append(actuals(), won("bo", "2026-02", bo))...).Alerts(rules, alerts)
		must(t, err)
		if len(later) != 1 || later[0].State != want || later[0].Value != kpi.Frac(4000+bo, 17500) || later[0].Since != day("2026-02-14") {
			t.Errorf("%+v, want %v", later, want)
		}
	}
}

// A week later three quarters of February are due, 30,000 + 22,500 = 52,500. bo
// has won 6,000, so the gap goes from −4,000 to 47,000 − 52,500 = −5,500.
func gapEveryWeek(t *testing.T) {
	before := february(t, "2026-02-14", actuals()...)
	after := february(t, "2026-02-21", append(actuals(), won("bo", "2026-02", 6000))...)
	amount(t, "gap on the 14th", before.Goals[0].Owners[0].Tracking.Variance, kpi.Int(-4000))
	amount(t, "gap on the 21st", after.Goals[0].Owners[0].Tracking.Variance, kpi.Int(-5500))
	s, err := after.Since(before)
	must(t, err)
	for i, want := range []int64{6000, 0, 6000} {
		amount(t, "won in the week by "+s.Lines[i].Owner, s.Lines[i].New, kpi.Int(want))
	}
	// 41,000 and the rest of the plan, 45,000, were 86,000; now 47,000 + 37,500.
	amount(t, "landing", s.Lines[0].Landing, kpi.Int(-1500))
}

// Which stage is the problem? In January 40 of 50 leads became offers as
// usual, but 8 of the 40 offers were won where 24 of 40 usually are.
//
//	lead    40 of 50, usually 160 of 200: no difference
//	offer    8 of 40, usually  96 of 160: 40 × (0.6 − 0.2) × 100 = 1,600 lost
func stageOfTheFunnel(t *testing.T) {
	histories, err := funnel.New(funnel.Pipeline{ID: "direct", Stages: []funnel.Stage{{ID: "lead"}, {ID: "offer"}, {ID: "won", Outcome: funnel.Won}, {ID: "lost", Outcome: funnel.Lost}}})
	must(t, err)
	for m, month := range []string{"2025-01", "2025-04", "2025-07", "2025-10", "2026-01"} {
		first, wins := period(month).Start(), 24
		if m == 4 {
			wins = 8
		}
		for i := range 50 {
			id, at := fmt.Sprintf("%s-%02d", month, i), funnel.StartOf(first.Add(i%5), time.UTC)
			histories.Add(funnel.Event{Deal: id, Owner: []string{"ann", "bo"}[i%2], Stage: "lead", At: at, Amount: kpi.Int(100)})
			switch {
			case i >= 40:
				histories.Add(funnel.Event{Deal: id, Stage: "lost", At: at.AddDate(0, 0, 7)})
			default:
				histories.Add(funnel.Event{Deal: id, Stage: "offer", At: at.AddDate(0, 0, 7)})
				histories.Add(funnel.Event{Deal: id, Stage: map[bool]string{true: "won", false: "lost"}[i < wins], At: at.AddDate(0, 0, 20)})
			}
		}
	}
	a, err := funnel.Analyze(histories, funnel.Question{AsOf: funnel.EndOf(day("2026-01-31"), time.UTC), Location: time.UTC, ClosingsFrom: day("2025-01-01")})
	must(t, err)
	report := a.Report() // all five months: 200 of 250, and 4 × 24 + 8 = 104 of 200
	if lead, offer := report.Stages[0], report.Stages[1]; lead.ToNext != kpi.RatioOf(200, 250) || offer.ToNext != kpi.RatioOf(104, 200) || report.WinRate != kpi.RatioOf(104, 250) {
		t.Errorf("lead %v, offer %v, win rate %v", lead.ToNext, offer.ToNext, report.WinRate)
	}
	b, err := a.Bottleneck(funnel.BottleneckRule{Period: period("2026-01")})
	must(t, err)
	if b.Worst == nil || b.Worst.Stage != "offer" || b.Worst.Now != kpi.RatioOf(8, 40) || b.Worst.Usual != kpi.RatioOf(96, 160) {
		t.Fatalf("%+v", b.Worst)
	}
	amount(t, "brought by its usual level", b.Worst.Gain, kpi.Int(1600))
	i := slices.IndexFunc(b.Stages, func(s funnel.Bottleneck) bool { return s.Stage == "lead" })
	if lead := b.Stages[i]; lead.Now != kpi.RatioOf(40, 50) || lead.Usual != kpi.RatioOf(160, 200) || lead.Verdict == kpi.Distinguishable {
		t.Errorf("%+v", lead)
	}
}

// Everybody reports: ann and bo each have a page with their own figures. The
// meeting talks about what was decided and is open, about bo's pace of 4/15, the
// team, what holds up (working days after the 9th, 23rd and 30th of January
// through Friday 13 February: 25, 15 and 10), what bo says, and praises ann, who
// has all of her January.
func meeting(t *testing.T) {
	p, do := quarter(t), fair()
	january := goal()
	january.ID, january.Owner, january.Period, january.Target, january.Base, january.Stretch = "january", "ann", period("2026-01"), kpi.Int(20000), kpi.Value{}, kpi.Value{}
	p.Goals, p.Actions = append(p.Goals, january), &do
	r := review(t, p, plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: actuals(),
		Beside: plan.Beside{Execution: &action.Input{Work: workdays(t, "2026"), Records: []action.Record{{Action: "list", Started: day("2026-01-05")}}}}})
	for owner, want := range map[string]int64{"ann": 37000, "bo": 4000} {
		page, _ := r.Of(owner)
		own, _ := page.Goal("q1")
		amount(t, owner+" reports", own.Owners[0].Tracking.Actual, kpi.Int(want))
	}
	m := plan.Minutes{Plan: "2026", Feedback: []plan.Feedback{{ID: "f1", Day: day("2026-02-10"), Author: "bo", Goal: "q1", Text: "no leads"}},
		Decisions: []plan.Decision{{ID: "d1", Signature: by("2026-02-07", "finish the list"), Action: "list"}}}
	followed, err := m.Follow(active(t, p), r.Beside.Execution)
	must(t, err)
	alerts, err := r.Alerts(plan.DefaultAlerts(), nil)
	must(t, err)
	var got []string
	for _, item := range (plan.Meeting{Review: r, Alerts: alerts, Followed: followed, Feedback: m.Unanswered()}).Agenda() {
		f := item.Finding
		got = append(got, strings.Join(slices.DeleteFunc([]string{item.Topic.String(), item.Owner, f.Code, f.Subject, f.Args["value"], f.Args["days"], f.Args["text"]}, func(s string) bool { return s == "" }), " "))
	}
	same(t, "agenda", got, []string{"open_decisions mo decision_open mo", "alerts bo alert bo 0.27", "goals team goal_at_risk team",
		"execution mo action_holds_up list 25", "execution mo action_holds_up stand 15", "execution mo action_delays_end calls 10",
		"feedback bo feedback_open bo no leads", "praise ann goal_met ann"})
}

// Customers, deals won and calls of every seller, from records of deals and of
// activities.
//
//	ann   acme 1,000 won, acme 500 won, bolt lost; 3 calls: 1 customer, 2 deals
//	bo    cato 700 won, dorn 200 won, elan 100 won; 1 call, 1 meeting: 3 customers, 3 deals
func indicatorsOfEverySeller(t *testing.T) {
	type record struct {
		owner, customer, what string
		day                   calendar.Day
	}
	c, err := cube.New(cube.Definition{ID: "sellers", Window: period("2026"), Grain: calendar.Monthly, Dimensions: []string{"owner"}, Measures: []cube.Measure{
		{ID: "active_customer_count", Kind: cube.Distinct}, {ID: "won_count", Kind: cube.Count}, {ID: "activity_call_count", Kind: cube.Count}}})
	must(t, err)
	is := func(what string) func(*record) bool { return func(r *record) bool { return r.what == what } }
	loader, err := cube.Load(c, cube.Reader[record]{Day: func(r *record) (calendar.Day, bool) { return r.day, true },
		Dimensions: map[string]func(*record) (string, bool){"owner": func(r *record) (string, bool) { return r.owner, true }},
		Measures: map[string]cube.Feed[record]{"active_customer_count": {Key: func(r *record) (string, bool) { return r.customer, true }, When: is("won")},
			"won_count": {When: is("won")}, "activity_call_count": {When: is("call")}}})
	must(t, err)
	january, march := day("2026-01-15"), day("2026-03-15")
	loader.AddSeq(slices.Values([]record{{"ann", "acme", "won", january}, {"ann", "acme", "won", march}, {"ann", "bolt", "lost", march},
		{"ann", "acme", "call", january}, {"ann", "bolt", "call", march}, {"ann", "dorn", "call", march},
		{"bo", "cato", "won", january}, {"bo", "dorn", "won", march}, {"bo", "elan", "won", march}, {"bo", "cato", "call", january}, {"bo", "cato", "meeting", march}}))
	of := func(q cube.Query) (lines []string) {
		q.By = []string{"owner"}
		r, err := c.Query(q)
		must(t, err)
		for _, row := range r.Rows {
			lines = append(lines, fmt.Sprint(row.Key[0], " ", row.Values))
		}
		return lines
	}
	same(t, "customers, deals, calls", of(cube.Query{}), []string{"ann [1 2 3]", "bo [3 3 1]"})
	same(t, "in January", of(cube.Query{Window: period("2026-01")}), []string{"ann [1 1 1]", "bo [1 1 1]"})
	catalog, err := kpi.Standard("USD", 2)
	must(t, err)
	for _, m := range c.Definition().Measures {
		if _, known := catalog.Lookup(m.ID); !known {
			t.Errorf("%s is not in the catalog", m.ID)
		}
	}
}

// bo and ann say something, and bo is answered: ann is still to be.
func feedbackOfSellers(t *testing.T) {
	m := plan.Minutes{Plan: "2026", Feedback: []plan.Feedback{{ID: "f1", Day: day("2026-02-10"), Author: "bo", Goal: "q1", Text: "the list is no use"},
		{ID: "f2", Day: day("2026-02-12"), Author: "ann", Goal: "q1", Text: "no time for calls"}},
		Decisions: []plan.Decision{{ID: "d1", Signature: by("2026-02-14", "it stays"), Answers: []string{"f1"}, Nothing: true}}}
	must(t, m.Validate())
	same(t, "unanswered", m.Unanswered(), m.Feedback[1:])
	m.Decisions[0].Answers = append(m.Decisions[0].Answers, "f2")
	same(t, "all answered", m.Unanswered(), []plan.Feedback{})
}

// One row for each line and month, with the figures of february, as a table
// for a BI tool reads it: a month to come has no actual, and that is no 0. In
// January the team has 29 of 30, and the rest of its plan is 45,000.
func rowsForTools(t *testing.T) {
	table := february(t, "2026-02-14", actuals()...).Rows().Records()
	column := map[string]int{}
	for i, name := range table[0] {
		column[name] = i
	}
	var got []string
	for _, row := range table[1:] {
		var line []string
		for _, name := range []string{"owner", "kind", "start", "target", "actual", "attainment", "expected", "variance", "landing", "status"} {
			line = append(line, row[column[name]])
		}
		got = append(got, strings.Join(line, ","))
		if to, known := row[column["undefined"]], row[column["actual"]] != ""; known == strings.Contains(to, "actual:not_yet_due") {
			t.Errorf("%s: %s", line, to)
		}
	}
	same(t, "rows", got, []string{
		"team,goal,2026-01-01,90000.00,41000.00,0.455556,45000.00,-4000.00,86000.00,at_risk",
		"team,period,2026-01-01,30000.00,29000.00,0.966667,,,,over",
		"team,period,2026-02-01,30000.00,12000.00,0.400000,,,,running",
		"team,period,2026-03-01,30000.00,,,,,,not_started",
		"ann,goal,2026-01-01,60000.00,37000.00,0.616667,30000.00,7000.00,67000.00,on_track",
		"ann,period,2026-01-01,20000.00,25000.00,1.250000,,,,over",
		"ann,period,2026-02-01,20000.00,12000.00,0.600000,,,,running",
		"ann,period,2026-03-01,20000.00,,,,,,not_started",
		"bo,goal,2026-01-01,30000.00,4000.00,0.133333,15000.00,-11000.00,19000.00,behind",
		"bo,period,2026-01-01,10000.00,4000.00,0.400000,,,,over",
		"bo,period,2026-02-01,10000.00,0.00,0.000000,,,,running",
		"bo,period,2026-03-01,10000.00,,,,,,not_started"})
}
