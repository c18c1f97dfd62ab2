package org_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/org"
	"pgregory.net/rapid"
)

func day(text string) calendar.Day { return calendar.MustDay(text) }

func long(id string) string { return strings.Repeat(id, 36) }

func TestNewRefuses(t *testing.T) {
	half, third := share(t, "0.5"), share(t, "1/3")
	a := []org.Unit{{ID: "a"}}
	ab := []org.Unit{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	for name, test := range map[string]struct {
		why string
		s   org.Structure
		as  error
		// path, code, value and the argument that says most
		want []string
	}{
		"unit without ID": {"nothing can refer to it", org.Structure{Units: []org.Unit{{Name: "A"}}}, check.ErrMissing,
			[]string{"units[0].id missing_id  "}},
		"duplicate unit": {"the same row twice", org.Structure{Units: []org.Unit{{ID: "a"}, {ID: "a"}}}, check.ErrDuplicate,
			[]string{"units[1].id duplicate_id a units[0].id"}},
		"two parents": {"which is it?", org.Structure{Units: []org.Unit{{ID: "a"}, {ID: "b"}, {ID: "c", Parent: "a"}, {ID: "c", Parent: "b"}}}, check.ErrDuplicate,
			[]string{"units[3].parent two_parents c units[2].parent"}},
		"parent and none": {"a root cannot have one", org.Structure{Units: []org.Unit{{ID: "a"}, {ID: "c"}, {ID: "c", Parent: "a"}}}, check.ErrDuplicate,
			[]string{"units[2].parent two_parents c units[1].parent"}},
		"unknown parent": {"leads nowhere", org.Structure{Units: []org.Unit{{ID: "a", Parent: "z"}}}, check.ErrUnknown,
			[]string{"units[0].parent unknown_unit z "}},
		"own parent": {"the shortest cycle", org.Structure{Units: []org.Unit{{ID: "a", Parent: "a"}}}, check.ErrCycle,
			[]string{"units[0].parent parent_cycle a a → a"}},
		"cycle": {"named in full, once, and not for what hangs below it",
			org.Structure{Units: []org.Unit{{ID: "x", Parent: "b"}, {ID: "c", Parent: "a"}, {ID: "a", Parent: "b"}, {ID: "b", Parent: "c"}}}, check.ErrCycle,
			[]string{"units[1].parent parent_cycle c c → a → b → c"}},
		"two cycles": {"each once", org.Structure{Units: []org.Unit{{ID: "a", Parent: "b"}, {ID: "b", Parent: "a"}, {ID: "c", Parent: "c"}}}, check.ErrCycle,
			[]string{"units[0].parent parent_cycle a a → b → a", "units[2].parent parent_cycle c c → c"}},
		"long cycle": {"in full with IDs as long as UUIDs",
			org.Structure{Units: []org.Unit{{ID: long("a"), Parent: long("b")}, {ID: long("b"), Parent: long("c")}, {ID: long("c"), Parent: long("a")}}}, check.ErrCycle,
			[]string{"units[0].parent parent_cycle " + long("a") + " " + long("a") + " → " + long("b") + " → " + long("c") + " → " + long("a")}},
		"member without ID": {"nothing can refer to it", org.Structure{Members: []org.Member{{Name: "Ann"}}}, check.ErrMissing,
			[]string{"members[0].id missing_id  "}},
		"duplicate member": {"the same row twice", org.Structure{Members: []org.Member{{ID: "ann"}, {ID: "ann", Name: "Ann"}}}, check.ErrDuplicate,
			[]string{"members[1].id duplicate_id ann members[0].id"}},
		"empty assignment": {"who and where", org.Structure{Units: a, Assignments: []org.Assignment{{}}}, check.ErrMissing,
			[]string{"assignments[0].member missing_member  ", "assignments[0].unit missing_unit  "}},
		"unknown unit": {"leads nowhere", org.Structure{Units: a, Assignments: []org.Assignment{{Member: "ann", Unit: "A"}}}, check.ErrUnknown,
			[]string{"assignments[0].unit unknown_unit A "}},
		"unknown member": {"a mistyped ID is found where members are listed",
			org.Structure{Units: a, Members: []org.Member{{ID: "ann"}}, Assignments: []org.Assignment{{Member: "amn", Unit: "a"}}}, check.ErrUnknown,
			[]string{"assignments[0].member unknown_member amn "}},
		"backwards": {"ends before it begins, and on the day it begins",
			org.Structure{Units: a, Assignments: []org.Assignment{
				{Member: "ann", Unit: "a", From: day("2026-02-01"), To: day("2026-01-01")},
				{Member: "bob", Unit: "a", From: day("2026-02-01"), To: day("2026-02-01")}}}, check.ErrInvalid,
			[]string{"assignments[0].to to_not_after_from 2026-01-01 2026-02-01", "assignments[1].to to_not_after_from 2026-02-01 2026-02-01"}},
		"outside": {"days made by arithmetic", org.Structure{Units: a, Assignments: []org.Assignment{{Member: "ann", Unit: "a", From: 5, To: day("2200-12-31") + 1}}}, check.ErrRange,
			[]string{"assignments[0].from year_out_of_range 1 ", "assignments[0].to year_out_of_range 2201 "}},
		"two whole": {"one person, two places",
			org.Structure{Units: ab, Assignments: []org.Assignment{{Member: "ann", Unit: "a", From: day("2026-01-01")}, {Member: "ann", Unit: "b", From: day("2026-06-01")}}}, check.ErrOverlap,
			[]string{"assignments[1].share shares_exceed_one 2 assignments[0]"}},
		"one day": {"To is the first day no longer: 30 June is too much, 1 July is not",
			org.Structure{Units: ab, Assignments: []org.Assignment{{Member: "ann", Unit: "b", From: day("2026-06-30")}, {Member: "ann", Unit: "a", To: day("2026-07-01")}}}, check.ErrOverlap,
			[]string{"assignments[0].share shares_exceed_one 2 assignments[1]"}},
		"three parts": {"1/2 + 1/3 + 1/3 = 7/6",
			org.Structure{Units: ab, Assignments: []org.Assignment{{Member: "ann", Unit: "a", Share: half}, {Member: "ann", Unit: "b", Share: third}, {Member: "ann", Unit: "c", Share: third}}}, check.ErrOverlap,
			[]string{"assignments[2].share shares_exceed_one 7/6 assignments[0]"}},
		"refused is out": {"one overlap is not blamed on what follows",
			org.Structure{Units: ab, Assignments: []org.Assignment{{Member: "ann", Unit: "a", To: day("2026-03-01")}, {Member: "ann", Unit: "b"}, {Member: "ann", Unit: "c", From: day("2026-03-01")}}}, check.ErrOverlap,
			[]string{"assignments[1].share shares_exceed_one 2 assignments[0]"}},
		"same unit": {"twice in one unit, even by halves",
			org.Structure{Units: a, Assignments: []org.Assignment{{Member: "ann", Unit: "a", Share: half}, {Member: "ann", Unit: "a", Share: third}}}, check.ErrOverlap,
			[]string{"assignments[1].unit same_unit_twice a assignments[0]"}},
		"all at once": {"in input order",
			org.Structure{Units: []org.Unit{{ID: "a", Parent: "z"}, {}}, Members: []org.Member{{}}, Assignments: []org.Assignment{{Member: "ann", Unit: "y"}}}, check.ErrUnknown,
			[]string{"units[0].parent unknown_unit z ", "units[1].id missing_id  ", "members[0].id missing_id  ", "assignments[0].member unknown_member ann ", "assignments[0].unit unknown_unit y "}},
	} {
		t.Run(name, func(t *testing.T) {
			o, err := org.New(test.s)
			var got []string
			for _, e := range check.All(err) {
				got = append(got, strings.Join([]string{e.Path, e.Code, e.Value, e.Args["cycle"] + e.Args["other_path"] + e.Args["from"]}, " "))
				if e.Code == "shares_exceed_one" || e.Code == "same_unit_twice" {
					got[len(got)-1] = strings.Join([]string{e.Path, e.Code, e.Value, e.Args["other"]}, " ")
				}
				if e.Op != "org.New" {
					t.Errorf("op %q", e.Op)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" || o != nil || !errors.Is(err, test.as) {
				t.Errorf("%s (-want +got):\n%s", test.why, diff)
			}
			if test.s.Validate() == nil {
				t.Error("Validate says otherwise")
			}
		})
	}
}

func TestNewAccepts(t *testing.T) {
	half, third := share(t, "0.5"), share(t, "1/3")
	ab := []org.Unit{{ID: "a"}, {ID: "b"}, {ID: "c"}}
	for name, s := range map[string]org.Structure{
		"nothing":          {},
		"several roots":    {Units: ab},
		"child first":      {Units: []org.Unit{{ID: "b", Parent: "a"}, {ID: "a"}}},
		"thirds":           {Units: ab, Assignments: []org.Assignment{{Member: "x", Unit: "a", Share: third}, {Member: "x", Unit: "b", Share: third}, {Member: "x", Unit: "c", Share: third}}},
		"less than one":    {Units: ab, Assignments: []org.Assignment{{Member: "x", Unit: "a", Share: half}}},
		"one after other":  {Units: ab, Assignments: []org.Assignment{{Member: "x", Unit: "b", From: day("2026-07-01")}, {Member: "x", Unit: "a", To: day("2026-07-01")}}},
		"back to the unit": {Units: ab, Assignments: []org.Assignment{{Member: "x", Unit: "a", To: day("2026-03-01")}, {Member: "x", Unit: "a", From: day("2026-07-01")}}},
		"unit and above":   {Units: []org.Unit{{ID: "a"}, {ID: "b", Parent: "a"}}, Assignments: []org.Assignment{{Member: "x", Unit: "a", Share: half}, {Member: "x", Unit: "b", Share: half}}},
		"same ID in two":   {Units: ab, Members: []org.Member{{ID: "a"}}, Assignments: []org.Assignment{{Member: "a", Unit: "a"}}},
	} {
		if _, err := org.New(s); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTree(t *testing.T) {
	o := example()
	spring, autumn := o.At(day("2026-06-30")), o.At(day("2026-07-01"))
	for name, test := range map[string]struct{ got, want []string }{
		"roots":             {spring.Roots(), []string{"acme"}},
		"children sorted":   {spring.Children("acme"), []string{"north", "south"}},
		"children of leaf":  {spring.Children("n1"), nil},
		"children unknown":  {spring.Children("x"), nil},
		"path":              {spring.Path("n1"), []string{"acme", "north", "n1"}},
		"path of root":      {spring.Path("acme"), []string{"acme"}},
		"path unknown":      {spring.Path("x"), nil},
		"path of nothing":   {spring.Path(""), nil},
		"last day before":   {spring.PathOf("wang"), []string{"acme", "north", "n1"}},
		"first day after":   {autumn.PathOf("wang"), []string{"acme", "south", "s1"}},
		"path of nobody":    {spring.PathOf("x"), nil},
		"members deep":      {spring.Members("acme"), []string{"ann", "wang"}},
		"members left":      {autumn.Members("north"), []string{"ann"}},
		"members of all":    {autumn.Members(""), []string{"ann", "wang"}},
		"members unknown":   {autumn.Members("x"), nil},
		"direct":            {spring.DirectMembers("n1"), []string{"ann", "wang"}},
		"direct above":      {spring.DirectMembers("north"), nil},
		"members on no day": {o.At(0).Members(""), nil},
		"path on no day":    {o.At(0).PathOf("ann"), nil},
		"units on no day":   {o.At(0).Path("n1"), []string{"acme", "north", "n1"}},
	} {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if !spring.Within("n1", "n1") || !spring.Within("n1", "acme") || !spring.Within("n1", "") ||
		spring.Within("acme", "n1") || spring.Within("x", "") || spring.Within("x", "x") || spring.Within("", "") {
		t.Error("Within is wrong")
	}
	if spring.Day() != day("2026-06-30") {
		t.Error("another day")
	}
}

func TestZeroTreeIsEmpty(t *testing.T) {
	var tree org.Tree
	if tree.Roots() != nil || tree.Children("a") != nil || tree.Path("a") != nil || tree.PathOf("a") != nil ||
		tree.UnitsOf("a") != nil || tree.Members("a") != nil || tree.DirectMembers("a") != nil || tree.Within("a", "a") || tree.Day() != 0 {
		t.Error("the zero Tree holds something")
	}
}

func TestNamesOfMembers(t *testing.T) {
	o, err := org.New(org.Structure{Units: []org.Unit{{ID: "a"}}, Assignments: []org.Assignment{{Member: "zoe", Unit: "a"}, {Member: "ann", Unit: "a"}}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]org.Member{{ID: "ann"}, {ID: "zoe"}}, o.Members()); diff != "" {
		t.Errorf("who is assigned is a member (-want +got):\n%s", diff)
	}
	if _, ok := o.Member("bob"); ok {
		t.Error("bob is nobody")
	}
	if _, ok := o.Unit("b"); ok {
		t.Error("b is no unit")
	}
	if units := example().Units(); len(units) != 5 || units[0].ID != "acme" || units[4].ID != "south" {
		t.Errorf("units are %v", units)
	}
}

func TestDays(t *testing.T) {
	o, err := org.New(org.Structure{
		Units: []org.Unit{{ID: "top"}, {ID: "a", Parent: "top"}, {ID: "b", Parent: "top"}},
		Assignments: []org.Assignment{
			{Member: "ann", Unit: "a", From: day("2026-01-10"), To: day("2026-01-20"), Share: share(t, "0.5")},
			{Member: "ann", Unit: "b", From: day("2026-01-15"), To: day("2026-01-25"), Share: share(t, "0.5")},
			{Member: "ann", Unit: "a", From: day("2026-02-01")},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	var c calendar.Calendar
	for _, test := range []struct {
		why, unit, period string
		want              int64
	}{
		{"10 to 19 January", "a", "2026-01", 10},
		{"15 to 24 January", "b", "2026-01", 10},
		{"10 to 24 January, shared days once", "top", "2026-01", 15},
		{"the same for all units", "", "2026-01", 15},
		{"open end: the whole of February", "a", "2026-02", 28},
		{"10 in January, 28 + 31", "a", "2026-Q1", 69},
		{"before", "a", "2025", 0},
		{"one day", "a", "2026-01-19", 1},
		{"the day that belongs no longer", "a", "2026-01-20", 0},
		{"no such unit", "x", "2026", 0},
	} {
		if got := o.Days("ann", test.unit, c.MustParse(test.period)); got != test.want {
			t.Errorf("%s: got %d, want %d", test.why, got, test.want)
		}
	}
	if o.Days("bob", "a", c.MustParse("2026")) != 0 || o.Days("ann", "a", calendar.Period{}) != 0 {
		t.Error("nobody, or no period, has days")
	}
}

func TestFindings(t *testing.T) {
	o, err := org.New(org.Structure{
		Units:   []org.Unit{{ID: "a"}, {ID: "b"}},
		Members: []org.Member{{ID: "zoe"}, {ID: "ann"}, {ID: "bob"}},
		Assignments: []org.Assignment{
			{Member: "bob", Unit: "a", From: day("2026-06-01")}, // given out of order
			{Member: "bob", Unit: "a", To: day("2026-02-01"), Share: share(t, "0.5")},
			{Member: "bob", Unit: "b", From: day("2026-01-01"), To: day("2026-05-31"), Share: share(t, "0.5")}, // the gap is one day
			{Member: "zoe", Unit: "a", To: day("2026-03-01")},                                                  // left, which is no gap
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []check.Finding{
		{Code: "member_unassigned", Severity: check.Info, Subject: "ann"},
		{Code: "assignment_gap", Severity: check.Warning, Subject: "bob", Args: check.Args("first", "2026-05-31", "last", "2026-05-31", "days", 1)},
	}
	got := o.Findings()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, f := range got {
		for _, lang := range []string{"en", "zh"} {
			if text := org.Findings().Text(f, lang); strings.ContainsAny(text, "{}") || text == f.Code+" "+f.Subject {
				t.Errorf("%s in %s: %s", f.Code, lang, text)
			}
		}
	}
	got[1].Args["days"], got[0].Code = "9", "x"
	if cmp.Diff(want, o.Findings()) != "" {
		t.Error("a caller changed the findings")
	}
	if example().Findings() == nil {
		t.Error("no findings must marshal as []")
	}
}

func TestInputAndOutputAreApart(t *testing.T) {
	s := company()
	o, err := org.New(s)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(company(), s, cmp.AllowUnexported(org.Share{})); diff != "" {
		t.Errorf("New changed its input:\n%s", diff)
	}
	s.Units[1].Parent, s.Assignments[0].Unit, s.Members[0].Name = "", "s1", "x"
	out := o.Structure()
	out.Units[0].ID, out.Assignments[1].Member = "x", "x"
	tree := o.At(day("2026-03-05"))
	tree.Children("acme")[0], tree.Members("acme")[0], tree.Path("n1")[0] = "x", "x", "x"
	if diff := cmp.Diff(company(), o.Structure(), cmp.AllowUnexported(org.Share{})); diff != "" {
		t.Errorf("the Org changed:\n%s", diff)
	}
	if tree.Children("acme")[0] != "north" || tree.Members("acme")[0] != "ann" || tree.Path("n1")[0] != "acme" {
		t.Error("the tree changed")
	}
}

func TestStructureJSONRefuses(t *testing.T) {
	for name, test := range map[string]struct {
		why, data string
		want      []string
	}{
		"no schema":     {"a stored document says what it is", `{"units":[]}`, []string{"schema missing_schema"}},
		"other schema":  {"a later major is not guessed at", `{"schema":"saleskpi/org/2"}`, []string{"schema unknown_schema"}},
		"unknown field": {"with its path", `{"schema":"saleskpi/org/1","units":[{"id":"a","parents":[]}]}`, []string{"units[0].parents unknown_field"}},
		"several":       {"all at once", `{"schema":"saleskpi/org/1","assignments":[{"from":"2026-13-01"},{"share":"2"},{"share":0.5}]}`, []string{"assignments[0].from not_a_day", "assignments[1].share share_out_of_range", "assignments[2].share wrong_type"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := company()
			var got []string
			for _, e := range check.All(json.Unmarshal([]byte(test.data), &s)) {
				got = append(got, e.Path+" "+e.Code)
			}
			if diff := cmp.Diff(test.want, got); diff != "" || len(s.Units) != 5 {
				t.Errorf("%s (-want +got):\n%s", test.why, diff)
			}
		})
	}
	s := company()
	if err := json.Unmarshal([]byte("null"), &s); err != nil || len(s.Units) != 5 {
		t.Errorf("null changed the structure, %v", err)
	}
	if data, err := json.Marshal(org.Structure{}); string(data) != `{"schema":"saleskpi/org/1","units":[],"members":[],"assignments":[]}` || err != nil {
		t.Errorf("the empty structure is %s, %v", data, err)
	}
}

// drawStructure draws units in a forest, few members, and assignments that
// may overlap.
func drawStructure(t *rapid.T) org.Structure {
	var s org.Structure
	for i := range rapid.IntRange(1, 8).Draw(t, "units") {
		u := org.Unit{ID: "u" + strconv.Itoa(i)}
		if i > 0 && rapid.Bool().Draw(t, "has parent") {
			u.Parent = "u" + strconv.Itoa(rapid.IntRange(0, i-1).Draw(t, "parent"))
		}
		s.Units = append(s.Units, u)
	}
	days := rapid.Int64Range(0, 30)
	for range rapid.IntRange(0, 6).Draw(t, "assignments") {
		a := org.Assignment{
			Member: rapid.SampledFrom([]string{"x", "y"}).Draw(t, "member"),
			Unit:   rapid.SampledFrom(s.Units).Draw(t, "unit").ID,
			Share:  rapid.SampledFrom([]org.Share{{}, share(t, "0.5"), share(t, "1/3")}).Draw(t, "share"),
		}
		if rapid.Bool().Draw(t, "has from") {
			a.From = day("2026-01-01") + calendar.Day(days.Draw(t, "from"))
		}
		if rapid.Bool().Draw(t, "has to") {
			a.To = max(a.From, day("2026-01-01")) + calendar.Day(days.Draw(t, "length")) + 1
		}
		s.Assignments = append(s.Assignments, a)
	}
	return s
}

// model answers day by day from the records themselves.
type model struct{ s org.Structure }

func (m model) parent(unit string) string {
	for _, u := range m.s.Units {
		if u.ID == unit {
			return u.Parent
		}
	}
	return ""
}

func (m model) belongs(member, unit string, d calendar.Day) bool {
	for _, a := range m.s.Assignments {
		if a.Member != member || a.From > d || !a.To.IsZero() && a.To <= d {
			continue
		}
		for u := a.Unit; u != ""; u = m.parent(u) {
			if u == unit {
				return true
			}
		}
	}
	return false
}

func (m model) valid(d calendar.Day) bool {
	sum, in := map[string]int{}, map[string]bool{} // shares in sixths
	for _, a := range m.s.Assignments {
		if a.From > d || !a.To.IsZero() && a.To <= d {
			continue
		}
		num, den := a.Share.Frac()
		sum[a.Member] += int(num * 6 / den)
		key := a.Member + " " + a.Unit
		if sum[a.Member] > 6 || in[key] {
			return false
		}
		in[key] = true
	}
	return true
}

func TestOrgAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStructure(t)
		m, from, to := model{s}, day("2025-12-30"), day("2026-03-15")
		valid := true
		for d := from; d < to; d++ {
			valid = valid && m.valid(d)
		}
		o, err := org.New(s)
		if (err == nil) != valid {
			t.Fatalf("valid day by day: %v, New says %v", valid, err)
		}
		if err != nil {
			return
		}
		period, err := calendar.NewPeriod(from, to)
		if err != nil {
			t.Fatal(err)
		}
		for _, u := range s.Units {
			counted := map[string]int64{}
			for d := from; d < to; d++ {
				var want []string
				for _, member := range []string{"x", "y"} {
					if m.belongs(member, u.ID, d) {
						want = append(want, member)
						counted[member]++
					}
				}
				if got := o.At(d).Members(u.ID); !slices.Equal(got, want) {
					t.Fatalf("in %s on %s: got %v, want %v", u.ID, d, got, want)
				}
			}
			for _, member := range []string{"x", "y"} {
				if got := o.Days(member, u.ID, period); got != counted[member] {
					t.Fatalf("%s in %s: %d days, want %d", member, u.ID, got, counted[member])
				}
			}
		}
	})
}

func TestOrderOfRecordsDoesNotCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStructure(t)
		shuffled := org.Structure{
			Units:       rapid.Permutation(s.Units).Draw(t, "unit order"),
			Assignments: rapid.Permutation(s.Assignments).Draw(t, "assignment order"),
		}
		a, errA := org.New(s)
		b, errB := org.New(shuffled)
		if (errA == nil) != (errB == nil) {
			t.Fatalf("%v against %v", errA, errB)
		}
		if errA != nil {
			return
		}
		if diff := cmp.Diff(a.Findings(), b.Findings()); diff != "" {
			t.Fatal(diff)
		}
		for d := day("2025-12-31"); d < day("2026-03-01"); d += 3 {
			treeA, treeB := a.At(d), b.At(d)
			for _, u := range s.Units {
				if !slices.Equal(treeA.Members(u.ID), treeB.Members(u.ID)) || !slices.Equal(treeA.Children(u.ID), treeB.Children(u.ID)) || !slices.Equal(treeA.Path(u.ID), treeB.Path(u.ID)) {
					t.Fatalf("%s differs on %s", u.ID, d)
				}
			}
			if !slices.Equal(treeA.UnitsOf("x"), treeB.UnitsOf("x")) || !slices.Equal(treeA.PathOf("x"), treeB.PathOf("x")) || !slices.Equal(treeA.Roots(), treeB.Roots()) {
				t.Fatalf("x differs on %s", d)
			}
		}
	})
}

func TestStructureRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawStructure(t)
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var back org.Structure
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(back)
		if err != nil || string(again) != string(data) {
			t.Fatalf("%s came back as %s, %v", data, again, err)
		}
	})
}

// A chain of any depth is checked in one pass.
func TestDeepChain(t *testing.T) {
	var s org.Structure
	const depth = 20000
	for i := range depth {
		s.Units = append(s.Units, org.Unit{ID: strconv.Itoa(i), Parent: strconv.Itoa(i + 1)})
	}
	s.Units = append(s.Units, org.Unit{ID: strconv.Itoa(depth)})
	s.Assignments = []org.Assignment{{Member: "x", Unit: "0"}}
	o, err := org.New(s)
	if err != nil {
		t.Fatal(err)
	}
	tree := o.At(day("2026-01-01"))
	if len(tree.PathOf("x")) != depth+1 || len(tree.Members(strconv.Itoa(depth))) != 1 {
		t.Error("the chain is cut")
	}
	s.Units[depth].Parent = "0"
	if _, err := org.New(s); !errors.Is(err, check.ErrCycle) {
		t.Errorf("a cycle of all: %v", check.All(err)[0].Code)
	}
}

func FuzzStructureJSON(f *testing.F) {
	data, err := json.Marshal(company())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"schema":"saleskpi/org/1","units":[{"id":"a","parent":"b"},{"id":"b","parent":"a"}]}`))
	f.Add([]byte(`{"schema":"saleskpi/org/1","units":[{"id":"a"}],"assignments":[{"member":"x","unit":"a","share":"1/3"},{"member":"x","unit":"a","to":"2026-01-01"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s org.Structure
		if s.UnmarshalJSON(data) != nil {
			return
		}
		o, err := org.New(s)
		if err != nil {
			return
		}
		again, err := json.Marshal(o.Structure())
		if err != nil {
			t.Fatal(err)
		}
		var back org.Structure
		if err := json.Unmarshal(again, &back); err != nil || back.Validate() != nil {
			t.Fatalf("%s: %v", again, err)
		}
	})
}
