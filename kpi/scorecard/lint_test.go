package scorecard_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
)

func standard(t testing.TB) kpi.Catalog {
	t.Helper()
	c, err := kpi.Standard("CNY", 2)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestLint holds the list of DOMAIN.md, "Scorecard", with one case on either
// side of each limit.
func TestLint(t *testing.T) {
	def := func(items ...scorecard.Item) scorecard.Definition {
		return scorecard.Definition{ID: "card", Normalise: true, Items: items}
	}
	item := func(metric string, weight int64) scorecard.Item {
		return scorecard.Item{Metric: metric, Weight: kpi.Int(weight)}
	}
	bonus := item("csat", 10)
	bonus.Bonus = true
	busy := item("activities", 200)
	busy.Bonus, busy.Curve.Cap = true, kpi.Int(100)
	gate := def(item("win_rate", 50), item("csat", 50))
	gate.Bands = []scorecard.Band{{Name: "A", From: kpi.Int(90)}, {Name: "B"}}
	gate.Gates = []scorecard.Gate{{Metric: "stale_share", Over: scorecard.OverActual, Direction: kpi.LowerIsBetter, Limit: num("0.3"), Band: "B"}}
	for name, test := range map[string]struct {
		why    string
		def    scorecard.Definition
		limits scorecard.Limits
		want   []string
	}{
		"nothing":                 {"money with its margin, half on activities", def(item("revenue", 25), item("gross_margin", 25), item("activities", 50)), scorecard.Limits{}, nil},
		"activities":              {"51 % is over half", def(item("revenue", 25), item("gross_margin", 24), item("activities", 31), item("lead_response_time", 20)), scorecard.Limits{}, []string{"activities_overweight card"}},
		"activities, a limit":     {"the limit is data", def(item("csat", 60), item("activities", 40)), scorecard.Limits{Activities: num("0.3")}, []string{"activities_overweight card"}},
		"win rate alone":          {"lost deals stay open", def(item("win_rate", 50), item("csat", 50)), scorecard.Limits{}, []string{"win_rate_without_stale win_rate"}},
		"win rate with stale":     {"beside it as an item", def(item("win_rate", 50), item("stale_share", 50)), scorecard.Limits{}, nil},
		"win rate with a gate":    {"beside it as a gate", gate, scorecard.Limits{}, nil},
		"win rate, own metric":    {"beside it by another name", def(item("win_rate", 50), item("zombies", 50)), scorecard.Limits{Stale: []string{"zombies"}}, []string{"metric_unknown zombies"}},
		"volume":                  {"bought with discounts", def(item("revenue", 50), item("csat", 50)), scorecard.Limits{}, []string{"volume_without_quality revenue"}},
		"volume by a measure":     {"a base measure of money", def(item("won_value", 50), item("csat", 50)), scorecard.Limits{}, []string{"volume_without_quality won_value"}},
		"volume by quota":         {"a rate of volume", def(item("quota_attainment", 50), item("csat", 50)), scorecard.Limits{}, []string{"volume_without_quality quota_attainment"}},
		"volume with collections": {"money that arrived", def(item("bookings", 50), item("collection_rate", 50)), scorecard.Limits{}, nil},
		"volume, own metric":      {"beside it by another name", def(item("bookings", 50), item("realised_price", 50)), scorecard.Limits{Quality: []string{"realised_price"}}, []string{"metric_unknown realised_price"}},
		"one item":                {"61 % is over 60", def(item("csat", 61), item("nps", 39)), scorecard.Limits{}, []string{"item_overweight csat"}},
		"one item, at the limit":  {"60 % is not", def(item("csat", 60), item("nps", 40)), scorecard.Limits{}, nil},
		"heavy bonus":             {"its weight is none of the hundred", def(item("nps", 50), item("gross_margin", 50), busy), scorecard.Limits{}, nil},
		"endless bonus":           {"linear without cap", def(item("nps", 50), item("gross_margin", 50), bonus), scorecard.Limits{}, []string{"bonus_without_limit csat"}},
	} {
		found, err := test.def.Lint(standard(t), test.limits)
		var got []string
		for _, f := range found {
			got = append(got, f.Code+" "+f.Subject)
		}
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%s (%s): got %q, %v, want %q", name, test.why, got, err, test.want)
		}
	}
}

func TestLintErrors(t *testing.T) {
	_, err := (scorecard.Definition{}).Lint(kpi.Catalog{}, scorecard.Limits{Item: kpi.Int(2), Activities: kpi.Undefined(kpi.TooFew)})
	want := []string{"id missing_id", "items no_items", "limits.activities undefined_number", "limits.item not_a_share"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// lintFindings gives one finding of every code of Lint.
func lintFindings(t *testing.T) []check.Finding {
	def := scorecard.Definition{ID: "card", Normalise: true, Items: []scorecard.Item{
		{Metric: "activities", Weight: kpi.Int(70)}, {Metric: "win_rate", Weight: kpi.Int(10)}, {Metric: "revenue", Weight: kpi.Int(10)},
		{Metric: "own", Weight: kpi.Int(10)}, {Metric: "csat", Weight: kpi.Int(1), Bonus: true},
	}}
	found, err := def.Lint(standard(t), scorecard.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
