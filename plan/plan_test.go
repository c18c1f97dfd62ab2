package plan_test

import (
	"encoding/json"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

func period(label string) calendar.Period { return calendar.Calendar{}.MustParse(label) }

func metric() kpi.Metric {
	return kpi.Metric{ID: "won_value", Name: "Won value", NameZH: "赢单金额", Unit: kpi.Money("USD", 2)}
}

func goal() target.Goal {
	return target.Goal{ID: "q1", Metric: "won_value", Owner: "team", Period: period("2026-Q1"),
		Base: kpi.Int(80000), Target: kpi.Int(90000), Stretch: kpi.Int(100000), Objective: "grow"}
}

// quarter is a quarter of 90,000 for a team of two, 30,000 a month: ann
// 20,000 and bo 10,000.
func quarter(t rapid.TB) plan.Plan {
	b, err := target.BreakDown(goal(), metric(), target.Split{
		Grain: calendar.Monthly,
		Owners: target.Node{ID: "team", Children: []target.Node{
			{ID: "ann", Weight: kpi.Int(2)}, {ID: "bo", Weight: kpi.Int(1)},
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return plan.Plan{ID: "2026", Metrics: []kpi.Metric{metric()}, Goals: []target.Goal{goal()}, Breakdowns: []*target.Breakdown{b}}
}

func won(owner, label string, amount int64) kpi.Figure {
	return kpi.Figure{Metric: "won_value", Owner: owner, Period: period(label), Value: kpi.Int(amount)}
}

func actuals() []kpi.Figure {
	return []kpi.Figure{won("ann", "2026-01", 25000), won("ann", "2026-02", 12000), won("bo", "2026-01", 4000)}
}

func review(t rapid.TB, p plan.Plan, in plan.Input) plan.Review {
	r, err := p.Review(in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func codes(found []check.Finding) []string {
	list := []string{}
	for _, f := range found {
		list = append(list, f.Code)
	}
	return list
}

// Worked by hand. February has 28 days, so on the 14th half of its target is
// due: ann 20,000 + 10,000, bo 10,000 + 5,000. 45 of 90 days are over, so the
// run rate doubles what is there.
func TestReview(t *testing.T) {
	r := review(t, quarter(t), plan.Input{AsOf: calendar.MustDay("2026-02-14"), Known: period("2026-Q1"), Actuals: actuals()})
	for i, want := range []struct {
		owner, parent                           string
		target, actual, expected, runRate, rest int64
		pace                                    kpi.Value
		status                                  target.Status
		codes                                   []string
	}{
		{"team", "", 90000, 41000, 45000, 82000, 86000, kpi.Frac(41, 45), target.AtRisk, []string{"goal_at_risk"}},
		{"ann", "team", 60000, 37000, 30000, 74000, 67000, kpi.Frac(37, 30), target.OnTrack, []string{}},
		{"bo", "team", 30000, 4000, 15000, 8000, 19000, kpi.Frac(4, 15), target.Behind, []string{"goal_behind"}},
	} {
		o := r.Goals[0].Owners[i]
		got := o.Tracking
		if o.Owner != want.owner || o.Parent != want.parent || got.Status != want.status || got.Pace != want.pace {
			t.Errorf("%s below %s: pace %v, %v, want %+v", o.Owner, o.Parent, got.Pace, got.Status, want)
		}
		for name, pair := range map[string][2]kpi.Value{
			"target": {got.Target, kpi.Int(want.target)}, "actual": {got.Actual, kpi.Int(want.actual)},
			"expected": {got.Expected, kpi.Int(want.expected)}, "attainment": {got.Attainment, kpi.Frac(want.actual, want.target)},
			"run rate": {got.Landing.RunRate, kpi.Int(want.runRate)}, "rest of plan": {got.Landing.RestOfPlan, kpi.Int(want.rest)},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s: %s %v, want %v", want.owner, name, pair[0], pair[1])
			}
		}
		if diff := cmp.Diff(want.codes, codes(o.Findings)); diff != "" {
			t.Errorf("%s: findings\n%s", want.owner, diff)
		}
	}
	// bo won nothing in February, and the records of February are complete:
	// that is 0. March has not come.
	bo := r.Goals[0].Owners[2].Periods
	if bo[1].Actual != kpi.Int(0) || !bo[1].Running || bo[0].Running {
		t.Errorf("February of bo: %+v", bo[1])
	}
	if bo[2].Actual.Reason() != kpi.NotYetDue || bo[2].Attainment.Reason() != kpi.NotYetDue {
		t.Errorf("March of bo: %+v", bo[2])
	}
	if want := (plan.Use{Read: 3, Counted: 3}); r.Use != want {
		t.Errorf("use: %+v, want %+v", r.Use, want)
	}
}

// Without a window of complete records nobody knows whether bo sold nothing
// in February; of somebody without any figure nothing is known at all.
func TestNoDataIsNotZero(t *testing.T) {
	in := plan.Input{AsOf: calendar.MustDay("2026-02-14"), Actuals: []kpi.Figure{won("ann", "2026-01", 25000)}}
	r := review(t, quarter(t), in)
	bo := r.Goals[0].Owners[2]
	if bo.Tracking.Status != target.NoData || bo.Tracking.Actual != (kpi.Value{}) || !slices.Equal(codes(bo.Findings), []string{"no_actuals"}) {
		t.Errorf("bo: %v, %v, %v", bo.Tracking.Status, bo.Tracking.Actual, codes(bo.Findings))
	}
	if team := r.Goals[0].Owners[0]; team.Tracking.Actual != kpi.Int(25000) || !slices.Contains(codes(team.Findings), "owners_without_actuals") {
		t.Errorf("team: %v, %v", team.Tracking.Actual, codes(team.Findings))
	}
	if ann := r.Goals[0].Owners[1]; !slices.Contains(codes(ann.Findings), "periods_without_actuals") {
		t.Errorf("ann has no February: %v", codes(ann.Findings))
	}
	in.Known = period("2026-Q1")
	if bo := review(t, quarter(t), in).Goals[0].Owners[2]; bo.Tracking.Actual != kpi.Int(0) || bo.Tracking.Status != target.Behind {
		t.Errorf("bo with a known window: %v, %v", bo.Tracking.Actual, bo.Tracking.Status)
	}
}

// Records known from February on: January is no data and no missed target,
// and the comparison is that of February alone (worked by hand: 30,000 due in
// February and March each, half of February on the 14th).
func TestKnownWindow(t *testing.T) {
	in := plan.Input{AsOf: calendar.MustDay("2026-02-14"), Actuals: actuals()}
	in.Known, _ = calendar.NewPeriod(calendar.MustDay("2026-02-01"), calendar.MustDay("2026-04-01"))
	r := review(t, quarter(t), in)
	team := r.Goals[0].Owners[0]
	if got := team.Tracking; got.Target != kpi.Int(60000) || got.PeriodTarget != kpi.Int(90000) || got.Actual != kpi.Int(12000) || got.Expected != kpi.Int(15000) {
		t.Errorf("team: target %v of %v, actual %v, expected %v", got.Target, got.PeriodTarget, got.Actual, got.Expected)
	}
	if january := team.Periods[0]; january.Actual != (kpi.Value{}) || january.Attainment.Defined() {
		t.Errorf("January: %+v", january)
	}
	if !slices.Contains(codes(team.Findings), "partly_observed") {
		t.Errorf("findings: %v", codes(team.Findings))
	}
	if want := (plan.Use{Read: 3, Counted: 1, Excluded: plan.Excluded{NotCompared: 2}}); r.Use != want {
		t.Errorf("use: %+v, want %+v", r.Use, want)
	}
}

func TestUse(t *testing.T) {
	visits := won("ann", "2026-01", 9)
	visits.Metric = "visits"
	in := plan.Input{AsOf: calendar.MustDay("2026-02-14"), Actuals: []kpi.Figure{
		won("ann", "2026-01", 1), won("zoe", "2026-01", 2), won("ann", "2025-12", 3), won("bo", "2026-03", 4), visits,
	}}
	r := review(t, quarter(t), in)
	want := plan.Use{Read: 5, Counted: 1, Excluded: plan.Excluded{OtherMetric: 1, OtherOwner: 1, OutsidePeriod: 1, AfterAsOf: 1}}
	if r.Use != want || r.Use.Counted+r.Use.Excluded.Sum() != r.Use.Read {
		t.Errorf("use: %+v, want %+v", r.Use, want)
	}
	if len(r.Findings) != 1 || r.Findings[0].Code != "owner_without_goal" || r.Findings[0].Subject != "zoe" {
		t.Errorf("findings: %+v", r.Findings)
	}
	if team := r.Goals[0].Owners[0].Tracking; team.Actual != kpi.Int(1) {
		t.Errorf("team: %v", team.Actual)
	}
}

func TestEndOfPeriod(t *testing.T) {
	for _, c := range []struct {
		why    string
		amount int64
		status target.Status
		codes  []string
	}{
		{"above stretch", 100000, target.Met, []string{"goal_met", "stretch_reached"}},
		{"at target", 90000, target.Met, []string{"goal_met"}},
		{"between base and target", 80000, target.Missed, []string{"goal_missed"}},
		{"below base", 79999, target.Missed, []string{"goal_missed", "below_base"}},
	} {
		p := quarter(t)
		p.Breakdowns = nil
		r := review(t, p, plan.Input{AsOf: calendar.MustDay("2026-03-31"), Actuals: []kpi.Figure{won("team", "2026-02", c.amount)}})
		got := r.Goals[0].Owners[0]
		if got.Tracking.Status != c.status || !slices.Equal(codes(got.Findings), c.codes) {
			t.Errorf("%s: %v, %v", c.why, got.Tracking.Status, codes(got.Findings))
		}
	}
}

// A team's own goal and the team's line in the company's goal never differ:
// 300 + 700 of ann and bob are what north reached in both.
func TestTeamGoalWithinACompanyGoal(t *testing.T) {
	company := target.Goal{ID: "co", Metric: "won_value", Owner: "co", Period: period("2026-Q1"), Target: kpi.Int(900)}
	b, err := target.BreakDown(company, metric(), target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "co",
		Children: []target.Node{{ID: "north", Children: []target.Node{{ID: "ann"}, {ID: "bob"}}}}}})
	if err != nil {
		t.Fatal(err)
	}
	p := plan.Plan{ID: "2026", Metrics: []kpi.Metric{metric()}, Breakdowns: []*target.Breakdown{b}, Goals: []target.Goal{company,
		{ID: "north", Metric: "won_value", Owner: "north", Period: period("2026-02"), Target: kpi.Int(800)}}}
	in := plan.Input{AsOf: calendar.MustDay("2026-03-31"), Known: period("2026"), Actuals: []kpi.Figure{won("ann", "2026-01", 300), won("bob", "2026-02", 700)}}
	r := review(t, p, in)
	goal, _ := r.Goal("co")
	north, _ := goal.Owner("north")
	own, _ := r.Goal("north")
	if north.Tracking.Actual != kpi.Int(1000) || own.Owners[0].Tracking.Actual != kpi.Int(700) || own.Owners[0].Tracking.Status != target.Missed {
		t.Errorf("north: %v in the company's goal, %v in its own February", north.Tracking.Actual, own.Owners[0].Tracking.Actual)
	}
	p.Goals[1].Period = period("2026")
	if err := p.Validate(); len(check.All(err)) != 1 || check.All(err)[0].Code != "breakdown_covers_a_part" || check.All(err)[0].Path != "goals[1].owner" {
		t.Errorf("a year of which only a quarter says who is in north: %v", err)
	}
}

// Quarterly goals of a team and its people, none broken down: with a tree of
// owners the team reached what its people did, 300 + 700.
func TestTeamGoalWithATreeOfOwners(t *testing.T) {
	g := func(owner string, amount int64) target.Goal {
		return target.Goal{ID: owner, Metric: "won_value", Owner: owner, Period: period("2026-Q1"), Target: kpi.Int(amount)}
	}
	p := plan.Plan{ID: "2026", Metrics: []kpi.Metric{metric()}, Goals: []target.Goal{g("ann", 400), g("bob", 500), g("north", 900)},
		Owners: target.Node{ID: "north", Children: []target.Node{{ID: "ann"}, {ID: "bob"}}}}
	in := plan.Input{AsOf: calendar.MustDay("2026-03-31"), Known: period("2026"), Actuals: []kpi.Figure{won("ann", "2026-01", 300), won("bob", "2026-02", 700)}}
	r := review(t, p, in)
	for owner, want := range map[string]int64{"ann": 300, "bob": 700, "north": 1000} {
		goal, _ := r.Goal(owner)
		if line, ok := goal.Owner(owner); !ok || line.Tracking.Actual != kpi.Int(want) {
			t.Errorf("%s: %v, want %d", owner, line.Tracking.Actual, want)
		}
	}
	if r.Use != (plan.Use{Read: 2, Counted: 2}) {
		t.Errorf("use: %+v", r.Use)
	}
	in.Actuals = append(in.Actuals, won("north", "2026-03", 5))
	if _, err := p.Review(in); len(check.All(err)) != 1 || check.All(err)[0].Code != "owner_has_children" {
		t.Errorf("a figure of the team itself: %v", err)
	}
	p.Owners.Children[1].ID = "ann"
	if err := p.Validate(); len(check.All(err)) != 1 || check.All(err)[0].Path != "owners.children[1].id" {
		t.Errorf("a tree that names ann twice: %v", err)
	}
}

// A deal without an amount is no sale of 0.
func TestFigureWithoutDataStaysSo(t *testing.T) {
	none := won("bo", "2026-01", 0)
	none.Value = kpi.Value{}
	in := plan.Input{AsOf: calendar.MustDay("2026-02-14"), Known: period("2026-Q1"), Actuals: []kpi.Figure{none, won("ann", "2026-01", 5)}}
	r := review(t, quarter(t), in)
	if bo := r.Goals[0].Owners[2]; bo.Tracking.Status != target.NoData || bo.Tracking.Actual != (kpi.Value{}) || !slices.Contains(codes(bo.Findings), "no_actuals") {
		t.Errorf("bo: %v, %v, %v", bo.Tracking.Status, bo.Tracking.Actual, codes(bo.Findings))
	}
	if team := r.Goals[0].Owners[0]; !slices.Contains(codes(team.Findings), "owners_without_actuals") {
		t.Errorf("team: %v", codes(team.Findings))
	}
}

func TestFiguresLieInsideOnePeriod(t *testing.T) {
	for why, f := range map[string]kpi.Figure{
		"a quarter in a plan by months": won("ann", "2026-Q1", 1), "a year in a plan of a quarter": won("ann", "2026", 1),
		"a week over the end of a month": won("ann", "2026-W05", 1), "a quarter that reaches into the goal": won("ann", "2025-11-01/2026-01-15", 1),
	} {
		_, err := quarter(t).Review(plan.Input{AsOf: calendar.MustDay("2026-02-14"), Actuals: []kpi.Figure{f}})
		if all := check.All(err); len(all) != 1 || all[0].Path != "input.actuals[0].period" || all[0].Code != "not_inside_one_period" {
			t.Errorf("%s: %v", why, err)
		}
	}
	for why, f := range map[string]kpi.Figure{"a week inside a month": won("ann", "2026-W03", 1), "a day": won("ann", "2026-02-14", 1), "another quarter": won("ann", "2025-Q4", 1)} {
		if _, err := quarter(t).Review(plan.Input{AsOf: calendar.MustDay("2026-02-14"), Actuals: []kpi.Figure{f}}); err != nil {
			t.Errorf("%s: %v", why, err)
		}
	}
}

// Records from the middle of January on, plan by months: January is known in
// part and so no data, and its figures are not counted as used. On a linear
// curve days are cut, and a figure that began before them tells nothing.
func TestFiguresOfAPeriodKnownInPart(t *testing.T) {
	in := plan.Input{AsOf: calendar.MustDay("2026-02-28"), Actuals: []kpi.Figure{won("ann", "2026-01-20", 70), won("ann", "2026-02", 100)}}
	in.Known, _ = calendar.NewPeriod(calendar.MustDay("2026-01-15"), calendar.MustDay("2026-04-01"))
	r := review(t, quarter(t), in)
	if ann := r.Goals[0].Owners[1].Tracking; ann.Actual != kpi.Int(100) || r.Use != (plan.Use{Read: 2, Counted: 1, Excluded: plan.Excluded{NotCompared: 1}}) {
		t.Errorf("ann %v, use %+v", ann.Actual, r.Use)
	}
	p := quarter(t)
	p.Curve, p.Breakdowns = target.Linear, nil
	in.Actuals = []kpi.Figure{won("team", "2026-01", 500)}
	if team := review(t, p, in).Goals[0].Owners[0].Tracking; team.Status != target.NoData || team.Actual != (kpi.Value{}) {
		t.Errorf("team: %v, %v", team.Status, team.Actual)
	}
}

// Weeks of the running month that lie after the as-of day are not reached yet,
// neither in the month nor in the goal.
func TestFiguresAfterTheAsOfDay(t *testing.T) {
	in := plan.Input{AsOf: calendar.MustDay("2026-02-08"), Known: period("2026-Q1"), Actuals: []kpi.Figure{won("ann", "2026-W06", 100), won("ann", "2026-W07", 70)}}
	ann := review(t, quarter(t), in).Goals[0].Owners[1]
	if ann.Periods[1].Actual != kpi.Int(100) || ann.Tracking.Actual != kpi.Int(100) {
		t.Errorf("February %v, goal %v", ann.Periods[1].Actual, ann.Tracking.Actual)
	}
}

// Half a year of cost is not a year's stretch.
func TestStretchWhereLowerIsBetter(t *testing.T) {
	cost := kpi.Metric{ID: "cost", Direction: kpi.LowerIsBetter}
	p := plan.Plan{ID: "2026", Metrics: []kpi.Metric{cost}, Goals: []target.Goal{
		{ID: "g", Metric: "cost", Owner: "co", Period: period("2026"), Target: kpi.Int(1200), Stretch: kpi.Int(700)}}}
	spent := func(label string, amount int64) kpi.Figure {
		return kpi.Figure{Metric: "cost", Owner: "co", Period: period(label), Value: kpi.Int(amount)}
	}
	for _, c := range []struct {
		why   string
		asOf  string
		known calendar.Period
		want  bool
	}{
		{"half the year is known", "2026-12-31", period("2026-H2"), false},
		{"the year still runs", "2026-09-30", period("2026"), false},
		{"the year is over and known", "2026-12-31", period("2026"), true},
	} {
		r := review(t, p, plan.Input{AsOf: calendar.MustDay(c.asOf), Known: c.known, Actuals: []kpi.Figure{spent("2026-08", 650)}})
		if got := slices.Contains(codes(r.Goals[0].Owners[0].Findings), "stretch_reached"); got != c.want {
			t.Errorf("%s: %t, %v", c.why, got, codes(r.Goals[0].Owners[0].Findings))
		}
	}
}

func TestNotStarted(t *testing.T) {
	r := review(t, quarter(t), plan.Input{AsOf: calendar.MustDay("2025-12-31"), Actuals: nil})
	if got := r.Goals[0].Owners[0].Tracking; got.Status != target.NotStarted || got.Actual.Reason() != kpi.NotYetDue {
		t.Errorf("%v, %v", got.Status, got.Actual)
	}
}

func TestPlanProblems(t *testing.T) {
	good := quarter(t)
	other := goal()
	other.ID, other.Target = "q1b", kpi.Int(85000)
	rate := kpi.Metric{ID: "win_rate", Unit: kpi.Share(1), Additivity: kpi.RatioOfSums}
	bad := plan.Plan{
		Metrics: []kpi.Metric{metric(), metric(), rate},
		Goals: []target.Goal{goal(), goal(), other, {ID: "x", Metric: "visits", Owner: "ann", Period: period("2026"), Target: kpi.Int(1)},
			{ID: "y", Metric: "win_rate", Owner: "ann", Period: period("2026"), Target: kpi.Frac(1, 2)}, {ID: "z"}},
		Breakdowns: []*target.Breakdown{good.Breakdowns[0], good.Breakdowns[0], nil},
		Curve:      9,
	}
	var got []string
	for _, e := range check.All(bad.Validate()) {
		got = append(got, e.Path+" "+e.Code)
	}
	want := []string{
		"id missing_id",
		"metrics[1].id duplicate_metric",
		"goals[1].id duplicate_goal", "goals[1].period goals_overlap",
		"goals[2].period goals_overlap", "goals[2].period goals_overlap",
		"goals[3].metric unknown_metric",
		"goals[5].metric missing_metric", "goals[5].owner missing_owner", "goals[5].period missing_period", "goals[5].target missing_target",
		"breakdowns[1].goal.id duplicate_breakdown", "breakdowns[2] missing_breakdown",
		"curve unknown_word",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if err := good.Validate(); err != nil {
		t.Error(err)
	}
	moved := quarter(t)
	moved.Goals[0].Target = kpi.Int(90001)
	if err := moved.Validate(); !errors.Is(err, check.ErrInvalid) || check.All(err)[0].Code != "not_the_goal_of_the_plan" {
		t.Errorf("a goal that left its breakdown: %v", err)
	}
}

func TestInputProblems(t *testing.T) {
	in := plan.Input{Actuals: []kpi.Figure{won("ann", "2026-01", 1), won("ann", "2026-Q1", 2), {}}}
	var got []string
	for _, e := range check.All(in.Validate()) {
		got = append(got, e.Path+" "+e.Code)
	}
	want := []string{"as_of missing_day", "actuals[2].metric missing_id", "actuals[2].owner missing_id", "actuals[2].period missing_period"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if _, err := quarter(t).Review(in); !strings.Contains(check.All(err)[0].Path, "input.") {
		t.Errorf("review: %v", err)
	}
	in = plan.Input{AsOf: calendar.MustDay("2026-02-14"), Actuals: []kpi.Figure{won("ann", "2026-01", 1), won("ann", "2026-01-01/2026-01-15", 2), won("bo", "2026-01", 3)}}
	if _, err := quarter(t).Review(in); !slices.Equal(paths(err), []string{"input.actuals[1].period actuals_overlap"}) && !slices.Equal(paths(err), []string{"input.actuals[0].period actuals_overlap"}) {
		t.Errorf("days that count twice: %v", err)
	}
	in.Actuals = append(in.Actuals, in.Actuals[2])
	if err := in.Validate(); !slices.Equal(paths(err), []string{"actuals[3] actual_twice"}) {
		t.Errorf("the same figure twice: %v", err)
	}
	in = plan.Input{AsOf: calendar.MustDay("2026-02-14"), Actuals: []kpi.Figure{won("team", "2026-01", 1)}}
	_, err := quarter(t).Review(in)
	if all := check.All(err); len(all) != 1 || all[0].Path != "input.actuals[0].owner" || all[0].Code != "owner_has_children" {
		t.Errorf("a figure of the team: %v", err)
	}
}

func TestJSON(t *testing.T) {
	p := quarter(t)
	text, err := json.Marshal(p)
	if err != nil || !strings.HasPrefix(string(text), `{"schema":"saleskpi/plan/1",`) {
		t.Fatalf("%.80s, %v", text, err)
	}
	var back plan.Plan
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, back); diff != "" {
		t.Error(diff)
	}
	r := review(t, p, plan.Input{AsOf: calendar.MustDay("2026-02-14"), Known: period("2026-Q1"), Actuals: actuals()})
	text, err = json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var read plan.Review
	if err := json.Unmarshal(text, &read); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, read); diff != "" {
		t.Error(diff)
	}
}

// The stored form of this version is read by every later one.
func TestGoldenPlan(t *testing.T) {
	text, err := os.ReadFile("testdata/plan-1.json")
	if err != nil {
		t.Fatal(err)
	}
	var stored plan.Plan
	if err := json.Unmarshal(text, &stored); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(quarter(t), stored); diff != "" {
		t.Error(diff)
	}
}

func TestJSONProblems(t *testing.T) {
	for why, c := range map[string]struct{ text, path string }{
		"other schema":            {`{"schema":"saleskpi/plan/9","id":"x","calendar":{"kind":"months","first_month":1,"year_named_by":"start"},"metrics":[],"goals":[],"curve":"plan"}`, "schema"},
		"unknown field":           {`{"schema":"saleskpi/plan/1","id":"x","colour":"red"}`, "colour"},
		"unknown field at depth":  {`{"schema":"saleskpi/plan/1","id":"x","goals":[{"id":"g","quota":"1"}]}`, "goals[0].quota"},
		"a day that is none":      {`{"schema":"saleskpi/plan/1","goals":[{"period":{"start":"2026-02-31","end":"2026-04-01"}}]}`, "goals[0].period.start"},
		"a target that is none":   {`{"schema":"saleskpi/plan/1","goals":[{"target":"a lot"}]}`, "goals[0].target"},
		"a plan without anything": {`{"schema":"saleskpi/plan/1"}`, "id"},
	} {
		p := plan.Plan{ID: "before"}
		err := json.Unmarshal([]byte(c.text), &p)
		all := check.All(err)
		if len(all) == 0 || all[0].Path != c.path || p.ID != "before" {
			t.Errorf("%s: %v, left %q", why, err, p.ID)
		}
	}
	p := plan.Plan{ID: "before"}
	if err := json.Unmarshal([]byte("null"), &p); err != nil || p.ID != "before" {
		t.Error("null leaves the plan as it is:", err)
	}
}

func FuzzPlanJSON(f *testing.F) {
	text, err := json.Marshal(quarter(f))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"schema":"saleskpi/plan/1","id":"x"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var p, back plan.Plan
		if json.Unmarshal(data, &p) != nil || p.ID == "" { // null is no plan, and no error
			return
		}
		text, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(back)
		if err != nil || string(again) != string(text) {
			t.Fatalf("%s comes back as %s, %v", text, again, err)
		}
	})
}

// Any order of figures gives the same review, a team is the sum of its
// members, and the input is left as it was.
func TestReviewLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var figures []kpi.Figure
		for _, owner := range []string{"ann", "bo"} {
			for _, month := range []string{"2026-01", "2026-02", "2026-03"} {
				if rapid.Bool().Draw(t, "has") {
					figures = append(figures, won(owner, month, rapid.Int64Range(-5000, 50000).Draw(t, "amount")))
				}
			}
		}
		in := plan.Input{AsOf: calendar.MustDay("2026-01-01").Add(rapid.IntRange(-5, 100).Draw(t, "day")), Known: period("2026-Q1"), Actuals: figures}
		before := slices.Clone(figures)
		r := review(t, quarter(t), in)
		in.Actuals = rapid.Permutation(figures).Draw(t, "order")
		if diff := cmp.Diff(r, review(t, quarter(t), in)); diff != "" {
			t.Fatal(diff)
		}
		if !slices.Equal(before, figures) {
			t.Fatal("the figures were changed")
		}
		owners := r.Goals[0].Owners
		team, parts := owners[0].Tracking, owners[1].Tracking.Actual.Add(owners[2].Tracking.Actual)
		if team.Actual != parts || team.Expected != owners[1].Tracking.Expected.Add(owners[2].Tracking.Expected) {
			t.Fatalf("team %v, members %v", team.Actual, parts)
		}
		if r.Use.Counted+r.Use.Excluded.Sum() != r.Use.Read || r.Use.Read != len(figures) {
			t.Fatalf("use: %+v of %d", r.Use, len(figures))
		}
	})
}

// Every code that a review can carry has a sentence in both languages, and
// no sentence keeps a placeholder.
func TestSentences(t *testing.T) {
	p := quarter(t)
	var found []check.Finding
	for _, day := range []string{"2026-02-14", "2026-03-31"} {
		for _, amount := range []int64{0, 28000, 200000} {
			r := review(t, p, plan.Input{AsOf: calendar.MustDay(day), Actuals: []kpi.Figure{won("ann", "2026-01", amount), won("zoe", "2026-01", 1)}})
			found = append(found, r.Findings...)
			for _, o := range r.Goals[0].Owners {
				found = append(found, o.Findings...)
			}
		}
	}
	seen := map[string]bool{}
	for _, f := range found {
		seen[f.Code] = true
		for _, lang := range []string{"en", "zh"} {
			if text := plan.Findings().Text(f, lang); strings.ContainsAny(text, "{}") || strings.HasPrefix(text, f.Code) {
				t.Errorf("%s in %s: %q", f.Code, lang, text)
			}
		}
	}
	for _, code := range []string{"goal_met", "goal_missed", "goal_behind", "goal_at_risk", "stretch_reached", "below_base", "no_actuals", "owner_without_goal",
		"owners_without_actuals", "periods_without_actuals"} {
		if !seen[code] {
			t.Errorf("%s was not seen", code)
		}
	}
	for _, template := range plan.Findings() {
		if template.English == "" || template.Chinese == "" {
			t.Errorf("%s lacks a sentence", template.Code)
		}
	}
}
