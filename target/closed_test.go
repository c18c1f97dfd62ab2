package target_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// halfThere is 1,200 a month of Q1 over amy and bo, who begins at one half:
// 300 of his 600 are uncovered in the team.
func halfThere(t testing.TB, b *target.Breakdown) *target.Breakdown {
	t.Helper()
	half := kpi.Frac(1, 2)
	c, err := b.Prorate(calendar.WorkCalendar{}, target.Presence{Owner: "bo", Ramp: target.Ramp{Hired: day("2026-01-01"), Steps: []kpi.Value{half, half, half}}})
	if err != nil || cells(c, "bo") != "300 300 300" {
		t.Fatal(cells(c, "bo"), err)
	}
	return c
}

// regrown gives figures of Q1 in another tree.
func regrown(t testing.TB, figures []kpi.Figure, owners target.Node) *target.Breakdown {
	t.Helper()
	goal := goalOf("all", "2026-Q1", "0")
	goal.Target = kpi.Value{}
	b, err := target.FromFigures(goal, money(2), target.Split{Grain: calendar.Monthly, Owners: owners}, figures)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func tree(teams ...target.Node) target.Node { return target.Node{ID: "all", Children: teams} }

func team(id string, members ...target.Node) target.Node {
	return target.Node{ID: id, Children: members}
}

// January is closed: what may differ there from one version to the next, and
// what may not.
func TestClosedPeriods(t *testing.T) {
	amy, bo := target.Node{ID: "amy"}, target.Node{ID: "bo"}
	full, first := sellers(t), halfThere(t, sellers(t))
	applied := func(goal int64, changes ...target.CellChange) *target.Breakdown {
		d := target.Diff{Changes: changes}
		if g := first.Goal(); goal > 0 {
			g.Target = kpi.Int(goal)
			d.Goal = &g
		}
		b, err := first.Apply(d)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	january := func(owner string, row target.Row, from, to int64) target.CellChange {
		return target.CellChange{Owner: owner, Period: period("2026-01"), Row: row, From: kpi.Int(from), To: kpi.Int(to)}
	}
	leads := tree(team("team", target.Node{ID: "amy", Mode: target.DirectPlusTeam, Children: []target.Node{{ID: "dan"}}}, bo))
	carried := tree(target.Node{ID: "team", Mode: target.Independent, Children: []target.Node{amy, bo}})
	teamCarries := func(amount string) []kpi.Figure {
		return append(full.Stated(), figure("team", "2026-01", amount), figure("team", "2026-02", "1200"), figure("team", "2026-03", "1200"))
	}
	tests := map[string]struct {
		why         string
		first, next *target.Breakdown
		want        []string
	}{
		"the same":    {"nothing differs", first, first, nil},
		"uncovered":   {"100 of January's plan that nobody had are gone", first, applied(3500, january("team", target.UncoveredRow, 300, 200), january("team", target.CellRow, 1200, 1100), january("all", target.CellRow, 1200, 1100)), []string{"breakdown closed_cell_changed team uncovered"}},
		"relief":      {"bo was there for half of January, not for more", first, applied(0, january("bo", target.ReliefRow, 300, 200)), []string{"breakdown closed_cell_changed bo relief"}},
		"moved":       {"bo and what is uncovered of him go to the west", first, halfThere(t, regrown(t, full.Stated(), tree(team("team", amy), team("west", bo)))), nil},
		"moved, lost": {"bo goes to the west, and what was uncovered of him is forgotten", first, regrown(t, first.Stated(), tree(team("team", amy), team("west", bo))), []string{"breakdown closed_cell_changed bo relief", "breakdown closed_uncovered_changed  "}},
		"leads":       {"amy leads dan from February on; her January is own selling now", full, regrown(t, append(full.Stated(), figure("dan", "2026-02", "100")), leads), nil},
		"leads, more": {"dan cannot have had a target in January", full, regrown(t, append(full.Stated(), figure("dan", "2026-01", "100")), leads), []string{"breakdown closed_cell_changed dan cell"}},
		"led no more": {"amy sells alone again, but 600 are dropped", regrown(t, full.Stated(), leads), regrown(t, full.Stated()[3:], tree(team("team", amy, bo))), []string{"breakdown closed_cell_changed amy cell"}},
		"own quota":   {"the sum of 1,200 becomes a quota of 1,200", full, regrown(t, teamCarries("1200"), carried), nil},
		"other quota": {"the sum of 1,200 was never 1,300", full, regrown(t, teamCarries("1300"), carried), []string{"breakdown closed_cell_changed team cell"}},
		"a leaf grew": {"a team without targets becomes a seller with one", regrown(t, full.Stated()[3:], tree(team("team", amy), bo)), regrown(t, append(full.Stated()[3:], figure("team", "2026-01", "500")), tree(target.Node{ID: "team"}, bo)), []string{"breakdown closed_cell_changed team cell"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			v, err := target.Publish(target.Version{Breakdown: test.first, Known: day("2025-12-10")})
			if err != nil {
				t.Fatal(err)
			}
			_, err = v.Add(target.Version{Breakdown: test.next, Effective: day("2026-02-01"), Known: day("2026-02-01")})
			if got := problemsWith(err, "owner", "row"); !slices.Equal(got, test.want) {
				t.Errorf("%q; want %q", got, test.want)
			}
			if _, err = v.Add(target.Version{Breakdown: test.next, Effective: day("2026-01-31"), Known: day("2026-02-01")}); err != nil {
				t.Error("no period is over before 31 January:", err)
			}
		})
	}
}

// problemsWith adds some arguments to each problem.
func problemsWith(err error, names ...string) []string {
	var found []string
	for _, e := range check.All(err) {
		text := e.Path + " " + e.Code
		for _, name := range names {
			text += " " + e.Args[name]
		}
		found = append(found, text)
	}
	return found
}

// However often a plan is revised, from whatever days and decided in whatever
// order of them: every closed period has in the last version the target that
// it was closed with, and a version that is decided later changes nothing of
// what was known before.
func TestVersionsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.goal.Target = d.goal.Target.Abs()
		d.split.Grain, d.split.Phasing = calendar.Monthly, target.Phasing{}
		d.split.Owners = withModes(t, drawTeams(t))
		b := d.breakDown(t)
		v, err := target.Publish(target.Version{Breakdown: b, Known: day("2025-12-01")})
		if err != nil {
			t.Fatal(err)
		}
		decided := []calendar.Day{day("2025-12-01")}
		for i := range rapid.IntRange(1, 4).Draw(t, "revisions") {
			r := target.Revision{
				Effective: day("2025-11-15").Add(rapid.IntRange(0, 420).Draw(t, fmt.Sprint("effective", i))),
				Known:     decided[len(decided)-1].Add(rapid.IntRange(0, 90).Draw(t, fmt.Sprint("known", i))),
			}
			if rapid.Bool().Draw(t, fmt.Sprint("target", i)) {
				r.Target = kpi.Minor(rapid.Int64Range(0, 2_000_000).Draw(t, fmt.Sprint("new", i)), int(d.metric.Unit.Scale))
			} else {
				r.Edits = []target.Edit{{Owner: rapid.SampledFrom(b.Owners()).Draw(t, fmt.Sprint("owner", i)), Period: period("2026"), Value: kpi.Int(rapid.Int64Range(0, 5000).Draw(t, fmt.Sprint("edit", i)))}}
			}
			before := v
			if v, err = v.Revise(r); err != nil {
				if !errors.Is(err, check.ErrInfeasible) {
					t.Fatal(err)
				}
				v = before
				continue
			}
			for _, owner := range b.Owners() {
				asOf, knownAt := day("2026-12-31"), r.Known.Add(-1)
				if was, is := before.Attainment(owner, period("2026"), kpi.Int(1), asOf, knownAt), v.Attainment(owner, period("2026"), kpi.Int(1), asOf, knownAt); !reflect.DeepEqual(was, is) {
					t.Fatalf("%+v\n%+v", was, is)
				}
			}
			decided = append(decided, r.Known)
		}
		last := v.All()[v.Len()-1].Breakdown
		for _, owner := range b.Owners() {
			for _, p := range b.Periods() {
				closedWith := v.Attainment(owner, p, kpi.Int(1), p.Last(), day("2030-01-01"))
				if later := v.Attainment(owner, p, kpi.Int(1), day("2029-01-01"), day("2030-01-01")); later.Prorated != closedWith.Prorated {
					t.Fatalf("%s in %v: closed with %v, later %v", owner, p, closedWith.Prorated, later.Prorated)
				}
				if closedWith.Prorated != last.Cell(owner, p) {
					t.Fatalf("%s in %v: closed with %v, in the last version %v", owner, p, closedWith.Prorated, last.Cell(owner, p))
				}
			}
		}
	})
}

func drawTeams(t *rapid.T) target.Node {
	return target.Node{ID: "n", Children: []target.Node{
		{ID: "n0", Weight: drawWeight(t, "n0"), Children: []target.Node{{ID: "n00", Weight: drawWeight(t, "n00")}, {ID: "n01", Weight: drawWeight(t, "n01")}}},
		{ID: "n1", Weight: drawWeight(t, "n1")},
	}}
}
