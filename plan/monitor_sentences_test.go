package plan_test

import (
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// Every finding of a review has its sentence in both languages, with nothing
// left to fill in.
func TestSentencesOfAReview(t *testing.T) {
	var found []check.Finding
	collect := func(r plan.Review) {
		found = append(found, r.Findings...)
		for _, g := range r.Goals {
			for _, o := range g.Owners {
				found = append(found, o.Findings...)
			}
		}
	}
	p, in := allOfIt(t, target.ByPlan)
	in.Drivers[0].Actual = kpi.Int(310) // 310 × 1.1 is not 330
	in.Beside.Funnels[4] = risky()
	in.Beside.Funnels[4].Owner = "company"
	collect(review(t, p, in))
	p, in = learned(t)
	in.History.Series[1].Owner = "zoe"
	collect(review(t, p, in))
	for asOf, actual := range map[string]kpi.Value{"2026-02-14": kpi.Frac(1, 5), "2026-03-31": kpi.Frac(1, 10), "2026-04-01": kpi.Frac(1, 5)} {
		collect(review(t, discounts(t), plan.Input{AsOf: day(asOf), Known: period("2026"), Actuals: []kpi.Figure{figure("discount_rate", "team", "2026-Q1", actual)}}))
	}
	seen := map[string]bool{}
	for _, f := range found {
		seen[f.Code] = true
		for _, lang := range []string{"en", "zh"} {
			if text := plan.Findings().Text(f, lang); strings.ContainsAny(text, "{}") || strings.HasPrefix(text, f.Code) {
				t.Errorf("%s in %s: %q", f.Code, lang, text)
			}
		}
	}
	for _, code := range []string{"own_curve", "history_without_goal", "band_left", "band_kept", "band_missed", "drivers_differ", "goal_on_failed_assumption", "reach_unlikely", "landing_below",
		"landing_fell", "late_wins", "hangs_on_one_deal", "hangs_on_one_customer", "deals_untidy", "created_slowly", "coverage_short", "action_holds_up", "above_best_rate", "too_few_periods"} {
		if !seen[code] {
			t.Errorf("%s was not seen", code)
		}
	}
}
