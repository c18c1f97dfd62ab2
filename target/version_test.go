package target_test

import (
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// joined is 1,200 a month of Q1 over amy and bo, and from February on, decided
// on 20 January, 100 a month for cy too.
func joined(t testing.TB) target.Versions {
	t.Helper()
	amy, bo, cy := target.Node{ID: "amy"}, target.Node{ID: "bo"}, target.Node{ID: "cy"}
	figures := append(sellers(t).Stated(), figure("cy", "2026-02", "100"), figure("cy", "2026-03", "100"))
	v, err := published(t).Add(target.Version{Breakdown: regrown(t, figures, tree(team("team", amy, bo, cy))), Effective: day("2026-02-01"), Known: day("2026-01-20")})
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Who comes with a revision has targets from then on, and none before.
func TestVersionsOfANewcomer(t *testing.T) {
	v, none := joined(t), kpi.Undefined(kpi.NoTarget)
	tests := map[string]struct {
		why, owner, period, asOf, knownAt string
		original, inForce, against        kpi.Value // in force and prorated are one here
	}{
		"the quarter":        {"100 for February and March each, nothing for January", "cy", "2026-Q1", "2026-03-31", "2026-03-31", none, kpi.Int(200), kpi.Frac(1, 4)},
		"a month":            {"the first with a target", "cy", "2026-02", "2026-02-28", "2026-03-31", none, kpi.Int(100), kpi.Frac(1, 2)},
		"the month before":   {"January was closed without cy", "cy", "2026-01", "2026-03-31", "2026-03-31", none, none, none},
		"not in force yet":   {"in January cy is not there yet", "cy", "2026-Q1", "2026-01-31", "2026-03-31", none, none, none},
		"not known yet":      {"on 19 January nobody had decided", "cy", "2026-Q1", "2026-03-31", "2026-01-19", none, none, none},
		"the team":           {"3,600 at first, 200 more now", "team", "2026-Q1", "2026-03-31", "2026-03-31", kpi.Int(3600), kpi.Int(3800), kpi.Frac(50, 3800)},
		"nobody of the kind": {"no version knows zoe", "zoe", "2026-Q1", "2026-03-31", "2026-03-31", none, none, none},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			s := v.Attainment(test.owner, period(test.period), kpi.Int(50), day(test.asOf), day(test.knownAt))
			if s.Original != test.original || s.InForce != test.inForce || s.Prorated != test.inForce || s.Street != test.inForce || s.AgainstProrated != test.against {
				t.Errorf("%+v", s)
			}
		})
	}
}

// A newcomer is tracked from the first month with a target on.
func TestPlanOfANewcomer(t *testing.T) {
	v, end := joined(t), day("2026-03-31")
	got, err := target.Track(target.Input{Metric: money(2), Plan: v.Plan("cy", period("2026-Q1"), end, end), Actual: kpi.Int(150), AsOf: end})
	if err != nil {
		t.Fatal(err)
	}
	if got.Target != kpi.Int(200) || got.Period.Start() != day("2026-02-01") || got.Attainment != kpi.Frac(3, 4) {
		t.Errorf("%v of %v in %v", got.Actual, got.Target, got.Period)
	}
	if plan := v.Plan("zoe", period("2026-Q1"), end, end); len(plan) != 0 {
		t.Error(plan)
	}
}

// Before the period begins no attainment is due yet, whatever was sold ahead:
// 0 of 3,600 would be a failure that nobody has had time for.
func TestStandingBeforeTheStart(t *testing.T) {
	for asOf, want := range map[string]kpi.Value{"2025-12-31": kpi.Undefined(kpi.NotYetDue), "2026-01-01": kpi.Int(0)} {
		s := joined(t).Attainment("team", period("2026-Q1"), kpi.Int(0), day(asOf), day("2025-12-31"))
		if s.InForce != kpi.Int(3600) || s.AgainstOriginal != want || s.AgainstInForce != want || s.AgainstProrated != want || s.AgainstStreet != want {
			t.Errorf("%s: %+v", asOf, s)
		}
	}
}

// After a revision the full targets are prorated anew: a quarter of March's
// 900 and not 900 less the 450 that were taken of 600. January is closed and
// stays, and nobody loses a cent.
func TestProrateARevision(t *testing.T) {
	steps := []kpi.Value{kpi.Frac(1, 2), kpi.Frac(1, 2), kpi.Frac(1, 4)}
	ramp := target.Presence{Owner: "bo", Ramp: target.Ramp{Hired: day("2026-01-01"), Steps: steps}}
	first, err := sellers(t).Prorate(calendar.WorkCalendar{}, ramp)
	if err != nil || cells(first, "bo") != "300 300 150" {
		t.Fatal(cells(first, "bo"), err)
	}
	v, err := target.Publish(target.Version{Breakdown: first, Known: day("2025-12-10")})
	if err != nil {
		t.Fatal(err)
	}
	r := target.Revision{Effective: day("2026-02-01"), Known: day("2026-01-20"), Edits: []target.Edit{{Owner: "bo", Period: period("2026-03"), Value: kpi.Int(450)}}}
	if v, err = v.Revise(r); err != nil {
		t.Fatal(err)
	}
	again, err := v.All()[1].Breakdown.Prorate(calendar.WorkCalendar{}, ramp)
	if err != nil || cells(again, "bo") != "300 300 225" || again.Goal().Target != again.Cell("all", period("2026-Q1")) {
		t.Fatal(cells(again, "bo"), err)
	}
	if v, err = v.Add(target.Version{Breakdown: again, Effective: r.Effective, Known: r.Known}); err != nil {
		t.Fatal(err)
	}
	if s := v.Attainment("bo", period("2026-Q1"), kpi.Int(0), day("2026-03-31"), day("2026-03-31")); s.InForce != kpi.Int(2100) || s.Prorated != kpi.Int(825) {
		t.Errorf("%+v", s)
	}
}
