package target_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/org"
	"github.com/saleskpi/saleskpi/target"
)

func TestGoalValidate(t *testing.T) {
	whole := revenue2026()
	change := func(by func(*target.Goal)) target.Goal {
		g := whole
		by(&g)
		return g
	}
	tests := map[string]struct {
		why    string
		goal   target.Goal
		metric kpi.Metric
		expect []string
	}{
		"whole":            {"as it should be", whole, wonValue(), []string{}},
		"malformed metric": {"IDs of metrics are lower case", change(func(g *target.Goal) { g.Metric = "Won value" }), kpi.Metric{ID: "Won value"}, []string{"metric malformed_id"}},
		"other metric":     {"a goal goes with its own metric", whole, kpi.Metric{ID: "lost_count"}, []string{"metric other_metric"}},
		"undefined":        {"only no data means left out", change(func(g *target.Goal) { g.Baseline = kpi.Undefined(kpi.Unpriced) }), wonValue(), []string{"baseline undefined_amount"}},
		"undefined target": {"a target is a number", change(func(g *target.Goal) { g.Target = kpi.Undefined(kpi.TooFew) }), wonValue(), []string{"target undefined_amount"}},
		"wrong way": {"where lower is better, the base lies above the target", whole, kpi.Metric{ID: "won_value", Direction: kpi.LowerIsBetter},
			[]string{"base better_than_target", "stretch worse_than_target"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := problems(test.goal.ValidateFor(test.metric)); !slices.Equal(got, test.expect) {
				t.Errorf("%s; want %s: %s", got, test.expect, test.why)
			}
		})
	}
	if err := whole.Validate(); err != nil {
		t.Error(err)
	}
}

func TestGoalRoundTrip(t *testing.T) {
	goal := revenue2026()
	text, err := json.Marshal(goal)
	if err != nil || strings.Contains(string(text), "baseline") {
		t.Error(err, string(text))
	}
	var read target.Goal
	if err := check.Decode("test", text, &read); err != nil || read != goal {
		t.Error(err, read)
	}
}

func TestOwnersOf(t *testing.T) {
	half, _ := org.ParseShare("0.4")
	rest, _ := org.ParseShare("0.6")
	o, err := org.New(org.Structure{
		Units: []org.Unit{{ID: "all"}, {ID: "east", Parent: "all"}, {ID: "west", Parent: "all"}, {ID: "north", Parent: "all"}},
		Assignments: []org.Assignment{
			{Member: "amy", Unit: "east", Share: half}, {Member: "amy", Unit: "west", Share: rest}, {Member: "bo", Unit: "east"},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	tree := o.At(revenue2026().Period.Start())
	got, _ := json.Marshal(target.OwnersOf(tree, "all", map[string]kpi.Value{"amy": kpi.Int(3), "bo": kpi.Int(4)}))
	want := `{"id":"all","weight":{"value":"7"},"children":[` + // north has nobody and weighs nothing
		`{"id":"east","weight":{"value":"4"},"children":[{"id":"bo","weight":{"value":"4"}}]},` +
		`{"id":"north","weight":{"value":"0"}},` +
		`{"id":"west","weight":{"value":"3"},"children":[{"id":"amy","weight":{"value":"3"}}]}]}` // amy where most of her is
	if string(got) != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if plain := target.OwnersOf(tree, "east", nil); plain.Weight.Defined() || len(plain.Children) != 1 {
		t.Error(plain)
	}
	if nobody := target.OwnersOf(tree, "moon", nil); len(nobody.Children) != 0 {
		t.Error(nobody)
	}
}

// Every word reads back as its constant and nothing else does.
func TestWords(t *testing.T) {
	for word, read := range map[string]func([]byte) (string, error){
		"even days weights": func(text []byte) (string, error) {
			var p target.PhaseBy
			err := p.UnmarshalText(text)
			return p.String(), err
		},
		"plan linear shares learned": func(text []byte) (string, error) {
			var c target.Curve
			err := c.UnmarshalText(text)
			return c.String(), err
		},
		"fail warn pass": func(text []byte) (string, error) {
			var v target.Verdict
			err := v.UnmarshalText(text)
			return v.String(), err
		},
		"no_data not_started too_early on_track at_risk behind met missed": func(text []byte) (string, error) {
			var s target.Status
			err := s.UnmarshalText(text)
			return s.String(), err
		},
	} {
		for _, w := range strings.Fields(word) {
			if got, err := read([]byte(w)); got != w || err != nil {
				t.Error(w, got, err)
			}
		}
		if _, err := read([]byte("Even")); err == nil {
			t.Error("an unknown word was read")
		}
	}
	if _, err := target.Status(99).MarshalText(); err == nil {
		t.Error("a status outside the constants was written")
	}
}

// Every code that a result may carry has a sentence in both languages whose
// arguments are all there.
func TestFindingsHaveSentences(t *testing.T) {
	var found []check.Finding
	track := func(in target.Input) {
		in.Metric, in.Plan = money(0), oneADay()
		tracking, err := target.Track(in)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, tracking.Findings...)
	}
	march := period("2026-03").Last()
	track(target.Input{AsOf: march, Actual: kpi.Int(-1), Known: through("2026-02-01", "2026-03-15")})
	track(target.Input{AsOf: march, Known: through("2026-05-01", "2026-05-31")})

	goal := goalOf("all", "2026-Q1", "31")
	table, err := target.FromFigures(goal, money(0), twoTeams(), []kpi.Figure{figure("amy", "2026-02", "31")})
	if err != nil {
		t.Fatal(err)
	}
	found = append(found, table.Findings()...)
	idle := twoTeams()
	idle.Owners.Children = idle.Owners.Children[:1]
	idle.Owners.Children[0].Weight = kpi.Value{}
	idle.Owners.Children[0].Children = []target.Node{{ID: "amy", Weight: kpi.Int(1)}, {ID: "bo", Weight: kpi.Int(0)}}
	idle.Phasing = target.Phasing{By: target.ByWeights, Weights: ints(0, 1, 1)}
	b, err := target.BreakDown(goal, money(0), idle)
	if err != nil {
		t.Fatal(err)
	}
	found = append(found, b.Findings()...)

	found = append(found, trackingFindings(t)...)

	seen := map[string]bool{}
	for _, f := range found {
		seen[f.Code] = true
		for _, lang := range []string{"en", "zh"} {
			if text := target.Findings().Text(f, lang); text == "" || strings.ContainsAny(text, "{}") {
				t.Errorf("%s in %s: %s", f.Code, lang, text)
			}
		}
	}
	for _, code := range []string{"owner_without_target", "period_without_target", "zero_weight", "zero_phase",
		"partly_observed", "not_observed", "known_until", "sign_change"} {
		if !seen[code] {
			t.Error("no test has shown", code)
		}
	}
}
