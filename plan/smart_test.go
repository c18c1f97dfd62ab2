package plan_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// found gives the codes of a letter of SMART.
func foundIn(c target.Criterion) []string { return codes(c.Findings) }

func judged(t *testing.T, p plan.Plan, goal string, evidence map[string]target.Evidence) target.Assessment {
	t.Helper()
	p, err := p.Assess(evidence)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range p.Assessments {
		if g := p.Goals[slices.IndexFunc(p.Goals, func(g target.Goal) bool { return g.ID == a.Goal })]; !a.Of(g) {
			t.Error("an assessment knows what it is of:", a.Judged)
		}
		if a.Goal == goal {
			return a
		}
	}
	t.Fatal("not assessed:", goal)
	return target.Assessment{}
}

// Without any evidence the plan still knows its metrics, its breakdowns, what
// is stated and when it is reviewed.
func TestAssessKnowsThePlan(t *testing.T) {
	p := satisfaction(t)
	p.Cadences = []plan.Cadence{{ID: "monthly", Every: calendar.Monthly, On: 3, Owners: []string{"co"}}, {ID: "never", Every: calendar.Monthly, On: 42}}
	a := judged(t, p, "csat", nil)
	if got := foundIn(a.Measurable); slices.Contains(got, "metric_unknown") || !slices.Contains(got, "measures_unstated") {
		t.Errorf("the metric stands in the plan, its data nobody has spoken of: %v", got)
	}
	if got := foundIn(a.TimeBound); !slices.Equal(got, []string{"time_bound_ok"}) {
		t.Errorf("stated by month, reviewed on the third day of each: %v", got)
	}
	if got := foundIn(judged(t, p, "q1", nil).TimeBound); !slices.Equal(got, []string{"checkpoints_missing"}) {
		t.Errorf("the cadence of the company's goals is none of the team's: %v", got)
	}
	p.Cadences[0].Owners = nil
	if got := foundIn(judged(t, p, "q1", nil).TimeBound); !slices.Equal(got, []string{"time_bound_ok"}) {
		t.Errorf("but one of the whole plan is: %v", got)
	}
	if got := foundIn(judged(t, p, "csat", map[string]target.Evidence{"csat": {Measures: []string{}}}).Measurable); !slices.Contains(got, "measures_missing") {
		t.Errorf("who says that nothing is counted is believed: %v", got)
	}
}

// A formula that names measures which the plan does not have leaves the
// metric known, its direction and its kind.
func TestAssessOfAFormulaWithoutItsMeasures(t *testing.T) {
	p := satisfaction(t)
	i := slices.IndexFunc(p.Metrics, func(m kpi.Metric) bool { return m.ID == "csat" })
	formula, err := kpi.ParseFormula("satisfied_count / respondents")
	if err != nil {
		t.Fatal(err)
	}
	p.Metrics[i].Formula = formula
	p.Stated = nil
	if got := foundIn(judged(t, p, "csat", nil).Measurable); slices.Contains(got, "metric_unknown") {
		t.Error(got)
	}
}

// Of 710,000 is reachable 400,000 / 4 + 300,000 + 10,000 / 2 = 405,000, which
// is 57 %.
func TestAssessMindsWhatIsReachable(t *testing.T) {
	p := quarter(t)
	p.Preparation = prepared()
	if got := foundIn(judged(t, p, "q1", nil).Achievable); slices.Contains(got, "beyond_reach") {
		t.Errorf("90,000 are within reach: %v", got)
	}
	for i := range p.Preparation.Segments {
		p.Preparation.Segments[i].Reachable = kpi.Frac(1, 10)
	}
	a := judged(t, p, "q1", nil)
	i := slices.Index(foundIn(a.Achievable), "beyond_reach")
	if i < 0 || a.Achievable.Findings[i].Args["passes"] != "71,000.00 USD" {
		t.Errorf("90,000 of 710,000 where a tenth is within reach: %v", a.Achievable.Findings)
	}
}

// A share of 60 % of a market that is 46 % reachable: 0.4 of 600 and 0.55 of
// 400 are 460 of 1000.
func TestAssessOfAMarketShare(t *testing.T) {
	segment := func(id, metric string, size int64, reachable kpi.Value) plan.Segment {
		return plan.Segment{ID: id, Metric: metric, Owner: "co", Period: period("2026-Q1"), Size: kpi.Int(size), Reachable: reachable}
	}
	both := func(metric string) []plan.Segment {
		return []plan.Segment{segment("a", metric, 600, kpi.Frac(4, 10)), segment("b", metric, 400, kpi.Frac(55, 100))}
	}
	byFormula, err := kpi.ParseFormula("won_value / market_value")
	if err != nil {
		t.Fatal(err)
	}
	rate, err := kpi.ParseFormula("won_value / open_value")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		why      string
		metric   kpi.Metric
		segments []plan.Segment
		found    bool
	}{
		{"by name", kpi.Metric{ID: "market_share"}, both("won_value"), true},
		{"by formula", kpi.Metric{ID: "our_part", Formula: byFormula}, both("won_value"), true},
		{"those of the numerator before others", kpi.Metric{ID: "our_part", Formula: byFormula}, append(both("won_value"), segment("c", "visits", 9, kpi.Value{})), true},
		{"segments of two metrics are not one market", kpi.Metric{ID: "market_share"}, append(both("won_value"), segment("c", "visits", 9, kpi.Value{})), false},
		{"a rate of something else is no share of it", kpi.Metric{ID: "rate", Formula: rate}, both("won_value"), false},
	} {
		p := quarter(t)
		test.metric.Unit, test.metric.Additivity = kpi.Share(1), kpi.RatioOfSums
		p.Metrics = append(p.Metrics, test.metric, kpi.Metric{ID: "visits"})
		p.Goals = append(p.Goals, target.Goal{ID: "share", Metric: test.metric.ID, Owner: "co", Period: period("2026-Q1"), Target: kpi.Frac(6, 10)})
		p.Preparation.Segments = test.segments
		a := judged(t, p, "share", nil)
		i := slices.Index(foundIn(a.Achievable), "beyond_reach")
		if i >= 0 != test.found || test.found && a.Achievable.Findings[i].Args["passes"] != "46.0 %" {
			t.Errorf("%s: %v", test.why, a.Achievable.Findings)
		}
	}
}
