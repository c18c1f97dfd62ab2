package incentive_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/incentive"
	"pgregory.net/rapid"
)

// Both languages say the same: the same arguments, but that the Chinese words
// of a reason are {reason_zh}, and no code twice.
func TestTemplates(t *testing.T) {
	hole := regexp.MustCompile(`\{\w+\}`)
	seen := map[string]bool{}
	for _, f := range incentive.Findings() {
		en, zh := hole.FindAllString(f.English, -1), hole.FindAllString(strings.ReplaceAll(f.Chinese, "_zh}", "}"), -1)
		slices.Sort(en)
		slices.Sort(zh)
		if !slices.Equal(en, zh) || seen[f.Code] {
			t.Errorf("%s: %v and %v", f.Code, en, zh)
		}
		seen[f.Code] = true
	}
}

// Whatever comes out has a sentence in both languages, with every hole
// filled.
func TestEverythingHasASentence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		_, statements := chain(t, p, drawYear(t, p))
		for _, s := range statements {
			sentences(t, s.Notes())
			sentences(t, s.Findings)
		}
		trial := incentive.Trial{Results: []incentive.Result{{Component: "c0", Quota: num("1000")}}}
		report, err := incentive.Lint(p, trial)
		if err != nil {
			t.Fatal(err)
		}
		sentences(t, report.Findings)
	})
	d := decide(t, incentive.Reward{ID: "r", Conditions: []incentive.Condition{{Score: "card", Periods: fourQuarters(), Grades: []string{"A"}}}}, grades("a", "AAA."), nil)
	sentences(t, d.Findings)
	sentences(t, d.Candidates[0].Why(calendar.Calendar{}))
}

func sentences(t tester, findings []check.Finding) {
	t.Helper()
	for _, f := range findings {
		for _, lang := range []string{"en", "zh"} {
			text := incentive.Findings().Text(f, lang)
			if strings.Contains(text, "{") || strings.HasPrefix(text, f.Code) || strings.Contains(text, "undefined:") {
				t.Errorf("%s: %q", f.Code, text)
			}
		}
	}
}
