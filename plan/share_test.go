package plan_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// ann carries 60,000 of 90,000 and bo 30,000. What is expected of bo alone,
// 9 % more, is 3 % more of the whole.
func TestASellersEffectIsNotTheCompanys(t *testing.T) {
	p := quarter(t)
	for _, c := range []struct {
		owners []string
		want   kpi.Value
	}{{[]string{"bo"}, kpi.Frac(1, 3)}, {[]string{"bo", "ann", "bo"}, kpi.Int(1)}, {[]string{"team", "ann"}, kpi.Int(1)}, {nil, kpi.Int(0)}} {
		if got := p.Share("q1", c.owners...); got != c.want {
			t.Errorf("%v carry %v, want %v", c.owners, got, c.want)
		}
	}
	if got := p.Share("q1", "zoe").Reason(); got != kpi.NoTarget {
		t.Errorf("somebody else: %v", got)
	}
	if got := p.Share("q9", "bo").Reason(); got != kpi.NoTarget {
		t.Errorf("another goal: %v", got)
	}
	s := plan.Suggestion{Owner: "bo", Rule: "win_rate", Do: plan.Template{Kind: plan.Training, Name: "Train", Lever: action.Conversion, Effect: kpi.Frac(9, 100)}}
	_, strategy := s.Plan(plan.Assignment{ID: "train", Goal: "q1", Start: day("2026-01-05"), Due: day("2026-01-09"), Accountable: "mo", Share: p.Share("q1", "bo")})
	if e := strategy.Effects[0]; e.Change != kpi.Frac(3, 100) || e.Evidence != "rule win_rate, assumed, for 33.3 % of the goal" {
		t.Errorf("%+v", e)
	}
}

// A revision of the whole quarter that is decided in the middle of March
// changes two months that are over; one that is decided before does not.
func TestRevisedBackwards(t *testing.T) {
	for decided, want := range map[string]bool{"2026-03-10": true, "2025-12-31": false} {
		d := committed(t, quarter(t))
		next, err := d.Plan().Revised("q1", target.Revision{Effective: day("2026-01-01"), Known: day(decided), Edits: []target.Edit{{Owner: "bo", Period: period("2026-01"), Value: kpi.Int(12000)}}})
		if err != nil {
			t.Fatal(err)
		}
		if d, err = d.Revise(next, plan.Revision{Effective: day("2026-01-01"), Signature: by(decided, "late news")}); err != nil {
			t.Fatal(err)
		}
		found := d.Amendments()[0].Findings
		i := slices.Index(codes(found), "revised_backwards")
		if (i >= 0) != want {
			t.Errorf("decided on %s: %v", decided, codes(found))
		}
		if i >= 0 && (found[i].Args["n"] != "2" || found[i].Subject != "q1") {
			t.Errorf("%+v", found[i])
		}
	}
}
