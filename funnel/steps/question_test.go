package steps_test

import (
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel/steps"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func TestQuestionErrors(t *testing.T) {
	good := steps.Question{AsOf: hours(1), Location: time.UTC}
	january, _ := calendar.Through(calendar.MustDay("2026-01-01"), calendar.MustDay("2026-01-31"))
	optional := threeSteps()
	optional.Steps[1].Optional = true
	for name, test := range map[string]struct {
		why    string
		d      steps.Definition
		change func(*steps.Question)
		want   string
	}{
		"good":         {"to an optional step", optional, func(q *steps.Question) { q.To = "b" }, ""},
		"no as-of":     {"nothing is mature without", threeSteps(), func(q *steps.Question) { q.AsOf = time.Time{} }, "as_of missing_instant"},
		"as-of":        {"outside 1900–2200", threeSteps(), func(q *steps.Question) { q.AsOf = time.Unix(1e15, 0) }, "as_of year_out_of_range"},
		"no location":  {"periods are local", threeSteps(), func(q *steps.Question) { q.Location, q.Trend = nil, calendar.Monthly }, "location missing_location"},
		"entries":      {"and so are entries", threeSteps(), func(q *steps.Question) { q.Location, q.Entries = nil, january }, "location missing_location"},
		"grain":        {"outside the constants", threeSteps(), func(q *steps.Question) { q.Trend = 9 }, "trend unknown_grain"},
		"from":         {"no such step", threeSteps(), func(q *steps.Question) { q.From = "x" }, "from unknown_step"},
		"from option":  {"a rate of those who may leave it out", optional, func(q *steps.Question) { q.From = "b" }, "from optional_step"},
		"turned":       {"back", threeSteps(), func(q *steps.Question) { q.From, q.To = "c", "b" }, "to to_not_after_from"},
		"the same":     {"nowhere", threeSteps(), func(q *steps.Question) { q.From, q.To = "b", "b" }, "to to_not_after_from"},
		"definition":   {"its path comes along", steps.Definition{ID: "d", Steps: []steps.Step{{ID: "a"}}}, func(*steps.Question) {}, "definition.window missing_window"},
		"by":           {"outside the constants", threeSteps(), func(q *steps.Question) { q.Breakdown = steps.Breakdown{Attribute: "p", By: 9} }, "breakdown.by unknown_word"},
		"no attribute": {"by what", threeSteps(), func(q *steps.Question) { q.Breakdown.By = steps.LastTouch }, "breakdown.attribute missing_attribute"},
		"no step":      {"at which", threeSteps(), func(q *steps.Question) { q.Breakdown = steps.Breakdown{Attribute: "p", By: steps.AtStep} }, "breakdown.step missing_step"},
		"other step":   {"no such", threeSteps(), func(q *steps.Question) { q.Breakdown = steps.Breakdown{Attribute: "p", By: steps.AtStep, Step: "x"} }, "breakdown.step unknown_step"},
		"step unused":  {"of the first touch", threeSteps(), func(q *steps.Question) { q.Breakdown = steps.Breakdown{Attribute: "p", Step: "a"} }, "breakdown.step step_without_use"},
		"bins":         {"more than 1,000", threeSteps(), func(q *steps.Question) { q.Bins = 1001 }, "bins bins_out_of_range"},
		"bounds":       {"not rising, not whole", threeSteps(), func(q *steps.Question) { q.Bounds = []steps.Span{hourly(1), hourly(1), 1} }, "bounds[1] not_rising, bounds[2] not_whole_seconds"},
		"many bounds":  {"1,001 of at most 1,000", threeSteps(), func(q *steps.Question) { q.Bounds = make([]steps.Span, 1001) }, "bounds too_many_bounds"},
		"confidence":   {"a level of 95 is none", threeSteps(), func(q *steps.Question) { q.Confidence.Level = kpi.Int(95) }, "confidence.level not_between_zero_and_one"},
	} {
		if test.why == "" {
			t.Error(name, "has no why")
		}
		q := good
		test.change(&q)
		_, err := steps.Analyze(told("u a 0"), test.d, q)
		var got []string
		for _, e := range check.All(err) {
			got = append(got, e.Path+" "+e.Code)
			if e.Op != "steps.Analyze" {
				t.Errorf("%s: op %s", name, e.Op)
			}
		}
		if s := strings.Join(got, ", "); s != test.want {
			t.Errorf("%s: %s: got %q, want %q", name, test.why, s, test.want)
		}
	}
	if _, err := steps.Analyze(nil, threeSteps(), good); check.All(err)[0].Path != "journeys" {
		t.Error(err)
	}
	for path, f := range map[string]steps.Figure{
		"figure.fate":     {Fate: 8},
		"figure.to":       {To: "x"},
		"figure.in_group": {InGroup: true},
	} {
		if _, err := steps.Behind(told("u a 0"), threeSteps(), good, f, kpi.Page{Limit: 10}); len(check.All(err)) != 1 || check.All(err)[0].Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, err := steps.Behind(told("u a 0"), threeSteps(), good, steps.Figure{Value: "v"}, kpi.Page{Limit: -1}); len(check.All(err)) != 2 {
		t.Error(err)
	}
	if _, err := steps.Explain(told("u a 0"), threeSteps(), good, "v"); check.All(err)[0].Path != "entity" {
		t.Error(err)
	}
}
