package target_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// drawWeight gives whole numbers, decimals and fractions, small enough to tie
// often.
func drawWeight(t *rapid.T, label string) kpi.Value {
	return kpi.Frac(rapid.Int64Range(1, 6).Draw(t, label), rapid.Int64Range(1, 3).Draw(t, label+" of"))
}

func drawPhasing(t *rapid.T, periods int, label string) target.Phasing {
	by := rapid.SampledFrom([]target.PhaseBy{target.Evenly, target.ByDays, target.ByWeights}).Draw(t, label)
	p := target.Phasing{By: by}
	if by == target.ByWeights {
		for i := range periods {
			p.Weights = append(p.Weights, drawWeight(t, fmt.Sprint(label, i)))
		}
		p.Weights[rapid.IntRange(0, periods-1).Draw(t, label+" zero")] = kpi.Int(0)
		p.Weights[0] = kpi.Int(1)
	}
	return p
}

func drawNode(t *rapid.T, id string, depth, periods int) target.Node {
	n := target.Node{ID: id}
	if depth > 0 {
		for i := range rapid.IntRange(0, 3).Draw(t, id+" children") {
			child := drawNode(t, fmt.Sprint(id, i), depth-1, periods)
			child.Weight = drawWeight(t, child.ID+" weight")
			n.Children = append(n.Children, child)
		}
	}
	if rapid.IntRange(0, 3).Draw(t, id+" own phasing") == 0 {
		own := drawPhasing(t, periods, id+" phasing")
		n.Phasing = &own
	}
	return n
}

type drawn struct {
	goal   target.Goal
	metric kpi.Metric
	split  target.Split
}

func draw(t *rapid.T) drawn {
	scale := rapid.SampledFrom([]int8{0, 2}).Draw(t, "scale")
	return drawn{
		goal: target.Goal{
			ID: "g", Metric: "won_value", Owner: "n", Period: period("2026"),
			Target: kpi.Minor(rapid.Int64Range(-500, 1_000_000).Draw(t, "target"), int(scale)),
		},
		metric: money(scale),
		split: target.Split{
			Grain:   calendar.Quarterly,
			Owners:  drawNode(t, "n", 3, 4),
			Phasing: drawPhasing(t, 4, "phasing"),
		},
	}
}

func (d drawn) breakDown(t *rapid.T) *target.Breakdown {
	b, err := target.BreakDown(d.goal, d.metric, d.split)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func sum(values ...kpi.Value) kpi.Value { return kpi.Sum(slices.Values(values)) }

// Every node is the sum of its children in every period, every period of
// periods the sum of its cells, and the root the goal.
func TestConservation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		b := d.breakDown(t)
		if got := b.Cell("n", d.goal.Period); got != d.goal.Target {
			t.Fatalf("%v; want %v", got, d.goal.Target)
		}
		var leaves []kpi.Value
		for _, f := range b.Figures() {
			leaves = append(leaves, f.Value)
		}
		if got := sum(leaves...); got != d.goal.Target {
			t.Fatalf("figures add up to %v; want %v", got, d.goal.Target)
		}
		for _, owner := range b.Owners() {
			for _, p := range append(b.Periods(), period("2026-H1"), period("2026")) {
				var below []kpi.Value
				for _, child := range b.Children(owner) {
					below = append(below, b.Cell(child, p))
				}
				if len(below) > 0 && sum(below...) != b.Cell(owner, p) {
					t.Fatalf("%s in %v: %v of %v", owner, p, b.Cell(owner, p), below)
				}
			}
			if half := sum(b.Cell(owner, period("2026-Q1")), b.Cell(owner, period("2026-Q2"))); half != b.Cell(owner, period("2026-H1")) {
				t.Fatalf("%s: the half is not its quarters", owner)
			}
		}
	})
}

// A bigger weight never gets less of a goal above zero, nor more of one below.
func TestMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		b := d.breakDown(t)
		var visit func(n target.Node)
		visit = func(n target.Node) {
			for _, x := range n.Children {
				for _, y := range n.Children {
					less := b.Cell(x.ID, d.goal.Period).Abs().Less(b.Cell(y.ID, d.goal.Period).Abs())
					if less && y.Weight.Less(x.Weight) {
						t.Fatalf("%s weighs more than %s and gets less", x.ID, y.ID)
					}
				}
				visit(x)
			}
		}
		visit(d.split.Owners)
	})
}

func permuted(t *rapid.T, n target.Node) target.Node {
	n.Children = rapid.Permutation(n.Children).Draw(t, n.ID+" order")
	for i, child := range n.Children {
		n.Children[i] = permuted(t, child)
	}
	return n
}

// scaled multiplies every weight by one number.
func scaled(n target.Node, by kpi.Value) target.Node {
	n.Weight, n.Children = n.Weight.Mul(by), slices.Clone(n.Children)
	for i, child := range n.Children {
		n.Children[i] = scaled(child, by)
	}
	return n
}

// The order of children changes nothing, weights taken times one number
// change no cell, and no input is written to.
func TestPermutationAndInputs(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		before, _ := json.Marshal(d.split)
		b := d.breakDown(t)
		other := d
		other.split.Owners = permuted(t, b.Split().Owners)
		one, _ := json.Marshal(b)
		two, _ := json.Marshal(other.breakDown(t))
		if string(one) != string(two) {
			t.Fatalf("%s\n%s", one, two)
		}
		other.split.Owners = scaled(d.split.Owners, kpi.Frac(7, 3))
		if !slices.Equal(other.breakDown(t).Figures(), b.Figures()) {
			t.Fatal("weights times 7/3 give other cells")
		}
		if after, _ := json.Marshal(d.split); string(after) != string(before) {
			t.Fatalf("%s\n%s", before, after)
		}
	})
}

func TestBreakdownRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b := draw(t).breakDown(t)
		text, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		var read target.Breakdown
		if err := json.Unmarshal(text, &read); err != nil || !read.Equal(b) {
			t.Fatalf("%v\n%s", err, text)
		}
	})
}

// A table of a breakdown's own figures, in any order, gives its cells again.
func TestFromFiguresInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		b := d.breakDown(t)
		figures := rapid.Permutation(b.Figures()).Draw(t, "order")
		before := slices.Clone(figures)
		table, err := target.FromFigures(d.goal, d.metric, d.split, figures)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(table.Figures(), b.Figures()) || !slices.Equal(figures, before) {
			t.Fatal(table.Figures())
		}
	})
}

// What holds between the fields of every tracking, by another road than the
// one that computes them.
func TestTrackingIdentities(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		d := draw(t)
		b := d.breakDown(t)
		in := target.Input{
			Metric: d.metric, Curve: rapid.SampledFrom([]target.Curve{target.ByPlan, target.Linear}).Draw(t, "curve"),
			AsOf: calendar.MustDay("2025-12-01").Add(rapid.IntRange(0, 450).Draw(t, "as of")),
		}
		if rapid.Bool().Draw(t, "window") {
			start := calendar.MustDay("2025-12-01").Add(rapid.IntRange(0, 300).Draw(t, "known from"))
			in.Known, _ = calendar.NewPeriod(start, start.Add(rapid.IntRange(1, 300).Draw(t, "known days")))
		}
		in.Metric.Direction = rapid.SampledFrom([]kpi.Direction{kpi.HigherIsBetter, kpi.LowerIsBetter}).Draw(t, "direction")
		in.Actual = kpi.Minor(rapid.Int64Range(-100, 1_000_000).Draw(t, "actual"), int(d.metric.Unit.Scale))
		for _, owner := range b.Owners() {
			in.Plan = rapid.Permutation(b.Plan(owner, period("2026"))).Draw(t, "plan")
			before := slices.Clone(in.Plan)
			got, err := target.Track(in)
			if err != nil {
				t.Fatal(err)
			}
			identities(t, in, got)
			childrenAddUp(t, b, owner, in, got)
			if !slices.Equal(before, in.Plan) {
				t.Fatal("the plan was written to")
			}
			text, _ := json.Marshal(got)
			var read target.Tracking
			if err := json.Unmarshal(text, &read); err != nil || !reflect.DeepEqual(read, got) {
				t.Fatalf("%v\n%s", err, text)
			}
		}
	})
}

func identities(t *rapid.T, in target.Input, got target.Tracking) {
	left := kpi.Int(int64(got.Days - got.Elapsed))
	same := func(what string, a, b kpi.Value) {
		if a != b {
			t.Fatalf("%s: %v; want %v in %+v", what, a, b, got)
		}
	}
	if window := in.Window(); window.Days() != got.Elapsed {
		t.Fatalf("window %v, elapsed %d", window, got.Elapsed)
	}
	if !got.Period.Covers(got.Observed) && !got.Observed.IsZero() {
		t.Fatalf("observed %v of %v", got.Observed, got.Period)
	}
	if got.Observed == got.Period {
		same("target", got.Target, got.PeriodTarget)
	}
	if got.Elapsed == 0 {
		if got.Status != target.NotStarted && got.Status != target.NoData {
			t.Fatal(got.Status)
		}
		return
	}
	same("actual", got.Actual, in.Actual)
	same("variance", got.Expected.Add(got.Variance), got.Actual)
	same("run rate", got.Landing.RunRate.Mul(kpi.Int(int64(got.Elapsed))), got.Actual.Mul(kpi.Int(int64(got.Days))))
	same("rest of plan", got.Landing.RestOfPlan, got.Target.Add(got.Variance))
	if got.Required.Defined() && got.Required.Sign() != 0 {
		same("required", got.Actual.Add(got.Required.Mul(left)), got.Target)
	}
	if over := got.Status == target.Met || got.Status == target.Missed; over != (got.Elapsed == got.Days) {
		t.Fatalf("%v with %d of %d days", got.Status, got.Elapsed, got.Days)
	}
	if got.Passed.Less(kpi.Int(0)) || kpi.Int(1).Less(got.Passed) {
		t.Fatal(got.Passed)
	}
}

func childrenAddUp(t *rapid.T, b *target.Breakdown, owner string, in target.Input, got target.Tracking) {
	var targets, expected []kpi.Value
	for _, child := range b.Children(owner) {
		in.Plan = b.Plan(child, period("2026"))
		below, err := target.Track(in)
		if err != nil {
			t.Fatal(err)
		}
		targets, expected = append(targets, below.Target), append(expected, below.Expected)
	}
	if len(targets) > 0 && (sum(targets...) != got.Target || sum(expected...) != got.Expected) {
		t.Fatalf("%s: target %v of %v, expected %v of %v", owner, got.Target, targets, got.Expected, expected)
	}
}
