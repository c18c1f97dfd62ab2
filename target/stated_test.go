package target_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

func kind(id string, a kpi.Additivity, u kpi.Unit) kpi.Metric {
	return kpi.Metric{ID: id, Unit: u, Additivity: a}
}

// two is a company of amy, 3, and bo, 1, over the halves of 2026.
func two() target.Split {
	return target.Split{Grain: calendar.HalfYearly, Owners: target.Node{ID: "all", Children: []target.Node{
		{ID: "amy", Weight: kpi.Int(3)}, {ID: "bo", Weight: kpi.Int(1)}}}}
}

func goalFor(metric, baseline, amount string) target.Goal {
	g := goalOf("all", "2026", amount)
	g.Metric = metric
	if baseline != "" {
		g.Baseline = kpi.MustParse(baseline)
	}
	return g
}

func TestStatedRatio(t *testing.T) {
	h1, h2, rate := period("2026-H1"), period("2026-H2"), kind("win_rate", kpi.RatioOfSums, kpi.Share(4))
	s, err := target.State(goalFor("win_rate", "", "0.5"), rate, two(), []target.StatedCell{
		target.Pair("amy", h1, kpi.Int(30), kpi.Int(50)), target.Pair("amy", h2, kpi.Int(20), kpi.Int(50)),
		target.Pair("bo", h1, kpi.Int(10), kpi.Int(100)), {Owner: "bo", Period: h2, Value: kpi.Frac(1, 2)},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		owner, period string
		want          kpi.Value
	}{
		{"amy", "2026", kpi.Frac(50, 100)},
		{"all", "2026-H1", kpi.Frac(40, 150)}, // 30 of 50 and 10 of 100, not the mean of 60 % and 10 %
		{"bo", "2026-H2", kpi.Frac(1, 2)},
		{"bo", "2026", kpi.Value{}}, // nobody says of how many deals the half is
		{"zoe", "2026", kpi.Undefined(kpi.NoTarget)},
		{"amy", "2027", kpi.Undefined(kpi.NoTarget)},
		{"amy", "2026-01", kpi.Undefined(kpi.NotApplicable)},
	} {
		if got := s.Cell(test.owner, period(test.period)); got != test.want {
			t.Errorf("%s in %s: %v; want %v", test.owner, test.period, got, test.want)
		}
	}
	if got := s.Average("amy", period("2026")); got != kpi.Undefined(kpi.NotApplicable) {
		t.Error("a ratio's year is no mean:", got)
	}
}

func TestStatedLevel(t *testing.T) {
	pipeline := kind("open_value", kpi.Level, kpi.Money("USD", 0))
	s, err := target.StatePath(goalFor("open_value", "100", "200"), pipeline, two(), nil)
	if err != nil {
		t.Fatal(err)
	}
	year := period("2026") // 150, 3 to 1, then 200
	for owner, want := range map[string][3]kpi.Value{
		"all": {kpi.Int(150), kpi.Int(200), kpi.Int(175)},
		"amy": {kpi.Int(113), kpi.Int(150), kpi.Frac(263, 2)}, // 112.5 and 37.5: the smaller ID has the unit
		"bo":  {kpi.Int(37), kpi.Int(50), kpi.Frac(87, 2)},
	} {
		if got := [3]kpi.Value{s.Cell(owner, period("2026-H1")), s.Cell(owner, year), s.Average(owner, year)}; got != want {
			t.Errorf("%s: %v; want %v", owner, got, want)
		}
	}
}

func TestStatedDistinct(t *testing.T) {
	active := kind("active_customer_count", kpi.Distinct, kpi.Count())
	s, err := target.StateFlat(goalFor("active_customer_count", "", "40"), active, two(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if s.Cell("all", period("2026")) != kpi.Int(40) || s.Cell("all", period("2026-H1")) != kpi.Int(40) || s.Cell("amy", period("2026")) != kpi.Undefined(kpi.NoTarget) {
		t.Error("no roll-up: what is not stated has no target", s.Cells())
	}
	s, err = target.State(s.Goal(), active, two(), []target.StatedCell{
		{Owner: "all", Period: period("2026"), Value: kpi.Int(40)}, {Owner: "amy", Period: period("2026"), Value: kpi.Int(30)}, {Owner: "bo", Period: period("2026"), Value: kpi.Int(20)}})
	if err != nil || s.Cell("all", period("2026")) != kpi.Int(40) {
		t.Error("customers of two sellers are not summed:", err)
	}
}

func TestStatedFlatRatio(t *testing.T) {
	rate := kind("win_rate", kpi.RatioOfSums, kpi.Share(2))
	expected := []kpi.Figure{}
	for i, owner := range []string{"amy", "amy", "bo", "bo"} {
		expected = append(expected, kpi.Figure{Metric: "closed_count", Owner: owner, Period: split(t, "2026", calendar.HalfYearly)[i%2], Value: kpi.Int(int64(10 * (i + 1)))})
	}
	s, err := target.StatePath(goalFor("win_rate", "0.3", "0.4"), rate, two(), expected)
	if err != nil {
		t.Fatal(err)
	}
	// 0.35 of 10 + 30 deals and 0.40 of 20 + 40
	if got, want := s.Cell("all", period("2026")), kpi.MustParse("38").Div(kpi.Int(100)); got != want || s.Cell("amy", period("2026-H1")) != kpi.MustParse("0.35") {
		t.Error(got)
	}
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var read target.Stated
	if err := json.Unmarshal(text, &read); err != nil || !read.Equal(s) {
		t.Error(err, string(text))
	}
	if err := json.Unmarshal([]byte(`{"schema":"saleskpi/stated/2"}`), &read); err == nil || !read.Equal(s) {
		t.Error(err)
	}
}

func TestStatedErrors(t *testing.T) {
	rate := kind("win_rate", kpi.RatioOfSums, kpi.Share(4))
	h1 := period("2026-H1")
	_, err := target.State(goalFor("win_rate", "", "0.5"), rate, two(), []target.StatedCell{
		{Owner: "zoe", Period: h1, Value: kpi.Int(1)}, {Owner: "all", Period: h1, Value: kpi.Int(1)}, {Owner: "amy", Period: period("2026"), Value: kpi.Int(1)},
		{Owner: "amy", Period: period("2027-H1"), Weight: kpi.Int(-1)}, target.Pair("bo", h1, kpi.Int(0), kpi.Int(0)), {Owner: "bo", Period: h1, Value: kpi.Int(1)},
	})
	want := []string{"cells[0].owner unknown_owner", "cells[1].owner has_children", "cells[2].period off_boundary", "cells[3].period outside_the_goal", "cells[3].value missing_amount",
		"cells[3].weight negative_weight", "cells[4].value missing_amount", "cells[5].period already_has_a_target"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if _, err := target.State(goalOf("all", "2026", "1"), money(0), two(), nil); !errors.Is(err, check.ErrUnit) {
		t.Error("what adds up is broken down:", err)
	}
	if _, err := target.StatePath(goalFor("win_rate", "", "0.5"), rate, two(), nil); !slices.Equal(problems(err), []string{"goal.baseline missing_amount"}) {
		t.Error(err)
	}
	if _, err := target.StatePath(target.Goal{Owner: "all"}, rate, target.Split{}, nil); !slices.Contains(problems(err), "goal.baseline missing_amount") || !slices.Contains(problems(err), "goal.period missing_period") {
		t.Errorf("a missing baseline hides nothing else: %q", problems(err))
	}
	level := kind("open_value", kpi.Level, kpi.Money("USD", 0))
	if _, err := target.StateFlat(goalFor("open_value", "", "0.5"), level, two(), nil); err == nil {
		t.Error("half a dollar is no whole unit")
	}
	if _, err := target.State(goalFor("open_value", "", "5"), level, two(), []target.StatedCell{{Owner: "amy", Period: h1, Value: kpi.Int(1), Weight: kpi.Int(1)}}); !slices.Equal(problems(err), []string{"cells[0].weight weight_not_used"}) {
		t.Error(err)
	}
}

// An expected denominator that no cell would take makes the year undefined,
// so it is refused and not lost.
func TestStatedExpectedErrors(t *testing.T) {
	expect := func(owner, label, value string) kpi.Figure {
		f := figure(owner, label, value)
		f.Metric = "closed_count"
		return f
	}
	rate := kind("win_rate", kpi.RatioOfSums, kpi.Share(4))
	_, err := target.StateFlat(goalFor("win_rate", "", "0.5"), rate, two(), []kpi.Figure{expect("zoe", "2026-H1", "1"), expect("all", "2026-H1", "1"), expect("amy", "2026", "1"),
		expect("amy", "2027-H1", "-1"), expect("bo", "2026-H1", ""), expect("bo", "2026-H2", "2"), expect("bo", "2026-H2", "3")})
	want := []string{"expected[0].owner unknown_owner", "expected[1].owner has_children", "expected[2].period off_boundary", "expected[3].period outside_the_goal",
		"expected[3].value negative_weight", "expected[4].value missing_weight", "expected[6].period duplicate_period"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("%q; want %q", got, want)
	}
	level := kind("open_value", kpi.Level, kpi.Money("USD", 0))
	if _, err := target.StateFlat(goalFor("open_value", "", "5"), level, two(), []kpi.Figure{expect("amy", "2026-H1", "1")}); !slices.Equal(problems(err), []string{"expected[0] weight_not_used"}) {
		t.Errorf("a level has no denominator: %q", problems(err))
	}
}

// A ratio above is never outside of those below it, and a level is their sum
// in every period.
func TestStatedProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rate, level := kind("win_rate", kpi.RatioOfSums, kpi.Share(4)), kind("open_value", kpi.Level, kpi.Money("USD", 0))
		halves, _ := calendar.Calendar{}.Split(period("2026"), calendar.HalfYearly)
		var cells []target.StatedCell
		for _, owner := range []string{"amy", "bo"} {
			for _, p := range halves {
				cells = append(cells, target.Pair(owner, p, kpi.Int(rapid.Int64Range(0, 9).Draw(t, "num")), kpi.Int(rapid.Int64Range(1, 9).Draw(t, "den"))))
			}
		}
		s, err := target.State(goalFor("win_rate", "", "0.5"), rate, two(), rapid.Permutation(cells).Draw(t, "order"))
		if err != nil {
			t.Fatal(err)
		}
		low, high := cells[0].Value, cells[0].Value
		for _, c := range cells {
			low, high = low.Min(c.Value), high.Max(c.Value)
		}
		if got := s.Cell("all", period("2026")); got.Less(low) || high.Less(got) {
			t.Fatal(got, low, high)
		}
		l, err := target.StateFlat(goalFor("open_value", "", kpi.Int(rapid.Int64Range(0, 99).Draw(t, "level")).String()), level, two(), nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range halves {
			if sum(l.Cell("amy", p), l.Cell("bo", p)) != l.Cell("all", p) || l.Cell("all", p) != l.Goal().Target {
				t.Fatal(l.Cells())
			}
		}
	})
}
