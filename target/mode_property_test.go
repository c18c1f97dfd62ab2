package target_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// withModes gives some owners with children an own quota or own selling.
func withModes(t *rapid.T, n target.Node) target.Node {
	n.Children = slices.Clone(n.Children)
	for i, child := range n.Children {
		n.Children[i] = withModes(t, child)
	}
	if len(n.Children) == 0 {
		return n
	}
	switch rapid.IntRange(0, 3).Draw(t, n.ID+" mode") {
	case 0:
		n.Mode, n.Cushion = target.Carried, kpi.Frac(rapid.Int64Range(0, 7).Draw(t, n.ID+" cushion"), 7)
	case 1:
		n.Mode, n.Direct = target.DirectPlusTeam, drawWeight(t, n.ID+" direct")
	}
	return n
}

// handedOn is what an owner's children, its own selling and what nobody has
// add up to, by the other road: cell by cell from what the breakdown says.
func handedOn(b *target.Breakdown, owner string, p calendar.Period) kpi.Value {
	q := b.Quota(owner, p)
	all := []kpi.Value{q.Direct, q.Uncovered}
	for _, child := range b.Children(owner) {
		all = append(all, b.Cell(child, p))
	}
	return sum(all...)
}

func modeOf(n target.Node, owner string) (target.Node, bool) {
	if n.ID == owner {
		return n, true
	}
	for _, child := range n.Children {
		if found, ok := modeOf(child, owner); ok {
			return found, true
		}
	}
	return n, false
}

// checkModes holds every level of a breakdown to its mode: what is handed on
// is what is carried, or the quota with its cushion to the unit.
func checkModes(t *rapid.T, b *target.Breakdown, cushions bool) {
	root := b.Split().Owners
	year := b.Goal().Period
	if b.Cell(root.ID, year) != b.Goal().Target {
		t.Fatalf("%v; want %v", b.Cell(root.ID, year), b.Goal().Target)
	}
	for _, owner := range b.Owners() {
		n, _ := modeOf(root, owner)
		for _, p := range append(b.Periods(), year) {
			got, carried := handedOn(b, owner, p), b.Cell(owner, p)
			switch {
			case len(n.Children) == 0:
			case n.Mode != target.Carried && got != carried:
				t.Fatalf("%s in %v hands on %v of %v", owner, p, got, carried)
			case n.Mode == target.Carried && p == year && cushions:
				exact := carried.Mul(kpi.Int(1).Add(n.Cushion))
				half := kpi.Frac(1, 2).Mul(kpi.Minor(1, int(b.Metric().Unit.Scale)))
				if half.Less(got.Sub(exact).Abs()) {
					t.Fatalf("%s hands on %v; exact %v", owner, got, exact)
				}
			}
		}
	}
	if text, err := json.Marshal(b); err != nil {
		t.Fatal(err)
	} else if read := (target.Breakdown{}); json.Unmarshal(text, &read) != nil || !read.Equal(b) {
		t.Fatalf("%s", text)
	}
}

func TestModesConserve(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.split.Owners = withModes(t, d.split.Owners)
		b := d.breakDown(t)
		checkModes(t, b, true)

		other := d
		other.split.Owners = permuted(t, b.Split().Owners)
		if !other.breakDown(t).Equal(b) {
			t.Fatal("the order of children shows")
		}
		if table, err := target.FromFigures(d.goal, d.metric, d.split, rapid.Permutation(b.Stated()).Draw(t, "table")); err != nil || !slices.Equal(table.Stated(), b.Stated()) {
			t.Fatal(err)
		}
	})
}

// A goal counted in other units, a hundred of the one to one of the other,
// is split the same, and the street is what sellers and own selling add up to.
func TestModesScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.split.Owners = withModes(t, d.split.Owners)
		b := d.breakDown(t)
		other := d
		other.metric = money(d.metric.Unit.Scale + 2)
		other.goal.Target = d.goal.Target.Div(kpi.Int(100))
		small := other.breakDown(t).Stated()
		for i, f := range b.Stated() {
			if small[i].Value.Mul(kpi.Int(100)) != f.Value {
				t.Fatalf("%+v; want a hundredth of %+v", small[i], f)
			}
		}
		street := []kpi.Value{}
		for _, owner := range b.Owners() {
			street = append(street, b.Quota(owner, d.goal.Period).Direct)
			if len(b.Children(owner)) == 0 {
				street = append(street, b.Cell(owner, d.goal.Period))
			}
		}
		if got := b.Quota("n", d.goal.Period).Street; got != sum(street...) {
			t.Fatal(got)
		}
	})
}

// However a plan is changed, one step after the other, every level adds up,
// the document reads back, and the diff of the ends leads from one to the
// other.
func TestChangesConserve(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.goal.Target = d.goal.Target.Abs()
		d.split.Owners = withModes(t, d.split.Owners)
		first := d.breakDown(t)
		b, owners := first, first.Owners()
		for range rapid.IntRange(1, 4).Draw(t, "steps") {
			owner := rapid.SampledFrom(owners).Draw(t, "owner")
			e := target.Edit{
				Owner: owner, Period: rapid.SampledFrom(append(b.Periods(), period("2026"))).Draw(t, "period"),
				Value:  kpi.Minor(rapid.Int64Range(0, 100_000).Draw(t, "value"), int(d.metric.Unit.Scale)),
				Follow: rapid.SampledFrom([]target.Follow{target.ParentChanges, target.SiblingsAbsorb, target.UncoveredAbsorbs, target.ChildrenScale}).Draw(t, "follow"),
			}
			next, err := b.Edit(e)
			if rapid.IntRange(0, 2).Draw(t, "leave") == 0 && len(b.Children(owner)) == 0 && owner != "n" {
				start := day("2026-01-01").Add(rapid.IntRange(0, 300).Draw(t, "from"))
				active, _ := calendar.NewPeriod(start, start.Add(50))
				next, err = b.Prorate(calendar.WorkCalendar{}, target.Presence{Owner: owner, Active: []calendar.Period{active}})
			}
			if err != nil {
				if !errors.Is(err, check.ErrInfeasible) {
					t.Fatal(err)
				}
				continue
			}
			checkModes(t, next, false)
			b = next
		}
		diff, err := first.Diff(b)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := first.Apply(diff); err != nil || !got.Equal(b) {
			t.Fatal(err)
		}
	})
}

// Weights of sellers and seasons do not depend on the order of what comes in,
// and nothing that comes in is written to.
func TestSeasonPermutation(t *testing.T) {
	quarters := split(t, "2026", calendar.Quarterly)
	rapid.Check(t, func(t *rapid.T) {
		var history []kpi.Figure
		for _, label := range []string{"2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"} {
			history = append(history, kpi.Figure{Metric: "won_value", Owner: "a", Period: period(label), Value: kpi.Int(rapid.Int64Range(0, 90).Draw(t, label))})
		}
		s := target.Season{Grain: calendar.Quarterly, Years: 2, Known: through("2024-01-01", "2025-12-31"), History: history}
		one, _, err := s.Weights(quarters)
		if err != nil {
			t.Fatal(err)
		}
		s.History = rapid.Permutation(history).Draw(t, "order")
		before := slices.Clone(s.History)
		two, _, err := s.Weights(quarters)
		if err != nil || !slices.Equal(before, s.History) {
			t.Fatal(err)
		}
		for key, w := range one {
			if two[key] != w || w.Sign() < 0 {
				t.Fatal(one, two)
			}
		}
	})
}

// Weeks add up to the months of every owner, and in every week what is handed
// on is what is carried, wherever an owner is the sum of its children.
func TestWeeksConserve(t *testing.T) {
	work := weekdays(t, "2026")
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		d.split.Grain = calendar.Monthly
		d.split.Owners = withModes(t, drawNode(t, "n", 2, 12))
		d.split.Phasing = target.Phasing{By: target.ByDays}
		b := d.breakDown(t)
		weeks := map[string][]kpi.Figure{}
		for _, owner := range b.Owners() {
			all, err := b.Weeks(owner, d.goal.Period, work)
			if err != nil {
				t.Fatal(err)
			}
			weeks[owner] = all
			values := []kpi.Value{}
			for i, w := range all {
				values = append(values, w.Value)
				if i > 0 && all[i-1].Period.End() != w.Period.Start() {
					t.Fatal(w, "does not follow")
				}
			}
			if sum(values...) != b.Cell(owner, d.goal.Period) {
				t.Fatal(owner, all)
			}
		}
		for _, owner := range b.Owners() {
			n, _ := modeOf(b.Split().Owners, owner)
			for i := 0; n.Mode == target.SumOfChildren && len(n.Children) > 0 && i < len(weeks[owner]); i++ {
				below := []kpi.Value{}
				for _, child := range n.Children {
					below = append(below, weeks[child.ID][i].Value)
				}
				if sum(below...) != weeks[owner][i].Value {
					t.Fatal(owner, weeks[owner][i], below)
				}
			}
		}
	})
}
