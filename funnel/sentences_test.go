package funnel_test

import (
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

// Whatever is asked of whatever histories, every finding has a sentence in
// both languages, with all of its figures in it.
func TestEveryFindingHasItsSentence(t *testing.T) {
	seen := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		h, q := filled(t, rapid.SliceOfN(anyEvent(), 0, 40).Draw(t, "events")), anyQuestion(t)
		a, err := funnel.Analyze(h, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range salesFindings(t, h, q, a) {
			seen[f.Code] = true
			for _, lang := range []string{"en", "zh"} {
				if text := funnel.Findings().Text(f, lang); strings.ContainsAny(text, "{}") || strings.HasPrefix(text, f.Code) {
					t.Fatalf("no sentence for %+v: %s", f, text)
				}
			}
		}
	})
	if len(seen) < 15 {
		t.Errorf("only %d findings were seen: %v", len(seen), seen)
	}
}

// salesFindings asks for every figure that has a rule.
func salesFindings(t *rapid.T, h *funnel.Histories, q funnel.Question, a *funnel.Analysis) (all []check.Finding) {
	take := func(found []check.Finding, err error) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	days, err := calendar.NewPeriod(calendar.MustDay("2026-01-01"), calendar.MustDay("2026-03-01"))
	if err != nil {
		t.Fatal(err)
	}
	times, err := a.Times(funnel.Measure{})
	take(times.Findings, err)
	stalled, err := a.Stalled(funnel.StallRule{AtLeast: 1})
	take(stalled.Findings, err)
	reasons, err := a.Reasons(funnel.Lost)
	take(reasons.Findings, err)
	velocity, err := a.Velocity(funnel.VelocityRule{Reference: days})
	take(velocity.Findings, err)
	coverage, err := a.Coverage(funnel.CoverageRule{Period: days, Target: kpi.Int(rapid.Int64Range(-5, 500).Draw(t, "target"))})
	take(coverage.Findings, err)
	reverse, err := a.Reverse(funnel.Aim{Amount: kpi.Int(rapid.Int64Range(1, 500).Draw(t, "amount")), Period: days})
	take(reverse.Findings, err)
	conversion, err := a.Conversion(funnel.ConversionRule{Within: 5})
	take(conversion.Findings, err)
	rates, err := a.WinRates(funnel.WinRateRule{Period: days})
	take(rates.Findings, err)
	bottleneck, err := a.Bottleneck(funnel.BottleneckRule{Period: days})
	take(bottleneck.Findings, err)
	past, err := funnel.LookBack(h, q, calendar.Weekly, 2)
	take(funnel.Yields(past, true).Findings, err)
	if parts, _, err := a.By(func(d funnel.Deal) (string, bool) { return d.Owner, true }); err == nil && len(parts) > 1 {
		compared, err := funnel.Compare(parts, funnel.CompareRule{})
		take(compared.Findings, err)
	}
	return all
}
