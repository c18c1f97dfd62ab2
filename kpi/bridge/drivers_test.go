package bridge_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

// sides gives drivers in the order of ids, as figures in the same order.
func sides(ids []string, values ...kpi.Value) []kpi.Figure {
	var all []kpi.Figure
	for i, id := range ids {
		all = append(all, kpi.Figure{Metric: id, Owner: "north", Period: calendar.Calendar{}.MustParse("2026-Q1"), Value: values[i]})
	}
	return all
}

func ints(n ...int64) []kpi.Value {
	var all []kpi.Value
	for _, n := range n {
		all = append(all, kpi.Int(n))
	}
	return all
}

func TestDrivers(t *testing.T) {
	none, unpriced := kpi.Undefined(kpi.ZeroDenominator), kpi.Undefined(kpi.Unpriced)
	for name, test := range map[string]struct {
		why           string
		formula       string
		sequence      []string
		base, current []kpi.Value // in order of the drivers' IDs
		want          []string
		gap           string
		codes         []string
	}{
		"two factors": {"worked by hand: half of the joint effect 2×3 goes to each: 2×10 + 3, 3×20 + 3", "a * b", nil,
			ints(20, 10), ints(22, 13), []string{"a 23", "b 63"}, "86", []string{"largest_part"}},
		"two factors in sequence": {"worked by hand: a moves first, at the old b; b then meets the new a", "a * b", []string{"a", "b"},
			ints(20, 10), ints(22, 13), []string{"a 20", "b 66"}, "86", []string{"largest_part"}},
		"the other sequence": {"worked by hand: the joint effect goes to a", "a * b", []string{"b", "a"},
			ints(20, 10), ints(22, 13), []string{"b 60", "a 26"}, "86", []string{"largest_part"}},
		"three factors": {"worked by hand from 1,1,1 to 2,2,3: a gains 1 alone (1/3), 2 after b or 3 after c (1/6 each), 6 after both (1/3) = 1/3+2/6+3/6+2 = 19/6", "a * b * c", nil,
			ints(1, 1, 1), ints(2, 2, 3), []string{"a 19/6", "b 19/6", "c 14/3"}, "11", []string{"largest_part"}},
		"a ratio": {"worked by hand: 10/20 to 12/30 = −1/10; won first 2/20, last 2/30, mean 1/12; closed the rest", "won / closed", nil,
			ints(20, 10), ints(30, 12), []string{"won 1/12", "closed -11/60"}, "-0.1", []string{"largest_part"}},
		"a sum is split as it stands": {"Shapley of an additive game is each player's own change", "a + b - c", nil,
			ints(1, 2, 3), ints(5, 1, 1), []string{"a 4", "b -1", "c 2"}, "5", []string{"largest_part"}},
		"nothing moved": {"no gap has no largest part", "a * b", nil, ints(2, 3), ints(2, 3), []string{"a 0", "b 0"}, "0", []string{}},
		"the net hides": {"−200 and +220 of 20 (shares of the joint effect included)", "a * b", nil,
			ints(10, 20), ints(5, 44), []string{"a -160", "b 180"}, "20", []string{"largest_part", "offsetting"}},
		"one did not move":            {"a null player has no part", "a * b", nil, ints(2, 3), ints(2, 5), []string{"a 0", "b 4"}, "4", []string{"largest_part"}},
		"a driver that appears twice": {"it is one driver: x² from 2 to 3", "x * x", nil, ints(2), ints(3), []string{"x 5"}, "5", []string{"largest_part"}},
		"undefined before": {"deal size without a win takes the other side's: 0×50 to 3×50, all by wins", "won * size", nil,
			[]kpi.Value{none, kpi.Int(0)}, ints(50, 3), []string{"won 150", "size 0"}, "150", []string{"taken_over", "largest_part"}},
		"undefined now": {"and the other way round", "won * size", nil,
			ints(50, 3), []kpi.Value{none, kpi.Int(0)}, []string{"won -150", "size 0"}, "-150", []string{"taken_over", "largest_part"}},
		"undefined on both sides": {"there is no number to explain, with the driver's reason", "won * size", nil,
			[]kpi.Value{unpriced, kpi.Int(0)}, []kpi.Value{unpriced, kpi.Int(3)},
			[]string{"won undefined: unpriced", "size undefined: unpriced"}, "undefined: unpriced", []string{"driver_undefined", "side_undefined", "side_undefined"}},
		"undefined on both sides and not needed": {"coalesce ends it", "won + coalesce(bonus, 0)", nil,
			[]kpi.Value{{}, kpi.Int(1)}, []kpi.Value{{}, kpi.Int(3)}, []string{"won 2", "bonus 0"}, "2", []string{"driver_undefined", "largest_part"}},
		"one end undefined": {"the gap has the end's own reason", "a / b", nil,
			ints(1, 0), ints(1, 2), []string{"a undefined: zero_denominator", "b undefined: zero_denominator"}, "undefined: zero_denominator", []string{"side_undefined"}},
		"an undefined mix": {"a/(b−c) is 1/2 on both sides, but 1/0 with the old b and the new c", "a / (b - c)", nil,
			ints(1, 3, 1), ints(1, 5, 3), []string{"a undefined: undefined_mix", "b undefined: undefined_mix", "c undefined: undefined_mix"}, "0", []string{"undefined_mix"}},
		"an order that avoids it": {"with b first no case is undefined: 1/2, 1/2, 1/4, 1/2", "a / (b - c)", []string{"a", "b", "c"},
			ints(1, 3, 1), ints(1, 5, 3), []string{"a 0", "b -0.25", "c 0.25"}, "0", []string{"offsetting"}},
		"an order that does not": {"c first", "a / (b - c)", []string{"c", "b", "a"},
			ints(1, 3, 1), ints(1, 5, 3), []string{"c undefined: undefined_mix", "b undefined: undefined_mix", "a undefined: undefined_mix"}, "0", []string{"undefined_mix"}},
		"a sign change": {"from −2×3 to 2×−3: the same number by two large opposite moves", "a * b", nil,
			ints(-2, 3), ints(2, -3), []string{"a 0", "b 0"}, "0", []string{}},
	} {
		t.Run(name, func(t *testing.T) {
			d := bridge.Drivers{Formula: formula(test.formula), Sequence: test.sequence}
			if test.sequence != nil {
				d.Method = bridge.InSequence
			}
			ids := byID(d, test.formula)
			b, err := d.Bridge(question("n"), sides(ids, test.base...), sides(ids, test.current...))
			if err != nil || test.why == "" {
				t.Fatal(err, test.why)
			}
			same(t, test.why, parts(b), test.want)
			same(t, "findings", codes(b), test.codes)
			if b.Gap.Exact() != test.gap {
				t.Errorf("gap %s, want %s", b.Gap.Exact(), test.gap)
			}
			addsUp(t, b)
		})
	}
}

// byID gives the drivers in the order of the test's columns: by ID, but size
// before won as in the tables above.
func byID(d bridge.Drivers, text string) []string {
	ids := d.Formula.References()
	if strings.Contains(text, "won / closed") {
		return []string{"closed", "won"}
	}
	return ids
}

func TestUndefinedMixNamesItsDrivers(t *testing.T) {
	ids := []string{"a", "b", "c", "d"}
	b, err := bridge.Drivers{Formula: formula("d * a / (b - c)")}.Bridge(question("n"), sides(ids, ints(1, 3, 1, 4)...), sides(ids, ints(2, 5, 3, 6)...))
	if err != nil || len(b.Findings) != 1 || b.Findings[0].Args["drivers"] != "b, c" {
		t.Errorf("only b and c decide: %v, %v", b.Findings, err)
	}
}

func TestDriversErrors(t *testing.T) {
	wide := ""
	for i := range 13 {
		wide += fmt.Sprint("+ x", i)
	}
	for name, test := range map[string]struct {
		why   string
		d     bridge.Drivers
		want  []string
		class error
	}{
		"no formula":       {"nothing to compute", bridge.Drivers{}, []string{"formula missing_formula"}, check.ErrMissing},
		"a number":         {"nothing can move it", bridge.Drivers{Formula: formula("5")}, []string{"formula no_drivers"}, check.ErrInvalid},
		"thirteen":         {"twelve are 4,096 cases", bridge.Drivers{Formula: formula(wide[2:])}, []string{"formula too_many_drivers"}, check.ErrRange},
		"unknown method":   {"an enumeration outside its words", bridge.Drivers{Formula: formula("a"), Method: 7}, []string{"method unknown_word"}, check.ErrUnknown},
		"idle sequence":    {"Shapley has no order", bridge.Drivers{Formula: formula("a"), Sequence: []string{"a"}}, []string{"sequence not_of_this_method"}, check.ErrInvalid},
		"a wrong sequence": {"all of it at once", bridge.Drivers{Formula: formula("a * b * c"), Method: bridge.InSequence, Sequence: []string{"a", "x", "a"}}, []string{"sequence[1] not_a_driver", "sequence[2] duplicate_driver", "sequence driver_not_named", "sequence driver_not_named"}, check.ErrMissing},
	} {
		err := test.d.Validate()
		same(t, name+": "+test.why, problems(err), test.want)
		if !errors.Is(err, test.class) {
			t.Errorf("%s: %v is not %v", name, err, test.class)
		}
	}
	sequence := bridge.Drivers{Formula: formula(wide[2:]), Method: bridge.InSequence, Sequence: formula(wide[2:]).References()}
	if err := sequence.Validate(); err != nil {
		t.Error("a sequence may have more than twelve drivers:", err)
	}
}

func TestDriversReportEverything(t *testing.T) {
	q1, q2 := calendar.Calendar{}.MustParse("2026-Q1"), calendar.Calendar{}.MustParse("2026-Q2")
	_, err := bridge.Drivers{Formula: formula("a * b"), Method: 9}.Bridge(bridge.Question{Unit: kpi.Unit{Scale: -1}},
		[]kpi.Figure{{Metric: "a", Owner: "x", Period: q1}, {Metric: "a", Owner: "x", Period: q2}, {Metric: "c", Owner: "y", Period: q1}, {}},
		[]kpi.Figure{{Metric: "b", Owner: "x", Period: q2}})
	same(t, "problems", problems(err), []string{
		"question.metric missing_id", "question.unit.scale scale_out_of_range", "question.base.name missing_name", "question.current.name missing_name",
		"method unknown_word",
		"base[1].period other_period", "base[1].metric duplicate_figure", "base[2].owner other_owner", "base[2].metric not_a_driver",
		"base[3].metric missing_id", "base[3].owner missing_id", "base[3].period missing_period", "base[3].owner other_owner", "base[3].metric not_a_driver",
	})
}

func TestQuestionIsFilledFromFigures(t *testing.T) {
	ids := []string{"a"}
	b, err := bridge.Drivers{Formula: formula("a")}.Bridge(question("n"), sides(ids, kpi.Int(1)), sides(ids, kpi.Int(2)))
	if q1 := (calendar.Calendar{}.MustParse("2026-Q1")); err != nil || b.Question.Owner != "north" || b.Question.Base.Period != q1 || b.Question.Current.Period != q1 {
		t.Errorf("%+v, %v", b.Question, err)
	}
}

// permutations calls visit with every order of n.
func permutations(n int, visit func(order []int)) {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	var walk func(k int)
	walk = func(k int) {
		if k == n {
			visit(order)
			return
		}
		for i := k; i < n; i++ {
			order[k], order[i] = order[i], order[k]
			walk(k + 1)
			order[k], order[i] = order[i], order[k]
		}
	}
	walk(0)
}

// slowShapley is the definition: what a driver adds, over all orders.
func slowShapley(f kpi.Formula, ids []string, base, current []kpi.Value) []kpi.Value {
	amounts, count := make([]kpi.Value, len(ids)), int64(0)
	for i := range amounts {
		amounts[i] = kpi.Int(0)
	}
	permutations(len(ids), func(order []int) {
		count++
		now := slices.Clone(base)
		value := func() kpi.Value { return f.Eval(func(id string) kpi.Value { return now[slices.Index(ids, id)] }) }
		before := value()
		for _, i := range order {
			now[i] = current[i]
			after := value()
			amounts[i] = amounts[i].Add(after.Sub(before))
			before = after
		}
	})
	for i := range amounts {
		amounts[i] = amounts[i].Div(kpi.Int(count))
	}
	return amounts
}

// drawFormula draws a formula over the drivers d0 … dn, each of them in it.
func drawFormula(t *rapid.T, n int) kpi.Formula {
	text := "d0"
	for i := 1; i < n; i++ {
		op := rapid.SampledFrom([]string{"%s + d%d", "%s * d%d", "%s - d%d", "%s / d%d", "d%[2]d / (%[1]s)", "max(%s, d%d)", "(%s) * d%d"}).Draw(t, "op")
		text = fmt.Sprintf(op, text, i)
	}
	return formula(text)
}

func drawNumber(t *rapid.T, label string) kpi.Value {
	if rapid.IntRange(0, 9).Draw(t, label+" is there") == 0 {
		return kpi.Undefined(kpi.ZeroDenominator)
	}
	return kpi.Frac(rapid.Int64Range(-6, 12).Draw(t, label), rapid.Int64Range(1, 3).Draw(t, label+" den"))
}

func drawSides(t *rapid.T, ids []string) (base, current []kpi.Value) {
	for range ids {
		base, current = append(base, drawNumber(t, "base")), append(current, drawNumber(t, "current"))
	}
	return base, current
}

func driverIDs(n int) []string {
	var ids []string
	for i := range n {
		ids = append(ids, fmt.Sprint("d", i))
	}
	return ids
}

// For any formula with zeros, negatives and undefined drivers: the parts add
// up exactly, or the bridge says that it has none; and they are those of the
// definition, all orders tried.
func TestShapleyIsItsDefinition(t *testing.T) {
	split := 0
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		f, ids := drawFormula(t, n), driverIDs(n)
		base, current := drawSides(t, ids)
		b, err := bridge.Drivers{Formula: f}.Bridge(question("n"), sides(ids, base...), sides(ids, current...))
		if err != nil {
			t.Fatal(err)
		}
		addsUp(t, b)
		for i := range ids { // as the bridge used them
			base[i], current[i] = base[i].Or(current[i]), current[i].Or(base[i])
		}
		if !b.Parts[0].Amount.Defined() {
			return
		}
		split++
		slow := slowShapley(f, ids, base, current)
		for _, p := range b.Parts {
			if want := slow[slices.Index(ids, p.ID)]; p.Amount != want {
				t.Errorf("%s: %s has %s, all orders give %s", f, p.ID, p.Amount.Exact(), want.Exact())
			}
		}
	})
	if split == 0 {
		t.Error("no bridge was split")
	}
}

func TestSequenceAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		ids := driverIDs(n)
		d := bridge.Drivers{Formula: drawFormula(t, n), Method: bridge.InSequence, Sequence: rapid.Permutation(ids).Draw(t, "sequence")}
		base, current := drawSides(t, ids)
		there, err := d.Bridge(question("n"), sides(ids, base...), sides(ids, current...))
		if err != nil {
			t.Fatal(err)
		}
		addsUp(t, there)
		slices.Reverse(d.Sequence)
		back, err := d.Bridge(question("n"), sides(ids, current...), sides(ids, base...))
		if err != nil {
			t.Fatal(err)
		}
		slices.Reverse(back.Parts)
		negated(t, there, back)
	})
}

// negated checks that all parts of one are the other's with the sign turned.
func negated(t tester, there, back bridge.Bridge) {
	t.Helper()
	for i, p := range there.Parts {
		if p.Amount != back.Parts[i].Amount.Neg() && p.Amount.Defined() {
			t.Errorf("%s is %s there and %s back", p.ID, p.Amount, back.Parts[i].Amount)
		}
	}
	if there.Gap.Defined() && there.Gap != back.Gap.Neg() {
		t.Errorf("gap %s there and %s back", there.Gap, back.Gap)
	}
}

func TestShapleyLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 6).Draw(t, "n")
		ids := driverIDs(n)
		d := bridge.Drivers{Formula: drawFormula(t, n)}
		base, current := drawSides(t, ids)
		b, _ := d.Bridge(question("n"), sides(ids, base...), sides(ids, current...))

		back, _ := d.Bridge(question("n"), sides(ids, current...), sides(ids, base...))
		negated(t, b, back)

		shuffled := sides(ids, base...)
		rand.New(rand.NewPCG(uint64(n), 7)).Shuffle(n, func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		again, _ := d.Bridge(question("n"), shuffled, sides(ids, current...))
		if !reflect.DeepEqual(again, b) {
			t.Errorf("another order of figures gives another bridge")
		}

		cents := bridge.Drivers{Formula: formula("100 * (" + d.Formula.String() + ")")}
		scaled, _ := cents.Bridge(question("n"), sides(ids, base...), sides(ids, current...))
		for i, p := range b.Parts {
			if want := p.Amount.Mul(kpi.Int(100)); want != scaled.Parts[i].Amount {
				t.Errorf("in cents %s has %s, want %s", p.ID, scaled.Parts[i].Amount, want)
			}
		}
	})
}

// A driver counted in thousandths changes no part.
func TestShapleyDoesNotSeeUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 5).Draw(t, "n")
		ids, f := driverIDs(n), drawFormula(t, n)
		base, current := drawSides(t, ids)
		b, _ := bridge.Drivers{Formula: f}.Bridge(question("n"), sides(ids, base...), sides(ids, current...))
		base[1], current[1] = base[1].Mul(kpi.Int(1000)), current[1].Mul(kpi.Int(1000))
		fine := formula(strings.ReplaceAll(f.String(), "d1", "(d1 / 1000)"))
		again, err := bridge.Drivers{Formula: fine}.Bridge(question("n"), sides(ids, base...), sides(ids, current...))
		if err != nil {
			t.Fatal(err)
		}
		same(t, f.String(), parts(again), parts(b))
	})
}

// Drivers that enter a formula alike and move alike have equal parts.
func TestShapleyIsSymmetric(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, current := drawNumber(t, "base"), drawNumber(t, "current")
		rest := [2]kpi.Value{drawNumber(t, "rest base"), drawNumber(t, "rest current")}
		for _, text := range []string{"a * b * c", "(a + b) / c", "c / (a * b)", "max(a, b) - c"} {
			b, err := bridge.Drivers{Formula: formula(text)}.Bridge(question("n"),
				sides([]string{"a", "b", "c"}, base, base, rest[0]), sides([]string{"a", "b", "c"}, current, current, rest[1]))
			if err != nil {
				t.Fatal(err)
			}
			one, _ := b.Part("a")
			other, _ := b.Part("b")
			if one.Amount != other.Amount {
				t.Errorf("%s: %s and %s", text, one.Amount, other.Amount)
			}
		}
	})
}

// Twelve drivers in a denominator have 4,096 different ones: the cases
// between the ends are shortened, and the parts still add up.
func TestShapleyShortens(t *testing.T) {
	ids := driverIDs(12)
	base, current := make([]kpi.Value, 12), make([]kpi.Value, 12)
	for i := range ids {
		base[i], current[i] = kpi.Int(int64(1009+17*i*i)), kpi.Int(int64(2003+31*i*i*i))
	}
	b, err := bridge.Drivers{Formula: formula("1000000 / (" + strings.Join(ids, " + ") + ")")}.Bridge(question("n"), sides(ids, base...), sides(ids, current...))
	if err != nil || !slices.Contains(codes(b), "rounded") {
		t.Fatal(codes(b), err)
	}
	addsUp(t, b)
}
