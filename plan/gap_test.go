package plan_test

import (
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// over gives a plan of 300 for the first quarter, handed on from a team.
func over(t rapid.TB, team target.Node) plan.Plan {
	g := target.Goal{ID: "q1", Metric: "won_value", Owner: "team", Period: period("2026-Q1"), Target: kpi.Int(300)}
	b, err := target.BreakDown(g, metric(), target.Split{Calendar: calendar.Calendar{}, Grain: calendar.Monthly, Owners: team})
	if err != nil {
		t.Fatal(err)
	}
	return plan.Plan{ID: "2026", Metrics: []kpi.Metric{metric()}, Goals: []target.Goal{g}, Breakdowns: []*target.Breakdown{b}}
}

func two() []target.Node { return []target.Node{{ID: "ann"}, {ID: "bo"}} }

// parts gives what a bridge says of every owner.
func parts(b *bridge.Bridge) map[string]string {
	all := map[string]string{}
	for _, p := range b.Parts {
		all[p.ID] = p.Amount.String()
	}
	return all
}

// A gap by owner adds up to the gap of the goal however the target is handed
// on. Worked by hand: of 300 carried with a cushion of a tenth the sellers
// hold 165 each, so what they miss by (−15, −10) is 30 more than what the team
// does (+5).
func TestGapOfACushion(t *testing.T) {
	p := over(t, target.Node{ID: "team", Mode: target.Carried, Cushion: kpi.Frac(1, 10), Children: two()})
	in := plan.Input{AsOf: day("2026-03-31"), Known: period("2026"), Actuals: []kpi.Figure{won("ann", "2026-01", 150), won("bo", "2026-02", 155)}}
	gap := review(t, p, in).Goals[0].Gap
	if got := parts(gap); gap.Gap != kpi.Int(5) || got["team"] != "30" || got["ann"] != "-15" || got["bo"] != "-10" {
		t.Errorf("%v in %v, want 5 of +30, -15 and -10", gap.Gap, got)
	}
	e, err := p.Evaluate(plan.Closing{Input: in, Owner: "team"})
	if err != nil {
		t.Fatal(err)
	}
	if got := e.Goals[0].ByOwner.Gap; got != kpi.Int(5) {
		t.Errorf("evaluated %v, want 305 − 300", got)
	}
	larger := over(t, target.Node{ID: "team", Mode: target.Carried, Cushion: kpi.Frac(2, 10), Children: two()})
	s, err := plan.Compare(p, larger)
	if err != nil {
		t.Fatal(err)
	}
	// 165 → 180 for each, and the team's own part from −30 to −60.
	if got := parts(s.Goals[0].ByOwner); s.Goals[0].ByOwner.Gap != kpi.Int(0) || got["team"] != "-30" || got["ann"] != "15" || got["bo"] != "15" {
		t.Errorf("compared %v in %v", s.Goals[0].ByOwner.Gap, got)
	}
}

// Ann is there from February on: 50 of January are nobody's, and the team
// misses them. Ann reaches her 100, Bo his 150.
func TestGapOfWhatIsUncovered(t *testing.T) {
	p := over(t, target.Node{ID: "team", Children: two()})
	there, err := calendar.Through(day("2026-02-01"), day("2026-03-31"))
	if err != nil {
		t.Fatal(err)
	}
	if p.Breakdowns[0], err = p.Breakdowns[0].Prorate(calendar.WorkCalendar{}, target.Presence{Owner: "ann", Active: []calendar.Period{there}}); err != nil {
		t.Fatal(err)
	}
	r := review(t, p, plan.Input{AsOf: day("2026-03-31"), Known: period("2026"), Actuals: []kpi.Figure{won("ann", "2026-02", 100), won("bo", "2026-01", 150)}})
	gap := r.Goals[0].Gap
	if got := parts(gap); gap.Gap != kpi.Int(-50) || got["team"] != "-50" || got["ann"] != "0" || got["bo"] != "0" {
		t.Errorf("%v in %v, want -50 of the team alone", gap.Gap, got)
	}
}

// In every mode, on every day, the parts add up to the variance that stands
// beside them.
func TestGapAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		team := target.Node{ID: "team", Children: two(), Mode: rapid.SampledFrom([]target.Mode{target.SumOfChildren, target.Carried, target.DirectPlusTeam}).Draw(t, "mode")}
		switch team.Mode {
		case target.Carried:
			team.Cushion = kpi.Frac(rapid.Int64Range(0, 30).Draw(t, "cushion"), 100)
		case target.DirectPlusTeam: // a weight, beside those of the sellers
			team.Direct, team.Children[0].Weight, team.Children[1].Weight = kpi.Int(rapid.Int64Range(0, 3).Draw(t, "own selling")), kpi.Int(2), kpi.Int(1)
		}
		p := over(t, team)
		in := plan.Input{AsOf: day("2026-01-01").Add(rapid.IntRange(0, 120).Draw(t, "day")), Known: period("2026")}
		sellers := []string{"ann", "bo"}
		if team.Mode == target.DirectPlusTeam && team.Direct.Sign() > 0 {
			sellers = append(sellers, "team") // a lead who sells
		}
		for _, who := range sellers {
			for _, month := range []string{"2026-01", "2026-02", "2026-03"} {
				in.Actuals = append(in.Actuals, won(who, month, rapid.Int64Range(-20, 90).Draw(t, who+month)))
			}
		}
		g := review(t, p, in).Goals[0]
		if want := g.Owners[0].Tracking.Variance; g.Gap == nil || g.Gap.Gap != want {
			t.Fatalf("%s: parts %v, variance %v", team.Mode, g.Gap, want)
		}
		sum := kpi.Int(0)
		for _, part := range g.Gap.Parts {
			sum = sum.Add(part.Amount)
		}
		if sum != g.Gap.Gap {
			t.Fatalf("parts add up to %v, the gap is %v", sum, g.Gap.Gap)
		}
	})
}
