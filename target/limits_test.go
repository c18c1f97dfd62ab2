package target_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// seller is somebody with a weight, a floor and a cap; "" is none.
func seller(id string, weight int64, floor, most string) target.Node {
	n := target.Node{ID: id, Weight: kpi.Int(weight)}
	if floor != "" {
		n.Floor = kpi.MustParse(floor)
	}
	if most != "" {
		n.Cap = kpi.MustParse(most)
	}
	return n
}

func led(n target.Node, children ...target.Node) target.Node {
	n.Children = children
	return n
}

func yearly(owners target.Node) target.Split {
	return target.Split{Grain: calendar.Yearly, Owners: owners}
}

// Worked by hand.
func TestBreakDownBetweenLimits(t *testing.T) {
	direct := led(target.Node{ID: "east", Weight: kpi.Int(1), Mode: target.DirectPlusTeam, Direct: kpi.Int(1)}, seller("amy", 1, "", "20"), seller("bo", 1, "", ""))
	carried := led(target.Node{ID: "east", Weight: kpi.Int(1), Mode: target.Carried, Cushion: kpi.Frac(1, 10)}, seller("amy", 1, "40", ""), seller("bo", 1, "37", ""))
	for _, test := range []struct {
		why, amount string
		owners      target.Node
		want        string
	}{
		{"no limits, no change: 100 by 3 and 1", "100", led(target.Node{ID: "all"}, seller("amy", 3, "", ""), seller("bo", 1, "", "")), "all 100 amy 75 bo 25"},
		{"bo's floor is 40, amy has the rest", "100", led(target.Node{ID: "all"}, seller("amy", 3, "", ""), seller("bo", 1, "40", "")), "all 100 amy 60 bo 40"},
		{"amy's cap is 50", "100", led(target.Node{ID: "all"}, seller("amy", 3, "", "50"), seller("bo", 1, "", "")), "all 100 amy 50 bo 50"},
		{"a floor two levels down lifts the team: 25 would be its share, and cy needs 30, dan has none", "100",
			led(target.Node{ID: "all"}, seller("west", 3, "", ""), led(seller("east", 1, "", ""), seller("cy", 1, "30", ""), seller("dan", 1, "", ""))),
			"all 100 east 30 cy 30 dan 0 west 70"},
		{"caps two levels down hold it back: 75 would be its share, its people take 20 and 30", "100",
			led(target.Node{ID: "all"}, seller("west", 1, "", ""), led(seller("east", 3, "", ""), seller("cy", 1, "", "20"), seller("dan", 1, "", "30"))),
			"all 100 east 50 cy 20 dan 30 west 50"},
		{"one of them without a cap takes the rest", "100",
			led(target.Node{ID: "all"}, seller("west", 1, "", ""), led(seller("east", 3, "", ""), seller("cy", 1, "", "20"), seller("dan", 1, "", ""))),
			"all 100 east 75 cy 20 dan 55 west 25"},
		{"the lead's own selling has no limit: 60 are 20, 20 and 20; half of 120 for each team", "120", led(target.Node{ID: "all"}, direct, seller("west", 1, "", "")),
			"all 120 east 60 amy 20 bo 20 west 60"},
		{"a cushion of a tenth: 40 and 37 are handed on by 70", "100", led(target.Node{ID: "all"}, carried, seller("west", 9, "", "")), "all 100 east 70 amy 40 bo 37 west 30"},
		{"below zero −30 is less than −20", "-100", led(target.Node{ID: "all"}, seller("amy", 3, "-50", ""), seller("bo", 1, "", "")), "all -100 amy -50 bo -50"},
		{"exactly the floors", "70", led(target.Node{ID: "all"}, seller("amy", 1, "30", ""), seller("bo", 1, "40", "")), "all 70 amy 30 bo 40"},
	} {
		b, err := target.BreakDown(goalOf("all", "2026", test.amount), money(0), yearly(test.owners))
		if err != nil {
			t.Errorf("%s: %v", test.why, err)
			continue
		}
		got := ""
		for i, owner := range b.Owners() {
			if i > 0 {
				got += " "
			}
			got += owner + " " + b.Cell(owner, period("2026")).String()
		}
		if got != test.want {
			t.Errorf("%s: %s; want %s", test.why, got, test.want)
		}
	}
}

func TestLimitsThatCannotBeMet(t *testing.T) {
	team := func(floor, most string, children ...target.Node) target.Node {
		return led(target.Node{ID: "all"}, led(seller("east", 1, floor, most), children...), seller("west", 1, "", ""))
	}
	for _, test := range []struct {
		why    string
		owners target.Node
		want   []string
		by     string
	}{
		{"60 and 50 of 100", team("", "", seller("amy", 1, "60", ""), seller("bo", 1, "50", "")), []string{"owners floors_beyond_total"}, "10"},
		{"all are capped", led(target.Node{ID: "all"}, seller("amy", 1, "", "40"), seller("bo", 1, "", "50")), []string{"owners caps_short_of_total"}, "10"},
		{"the team must take what its people cannot", team("50", "", seller("amy", 1, "", "20"), seller("bo", 1, "", "20")), []string{"owners floors_above_caps"}, ""},
		{"a floor above the cap", team("50", "40"), []string{"owners.children[0].floor above_cap"}, ""},
		{"half a dollar", team("0.5", ""), []string{"owners.children[0].floor too_many_places"}, ""},
		{"who weighs nothing receives nothing", led(target.Node{ID: "all"}, seller("amy", 0, "10", ""), seller("bo", 1, "", "")), nil, ""},
	} {
		b, err := target.BreakDown(goalOf("all", "2026", "100"), money(0), yearly(test.owners))
		if err == nil || b != nil || test.want != nil && !slices.Equal(problems(err), test.want) {
			t.Errorf("%s: %q", test.why, problems(err))
			continue
		}
		var problem *check.Error
		if test.by != "" && (!errors.As(err, &problem) || problem.Args["by"] != test.by || !errors.Is(err, check.ErrInfeasible)) {
			t.Errorf("%s: %v", test.why, err)
		}
	}
	bad := target.Node{ID: "all", Floor: kpi.Undefined(kpi.NoTarget)}
	if !slices.Equal(problems(bad.Validate()), []string{"floor undefined_amount"}) {
		t.Error(problems(bad.Validate()))
	}
	level := yearly(led(target.Node{ID: "all"}, seller("amy", 1, "1", "")))
	if _, err := target.StateFlat(goalFor("headcount", "", "5"), kind("headcount", kpi.Level, kpi.Count()), level, nil); !slices.Contains(problems(err), "owners limit_not_used") {
		t.Errorf("a level is not split between limits: %q", problems(err))
	}
}

// Limits are the record of the split: they are stored with it and read back,
// they come from a flat table, and a table of figures needs none.
func TestLimitsAreKept(t *testing.T) {
	flat, err := target.TreeOf([]target.Owner{{ID: "all"}, {ID: "amy", Parent: "all", Floor: kpi.Int(30), Cap: kpi.Int(60)}, {ID: "bo", Parent: "all"}})
	if err != nil {
		t.Fatal(err)
	}
	b, err := target.BreakDown(goalOf("all", "2026", "40"), money(0), yearly(flat))
	if err != nil || b.Cell("amy", period("2026")) != kpi.Int(30) {
		t.Fatal(err)
	}
	raw, err := json.Marshal(b)
	var read target.Breakdown
	if err != nil || json.Unmarshal(raw, &read) != nil || !read.Equal(b) || read.Split().Owners.Children[0].Cap != kpi.Int(60) {
		t.Error(err, string(raw))
	}
	if _, err := target.TreeOf([]target.Owner{{ID: "all", Floor: kpi.Int(2), Cap: kpi.Int(1)}}); !slices.Equal(problems(err), []string{"owners[0].floor above_cap"}) {
		t.Errorf("%q", problems(err))
	}
	stated, err := target.FromFigures(goalOf("all", "2026", "5"), money(0), yearly(flat), []kpi.Figure{figure("amy", "2026", "5")})
	if err != nil || stated.Cell("amy", period("2026")) != kpi.Int(5) {
		t.Error("a table states what it states:", err)
	}
}

// Whatever the tree, a split that there is keeps every limit and the total,
// and without binding limits it is the split without limits.
func TestLimitsHoldAtEveryLevel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total := rapid.Int64Range(-300, 300).Draw(t, "total")
		free, n := 0, 0
		var grow func(depth int) target.Node
		grow = func(depth int) target.Node {
			node := target.Node{ID: fmt.Sprintf("n%02d", n), Weight: kpi.Int(rapid.Int64Range(1, 5).Draw(t, "weight"))}
			n++
			switch rapid.IntRange(0, 5).Draw(t, "limit") {
			case 0:
				node.Floor = kpi.Int(rapid.Int64Range(-60, 60).Draw(t, "floor"))
			case 1:
				node.Cap = kpi.Int(rapid.Int64Range(-60, 120).Draw(t, "cap"))
			default:
				free++
			}
			for range rapid.IntRange(0, 3).Draw(t, "children") * min(depth, 1) {
				node.Children = append(node.Children, grow(depth-1))
			}
			if len(node.Children) > 0 && rapid.IntRange(0, 3).Draw(t, "mode") == 0 {
				node.Mode, node.Cushion = target.Carried, kpi.Frac(1, 10)
			}
			return node
		}
		root := grow(3)
		goal := goalOf(root.ID, "2026", kpi.Int(total).String())
		b, err := target.BreakDown(goal, money(0), yearly(root))
		if err != nil {
			if !errors.Is(err, check.ErrInfeasible) {
				t.Fatal(err)
			}
			return
		}
		var look func(n target.Node)
		look = func(n target.Node) {
			got := b.Cell(n.ID, period("2026"))
			if got.Less(n.Floor) || n.Cap.Less(got) {
				t.Fatalf("%s gets %v between %v and %v", n.ID, got, n.Floor, n.Cap)
			}
			for _, child := range n.Children {
				look(child)
			}
		}
		look(root)
		if got := b.Cell(root.ID, period("2026")); got != kpi.Int(total) {
			t.Fatal(got)
		}
		if free == n {
			root = wide(root)
			if loose, err := target.BreakDown(goal, money(0), yearly(root)); err != nil || !slices.Equal(loose.Figures(), b.Figures()) {
				t.Fatal(err)
			}
		}
	})
}

// A split is refused only where there is none: the slow way tries every amount
// that each owner could get, its own sign being that of the goal.
func TestLimitsAreRefusedOnlyWhereNothingFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		total, n := rapid.IntRange(-25, 25).Draw(t, "total"), 0
		some := func(name string) kpi.Value {
			if rapid.Bool().Draw(t, name) {
				return kpi.Int(int64(rapid.IntRange(-12, 18).Draw(t, name)))
			}
			return kpi.Value{}
		}
		var grow func(children int) target.Node
		grow = func(children int) target.Node {
			node := target.Node{ID: fmt.Sprintf("n%02d", n), Weight: kpi.Int(1), Floor: some("floor"), Cap: some("cap")}
			n++
			for range children {
				node.Children = append(node.Children, grow(rapid.IntRange(0, 2).Draw(t, "children")*(children-1)))
			}
			if children > 0 && rapid.Bool().Draw(t, "carried") {
				node.Mode, node.Cushion = target.Carried, kpi.Frac(1, 4)
			}
			return node
		}
		root := grow(2)
		if root.Validate() != nil {
			return // a floor above its cap
		}
		const most = 60 // no owner gets more: 25 and two cushions of a quarter
		var may func(n target.Node) map[int]bool
		may = func(n target.Node) map[int]bool {
			sums := map[int]bool{0: true}
			for _, child := range n.Children {
				next, below := map[int]bool{}, may(child)
				for a := range sums {
					for b := range below {
						if a+b >= -most && a+b <= most {
							next[a+b] = true
						}
					}
				}
				sums = next
			}
			fits := map[int]bool{}
			for x := -most; x <= most; x++ {
				v, handed := kpi.Int(int64(x)), x
				if n.Mode == target.Carried {
					whole, _ := v.Mul(kpi.Frac(5, 4)).Minor(0, kpi.HalfEven)
					handed = int(whole)
				}
				fits[x] = x*total >= 0 && (total != 0 || x >= 0) && !v.Less(n.Floor) && !n.Cap.Less(v) && (len(n.Children) == 0 || sums[handed])
				if !fits[x] {
					delete(fits, x)
				}
			}
			return fits
		}
		_, err := target.BreakDown(goalOf(root.ID, "2026", kpi.Int(int64(total)).String()), money(0), yearly(root))
		if possible := may(root)[total]; possible != (err == nil) {
			t.Fatal(total, possible, err)
		}
	})
}

// wide gives every owner limits that bind nobody.
func wide(n target.Node) target.Node {
	n.Floor, n.Cap, n.Children = kpi.Int(-100_000), kpi.Int(100_000), slices.Clone(n.Children)
	for i := range n.Children {
		n.Children[i] = wide(n.Children[i])
	}
	return n
}

func ExampleNode_floor() {
	goal := target.Goal{ID: "2026", Metric: "won_value", Owner: "company", Period: calendar.Calendar{}.MustParse("2026"), Target: kpi.Int(1_000_000)}
	b, err := target.BreakDown(goal, wonValue(), target.Split{Grain: calendar.Quarterly, Owners: target.Node{ID: "company", Children: []target.Node{
		{ID: "east", Weight: kpi.Int(9), Children: []target.Node{{ID: "Amy"}, {ID: "Bo"}}},
		{ID: "west", Weight: kpi.Int(1), Children: []target.Node{{ID: "Chen", Floor: kpi.Int(150_000)}, {ID: "Dana", Cap: kpi.Int(20_000)}}},
	}}})
	for _, owner := range []string{"east", "west", "Chen", "Dana"} {
		fmt.Println(owner, b.Cell(owner, goal.Period))
	}
	fmt.Println(err)
	// Output:
	// east 850000
	// west 150000
	// Chen 150000
	// Dana 0
	// <nil>
}
