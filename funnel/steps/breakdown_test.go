package steps_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/funnel/steps"
)

// By hand: ann and bob by their first touch; the later one by the last.
func TestBreakdown(t *testing.T) {
	j := &steps.Journeys{}
	add := func(entity, name string, hour int, source string) {
		e := steps.Event{Entity: entity, Name: name, At: hours(hour)}
		if source != "" {
			e.Attributes = map[string]string{"source": source}
		}
		j.Add(e)
	}
	add("ann", "mail", 0, "ads") // no step, and tells where she comes from
	add("ann", "a", 1, "")
	add("ann", "b", 2, "fair")
	add("bob", "a", 1, "fair")
	add("bob", "a", 3, "ads")
	add("bob", "b", 4, "fair")
	add("cid", "a", 1, "")
	d := threeSteps()
	lines := func(b steps.Breakdown) string {
		r := report(t, j, d, steps.Question{AsOf: hours(99), To: "b", Breakdown: b})
		var s strings.Builder
		for _, g := range r.Breakdown.Groups {
			fmt.Fprintf(&s, "%s%v %d/%d ", g.Value, map[bool]string{true: "?"}[g.Missing], g.Entities.Converted, g.Entities.Entered)
		}
		additive := r.Breakdown.Additive
		if low := r.Breakdown.Homogeneity.P; additive != low.Defined() {
			t.Errorf("%s: compared with %s", b.By, low)
		}
		return s.String() + fmt.Sprint(additive)
	}
	for want, b := range map[string]steps.Breakdown{
		"ads 1/1 fair 1/1 ? 0/1 true": {Attribute: "source"},
		"fair 2/2 ? 0/1 true":         {Attribute: "source", By: steps.LastTouch},
		// ann's a has no source, her b stands alone; bob's ads has no b
		"ads 0/1 fair 1/1 ? 0/2 false": {Attribute: "source", By: steps.AllEvents},
		"ads 1/1 fair 1/1 ? 1/2 false": {Attribute: "source", By: steps.AtStep, Step: "a"},
		"fair 2/2 ? 0/1 false":         {Attribute: "source", By: steps.AtStep, Step: "b"},
	} {
		if got := lines(b); got != want {
			t.Errorf("%s: got %s, want %s", b.By, got, want)
		}
	}
	r := report(t, j, d, steps.Question{AsOf: hours(99), Breakdown: steps.Breakdown{Attribute: "colour"}})
	if len(r.Breakdown.Groups) != 1 || !r.Breakdown.Groups[0].Missing || r.Breakdown.Groups[0].Entities.Entered != 3 {
		t.Errorf("an attribute of nobody: %+v", r.Breakdown)
	}
	if report(t, j, d, steps.Question{AsOf: hours(99)}).Breakdown != nil {
		t.Error("not asked for")
	}
}
