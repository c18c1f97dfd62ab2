package plan_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// season of 2026: the last month of a quarter brings two thirds of it.
func season() []target.SeasonPart {
	var parts []target.SeasonPart
	for _, month := range []string{"2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06"} {
		weight := int64(1)
		if month == "2026-03" || month == "2026-06" {
			weight = 4
		}
		parts = append(parts, target.SeasonPart{Period: period(month), Weight: kpi.Int(weight)})
	}
	return parts
}

// By hand: on the 14th of February January's 1 and half of February's 1 of 6
// are due. By plan it is 45,000 of 90,000; by season 22,500. In working days
// February has 20, of which 10 are over on Friday the 13th: the same half.
func TestCurvesOfAPlan(t *testing.T) {
	for _, c := range []struct {
		why      string
		change   func(*plan.Plan)
		expected kpi.Value
		elapsed  int
	}{
		{"by plan", func(*plan.Plan) {}, kpi.Int(45000), 45},
		{"linear, 45 of 90 days", func(p *plan.Plan) { p.Curve = target.Linear }, kpi.Int(45000), 45},
		{"by season: (1 + ½) / 6", func(p *plan.Plan) { p.Curve, p.Preparation.Season = target.ByShares, season() }, kpi.Int(22500), 45},
		{"by shares: a tenth after half of the days", func(p *plan.Plan) {
			p.Curve, p.Preparation.Shares = target.ByShares, []target.SharePoint{{At: kpi.Frac(1, 2), Share: kpi.Frac(1, 10)}}
		}, kpi.Int(9000), 45},
		// January has 22 working days, February 20, March 22: of 64 are 32 over.
		{"linear in working days", func(p *plan.Plan) { p.Curve, p.Preparation.WorkDays = target.Linear, workdays(t, "2026") }, kpi.Int(45000), 32},
		{"by season in working days", func(p *plan.Plan) {
			p.Curve, p.Preparation.Season, p.Preparation.WorkDays = target.ByShares, season(), workdays(t, "2026")
		}, kpi.Int(22500), 32},
	} {
		p := quarter(t)
		c.change(&p)
		slices.Reverse(p.Preparation.Season)
		r := review(t, p, plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: actuals()})
		team := r.Goals[0].Owners[0].Tracking
		if team.Expected != c.expected || team.Elapsed != c.elapsed || team.Curve != p.Curve {
			t.Errorf("%s: expected %v, elapsed %d", c.why, team.Expected, team.Elapsed)
		}
		if want := kpi.Int(90000 - 41000).Div(kpi.Int(int64(team.Days - c.elapsed))); team.Required != want {
			t.Errorf("%s: required %v a day, want %v", c.why, team.Required, want)
		}
		if team.Landing.Curve != kpi.Int(41000).Div(c.expected.Div(kpi.Int(90000))) && c.expected != kpi.Int(9000) {
			t.Errorf("%s: landing by curve %v", c.why, team.Landing.Curve)
		}
	}
}

// six earlier quarters of which each owner sold in the first and the last
// month alone: ann 1 and 3 of 4, bo 3 and 1 of 4.
func quarters() plan.DayHistory {
	h := plan.DayHistory{Known: period("2024-07-01/2026-01-01"), Series: []plan.DaySeries{{Metric: "won_value", Owner: "ann"}, {Metric: "won_value", Owner: "bo"}}}
	for _, q := range []string{"2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"} {
		p := period(q)
		h.Series[0].Days = append(h.Series[0].Days, target.DayAmount{Day: p.Start(), Value: kpi.Int(1000)}, target.DayAmount{Day: p.Last(), Value: kpi.Int(3000)})
		h.Series[1].Days = append(h.Series[1].Days, target.DayAmount{Day: p.Start(), Value: kpi.Int(3000)}, target.DayAmount{Day: p.Last(), Value: kpi.Int(1000)})
	}
	return h
}

func learned(t rapid.TB) (plan.Plan, plan.Input) {
	p := quarter(t)
	p.Curve = target.Learned
	return p, plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: actuals(), History: quarters()}
}

// By hand: a quarter of ann's 60,000 and three quarters of bo's 30,000 are due
// in the middle of the quarter, 37,500 in all; the team's own curve, 4,000 of
// 8,000, would say 45,000. Ann lands at 37,000 ÷ ¼, bo at 4,000 ÷ ¾, the team
// at their sum. The best that 45 days on end ever brought is the last day of
// one quarter and the first of the next.
func TestLearnedCurve(t *testing.T) {
	p, in := learned(t)
	r := review(t, p, in)
	for i, want := range []struct {
		expected      int64
		landing, best kpi.Value
		status        target.Status
	}{{37500, kpi.Frac(460000, 3), kpi.Frac(8000, 45), target.OnTrack}, {15000, kpi.Int(148000), kpi.Frac(4000, 45), target.OnTrack},
		{22500, kpi.Frac(16000, 3), kpi.Frac(4000, 45), target.Behind}} {
		got := r.Goals[0].Owners[i].Tracking
		if got.Expected != kpi.Int(want.expected) || got.Landing.Curve != want.landing || got.BestRate != want.best || got.Status != want.status {
			t.Errorf("%s: due %v, landing %v, best %v, %v", got.Owner, got.Expected, got.Landing.Curve, got.BestRate, got.Status)
		}
	}
	if l := r.Goals[0].Owners[1].Tracking.Learned; l == nil || l.Periods != 6 || l.Median != kpi.Frac(1, 4) {
		t.Errorf("ann: %+v", l)
	}
	// bo needs 26,000 in 45 days and never did more than 4,000.
	if bo := r.Goals[0].Owners[2]; !slices.Contains(codes(bo.Findings), "above_best_rate") {
		t.Errorf("bo: %v", codes(bo.Findings))
	}
	if l := r.Goals[0].Owners[0].Tracking.Landing; l.RunRate != kpi.Int(82000) || l.RestOfPlan != kpi.Int(93500) {
		t.Errorf("landings keep their names: %+v", l)
	}
}

// bo is new: of him nothing can be said, of the team its own curve can. Its
// 1,000 of 4,000 in every quarter is ann's.
func TestLearnedCurveOfSomebodyNew(t *testing.T) {
	p, in := learned(t)
	in.History.Series = in.History.Series[:1]
	r := review(t, p, in)
	team, bo := r.Goals[0].Owners[0], r.Goals[0].Owners[2]
	if bo.Tracking.Expected.Reason() != kpi.TooFew || bo.Tracking.Status != target.NoData || bo.Tracking.Learned.NotPositive != 6 {
		t.Errorf("bo: %v, %v, %+v", bo.Tracking.Expected, bo.Tracking.Status, bo.Tracking.Learned)
	}
	if team.Tracking.Expected != kpi.Int(22500) || !slices.Contains(codes(team.Findings), "own_curve") {
		t.Errorf("team: %v, %v", team.Tracking.Expected, codes(team.Findings))
	}
	// Where nobody has enough, nothing is due that anybody knows.
	in.History.Least = 7
	if team := review(t, p, in).Goals[0].Owners[0]; team.Tracking.Expected.Reason() != kpi.TooFew || slices.Contains(codes(team.Findings), "own_curve") {
		t.Errorf("team: %v, %v", team.Tracking.Expected, codes(team.Findings))
	}
	in.History.Series = append(in.History.Series, plan.DaySeries{Metric: "won_value", Owner: "zoe"})
	if r := review(t, p, in); !slices.Contains(codes(r.Findings), "history_without_goal") {
		t.Errorf("a series of nobody: %v", codes(r.Findings))
	}
}

// A quota that is carried, 90,000 in the street for 60,000: the children do
// not make it up, so the team has a curve of its own, the sum of what they did.
func TestLearnedCurveOfACarriedQuota(t *testing.T) {
	g := goal()
	g.Base, g.Stretch = kpi.Value{}, kpi.Value{}
	b, err := target.BreakDown(g, metric(), target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "team", Mode: target.Carried, Cushion: kpi.Frac(1, 2),
		Children: []target.Node{{ID: "ann", Weight: kpi.Int(2)}, {ID: "bo", Weight: kpi.Int(1)}}}})
	if err != nil {
		t.Fatal(err)
	}
	p, in := learned(t)
	p.Goals, p.Breakdowns = []target.Goal{g}, []*target.Breakdown{b}
	r := review(t, p, in)
	// Of all that was reached 4,000 of 8,000 were there by the middle.
	if team := r.Goals[0].Owners[0].Tracking; team.Target != kpi.Int(90000) || team.Expected != kpi.Int(45000) || r.Goals[0].Owners[1].Tracking.Target != kpi.Int(90000) {
		t.Errorf("team: %v of %v", team.Expected, team.Target)
	}
}

func TestCurveProblems(t *testing.T) {
	for _, c := range []struct {
		why    string
		change func(*plan.Plan)
		want   []string
	}{
		{"no curve", func(p *plan.Plan) { p.Curve = 9 }, []string{"curve unknown_word"}},
		{"shares without any", func(p *plan.Plan) { p.Curve = target.ByShares }, []string{"preparation.season missing_season"}},
		{"both", func(p *plan.Plan) {
			p.Curve, p.Preparation.Season, p.Preparation.Shares = target.ByShares, season(), []target.SharePoint{{At: kpi.Frac(1, 2), Share: kpi.Int(0)}}
		}, []string{"preparation.shares shares_and_season"}},
		{"a season of other days", func(p *plan.Plan) { p.Curve, p.Preparation.Season = target.ByShares, season()[1:] }, []string{"goals[0].period outside_season"}},
		{"a season with a gap", func(p *plan.Plan) { p.Preparation.Season = slices.Delete(season(), 1, 2) }, []string{"preparation.season[1].period not_the_next"}},
		{"a quarter that weighs nothing", func(p *plan.Plan) {
			p.Curve, p.Preparation.Season = target.ByShares, season()
			for i := range 3 {
				p.Preparation.Season[i].Weight = kpi.Int(0)
			}
		}, []string{"preparation.season all_weights_zero"}},
		{"shares that fall", func(p *plan.Plan) {
			p.Preparation.Shares = []target.SharePoint{{At: kpi.Frac(1, 2), Share: kpi.Frac(1, 2)}, {At: kpi.Frac(3, 4), Share: kpi.Frac(1, 4)}, {At: kpi.Int(2)}}
		}, []string{"preparation.shares[1].share not_rising", "preparation.shares[2].at not_a_share", "preparation.shares[2].share missing_share"}},
		{"working days of a month", func(p *plan.Plan) { p.Preparation.WorkDays = workdays(t, "2026-01") }, []string{"preparation.work_days outside_covers"}},
	} {
		p := quarter(t)
		c.change(&p)
		if got := paths(p.Validate()); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
	p, in := learned(t)
	in.History = plan.DayHistory{}
	if _, err := p.Review(in); !slices.Equal(paths(err), []string{"input.history missing_history"}) {
		t.Errorf("learned of nothing: %v", paths(err))
	}
	p, in = learned(t)
	p.Preparation.WorkDays = workdays(t, "2026")
	in.History.Periods = []calendar.Period{period("2025-Q4")}
	in.History.Series = append(in.History.Series, plan.DaySeries{Metric: "won_value", Owner: "team"})
	want := []string{"input.history.series[2].owner owner_has_children", "plan.preparation.work_days outside_covers", "plan.preparation.work_days outside_covers"}
	if _, err := p.Review(in); !slices.Equal(paths(err), want) {
		t.Errorf("%q, want %q", paths(err), want)
	}
	bad := plan.DayHistory{Least: -1, Periods: []calendar.Period{period("2025-Q4"), period("2025")},
		Series: []plan.DaySeries{{}, {Metric: "m", Owner: "a", Days: []target.DayAmount{{Value: kpi.Undefined(kpi.NoAmount)}}}, {Metric: "m", Owner: "a"}}}
	want = []string{"known missing_window", "least negative_number", "periods overlap", "series[0].metric missing_metric", "series[0].owner missing_owner",
		"series[1].days[0].day missing_day", "series[1].days[0].value missing_amount", "series[2] series_twice"}
	if got := paths(bad.Validate()); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// On every curve what is due of a team is the sum of what is due of its
// people, wherever that of all of them is known; the order of a history does
// not show; and nothing that is handed in is changed.
func TestExpectedOfAParentIsASum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, in := learned(t)
		p.Curve = rapid.SampledFrom([]target.Curve{target.ByPlan, target.Linear, target.ByShares, target.Learned}).Draw(t, "curve")
		p.Preparation.Season = season()
		if rapid.Bool().Draw(t, "working days") {
			p.Preparation.WorkDays = workdays(nil, "2024-07-01/2027-01-01")
		}
		in.AsOf = day("2026-01-01").Add(rapid.IntRange(-3, 100).Draw(t, "as of"))
		for i := range in.History.Series {
			for range rapid.IntRange(0, 30).Draw(t, "days") {
				in.History.Series[i].Days = append(in.History.Series[i].Days, target.DayAmount{
					Day: day("2024-07-01").Add(rapid.IntRange(0, 548).Draw(t, "day")), Value: kpi.Int(rapid.Int64Range(-200, 2000).Draw(t, "amount"))})
			}
		}
		before, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		r := review(t, p, in)
		owners := r.Goals[0].Owners
		if sum := owners[1].Tracking.Expected.Add(owners[2].Tracking.Expected); sum.Defined() && owners[0].Tracking.Expected != sum {
			t.Fatalf("team %v, people %v", owners[0].Tracking.Expected, sum)
		}
		given := in
		given.History.Series = rapid.Permutation(in.History.Series).Draw(t, "series")
		for i, s := range given.History.Series {
			given.History.Series[i].Days = rapid.Permutation(s.Days).Draw(t, "order")
		}
		if got, want := indented(t, review(t, p, given)), indented(t, r); string(got) != string(want) {
			t.Fatal(cmp.Diff(string(want), string(got)))
		}
		if after, _ := json.Marshal(in); string(after) != string(before) {
			t.Fatal("the input was changed")
		}
		var back plan.Review
		if err := json.Unmarshal(indented(t, r), &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(r, back); diff != "" {
			t.Fatal(diff)
		}
	})
}

// Season, shares and working days are part of the plan: they are stored,
// read, and found by a diff.
func TestCurveThroughJSON(t *testing.T) {
	p := quarter(t)
	p.Curve, p.Preparation.Season, p.Preparation.WorkDays = target.ByShares, season(), workdays(t, "2026", "2026-01-01")
	text, err := json.Marshal(p)
	var back plan.Plan
	if err != nil || json.Unmarshal(text, &back) != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, back); diff != "" {
		t.Error(diff)
	}
	d, err := plan.DiffOf(quarter(t), p)
	if err != nil || d.Empty() {
		t.Fatal(err)
	}
	if got, err := quarter(t).Apply(d); err != nil || string(indented(t, got)) != string(indented(t, p.Sorted())) {
		t.Error(err)
	}
}
