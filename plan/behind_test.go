package plan_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// A manager clicks on the team's actual; the CRM shows the first deals.
func ExamplePlan_Behind() {
	p := team(90000)
	records := []kpi.Source{
		{ID: "D-7", Metric: "won_value", Owner: "bo", Day: day("2026-02-03")},
		{ID: "D-1", Metric: "won_value", Owner: "ann", Day: day("2026-01-20")},
		{ID: "D-9", Metric: "won_value", Owner: "ann", Day: day("2026-02-20")}, // after the as-of day
	}
	actual := plan.Figure{Goal: "q1", Owner: "team"}
	behind, err := p.Behind(plan.Input{AsOf: day("2026-02-14")}, actual, slices.Values(records), kpi.Page{Limit: 1})
	fmt.Println(behind.IDs, "of", behind.Total, "next after", behind.Next, err)
	// Output: [D-1] of 2 next after D-1 <nil>
}

// 25 records of ann and bo: pages of ten, each record once, none after the
// as-of day, and nothing of somebody else.
func TestBehind(t *testing.T) {
	in := plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1")}
	var records []kpi.Source
	for i := range 25 {
		records = append(records, kpi.Source{ID: fmt.Sprintf("d%02d", i), Metric: "won_value", Owner: []string{"ann", "bo"}[i%2], Day: day("2026-01-05").Add(i)})
	}
	records = append(records, kpi.Source{ID: "late", Metric: "won_value", Owner: "ann", Day: day("2026-02-15")}, kpi.Source{ID: "zoe", Metric: "won_value", Owner: "zoe", Day: day("2026-01-05")},
		kpi.Source{ID: "visit", Metric: "visits", Owner: "ann", Day: day("2026-01-05")}, records[3])
	page, all := kpi.Page{Limit: 10}, []string{}
	for range 9 {
		b, err := quarter(t).Behind(in, plan.Figure{Goal: "q1", Owner: "team"}, slices.Values(records), page)
		if err != nil || b.Total != 25 {
			t.Fatalf("%+v, %v", b, err)
		}
		all = append(all, b.IDs...)
		if page.After = b.Next; b.Next == "" {
			break
		}
	}
	if len(all) != 25 || !slices.IsSorted(all) {
		t.Errorf("%v", all)
	}
	b, err := quarter(t).Behind(in, plan.Figure{Goal: "q1", Owner: "bo", Period: period("2026-01-05")}, slices.Values(records), kpi.Page{})
	if err != nil || b.Total != 0 || b.IDs == nil {
		t.Errorf("a day of ann, asked of bo: %+v, %v", b, err)
	}
}

func TestBehindErrors(t *testing.T) {
	in := plan.Input{AsOf: day("2026-02-14")}
	for name, test := range map[string]struct {
		figure plan.Figure
		page   kpi.Page
		want   []string
		why    string
	}{
		"owner":    {plan.Figure{Goal: "q1", Owner: "zoe"}, kpi.Page{}, []string{"figure.owner unknown_line"}, "zoe has no line"},
		"goal":     {plan.Figure{Goal: "q9", Owner: "ann"}, kpi.Page{}, []string{"figure.owner unknown_line"}, "there is no such goal"},
		"measure":  {plan.Figure{Goal: "q1", Owner: "ann", Metric: "visits"}, kpi.Page{}, []string{"figure.metric not_of_the_goal"}, "won value is not computed from visits"},
		"page":     {plan.Figure{Goal: "q1", Owner: "ann"}, kpi.Page{Limit: -1}, []string{"page.limit negative_count"}, "below zero"},
		"no goal":  {plan.Figure{}, kpi.Page{}, []string{"figure.metric missing_id", "figure.owner missing_id", "figure.period missing_period"}, "neither a goal nor a metric"},
		"no owner": {plan.Figure{Metric: "visits", Period: period("2026-01")}, kpi.Page{}, []string{"figure.owner missing_id"}, "whose visits"},
	} {
		_, err := quarter(t).Behind(in, test.figure, slices.Values([]kpi.Source{}), test.page)
		if !slices.Equal(paths(err), test.want) {
			t.Errorf("%s: %v, want %v: %s", name, err, test.want, test.why)
		}
	}
}

// A win rate is stated for ann and bo: behind that of the team are the won and
// the lost deals of both, behind its numerator the won ones. Activities stand
// beside the goals, and are those of everybody below whoever is asked for.
func TestBehindOtherMetrics(t *testing.T) {
	formula, err := kpi.ParseFormula("won_count / closed")
	if err != nil {
		t.Fatal(err)
	}
	closed, err := kpi.ParseFormula("won_count + lost_count")
	if err != nil {
		t.Fatal(err)
	}
	rate := kpi.Metric{ID: "rate", Name: "Win rate", Formula: formula, Additivity: kpi.RatioOfSums}
	tree := target.Node{ID: "team", Children: []target.Node{{ID: "ann"}, {ID: "bo"}}}
	g := target.Goal{ID: "wins", Metric: "rate", Owner: "team", Period: period("2026-Q1"), Target: kpi.Frac(1, 2)}
	stated, err := target.StateFlat(g, rate, target.Split{Grain: calendar.Quarterly, Owners: tree}, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := plan.Plan{ID: "2026", Metrics: []kpi.Metric{rate, {ID: "closed", Name: "Closed", Formula: closed}}, Goals: []target.Goal{g}, Stated: []*target.Stated{stated}, Owners: tree}
	records := []kpi.Source{
		{ID: "D1", Metric: "won_count", Owner: "ann", Day: day("2026-01-20")}, {ID: "D2", Metric: "lost_count", Owner: "bo", Day: day("2026-01-21")},
		{ID: "D3", Metric: "won_count", Owner: "bo", Day: day("2026-02-20")}, {ID: "D4", Metric: "won_count", Owner: "zoe", Day: day("2026-01-20")},
		{ID: "V1", Metric: "visits", Owner: "ann", Day: day("2026-01-20")}, {ID: "V2", Metric: "visits", Owner: "team", Day: day("2026-01-20")},
	}
	for name, test := range map[string]struct {
		figure plan.Figure
		want   []string
		why    string
	}{
		"both sides":  {plan.Figure{Goal: "wins", Owner: "team"}, []string{"D1", "D2"}, "D3 comes later, zoe is not of the team"},
		"numerator":   {plan.Figure{Goal: "wins", Owner: "team", Metric: "won_count"}, []string{"D1"}, "D2 was lost"},
		"denominator": {plan.Figure{Goal: "wins", Owner: "team", Metric: "closed"}, []string{"D1", "D2"}, "won and lost"},
		"a seller":    {plan.Figure{Goal: "wins", Owner: "bo"}, []string{"D2"}, "bo's own"},
		"beside":      {plan.Figure{Metric: "visits", Owner: "team", Period: period("2026-01")}, []string{"V1", "V2"}, "everybody's and the team's own"},
		"other month": {plan.Figure{Metric: "visits", Owner: "ann", Period: period("2026-02")}, []string{}, "none in February"},
	} {
		b, err := p.Behind(plan.Input{AsOf: day("2026-02-14")}, test.figure, slices.Values(records), kpi.Page{})
		if err != nil || !slices.Equal(b.IDs, test.want) {
			t.Errorf("%s: %v, %v, want %v: %s", name, b.IDs, err, test.want, test.why)
		}
	}
}

// Whatever was sold when by whom: the amounts of the records behind an actual
// add up to it, in every line and every period of a goal, and in pages of any
// size each record comes once.
func TestBehindAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, in := quarter(t), plan.Input{AsOf: day("2025-12-20").Add(rapid.IntRange(0, 120).Draw(t, "as of"))}
		if rapid.Bool().Draw(t, "known") {
			in.Known = period(rapid.SampledFrom([]string{"2026-Q1", "2026-01", "2026-02"}).Draw(t, "days"))
		}
		amounts := map[string]kpi.Value{}
		var records []kpi.Source
		sums := map[kpi.Figure]kpi.Value{}
		for i := range rapid.IntRange(0, 20).Draw(t, "records") {
			d := day("2025-12-25").Add(rapid.IntRange(0, 110).Draw(t, "day"))
			r := kpi.Source{ID: fmt.Sprint("r", i), Metric: "won_value", Owner: rapid.SampledFrom([]string{"ann", "bo", "zoe"}).Draw(t, "owner"), Day: d}
			amounts[r.ID] = kpi.Int(rapid.Int64Range(-5, 100).Draw(t, "amount"))
			records = append(records, r)
			one := kpi.Figure{Metric: r.Metric, Owner: r.Owner, Period: period(d.String())}
			sums[one] = sums[one].Or(kpi.Int(0)).Add(amounts[r.ID])
		}
		for f, v := range sums {
			f.Value = v
			in.Actuals = append(in.Actuals, f)
		}
		adds := func(f plan.Figure, want kpi.Value) {
			sum, page := kpi.Int(0), kpi.Page{Limit: rapid.IntRange(1, 4).Draw(t, "limit")}
			seen := map[string]bool{}
			for {
				b, err := p.Behind(in, f, slices.Values(records), page)
				if err != nil {
					t.Fatal(err)
				}
				for _, id := range b.IDs {
					if seen[id] {
						t.Fatalf("%s twice", id)
					}
					seen[id], sum = true, sum.Add(amounts[id])
				}
				if page.After = b.Next; b.Next == "" {
					break
				}
			}
			if sum != want.Or(kpi.Int(0)) {
				t.Fatalf("%+v: %s behind %s", f, sum, want)
			}
		}
		for _, line := range review(t, p, in).Goals[0].Owners {
			adds(plan.Figure{Goal: "q1", Owner: line.Owner}, line.Tracking.Actual)
			for _, period := range line.Periods {
				adds(plan.Figure{Goal: "q1", Owner: line.Owner, Period: period.Period}, period.Actual)
			}
		}
	})
}
