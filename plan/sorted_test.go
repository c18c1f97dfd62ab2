package plan_test

import (
	"reflect"
	"regexp"
	"testing"

	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// memory gives where the slices, maps and pointers of a plan lie; breakdowns
// and stated goals are immutable and may be shared.
func memory(all map[uintptr]string, path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if immutable := v.Type() == reflect.TypeFor[*target.Breakdown]() || v.Type() == reflect.TypeFor[*target.Stated](); v.IsNil() || immutable {
			return
		}
		all[v.Pointer()] = path
		memory(all, path, v.Elem())
	case reflect.Slice:
		if v.Len() > 0 {
			all[v.Pointer()] = path
		}
		for i := range v.Len() {
			memory(all, path, v.Index(i))
		}
	case reflect.Map:
		if v.Len() > 0 {
			all[v.Pointer()] = path
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				memory(all, path+"."+v.Type().Field(i).Name, v.Field(i))
			}
		}
	}
}

// What a document keeps is its own: no later change of the caller's plan, and
// none of what a document gave, reaches it.
func TestNothingIsShared(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := anyPlan(t, "p")
		d := draft(t, p)
		mine := map[uintptr]string{}
		memory(mine, "plan", reflect.ValueOf(p))
		for why, other := range map[string]plan.Plan{"sorted": p.Sorted(), "of a document": d.Plan()} {
			its := map[uintptr]string{}
			memory(its, "plan", reflect.ValueOf(other))
			for at, path := range its {
				if shared, both := mine[at]; both {
					t.Fatalf("%s: %s is that of the caller's %s", why, path, shared)
				}
			}
		}
	})
}

// A list without entries is [] in a stored plan, never null, and an empty one
// is stored like none.
func TestEmptyListsAreStored(t *testing.T) {
	nullList := regexp.MustCompile(`"(metrics|goals|figures|actions|commitments)": ?null`)
	rapid.Check(t, func(t *rapid.T) {
		if text := stored(t, anyPlan(t, "p")); nullList.MatchString(text) {
			t.Fatal(text)
		}
	})
}
