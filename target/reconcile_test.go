package target_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

func commitment(owner string, amount int64, on string) target.Commitment {
	return target.Commitment{Owner: owner, Period: period("2026"), Amount: kpi.Int(amount), Day: day(on), Author: owner}
}

func TestReconcile(t *testing.T) {
	b := threeTeams(t) // amy 400, bo 200, cy 600
	r, err := b.Reconcile(period("2026"), []target.Commitment{
		commitment("amy", 300, "2026-01-05"), commitment("amy", 390, "2026-01-10"), commitment("bo", 120, "2026-01-08"), commitment("west", 640, "2026-01-09"),
	}, target.Acceptance{Below: kpi.Frac(1, 20), Above: kpi.Frac(1, 10)})
	if err != nil {
		t.Fatal(err)
	}
	type line struct {
		committed, gap, below kpi.Value
		answer                target.Answer
		sellers, answered     int
	}
	none := kpi.Value{}
	want := map[string]line{
		"all":  {kpi.Int(1150), kpi.Int(-50), kpi.Int(1150), target.Accepted, 3, 2}, // 510 + 640; −50 is within 5 % of 1,200
		"east": {kpi.Int(510), kpi.Int(-90), kpi.Int(510), target.TooLow, 2, 2},
		"amy":  {kpi.Int(390), kpi.Int(-10), none, target.Accepted, 1, 1}, // the later one
		"bo":   {kpi.Int(120), kpi.Int(-80), none, target.TooLow, 1, 1},
		"west": {kpi.Int(640), kpi.Int(40), none, target.Accepted, 1, 0}, // its own, though cy has not answered
		"cy":   {none, none, none, target.NotCommitted, 1, 0},
	}
	for _, g := range r.Gaps {
		if got := (line{g.Committed, g.Gap, g.Below, g.Answer, g.Sellers, g.Answered}); got != want[g.Owner] {
			t.Errorf("%s: %+v; want %+v", g.Owner, got, want[g.Owner])
		}
	}
	if len(r.Replaced) != 1 || r.Replaced[0].Amount != kpi.Int(300) || r.Gaps[2].Given.Author != "amy" {
		t.Error(r.Replaced)
	}
	text, _ := json.Marshal(r)
	var read target.Reconciliation
	if err := json.Unmarshal(text, &read); err != nil || !reflect.DeepEqual(read, r) {
		t.Error(err, string(text))
	}
	accepted, err := b.Accept(r)
	if err != nil || cells(accepted, "amy") != "195 195" || cells(accepted, "bo") != "100 100" || accepted.Goal().Target != kpi.Int(1190) {
		t.Error("only amy's is taken:", err)
	}
}

// Amy has no target in February: what she commits is told apart from no
// commitment, and is no target before somebody makes it one.
func TestReconcileWithoutTarget(t *testing.T) {
	b, feb := withGap(t), period("2026-02")
	given := func(owner string, amount int64) target.Commitment {
		return target.Commitment{Owner: owner, Period: feb, Amount: kpi.Int(amount), Day: day("2026-01-20"), Author: owner}
	}
	r, err := b.Reconcile(feb, []target.Commitment{given("amy", 70), given("bo", 100)}, target.Acceptance{Above: kpi.Int(1)})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []target.Answer{target.Accepted, target.WithoutTarget, target.Accepted} { // 170 for the 100 of all
		if r.Gaps[i].Answer != want {
			t.Errorf("%s: %v", r.Gaps[i].Owner, r.Gaps[i].Answer)
		}
	}
	if r.Gaps[0].Committed != kpi.Int(170) || r.Gaps[1].Gap.Defined() {
		t.Errorf("%+v", r.Gaps)
	}
	if c, err := b.Accept(r); err != nil || !c.Equal(b) {
		t.Error("nothing is accepted that differs:", err)
	}
}

func TestReconcileErrors(t *testing.T) {
	amy := commitment("amy", 1, "2026-01-05")
	_, err := threeTeams(t).Reconcile(period("2026-Q1"), []target.Commitment{amy, amy, {Owner: "zoe"}}, target.Acceptance{Below: kpi.Int(-1)})
	want := []string{"period off_boundary", "acceptance.below not_a_share", "commitments[0].period other_period", "commitments[1].period other_period", "commitments[1] committed_twice",
		"commitments[2].owner unknown_owner", "commitments[2].period other_period", "commitments[2].amount missing_amount", "commitments[2].day missing_day", "commitments[2].author missing_author"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// bounded is 600 between 540 and 660 in one year, 300 each for amy and bo.
func bounded(t testing.TB) *target.Breakdown {
	t.Helper()
	goal := goalOf("all", "2026", "600")
	goal.Base, goal.Stretch = kpi.Int(540), kpi.Int(660)
	b, err := target.BreakDown(goal, money(0), target.Split{Grain: calendar.Yearly,
		Owners: target.Node{ID: "all", Children: []target.Node{{ID: "amy"}, {ID: "bo"}}}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// 400 and 200 are 600 again, though 400 and 300 would be above the stretch.
func TestBoundsAtTheEnd(t *testing.T) {
	b := bounded(t)
	accept := func(amy, bo int64) (*target.Breakdown, error) {
		r, err := b.Reconcile(period("2026"), []target.Commitment{commitment("amy", amy, "2026-01-05"), commitment("bo", bo, "2026-01-05")},
			target.Acceptance{Below: kpi.Int(1), Above: kpi.Int(1)})
		if err != nil {
			t.Fatal(err)
		}
		return b.Accept(r)
	}
	c, err := accept(400, 200)
	if err != nil || cells(c, "amy") != "400" || cells(c, "bo") != "200" || c.Goal().Target != kpi.Int(600) {
		t.Error(err)
	}
	if c, err := accept(400, 290); c != nil || !slices.Contains(problems(err), "goal.target not_between") {
		t.Errorf("690 is above the stretch: %q", problems(err))
	}

	v, err := target.Publish(target.Version{Breakdown: b, Known: day("2025-12-10")})
	if err != nil {
		t.Fatal(err)
	}
	revise := func(amy, bo int64) (target.Versions, error) {
		return v.Revise(target.Revision{Effective: day("2026-01-01"), Known: day("2026-01-01"), Edits: []target.Edit{
			{Owner: "amy", Period: period("2026"), Value: kpi.Int(amy)}, {Owner: "bo", Period: period("2026"), Value: kpi.Int(bo)}}})
	}
	w, err := revise(400, 200)
	if err != nil || cells(w.All()[1].Breakdown, "amy") != "400" {
		t.Error(err)
	}
	if _, err := revise(400, 290); !slices.Contains(problems(err), "stretch restate") {
		t.Errorf("690 is above the stretch: %q", problems(err))
	}
	if _, err := b.Edit(target.Edit{Owner: "amy", Period: period("2026"), Value: kpi.Int(400)}); !slices.Contains(problems(err), "goal.target not_between") {
		t.Errorf("an edit alone is looked at: %q", problems(err))
	}
}
