package plan_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// TestArticle runs what the package comment names for each demand of the
// article. The stories are in article_prepare_test.go and so on, one for each
// row, with figures worked by hand.
func TestArticle(t *testing.T) {
	run(t, "What the article asks", map[string]func(*testing.T){
		"1.1 market and customer needs":           greenProducts,
		"1.2 targets by market, team and history": marketTeamAndHistory,
		"1.2 targets by month, revenue and share": monthlyRevenueAndShare,
		"1.3 action plan, resources and time":     taskAndTimeOfEverySeller,
		"2.1 specific":                            specific,
		"2.2 measurable":                          measurable,
		"2.3 achievable":                          achievable,
		"2.4 relevant":                            relevant,
		"2.5 time-bound":                          timeBound,
		"3.1 strategies and their effect":         strategies,
		"3.2 adjust to market and customers":      adjustToTheMarket,
		"3.3 responsibility and supervision":      supervision,
		"4.1 regular analysis":                    weeklyAnalysis,
		"4.2 timely feedback and adjustment":      feedbackAndAdjustment,
		"5.1 evaluation finds the problem":        problemInMarketing,
		"5.2 revenue, share and satisfaction":     revenueShareAndSatisfaction,
		"5.3 improvement plan":                    improvementPlan,
		"Q1.1 SMART: 20 % more next quarter":      twentyPercentMore,
		"Q1.2 targets from data":                  targetsFromData,
		"Q1.3 participation of the team":          participation,
		"Q1.4 stages of a large goal":             stagesOfAGoal,
		"Q1.5 flexible adjustment":                flexibleAdjustment,
		"Q1.6 incentives":                         commission,
		"Q2.1 gap to the target every week":       gapEveryWeek,
		"Q2.2 which stage of the funnel":          stageOfTheFunnel,
		"Q2.4 meeting where everybody reports":    meeting,
		"Q2.5 indicators of every seller":         indicatorsOfEverySeller,
		"Q2.6 feedback of sellers":                feedbackOfSellers,
		"Q2.7 BI tools":                           rowsForTools,
		"Q3.1 tasks by day, week and month":       tasksByDayWeekAndMonth,
		"Q3.2 training and support":               trainingIsSuggested,
		"Q3.3 rewards and promotion":              rewardsAndPromotion,
		"Q3.4 checks and feedback to each":        checkOfOneSeller,
		"Q3.5 teamwork: shared credit":            sharedCredit,
	})
}

// amount fails unless a figure is what was worked by hand.
func amount(t *testing.T, what string, got, want kpi.Value) {
	t.Helper()
	if got != want {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// near fails unless an estimate is what was worked by hand, to within.
func near(t *testing.T, what string, got kpi.Estimate, want, within float64) {
	t.Helper()
	if f, ok := got.Float64(); !ok || f < want-within || f > want+within {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// same fails unless two lists are alike.
func same[E comparable](t *testing.T, what string, got, want []E) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n%+v, want\n%+v", what, got, want)
	}
}

// found gives the first finding of a code, and fails where there is none.
func found(t *testing.T, findings []check.Finding, code string) check.Finding {
	t.Helper()
	i := slices.IndexFunc(findings, func(f check.Finding) bool { return f.Code == code })
	if i < 0 {
		t.Fatalf("%s is not among %v", code, codes(findings))
	}
	return findings[i]
}

// must fails on an error.
func must(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
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

// assessed is the quarter with five years of history, assessed.
func assessed(t *testing.T) plan.Plan {
	t.Helper()
	p := quarter(t)
	p.Preparation.History = fiveYears()
	catalog, err := kpi.NewCatalog(metric())
	must(t, err)
	p, err = p.Assess(map[string]target.Evidence{"q1": {Catalog: catalog, Measures: []string{"won_value"}}})
	must(t, err)
	return p
}
