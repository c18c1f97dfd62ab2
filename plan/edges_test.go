package plan_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// aimedAt is the quarter for another target, of units of 0.01.
func aimedAt(t *testing.T, amount kpi.Value) plan.Plan {
	t.Helper()
	g := target.Goal{ID: "q1", Metric: "won_value", Owner: "team", Period: period("2026-Q1"), Target: amount}
	b, err := target.BreakDown(g, metric(), target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "team", Children: []target.Node{{ID: "ann", Weight: kpi.Int(2)}, {ID: "bo", Weight: kpi.Int(1)}}}})
	if err != nil {
		t.Fatal(err)
	}
	return plan.Plan{ID: "2026", Metrics: []kpi.Metric{metric()}, Goals: []target.Goal{g}, Breakdowns: []*target.Breakdown{b}}
}

// Zero, below zero and 62 digits: a plan of each is made, committed, revised
// from any to any, stored, told and compared.
func TestAmountsAtTheEdges(t *testing.T) {
	amounts := map[string]kpi.Value{"zero": kpi.Int(0), "negative": kpi.Int(-90000), "62 digits": kpi.MustParse(strings.Repeat("9", 62)), "minus 62 digits": kpi.MustParse("-" + strings.Repeat("9", 62)), "a cent": kpi.Frac(1, 100)}
	for from, a := range amounts {
		for to, b := range amounts {
			before, after := aimedAt(t, a), aimedAt(t, b)
			d, err := plan.DiffOf(before, after)
			if err != nil {
				t.Fatalf("%s to %s: %v", from, to, err)
			}
			if got, err := before.Apply(d); err != nil || stored(t, got) != stored(t, after) {
				t.Errorf("%s to %s: %v", from, to, err)
			}
			s, err := plan.Compare(before, after)
			if err != nil || s.Goals[0].Gap != b.Sub(a) || s.Goals[0].ByOwner.Gap != b.Sub(a) {
				t.Errorf("%s to %s: %v, %v", from, to, s.Goals, err)
			}
			found, err := plan.Changed(before, after)
			if err != nil || (from != to) != (len(found) > 0) {
				t.Errorf("%s to %s: %v, %v", from, to, found, err)
			}
			doc := active(t, before)
			if from == to {
				continue
			}
			doc, err = doc.Revise(after, plan.Revision{Effective: day("2026-01-01"), Signature: by("2026-01-01", "because")})
			if err != nil {
				t.Errorf("%s to %s: %v", from, to, err)
			}
			text, err := json.Marshal(doc)
			var back plan.Document
			if err != nil || json.Unmarshal(text, &back) != nil || stored(t, back.Plan()) != stored(t, after) {
				t.Errorf("%s to %s does not come back: %v", from, to, err)
			}
		}
	}
}

// The largest amount there is, 64 digits, has no cents left for months; as a
// goal of its own it is compared exactly.
func TestTheLargestAmount(t *testing.T) {
	largest := kpi.MustParse(strings.Repeat("9", 64))
	g := target.Goal{ID: "q1", Metric: "won_value", Owner: "team", Period: period("2026-Q1"), Target: largest}
	if _, err := target.BreakDown(g, metric(), target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "team"}}); !slices.Equal(paths(err), []string{"goal.target number_too_large"}) {
		t.Errorf("%q", paths(err))
	}
	p := plan.Plan{ID: "p", Metrics: []kpi.Metric{metric()}, Goals: []target.Goal{g}}
	q := p.Sorted()
	q.Goals[0].Target = largest.Neg()
	s, err := plan.Compare(p, q)
	if err != nil || s.Goals[0].Gap != largest.Mul(kpi.Int(-2)) {
		t.Errorf("%v, %v", s.Goals, err)
	}
	if found, err := plan.Changed(p, q); err != nil || found[0].Code != "target_down" {
		t.Errorf("%v, %v", found, err)
	}
}

// A segment of nothing has no share, one without a year before no growth; no
// team at all is no load. Nothing of it is 0.
func TestPreparationAtTheEdges(t *testing.T) {
	p := aimedAt(t, kpi.Int(0))
	q := period("2026-Q1")
	p.Preparation = plan.Preparation{Scale: kpi.Int(5), Ranking: plan.ByGap,
		Segments: []plan.Segment{{ID: "none", Metric: "won_value", Owner: "team", Period: q, Size: kpi.Int(0), Ours: kpi.Int(0)},
			{ID: "huge", Metric: "won_value", Owner: "team", Period: q, Size: kpi.MustParse(strings.Repeat("9", 62)), SizeBefore: kpi.Int(0), Ours: kpi.Int(1)}},
		Needs: []plan.Need{{ID: "low", Importance: kpi.Int(0), Satisfaction: kpi.Int(5)}, {ID: "top", Importance: kpi.Int(5), Satisfaction: kpi.Int(0), Important: 30, Satisfied: 30, Evidence: []string{"x"}}, {ID: "unasked", Importance: kpi.Int(5)}},
		Teams: []plan.Team{{Owner: "ann", Metric: "won_value", Period: q, Capacity: target.Capacity{People: kpi.Int(0), Productivity: kpi.Int(0), WorkDays: kpi.Int(0)}}}}
	r, err := p.Prepare(day("2026-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	huge, none := r.Segments[0], r.Segments[1]
	if none.Segment != "none" || none.Share.Reason() != kpi.ZeroDenominator && none.Share.Defined() || none.Growth.Defined() || none.Headroom != kpi.Int(0) {
		t.Errorf("%+v", none)
	}
	if huge.Growth.Reason() != kpi.BaseNotPositive || huge.Headroom != kpi.MustParse(strings.Repeat("9", 61)+"8") {
		t.Errorf("%+v", huge)
	}
	// By the gap alone: 5 − 0, 0 − 5, and unknown.
	if got := r.Needs; got[0].Need != "top" || got[0].Score != kpi.Int(5) || got[1].Score != kpi.Int(-5) || got[2].Need != "unasked" || got[2].Score.Defined() || got[2].Rank != 0 {
		t.Errorf("%+v", got)
	}
	if load := r.Teams[0]; load.Load.Defined() || load.Target != kpi.Int(0) {
		t.Errorf("%+v", load)
	}
}

// A goal that ends on a leap day, and one of a fiscal year with a week 53:
// 2023 is such a year of 4-4-5 weeks that end on the Saturday nearest to the end of January
// (National Retail Federation: 53 weeks to 3 February 2024).
func TestDaysAtTheEdges(t *testing.T) {
	leap := period("2028-02-29/2028-03-01")
	p := plan.Plan{ID: "leap", Metrics: []kpi.Metric{metric()}, Goals: []target.Goal{{ID: "g", Metric: "won_value", Owner: "co", Period: leap, Target: kpi.Int(10)}}}
	d := committed(t, p)
	d, err := d.Activate(by("2028-02-29", ""))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Close(by("2028-02-29", "")); err != nil {
		t.Errorf("the leap day is over on itself: %v", err)
	}
	year, err := calendar.Retail(calendar.RetailYear{ClosingMonth: time.January, ClosingDay: time.Saturday, Closing: calendar.NearestWeekday})
	if err != nil {
		t.Fatal(err)
	}
	fiscal := year.PeriodOf(calendar.Yearly, day("2024-01-31"))
	if fiscal.Days() != 53*7 {
		t.Fatalf("%v has %d days", fiscal, fiscal.Days())
	}
	g := target.Goal{ID: "g", Metric: "won_value", Owner: "co", Period: fiscal, Target: kpi.Int(5300)}
	b, err := target.BreakDown(g, metric(), target.Split{Calendar: year, Grain: calendar.Weekly, Owners: target.Node{ID: "co", Children: []target.Node{{ID: "ann"}}}})
	if err != nil {
		t.Fatal(err)
	}
	retail := plan.Plan{ID: "fy", Calendar: year, Metrics: []kpi.Metric{metric()}, Goals: []target.Goal{g}, Breakdowns: []*target.Breakdown{b}}
	weeks := b.Periods()
	last := weeks[52]
	next, err := retail.Revised("g", target.Revision{Effective: last.Start(), Known: last.Start(), Edits: []target.Edit{{Owner: "ann", Period: last, Value: kpi.Int(200)}}})
	if err != nil {
		t.Fatal(err)
	}
	found, err := plan.Changed(retail, next)
	if err != nil || found[len(found)-1].Args["first"] != year.Label(last) || found[len(found)-1].Args["n"] != "1" {
		t.Errorf("week 53: %v, %v", found, err)
	}
	var bad plan.Plan
	asIs, reversed := indentless(t, retail.Goals[0].Period), `{"start":"2024-02-04","end":"2023-01-29"}`
	text := strings.Replace(indentless(t, retail), asIs, reversed, 1)
	if err := json.Unmarshal([]byte(text), &bad); err == nil || !strings.Contains(text, reversed) || !strings.HasPrefix(paths(err)[0], "goals[0].period") {
		t.Errorf("a reversed period: %v", paths(err))
	}
}

func indentless(t *testing.T, p any) string {
	t.Helper()
	text, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// When a revision may hold, and which version counts then.
func TestRevisionsAtTheEdges(t *testing.T) {
	base := quarter(t)
	revise := func(d plan.Document, p plan.Plan, effective, signed string) (plan.Document, error) {
		return d.Revise(p, plan.Revision{Effective: day(effective), Signature: by(signed, "because")})
	}
	month := func(p plan.Plan, effective, month string, amount int64) plan.Plan {
		next, err := p.Revised("q1", target.Revision{Effective: day(effective), Known: day(effective), Edits: []target.Edit{{Owner: "bo", Period: period(month), Value: kpi.Int(amount)}}})
		if err != nil {
			t.Fatal(err)
		}
		return next
	}
	for _, c := range []struct {
		why, effective, month string
		want                  string
	}{
		{"before the plan begins", "2025-12-25", "2026-01", ""},
		{"on its first day", "2026-01-01", "2026-01", ""},
		{"on the last day of a month, which is not closed yet", "2026-01-31", "2026-01", ""},
		{"on the day after", "2026-02-01", "2026-02", ""},
		{"on its last day", "2026-03-31", "2026-03", ""},
		{"on the day after its last", "2026-04-01", "", "plan.goals closed_goal_changed"},
	} {
		next := base
		if c.month != "" {
			next = month(base, c.effective, c.month, 10500)
		} else {
			next = raised(t, base)
		}
		d, err := revise(active(t, base), next, c.effective, "2026-01-05")
		if got := paths(err); c.want == "" && err != nil || c.want != "" && (len(got) == 0 || got[0] != c.want) {
			t.Errorf("%s: %v", c.why, err)
		}
		if err != nil {
			continue
		}
		on := day(c.effective)
		if _, at, _ := d.InForce(on, day("2026-04-01")); at != 1 {
			t.Errorf("%s: version %d on its day", c.why, at+1)
		}
		if _, at, _ := d.InForce(on-1, day("2026-04-01")); at != 0 {
			t.Errorf("%s: version %d the day before", c.why, at+1)
		}
	}
	// Two on one day: the one that was decided last counts.
	d, err := revise(active(t, base), month(base, "2026-02-01", "2026-02", 10100), "2026-02-01", "2026-01-20")
	if err != nil {
		t.Fatal(err)
	}
	d, err = revise(d, month(d.Plan(), "2026-02-01", "2026-02", 10200), "2026-02-01", "2026-01-20")
	if err != nil {
		t.Fatal(err)
	}
	if v, at, _ := d.InForce(day("2026-02-10"), day("2026-01-20")); at != 2 || v.Plan.Goals[0].Target != kpi.Int(90200) {
		t.Errorf("version %d", at+1)
	}
	// What was decided later may hold earlier; then it counts from then on.
	d, err = revise(d, month(d.Plan(), "2026-01-25", "2026-01", 10050), "2026-01-25", "2026-01-22")
	if err != nil {
		t.Fatal(err)
	}
	if _, at, _ := d.InForce(day("2026-01-26"), day("2026-03-01")); at != 3 {
		t.Errorf("version %d", at+1)
	}
	if _, _, ok := d.InForce(day("2026-02-10"), day("2025-12-19")); ok {
		t.Error("something was known before the commitment")
	}
	if _, err := d.Review(plan.Input{AsOf: day("2026-02-10"), KnownAt: day("2025-12-19")}); !slices.Equal(paths(err), []string{"input.as_of no_version"}) {
		t.Errorf("%v", err)
	}
	if _, err := revise(d, base, "2026-03-01", "2026-01-21"); !slices.Contains(paths(err), "signature.day before_the_last") {
		t.Errorf("decided before the last: %v", paths(err))
	}
	if _, err := d.Revise(base, plan.Revision{Signature: by("2026-02-01", "because")}); !slices.Contains(paths(err), "effective missing_day") {
		t.Errorf("without a day: %v", paths(err))
	}
	if _, err := d.Revise(base, plan.Revision{Effective: 400_000, Signature: by("2026-02-01", "because")}); !slices.Contains(paths(err), "effective year_out_of_range") {
		t.Errorf("after 2200: %v", paths(err))
	}
}

// Plans with nothing in them.
func TestEmptyPlans(t *testing.T) {
	none := plan.Plan{ID: "none"}
	empty := plan.Plan{ID: "none", Metrics: []kpi.Metric{}, Goals: []target.Goal{}, Breakdowns: []*target.Breakdown{}, Commitments: []plan.Commitments{}, Preparation: plan.Preparation{Needs: []plan.Need{}}}
	if d, err := plan.DiffOf(none, empty); err != nil || !d.Empty() {
		t.Errorf("%+v, %v", d, err)
	}
	if s, err := plan.Compare(none, quarter(t)); err != nil || len(s.Goals) != 1 || s.Goals[0].Findings[0].Code != "goal_added" || s.Sides.From.Budget != (kpi.Value{}) {
		t.Errorf("%+v, %v", s, err)
	}
	if _, err := draft(t, empty).Commit(by("2026-01-01", "")); !slices.Equal(paths(err), []string{"plan.goals missing_goals"}) {
		t.Errorf("%v", err)
	}
	withActions := none
	withActions.Actions = &action.Plan{ID: "do", Period: period("2026"), Unit: kpi.Money("USD", 2)}
	there, err := plan.DiffOf(none, withActions)
	if err != nil || there.Empty() {
		t.Fatal(err)
	}
	if got, err := none.Apply(there); err != nil || got.Actions == nil || stored(t, got) != stored(t, withActions) {
		t.Errorf("%v, %v", got.Actions, err)
	}
	back, err := plan.DiffOf(withActions, none)
	if got, e := withActions.Apply(back); err != nil || e != nil || got.Actions != nil {
		t.Errorf("%v, %v", got.Actions, e)
	}
	back.Actions.Actions.Added = []action.Action{{ID: "lost"}}
	if _, err := withActions.Apply(back); !slices.Equal(paths(err), []string{"actions.settings.to parts_without_a_plan"}) {
		t.Errorf("an action of no plan: %v", err)
	}
}
