package bridge_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func won(owner string, v kpi.Value) kpi.Figure {
	return kpi.Figure{Metric: "won_value", Owner: owner, Period: calendar.Calendar{}.MustParse("2026-Q1"), Value: v}
}

func TestMembers(t *testing.T) {
	none, unpriced := kpi.Value{}, kpi.Undefined(kpi.Unpriced)
	type list []kpi.Figure
	for name, test := range map[string]struct {
		why           string
		top           int
		base, current list
		want          []string
		gap           string
		gross         [2]int64
		codes         []string
	}{
		"by size": {"whichever way they pull, equal ones by ID", 0,
			list{won("d", kpi.Int(10)), won("b", kpi.Int(10)), won("a", kpi.Int(50)), won("c", kpi.Int(7))},
			list{won("a", kpi.Int(20)), won("b", kpi.Int(15)), won("c", kpi.Int(7)), won("d", kpi.Int(5))},
			[]string{"a -30", "b 5", "d -5", "c 0"}, "-30", [2]int64{5, -35}, []string{"largest_part"}},
		"top and rest": {"the rest holds b, d and c: 5 − 5 + 0, and gross shows what it hides", 1,
			list{won("d", kpi.Int(10)), won("b", kpi.Int(10)), won("a", kpi.Int(50)), won("c", kpi.Int(7))},
			list{won("a", kpi.Int(20)), won("b", kpi.Int(15)), won("c", kpi.Int(7)), won("d", kpi.Int(5))},
			[]string{"a -30", " 0"}, "-30", [2]int64{5, -35}, []string{"largest_part"}},
		"top of all": {"nobody is left for a rest", 2, list{won("a", kpi.Int(1)), won("b", kpi.Int(1))}, list{won("a", kpi.Int(3)), won("b", kpi.Int(2))},
			[]string{"a 2", "b 1"}, "3", [2]int64{3, 0}, []string{"largest_part"}},
		"on one side": {"who came or left counts whole", 0, list{won("a", kpi.Int(5)), won("b", kpi.Int(4))}, list{won("c", kpi.Int(2)), won("b", kpi.Int(4))},
			[]string{"a -5", "c 2", "b 0"}, "-3", [2]int64{2, -5}, []string{"on_one_side", "largest_part"}},
		"no data": {"adds nothing on one side, and is left out on both", 0, list{won("a", kpi.Int(5)), won("b", none)}, list{won("a", none), won("b", none), won("c", kpi.Int(1))},
			[]string{"a -5", "c 1"}, "-4", [2]int64{1, -5}, []string{"on_one_side", "largest_part"}},
		"unpriced": {"his part and the total are not known, the others' parts are", 0, list{won("a", kpi.Int(5)), won("b", kpi.Int(1))}, list{won("a", unpriced), won("b", kpi.Int(4))},
			[]string{"b 3", "a undefined: unpriced"}, "undefined: unpriced", [2]int64{}, []string{"side_undefined"}},
		"nothing before": {"a sum over nothing is no data, so there is no gap", 0, nil, list{won("a", kpi.Int(5))},
			[]string{"a undefined: no_data"}, "undefined: no_data", [2]int64{}, []string{"side_undefined", "on_one_side"}},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := bridge.Members{Dimension: "owner", Top: test.top}.Bridge(question("won_value"), test.base, test.current)
			if err != nil || test.why == "" {
				t.Fatal(err, test.why)
			}
			same(t, test.why, parts(b), test.want)
			same(t, "findings", codes(b), test.codes)
			if b.Gap.Exact() != test.gap {
				t.Errorf("gap %s, want %s", b.Gap, test.gap)
			}
			if up, down := kpi.Int(test.gross[0]), kpi.Int(test.gross[1]); b.Gap.Defined() && (b.Up != up || b.Down != down) {
				t.Errorf("gross %s and %s, want %s and %s", b.Up, b.Down, up, down)
			}
			addsUp(t, b)
		})
	}
}

// a −30, b 5, d −5, c 0: the largest stands alone and the others come to 0, as
// with Top; the bridge itself stays as it is.
func TestLargest(t *testing.T) {
	base := []kpi.Figure{won("d", kpi.Int(10)), won("b", kpi.Int(10)), won("a", kpi.Int(50)), won("c", kpi.Int(7))}
	current := []kpi.Figure{won("a", kpi.Int(20)), won("b", kpi.Int(15)), won("c", kpi.Int(7)), won("d", kpi.Int(5))}
	q := bridge.Question{Metric: "won_value", Base: bridge.Side{Name: "before"}, Current: bridge.Side{Name: "now"}}
	b, err := bridge.Members{Dimension: "owner"}.Bridge(q, base, current)
	if err != nil {
		t.Fatal(err)
	}
	top := b.Largest(1)
	if len(top.Parts) != 2 || top.Parts[0].ID != "a" || top.Parts[1].Rest != 3 || top.Parts[1].Amount != kpi.Int(0) || top.Gap != b.Gap || len(b.Parts) != 4 || b.Parts[1].ID != "b" {
		t.Errorf("%+v, of %+v", top.Parts, b.Parts)
	}
	for _, n := range []int{-1, 0, 4, 9} {
		if got := b.Largest(n); len(got.Parts) != 4 {
			t.Errorf("the largest %d: %+v", n, got.Parts)
		}
	}
	if again := top.Largest(1); !reflect.DeepEqual(again, top) {
		t.Errorf("of one with a rest: %+v", again.Parts)
	}
}

func TestMembersErrors(t *testing.T) {
	april := won("a", kpi.Int(1))
	april.Period = calendar.Calendar{}.MustParse("2026-04")
	other := won("c", kpi.Int(1))
	other.Metric = "lost_value"
	_, err := bridge.Members{Top: -1}.Bridge(question("won_value"), []kpi.Figure{won("a", kpi.Int(1)), won("a", kpi.Int(2)), april}, []kpi.Figure{other, won("", kpi.Int(1)), won("\xff", kpi.Int(1))})
	same(t, "all at once", problems(err), []string{
		"dimension missing_id", "top below_zero",
		"base[1].owner duplicate_figure", "base[2].period other_period", "base[2].owner duplicate_figure",
		"current[0].metric other_metric", "current[1].owner missing_id", "current[2].owner not_utf8",
	})
}

func drawMembers(t *rapid.T, side string) []kpi.Figure {
	var all []kpi.Figure
	for i := range 7 {
		if rapid.IntRange(0, 4).Draw(t, side+" there") > 0 {
			all = append(all, won(fmt.Sprint(i), kpi.Minor(rapid.Int64Range(-500, 5000).Draw(t, "value"), 2)))
		}
	}
	return all
}

func TestMembersLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, current := drawMembers(t, "base"), drawMembers(t, "current")
		top := rapid.IntRange(0, 5).Draw(t, "top")
		b, err := bridge.Members{Dimension: "owner", Top: top}.Bridge(question("won_value"), base, current)
		if err != nil {
			t.Fatal(err)
		}
		addsUp(t, b)
		if top > 0 && len(b.Parts) > top+1 {
			t.Errorf("%d parts, top %d", len(b.Parts), top)
		}
		back, _ := bridge.Members{Dimension: "owner", Top: top}.Bridge(question("won_value"), current, base)
		negated(t, b, back)
		again, _ := bridge.Members{Dimension: "owner", Top: top}.Bridge(question("won_value"), rapid.Permutation(base).Draw(t, "order"), rapid.Permutation(current).Draw(t, "order"))
		if !reflect.DeepEqual(again, b) {
			t.Errorf("another order gives another bridge")
		}
		all, _ := bridge.Members{Dimension: "owner"}.Bridge(question("won_value"), base, current)
		if all.Gap.Defined() && (all.Up != b.Up || all.Down != b.Down) {
			t.Errorf("gross %s %s, without a rest %s %s", b.Up, b.Down, all.Up, all.Down)
		}
		text, err := json.Marshal(b)
		var read bridge.Bridge
		if err != nil || check.Decode("test", text, &read) != nil || !reflect.DeepEqual(read, b) {
			t.Errorf("%s came back as %+v, %v", text, read, err)
		}
		if !slices.IsSortedFunc(all.Parts, func(x, y bridge.Part) int { return y.Amount.Abs().Compare(x.Amount.Abs()) }) {
			t.Errorf("not by size: %v", parts(all))
		}
	})
}
