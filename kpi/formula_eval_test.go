package kpi_test

import (
	"encoding/json"
	"math/big"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func TestEval(t *testing.T) {
	values := from(map[string]kpi.Value{
		"won": kpi.Int(4238), "lost": kpi.Int(2473), "zero": kpi.Int(0), "loss": kpi.Int(-5),
		"unpriced": kpi.Undefined(kpi.Unpriced), "few": kpi.Undefined(kpi.TooFew), "half": kpi.Frac(1, 2),
	})
	for _, c := range []struct {
		why, formula string
		want         kpi.Value // worked by hand
	}{
		{"won of closed of data/crm_opportunities/reference.json", "won / (won + lost)", kpi.Frac(4238, 6711)},
		{"product before sum", "1 + 2 * 3", kpi.Int(7)},
		{"left to right", "7 - 4 - 2", kpi.Int(1)},
		{"left to right in quotients", "12 / 3 * 2", kpi.Int(8)},
		{"division keeps thirds: 100/3 is not 33", "100 / 3", kpi.Frac(100, 3)},
		{"minus", "-won + 4240", kpi.Int(2)},
		{"smallest of three", "min(half, 2, loss)", kpi.Int(-5)},
		{"largest of three", "max(half, 2, loss)", kpi.Int(2)},
		{"without sign", "abs(loss)", kpi.Int(5)},
		{"0 of n is 0", "zero / won", kpi.Int(0)},
		{"n of 0", "won / zero", kpi.Undefined(kpi.ZeroDenominator)},
		{"0 of 0", "zero / zero", kpi.Undefined(kpi.ZeroDenominator)},
		{"no data is not zero", "won + nobody", kpi.Undefined(kpi.NoData)},
		{"0 times undefined is undefined", "0 * few", kpi.Undefined(kpi.TooFew)},
		{"the stronger reason, on the right", "few + unpriced", kpi.Undefined(kpi.Unpriced)},
		{"the stronger reason, on the left", "won / zero + few", kpi.Undefined(kpi.ZeroDenominator)},
		{"min of undefined is undefined", "min(won, few)", kpi.Undefined(kpi.TooFew)},
		{"coalesce ends it", "coalesce(few, nobody, half)", kpi.Frac(1, 2)},
		{"coalesce takes the first", "coalesce(half, won)", kpi.Frac(1, 2)},
		{"coalesce of nothing has the strongest reason", "coalesce(nobody, unpriced, few)", kpi.Undefined(kpi.Unpriced)},
		{"coalesce ends a zero denominator too", "coalesce(won / zero, 0)", kpi.Int(0)},
		{"growth", "growth(won, lost)", kpi.Frac(1765, 2473)},
		{"growth from a loss", "growth(won, loss)", kpi.Undefined(kpi.BaseNotPositive)},
	} {
		f := parse(t, c.formula)
		if got := f.Eval(values); got != c.want {
			t.Errorf("%s: %s = %v, want %v", c.why, f, got, c.want)
		}
		if got := f.Explain(values); got.Value != c.want || got.Text != c.formula {
			t.Errorf("%s: explained as %q = %v, want %v", c.why, got.Text, got.Value, c.want)
		}
	}
}

func TestEvalRatio(t *testing.T) {
	values := from(map[string]kpi.Value{"won": kpi.Int(4238), "lost": kpi.Int(2473)})
	r, ok := parse(t, "won / (won + lost)").EvalRatio(values)
	if r != kpi.RatioOf(4238, 6711) || !ok {
		t.Errorf("%v, %t", r, ok)
	}
	if r, ok = parse(t, "2 * won / lost").EvalRatio(values); r != kpi.RatioOf(8476, 2473) || !ok {
		t.Errorf("%v, %t", r, ok)
	}
	if _, ok = parse(t, "1 - won / lost").EvalRatio(values); ok {
		t.Error("a difference is no quotient")
	}
}

// outcome is a number or a reason, as the model knows them.
type outcome struct {
	number *big.Rat
	reason kpi.Reason
}

// model computes a tree with big.Rat, reasons by their order, and nothing of
// the package but the words of operations.
func model(n kpi.Node, values map[string]outcome) outcome {
	switch n.Op {
	case kpi.OpNumber:
		r, _ := new(big.Rat).SetString(n.Number.Exact())
		return outcome{number: r}
	case kpi.OpRef:
		if v, known := values[n.Ref]; known {
			return v
		}
		return outcome{reason: kpi.NoData}
	}
	result := model(n.Args[0], values)
	if len(n.Args) == 1 && result.reason == 0 {
		result.number = new(big.Rat).Neg(result.number)
		if n.Op == kpi.OpAbs {
			result.number.Abs(result.number)
		}
	}
	for _, arg := range n.Args[1:] {
		result = combine(n.Op, result, model(arg, values))
	}
	return result
}

func combine(op kpi.Op, a, b outcome) outcome {
	if op == kpi.OpCoalesce && (a.reason == 0 || b.reason == 0) {
		if a.reason == 0 {
			return a
		}
		return b
	}
	reason := min(a.reason-1, b.reason-1) + 1 // none wraps to the end
	if op == kpi.OpGrowth && b.reason == 0 && b.number.Sign() <= 0 {
		reason = min(reason-1, kpi.BaseNotPositive-1) + 1
	}
	if reason != 0 {
		return outcome{reason: reason}
	}
	r := new(big.Rat)
	switch op {
	case kpi.OpAdd:
		r.Add(a.number, b.number)
	case kpi.OpSub:
		r.Sub(a.number, b.number)
	case kpi.OpMul:
		r.Mul(a.number, b.number)
	case kpi.OpDiv:
		if b.number.Sign() == 0 {
			return outcome{reason: kpi.ZeroDenominator}
		}
		r.Quo(a.number, b.number)
	case kpi.OpGrowth:
		r.Quo(r.Sub(a.number, b.number), b.number)
	default:
		r = a.number
		if (op == kpi.OpMin) == (b.number.Cmp(a.number) < 0) {
			r = b.number
		}
	}
	return outcome{number: r}
}

func TestEvalAgreesWithModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := formulas().Draw(t, "f")
		known, values := map[string]outcome{}, map[string]kpi.Value{}
		for _, id := range f.References() {
			if rapid.IntRange(0, 4).Draw(t, "undefined "+id) == 0 {
				reason := rapid.SampledFrom(reasons).Draw(t, id)
				known[id], values[id] = outcome{reason: reason}, kpi.Undefined(reason)
				continue
			}
			r := big.NewRat(rapid.Int64Range(-9, 9).Draw(t, id), rapid.Int64Range(1, 9).Draw(t, "over"))
			known[id], values[id] = outcome{number: r}, fromRat(t, r)
		}
		got, want := f.Eval(from(values)), model(f.Tree(), known)
		if want.reason != 0 && got != kpi.Undefined(want.reason) || want.reason == 0 && got != fromRat(t, want.number) {
			t.Fatalf("%s of %v = %v, want %v", f, values, got, want)
		}
		checkExplanation(t, f.Explain(from(values)), from(values))
	})
}

// checkExplanation holds every part to its own text.
func checkExplanation(t *rapid.T, e kpi.Explanation, values func(string) kpi.Value) {
	part := parse(t, e.Text)
	if got := part.Eval(values); got != e.Value {
		t.Fatalf("%q is explained as %v and is %v", e.Text, e.Value, got)
	}
	if got := part.Tree(); got.Op != e.Op || len(got.Args) != len(e.Args) {
		t.Fatalf("%q is explained as %v of %d", e.Text, e.Op, len(e.Args))
	}
	for _, arg := range e.Args {
		checkExplanation(t, arg, values)
	}
}

func TestExplanationJSON(t *testing.T) {
	e := parse(t, "1 - won / list").Explain(from(map[string]kpi.Value{"won": kpi.Int(80), "list": kpi.Int(100)}))
	text, err := json.Marshal(e)
	want := `{"op":"sub","text":"1 - won / list","value":{"value":"0.2"},"args":[` +
		`{"op":"number","text":"1","value":{"value":"1"}},` +
		`{"op":"div","text":"won / list","value":{"value":"0.8"},"args":[` +
		`{"op":"ref","text":"won","value":{"value":"80"}},{"op":"ref","text":"list","value":{"value":"100"}}]}]}`
	if err != nil || string(text) != want {
		t.Errorf("%s, %v", text, err)
	}
	var back kpi.Explanation
	if err := check.Decode("test", text, &back); err != nil || !cmp.Equal(back, e) {
		t.Errorf("%v, %v", back, err)
	}
}
