package target_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

func TestTreeOfErrors(t *testing.T) {
	_, err := target.TreeOf([]target.Owner{
		{ID: "all"}, {ID: "east", Parent: "all", Weight: kpi.Int(1)}, {ID: "west", Parent: "all"}, // west has no weight
		{ID: "amy", Parent: "east", Weight: kpi.Int(-1)}, {ID: "amy", Parent: "west"}, {ID: "amy", Parent: "east"},
		{ID: "bo", Parent: "north"}, {ID: "x", Parent: "y"}, {ID: "y", Parent: "z"}, {ID: "z", Parent: "y"},
		{ID: "other"}, {}, {ID: "cy", Parent: "west", Weight: kpi.Int(0)}, {ID: "di", Parent: "cy", Mode: target.Carried},
	})
	want := []string{
		"owners[4].parent two_parents", "owners[5].id duplicate_owner", "owners[11].id missing_id", "owners[6].parent unknown_owner",
		"owners[8].parent cycle", "owners[10].parent second_root",
		"owners[2].weight missing_weight", "owners[3].weight negative_weight", "owners[4].weight missing_weight", "owners[5].weight missing_weight",
		"owners[12].weight all_weights_zero", "owners[13].mode no_children", "owners[13].cushion missing_cushion",
	}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for _, e := range check.All(err) {
		if e.Code == "cycle" && e.Value != "y → z → y" {
			t.Error(e.Value)
		}
	}
	if _, err := target.TreeOf(nil); !slices.Equal(problems(err), []string{"owners no_root"}) {
		t.Error(err)
	}
}

func rowsOf(n target.Node, parent string) []target.Owner {
	all := []target.Owner{{ID: n.ID, Parent: parent, Weight: n.Weight, Phasing: n.Phasing}}
	for _, child := range n.Children {
		all = append(all, rowsOf(child, n.ID)...)
	}
	return all
}

// A tree written as rows, in any order, gives the same breakdown.
func TestTreeOfRows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		b := d.breakDown(t)
		tree, err := target.TreeOf(rapid.Permutation(rowsOf(d.split.Owners, "")).Draw(t, "order"))
		if err != nil {
			t.Fatal(err)
		}
		d.split.Owners = tree
		one, _ := json.Marshal(b)
		two, _ := json.Marshal(d.breakDown(t))
		if string(one) != string(two) {
			t.Fatalf("%s\n%s", one, two)
		}
	})
}
