package plan_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/plan/incentive"
	"github.com/saleskpi/saleskpi/target"
)

// assessed is the quarter with seven years of history, assessed.
func assessed(t *testing.T) plan.Plan {
	t.Helper()
	p := quarter(t)
	p.Preparation.History = plan.History{Grain: calendar.Quarterly}
	for year := 2019; year < 2026; year++ {
		for q := 1; q <= 4; q++ {
			p.Preparation.History.Figures = append(p.Preparation.History.Figures, won("team", fmt.Sprintf("%d-Q%d", year, q), int64(60000+4000*(year-2019)+900*(year*q%4))))
		}
	}
	catalog, err := kpi.NewCatalog(metric())
	if err != nil {
		t.Fatal(err)
	}
	p, err = p.Assess(map[string]target.Evidence{"q1": {Catalog: catalog, Measures: []string{"won_value"}}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// doing is an action of bo, ten working days from 5 January, that a fair's
// strategy of leads +10 % needs.
func doing() action.Plan {
	return action.Plan{ID: "do", Period: period("2026-Q1"), Unit: kpi.Money("USD", 2),
		Strategies: []action.Strategy{{ID: "fair", Kind: action.Promotion, Goal: "q1", Start: day("2026-01-01"), Effects: []action.Effect{{Lever: action.Leads, Change: kpi.Frac(1, 10)}}},
			{ID: "course", Kind: action.CustomerRelationship, Goal: "q1", Start: day("2026-01-01"), Effects: []action.Effect{{Lever: action.Conversion, Change: kpi.Frac(1, 10)}}}},
		Actions: []action.Action{{ID: "stand", Strategy: "fair", Roles: []action.Role{{Person: "mo", Part: action.Accountable}, {Person: "bo", Part: action.Responsible, Effort: kpi.Int(10)}},
			Start: day("2026-01-05"), Due: day("2026-01-16")}},
		People: []action.Person{{ID: "mo"}, {ID: "bo"}}}
}

func letters(t *testing.T, want target.Verdict, of func(target.Assessment) target.Criterion) {
	t.Helper()
	if got := of(assessed(t).Assessments[0]); got.Verdict != want {
		t.Errorf("%v, want %v: %+v", got.Verdict, want, got.Findings)
	}
}

func statement(t *testing.T) incentive.Statement {
	t.Helper()
	// 5 % up to the quota of 30,000 and 8 % above: 1,500 + 800 of 40,000.
	pay := incentive.Plan{ID: "p", Unit: kpi.Money("USD", 2), Components: []incentive.Component{{ID: "commission", By: incentive.ByAttainment,
		Tiers: []incentive.Tier{{Name: "base", From: kpi.Int(0), Rate: kpi.Frac(5, 100)}, {Name: "more", From: kpi.Int(1), Rate: kpi.Frac(8, 100)}}}}}
	s, err := pay.Statement(incentive.Input{Payee: "bo", Period: period("2026-Q1"), Results: []incentive.Result{{Component: "commission", Quota: kpi.Int(30000)}},
		Credits: []incentive.Credit{{ID: "D", Day: day("2026-01-20"), Amount: kpi.Int(40000)}}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func reward(t *testing.T) incentive.Decision {
	t.Helper()
	d, err := incentive.Reward{ID: "club", Conditions: []incentive.Condition{{Score: "won_value", Level: kpi.Int(30000), Periods: []calendar.Period{period("2026-Q1")}}}}.Decide(
		[]incentive.Mark{{Owner: "ann", Score: "won_value", Period: period("2026-Q1"), Value: kpi.Int(41000)}, {Owner: "bo", Score: "won_value", Period: period("2026-Q1"), Value: kpi.Int(29000)}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestArticle runs what the package comment names for each demand.
func TestArticle(t *testing.T) {
	run(t, "What the article asks", map[string]func(*testing.T){
		"1.1 market and customer needs":        TestPrepare,
		"1.2 targets by market, team, history": TestAssessUsesWhatWasPrepared,
		"1.2 by month, revenue and share": func(t *testing.T) {
			p := satisfaction(t)
			if got := p.Breakdowns[0].Cell("ann", period("2026-02")); got != kpi.Int(20000) {
				t.Errorf("ann in February: %v", got)
			}
			if got := p.Stated[0].Cell("east", period("2026-02")); got != kpi.Frac(8, 10) {
				t.Errorf("east in February: %v", got)
			}
		},
		"1.3 action plan and resources": func(t *testing.T) {
			report, err := doing().Track(action.Input{AsOf: day("2026-01-09"), Work: workdays(t, "2026")})
			load, err2 := doing().Workload(action.LoadQuestion{Period: period("2026-01"), Grain: calendar.Monthly, Work: workdays(t, "2026")})
			// Ten working days of the 22 of January.
			if err != nil || err2 != nil || report.Progress.LateToStart != 1 || load.Total.Actions != kpi.Int(10) || load.Total.Capacity != kpi.Int(44) {
				t.Errorf("%+v, %+v, %v, %v", report.Progress, load.Total, err, err2)
			}
		},
		"2.1 specific": func(t *testing.T) {
			letters(t, target.Warn, func(a target.Assessment) target.Criterion { return a.Specific })
		},
		"2.2 measurable": func(t *testing.T) {
			letters(t, target.Warn, func(a target.Assessment) target.Criterion { return a.Measurable })
		},
		"2.3 achievable": func(t *testing.T) {
			if o := assessed(t).Assessments[0].Outlook; o.Pairs != 24 || !o.P50.Defined() {
				t.Errorf("%d pairs, %v", o.Pairs, o.P50)
			}
		},
		"2.4 relevant": func(t *testing.T) {
			p := quarter(t)
			p.Objectives = []plan.Objective{{ID: "grow", Name: "Grow"}, {ID: "idle", Name: "Idle"}}
			if warnings, err := p.Ready(); err != nil || !slices.Contains(codes(warnings), "objective_without_goal") {
				t.Errorf("%v, %v", codes(warnings), err)
			}
		},
		"2.5 time-bound": func(t *testing.T) {
			letters(t, target.Warn, func(a target.Assessment) target.Criterion { return a.TimeBound })
		},
		"3.1 strategies and their effect": func(t *testing.T) {
			formula, err := kpi.ParseFormula("leads * conversion * size")
			if err != nil {
				t.Fatal(err)
			}
			promise, err := doing().Promise(action.Aim{Goal: "q1", Period: period("2026-Q1"), Target: kpi.Int(1200), Formula: formula,
				Drivers:   []action.Driver{{ID: "leads", Lever: action.Leads, Value: kpi.Int(100)}, {ID: "conversion", Lever: action.Conversion, Value: kpi.Frac(1, 10)}, {ID: "size", Value: kpi.Int(100)}},
				LeadTimes: []action.LeadTime{{Lever: action.Leads}, {Lever: action.Conversion}}})
			// 100 × 10 % × 100 = 1,000, and +10 % of both is +21 %.
			if err != nil || promise.Full != kpi.Int(1210) {
				t.Errorf("%v, %v", promise.Full, err)
			}
		},
		"3.2 adjust to market and customers": func(t *testing.T) { TestRevision(t); TestCompareByOwner(t) },
		"3.3 responsibility and supervision": func(t *testing.T) {
			for _, line := range doing().Matrix() {
				if line.Person == "mo" && !slices.Equal(line.Accountable, []string{"stand"}) {
					t.Errorf("%+v", line)
				}
			}
		},
		"4.1 regular analysis":               func(t *testing.T) { TestCadence(t); TestReview(t) },
		"4.2 timely feedback and adjustment": func(t *testing.T) { TestAlertsDoNotFlicker(t); TestFollow(t) },
		"5.1 evaluation":                     TestEvaluate,
		"5.2 revenue, share, satisfaction": func(t *testing.T) {
			card, err := scorecard.New(scorecard.Definition{ID: "q1", Items: []scorecard.Item{{Metric: "revenue", Weight: kpi.Frac(1, 2)}, {Metric: "market_share", Weight: kpi.Frac(1, 4)}, {Metric: "csat", Weight: kpi.Frac(1, 4)}}})
			if err != nil {
				t.Fatal(err)
			}
			// 0.5 × 90 + 0.25 × 100 + 0.25 × 80 = 90.
			got, err := card.Score("team", period("2026-Q1"), []scorecard.Result{{Metric: "revenue", Actual: kpi.Int(90), Target: kpi.Int(100)},
				{Metric: "market_share", Actual: kpi.Frac(1, 5), Target: kpi.Frac(1, 5)}, {Metric: "csat", Actual: kpi.Frac(64, 100), Target: kpi.Frac(80, 100)}})
			if err != nil || got.Score != kpi.Int(90) {
				t.Errorf("%v, %v", got.Score, err)
			}
		},
		"5.3 improvement plan":         func(t *testing.T) { TestDefaultPlaybook(t); TestSuggestionPlansAnAction(t) },
		"Q1 participation of the team": TestReconcile,
		"Q1 stages of a large goal": func(t *testing.T) {
			r := review(t, quarter(t), plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: actuals()})
			ann := r.Goals[0].Owners[1].Tracking // 37,000 of 60,000
			if marks, _ := ann.Crossed(target.DefaultMarks(), target.Told{}); !slices.Equal(marks, []kpi.Value{kpi.Frac(1, 2)}) {
				t.Errorf("%v", marks)
			}
		},
		"Q1 flexible adjustment": TestRevision,
		"Q1 incentives": func(t *testing.T) {
			if got := statement(t).Payout; got != kpi.Int(2300) {
				t.Errorf("%v", got)
			}
		},
		"Q2 gap to the target every week": TestSince,
		"Q2 funnel": func(t *testing.T) {
			report := deals(t, "2026-03-31").Report()
			if report.WinRate.Value() != kpi.Frac(8, 15) { // 16 of 30: two of every four, and two more
				t.Errorf("%v", report.WinRate)
			}
		},
		"Q2 meetings": TestAgenda,
		"Q2 indicators of every seller": func(t *testing.T) {
			catalog, err := kpi.Standard("USD", 2)
			for _, id := range []string{"active_customer_count", "won_count", "activity_call_count"} {
				if _, known := catalog.Lookup(id); err != nil || !known {
					t.Errorf("%s is not in the catalog, %v", id, err)
				}
			}
		},
		"Q2 feedback of sellers": TestFollow,
		"Q2 BI tools":            func(t *testing.T) { TestGoldenRows(t); TestGoldenTables(t) },
		"Q3 tasks by day, week and month": func(t *testing.T) {
			TestTaskNeed(t)
			agenda, err := doing().Agenda(action.AgendaQuestion{AsOf: day("2026-01-04"), Work: workdays(t, "2026")})
			if err != nil || agenda.Day.Start() != day("2026-01-05") {
				t.Fatalf("%+v, %v", agenda, err)
			}
			i := slices.IndexFunc(agenda.People, func(p action.PersonAgenda) bool { return p.Person == "bo" })
			if i < 0 || len(agenda.People[i].Day) != 1 || agenda.People[i].Day[0].ID != "stand" {
				t.Errorf("%+v", agenda.People)
			}
		},
		"Q3 training and support": func(t *testing.T) { TestDefaultPlaybook(t); training(t) },
		"Q3 rewards and promotion": func(t *testing.T) {
			if d := reward(t); len(d.Candidates) != 2 || len(d.Findings) == 0 {
				t.Errorf("%+v", d)
			}
		},
		"Q3 checks and feedback to each": TestReviewOfOneSeller,
	})
}

func TestReconcile(t *testing.T) {
	p := quarter(t)
	p.Commitments = []plan.Commitments{{Goal: "q1", Commitments: []target.Commitment{
		{Owner: "ann", Period: period("2026-Q1"), Amount: kpi.Int(50000), Day: day("2025-12-01"), Author: "ann"},
		{Owner: "bo", Period: period("2026-Q1"), Amount: kpi.Int(30000), Day: day("2025-12-01"), Author: "bo"}}}}
	r, ok := p.Reconcile("q1")
	if !ok || r.Gaps[0].Gap != kpi.Int(-10000) || r.Gaps[0].Answer != target.TooLow {
		t.Errorf("%+v", r.Gaps[0])
	}
	if warnings, err := p.Ready(); err != nil || !slices.Contains(codes(warnings), "commitments_below") {
		t.Errorf("%v, %v", codes(warnings), err)
	}
	if _, ok := p.Reconcile("q9"); ok {
		t.Error("an unknown goal")
	}
}

// A suggestion becomes an action that an action plan takes.
func TestSuggestionPlansAnAction(t *testing.T) {
	s := plan.Suggestion{Rule: "win_rate", Do: plan.Template{Kind: plan.Training, Name: "Train", Lever: action.Conversion, Effect: kpi.Frac(1, 10), Confidence: plan.Measured, Source: "2025"}}
	act, strategy := s.Plan(plan.Assignment{ID: "train", Goal: "q1", Kind: action.CustomerRelationship, Start: day("2026-02-02"), Due: day("2026-02-13"), Accountable: "mo", Responsible: []string{"bo"}})
	do := doing()
	do.Actions, do.Strategies = append(do.Actions, act), append(do.Strategies, *strategy)
	if err := do.Validate(); err != nil || strategy.Effects[0].Evidence != "rule win_rate, measured, 2025" || strategy.Start != day("2026-02-14") {
		t.Errorf("%+v, %v", strategy, err)
	}
	p := quarter(t)
	p.Actions = &do
	if err := p.Validate(); err != nil {
		t.Error(err)
	}
	s.Do.Lever, s.Do.Effect = action.NoLever, kpi.Value{}
	if _, strategy := s.Plan(plan.Assignment{ID: "x"}); strategy != nil {
		t.Errorf("nothing is moved: %+v", strategy)
	}
}

// deals are forty of two sellers: 16 won, 14 lost, ten open.
func deals(t *testing.T, asOf string) *funnel.Analysis {
	t.Helper()
	histories, err := funnel.New(funnel.Pipeline{ID: "direct", Stages: []funnel.Stage{{ID: "lead"}, {ID: "won", Outcome: funnel.Won}, {ID: "lost", Outcome: funnel.Lost}}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		at := funnel.StartOf(day("2026-01-02").Add(i/2), time.UTC)
		id := fmt.Sprintf("D%02d", i)
		histories.Add(funnel.Event{Deal: id, Owner: []string{"ann", "bo"}[i%2], Stage: "lead", At: at, Amount: kpi.Int(1000), ExpectedClose: day("2026-03-20")})
		switch {
		case i >= 30:
		case i%4 < 2:
			histories.Add(funnel.Event{Deal: id, Stage: "won", At: at.AddDate(0, 0, 20)})
		default:
			histories.Add(funnel.Event{Deal: id, Stage: "lost", At: at.AddDate(0, 0, 20), Reason: "price"})
		}
	}
	a, err := funnel.Analyze(histories, funnel.Question{AsOf: funnel.EndOf(day(asOf), time.UTC), Location: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// training is four who were trained and went from 50 to 60, and four who were
// not and went from 50 to 55: 5 remains.
func training(t *testing.T) {
	t.Helper()
	unit := func(id string, before, after int64) action.Unit {
		return action.Unit{ID: id, Before: []kpi.Value{kpi.Int(before)}, After: []kpi.Value{kpi.Int(after)}}
	}
	p, c := quarter(t), plan.Closing{Owner: "team"}
	c.AsOf = day("2026-03-31")
	c.Cases = []action.Case{{ID: "training", Units: []action.Unit{unit("a", 49, 59), unit("b", 51, 61), unit("c", 50, 60), unit("d", 50, 60)},
		Others: []action.Unit{unit("e", 49, 54), unit("f", 51, 56), unit("g", 50, 55), unit("h", 50, 55)}}}
	e, err := p.Evaluate(c)
	if err != nil || e.Changes[0].Units.Changed != kpi.Int(10) || e.Changes[0].Compared.Net != kpi.Int(5) {
		t.Errorf("%+v, %v", e.Changes, err)
	}
}
