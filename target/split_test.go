package target_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// period reads a label of the calendar year.
func period(label string) calendar.Period { return calendar.Calendar{}.MustParse(label) }

func money(scale int8) kpi.Metric {
	return kpi.Metric{ID: "won_value", Unit: kpi.Money("USD", scale)}
}

func goalOf(owner, label, amount string) target.Goal {
	return target.Goal{ID: "g", Metric: "won_value", Owner: owner, Period: period(label), Target: kpi.MustParse(amount)}
}

func ints(numbers ...int64) []kpi.Value {
	values := make([]kpi.Value, len(numbers))
	for i, n := range numbers {
		values[i] = kpi.Int(n)
	}
	return values
}

// cells writes an owner's cells in a row, as a person would note them.
func cells(b *target.Breakdown, owner string) string {
	var row []string
	for _, p := range b.Periods() {
		row = append(row, b.Cell(owner, p).String())
	}
	return strings.Join(row, " ")
}

func TestBreakDown(t *testing.T) {
	two := []target.Node{{ID: "a"}, {ID: "b"}}
	tests := map[string]struct {
		why    string
		goal   target.Goal
		scale  int8
		split  target.Split
		expect map[string]string // cells by owner, worked by hand
	}{
		"even months of one owner": {
			why:   "100.00 over 3: 33.33 each and the last cent to the earliest month",
			goal:  goalOf("a", "2026-Q1", "100"),
			scale: 2,
			split: target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "a"}},
			expect: map[string]string{
				"a": "33.34 33.33 33.33",
			},
		},
		"by days": {
			why:   "90 over 31, 28 and 31 days is exactly one a day",
			goal:  goalOf("a", "2026-Q1", "90"),
			split: target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "a"}, Phasing: target.Phasing{By: target.ByDays}},
			expect: map[string]string{
				"a": "31 28 31",
			},
		},
		"by weights, one of them zero": {
			why:   "a weight of zero receives nothing: 10 by 0, 1, 2 is 0, 3.33…, 6.66…, and the unit left goes to the larger remainder",
			goal:  goalOf("a", "2026-Q1", "10"),
			split: target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "a"}, Phasing: target.Phasing{By: target.ByWeights, Weights: ints(0, 1, 2)}},
			expect: map[string]string{
				"a": "0 3 7",
			},
		},
		"owners first, then months": {
			why:  "7 by 1 and 1 is 4 and 3 (tie to the smaller ID); 4 over two months 2 2, 3 is 2 1; the months of the whole are their sums",
			goal: goalOf("all", "2026-H1", "7"),
			split: target.Split{Grain: calendar.Quarterly, Owners: target.Node{ID: "all", Children: []target.Node{
				{ID: "b", Weight: kpi.Int(1)}, {ID: "a", Weight: kpi.Int(1)},
			}}},
			expect: map[string]string{
				"a": "2 2", "b": "2 1", "all": "4 3",
			},
		},
		"weights count among siblings alone": {
			why:  "north is a third of 900 whatever its children weigh; without weights its children are alike",
			goal: goalOf("all", "2026", "900"),
			split: target.Split{Grain: calendar.Yearly, Owners: target.Node{ID: "all", Children: []target.Node{
				{ID: "north", Weight: kpi.Int(1), Children: two}, {ID: "south", Weight: kpi.Int(2)},
			}}},
			expect: map[string]string{
				"all": "900", "north": "300", "a": "150", "b": "150", "south": "600",
			},
		},
		"weights that are fractions": {
			why:  "1/3 and 1/6 are as 2 to 1",
			goal: goalOf("all", "2026", "10"),
			split: target.Split{Grain: calendar.Yearly, Owners: target.Node{ID: "all", Children: []target.Node{
				{ID: "a", Weight: kpi.Frac(1, 3)}, {ID: "b", Weight: kpi.Frac(1, 6)},
			}}},
			expect: map[string]string{
				"a": "7", "b": "3",
			},
		},
		"a phasing of one's own": {
			why:  "b and all below it sell in the second half only",
			goal: goalOf("all", "2026", "80"),
			split: target.Split{Grain: calendar.HalfYearly, Owners: target.Node{ID: "all", Children: []target.Node{
				{ID: "a"},
				{ID: "b", Phasing: &target.Phasing{By: target.ByWeights, Weights: ints(0, 1)}, Children: []target.Node{{ID: "c"}}},
			}}},
			expect: map[string]string{
				"a": "20 20", "c": "0 40", "all": "20 60",
			},
		},
		"below zero": {
			why:   "split like its opposite: −0.05 over two owners is −0.03 and −0.02",
			goal:  goalOf("all", "2026", "-0.05"),
			scale: 2,
			split: target.Split{Grain: calendar.Yearly, Owners: target.Node{ID: "all", Children: two}},
			expect: map[string]string{
				"a": "-0.03", "b": "-0.02", "all": "-0.05",
			},
		},
		"zero": {
			why:   "a goal of zero is a goal, not a missing one",
			goal:  goalOf("all", "2026", "0"),
			split: target.Split{Grain: calendar.Yearly, Owners: target.Node{ID: "all", Children: two}},
			expect: map[string]string{
				"a": "0", "all": "0",
			},
		},
		"all weights zero below a weight of zero": {
			why:  "nothing arrives there, so nobody needs to receive",
			goal: goalOf("all", "2026", "5"),
			split: target.Split{Grain: calendar.Yearly, Owners: target.Node{ID: "all", Children: []target.Node{
				{ID: "a", Weight: kpi.Int(1)},
				{ID: "b", Weight: kpi.Int(0), Children: []target.Node{{ID: "c", Weight: kpi.Int(0)}}},
			}}},
			expect: map[string]string{
				"a": "5", "c": "0", "b": "0",
			},
		},
		"beyond 64 bits": {
			why:   "30 digits over three: 333… and one unit left for the first",
			goal:  goalOf("all", "2026", "1000000000000000000000000000000"),
			split: target.Split{Grain: calendar.Yearly, Owners: target.Node{ID: "all", Children: []target.Node{{ID: "a"}, {ID: "b"}, {ID: "c"}}}},
			expect: map[string]string{
				"a": "333333333333333333333333333334", "c": "333333333333333333333333333333",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			b, err := target.BreakDown(test.goal, money(test.scale), test.split)
			if err != nil {
				t.Fatal(err)
			}
			for owner, want := range test.expect {
				if got := cells(b, owner); got != want {
					t.Errorf("%s: %s; want %s", owner, got, want)
				}
			}
		})
	}
}

// problems writes the errors as path and code, one a line.
func problems(err error) []string {
	found := []string{}
	for _, e := range check.All(err) {
		found = append(found, e.Path+" "+e.Code)
	}
	return found
}

func deep(levels int) target.Node {
	n := target.Node{ID: strings.Repeat("x", levels)}
	if levels > 1 {
		n.Children = []target.Node{deep(levels - 1)}
	}
	return n
}

func TestBreakDownErrors(t *testing.T) {
	monthly := func(owners target.Node) target.Split { return target.Split{Grain: calendar.Monthly, Owners: owners} }
	plain := goalOf("all", "2026", "100")
	ratio := kpi.Metric{ID: "won_value", Unit: kpi.Share(1), Additivity: kpi.RatioOfSums}
	tests := map[string]struct {
		why    string
		goal   target.Goal
		metric kpi.Metric
		split  target.Split
		class  error
		expect []string
	}{
		"nothing at all": {
			why:    "every missing part is named at once",
			class:  check.ErrMissing,
			expect: []string{"goal.target missing_target", "goal.id missing_id", "goal.metric missing_metric", "goal.owner missing_owner", "goal.period missing_period", "metric.id missing_id", "grain missing_grain", "owners.id missing_id"},
		},
		"a ratio": {
			why:    "a win rate of 30 % is not the sum of its sellers' win rates",
			goal:   plain,
			metric: ratio,
			split:  monthly(target.Node{ID: "all"}),
			class:  check.ErrUnit,
			expect: []string{"metric.additivity not_additive"},
		},
		"too many places": {
			why:    "no whole dollars add up to 100.5",
			goal:   goalOf("all", "2026", "100.5"),
			metric: money(0),
			split:  monthly(target.Node{ID: "all"}),
			class:  check.ErrInvalid,
			expect: []string{"goal.target too_many_places"},
		},
		"too many digits": {
			why:    "64 digits of dollars are 66 of cents",
			goal:   goalOf("all", "2026", strings.Repeat("9", 64)),
			metric: money(2),
			split:  monthly(target.Node{ID: "all"}),
			class:  check.ErrRange,
			expect: []string{"goal.target number_too_large"},
		},
		"not text": {
			why:    "JSON would make one name of both",
			goal:   goalOf("all", "2026", "100"),
			metric: money(0),
			split:  monthly(target.Node{ID: "all", Children: []target.Node{{ID: "a\xff"}, {ID: "a\xfe"}}}),
			class:  check.ErrInvalid,
			expect: []string{"owners.children[0].id not_utf8", "owners.children[1].id not_utf8"},
		},
		"a wrong tree": {
			why:    "all that is wrong in a tree is told, each by its path",
			goal:   plain,
			metric: money(0),
			split: monthly(target.Node{ID: "firm", Children: []target.Node{
				{ID: "a", Weight: kpi.Int(-1)},
				{ID: "a", Weight: kpi.Int(2), Children: []target.Node{{ID: "c", Weight: kpi.Int(0)}, {ID: "firm", Weight: kpi.Int(0)}}},
				{ID: ""},
			}}),
			class: check.ErrDuplicate,
			expect: []string{
				"owners.id not_the_goals_owner",
				"owners.children[0].weight negative_weight",
				"owners.children[1].id duplicate_owner",
				"owners.children[1].children all_weights_zero",
				"owners.children[1].children[1].id duplicate_owner",
				"owners.children[2].weight missing_weight",
				"owners.children[2].id missing_id",
			},
		},
		"off the grain": {
			why:    "a quarter that begins in the middle of a month has no whole months",
			goal:   goalOf("all", "2026-01-15/2026-04-15", "100"),
			metric: money(0),
			split:  monthly(target.Node{ID: "all"}),
			class:  check.ErrInvalid,
			expect: []string{"goal.period.start not_on_grain", "goal.period.end not_on_grain"},
		},
		"phasing": {
			why:    "weights of another number of periods, given where they do not count, and all zero",
			goal:   goalOf("all", "2026-Q1", "100"),
			metric: money(0),
			split: target.Split{Grain: calendar.Monthly, Phasing: target.Phasing{By: target.ByWeights, Weights: ints(1, 2)}, Owners: target.Node{
				ID: "all", Phasing: &target.Phasing{By: target.ByDays, Weights: ints(1, 2, 3)}, Children: []target.Node{
					{ID: "a", Phasing: &target.Phasing{By: target.ByWeights, Weights: ints(0, 0, 0)}},
					{ID: "b", Phasing: &target.Phasing{By: 9}},
					{ID: "c", Phasing: &target.Phasing{By: target.ByWeights, Weights: []kpi.Value{kpi.Int(1), {}, kpi.Int(-1)}}},
				}}},
			class: check.ErrInfeasible,
			expect: []string{
				"owners.phasing.weights weights_not_used",
				"owners.children[0].phasing.weights all_weights_zero",
				"owners.children[1].phasing.by unknown_word",
				"owners.children[2].phasing.weights[1] missing_weight",
				"owners.children[2].phasing.weights[2] negative_weight",
				"phasing.weights wrong_number",
			},
		},
		"too deep": {
			why:    "64 levels are the limit",
			goal:   goalOf(strings.Repeat("x", 65), "2026", "100"),
			metric: money(0),
			split:  monthly(deep(65)),
			class:  check.ErrRange,
			expect: []string{"owners" + strings.Repeat(".children[0]", 63) + ".children too_deep"},
		},
		"base above target": {
			why:    "the least acceptable is above what is aimed at; both ways of saying it",
			goal:   target.Goal{ID: "g", Metric: "won_value", Owner: "all", Period: period("2026"), Base: kpi.Int(120), Target: kpi.Int(100), Stretch: kpi.Int(110)},
			metric: money(0),
			split:  monthly(target.Node{ID: "all"}),
			class:  check.ErrInvalid,
			expect: []string{"goal.target not_between", "goal.base better_than_target"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			b, err := target.BreakDown(test.goal, test.metric, test.split)
			if b != nil || !errors.Is(err, test.class) {
				t.Errorf("%v, %v; want %v", b, err, test.class)
			}
			if got := problems(err); !slices.Equal(got, test.expect) {
				t.Errorf("\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.expect, "\n"))
			}
		})
	}
}

// 46,000 owners on 365 days are 16,790,000 cells, above the limit of
// 16,777,216; it is told before any split.
func TestBreakDownTooManyCells(t *testing.T) {
	leaves := make([]target.Node, 46_000)
	for i := range leaves {
		leaves[i].ID = strconv.Itoa(i)
	}
	_, err := target.BreakDown(goalOf("all", "2026", "1"), money(0),
		target.Split{Grain: calendar.Daily, Owners: target.Node{ID: "all", Children: leaves}})
	if got := problems(err); !slices.Equal(got, []string{"owners too_many_cells"}) {
		t.Error(got)
	}
}

func TestCellSpecialCases(t *testing.T) {
	b, err := target.BreakDown(goalOf("all", "2026", "1200"), money(0), target.Split{
		Grain: calendar.Monthly, Owners: target.Node{ID: "all", Children: []target.Node{{ID: "a"}, {ID: "b"}}},
	})
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		why, owner string
		period     calendar.Period
		want       kpi.Value
	}{
		"quarter":  {"three months of 50", "a", period("2026-Q2"), kpi.Int(150)},
		"a run":    {"any run of whole months will do", "all", period("2026-02-01/2026-05-01"), kpi.Int(300)},
		"nobody":   {"who is not in the tree has no target", "zoe", period("2026-Q2"), kpi.Undefined(kpi.NoTarget)},
		"outside":  {"the goal says nothing of 2027", "a", period("2027-01"), kpi.Undefined(kpi.NoTarget)},
		"reaching": {"nor of a period that reaches into it", "a", period("2026-12-01/2027-02-01"), kpi.Undefined(kpi.NoTarget)},
		"a week":   {"a week cuts months", "a", period("2026-W06"), kpi.Undefined(kpi.NotApplicable)},
		"no day":   {"no period is none of the goal's", "a", calendar.Period{}, kpi.Undefined(kpi.NoTarget)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := b.Cell(test.owner, test.period); got != test.want {
				t.Errorf("%v; want %v: %s", got, test.want, test.why)
			}
			if plan := b.Plan(test.owner, test.period); (len(plan) > 0) != test.want.Defined() {
				t.Errorf("plan %v", plan)
			}
		})
	}
}

func TestBreakdownTree(t *testing.T) {
	b, err := target.BreakDown(goalOf("company", "2026", "120"), money(0), target.Split{Grain: calendar.Monthly, Owners: salesTeams()})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := b.Owners(), []string{"company", "east", "Amy", "Bo", "Chen", "west", "Dana", "Eli"}; !slices.Equal(got, want) {
		t.Error(got)
	}
	if got := b.Children("west"); !slices.Equal(got, []string{"Dana", "Eli"}) {
		t.Error(got)
	}
	if got := b.Children("zoe"); got == nil || len(got) != 0 {
		t.Error(got)
	}
	if parent, ok := b.Parent("Eli"); parent != "west" || !ok {
		t.Error(parent, ok)
	}
	if _, ok := b.Parent("company"); ok {
		t.Error("the root has no parent")
	}
	if got := len(b.Figures()); got != 5*12 {
		t.Error(got)
	}
	if b.Goal() != goalOf("company", "2026", "120") || b.Metric() != money(0) || len(b.Periods()) != 12 {
		t.Error("goal, metric, periods")
	}
}

func TestZeroBreakdown(t *testing.T) {
	var b target.Breakdown
	if len(b.Owners())+len(b.Periods())+len(b.Figures())+len(b.Findings()) != 0 {
		t.Error("no breakdown has no owners, periods, figures and findings")
	}
	if got := b.Cell("a", period("2026")); got != kpi.Undefined(kpi.NoTarget) {
		t.Error(got)
	}
	if text, err := b.MarshalJSON(); string(text) != "null" || err != nil {
		t.Error(string(text), err)
	}
}
