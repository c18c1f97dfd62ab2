package target_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

func day(s string) calendar.Day { return calendar.MustDay(s) }

// published is 1,200 a month of Q1 over amy and bo, decided in December.
func published(t testing.TB) target.Versions {
	t.Helper()
	v, err := target.Publish(target.Version{Breakdown: sellers(t), Known: day("2025-12-10"), Author: "cfo"})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestRevise(t *testing.T) {
	tests := map[string]struct {
		why  string
		r    target.Revision
		want map[string]string
	}{
		"a new target": {
			"600 more for February and March, half each, half each again",
			target.Revision{Target: kpi.Int(4200)},
			map[string]string{"amy": "600 750 750", "bo": "600 750 750", "all": "1200 1500 1500"},
		},
		"an edit of the whole quarter": {
			"the closed January is locked, so bo's 300 less fall on the rest",
			target.Revision{Edits: []target.Edit{{Owner: "bo", Period: period("2026-Q1"), Value: kpi.Int(1500)}}},
			map[string]string{"amy": "600 600 600", "bo": "600 450 450", "all": "1200 1050 1050"},
		},
		"a shortfall over the rest": {
			"amy is 200 short and bo 100 over: +100 and −50 a month",
			target.Revision{Spread: target.OverTheRest, Actuals: []kpi.Figure{figure("amy", "2026-01", "400"), figure("bo", "2026-01", "700")}},
			map[string]string{"amy": "600 700 700", "bo": "600 550 550", "all": "1200 1250 1250"},
		},
		"a shortfall that stays": {
			"only a revision that says so makes catching up a target",
			target.Revision{Actuals: []kpi.Figure{figure("amy", "2026-01", "0")}},
			map[string]string{"amy": "600 600 600", "all": "1200 1200 1200"},
		},
		"evenly, after an edit": {
			"bo's February is 0; his 300 short are 150 for each month",
			target.Revision{
				Edits:  []target.Edit{{Owner: "bo", Period: period("2026-02"), Value: kpi.Int(0)}},
				Spread: target.EvenlySpread, Actuals: []kpi.Figure{figure("amy", "2026-01", "600"), figure("bo", "2026-01", "300")},
			},
			map[string]string{"amy": "600 600 600", "bo": "600 150 750", "all": "1200 750 1350"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			test.r.Effective, test.r.Known = day("2026-02-10"), day("2026-02-05")
			v, err := published(t).Revise(test.r)
			if err != nil {
				t.Fatal(err)
			}
			b := v.All()[1].Breakdown
			for owner, want := range test.want {
				if got := cells(b, owner); got != want {
					t.Errorf("%s: %s; want %s", owner, got, want)
				}
			}
			if b.Goal().Target != b.Cell("all", period("2026-Q1")) {
				t.Error("the goal is not the sum")
			}
		})
	}
}

func TestReviseErrors(t *testing.T) {
	v, r := published(t), target.Revision{Effective: day("2026-02-01"), Known: day("2026-02-01")}
	with := func(change func(*target.Revision)) target.Revision {
		changed := r
		change(&changed)
		return changed
	}
	tests := map[string]struct {
		why  string
		r    target.Revision
		want []string
	}{
		"nothing":      {"days are needed", target.Revision{Spread: 7}, []string{"effective missing_day", "known missing_day", "spread unknown_word"}},
		"no such days": {"arithmetic can leave the years that exist", target.Revision{Effective: -5, Known: 1 << 40}, []string{"effective year_out_of_range", "known year_out_of_range"}},
		"earlier":      {"nothing is decided before what was decided last", with(func(r *target.Revision) { r.Known = day("2025-12-09") }), []string{"known before_the_last"}},
		"all at once": {"no problem hides another", with(func(r *target.Revision) {
			r.Known, r.Spread = day("2025-12-09"), target.OverTheRest
			r.Edits = []target.Edit{{Owner: "zoe", Period: period("2026-02"), Value: kpi.Int(1)}}
			r.Actuals = []kpi.Figure{figure("amy", "2026-01", "1")}
		}), []string{"known before_the_last", "edits[0].owner unknown_owner", "actuals missing_actual"}},
		"a closed cell": {"January is over on 1 February", with(func(r *target.Revision) {
			r.Edits = []target.Edit{{Owner: "bo", Period: period("2026-01"), Value: kpi.Int(1)}}
		}), []string{"edits[0].value locked"}},
		"all is over": {"nothing is open in April", with(func(r *target.Revision) { r.Effective, r.Target = day("2026-04-01"), kpi.Int(1) }), []string{"target.value locked"}},
		"no actuals": {"no data is not zero", with(func(r *target.Revision) { r.Spread = target.OverTheRest }),
			[]string{"actuals missing_actual", "actuals missing_actual"}},
		"wrong actuals": {"each row is looked at", with(func(r *target.Revision) {
			r.Spread = target.OverTheRest
			r.Actuals = []kpi.Figure{figure("zoe", "2026-01", "1"), figure("team", "2026-01", "1"), figure("amy", "2026-02", "1"), figure("amy", "2026-01", ""),
				{Metric: "lost_value"}, figure("amy", "2026-01", "1"), figure("bo", "2026-01", "1"), figure("bo", "2026-01", "1")}
		}), []string{"actuals[0].owner unknown_owner", "actuals[1].owner has_children", "actuals[2].period not_closed", "actuals[3].value missing_amount",
			"actuals[4].metric other_metric", "actuals[7].period duplicate_period"}},
		"too much": {"2,000 in January leave −200 for February and March", with(func(r *target.Revision) {
			r.Spread = target.OverTheRest
			r.Actuals = []kpi.Figure{figure("amy", "2026-01", "2000"), figure("bo", "2026-01", "600")}
		}), []string{"spread surplus_exceeds_rest", "spread surplus_exceeds_rest"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			_, err := v.Revise(test.r)
			if got := problems(err); !slices.Equal(got, test.want) {
				t.Errorf("%q; want %q", got, test.want)
			}
		})
	}
	if _, err := (target.Versions{}).Revise(r); !slices.Equal(problems(err), []string{" missing_breakdown"}) {
		t.Error(problems(err))
	}
	other := sellers(t)
	edited, _ := other.Edit(target.Edit{Owner: "amy", Period: period("2026-01"), Value: kpi.Int(0)})
	_, err := v.Add(target.Version{Breakdown: edited, Effective: day("2026-02-01"), Known: day("2026-02-01")})
	if !slices.Equal(problems(err), []string{"breakdown closed_cell_changed"}) {
		t.Error(err)
	}
	if _, err := target.Publish(target.Version{Breakdown: other, Known: 5, Effective: 1 << 40}); !slices.Equal(problems(err), []string{"known year_out_of_range", "effective year_out_of_range"}) {
		t.Errorf("what cannot be stored is not taken: %q", problems(err))
	}
	if _, err := v.Add(target.Version{}); !slices.Equal(problems(err), []string{"known missing_day", "breakdown missing_breakdown"}) {
		t.Error(err)
	}
	if _, err := v.Add(target.Version{Breakdown: threeTeams(t), Known: day("2026-02-01")}); !slices.Equal(problems(err), []string{"breakdown.metric other_metric"}) {
		t.Error(problems(err)) // the scale is another
	}
}

// Amy's February is revised on 10 February, and bo was ramped from the start.
func TestAttainmentOfVersions(t *testing.T) {
	ramped, err := sellers(t).Prorate(calendar.WorkCalendar{}, target.Presence{Owner: "bo", Ramp: rampUp("2026-01-01")})
	if err != nil {
		t.Fatal(err)
	}
	v, err := target.Publish(target.Version{Breakdown: ramped, Known: day("2025-12-10")})
	if err != nil {
		t.Fatal(err)
	}
	v, err = v.Revise(target.Revision{Effective: day("2026-02-10"), Known: day("2026-02-12"), Edits: []target.Edit{
		{Owner: "amy", Period: period("2026-02"), Value: kpi.Int(500)}, {Owner: "bo", Period: period("2026-03"), Value: kpi.Int(400)}}})
	if err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		why, owner, period, asOf, knownAt string
		original, inForce, prorated       int64
	}{
		"amy as of the end":   {"600 + 500 + 600", "amy", "2026-Q1", "2026-03-31", "2026-03-31", 1800, 1700, 1700},
		"as known before":     {"on 11 February nobody had decided yet", "amy", "2026-Q1", "2026-03-31", "2026-02-11", 1800, 1800, 1800},
		"as of before":        {"on 9 February the revision does not hold yet, though it is known", "amy", "2026-Q1", "2026-02-09", "2026-03-31", 1800, 1800, 1800},
		"the closed month":    {"January keeps the target it was closed with", "amy", "2026-01", "2026-03-31", "2026-03-31", 600, 600, 600},
		"bo is ramped":        {"150 + 300 + 450 of 1,800; March then 400 with 150 still relieved", "bo", "2026-Q1", "2026-03-31", "2026-03-31", 1800, 1750, 850},
		"nothing was decided": {"before 10 December there is no target", "amy", "2026-01", "2026-01-31", "2025-12-09", 600, -1, -1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			value := func(n int64) kpi.Value {
				if n < 0 {
					return kpi.Undefined(kpi.NoTarget)
				}
				return kpi.Int(n)
			}
			s := v.Attainment(test.owner, period(test.period), kpi.Int(900), day(test.asOf), day(test.knownAt))
			if s.Original != value(test.original) || s.InForce != value(test.inForce) || s.Prorated != value(test.prorated) {
				t.Errorf("%v %v %v", s.Original, s.InForce, s.Prorated)
			}
			if s.AgainstOriginal != kpi.Int(900).Div(s.Original) || s.Prorated.Defined() && s.AgainstProrated != kpi.Int(900).Div(s.Prorated) {
				t.Errorf("%+v", s)
			}
		})
	}
	team := v.Attainment("team", period("2026-Q1"), kpi.Int(2000), day("2026-03-31"), day("2026-03-31"))
	if team.Original != kpi.Int(3600) || team.Street != kpi.Int(1700+850) || !slices.Equal(team.Versions, []int{0, 1}) {
		t.Errorf("%+v", team)
	}
	if plan := v.Plan("amy", period("2026-Q1"), day("2026-03-31"), day("2026-03-31")); len(plan) != 3 || plan[1].Value != kpi.Int(500) {
		t.Error(plan)
	}
	if s := (target.Versions{}).Attainment("amy", period("2026-Q1"), kpi.Int(1), 1, 1); s.AgainstOriginal != kpi.Undefined(kpi.NoTarget) {
		t.Error(s)
	}
	text, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var read target.Versions
	if err := json.Unmarshal(text, &read); err != nil || read.Len() != 2 || !read.All()[1].Breakdown.Equal(v.All()[1].Breakdown) {
		t.Error(err)
	}
	for _, wrong := range []string{`{"schema":"saleskpi/versions/2","versions":[]}`, `{"schema":"saleskpi/versions/1","versions":[{}]}`, `{"x":1}`, `[]`} {
		if json.Unmarshal([]byte(wrong), &read) == nil || read.Len() != 2 {
			t.Error(wrong)
		}
	}
}

// A diff applied to the first gives the second, through JSON too, and the
// diff of a breakdown with itself is empty.
func TestDiffApplies(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		a := d.breakDown(t)
		other := d
		other.split.Owners = drawNode(t, "n", 3, 4)
		other.split.Phasing = drawPhasing(t, 4, "other phasing")
		other.goal.Target = kpi.Int(rapid.Int64Range(0, 500).Draw(t, "other target"))
		b := other.breakDown(t)
		diff, err := a.Diff(b)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := json.Marshal(diff)
		var read target.Diff
		if err := json.Unmarshal(text, &read); err != nil {
			t.Fatal(err)
		}
		if got, err := a.Apply(read); err != nil || !got.Equal(b) {
			t.Fatal(err, string(text))
		}
		if same, err := a.Diff(a); err != nil || same.Goal != nil || same.Owners != nil || len(same.Changes) > 0 {
			t.Fatal(same, err)
		}
	})
}

// What a revision did is what its diff says, and closed periods are not in it.
func TestReviseThenDiff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.goal.Target = d.goal.Target.Abs()
		v, err := target.Publish(target.Version{Breakdown: d.breakDown(t), Known: day("2025-12-01")})
		if err != nil {
			t.Fatal(err)
		}
		effective := day("2026-01-01").Add(rapid.IntRange(0, 360).Draw(t, "effective"))
		w, err := v.Revise(target.Revision{Effective: effective, Known: effective, Target: kpi.Int(rapid.Int64Range(0, 1_000_000).Draw(t, "new"))})
		if err != nil {
			return // closed cells leave no room
		}
		a, b := w.All()[0].Breakdown, w.All()[1].Breakdown
		diff, err := a.Diff(b)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range diff.Changes {
			if c.Period.Last() < effective {
				t.Fatalf("closed: %+v", c)
			}
		}
		if got, err := a.Apply(diff); err != nil || !got.Equal(b) {
			t.Fatal(err)
		}
	})
}

func TestApplyErrors(t *testing.T) {
	b := sellers(t)
	change := func(owner, label string, from, to int64) target.CellChange {
		return target.CellChange{Owner: owner, Period: period(label), From: kpi.Int(from), To: kpi.Int(to)}
	}
	tests := map[string]struct {
		why  string
		diff target.Diff
		want []string
	}{
		"does not fit": {"no such owner, period or cell", target.Diff{Changes: []target.CellChange{change("zoe", "2026-01", 1, 2), change("amy", "2027-01", 1, 2), change("amy", "2026-01", 1, 2)}},
			[]string{"changes[0].owner unknown_owner", "changes[1].period unknown_period", "changes[2].from not_the_same"}},
		"does not add up": {"amy alone is raised", target.Diff{Changes: []target.CellChange{change("amy", "2026-01", 600, 601)}}, []string{"changes.cells[0] not_the_sum"}},
		"another period":  {"other periods have other cells", target.Diff{Goal: &target.Goal{ID: "g", Metric: "won_value", Owner: "all", Period: period("2027-Q1"), Target: kpi.Int(1)}}, []string{"goal.period other_periods"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			if _, err := b.Apply(test.diff); !slices.Equal(problems(err), test.want) {
				t.Error(problems(err))
			}
		})
	}
	if _, err := b.Diff(nil); err == nil {
		t.Error("there is nothing to compare with")
	}
}

// Own quotas catch up by what all below them reached, own selling by itself.
func TestReviseSpreadModes(t *testing.T) {
	b, err := target.BreakDown(goalOf("all", "2026", "1000"), money(0), cushioned())
	if err != nil {
		t.Fatal(err)
	}
	v, err := target.Publish(target.Version{Breakdown: b, Known: day("2025-12-10")})
	if err != nil {
		t.Fatal(err)
	}
	v, err = v.Revise(target.Revision{
		Effective: day("2026-07-01"), Known: day("2026-07-01"), Spread: target.OverTheRest,
		Actuals: []kpi.Figure{figure("amy", "2026-H1", "100"), figure("bo", "2026-H1", "173"), figure("west", "2026-H1", "50"), figure("cy", "2026-H1", "165")},
	})
	if err != nil {
		t.Fatal(err)
	}
	after := v.All()[1].Breakdown
	for owner, want := range map[string]string{
		"amy":  "174 247", // 74 short
		"bo":   "173 173",
		"east": "330 387", // 273 of 330
		"west": "220 225", // 5 of the 55 of its own selling
		"all":  "500 512", // 488 of 500
	} {
		if got := cells(after, owner); got != want {
			t.Errorf("%s: %s; want %s", owner, got, want)
		}
	}
	if after.Goal().Target != kpi.Int(1012) {
		t.Error(after.Goal().Target)
	}
}

// A surplus may not exceed the open targets where the closed one is zero
// either: amy's 700 are more than the 600 that she has left.
func TestReviseSurplusOnZero(t *testing.T) {
	goal := goalOf("all", "2026-Q1", "1200")
	b, err := target.BreakDown(goal, money(0), target.Split{Grain: calendar.Monthly,
		Phasing: target.Phasing{By: target.ByWeights, Weights: []kpi.Value{kpi.Int(0), kpi.Int(1), kpi.Int(1)}},
		Owners:  target.Node{ID: "all", Children: []target.Node{{ID: "amy"}, {ID: "bo"}}}})
	if err != nil {
		t.Fatal(err)
	}
	v, err := target.Publish(target.Version{Breakdown: b, Known: day("2025-12-10")})
	if err != nil {
		t.Fatal(err)
	}
	for _, spread := range []target.Spread{target.OverTheRest, target.EvenlySpread} {
		r := target.Revision{Effective: day("2026-02-01"), Known: day("2026-02-01"), Spread: spread,
			Actuals: []kpi.Figure{figure("amy", "2026-01", "700"), figure("bo", "2026-01", "0")}}
		_, err := v.Revise(r)
		if want := []string{"spread surplus_exceeds_rest", "spread surplus_exceeds_rest"}; !slices.Equal(problems(err), want) || !errors.Is(err, check.ErrInfeasible) {
			t.Errorf("%v: %q", spread, problems(err))
		}
		r.Actuals[0] = figure("amy", "2026-01", "600")
		if w, err := v.Revise(r); err != nil || cells(w.All()[1].Breakdown, "amy") != "0 0 0" {
			t.Errorf("%v: 600 are just not too much: %v", spread, err)
		}
	}
}
