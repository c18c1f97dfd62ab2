package plan_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// Two actions are late that bo does and mo answers for: both are on the page
// of bo, who is not told of mo, and on that of mo as mo's.
func TestLateWorkOnThePageOfWhoDoesIt(t *testing.T) {
	p, in := beside(t)
	p.Preparation.Assumptions = nil
	r := review(t, p, in)
	bo, _ := r.Of("bo")
	if !slices.Equal(codes(bo.Findings), []string{"action_holds_up", "action_delays_end"}) || len(bo.Beside.Execution.Late) != 2 || len(bo.Beside.Execution.Actions) != 0 {
		t.Errorf("%v, %+v", codes(bo.Findings), bo.Beside.Execution)
	}
	if text := string(indented(t, bo)); strings.Contains(text, `"mo"`) {
		t.Error("the page of bo names mo:", text)
	}
	if ann, _ := r.Of("ann"); len(ann.Findings) > 0 || len(ann.Beside.Execution.Late) > 0 {
		t.Errorf("ann does none of it: %v", codes(ann.Findings))
	}
	mo, _ := r.Of("mo")
	if !slices.Equal(codes(mo.Findings), []string{"action_holds_up", "action_delays_end"}) || mo.Findings[0].Args["owner"] != "mo" || r.Findings[slices.Index(codes(r.Findings), "action_holds_up")].Args["owner"] != "mo" {
		t.Errorf("%+v", mo.Findings)
	}
}

// On 28 February 60,000 of 90,000 are due; on 10 March, with 16,000 of bo in
// March in place of 10,000, 60,000 + 36,000 × 10/31. The landing rises by the
// 6,000 less what came due, and by no record.
func TestLandingOfAnotherTarget(t *testing.T) {
	d := revisedDocument(t)
	in := plan.Input{AsOf: day("2026-02-28"), Known: period("2026-Q1"), Actuals: actuals()}
	before, err := d.Review(in)
	must(t, err)
	in.AsOf = day("2026-03-10")
	after, err := d.Review(in)
	must(t, err)
	s, err := after.Since(before)
	must(t, err)
	team := s.Lines[slices.IndexFunc(s.Lines, func(l plan.SinceLine) bool { return l.Owner == "team" })]
	due := kpi.Frac(360000, 31)
	if team.Target != kpi.Int(6000) || team.New != kpi.Int(0) || team.Restated != kpi.Int(0) || team.Due != due || team.Landing != kpi.Int(6000).Sub(due) {
		t.Errorf("%+v", team)
	}
}

// January of bo came late: of no data on the 14th it is 4,000 on the 21st, and
// the same is restated of bo and of the team.
func TestSinceFromNoData(t *testing.T) {
	in := plan.Input{AsOf: day("2026-02-14"), Actuals: []kpi.Figure{won("ann", "2026-01", 25000)}}
	before := review(t, quarter(t), in)
	in.AsOf, in.Actuals = day("2026-02-21"), append(in.Actuals, won("bo", "2026-01", 4000))
	s, err := review(t, quarter(t), in).Since(before)
	must(t, err)
	for _, l := range s.Lines {
		want := kpi.Int(4000)
		if l.Owner == "ann" {
			want = kpi.Int(0)
		}
		if l.Actual != want || l.Restated != want || l.New != kpi.Int(0) {
			t.Errorf("%+v", l)
		}
	}
	if n := len(s.Restated); n != 2 || s.Restated[1].Owner != "bo" || s.Restated[1].From.Defined() || s.Restated[1].Change != kpi.Int(4000) {
		t.Errorf("%+v", s.Restated)
	}
}

// bo has 4,000 where 15,000 are due on 14 February, and still on 10 March,
// when the target was raised: it stands since the 14th, and says so.
func TestAlertOfAnotherTarget(t *testing.T) {
	d := revisedDocument(t)
	rules := []plan.AlertRule{{ID: "behind", Signal: plan.Pace, Metric: "won_value", Below: kpi.Frac(8, 10)}}
	var kept []plan.Alert
	for i, c := range []struct {
		day, retargeted string
		state           plan.AlertState
	}{{"2026-02-14", "", plan.Raised}, {"2026-03-10", "2026-03-10", plan.Standing}, {"2026-03-11", "2026-03-10", plan.Standing}} {
		r, err := d.Review(plan.Input{AsOf: day(c.day), Known: period("2026-Q1"), Actuals: actuals()})
		must(t, err)
		kept, err = r.Alerts(rules, kept)
		must(t, err)
		at := slices.IndexFunc(kept, func(a plan.Alert) bool { return a.Owner == "bo" })
		a := kept[at]
		retargeted := calendar.Day(0)
		if c.retargeted != "" {
			retargeted = day(c.retargeted)
		}
		if a.State != c.state || a.Since != day("2026-02-14") || a.Retargeted != retargeted || a.Reviews != i+1 {
			t.Errorf("%s: %+v", c.day, a)
		}
	}
}

// The north has one team alone, of which all is said that would be said of it:
// once.
func TestAgendaSaysItOnce(t *testing.T) {
	owners := target.Node{ID: "co", Children: []target.Node{{ID: "north", Children: []target.Node{{ID: "crew", Children: []target.Node{{ID: "ann"}, {ID: "bo"}}}}}, {ID: "zoe"}}}
	g := target.Goal{ID: "q1", Metric: "won_value", Owner: "co", Period: period("2026-Q1"), Target: kpi.Int(9000)}
	b, err := target.BreakDown(g, metric(), target.Split{Grain: calendar.Monthly, Owners: owners})
	must(t, err)
	p := plan.Plan{ID: "2026", Metrics: []kpi.Metric{metric()}, Goals: []target.Goal{g}, Breakdowns: []*target.Breakdown{b}}
	r := review(t, p, plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: []kpi.Figure{won("ann", "2026-01", 10), won("bo", "2026-01", 20), won("zoe", "2026-01", 1)}})
	alerts, err := r.Alerts(plan.DefaultAlerts()[:1], nil)
	must(t, err)
	var told []string
	for _, item := range (plan.Meeting{Review: r, Alerts: alerts}).Agenda() {
		if item.Topic == plan.Alarms {
			told = append(told, item.Owner)
		}
	}
	if len(alerts) != 6 || !slices.Equal(told, []string{"ann", "bo", "co", "crew", "zoe"}) {
		t.Errorf("%d alerts, told of %v", len(alerts), told)
	}
}

// 150 for a frame of 100 is 50 too much; 100 is not, and nor is any sum where
// there is no frame.
func TestReadyMindsTheFrame(t *testing.T) {
	p := quarter(t)
	p.Actions = framed()
	found := func() int {
		warnings, err := p.Ready()
		must(t, err)
		return slices.Index(codes(warnings), "actions_over_frame")
	}
	warnings, err := p.Ready()
	must(t, err)
	at := found()
	if at < 0 || warnings[at].Subject != "fair" || warnings[at].Args["over"] != "50 USD" {
		t.Fatalf("%+v", warnings)
	}
	p.Actions.Strategies[0].Budget = kpi.Int(150)
	if found() >= 0 {
		t.Error("on the frame")
	}
	p.Actions.Strategies[0].Budget = kpi.Value{}
	if found() >= 0 {
		t.Error("without a frame")
	}
}
