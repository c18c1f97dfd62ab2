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

// bo wins 19 % where 30 % are usual, and calls as usual: training. ann calls
// 60 where 100 are usual and wins as usual: no training for her. What changed
// after it: see trainingBy.
func trainingIsSuggested(t *testing.T) {
	suggestions, err := plan.DefaultPlaybook().Suggest(plan.Diagnosis{Owner: "team",
		Metrics: []kpi.Figure{figure("win_rate", "ann", "2026-Q1", kpi.Frac(30, 100)), figure("activities", "ann", "2026-Q1", kpi.Int(60)),
			figure("win_rate", "bo", "2026-Q1", kpi.Frac(19, 100)), figure("activities", "bo", "2026-Q1", kpi.Int(100))},
		UsualEach: []kpi.Figure{figure("win_rate", "team", "2026-Q1", kpi.Frac(30, 100)), figure("activities", "team", "2026-Q1", kpi.Int(100))}})
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
