package plan_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
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
