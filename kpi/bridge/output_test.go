package bridge_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

// drawBridge draws a bridge of any kind.
func drawBridge(t *rapid.T) bridge.Bridge {
	var b bridge.Bridge
	var err error
	switch rapid.IntRange(0, 3).Draw(t, "kind") {
	case 0:
		n := rapid.IntRange(1, 5).Draw(t, "n")
		base, current := drawSides(t, driverIDs(n))
		b, err = bridge.Drivers{Formula: drawFormula(t, n)}.Bridge(question("n"), sides(driverIDs(n), base...), sides(driverIDs(n), current...))
	case 1:
		b, err = drawVolume(t).Bridge(budgetAgainstActual(), drawLines(t, "base"), drawLines(t, "current"))
	case 2:
		b, err = byRegion().Bridge(question("n"), drawSegments(t, "base"), drawSegments(t, "current"))
	case 3:
		top := rapid.IntRange(0, 4).Draw(t, "top")
		b, err = bridge.Members{Dimension: "owner", Top: top}.Bridge(question("won_value"), drawMembers(t, "base"), drawMembers(t, "current"))
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Each column begins where the one before ended, and the last part ends where
// the current column does.
func TestWaterfall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBridge(t)
		w := b.Waterfall()
		if len(w.Steps) != len(b.Parts)+2 || w.Steps[0].Kind != bridge.Start || w.Steps[len(w.Steps)-1].Kind != bridge.End {
			t.Fatal(w.Steps)
		}
		at := b.Values.Base
		for i, s := range w.Steps[1 : len(w.Steps)-1] {
			if s.From != at || s.To != s.From.Add(b.Parts[i].Amount) || s.Amount.Defined() && s.Amount != b.Parts[i].Amount {
				t.Errorf("step %d from %s to %s, reached %s", i, s.From, s.To, at)
			}
			at = s.To
		}
		if at.Defined() && at != b.Values.Current {
			t.Errorf("the parts end at %s, the current value is %s", at, b.Values.Current)
		}
	})
}

func TestSubtotal(t *testing.T) {
	w := twoFamilies().Waterfall()
	kept := slices.Clone(w.Steps)
	if _, err := w.Subtotal("x", "freight"); !errors.Is(err, check.ErrUnknown) {
		t.Errorf("a subtotal after nothing: %v", err)
	}
	with, err := w.Subtotal("volume", bridge.Quantity)
	if err != nil || !reflect.DeepEqual(w.Steps, kept) || len(with.Steps) != len(kept)+1 {
		t.Errorf("%v, %v", with, err)
	}
}

// The rounded parts add up to the gap rounded by HalfEven, and each is less
// than a unit off.
func TestMinor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, scale := drawBridge(t), rapid.IntRange(-2, 4).Draw(t, "scale")
		r, err := b.Minor(scale)
		if err != nil {
			t.Fatal(err)
		}
		total, unit := kpi.Int(0), kpi.Minor(1, scale)
		for i, p := range r.Parts {
			total = total.Add(p.Amount)
			if exact := b.Parts[i].Amount; exact.Defined() && !p.Amount.Sub(exact).Abs().Less(unit) {
				t.Errorf("%s from %s to %s at %d", p.ID, exact, p.Amount, scale)
			}
			if _, whole := p.Amount.Div(unit).Int64(); p.Amount.Defined() && !whole {
				t.Errorf("%s is no whole number of units: %s", p.ID, p.Amount)
			}
		}
		if !total.Defined() || !b.Gap.Defined() {
			return
		}
		units, _ := b.Gap.Minor(scale, kpi.HalfEven)
		if want := kpi.Minor(units, scale); total != want || r.Gap != want || r.Up.Add(r.Down) != want {
			t.Errorf("parts add up to %s, gap %s, gross %s, want %s", total, r.Gap, r.Up.Add(r.Down), want)
		}
		if end := r.Values.Base.Add(r.Gap); r.Values.Current != end {
			t.Errorf("the column ends at %s, not %s", end, r.Values.Current)
		}
	})
}

func TestMinorCases(t *testing.T) {
	thirds := func(n int64, ids ...string) bridge.Bridge {
		base, current := make([]kpi.Value, len(ids)), make([]kpi.Value, len(ids))
		for i := range ids {
			base[i], current[i] = kpi.Int(0), kpi.Frac(n, 3)
		}
		text := ids[0]
		for _, id := range ids[1:] {
			text += " + " + id
		}
		b, err := bridge.Drivers{Formula: formula(text)}.Bridge(question("n"), sides(ids, base...), sides(ids, current...))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, test := range map[string]struct {
		why   string
		b     bridge.Bridge
		scale int
		want  []string
	}{
		"a third each":   {"1 of three equal parts: the first gets the unit", thirds(1, "a", "b", "c"), 0, []string{"a 1", "b 0", "c 0"}},
		"minus a third":  {"−1: rounded down to −1 each, two units come back to the earlier", thirds(-1, "a", "b", "c"), 0, []string{"a 0", "b 0", "c -1"}},
		"cents":          {"0.67 of 2/3 each, and one cent less for the last", thirds(2, "a", "b", "c"), 2, []string{"a 0.67", "b 0.67", "c 0.66"}},
		"thousands":      {"1,000/3 each are nothing in thousands but for one", thirds(1000, "a", "b", "c"), -3, []string{"a 1000", "b 0", "c 0"}},
		"exact already":  {"nothing to share", thirds(3, "a", "b"), 2, []string{"a 1", "b 1"}},
		"half to even":   {"a gap of 2.5 is 2", thirds(5, "a"), 0, []string{"a 2"}},
		"undefined ones": {"they stay", bridge.Bridge{Parts: []bridge.Part{{ID: "a", Amount: kpi.Frac(5, 2)}, {ID: "b"}}}, 0, []string{"a 2", "b undefined: no_data"}},
	} {
		r, err := test.b.Minor(test.scale)
		if err != nil || test.why == "" {
			t.Error(err)
		}
		same(t, name+": "+test.why, parts(r), test.want)
	}
	for _, scale := range []int{-19, 19} {
		if _, err := thirds(1, "a").Minor(scale); !errors.Is(err, check.ErrRange) {
			t.Errorf("scale %d: %v", scale, err)
		}
	}
}

// What is done with a result leaves the result alone.
func TestResultsShareNothing(t *testing.T) {
	b, again := twoFamilies(), twoFamilies()
	r, _ := b.Minor(-3)
	r.Parts[0].ID = "x"
	z, _ := b.At("tools")
	z.Parts[0].ID, z.Nodes[0].Amounts[0], z.Nodes[0].Key = "x", kpi.Int(1), "x"
	b.Waterfall().Steps[0].ID = "x"
	b.Explain()
	if !reflect.DeepEqual(b, again) {
		t.Error("the bridge was changed")
	}
}

// Explain's parts add up on every level.
func TestExplainAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := drawBridge(t)
		e := b.Explain()
		if e.Value != b.Gap || len(e.Args) != len(b.Parts) {
			t.Fatal(e)
		}
		for i, part := range e.Args {
			if part.Value != b.Parts[i].Amount {
				t.Errorf("%s explains %s", part.Text, part.Value)
			}
			if len(b.Nodes) > 0 {
				explainedAddsUp(t, part)
			}
		}
	})
}

func explainedAddsUp(t *rapid.T, e kpi.Explanation) {
	total := kpi.Int(0)
	for _, arg := range e.Args {
		total = total.Add(arg.Value)
		if len(arg.Args) > 0 {
			explainedAddsUp(t, arg)
		}
	}
	if total != e.Value {
		t.Errorf("%s is %s, its parts %s", e.Text, e.Value, total)
	}
}

// A Chinese manager reads 价格 and not price; a member who is called price
// keeps the name. 2 at 10 became 2 at 13: price +6.
func TestLargestPartInChinese(t *testing.T) {
	q := bridge.Question{Metric: "m", Unit: kpi.Count(), Base: bridge.Side{Name: "b"}, Current: bridge.Side{Name: "c"}}
	say := func(b bridge.Bridge, err error) string {
		if err != nil || len(b.Findings) == 0 {
			t.Fatal(b.Findings, err)
		}
		return bridge.Findings().Text(b.Findings[len(b.Findings)-1], "zh")
	}
	line := func(amount int64) []bridge.Line {
		return []bridge.Line{{Key: []string{"A"}, Quantity: kpi.Int(2), Amount: kpi.Int(amount)}}
	}
	if got, want := say(bridge.PriceVolumeMix{Levels: []string{"product"}}.Bridge(q, line(20), line(26))), "m 较“b”的差额为 6，其中影响最大的是价格：6。"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	of := func(v int64) []kpi.Figure {
		return []kpi.Figure{{Metric: "m", Owner: "price", Period: calendar.Calendar{}.MustParse("2026-Q1"), Value: kpi.Int(v)}}
	}
	if got, want := say(bridge.Members{Dimension: "owner"}.Bridge(q, of(1), of(7))), "m 较“b”的差额为 6，其中影响最大的是 price：6。"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
