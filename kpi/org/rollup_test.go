package org_test

import (
	"encoding/json"
	"errors"
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/org"
	"pgregory.net/rapid"
)

func TestAncestor(t *testing.T) {
	tree := example().At(day("2026-03-05"))
	for _, test := range []struct{ why, unit, kind, want string }{
		{"two above", "n1", "company", "acme"},
		{"one above", "n1", "region", "north"},
		{"itself", "n1", "team", "n1"},
		{"none of the kind", "n1", "desk", ""},
		{"never below", "north", "team", ""},
		{"unknown unit", "x", "team", ""},
		{"compared as bytes", "n1", "Region", ""},
	} {
		if u, ok := tree.Ancestor(test.unit, test.kind); u.ID != test.want || ok != (test.want != "") {
			t.Errorf("%s: %s, want %q", test.why, u.ID, test.want)
		}
	}
	for member, want := range map[string]string{"wang": "north", "ann": "north", "nobody": ""} {
		if u, ok := tree.AncestorOf(member, "region"); u.ID != want || ok != (want != "") {
			t.Errorf("%s is in %s, want %s", member, u.ID, want)
		}
	}
	// The same kind twice on a path: the nearest counts.
	o, err := org.New(org.Structure{Units: []org.Unit{{ID: "a", Kind: "team"}, {ID: "b", Kind: "team", Parent: "a"}, {ID: "c", Parent: "b"}}})
	if err != nil {
		t.Fatal(err)
	}
	if u, _ := o.At(0).Ancestor("c", "team"); u.ID != "b" {
		t.Errorf("the nearest team is %s", u.ID)
	}
}

func TestTopmost(t *testing.T) {
	tree := example().At(day("2026-03-05"))
	for _, test := range []struct {
		why         string
		units, want []string
	}{
		{"a team of a region that is there", []string{"n1", "north", "s1"}, []string{"north", "s1"}},
		{"all under the company", []string{"s1", "north", "acme", "n1"}, []string{"acme"}},
		{"side by side", []string{"south", "north"}, []string{"north", "south"}},
		{"twice", []string{"n1", "n1"}, []string{"n1"}},
		{"unknown", []string{"x", "", "n1"}, []string{"n1"}},
		{"none", nil, nil},
	} {
		before := slices.Clone(test.units)
		if got := tree.Topmost(test.units); !slices.Equal(got, test.want) || !slices.Equal(test.units, before) {
			t.Errorf("%s: %v, want %v", test.why, got, test.want)
		}
	}
}

func TestZeroTreeRollsUpNothing(t *testing.T) {
	var tree org.Tree
	if _, ok := tree.Ancestor("a", ""); ok {
		t.Error("an ancestor")
	}
	if _, ok := tree.AncestorOf("a", ""); ok || tree.PathsOf("a") != nil || tree.Below("") != nil || tree.Leaves("") != nil || tree.OfKind("", "") != nil || tree.Topmost([]string{"a"}) != nil {
		t.Error("the zero Tree is not empty")
	}
}

// Against the obvious model, and no part twice.
func TestRollUpAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStructure(t)
		for i := range s.Units {
			s.Units[i].Kind = []string{"team", "region", ""}[i%3]
		}
		o, err := org.New(s)
		if err != nil {
			t.Skip("not a structure")
		}
		d := day("2026-01-01") + calendar.Day(rapid.Int64Range(0, 40).Draw(t, "day"))
		tree, m := o.At(d), model{s}
		within := func(unit, above string) bool {
			for u := unit; u != ""; u = m.parent(u) {
				if u == above {
					return true
				}
			}
			return false
		}
		for _, top := range s.Units {
			var below, leaves, teams []string
			for _, u := range s.Units {
				if !within(u.ID, top.ID) {
					continue
				}
				below = append(below, u.ID)
				if u.Kind == "team" {
					teams = append(teams, u.ID)
				}
				if !slices.ContainsFunc(s.Units, func(c org.Unit) bool { return c.Parent == u.ID }) {
					leaves = append(leaves, u.ID)
				}
			}
			if !slices.Equal(tree.Below(top.ID), below) || !slices.Equal(tree.Leaves(top.ID), leaves) || !slices.Equal(tree.OfKind(top.ID, "team"), teams) {
				t.Fatalf("below %s: %v, leaves %v, teams %v", top.ID, tree.Below(top.ID), tree.Leaves(top.ID), tree.OfKind(top.ID, "team"))
			}
		}
		picked := rapid.SliceOf(rapid.SampledFrom(s.Units)).Draw(t, "picked")
		var ids []string
		for _, u := range picked {
			ids = append(ids, u.ID)
		}
		for _, leaf := range tree.Leaves("") { // each leaf under the picked is under one of the topmost
			n := 0
			for _, top := range tree.Topmost(ids) {
				if within(leaf, top) {
					n++
				}
			}
			if covered := slices.ContainsFunc(ids, func(id string) bool { return within(leaf, id) }); covered && n != 1 || !covered && n != 0 {
				t.Fatalf("%s lies under %d of %v, picked %v", leaf, n, tree.Topmost(ids), ids)
			}
		}
		for _, member := range []string{"x", "y"} {
			sum := new(big.Rat)
			for i, path := range tree.PathsOf(member) {
				num, den := path.Share.Frac()
				sum.Add(sum, big.NewRat(num, den))
				if unit := tree.UnitsOf(member)[i]; path.Share != unit.Share || !slices.Equal(path.Units, tree.Path(unit.Unit)) {
					t.Fatalf("%s: %v beside %v", member, path, unit)
				}
			}
			if sum.Cmp(big.NewRat(1, 1)) > 0 {
				t.Fatalf("%s counts %s times", member, sum)
			}
			checkChanges(t, o, member)
		}
	})
}

// Units change on the days that Changes gives and on no other.
func checkChanges(t *rapid.T, o *org.Org, member string) {
	changes := o.Changes(member)
	if !slices.IsSorted(changes) || len(slices.Compact(slices.Clone(changes))) != len(changes) {
		t.Fatalf("%v", changes)
	}
	for d := day("2025-12-30"); d < day("2026-03-15"); d++ {
		same := cmp.Equal(o.At(d).UnitsOf(member), o.At(d-1).UnitsOf(member))
		if !same && !slices.Contains(changes, d) {
			t.Fatalf("%s changes on %s, not among %v", member, d, changes)
		}
	}
}

func TestView(t *testing.T) {
	o, at := example(), day("2026-10-01")
	asIs, err := org.AsIs(at)
	if err != nil {
		t.Fatal(err)
	}
	march := day("2026-03-05")
	if got := org.AsWas().Tree(o, march).Day(); got != march {
		t.Errorf("as was on %s", got)
	}
	if got := asIs.Tree(o, march).Day(); got != at {
		t.Errorf("as is on %s", got)
	}
	if d, ok := org.AsWas().Day(); ok || d != 0 || org.AsWas() != (org.View{}) || asIs.Equal(org.AsWas()) {
		t.Error("the zero View is not as was")
	}
	for text, v := range map[string]org.View{"as_was": org.AsWas(), "as_is:2026-10-01": asIs} {
		data, err := json.Marshal(v)
		var back org.View
		if err != nil || string(data) != `"`+text+`"` || json.Unmarshal(data, &back) != nil || back != v || v.String() != text {
			t.Errorf("%s came back as %s, %v", data, back, err)
		}
	}
	for text, class := range map[string]error{`""`: check.ErrUnknown, `"as_is"`: check.ErrUnknown, `"As_was"`: check.ErrUnknown,
		`"as_is:"`: check.ErrInvalid, `"as_is:2026-02-31"`: check.ErrInvalid, `"as_is:1899-01-01"`: check.ErrRange} {
		v := asIs
		if err := json.Unmarshal([]byte(text), &v); !errors.Is(err, class) || v != asIs {
			t.Errorf("%s: %v", text, err)
		}
	}
	if _, err := org.AsIs(0); !errors.Is(err, check.ErrMissing) {
		t.Errorf("no day: %v", err)
	}
	if _, err := org.AsIs(day("2200-12-31") + 1); !errors.Is(err, check.ErrRange) {
		t.Errorf("too late: %v", err)
	}
}

func FuzzView(f *testing.F) {
	f.Add("as_was")
	f.Add("as_is:2026-10-01")
	f.Fuzz(func(t *testing.T, s string) {
		var v org.View
		if v.UnmarshalText([]byte(s)) == nil && v.String() != s {
			t.Fatalf("%q was read as %s", s, v)
		}
	})
}
