package target_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// threeTeams is 600 in one half: east 300 of amy 200 and bo 100, west 300.
func threeTeams(t testing.TB) *target.Breakdown {
	t.Helper()
	b, err := target.BreakDown(goalOf("all", "2026", "1200"), money(0), target.Split{Grain: calendar.HalfYearly, Owners: target.Node{
		ID: "all", Children: []target.Node{
			{ID: "east", Children: []target.Node{{ID: "amy", Weight: kpi.Int(2)}, {ID: "bo", Weight: kpi.Int(1)}}},
			{ID: "west", Children: []target.Node{{ID: "cy"}}},
		}}})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEdit(t *testing.T) {
	h1 := period("2026-H1")
	tests := map[string]struct {
		why  string
		edit target.Edit
		want map[string]string
	}{
		"parent changes": {
			"30 more for amy are 30 more for the east, the company and the goal",
			target.Edit{Owner: "amy", Period: h1, Value: kpi.Int(230)},
			map[string]string{"amy": "230 200", "bo": "100 100", "east": "330 300", "west": "300 300", "all": "630 600"},
		},
		"siblings absorb": {
			"30 more for amy are 30 less for bo",
			target.Edit{Owner: "amy", Period: h1, Value: kpi.Int(230), Follow: target.SiblingsAbsorb},
			map[string]string{"amy": "230 200", "bo": "70 100", "east": "300 300", "all": "600 600"},
		},
		"siblings with people below": {
			"60 more for the east, 2 to 1 for its people, are 60 less for the west and for cy",
			target.Edit{Owner: "east", Period: h1, Value: kpi.Int(360), Follow: target.SiblingsAbsorb},
			map[string]string{"amy": "240 200", "bo": "120 100", "east": "360 300", "west": "240 300", "cy": "240 300", "all": "600 600"},
		},
		"children scale": {
			"900 instead of 600 is half as much again for everybody",
			target.Edit{Owner: "all", Period: h1, Value: kpi.Int(900), Follow: target.ChildrenScale},
			map[string]string{"amy": "300 200", "bo": "150 100", "east": "450 300", "cy": "450 300", "all": "900 600"},
		},
		"over periods": {
			"the year from 300 to 600 doubles both halves",
			target.Edit{Owner: "bo", Period: period("2026"), Value: kpi.Int(400)},
			map[string]string{"bo": "200 200", "east": "400 400", "all": "700 700"},
		},
		"a locked owner": {
			"amy is held, so bo takes all 30 of the east",
			target.Edit{Owner: "east", Period: h1, Value: kpi.Int(330), Locks: []target.Lock{{Owner: "amy"}}},
			map[string]string{"amy": "200 200", "bo": "130 100", "east": "330 300", "all": "630 600"},
		},
		"a locked period": {
			"the first half is over, so the second takes all 60",
			target.Edit{Owner: "all", Period: period("2026"), Value: kpi.Int(1260), Locks: []target.Lock{{Period: h1}}},
			map[string]string{"amy": "200 220", "bo": "100 110", "cy": "300 330", "all": "600 660"},
		},
		"to zero": {
			"nobody is left with anything",
			target.Edit{Owner: "east", Period: h1, Value: kpi.Int(0)},
			map[string]string{"amy": "0 200", "bo": "0 100", "east": "0 300", "all": "300 600"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			b := threeTeams(t)
			c, err := b.Edit(test.edit)
			if err != nil {
				t.Fatal(err)
			}
			for owner, want := range test.want {
				if got := cells(c, owner); got != want {
					t.Errorf("%s: %s; want %s", owner, got, want)
				}
			}
			if c.Goal().Target != c.Cell("all", period("2026")) || !b.Equal(threeTeams(t)) {
				t.Error("the goal, or the breakdown that was edited")
			}
		})
	}
}

// From zero the weights say who receives.
func TestEditFromZero(t *testing.T) {
	b, err := threeTeams(t).Edit(target.Edit{Owner: "east", Period: period("2026"), Value: kpi.Int(0)})
	if err != nil {
		t.Fatal(err)
	}
	b, err = b.Edit(target.Edit{Owner: "east", Period: period("2026"), Value: kpi.Int(60)})
	if err != nil || cells(b, "amy") != "20 20" || cells(b, "bo") != "10 10" {
		t.Error(cells(b, "amy"), err)
	}
}

func TestEditModes(t *testing.T) {
	b, err := target.BreakDown(goalOf("all", "2026", "1000"), money(0), cushioned())
	if err != nil {
		t.Fatal(err)
	}
	h1 := period("2026-H1")
	kept, err := b.Edit(target.Edit{Owner: "east", Period: h1, Value: kpi.Int(660)})
	if err != nil || cells(kept, "east") != "660 330" || cells(kept, "amy") != "174 173" || cells(kept, "all") != "500 500" {
		t.Error("an own quota moves alone:", err)
	}
	scaled, err := b.Edit(target.Edit{Owner: "east", Period: h1, Value: kpi.Int(660), Follow: target.ChildrenScale})
	if err != nil || cells(scaled, "amy") != "348 173" || cells(scaled, "bo") != "346 173" {
		t.Error("347 handed on of 330 are 694 of 660:", err, cells(scaled, "amy"), cells(scaled, "bo"))
	}
	direct, err := b.Edit(target.Edit{Owner: "west", Period: h1, Value: kpi.Int(440)})
	if err != nil || cells(direct, "cy") != "330 165" || direct.Quota("west", h1).Direct != kpi.Int(110) {
		t.Error("own selling scales beside the team:", err)
	}
}

func TestEditUncovered(t *testing.T) {
	b, err := sellers(t).Prorate(calendar.WorkCalendar{}, target.Presence{Owner: "bo", Vacant: true})
	if err != nil {
		t.Fatal(err)
	}
	e := target.Edit{Owner: "amy", Period: period("2026-01"), Value: kpi.Int(900), Follow: target.UncoveredAbsorbs}
	c, err := b.Edit(e)
	if err != nil || cells(c, "amy") != "900 600 600" || c.Quota("team", e.Period).Uncovered != kpi.Int(300) || cells(c, "team") != "1200 1200 1200" {
		t.Error(err, c)
	}
	e.Value = kpi.Int(1201)
	if _, err := b.Edit(e); !slices.Equal(problems(err), []string{"value not_enough"}) {
		t.Error(err)
	}
}

// Amy takes over what nobody has of bo's, and then bo comes back: 600 are
// carried twice, until amy gives them back.
func TestCoveredTwice(t *testing.T) {
	b, err := sellers(t).Prorate(calendar.WorkCalendar{}, target.Presence{Owner: "bo", Vacant: true})
	if err != nil {
		t.Fatal(err)
	}
	january := period("2026-01")
	b, err = b.Edit(target.Edit{Owner: "amy", Period: january, Value: kpi.Int(1200), Follow: target.UncoveredAbsorbs})
	if err != nil {
		t.Fatal(err)
	}
	sentences(t, b.Findings(), "uncovered_plan team")
	back, err := b.Prorate(calendar.WorkCalendar{}, target.Presence{Owner: "bo"})
	if err != nil || cells(back, "bo") != "600 600 600" || cells(back, "team") != "1200 1200 1200" {
		t.Fatal(err)
	}
	sentences(t, back.Findings(), "covered_twice team")
	if found := back.Findings()[0]; found.Args["over"] != "600.00 USD" {
		t.Error(found)
	}
	given, err := back.Edit(target.Edit{Owner: "amy", Period: january, Value: kpi.Int(600), Follow: target.UncoveredAbsorbs})
	if err != nil || !slices.Equal(given.Figures(), sellers(t).Figures()) {
		t.Error(err)
	}
	sentences(t, given.Findings())
}

func TestEditErrors(t *testing.T) {
	h1 := period("2026-H1")
	tests := map[string]struct {
		why  string
		edit target.Edit
		want []string
	}{
		"all at once": {"every field is wrong", target.Edit{Owner: "zoe", Period: period("2026-Q1"), Value: kpi.Frac(1, 2), Follow: 9, Locks: []target.Lock{{Owner: "zoe"}, {Period: period("2027")}}},
			[]string{"owner unknown_owner", "period off_boundary", "value too_many_places", "follow unknown_word", "locks[0].owner unknown_owner", "locks[1].period outside_the_goal"}},
		"nothing":          {"an empty edit", target.Edit{}, []string{"owner unknown_owner", "period missing_period", "value missing_amount"}},
		"locked itself":    {"a lock holds against an edit too", target.Edit{Owner: "amy", Period: h1, Value: kpi.Int(1), Locks: []target.Lock{{Owner: "amy"}}}, []string{"value locked"}},
		"locked above":     {"the east may not change", target.Edit{Owner: "amy", Period: h1, Value: kpi.Int(1), Locks: []target.Lock{{Owner: "east"}}}, []string{"value locked"}},
		"locked below":     {"everybody in the east is held", target.Edit{Owner: "east", Period: h1, Value: kpi.Int(1), Locks: []target.Lock{{Owner: "amy"}, {Owner: "bo"}}}, []string{"value locked"}},
		"less than locked": {"amy's 200 do not fit into 150", target.Edit{Owner: "east", Period: h1, Value: kpi.Int(150), Locks: []target.Lock{{Owner: "amy"}}}, []string{"value not_enough"}},
		"siblings have less": {"bo cannot give 150 of his 100", target.Edit{Owner: "amy", Period: h1, Value: kpi.Int(350), Follow: target.SiblingsAbsorb},
			[]string{"value not_enough"}},
		"no siblings": {"cy is alone", target.Edit{Owner: "cy", Period: h1, Value: kpi.Int(1), Follow: target.SiblingsAbsorb}, []string{"value no_siblings"}},
		"the root":    {"nobody stands beside the root", target.Edit{Owner: "all", Period: h1, Value: kpi.Int(1), Follow: target.SiblingsAbsorb}, []string{"value no_siblings"}},
		"nobody above": {"what is uncovered stands at a parent", target.Edit{Owner: "all", Period: h1, Value: kpi.Int(1), Follow: target.UncoveredAbsorbs},
			[]string{"value nobody_above"}},
		"nothing uncovered": {"all is carried", target.Edit{Owner: "amy", Period: h1, Value: kpi.Int(201), Follow: target.UncoveredAbsorbs}, []string{"value not_enough"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			c, err := threeTeams(t).Edit(test.edit)
			if got := problems(err); c != nil || !slices.Equal(got, test.want) {
				t.Errorf("%q; want %q", got, test.want)
			}
		})
	}
	_, err := threeTeams(t).Edit(tests["locked above"].edit)
	var problem *check.Error
	if !errors.As(err, &problem) || problem.Args["owner"] != "east" || problem.Args["period"] != "2026-H1" {
		t.Error("the cell is named:", err)
	}
}

// After any edit that is possible every level adds up, locked cells have not
// moved, and the edited one has its value.
func TestEditConserves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.goal.Target = d.goal.Target.Abs()
		d.split.Owners = withModes(t, d.split.Owners)
		b := d.breakDown(t)
		owners := b.Owners()
		quarter := func(name string) calendar.Period { return rapid.SampledFrom(b.Periods()).Draw(t, name) }
		e := target.Edit{
			Owner: rapid.SampledFrom(owners).Draw(t, "owner"), Period: rapid.SampledFrom(append(b.Periods(), period("2026"))).Draw(t, "period"),
			Value:  kpi.Minor(rapid.Int64Range(0, 300_000).Draw(t, "value"), int(d.metric.Unit.Scale)),
			Follow: rapid.SampledFrom([]target.Follow{target.ParentChanges, target.SiblingsAbsorb, target.ChildrenScale}).Draw(t, "follow"),
		}
		for range rapid.IntRange(0, 2).Draw(t, "locks") {
			e.Locks = append(e.Locks, target.Lock{Owner: rapid.SampledFrom(owners).Draw(t, "lock"), Period: quarter("locked")})
		}
		c, err := b.Edit(e)
		if err != nil {
			for _, problem := range check.All(err) {
				if !errors.Is(problem, check.ErrInfeasible) {
					t.Fatal(err)
				}
			}
			return
		}
		if c.Cell(e.Owner, e.Period) != e.Value || c.Cell("n", d.goal.Period) != c.Goal().Target {
			t.Fatal(c.Cell(e.Owner, e.Period), c.Goal().Target)
		}
		for _, l := range e.Locks {
			if c.Cell(l.Owner, l.Period) != b.Cell(l.Owner, l.Period) {
				t.Fatal("a locked cell has moved:", l)
			}
		}
		for _, level := range c.Levels(d.goal.Period) {
			if level.Mode != target.Carried && level.Mismatch != kpi.Int(0) {
				t.Fatalf("%+v", level)
			}
		}
		if e.Follow == target.SiblingsAbsorb && c.Goal().Target != b.Goal().Target {
			t.Fatal("the goal has moved")
		}
	})
}

// mixedSigns is 150 in a quarter: amy 100 a month, bo −50.
func mixedSigns(t testing.TB) *target.Breakdown {
	t.Helper()
	figures := []kpi.Figure{}
	for _, month := range []string{"2026-01", "2026-02", "2026-03"} {
		figures = append(figures, figure("amy", month, "100"), figure("bo", month, "-50"))
	}
	b, err := target.FromFigures(goalOf("all", "2026-Q1", "150"), money(0), target.Split{Grain: calendar.Monthly,
		Owners: target.Node{ID: "all", Children: []target.Node{{ID: "amy"}, {ID: "bo"}}}}, figures)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestEditMixedSigns(t *testing.T) {
	b, e := mixedSigns(t), target.Edit{Owner: "all", Period: period("2026-Q1"), Value: kpi.Int(150)}
	if c, err := b.Edit(e); err != nil || !c.Equal(b) {
		t.Error("the value is there already:", err)
	}
	e.Value = kpi.Int(240) // 30 more a month, 2 to 1
	if c, err := b.Edit(e); err != nil || cells(c, "amy") != "120 120 120" || cells(c, "bo") != "-40 -40 -40" {
		t.Error("the difference goes in proportion:", err)
	}
	for _, value := range []int64{750, -30} { // 200 more a month are 67 for bo's −50; −10 is another sign for all
		e.Value = kpi.Int(value)
		if c, err := b.Edit(e); c != nil || !slices.Contains(problems(err), "value not_enough") {
			t.Errorf("%d changes a sign: %q", value, problems(err))
		}
	}
}

// withGap is 500 in a quarter: amy has no target in February, bo 100 a month.
func withGap(t testing.TB) *target.Breakdown {
	t.Helper()
	b, err := target.FromFigures(goalOf("all", "2026-Q1", "500"), money(0), target.Split{Grain: calendar.Monthly,
		Owners: target.Node{ID: "all", Children: []target.Node{{ID: "amy"}, {ID: "bo"}}}}, []kpi.Figure{
		figure("amy", "2026-01", "100"), figure("amy", "2026-03", "100"),
		figure("bo", "2026-01", "100"), figure("bo", "2026-02", "100"), figure("bo", "2026-03", "100")})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A cell without a target that receives nothing stays so.
func TestNoDataStays(t *testing.T) {
	b, q1, feb := withGap(t), period("2026-Q1"), period("2026-02")
	if c, err := b.Edit(target.Edit{Owner: "amy", Period: q1, Value: kpi.Int(200)}); err != nil || !c.Equal(b) {
		t.Error("the value is there already:", err)
	}
	missing := kpi.Undefined(kpi.NoData)
	for name, e := range map[string]target.Edit{
		"over periods":  {Owner: "amy", Period: q1, Value: kpi.Int(400)},
		"over children": {Owner: "all", Period: feb, Value: kpi.Int(200)},
		"a sibling":     {Owner: "bo", Period: q1, Value: kpi.Int(600)},
	} {
		if c, err := b.Edit(e); err != nil || c.Cell("amy", feb) != missing {
			t.Error(name, err)
		}
	}
	if c, err := b.Edit(target.Edit{Owner: "amy", Period: feb, Value: kpi.Int(0)}); err != nil || c.Cell("amy", feb) != kpi.Int(0) || cells(c, "all") != "200 100 200" {
		t.Error("a zero that is asked for is one:", err)
	}
	v, err := target.Publish(target.Version{Breakdown: b, Known: day("2025-12-10")})
	if err != nil {
		t.Fatal(err)
	}
	r := target.Revision{Effective: day("2026-02-01"), Known: day("2026-02-01"), Spread: target.OverTheRest,
		Actuals: []kpi.Figure{figure("amy", "2026-01", "80"), figure("bo", "2026-01", "100")}}
	w, err := v.Revise(r)
	if err != nil {
		t.Fatal(err)
	}
	if c := w.All()[1].Breakdown; c.Cell("amy", feb) != missing || c.Cell("amy", period("2026-03")) != kpi.Int(120) {
		t.Error("amy's 20 go to March:", cells(c, "amy"))
	}
	r.Spread = target.EvenlySpread
	if w, err := v.Revise(r); err != nil || cells(w.All()[1].Breakdown, "amy") != "100 10 110" {
		t.Error("evenly February receives too:", err)
	}
}

// What is below an own quota scales too where that stands below the owner
// that is edited: 2,000 twice is 4,000, and 275 twice is 550.
func TestEditBelowANestedQuota(t *testing.T) {
	b, err := target.BreakDown(goalOf("all", "2026", "2000"), money(0), target.Split{Grain: calendar.HalfYearly, Owners: target.Node{
		ID: "all", Children: []target.Node{
			{ID: "east", Mode: target.Carried, Cushion: kpi.Frac(1, 10), Children: []target.Node{{ID: "amy"}, {ID: "bo"}}},
			{ID: "west", Children: []target.Node{{ID: "cy"}}},
		}}})
	if err != nil {
		t.Fatal(err)
	}
	e := target.Edit{Owner: "all", Period: period("2026"), Value: kpi.Int(4000), Follow: target.ChildrenScale}
	scaled, err := b.Edit(e)
	if err != nil {
		t.Fatal(err)
	}
	e.Follow = target.ParentChanges
	alone, err := b.Edit(e)
	if err != nil || cells(alone, "east") != "1000 1000" || cells(alone, "amy") != "275 275" {
		t.Error("only children scale goes below an own quota:", err)
	}
	v, err := target.Publish(target.Version{Breakdown: b, Known: day("2025-12-10")})
	if err != nil {
		t.Fatal(err)
	}
	w, err := v.Revise(target.Revision{Effective: day("2026-01-01"), Known: day("2026-01-01"), Target: kpi.Int(4000)})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]*target.Breakdown{"edit": scaled, "revision": w.All()[1].Breakdown} {
		for owner, want := range map[string]string{"east": "1000 1000", "amy": "550 550", "bo": "550 550", "cy": "1000 1000"} {
			if got := cells(c, owner); got != want {
				t.Errorf("%s: %s: %s; want %s", name, owner, got, want)
			}
		}
	}
}
