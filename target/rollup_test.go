package target_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// A roll-up of children along one curve is what Track says of their plan.
func TestRollUpIsTrack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		b := d.breakDown(t)
		in := target.Input{
			Metric: d.metric, Curve: rapid.SampledFrom([]target.Curve{target.ByPlan, target.Linear}).Draw(t, "curve"),
			AsOf: calendar.MustDay("2025-12-01").Add(rapid.IntRange(0, 450).Draw(t, "as of")),
		}
		var children []target.Tracking
		total := kpi.Int(0)
		for i, child := range b.Children("n") {
			in.Plan, in.Actual = b.Plan(child, period("2026")), kpi.Int(int64(100*i))
			total = total.Add(in.Actual)
			below, err := target.Track(in)
			if err != nil {
				t.Fatal(err)
			}
			children = append(children, below)
		}
		if len(children) == 0 {
			return
		}
		got, err := target.RollUp(d.metric, "n", rapid.Permutation(children).Draw(t, "order"), nil)
		if err != nil {
			t.Fatal(err)
		}
		in.Plan, in.Actual = b.Plan("n", period("2026")), total
		want, err := target.Track(in)
		if err != nil {
			t.Fatal(err)
		}
		// a plan with targets of both signs passes by amount, not by its children
		if d.goal.Target.Sign() >= 0 && (summary(got) != summary(want) || got.Attainment != want.Attainment) {
			t.Fatalf("\n%s\n%s", summary(got), summary(want))
		}
	})
}

// Two sellers with curves of their own: 10 % and 60 % of 100 and 300 are
// due on the fifth day, so 10 + 180.
func TestRollUpOfLearned(t *testing.T) {
	track := func(owner, amount string, actual kpi.Value, due int64) target.Tracking {
		plan := tenDays(amount)
		plan[0].Owner = owner
		got, err := target.Track(target.Input{
			Metric: money(0), Plan: plan, Actual: actual, AsOf: calendar.MustDay("2026-01-05"), Curve: target.Learned, History: history(due, due, due, due, due, due),
		})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	amy, bo := track("amy", "100", kpi.Int(19), 10), track("bo", "300", kpi.Int(152), 60)
	got, err := target.RollUp(money(0), "team", []target.Tracking{amy, bo}, nil)
	if err != nil || got.Expected != kpi.Int(190) || got.Pace != kpi.Frac(9, 10) || got.Status != target.AtRisk || got.Required != kpi.Frac(229, 5) {
		t.Error(err, summary(got))
	}
	if got.Passed != kpi.Frac(19, 40) || got.Landing.Curve.Defined() {
		t.Error("amy's curve is at 10 %, too early to land on:", got.Passed, got.Landing)
	}
	roundTrip(t, got)

	silent, err := target.RollUp(money(0), "team", []target.Tracking{track("amy", "100", kpi.Value{}, 10), bo}, []target.Stood{stood("2026-01-04", "", target.Behind, target.Behind)})
	if err != nil || silent.Actual != kpi.Int(152) || silent.Status != target.Behind || silent.Findings[0].Code != "no_data_below" {
		t.Error(err, summary(silent))
	}

	other := amy
	other.Metric, other.Elapsed, other.Through = "won_count", 4, calendar.MustDay("2026-01-04")
	_, err = target.RollUp(money(0), "", []target.Tracking{amy, other}, nil)
	want := []string{"owner missing_owner", "children[1].owner duplicate_owner", "children[1].metric other_metric", "children[1].through other_day", "children[1].observed other_days"}
	if got := problems(err); !slices.Equal(got, want) {
		t.Error(strings.Join(got, "\n"))
	}
	named, strict := bo, amy
	named.Version, strict.Version, strict.Thresholds.OnTrack = "2026 rev. 2", "2026 rev. 1", kpi.Int(2)
	one, _ := target.RollUp(money(0), "team", []target.Tracking{strict, named}, nil)
	two, err := target.RollUp(money(0), "team", []target.Tracking{named, strict}, nil)
	if err != nil || !reflect.DeepEqual(one, two) || one.Version != "2026 rev. 1" || one.Status != target.AtRisk {
		t.Error("the order of children shows:", one.Version, two.Version, err)
	}
	if _, err = target.RollUp(money(0), "team", nil, nil); !slices.Equal(problems(err), []string{"children no_children"}) {
		t.Error(err)
	}
}
