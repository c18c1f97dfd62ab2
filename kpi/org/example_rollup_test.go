package org_test

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/org"
)

// The region of a deal is that of its owner on the day of the deal.
func ExampleTree_AncestorOf() {
	o := example()
	for _, closed := range []string{"2026-03-05", "2026-08-20"} {
		region, ok := o.At(calendar.MustDay(closed)).AncestorOf("wang", "region")
		fmt.Println(closed, region.Name, ok)
	}
	// Output:
	// 2026-03-05 North true
	// 2026-08-20 South true
}

func ExampleTree_Ancestor() {
	tree := example().At(calendar.MustDay("2026-03-05"))
	region, ok := tree.Ancestor("s1", "region")
	fmt.Println(region.ID, ok)
	_, ok = tree.Ancestor("south", "team")
	fmt.Println(ok)
	// Output:
	// south true
	// false
}

func ExampleTree_Leaves() {
	tree := example().At(calendar.MustDay("2026-03-05"))
	fmt.Println(tree.Leaves("acme"), tree.Below("north"), tree.OfKind("", "region"))
	// Output: [n1 s1] [n1 north] [north south]
}

// A region and a team of it were picked for one total.
func ExampleTree_Topmost() {
	tree := example().At(calendar.MustDay("2026-03-05"))
	fmt.Println(tree.Topmost([]string{"n1", "north", "s1"}))
	// Output: [north s1]
}

// Half in each team of a region, and so whole in the region.
func ExampleTree_PathsOf() {
	o, err := org.New(org.Structure{
		Units: []org.Unit{{ID: "north"}, {ID: "n1", Parent: "north"}, {ID: "n2", Parent: "north"}},
		Assignments: []org.Assignment{
			{Member: "ann", Unit: "n1", Share: half()},
			{Member: "ann", Unit: "n2", Share: half()},
		},
	})
	for _, path := range o.At(calendar.MustDay("2026-03-05")).PathsOf("ann") {
		fmt.Println(path.Units, path.Share, err)
	}
	// Output:
	// [north n1] 0.5 <nil>
	// [north n2] 0.5 <nil>
}

func ExampleOrg_Changes() {
	fmt.Println(example().Changes("wang"), example().Changes("ann"))
	// Output: [2026-07-01] []
}

// One stated day laid over all records, named in the result.
func ExampleView() {
	o, record := example(), calendar.MustDay("2026-03-05")
	asIs, _ := org.AsIs(calendar.MustDay("2026-10-01"))
	for _, view := range []org.View{org.AsWas(), asIs} {
		fmt.Println(view, view.Tree(o, record).PathOf("wang"))
	}
	// Output:
	// as_was [acme north n1]
	// as_is:2026-10-01 [acme south s1]
}
