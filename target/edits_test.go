package target_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// crowd is 1,200 for each of n sellers in teams of up to fifty.
func crowd(t testing.TB, n int) *target.Breakdown {
	t.Helper()
	root := target.Node{ID: "all"}
	for i := range n {
		if i%50 == 0 {
			root.Children = append(root.Children, target.Node{ID: fmt.Sprintf("team%04d", i/50), Weight: kpi.Int(int64(min(50, n-i)))})
		}
		team := &root.Children[len(root.Children)-1]
		team.Children = append(team.Children, target.Node{ID: fmt.Sprintf("s%05d", i)})
	}
	b, err := target.BreakDown(goalOf("all", "2026", fmt.Sprint(1200*n)), money(2), target.Split{Grain: calendar.Monthly, Owners: root})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// committed has every seller of a crowd commit 60 less than the target.
func committed(t testing.TB, b *target.Breakdown) target.Reconciliation {
	t.Helper()
	var given []target.Commitment
	for _, f := range b.Figures() {
		if f.Period == b.Periods()[0] {
			given = append(given, commitment(f.Owner, 1140, "2026-01-05"))
		}
	}
	r, err := b.Reconcile(period("2026"), given, target.Acceptance{Below: kpi.Frac(1, 10)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// revision edits every seller of a crowd from February on.
func revision(b *target.Breakdown) target.Revision {
	r := target.Revision{Effective: day("2026-02-01"), Known: day("2026-02-01")}
	for _, f := range b.Figures() {
		if f.Period == b.Periods()[1] {
			r.Edits = append(r.Edits, target.Edit{Owner: f.Owner, Period: period("2026"), Value: kpi.Int(1150)})
		}
	}
	return r
}

// Many edits are those of one after the other.
func TestManyEdits(t *testing.T) {
	b := crowd(t, 120)
	accepted, err := b.Accept(committed(t, b))
	if err != nil {
		t.Fatal(err)
	}
	v, err := target.Publish(target.Version{Breakdown: b, Known: day("2025-12-10")})
	if err != nil {
		t.Fatal(err)
	}
	r := revision(b)
	revised, err := v.Revise(r)
	if err != nil {
		t.Fatal(err)
	}
	byAccept, byRevise := b, b
	for _, e := range r.Edits {
		e.Locks = []target.Lock{{Period: period("2026-01")}}
		if byRevise, err = byRevise.Edit(e); err != nil {
			t.Fatal(err)
		}
		if byAccept, err = byAccept.Edit(target.Edit{Owner: e.Owner, Period: e.Period, Value: kpi.Int(1140)}); err != nil {
			t.Fatal(err)
		}
	}
	if !accepted.Equal(byAccept) || !revised.All()[1].Breakdown.Equal(byRevise) || accepted.Goal().Target != kpi.Int(120*1140) {
		t.Error("together they give something else than one by one")
	}
}

// Work grows with the edits and not with edits × owners: four times the
// sellers allocate about four times as often, and not sixteen times.
func TestManyEditsAreLinear(t *testing.T) {
	allocations := func(n int) (accept, revise float64) {
		b := crowd(t, n)
		reconciliation, r := committed(t, b), revision(b)
		v, _ := target.Publish(target.Version{Breakdown: b, Known: day("2025-12-10")})
		accept = testing.AllocsPerRun(1, func() { _, _ = b.Accept(reconciliation) })
		revise = testing.AllocsPerRun(1, func() { _, _ = v.Revise(r) })
		return accept, revise
	}
	accept, revise := allocations(50)
	accept4, revise4 := allocations(200)
	if accept4 > 6*accept || revise4 > 6*revise {
		t.Errorf("accept %v to %v, revise %v to %v allocations", accept, accept4, revise, revise4)
	}
}

// An edit that cannot be made leaves nothing behind: amy's 700 are written
// before the company's lock is met, and her 600 afterwards change nothing.
func TestRefusedEditLeavesNothing(t *testing.T) {
	v := published(t)
	february := period("2026-02")
	_, err := v.Revise(target.Revision{Effective: day("2026-02-01"), Known: day("2026-02-01"), Edits: []target.Edit{
		{Owner: "amy", Period: february, Value: kpi.Int(700), Locks: []target.Lock{{Owner: "all"}}},
		{Owner: "amy", Period: february, Value: kpi.Int(600), Locks: []target.Lock{{Owner: "all"}}},
		{Owner: "zoe", Period: february, Value: kpi.Int(600)},
	}})
	if got := problems(err); !slices.Equal(got, []string{"edits[0].value locked", "edits[2].owner unknown_owner"}) {
		t.Errorf("%q", got)
	}
}

func BenchmarkAccept(b *testing.B) {
	breakdown := crowd(b, 2000)
	r := committed(b, breakdown)
	b.ResetTimer()
	for b.Loop() {
		if _, err := breakdown.Accept(r); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRevise(b *testing.B) {
	breakdown := crowd(b, 2000)
	r := revision(breakdown)
	v, _ := target.Publish(target.Version{Breakdown: breakdown, Known: day("2025-12-10")})
	b.ResetTimer()
	for b.Loop() {
		if _, err := v.Revise(r); err != nil {
			b.Fatal(err)
		}
	}
}
