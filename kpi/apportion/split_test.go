package apportion_test

import (
	"encoding/json"
	"errors"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

type amounts map[string]int64

func (a amounts) decimals() map[string]decimal.Decimal {
	all := map[string]decimal.Decimal{}
	for key, n := range a {
		all[key] = decimal.NewFromInt(n)
	}
	return all
}

// abc is a list of parts named a, b, c and so on.
func abc(weights ...int64) []apportion.Node {
	nodes := make([]apportion.Node, len(weights))
	for i, w := range weights {
		nodes[i] = node(string(rune('a'+i)), w)
	}
	return nodes
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		name                 string
		method               apportion.Method
		total, step          int64
		floors, caps, locked amounts
		nodes                []apportion.Node
		want                 string
		why                  string // worked by hand
	}{
		{name: "floor", total: 100, floors: amounts{"a": 40}, nodes: abc(1, 3, 1), want: "a=40 b=45 c=15",
			why: "a's share is 20; the other 60 by 3 and 1"},
		{name: "cap", total: 100, caps: amounts{"b": 30}, nodes: abc(1, 3, 1), want: "a=35 b=30 c=35", why: "b's share is 60; the other 70 are halved"},
		{name: "a cap that makes a floor idle", total: 100, floors: amounts{"a": 30}, caps: amounts{"b": 30}, nodes: abc(1, 3, 1),
			want: "a=35 b=30 c=35", why: "alone the floor would bind (20 < 30), but beside the cap a's share is 35"},
		{name: "a floor that makes a cap idle", total: 100, floors: amounts{"c": 70}, caps: amounts{"b": 25}, nodes: abc(1, 3, 1),
			want: "a=8 b=22 c=70", why: "30 left by 1 and 3 is 7.5 and 22.5, under the cap; the tie goes to a"},
		{name: "a share on its cap", method: apportion.FloorToFirst, total: 10, caps: amounts{"a": 5}, nodes: abc(2, 1, 1),
			want: "a=5 b=3 c=2", why: "shares 5, 2.5 and 2.5: the first would get the unit left, but stands on its cap"},
		{name: "lock", total: 100, locked: amounts{"b": 10}, nodes: abc(1, 3, 1), want: "a=45 b=10 c=45", why: "90 are left for two equals"},
		{name: "lock of a weight of zero", total: 100, locked: amounts{"c": 10}, nodes: abc(1, 2, 0), want: "a=30 b=60 c=10", why: "a lock is no receipt by weight"},
		{name: "lock below zero", total: 100, locked: amounts{"c": -20}, nodes: abc(1, 2, 1), want: "a=40 b=80 c=-20", why: "120 are left"},
		{name: "all locked", total: 30, locked: amounts{"a": 10, "b": 20}, nodes: abc(1, 1), want: "a=10 b=20", why: "nothing is left"},
		{name: "steps", total: 1000, step: 100, nodes: abc(1, 1, 1), want: "a=400 b=300 c=300", why: "10 steps over three equals"},
		{name: "rest of the step", total: 1050, step: 100, nodes: abc(1, 1, 1), want: "a=400 b=300 c=350", why: "the 50 left go to the last"},
		{name: "rest to the last that is open", total: 1050, step: 100, locked: amounts{"c": 0}, nodes: abc(1, 1, 1, 0),
			want: "a=500 b=550 c=0 d=0", why: "c is locked and d has no weight: b is the last"},
		{name: "lock that is no multiple", total: 1000, step: 100, locked: amounts{"a": 333}, nodes: abc(1, 1, 1),
			want: "a=333 b=300 c=367", why: "667 left are 6 steps and 67"},
		{name: "floor up and cap down to a step", total: 1000, step: 100, floors: amounts{"a": 410}, caps: amounts{"b": 290}, nodes: abc(1, 1, 1),
			want: "a=500 b=200 c=300", why: "the floor is 500 in steps, the cap 200"},
		{name: "the rest fills the last one's floor", total: 250, step: 100, floors: amounts{"b": 150}, nodes: abc(3, 1),
			want: "a=100 b=150", why: "b needs one step beside the rest of 50"},
		{name: "a total smaller than a step", total: 7, step: 10, nodes: abc(3, 1), want: "a=0 b=7", why: "no step, the rest to the last"},
		{name: "below zero", total: -100, floors: amounts{"b": -30}, nodes: abc(1, 3, 1), want: "a=-35 b=-30 c=-35", why: "the opposite of the cap"},
		{name: "cap below zero", total: -100, caps: amounts{"a": -40}, nodes: abc(1, 3, 1), want: "a=-40 b=-45 c=-15", why: "the opposite of the floor"},
		{name: "rest below zero", total: -1050, step: 100, nodes: abc(1, 1, 1), want: "a=-400 b=-300 c=-350", why: "the opposite of 1050"},
		{name: "nothing", total: 0, step: 100, floors: amounts{"a": -5, "b": 0}, caps: amounts{"a": 5}, nodes: abc(1, 1), want: "a=0 b=0", why: "zero is inside"},
		{name: "tree", total: 1050, step: 100, locked: amounts{"b": 250}, nodes: []apportion.Node{node("a", 1), node("b", 0, abc(1, 1)...)},
			want: "a=800 b=250[a=100 b=150]", why: "below the lock 250 are 2 steps and 50"},
		{name: "carry with a cap", method: apportion.CarryFromLast, total: 100, caps: amounts{"a": 10}, nodes: abc(1, 1, 1), want: "a=10 b=45 c=45",
			why: "the level is 45 for b and c"},
		{name: "carry drifts", method: apportion.CarryFromLast, total: 999, nodes: abc(1000, 1, 1, 1), want: "a=999 b=0 c=0 d=0",
			why: "999/1003, 999/1002 and 999/1001 are under one; a's share is 996.01"},
		{name: "carry does not drift through a cap", method: apportion.CarryFromLast, total: 999, caps: amounts{"a": 997}, nodes: abc(1000, 1, 1, 1),
			want: "a=997 b=2 c=0 d=0", why: "a takes 997 at most, and b is the last that can take the other two"},
		{name: "smaller to the largest ratio", method: apportion.LargestRatio, total: 125, nodes: abc(495, 505), want: "a=61 b=64", why: "61.875 and 63.125"},
		{name: "to the first that may receive", method: apportion.FloorToFirst, total: 101, nodes: abc(0, 1, 1), want: "a=0 b=51 c=50", why: "a has no weight"},
		{name: "floor negative", method: apportion.LargestRemainderFloorNegative, total: -5, nodes: abc(7, 3), want: "a=-3 b=-2",
			why: "−3.5 and −1.5 go down to −4 and −2, and the unit that is too much is taken back from the first"},
	} {
		t.Run(c.name, func(t *testing.T) {
			split := apportion.Split{Method: c.method, Step: decimal.NewFromInt(c.step),
				Floors: c.floors.decimals(), Caps: c.caps.decimals(), Locked: c.locked.decimals()}
			division, err := split.Divide(decimal.NewFromInt(c.total), c.nodes)
			if got := lines(division.Parts); err != nil || got != c.want || c.why == "" {
				t.Errorf("got %s, %v; want %s (%s)", got, err, c.want, c.why)
			}
			if err := split.Validate(); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestSplitInfeasible names the part and by how much.
func TestSplitInfeasible(t *testing.T) {
	for _, c := range []struct {
		name                 string
		total, step          int64
		floors, caps, locked amounts
		weights              []int64
		want                 []string // path, code and by
		why                  string   // worked by hand
	}{
		{"floors", 100, 0, amounts{"a": 70, "b": 45}, nil, nil, []int64{1, 1}, []string{"floors.a limits_beyond_total 15"}, "115 are asked, a asks 20 beyond its 50"},
		{"caps", 100, 0, nil, amounts{"a": 40, "b": 30}, nil, []int64{1, 1}, []string{"caps.b limits_short_of_total 30"}, "70 can be given, b is 20 short of its 50"},
		{"floor over cap", 100, 0, amounts{"a": 50}, amounts{"a": 40}, nil, []int64{1, 1}, []string{"floors.a floor_above_cap 10"}, "50 − 40"},
		{"lock and limits", 100, 0, amounts{"a": 50}, amounts{"b": 40}, amounts{"a": 45, "b": 42}, []int64{1, 1, 1},
			[]string{"locked.a lock_below_floor 5", "locked.b lock_above_cap 2"}, "45 < 50, 42 > 40"},
		{"locks beyond", 100, 0, nil, nil, amounts{"a": 30, "b": 80}, []int64{1, 1, 1}, []string{"locked.b locks_beyond_total 10"}, "110 are locked"},
		{"locks of nothing", 0, 0, nil, nil, amounts{"a": 30}, []int64{1, 1}, []string{"locked.a locks_beyond_total 30"}, "b would be below zero"},
		{"locks short", 100, 0, nil, nil, amounts{"a": 30, "b": 60}, []int64{1, 1, 0}, []string{"locked.b locks_short_of_total 10"}, "c has no weight to take 10"},
		{"floor without weight", 100, 0, amounts{"b": 1}, nil, nil, []int64{1, 0}, []string{"floors.b limit_without_weight 1"}, "a weight of zero never receives"},
		{"floor without weight, locks beyond", 100, 0, amounts{"b": 1}, nil, amounts{"a": 110}, []int64{1, 0}, []string{"floors.b limit_without_weight 1", "locked.a locks_beyond_total 10"}, "neither is because of the other"},
		{"cap below zero", 100, 0, nil, amounts{"b": -3}, nil, []int64{1, 1}, []string{"caps.b limit_beyond_zero 3"}, "parts have the sign of the total"},
		{"floor above zero", -100, 0, amounts{"b": 3}, nil, nil, []int64{1, 1}, []string{"floors.b limit_beyond_zero 3"}, "parts have the sign of the total"},
		{"below zero", -100, 0, nil, amounts{"a": -70, "b": -45}, nil, []int64{1, 1}, []string{"caps.a limits_beyond_total 15"}, "the opposite of the first"},
		{"no step between", 1000, 100, amounts{"a": 310}, amounts{"a": 390}, nil, []int64{1, 1}, []string{"caps.a no_step_within_limits 10"}, "400 is 10 above 390"},
		{"no room for the rest", 1050, 100, nil, amounts{"b": 20}, nil, []int64{1, 1}, []string{"caps.b no_step_within_limits 30"}, "b must take the 50"},
	} {
		t.Run(c.name, func(t *testing.T) {
			split := apportion.Split{Step: decimal.NewFromInt(c.step), Floors: c.floors.decimals(), Caps: c.caps.decimals(), Locked: c.locked.decimals()}
			division, err := split.Divide(decimal.NewFromInt(c.total), abc(c.weights...))
			var got []string
			for _, e := range check.All(err) {
				got = append(got, e.Path+" "+e.Code+" "+e.Args["by"])
			}
			if diff := cmp.Diff(c.want, got); diff != "" || !errors.Is(err, check.ErrInfeasible) || c.why == "" || division.Parts != nil {
				t.Errorf("%s: %s\n%v", c.why, diff, err)
			}
		})
	}
}

func TestSplitErrors(t *testing.T) {
	whole := decimal.NewFromInt
	bad := apportion.Split{Method: 99, Scale: 0, Step: whole(-1),
		Floors: map[string]decimal.Decimal{"z": whole(1), "a": decimal.New(5, -1)},
		Caps:   map[string]decimal.Decimal{"a": decimal.New(1, 40)},
		Locked: map[string]decimal.Decimal{"": whole(1)}}
	_, err := bad.Divide(decimal.New(5, -1), []apportion.Node{node("a", -1), node("a", 1)})
	wantProblems(t, err, check.ErrUnknown, []string{
		"total not_a_multiple_of_unit", "method unknown_method", "step negative_step",
		"floors.a not_a_multiple_of_unit", "floors.z unknown_key", "caps.a number_too_large", "locked unknown_key",
		"children[0].weight negative_weight", "children[1].key duplicate_key",
	})
	wantProblems(t, bad.Validate(), check.ErrRange, []string{"method unknown_method", "step negative_step",
		"floors.a not_a_multiple_of_unit", "caps.a number_too_large"})
	_, err = apportion.Split{Scale: 19}.Divide(whole(1), abc(1))
	wantProblems(t, err, check.ErrRange, []string{"scale scale_out_of_range"})
	limits := apportion.Split{Scale: 19, Step: whole(-1), Floors: amounts{"a": 50}.decimals(), Caps: amounts{"a": 40, "z": 1}.decimals()}
	_, err = limits.Divide(whole(1), abc(-1)) // one problem hides no other
	wantProblems(t, err, check.ErrRange, []string{"scale scale_out_of_range", "step negative_step", "caps.z unknown_key", "floors.a floor_above_cap", "children[0].weight negative_weight"})
	_, err = apportion.Split{}.Divide(whole(1), abc(0, 0))
	wantProblems(t, err, check.ErrInfeasible, []string{"children all_weights_zero"})
	_, err = apportion.Split{Locked: amounts{"a": 1}.decimals()}.Divide(whole(1), nil)
	wantProblems(t, err, check.ErrInfeasible, []string{"locked.a unknown_key", "children no_weights"})
	_, err = apportion.Split{Method: apportion.FloorSeparate}.Divide(whole(1), []apportion.Node{node("a", 1, abc(1)...)})
	wantProblems(t, err, check.ErrInvalid, []string{"children[0].children rest_in_tree"})
	_, err = apportion.Split{Step: decimal.New(5, -3), Scale: 2}.Divide(whole(1), abc(1))
	wantProblems(t, err, check.ErrInvalid, []string{"step not_a_multiple_of_unit"})
	_, err = apportion.Split{}.Fractions(whole(1), map[string]*big.Rat{"": big.NewRat(1, 2), "a": nil, "b": big.NewRat(-1, 2)})
	wantProblems(t, err, check.ErrMissing, []string{"weights missing_key", "weights.a missing_weight", "weights.b negative_weight"})
	_, err = apportion.Split{}.Fractions(whole(1), map[string]*big.Rat{"a": new(big.Rat)})
	wantProblems(t, err, check.ErrInfeasible, []string{"weights all_weights_zero"})
	_, err = apportion.Split{}.Fractions(whole(1), nil)
	wantProblems(t, err, check.ErrInfeasible, []string{"weights no_weights"})
}

func TestSplitFindings(t *testing.T) {
	division, err := apportion.Split{Step: decimal.NewFromInt(100)}.Divide(decimal.NewFromInt(-1050), abc(1, 1))
	if err != nil {
		t.Fatal(err)
	}
	want := []check.Finding{{Code: "rest_of_step", Subject: "b", Args: map[string]string{"rest": "-50", "step": "100"}}}
	if diff := cmp.Diff(want, division.Findings); diff != "" {
		t.Error(diff)
	}
	for _, f := range division.Findings {
		for lang, sentence := range map[string]string{
			"en": "The total is no multiple of 100: b, the last open part, also gets the -50 that is left.",
			"zh": "总额不是 100 的整数倍，余下的 -50 计入最后一个未锁定的部分 b。",
		} {
			if got := apportion.Findings().Text(f, lang); got != sentence {
				t.Errorf("%s: %s", lang, got)
			}
		}
	}
}

func TestMethodWords(t *testing.T) {
	for m := apportion.LargestRemainder; m <= apportion.FloorSeparate; m++ {
		text, err := m.MarshalText()
		var back apportion.Method
		if err != nil || string(text) != m.String() || back.UnmarshalText(text) != nil || back != m {
			t.Errorf("%d: %s, %v, read as %d", m, text, err, back)
		}
	}
	m := apportion.FloorToFirst
	if err := m.UnmarshalText([]byte("round_robin")); !errors.Is(err, check.ErrUnknown) || m != apportion.FloorToFirst {
		t.Errorf("%v, left %v", err, m)
	}
	if err := m.UnmarshalText([]byte("shopify_nearest")); err != nil || m != apportion.LargestRemainder {
		t.Errorf("%v, read as %v", err, m)
	}
}

func TestSplitJSON(t *testing.T) {
	split := apportion.Split{Method: apportion.LargestRatio, Scale: 2, Step: decimal.New(50, -1),
		Floors: map[string]decimal.Decimal{"b": decimal.New(100, -2), "a": decimal.New(-3, 0)},
		Locked: map[string]decimal.Decimal{"c": decimal.New(2, 2)}}
	const want = `{"method":"largest_ratio","scale":2,"step":"5.0","floors":{"a":"-3","b":"1.00"},"locked":{"c":"200"}}`
	data, err := json.Marshal(split)
	if err != nil || string(data) != want {
		t.Fatalf("got %s, %v; want %s", data, err, want)
	}
	var back apportion.Split
	if err := check.Decode("test", data, &back); err != nil {
		t.Fatal(err)
	}
	if again, err := json.Marshal(back); err != nil || string(again) != want {
		t.Errorf("read and written again: %s, %v", again, err)
	}
	zero, err := json.Marshal(apportion.Split{})
	if err != nil || string(zero) != `{"method":"largest_remainder","scale":0}` {
		t.Errorf("the zero value: %s, %v", zero, err)
	}
	err = check.Decode("test", []byte(`{"method":"best","floors":{"a":"x"},"ceiling":1}`), &back)
	var got []string
	for _, e := range check.All(err) {
		got = append(got, e.Path+" "+e.Code)
	}
	if diff := cmp.Diff([]string{"ceiling unknown_field", "floors.a not_a_number", "method unknown_word"}, got); diff != "" {
		t.Error(diff)
	}

	division, err := apportion.Split{Scale: 2, Method: apportion.FloorSeparate}.Divide(decimal.NewFromInt(1), abc(1, 2))
	if err != nil {
		t.Fatal(err)
	}
	const parts = `{"parts":[{"key":"a","amount":"0.33"},{"key":"b","amount":"0.66"}],"rest":"0.01","findings":[]}`
	data, err = json.Marshal(division)
	if err != nil || string(data) != parts {
		t.Fatalf("got %s, %v; want %s", data, err, parts)
	}
	var read apportion.Division
	if err := check.Decode("test", data, &read); err != nil {
		t.Fatal(err)
	}
	if again, err := json.Marshal(read); err != nil || string(again) != parts {
		t.Errorf("read and written again: %s, %v", again, err)
	}
	if empty, err := json.Marshal(apportion.Division{}); err != nil || string(empty) != `{"parts":[],"rest":"0","findings":[]}` {
		t.Errorf("the zero value: %s, %v", empty, err)
	}
}
