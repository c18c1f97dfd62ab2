package org_test

import (
	"encoding/json"
	"fmt"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/org"
)

// company is two regions with a team each; Wang moved from the one to the
// other on 1 July 2026.
func company() org.Structure {
	moved := calendar.MustDay("2026-07-01")
	return org.Structure{
		Units: []org.Unit{
			{ID: "acme", Name: "Acme", Kind: "company"},
			{ID: "north", Name: "North", Kind: "region", Parent: "acme"},
			{ID: "south", Name: "South", Kind: "region", Parent: "acme"},
			{ID: "n1", Name: "North 1", Kind: "team", Parent: "north"},
			{ID: "s1", Name: "South 1", Kind: "team", Parent: "south"},
		},
		Members: []org.Member{{ID: "ann", Name: "Ann Lee"}, {ID: "wang", Name: "王伟"}},
		Assignments: []org.Assignment{
			{Member: "ann", Unit: "n1"},
			{Member: "wang", Unit: "n1", To: moved},
			{Member: "wang", Unit: "s1", From: moved},
		},
	}
}

// example is company as an Org.
func example() *org.Org {
	o, err := org.New(company())
	if err != nil {
		panic(err)
	}
	return o
}

func ExampleNew() {
	o, err := org.New(company())
	if err != nil {
		fmt.Println(err)
		return
	}
	tree := o.At(calendar.MustDay("2026-03-05"))
	fmt.Println(tree.Members("north"), tree.Members("south"))
	// Output: [ann wang] []
}

// Every problem comes at once, with the path of the field.
func ExampleNew_problems() {
	_, err := org.New(org.Structure{
		Units: []org.Unit{{ID: "a", Parent: "b"}, {ID: "b", Parent: "a"}},
		Assignments: []org.Assignment{
			{Member: "ann", Unit: "a"},
			{Member: "ann", Unit: "z", Share: half()},
		},
	})
	for _, problem := range check.All(err) {
		fmt.Println(problem.Path, problem.Code, problem.Value)
	}
	fmt.Println(check.All(err)[0].Args["cycle"])
	// Output:
	// units[0].parent parent_cycle a
	// assignments[1].unit unknown_unit z
	// assignments[1].share shares_exceed_one 3/2
	// a → b → a
}

func half() org.Share {
	s, err := org.NewShare(1, 2)
	if err != nil {
		panic(err)
	}
	return s
}

// As was: each deal goes to the team its owner was in when it closed. As is:
// today's tree is laid over all of them.
func ExampleOrg_At() {
	o := example()
	today := o.At(calendar.MustDay("2026-10-01"))
	for _, closed := range []string{"2026-03-05", "2026-08-20"} {
		wasIn := o.At(calendar.MustDay(closed)).PathOf("wang")
		isIn := today.PathOf("wang")
		fmt.Println(closed, wasIn, isIn)
	}
	// Output:
	// 2026-03-05 [acme north n1] [acme south s1]
	// 2026-08-20 [acme south s1] [acme south s1]
}

func ExampleOrg_Days() {
	o, c := example(), calendar.Calendar{}
	fmt.Println(o.Days("wang", "north", c.MustParse("2026")), o.Days("wang", "acme", c.MustParse("2026")))
	// Output: 181 365
}

func ExampleOrg_Member() {
	wang, ok := example().Member("wang")
	fmt.Println(wang.Name, ok)
	// Output: 王伟 true
}

func ExampleOrg_Unit() {
	team, ok := example().Unit("s1")
	fmt.Println(team.Name, team.Kind, ok)
	// Output: South 1 team true
}

func ExampleOrg_Findings() {
	o, _ := org.New(org.Structure{
		Units: []org.Unit{{ID: "n1"}},
		Assignments: []org.Assignment{
			{Member: "ann", Unit: "n1", To: calendar.MustDay("2026-03-01")},
			{Member: "ann", Unit: "n1", From: calendar.MustDay("2026-06-01")},
		},
	})
	for _, finding := range o.Findings() {
		fmt.Println(org.Findings().Text(finding, "en"))
		fmt.Println(org.Findings().Text(finding, "zh"))
	}
	// Output:
	// ann belongs to no unit from 2026-03-01 to 2026-05-31 (92 days): what falls on these days counts for no team.
	// ann 在 2026-03-01 至 2026-05-31（共 92 天）未归属任何部门，这段时间的业绩不会计入任何团队。
}

func ExampleTree() {
	tree := example().At(calendar.MustDay("2026-03-05"))
	var walk func(unit, indent string)
	walk = func(unit, indent string) {
		fmt.Println(indent + unit)
		for _, below := range tree.Children(unit) {
			walk(below, indent+"  ")
		}
	}
	for _, root := range tree.Roots() {
		walk(root, "")
	}
	fmt.Println(tree.Path("s1"), tree.Within("s1", "south"))
	fmt.Println(tree.DirectMembers("north"), tree.Members("north"))
	// Output:
	// acme
	//   north
	//     n1
	//   south
	//     s1
	// [acme south s1] true
	// [] [ann wang]
}

// A member may be shared out; the largest part decides the path.
func ExampleTree_UnitsOf() {
	third, _ := org.ParseShare("1/3")
	o, _ := org.New(org.Structure{
		Units: []org.Unit{{ID: "east"}, {ID: "west"}},
		Assignments: []org.Assignment{
			{Member: "ann", Unit: "east", Share: third},
			{Member: "ann", Unit: "west", Share: half()},
		},
	})
	tree := o.At(calendar.MustDay("2026-03-05"))
	fmt.Println(tree.UnitsOf("ann"), tree.PathOf("ann"))
	// Output: [{west 0.5} {east 1/3}] [west]
}

func ExampleParseShare() {
	share, err := org.ParseShare("0.25")
	num, den := share.Frac()
	fmt.Println(share, num, den, err)
	_, err = org.ParseShare("1.5")
	fmt.Println(err)
	// Output:
	// 0.25 1 4 <nil>
	// org.ParseShare: share out of range "1.5" (den 10, num 15)
}

func ExampleNewShare() {
	third, err := org.NewShare(2, 6)
	fmt.Println(third, err)
	// Output: 1/3 <nil>
}

func ExampleStructure() {
	data, _ := json.Marshal(org.Structure{
		Units:       []org.Unit{{ID: "n1", Kind: "team"}},
		Assignments: []org.Assignment{{Member: "ann", Unit: "n1", From: calendar.MustDay("2026-01-01"), Share: half()}},
	})
	fmt.Println(string(data))

	var back org.Structure
	err := json.Unmarshal([]byte(`{"schema":"saleskpi/org/1","units":[{"id":"n1"}],"assignments":[{"member":"ann","unit":"n1","from":"2026-02-31"}]}`), &back)
	fmt.Println(err)
	// Output:
	// {"schema":"saleskpi/org/1","units":[{"id":"n1","kind":"team"}],"members":[],"assignments":[{"member":"ann","unit":"n1","from":"2026-01-01","share":"0.5"}]}
	// org.Structure: assignments[0].from: not a day "2026-02-31" (form YYYY-MM-DD): invalid
}
