package target_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/org"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

func TestLevels(t *testing.T) {
	b, err := target.BreakDown(goalOf("all", "2026", "1000"), money(0), cushioned())
	if err != nil {
		t.Fatal(err)
	}
	year := period("2026")
	want := []target.Level{ // 1100 = 660 + 440 of 1000; 693 of 660; 1.1 × 1.05 = 1.155
		{Owner: "all", Mode: target.Carried, Carried: kpi.Int(1000), HandedOn: kpi.Int(1100), Street: kpi.Int(693 + 440), Mismatch: kpi.Int(100), Factor: kpi.Frac(11, 10), Compounded: kpi.Frac(11, 10)},
		{Owner: "east", Mode: target.Carried, Carried: kpi.Int(660), HandedOn: kpi.Int(693), Street: kpi.Int(693), Mismatch: kpi.Int(33), Factor: kpi.Frac(21, 20), Compounded: kpi.Frac(231, 200)},
		{Owner: "west", Mode: target.DirectPlusTeam, Carried: kpi.Int(440), HandedOn: kpi.Int(440), Street: kpi.Int(440), Mismatch: kpi.Int(0), Factor: kpi.Int(1), Compounded: kpi.Frac(11, 10)},
	}
	if got := b.Levels(year); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
	if q := b.Quota("west", year); q.Direct != kpi.Int(110) || q.Carried != kpi.Int(440) || q.Street != kpi.Int(440) || q.Full != kpi.Int(440) {
		t.Errorf("%+v", q)
	}
	if q := b.Quota("nobody", year); q.Carried != kpi.Undefined(kpi.NoTarget) {
		t.Errorf("%+v", q)
	}
	if len(b.Levels(period("2027"))) != 0 {
		t.Error("2027 has no cells")
	}
	sentences(t, b.Findings())

	steep := cushioned()
	steep.Owners.Children[0].Cushion = kpi.Frac(1, 10) // 1.1 × 1.1 = 1.21
	b, err = target.BreakDown(goalOf("all", "2026", "1000"), money(0), steep)
	if err != nil {
		t.Fatal(err)
	}
	sentences(t, b.Findings(), "compounded_cushion east")
	if got := b.Findings()[0].Args["levels"]; got != "all ×1.100, east ×1.100" {
		t.Error(got)
	}
}

func TestIndependent(t *testing.T) {
	s := twoTeams()
	s.Owners.Children[0].Mode = target.Independent
	goal := goalOf("all", "2026-Q1", "90")
	b, err := target.FromFigures(goal, money(0), s, []kpi.Figure{
		figure("east", "2026-Q1", "60"), figure("amy", "2026-Q1", "30"), figure("bo", "2026-Q1", "36"), figure("cy", "2026-Q1", "30"),
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := b.Levels(goal.Period)[1]; got.Carried != kpi.Int(60) || got.HandedOn != kpi.Int(66) || got.Mismatch != kpi.Int(6) {
		t.Errorf("%+v", got)
	}
	sentences(t, b.Findings(), "mismatch east")
}

// rampUp is 25, 50 and 75 % in the first three whole months.
func rampUp(hired string) target.Ramp {
	return target.Ramp{Hired: calendar.MustDay(hired), Steps: []kpi.Value{kpi.Frac(1, 4), kpi.Frac(1, 2), kpi.Frac(3, 4)}}
}

func TestRampFactor(t *testing.T) {
	tests := map[string]struct {
		why, hired, want string
	}{
		"in a month":       {"March is the month of hire and April ramp month 1: both 25 %", "2026-03-16", "0 0 0.25 0.25 0.5 0.75 1"},
		"on the first day": {"March is itself the first whole month", "2026-03-01", "0 0 0.25 0.5 0.75 1 1"},
		"the year before":  {"December is ramp month 1, so January is the second", "2025-11-20", "0.5 0.75 1 1 1 1 1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			got := ""
			for _, m := range split(t, "2026", calendar.Monthly)[:7] {
				got += " " + rampUp(test.hired).Factor(calendar.Calendar{}, m).String()
			}
			if got[1:] != test.want {
				t.Errorf("%s; want %s", got, test.want)
			}
		})
	}
	if got := rampUp("2026-01-01").Factor(calendar.Calendar{}, period("2026-Q1")); got != kpi.Undefined(kpi.NotApplicable) {
		t.Error(got)
	}
}

// sellers is 1,200 a month over two sellers: 600 each.
func sellers(t testing.TB) *target.Breakdown {
	t.Helper()
	b, err := target.BreakDown(goalOf("all", "2026-Q1", "3600"), money(2), target.Split{Grain: calendar.Monthly, Owners: target.Node{
		ID: "all", Children: []target.Node{{ID: "team", Children: []target.Node{{ID: "amy"}, {ID: "bo"}}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestProrate(t *testing.T) {
	b := sellers(t)
	c, err := b.Prorate(weekdays(t, "2026"), target.Presence{Owner: "bo", Ramp: rampUp("2026-02-16")})
	if err != nil {
		t.Fatal(err)
	}
	for owner, want := range map[string]string{ // ten of February's twenty working days: 600 × ¼ × ½; March 600 × ¼
		"bo": "0 75 150", "amy": "600 600 600", "team": "1200 1200 1200", "all": "1200 1200 1200",
	} {
		if got := cells(c, owner); got != want {
			t.Errorf("%s: %s; want %s", owner, got, want)
		}
	}
	if q := c.Quota("team", period("2026-Q1")); q.Uncovered != kpi.Int(1575) || q.Street != kpi.Int(2025) {
		t.Errorf("%+v", q)
	}
	if q := c.Quota("bo", period("2026-Q1")); q.Full != kpi.Int(1800) || q.Carried != kpi.Int(225) {
		t.Errorf("%+v", q)
	}
	sentences(t, c.Findings(), "uncovered_plan team")
	if cells(b, "bo") != "600 600 600" {
		t.Error("the first breakdown was written to")
	}
	again, err := c.Prorate(calendar.WorkCalendar{}, target.Presence{Owner: "bo", Active: []calendar.Period{period("2026-01"), through("2026-02-15", "2026-02-28")}})
	if err != nil {
		t.Fatal(err)
	}
	if got := cells(again, "bo"); got != "600 300 0" { // from the full target: all of January, 14 of 28 days
		t.Error(got)
	}
	if q := again.Quota("team", period("2026-Q1")); q.Uncovered != kpi.Int(900) {
		t.Errorf("%+v", q)
	}
	vacant, err := b.Prorate(calendar.WorkCalendar{}, target.Presence{Owner: "bo", Vacant: true})
	if err != nil || cells(vacant, "bo") != "0 0 0" {
		t.Error(err)
	}
}

// West's manager is away in the second half: 55 of own selling are uncovered
// above, the team keeps its 165, and the way back is the full target again.
func TestProrateOwnSelling(t *testing.T) {
	b, err := target.BreakDown(goalOf("all", "2026", "1000"), money(0), cushioned())
	if err != nil {
		t.Fatal(err)
	}
	c, err := b.Prorate(calendar.WorkCalendar{}, target.Presence{Owner: "west", Active: []calendar.Period{period("2026-H1")}})
	if err != nil {
		t.Fatal(err)
	}
	for owner, want := range map[string]string{"west": "220 165", "cy": "165 165", "all": "500 500"} {
		if got := cells(c, owner); got != want {
			t.Errorf("%s: %s; want %s", owner, got, want)
		}
	}
	year := period("2026")
	if q := c.Quota("west", year); q.Full != kpi.Int(440) || q.Direct != kpi.Int(55) || q.Uncovered.Defined() || q.Street != kpi.Int(385) {
		t.Errorf("%+v", q)
	}
	if q := c.Quota("all", year); q.Uncovered != kpi.Int(55) || q.Street != kpi.Int(693+385) {
		t.Errorf("%+v", q)
	}
	if l := c.Levels(year); l[0].HandedOn != kpi.Int(1100) || l[2].HandedOn != kpi.Int(385) || l[2].Mismatch != kpi.Int(0) {
		t.Errorf("%+v", l)
	}
	sentences(t, c.Findings(), "uncovered_plan all")
	text, _ := json.Marshal(c)
	var read target.Breakdown
	if err := json.Unmarshal(text, &read); err != nil || !read.Equal(c) {
		t.Error(err)
	}
	back, err := c.Prorate(calendar.WorkCalendar{}, target.Presence{Owner: "west"})
	if err != nil || cells(back, "west") != "220 220" || back.Quota("all", year).Uncovered != kpi.Int(0) {
		t.Error(err, cells(back, "west"))
	}
	if _, err := b.Prorate(calendar.WorkCalendar{}, target.Presence{Owner: "east"}); !slices.Equal(problems(err), []string{"presences[0].owner has_children"}) {
		t.Error("an own quota is no own selling:", err)
	}
}

func TestProrateErrors(t *testing.T) {
	b := sellers(t)
	_, err := b.Prorate(weekdays(t, "2026-01"),
		target.Presence{Owner: "zoe"}, target.Presence{Owner: "team"}, target.Presence{Owner: "all"}, target.Presence{},
		target.Presence{Owner: "amy", Vacant: true, Active: []calendar.Period{period("2026-Q1"), period("2026-02"), {}}, Ramp: target.Ramp{Steps: ints(2)}},
		target.Presence{Owner: "amy"},
		target.Presence{Owner: "bo", Ramp: target.Ramp{Hired: calendar.MustDay("2026-01-01")}},
	)
	want := []string{
		"presences[0].owner unknown_owner", "presences[1].owner has_children", "presences[2].owner has_children", "presences[3].owner missing_owner",
		"presences[4].active active_but_vacant", "presences[4].active[1] overlap", "presences[4].active[2] missing_period",
		"presences[4].ramp.hired missing_day", "presences[4].ramp.steps[0] not_a_share",
		"presences[5].owner duplicate_owner", "presences[6].ramp.steps missing_steps",
	}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if _, err := b.Prorate(weekdays(t, "2026-01"), target.Presence{Owner: "amy"}); !slices.Equal(problems(err), []string{"presences[0].period outside_covers", "presences[0].period outside_covers"}) {
		t.Error(problems(err))
	}
}

func TestPresenceOf(t *testing.T) {
	o, err := org.New(org.Structure{
		Units: []org.Unit{{ID: "all"}, {ID: "east", Parent: "all"}, {ID: "west", Parent: "all"}},
		Assignments: []org.Assignment{
			{Member: "amy", Unit: "east", From: calendar.MustDay("2025-06-01"), To: calendar.MustDay("2026-02-01")},
			{Member: "amy", Unit: "west", From: calendar.MustDay("2026-02-15")},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	q1 := period("2026-Q1")
	if got := target.PresenceOf(o, "amy", "east", q1); !slices.Equal(got.Active, []calendar.Period{period("2026-01")}) || got.Vacant {
		t.Error(got)
	}
	if got := target.PresenceOf(o, "amy", "", q1); len(got.Active) != 2 || got.Active[1] != through("2026-02-15", "2026-03-31") {
		t.Error(got)
	}
	if got := target.PresenceOf(o, "bo", "", q1); !got.Vacant {
		t.Error(got)
	}
}

// Whatever days somebody is there: what he carries and what was taken away
// are the full target, and what stands above is not changed.
func TestProrateConserves(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.split.Owners = withModes(t, d.split.Owners)
		b := d.breakDown(t)
		mode := func(owner string) target.Mode { n, _ := modeOf(d.split.Owners, owner); return n.Mode }
		var presences []target.Presence
		for _, owner := range b.Owners()[1:] {
			if len(b.Children(owner)) == 0 || mode(owner) == target.DirectPlusTeam {
				start := calendar.MustDay("2025-11-01").Add(rapid.IntRange(0, 300).Draw(t, owner))
				active, _ := calendar.NewPeriod(start, start.Add(rapid.IntRange(1, 300).Draw(t, owner+" days")))
				presences = append(presences, target.Presence{Owner: owner, Active: []calendar.Period{active}})
			}
		}
		c, err := b.Prorate(calendar.WorkCalendar{}, presences...)
		if err != nil {
			t.Fatal(err)
		}
		year := period("2026")
		for _, owner := range c.Owners() {
			q := c.Quota(owner, year)
			if q.Full != b.Cell(owner, year) {
				t.Fatalf("%s: %+v", owner, q)
			}
			var below []kpi.Value
			for _, child := range c.Children(owner) {
				below = append(below, c.Cell(child, year))
			}
			if len(below) > 0 && mode(owner) != target.Carried && sum(append(below, q.Direct, q.Uncovered)...) != q.Carried {
				t.Fatalf("%s: %+v of %v", owner, q, below)
			}
		}
		text, _ := json.Marshal(c)
		var read target.Breakdown
		if err := json.Unmarshal(text, &read); err != nil || !read.Equal(c) {
			t.Fatal(err)
		}
	})
}

// Who sells has figures of its own: all without children, and a lead who sells
// beside the team. Nobody else, or a sale would count twice.
func TestSells(t *testing.T) {
	b, err := target.BreakDown(goalOf("all", "2026", "1000"), money(0), cushioned())
	if err != nil {
		t.Fatal(err)
	}
	for owner, want := range map[string]bool{"all": false, "east": false, "west": true, "amy": true, "cy": true, "nobody": false} {
		if b.Sells(owner) != want {
			t.Errorf("%s: %v", owner, !want)
		}
	}
	// West carries 440, of which 110 are its own selling: weights 1 and 3.
	if own := b.Quota("west", period("2026")).Direct; own != kpi.Int(110) || sum(own, b.Cell("cy", period("2026"))) != b.Cell("west", period("2026")) {
		t.Error(own)
	}
}

func ExampleBreakdown_Sells() {
	goal := target.Goal{ID: "q1", Metric: "won_value", Owner: "team", Period: calendar.Calendar{}.MustParse("2026-Q1"), Target: kpi.Int(900)}
	b, err := target.BreakDown(goal, wonValue(), target.Split{Grain: calendar.Monthly, Owners: target.Node{
		ID: "team", Mode: target.DirectPlusTeam, Children: []target.Node{{ID: "Amy"}, {ID: "Bo"}}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	won, all := map[string]kpi.Value{"team": kpi.Int(70), "Amy": kpi.Int(120), "Bo": kpi.Int(90)}, kpi.Int(0)
	for _, owner := range b.Owners() {
		if b.Sells(owner) {
			all = all.Add(won[owner])
		}
	}
	fmt.Println("the lead's own target", b.Quota("team", goal.Period).Direct)
	fmt.Println("the team won", all, "of", b.Cell("team", goal.Period))
	// Output:
	// the lead's own target 300
	// the team won 280 of 900
}
