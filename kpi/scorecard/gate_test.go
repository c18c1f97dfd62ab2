package scorecard_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
)

// gated is one item with bands A from 100, B from 80 and C, that collections
// under 70 % hold at B and a breach of the code at C.
func gated() scorecard.Definition {
	return scorecard.Definition{
		ID:    "gated",
		Items: []scorecard.Item{{Metric: "revenue", Weight: num("0.8")}, {Metric: "collections", Weight: num("0.2")}},
		Bands: []scorecard.Band{{Name: "C"}, {Name: "A", From: kpi.Int(100)}, {Name: "B", From: kpi.Int(80)}},
		Gates: []scorecard.Gate{
			{Metric: "collections", Limit: num("0.7"), Band: "B"},
			{Metric: "breaches", Over: scorecard.OverActual, Direction: kpi.LowerIsBetter, Limit: kpi.Int(0), Band: "C"},
		},
	}
}

func TestGates(t *testing.T) {
	treat := func(r kpi.Reason, x scorecard.Treatment) map[kpi.Reason]scorecard.Treatment {
		return map[kpi.Reason]scorecard.Treatment{r: x}
	}
	for name, test := range map[string]struct {
		why                  string
		policy               map[kpi.Reason]scorecard.Treatment
		revenue, collections int64
		breaches             kpi.Value
		score, band          string
		ceiling              kpi.Value
		findings             []string
	}{
		// Worked by hand: 0.8 × revenue + 0.2 × collections, of 100 each.
		"passed":               {"nothing to say", nil, 110, 70, kpi.Int(0), "102", "A", kpi.Value{}, nil},
		"just failed":          {"69 % is under 70 %", nil, 110, 69, kpi.Int(0), "101.8", "B", kpi.Int(100), []string{"gate_failed"}},
		"vetoed":               {"the score stays, the band does not", nil, 120, 100, kpi.Int(1), "116", "C", kpi.Int(80), []string{"gate_failed"}},
		"both":                 {"the lower ceiling counts", nil, 120, 60, kpi.Int(2), "108", "C", kpi.Int(80), []string{"gate_failed", "gate_failed"}},
		"failed, already low":  {"a gate never lifts a card", nil, 60, 60, kpi.Int(0), "60", "C", kpi.Int(100), []string{"gate_failed"}},
		"no number":            {"not known to be clean", nil, 110, 100, kpi.Value{}, "undefined: no_data", "", kpi.Value{}, []string{"gate_without_number"}},
		"not due":              {"left out as an item would be", nil, 110, 100, kpi.Undefined(kpi.NotYetDue), "108", "A", kpi.Value{}, []string{"gate_left_out"}},
		"no number, as failed": {"count_least fails the gate", treat(kpi.NoData, scorecard.CountLeast), 110, 100, kpi.Value{}, "108", "C", kpi.Int(80), []string{"gate_counts_failed"}},
	} {
		t.Run(name, func(t *testing.T) {
			def := gated()
			def.Missing.ByReason = test.policy
			card := score(t, def, of100("revenue", test.revenue), of100("collections", test.collections), scorecard.Result{Metric: "breaches", Actual: test.breaches})
			if card.Score.String() != test.score || card.Band != test.band || card.Ceiling != test.ceiling {
				t.Errorf("%s: %s in %q under %s, want %s in %q under %s", test.why, card.Score, card.Band, card.Ceiling, test.score, test.band, test.ceiling)
			}
			if got := codes(card.Findings); !slices.Equal(got, test.findings) {
				t.Errorf("%s: findings %q, want %q", test.why, got, test.findings)
			}
		})
	}
}

func TestGateResults(t *testing.T) {
	card := score(t, gated(), of100("revenue", 110), of100("collections", 69), scorecard.Result{Metric: "breaches", Actual: kpi.Int(0)})
	want := []scorecard.GateResult{
		{Metric: "collections", Value: num("0.69"), Limit: num("0.7"), Outcome: kpi.TargetMissed, Band: "B"},
		{Metric: "breaches", Value: kpi.Int(0), Limit: kpi.Int(0), Outcome: kpi.TargetMet, Band: "C"},
	}
	if !slices.Equal(card.Gates, want) {
		t.Errorf("got %+v", card.Gates)
	}
}

// A bonus adds beyond the hundred of the others, and takes away where its
// curve goes below zero; without a number it does nothing.
func TestBonus(t *testing.T) {
	def := scorecard.Definition{ID: "bonus", Items: []scorecard.Item{
		{Metric: "revenue", Weight: kpi.Int(1), Curve: scorecard.Curve{Cap: kpi.Int(100)}},
		{Metric: "key_account", Weight: num("0.05"), Bonus: true, Curve: scorecard.Curve{Kind: scorecard.PassFail}},
		{Metric: "complaints", Weight: num("0.1"), Bonus: true, Direction: kpi.LowerIsBetter, Curve: scorecard.Curve{
			Kind: scorecard.Steps, Over: scorecard.OverActual, Floor: kpi.Int(-100), Knots: []scorecard.Knot{{At: kpi.Int(0), Points: kpi.Int(0)}, {At: kpi.Int(3), Points: kpi.Int(-50)}}}},
	}}
	for name, test := range map[string]struct {
		why      string
		results  []scorecard.Result
		want     string
		findings []string
	}{
		"beyond one hundred": {"100 + 0.05 × 100 + 0.1 × 0", []scorecard.Result{of100("revenue", 130), of100("key_account", 100), {Metric: "complaints", Actual: kpi.Int(0)}}, "105", nil},
		"taken away":         {"90 + 0 − 0.1 × 50", []scorecard.Result{of100("revenue", 90), of100("key_account", 50), {Metric: "complaints", Actual: kpi.Int(2)}}, "85", nil},
		"taken away in full": {"90 − 0.1 × 100", []scorecard.Result{of100("revenue", 90), of100("key_account", 50), {Metric: "complaints", Actual: kpi.Int(9)}}, "80", nil},
		"without numbers":    {"no score is lost for a bonus", []scorecard.Result{of100("revenue", 90)}, "90", []string{"bonus_without_number", "bonus_without_number"}},
	} {
		card := score(t, def, test.results...)
		if card.Score != num(test.want) || card.MissingWeight != kpi.Int(0) || !slices.Equal(codes(card.Findings), test.findings) {
			t.Errorf("%s (%s): %s, missing %s, %q", name, test.why, card.Score, card.MissingWeight, codes(card.Findings))
		}
	}
	// A bonus that counts least without a number is a deduction nobody escapes by silence.
	def.Missing.ByReason = map[kpi.Reason]scorecard.Treatment{kpi.NoData: scorecard.CountLeast}
	if card := score(t, def, of100("revenue", 90), of100("key_account", 0)); card.Score != kpi.Int(80) {
		t.Errorf("silence about complaints: %s", card.Score)
	}
}

// The balanced scorecard of four perspectives, weights of both levels worked
// by hand: 0.4 × 0.7 = 0.28 and so on.
func TestPerspectives(t *testing.T) {
	def := scorecard.Definition{
		ID: "balanced", Normalise: true,
		Perspectives: []scorecard.Perspective{{ID: "financial", Weight: kpi.Int(40)}, {ID: "customer", Weight: kpi.Int(30)}, {ID: "process", Weight: kpi.Int(20)}, {ID: "learning", Weight: kpi.Int(10)}},
		Items: []scorecard.Item{
			{Metric: "revenue", Perspective: "financial", Weight: kpi.Int(7)}, {Metric: "gross_margin", Perspective: "financial", Weight: kpi.Int(3)},
			{Metric: "csat", Perspective: "customer", Weight: kpi.Int(1)},
			{Metric: "cycle_days", Perspective: "process", Weight: kpi.Int(1), Direction: kpi.LowerIsBetter}, {Metric: "visits", Perspective: "process", Weight: kpi.Int(3)},
			{Metric: "training", Perspective: "learning", Weight: kpi.Int(5)},
			{Metric: "mentor", Perspective: "learning", Weight: kpi.Int(5), Bonus: true, Curve: scorecard.Curve{Cap: kpi.Int(100)}},
		},
	}
	card := score(t, def, of100("revenue", 90), of100("gross_margin", 110), of100("csat", 100), of100("cycle_days", 120), of100("visits", 60), of100("training", 50), of100("mentor", 100))
	for n, want := range []string{"0.28", "0.12", "0.3", "0.05", "0.15", "0.1", "0.05"} {
		if got := card.Lines[n].Weight; got != num(want) {
			t.Errorf("%s weighs %s, want %s", card.Lines[n].Metric, got, want)
		}
	}
	want := []scorecard.PerspectiveScore{
		{Perspective: "financial", Weight: num("0.4"), Contribution: num("38.4"), Score: num("96")}, // 25.2 + 13.2
		{Perspective: "customer", Weight: num("0.3"), Contribution: num("30"), Score: num("100")},   // 0.3 × 100
		{Perspective: "process", Weight: num("0.2"), Contribution: num("13"), Score: num("65")},     // 0.05 × 80 + 0.15 × 60
		{Perspective: "learning", Weight: num("0.1"), Contribution: num("10"), Score: num("50")},    // 5 and a bonus of 5
	}
	if !slices.Equal(card.Perspectives, want) || card.Score != num("91.4") {
		t.Errorf("score %s, %+v", card.Score, card.Perspectives)
	}
}

// gateFindings gives one finding of every code of gates, bonus and roll-ups.
func gateFindings(t *testing.T) []check.Finding {
	def := gated()
	def.Items = append(def.Items, scorecard.Item{Metric: "extra", Weight: num("0.1"), Bonus: true})
	var all []check.Finding
	for _, breaches := range []kpi.Value{kpi.Int(1), {}, kpi.Undefined(kpi.NotYetDue)} {
		all = append(all, score(t, def, of100("revenue", 100), of100("collections", 100), scorecard.Result{Metric: "breaches", Actual: breaches}).Findings...)
	}
	def.Missing.ByReason = map[kpi.Reason]scorecard.Treatment{kpi.NoData: scorecard.CountLeast}
	failed := score(t, def, of100("revenue", 100), without("collections", kpi.Unpriced))
	whole, err := mustNew(t, def).Team("north", []scorecard.Card{failed}, scorecard.RollUp{Partial: true})
	if err != nil {
		t.Fatal(err)
	}
	return append(append(all, failed.Findings...), whole.Findings...)
}
