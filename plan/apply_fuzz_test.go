package plan_test

import (
	"encoding/json"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// Whatever calls itself a diff is applied or refused with paths, and what it
// gives is a valid plan of which it is the diff.
func FuzzApply(f *testing.F) {
	base := quarter(f)
	base.Preparation = prepared()
	do := doing()
	base.Actions = &do
	base.Owners = target.Node{ID: "co", Children: []target.Node{{ID: "north"}, {ID: "south"}}}
	other := raised(f, base)
	other.Preparation.Needs, other.Preparation.Assumptions = other.Preparation.Needs[1:], other.Preparation.Assumptions[:1]
	other.Owners.Children = []target.Node{{ID: "north", Children: []target.Node{{ID: "ann"}}}}
	other.Name = "another"
	none := base
	none.Actions = nil
	for _, to := range []plan.Plan{base, other, none} {
		d, err := plan.DiffOf(base, to)
		if err != nil {
			f.Fatal(err)
		}
		text, err := json.Marshal(d)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	before := stored(f, base)
	f.Fuzz(func(t *testing.T, data []byte) {
		var d plan.Diff
		if json.Unmarshal(data, &d) != nil {
			return
		}
		got, err := base.Apply(d)
		if stored(t, base) != before {
			t.Fatal("the plan was changed")
		}
		if err != nil {
			if len(check.All(err)) == 0 {
				t.Fatal(err)
			}
			return
		}
		made, err := plan.DiffOf(base, got)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := base.Apply(made); err != nil || stored(t, again) != stored(t, got) {
			t.Fatalf("%v", err)
		}
	})
}
