package plan_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/plan/incentive"
)

// Marketing, care for customers and prices, composed through the goal.
//
//	formula    100 leads × 10 % × 100 = 1,000, the goal is 1,200
//	marketing  leads +10 %: 1,100 alone
//	care       conversion +10 %: 1,100 alone, both 1,210
//	prices     conversion +20 %, deal size −10 %: 1,080 alone
//	all        110 leads × 13.2 % × 90 = 1,306.8
//
// Marketing takes a sales cycle of 45 days to show, which is half of the 90
// days of the quarter: without it 100 × 13.2 % × 90 = 1,188, so that
// (1,188 + 1,306.8) ÷ 2 = 1,247.4 land, and 59.4 only after it.
func strategies(t *testing.T) {
	strategy := func(id string, kind action.Kind, effects ...action.Effect) action.Strategy {
		return action.Strategy{ID: id, Kind: kind, Goal: "q1", Start: day("2026-01-01"), Effects: effects}
	}
	do := action.Plan{ID: "do", Period: period("2026-Q1"), Unit: kpi.Money("USD", 2), People: []action.Person{{ID: "mo"}}, Strategies: []action.Strategy{
		strategy("marketing", action.Promotion, action.Effect{Lever: action.Leads, Change: kpi.Frac(1, 10)}),
		strategy("care", action.CustomerRelationship, action.Effect{Lever: action.Conversion, Change: kpi.Frac(1, 10)}),
		strategy("prices", action.Pricing, action.Effect{Lever: action.Conversion, Change: kpi.Frac(1, 5)}, action.Effect{Lever: action.DealSize, Change: kpi.Frac(-1, 10)})}}
	a := aim(t, 1200)
	a.LeadTimes[0].Days = 45
	promise, err := do.Promise(a)
	must(t, err)
	amount(t, "without any", promise.Baseline, kpi.Int(1000))
	amount(t, "all", promise.Full, kpi.Minor(13068, 1))
	amount(t, "lands", promise.Landing, kpi.Minor(12474, 1))
	amount(t, "too late", promise.Beyond, kpi.Minor(594, 1))
	alone := map[string]kpi.Value{}
	for _, s := range promise.Strategies {
		alone[s.Strategy] = s.Full
	}
	amount(t, "marketing alone", alone["marketing"], kpi.Int(100))
	amount(t, "care alone", alone["care"], kpi.Int(100))
	amount(t, "prices alone", alone["prices"], kpi.Int(80))
	if promise.Outcome != kpi.TargetMet {
		t.Errorf("%v", promise.Outcome)
	}
	do.Strategies = do.Strategies[:2]
	two, err := do.Promise(aim(t, 1200))
	must(t, err)
	amount(t, "+10 % and +10 % are +21 %", two.Landing, kpi.Int(1210))
}

// A survey and what customers say change the plan: the belief that prices hold
// has failed, so bo is to do 6,000 more in March with another product.
func adjustToTheMarket(t *testing.T) {
	p := quarter(t)
	p.Preparation.Assumptions = []plan.Assumption{{ID: "prices", Text: "prices hold", Owner: "mo", Made: day("2025-12-01"), Review: day("2026-02-15"), Goals: []string{"q1"}}}
	early, err := p.Prepare(day("2026-02-14"))
	must(t, err)
	same(t, "before the day", codes(early.Findings), []string{})
	due, err := p.Prepare(day("2026-02-15"))
	must(t, err)
	same(t, "on the day", codes(due.Findings), []string{"assumption_overdue"})

	d := active(t, p)
	next := raised(t, p)
	next.Preparation.Assumptions = []plan.Assumption{p.Preparation.Assumptions[0]}
	next.Preparation.Assumptions[0].State, next.Preparation.Assumptions[0].Source = plan.Fails, "survey of February"
	warnings, err := next.Ready()
	must(t, err)
	revised, err := d.Revise(next, plan.Revision{Effective: day("2026-03-01"), Signature: by("2026-02-20", "survey of February")}, plan.SignAll(by("2026-02-20", "read"), warnings)...)
	must(t, err)
	for on, want := range map[string]int64{"2026-02-28": 90000, "2026-03-01": 96000} {
		v, _, _ := revised.InForce(day(on), day("2026-03-01"))
		amount(t, "on "+on, v.Plan.Goals[0].Target, kpi.Int(want))
	}
	baseline, _ := revised.Baseline()
	s, err := plan.Compare(baseline.Plan, revised.Plan())
	must(t, err)
	bo, _ := s.Goals[0].ByOwner.Part("bo")
	ann, _ := s.Goals[0].ByOwner.Part("ann")
	same(t, "more of the team, bo and ann", []kpi.Value{s.Goals[0].Gap, bo.Amount, ann.Amount}, []kpi.Value{kpi.Int(6000), kpi.Int(6000), kpi.Int(0)})
	if f := found(t, s.Findings, "assumption_differs"); f.Subject != "prices" {
		t.Errorf("%+v", f)
	}
}

// Who answers for what, what is late, and what that holds up. On Wednesday 14
// January the list, due on Friday the 9th, was begun and is not done: three
// working days late (12, 13, 14). So the stand, which should have begun on Monday
// the 12th, is two days late (13, 14), and the calls wait for both.
//
//	list   done on the 15th at the earliest, the next working day
//	stand  its ten days from the 16th: 16, 19 – 23, 26 – 29; four later than the 23rd
//	calls  their five days from the 30th: 30 January, 2 – 5 February
func supervision(t *testing.T) {
	do := fair()
	var lines []string
	for _, l := range do.Matrix() {
		lines = append(lines, fmt.Sprint(l.Person, " answers for ", l.Accountable, ", does ", l.Responsible))
	}
	same(t, "matrix", lines, []string{"ann answers for [], does [calls stand]", "bo answers for [], does [calls list]", "mo answers for [calls list stand], does []"})

	in := action.Input{AsOf: day("2026-01-14"), Work: workdays(t, "2026"), Records: []action.Record{{Action: "list", Started: day("2026-01-05")}}}
	report, err := do.Track(in)
	must(t, err)
	var late []string
	for _, l := range report.Late {
		late = append(late, fmt.Sprint(l.Action, " ", l.Status, " by ", l.DaysLate, ", holds up ", l.Blocked))
	}
	same(t, "late", late, []string{"list overdue by 3, holds up [calls stand]", "stand late_to_start by 2, holds up [calls]"})
	if p := report.Progress; p.Planned != 3 || p.Started != 1 || p.Overdue != 1 || p.LateToStart != 1 || p.ToCome != 1 || p.OnTimeShare != kpi.RatioOf(0, 1) {
		t.Errorf("%+v", p)
	}
	var expected []string
	for _, s := range report.Actions {
		expected = append(expected, fmt.Sprint(s.Action, " ", s.Expected, " waits for ", s.BlockedBy))
	}
	same(t, "expected", expected, []string{"calls 2026-02-05 waits for [stand]", "list 2026-01-15 waits for []", "stand 2026-01-29 waits for [list]"})

	// A week later the list is done, on the 15th: late, and no longer in the way.
	in.AsOf, in.Records = day("2026-01-16"), []action.Record{{Action: "list", Started: day("2026-01-05"), Done: day("2026-01-15")}, {Action: "stand", Started: day("2026-01-16")}}
	report, err = do.Track(in)
	must(t, err)
	if p := report.Progress; len(report.Late) != 0 || p.Done != 1 || p.OnTime != 0 || p.Running != 1 || p.DoneShare != kpi.RatioOf(1, 3) {
		t.Errorf("%+v, late %+v", p, report.Late)
	}
}

// What bo has to do tomorrow, this week and this month: Monday 5 January 2026.
// Eleven deals are needed by Friday the 16th, ten working days, at four calls a
// deal: 44 calls. By the k-th of ten days ⌈4.4·k⌉ are due: 5 tomorrow, 22 by
// Friday, 44 by the 16th. Deals ⌈1.1·k⌉: 2, 6 and 11. The list and the weekly
// report come on top.
func tasksByDayWeekAndMonth(t *testing.T) {
	do := fair()
	do.Activities = []action.Activity{{ID: "call"}}
	do.Routines = []action.Routine{{ID: "report", Every: calendar.Weekly, People: []string{"bo"}}}
	agenda, err := do.Agenda(action.AgendaQuestion{AsOf: day("2026-01-04"), Work: workdays(t, "2026"),
		Needs: []action.Need{{Person: "bo", Deals: kpi.Int(11), Until: day("2026-01-16"), Activities: []action.ActivityRate{{Activity: "call", PerDeal: kpi.RatioOf(40, 10)}}}}})
	must(t, err)
	list := func(tasks []action.Task) (all []string) {
		for _, task := range tasks {
			all = append(all, strings.TrimSpace(fmt.Sprint(task.Kind, " ", task.Count, " ", task.ID)))
		}
		return all
	}
	for _, person := range agenda.People {
		if person.Person != "bo" {
			continue
		}
		same(t, "day", list(person.Day), []string{"begin 1 list", "new_deals 2", "activity 5 call"})
		same(t, "week", list(person.Week), []string{"finish 1 list", "new_deals 6", "activity 22 call", "routine 1 report"})
		same(t, "month", list(person.Month), []string{"finish 1 list", "finish 1 calls", "new_deals 11", "activity 44 call"})
	}
	same(t, "day, week and month", []calendar.Day{agenda.Day.Start(), agenda.Week.Last(), agenda.Month.Last()}, []calendar.Day{day("2026-01-05"), day("2026-01-11"), day("2026-01-31")})
}

// bo wins 19 % where 30 % are usual, and calls as usual: training. ann calls
// 60 where 100 are usual and wins as usual: no training for her. What changed
// after it: see trainingBy.
func trainingIsSuggested(t *testing.T) {
	suggestions, err := plan.DefaultPlaybook().Suggest(plan.Diagnosis{Owner: "team",
		Metrics: []kpi.Figure{figure("win_rate", "ann", "2026-Q1", kpi.Frac(30, 100)), figure("activities", "ann", "2026-Q1", kpi.Int(60)),
			figure("win_rate", "bo", "2026-Q1", kpi.Frac(19, 100)), figure("activities", "bo", "2026-Q1", kpi.Int(100))},
		Usual: []kpi.Figure{figure("win_rate", "team", "2026-Q1", kpi.Frac(30, 100)), figure("activities", "team", "2026-Q1", kpi.Int(100))}})
	must(t, err)
	var got []string
	for _, s := range suggestions {
		got = append(got, fmt.Sprint(s.Owner, " ", s.Do.Kind, " ", s.Do.Lever, " ", s.Do.Effect))
	}
	same(t, "suggestions", got, []string{"ann coaching leads 0.1", "bo training conversion 0.1"})
	amount(t, "because bo wins", suggestions[1].Because[0].Value, kpi.Frac(19, 100))
	amount(t, "where usual are", suggestions[1].Because[0].Usual, kpi.Frac(30, 100))

	e, err := action.Evaluate([]action.Case{trained()}, kpi.Confidence{})
	must(t, err)
	trainingBy(t, e[0])
}

// trained is ten who were trained and ten who were not, all with 50 before.
func trained() action.Case {
	c := action.Case{ID: "training", Promised: kpi.Frac(1, 10)}
	unit := func(id string, after int64) action.Unit {
		return action.Unit{ID: id, Before: []kpi.Value{kpi.Int(50)}, After: []kpi.Value{kpi.Int(after)}}
	}
	for i := range 10 {
		off := int64(1 - 2*(i%2))
		c.Units = append(c.Units, unit(fmt.Sprint("trained", i), 60+off))
		c.Others = append(c.Others, unit(fmt.Sprint("other", i), 55+off))
	}
	return c
}

// trainingBy is what changed after it.
//
//	trained   50 → 59 or 61: +10, of which 5 were promised (10 % of 50)
//	others    50 → 54 or 56:  +5, to be expected anyhow
//	net       +5; both variances are 10/9, so the error is √(1/9 + 1/9) = 0.471405, and Welch's t
//	          of 18 degrees 10.6, no chance; 95 % is 5 ± 2.100922 × 0.471405 = 5 ± 0.990385
func trainingBy(t *testing.T, e action.Evaluation) {
	t.Helper()
	amount(t, "changed", e.Units.Changed, kpi.Int(10))
	amount(t, "promised", e.Promised, kpi.Int(5))
	amount(t, "expected", e.Expected, kpi.Int(5))
	amount(t, "net", e.Net, kpi.Int(5))
	near(t, "low", e.Low, 4.009615, 0.000001)
	near(t, "high", e.High, 5.990385, 0.000001)
	if e.Verdict != kpi.Distinguishable {
		t.Errorf("%v, p %v", e.Verdict, e.P)
	}
}

// A trip for 30,000 in the quarter: ann has 41,000. bo lacks 1,000, cy 18,000,
// and eve, who is new, is left out. Promotion takes grade A in two quarters of
// three that are over, of four: ann has them, bo may still, cy cannot.
func rewardsAndPromotion(t *testing.T) {
	d := trip(t)
	var who []string
	for _, c := range d.Candidates {
		who = append(who, fmt.Sprint(c.Owner, " ", c.Qualifies, ", lacks ", c.Conditions[0].Gap))
	}
	same(t, "trip", who, []string{"ann true, lacks 0", "bo false, lacks 1000", "cy false, lacks 18000"})
	same(t, "left out", d.Ineligible, []incentive.Ineligible{{Owner: "eve", Reason: "new in March"}})

	promotion := senior(t)
	who = nil
	for _, c := range promotion.Candidates {
		who = append(who, fmt.Sprint(c.Owner, " ", c.Qualifies, ", lacks ", c.Missing, ", can still ", c.CanStill))
	}
	same(t, "promotion", who, []string{"ann true, lacks 0, can still true", "bo false, lacks 1, can still true", "cy false, lacks 2, can still false"})
}

func senior(t *testing.T) incentive.Decision {
	t.Helper()
	quarters := []calendar.Period{period("2025-Q2"), period("2025-Q3"), period("2025-Q4"), period("2026-Q1")}
	var marks []incentive.Mark
	for owner, grades := range map[string]string{"ann": "ABA", "bo": "BAB", "cy": "CCB"} {
		for i, grade := range grades {
			marks = append(marks, incentive.Mark{Owner: owner, Score: "card", Period: quarters[i], Grade: string(grade)})
		}
	}
	d, err := incentive.Reward{ID: "senior", Conditions: []incentive.Condition{{Score: "card", Periods: quarters, Times: 2, Grades: []string{"A"}}}}.Decide(marks, nil)
	must(t, err)
	return d
}

func trip(t *testing.T) incentive.Decision {
	t.Helper()
	mark := func(owner string, amount int64) incentive.Mark {
		return incentive.Mark{Owner: owner, Score: "won_value", Period: period("2026-Q1"), Value: kpi.Int(amount)}
	}
	rule := incentive.Reward{ID: "trip", Conditions: []incentive.Condition{{Score: "won_value", Level: kpi.Int(30000), Periods: []calendar.Period{period("2026-Q1")}}}}
	d, err := rule.Decide([]incentive.Mark{mark("cy", 12000), mark("bo", 29000), mark("ann", 41000), mark("eve", 99000)}, map[string]string{"eve": "new in March"})
	must(t, err)
	return d
}

// bo's page: 4,000 of 15,000 due by the middle of February, 11,000 behind, and
// nothing about ann.
func checkOfOneSeller(t *testing.T) {
	r := review(t, quarter(t), plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: actuals(),
		Beside: plan.Beside{Metrics: []kpi.Figure{figure("win_rate", "ann", "2026-Q1", kpi.Frac(1, 3)), figure("win_rate", "bo", "2026-Q1", kpi.Frac(1, 5))}}})
	page, ok := r.Of("bo")
	if !ok || len(page.Goals) != 1 || len(page.Goals[0].Owners) != 1 {
		t.Fatalf("%+v", page.Goals)
	}
	bo := page.Goals[0].Owners[0]
	amount(t, "actual", bo.Tracking.Actual, kpi.Int(4000))
	amount(t, "due", bo.Tracking.Expected, kpi.Int(15000))
	amount(t, "behind", bo.Tracking.Variance, kpi.Int(-11000))
	same(t, "told", codes(bo.Findings), []string{"goal_behind"})
	same(t, "metrics", page.Beside.Metrics, []kpi.Figure{figure("win_rate", "bo", "2026-Q1", kpi.Frac(1, 5))})
	if text, err := json.Marshal(page); err != nil || strings.Contains(string(text), `"ann"`) {
		t.Errorf("the page of bo names ann, %v", err)
	}
}

// Two who won a deal of 10,000 together: 60 and 40 %. A specialist's overlay
// comes beside it, and the deal stays 10,000.
func sharedCredit(t *testing.T) {
	deal := incentive.Credit{ID: "D1", Day: day("2026-01-20"), Amount: kpi.Int(10000)}
	credits, err := deal.SplitAmong([]incentive.Split{{Payee: "ann", Share: kpi.Frac(6, 10)}, {Payee: "bo", Share: kpi.Frac(4, 10)}, {Payee: "eve", Share: kpi.Frac(1, 2), Overlay: true}})
	must(t, err)
	pay := incentive.Plan{ID: "p", Unit: kpi.Money("USD", 2), Components: []incentive.Component{{ID: "commission", Tiers: []incentive.Tier{{From: kpi.Int(0), Rate: kpi.Frac(5, 100)}}}}}
	hard := kpi.Int(0)
	for i, want := range []int64{300, 200} { // 5 % of 6,000 and of 4,000
		s, err := pay.Statement(incentive.Input{Payee: credits[i].Payee, Period: period("2026-Q1"), Credits: credits[i : i+1]})
		must(t, err)
		amount(t, credits[i].Payee, s.Payout, kpi.Int(want))
		hard = hard.Add(s.Components[0].Credited)
	}
	amount(t, "together", hard, kpi.Int(10000))
	if !credits[2].Overlay {
		t.Error("the specialist takes none of it")
	}
	if _, err := deal.SplitAmong([]incentive.Split{{Payee: "ann", Share: kpi.Frac(6, 10)}, {Payee: "bo", Share: kpi.Frac(5, 10)}}); err == nil {
		t.Error("110 % of a deal")
	}
}
