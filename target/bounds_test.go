package target_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// millions is a year of 12 M with a base of 10.8 and a stretch of 13.2 M, in
// thousands.
func millions(t testing.TB, metric kpi.Metric, base, amount, stretch int64) target.Versions {
	t.Helper()
	goal := goalOf("all", "2026", kpi.Int(amount).String())
	goal.Metric, goal.Base, goal.Stretch = metric.ID, kpi.Int(base), kpi.Int(stretch)
	b, err := target.BreakDown(goal, metric, target.Split{Grain: calendar.Quarterly, Owners: target.Node{ID: "all", Children: []target.Node{{ID: "amy"}, {ID: "bo"}}}})
	if err != nil {
		t.Fatal(err)
	}
	v, err := target.Publish(target.Version{Breakdown: b, Known: day("2025-12-10")})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestReviseBaseAndStretch(t *testing.T) {
	for _, test := range []struct {
		why           string
		r             target.Revision
		base, stretch int64
		wrong         []string
	}{
		{"a target between the two leaves them", target.Revision{Target: kpi.Int(13_000)}, 10_800, 13_200, nil},
		{"15 M are beyond the stretch: what is it now?", target.Revision{Target: kpi.Int(15_000)}, 0, 0, []string{"stretch restate"}},
		{"10 M are less than the base", target.Revision{Target: kpi.Int(10_000)}, 0, 0, []string{"base restate"}},
		{"stated, it is raised", target.Revision{Target: kpi.Int(15_000), Stretch: kpi.Int(16_000)}, 10_800, 16_000, nil},
		{"and so is the base", target.Revision{Target: kpi.Int(15_000), Base: kpi.Int(14_000), Stretch: kpi.Int(16_000)}, 14_000, 16_000, nil},
		{"without a new target too", target.Revision{Stretch: kpi.Int(14_000)}, 10_800, 14_000, nil},
		{"what is stated is checked", target.Revision{Target: kpi.Int(15_000), Stretch: kpi.Int(14_000)}, 0, 0, []string{"goal.target not_between", "goal.stretch worse_than_target"}},
		{"in proportion: 15 of 12 are 1.25", target.Revision{Target: kpi.Int(15_000), Bounds: target.MoveBounds}, 13_500, 16_500, nil},
		{"what is stated does not move: 13,500 and", target.Revision{Target: kpi.Int(15_000), Stretch: kpi.Int(20_000), Bounds: target.MoveBounds}, 13_500, 20_000, nil},
		{"half-even to the unit: 12,001 ÷ 12,000 × 10,800 is 10,800.9, × 13,200 is 13,201.1", target.Revision{Target: kpi.Int(12_001), Bounds: target.MoveBounds}, 10_801, 13_201, nil},
		{"edits move the target as well: + 3,000 in the fourth quarter", target.Revision{Bounds: target.MoveBounds, Edits: []target.Edit{{Owner: "amy", Period: period("2026-Q4"), Value: kpi.Int(4_500)}}}, 13_500, 16_500, nil},
		{"edits that pass the stretch ask for it", target.Revision{Edits: []target.Edit{{Owner: "amy", Period: period("2026-Q4"), Value: kpi.Int(4_500)}}}, 0, 0, []string{"stretch restate"}},
		{"an unknown word", target.Revision{Bounds: 7}, 0, 0, []string{"bounds unknown_word"}},
	} {
		test.r.Effective, test.r.Known = day("2026-04-01"), day("2026-03-20")
		v := millions(t, money(0), 10_800, 12_000, 13_200)
		w, err := v.Revise(test.r)
		if test.wrong != nil {
			if !slices.Equal(problems(err), test.wrong) || w.Len() != 0 {
				t.Errorf("%s: %q; want %q", test.why, problems(err), test.wrong)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", test.why, err)
			continue
		}
		if g := w.All()[1].Breakdown.Goal(); g.Base != kpi.Int(test.base) || g.Stretch != kpi.Int(test.stretch) {
			t.Errorf("%s: base %v, stretch %v", test.why, g.Base, g.Stretch)
		}
		if g := v.All()[0].Breakdown.Goal(); g.Stretch != kpi.Int(13_200) {
			t.Error("the original keeps its own:", g)
		}
	}
}

// Where lower is better the base lies above and the stretch below.
func TestReviseBoundsOfABudget(t *testing.T) {
	cost := money(0)
	cost.Direction = kpi.LowerIsBetter
	v := millions(t, cost, 130, 120, 100)
	r := target.Revision{Effective: day("2026-04-01"), Known: day("2026-03-20"), Target: kpi.Int(90)}
	if _, err := v.Revise(r); !slices.Equal(problems(err), []string{"stretch restate"}) || !errors.Is(err, check.ErrMissing) {
		t.Errorf("90 is below the stretch of 100: %q", problems(err))
	}
	r.Target = kpi.Int(140)
	if _, err := v.Revise(r); !slices.Equal(problems(err), []string{"base restate"}) {
		t.Errorf("140 is above the base of 130: %q", problems(err))
	}
	r.Target, r.Bounds = kpi.Int(60), target.MoveBounds
	w, err := v.Revise(r)
	if err != nil {
		t.Fatal(err)
	}
	if g := w.All()[1].Breakdown.Goal(); g.Base != kpi.Int(65) || g.Stretch != kpi.Int(50) {
		t.Error(g.Base, g.Stretch)
	}
}

// Nothing is in proportion to a target of zero; a goal without bounds has
// none to move.
func TestReviseBoundsOfZero(t *testing.T) {
	r := target.Revision{Effective: day("2026-01-01"), Known: day("2026-01-01"), Target: kpi.Int(8), Bounds: target.MoveBounds}
	if _, err := millions(t, money(0), 0, 0, 8).Revise(r); !slices.Equal(problems(err), []string{"base no_proportion", "stretch no_proportion"}) {
		t.Errorf("%q", problems(err))
	}
	r.Target, r.Bounds, r.Effective, r.Known = kpi.Int(4200), target.MoveBounds, day("2026-02-01"), day("2026-01-20")
	w, err := published(t).Revise(r)
	if err != nil || w.All()[1].Breakdown.Goal().Stretch != (kpi.Value{}) {
		t.Error(err)
	}
}

func ExampleRevision() {
	goal := target.Goal{ID: "2026", Metric: "won_value", Owner: "company", Period: calendar.Calendar{}.MustParse("2026"),
		Base: kpi.Int(10_800_000), Target: kpi.Int(12_000_000), Stretch: kpi.Int(13_200_000)}
	b, err := target.BreakDown(goal, wonValue(), target.Split{Grain: calendar.Quarterly, Owners: target.Node{ID: "company"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	v, err := target.Publish(target.Version{Breakdown: b, Known: calendar.MustDay("2025-12-10")})
	if err != nil {
		fmt.Println(err)
		return
	}
	more := target.Revision{Effective: calendar.MustDay("2026-04-01"), Known: calendar.MustDay("2026-03-20"), Target: kpi.Int(15_000_000)}
	_, err = v.Revise(more)
	for _, p := range problems(err) {
		fmt.Println(p)
	}
	more.Bounds = target.MoveBounds
	v, err = v.Revise(more)
	revised := v.All()[1].Breakdown.Goal()
	fmt.Println(revised.Base, revised.Target, revised.Stretch, err)
	// Output:
	// stretch restate
	// 13500000 15000000 16500000 <nil>
}
