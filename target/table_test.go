package target_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

func figure(owner, label, amount string) kpi.Figure {
	f := kpi.Figure{Metric: "won_value", Owner: owner, Period: period(label)}
	if amount != "" {
		f.Value = kpi.MustParse(amount)
	}
	return f
}

// twoTeams weighs its owners in a way that a table must not look at.
func twoTeams() target.Split {
	return target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "all", Children: []target.Node{
		{ID: "east", Weight: kpi.Int(-5), Children: []target.Node{{ID: "amy"}, {ID: "bo"}}},
		{ID: "west", Children: []target.Node{{ID: "cy", Phasing: &target.Phasing{By: target.ByDays}}}},
	}}}
}

func TestFromFigures(t *testing.T) {
	goal := goalOf("all", "2026-Q1", "0")
	goal.Target = kpi.Value{}
	b, err := target.FromFigures(goal, money(0), twoTeams(), []kpi.Figure{
		figure("cy", "2026-Q1", "90"), // 31, 28 and 31 days: one unit a day by its own phasing
		figure("amy", "2026-01", "10"),
		figure("amy", "2026-02", "20"),
	})
	if err != nil {
		t.Fatal(err)
	}
	undefined := "undefined: no_data"
	for owner, want := range map[string]string{
		"cy": "31 28 31", "west": "31 28 31",
		"amy": "10 20 " + undefined, "east": "10 20 " + undefined,
		"all": "41 48 31",
	} {
		if got := cells(b, owner); got != want {
			t.Errorf("%s: %s; want %s", owner, got, want)
		}
	}
	if b.Goal().Target != kpi.Int(120) {
		t.Error("the sum is 90 + 30, not", b.Goal().Target)
	}
	if got := len(b.Figures()); got != 3+2 {
		t.Error(got, "figures: cells without a target are none")
	}
	var found []string
	for _, f := range b.Findings() {
		found = append(found, f.Code+" "+f.Subject)
	}
	if want := []string{"period_without_target amy", "owner_without_target bo"}; !slices.Equal(found, want) {
		t.Error(found)
	}
}

// What is wrong with the goal hides nothing of the table: owners and periods
// are known all the same.
func TestFromFiguresErrorsBesideTheGoal(t *testing.T) {
	goal := goalOf("all", "2026-Q1", "0")
	goal.ID, goal.Target = "", kpi.Value{}
	_, err := target.FromFigures(goal, money(0), twoTeams(), []kpi.Figure{figure("zoe", "2026-01", "1"), figure("amy", "2026-02", "0.5")})
	if got, want := problems(err), []string{"goal.id missing_id", "figures[0].owner unknown_owner", "figures[1].value too_many_places"}; !slices.Equal(got, want) {
		t.Errorf("%q; want %q", got, want)
	}
	own := target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "all", Mode: target.Independent, Children: []target.Node{{ID: "amy"}}}}
	goal.Target = kpi.Int(1)
	if _, err := target.BreakDown(goal, money(0), own); !slices.Equal(problems(err), []string{"goal.id missing_id", "owners needs_a_table"}) {
		t.Errorf("%q", problems(err))
	}
}

func TestFromFiguresErrors(t *testing.T) {
	tests := map[string]struct {
		why    string
		target string
		figure []kpi.Figure
		class  error
		expect []string
	}{
		"all kinds at once": {
			why: "none of the rows is dropped silently",
			figure: []kpi.Figure{
				figure("amy", "2026-01", "10"),
				figure("zoe", "2026-01", "10"),
				figure("east", "2026-01", "10"),
				figure("amy", "2026-01-15/2026-02-15", "10"),
				figure("amy", "2027-01", "10"),
				figure("amy", "2026-Q1", "10"),
				figure("bo", "2026-01", ""),
				figure("bo", "2026-01", "1.5"),
				{Metric: "lost_value", Owner: "bo", Period: period("2026-01"), Value: kpi.Int(1)},
				{},
			},
			class: check.ErrUnknown,
			expect: []string{
				"figures[1].owner unknown_owner",
				"figures[2].owner has_children",
				"figures[3].period off_boundary",
				"figures[4].period outside_the_goal",
				"figures[5].period already_has_a_target",
				"figures[6].value missing_amount",
				"figures[7].value too_many_places",
				"figures[8].metric other_metric",
				"figures[9].metric other_metric",
				"figures[9].owner unknown_owner",
				"figures[9].period outside_the_goal",
				"figures[9].value missing_amount",
			},
		},
		"not the sum": {
			why:    "a mismatch is never hidden: 30 is not 31",
			target: "31",
			figure: []kpi.Figure{figure("amy", "2026-01", "10"), figure("bo", "2026-03", "20")},
			class:  check.ErrInvalid,
			expect: []string{"goal.target not_the_sum"},
		},
		"a sum without figures": {
			why:    "31 stands nowhere in the table",
			target: "31",
			class:  check.ErrInvalid,
			expect: []string{"goal.target not_the_sum"},
		},
		"a sum beyond the limit": {
			why:    "two amounts of 64 digits make one of 65",
			figure: []kpi.Figure{figure("amy", "2026-01", strings.Repeat("9", 64)), figure("bo", "2026-03", strings.Repeat("9", 64))},
			class:  check.ErrRange,
			expect: []string{"goal.target number_too_large"},
		},
		"no figures": {
			why:    "nothing says what is aimed at",
			class:  check.ErrMissing,
			expect: []string{"goal.target missing_target"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			goal := goalOf("all", "2026-Q1", "0")
			goal.Target = kpi.Value{}
			if test.target != "" {
				goal.Target = kpi.MustParse(test.target)
			}
			b, err := target.FromFigures(goal, money(0), twoTeams(), test.figure)
			if b != nil || !errors.Is(err, test.class) {
				t.Errorf("%v, %v; want %v", b, err, test.class)
			}
			if got := problems(err); !slices.Equal(got, test.expect) {
				t.Errorf("\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(test.expect, "\n"))
			}
		})
	}
}
