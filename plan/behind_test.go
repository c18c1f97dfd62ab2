package plan_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/plan"
)

// 25 records of ann and bo: pages of ten, each record once, none after the
// as-of day, and nothing of somebody else.
func TestBehind(t *testing.T) {
	in := plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1")}
	var records []plan.Source
	for i := range 25 {
		records = append(records, plan.Source{ID: fmt.Sprintf("d%02d", i), Metric: "won_value", Owner: []string{"ann", "bo"}[i%2], Day: day("2026-01-05").Add(i)})
	}
	records = append(records, plan.Source{ID: "late", Metric: "won_value", Owner: "ann", Day: day("2026-02-15")}, plan.Source{ID: "zoe", Metric: "won_value", Owner: "zoe", Day: day("2026-01-05")},
		plan.Source{ID: "visit", Metric: "visits", Owner: "ann", Day: day("2026-01-05")}, records[3])
	ask := plan.Behind{Goal: "q1", Owner: "team", Limit: 10}
	var all []string
	for range 9 {
		page, err := quarter(t).Behind(in, ask, slices.Values(records))
		if err != nil || page.Total != 25 {
			t.Fatalf("%+v, %v", page, err)
		}
		all = append(all, page.IDs...)
		if ask.After = page.Next; page.Next == "" {
			break
		}
	}
	if len(all) != 25 || !slices.IsSorted(all) {
		t.Errorf("%v", all)
	}
	page, err := quarter(t).Behind(in, plan.Behind{Goal: "q1", Owner: "bo", Period: period("2026-01-05"), Limit: 10}, slices.Values(records))
	if err != nil || page.Total != 0 || page.IDs == nil {
		t.Errorf("a day of ann, asked of bo: %+v, %v", page, err)
	}
	_, err = quarter(t).Behind(in, plan.Behind{Goal: "q1", Owner: "zoe", Limit: 1}, slices.Values(records))
	if !slices.Equal(paths(err), []string{"owner unknown_line"}) {
		t.Errorf("%v", err)
	}
	if _, err = quarter(t).Behind(in, plan.Behind{}, slices.Values(records)); !slices.Equal(paths(err), []string{"limit not_a_page"}) {
		t.Errorf("%v", err)
	}
}

func ExamplePlan_Behind() {
	p := team(90000)
	records := []plan.Source{{"D-7", "won_value", "bo", day("2026-02-03")}, {"D-1", "won_value", "ann", day("2026-01-20")}, {"D-9", "won_value", "ann", day("2026-02-20")}}
	page, err := p.Behind(plan.Input{AsOf: day("2026-02-14")}, plan.Behind{Goal: "q1", Owner: "team", Limit: 1}, slices.Values(records))
	fmt.Println(page.IDs, "of", page.Total, "next after", page.Next, err)
	// Output: [D-1] of 2 next after D-1 <nil>
}
