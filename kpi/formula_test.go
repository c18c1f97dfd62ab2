package kpi_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

var (
	_ encoding.TextMarshaler   = kpi.Formula{}
	_ encoding.TextUnmarshaler = (*kpi.Formula)(nil)
	_ fmt.Stringer             = kpi.Formula{}
	_ fmt.Stringer             = kpi.Explanation{}
)

func parse(t rapid.TB, text string) kpi.Formula {
	t.Helper()
	f, err := kpi.ParseFormula(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// from looks measures up in a table; what is not in it is no data.
func from(values map[string]kpi.Value) func(string) kpi.Value {
	return func(id string) kpi.Value { return values[id] }
}

func TestCanonicalForm(t *testing.T) {
	for _, c := range []struct{ why, text, want string }{
		{"spaces as people leave them out", "won_value/won_count", "won_value / won_count"},
		{"parentheses that say nothing", "((a))+(b*c)", "a + b * c"},
		{"to the left is the rule", "(a-b)-c", "a - b - c"},
		{"to the right is not", "a-(b-c)", "a - (b - c)"},
		{"equal in number is not equal as a tree", "a+(b+c)", "a + (b + c)"},
		{"a quotient of a product", "a/(b*c)", "a / (b * c)"},
		{"minus binds tightest", "-a*b", "-a * b"},
		{"minus of a product", "-(a*b)", "-(a * b)"},
		{"minus of a minus", "- -a", "--a"},
		{"minus on the right", "a*-b-(-c)", "a * -b - -c"},
		{"numbers without what says nothing", "0.50*a + 007", "0.5 * a + 7"},
		{"functions", "max( a ,0,min(b,c) )", "max(a, 0, min(b, c))"},
		{"a chain of one function is one call", "min(min(a,b),c)", "min(a, b, c)"},
		{"a name of a function alone is a reference", "min + abs", "min + abs"},
		{"lines", "a\n\t+ b\r\n", "a + b"},
		{"no parentheses inside a call", "abs((a-b))", "abs(a - b)"},
	} {
		f := parse(t, c.text)
		if f.String() != c.want || parse(t, c.want) != f {
			t.Errorf("%s: %q gives %q, want %q", c.why, c.text, f, c.want)
		}
	}
}

func TestParseFormulaErrors(t *testing.T) {
	deep := strings.Repeat("(", 65) + "a" + strings.Repeat(")", 65)
	for _, c := range []struct {
		why, text, code string
		column          string // counted by hand, "" where the whole is meant
		class           error
	}{
		{"nothing", "", "unexpected_end", "1", check.ErrInvalid},
		{"only spaces", "  ", "unexpected_end", "3", check.ErrInvalid},
		{"no right side", "a + ", "unexpected_end", "5", check.ErrInvalid},
		{"no left side", "* a", "unexpected_character", "1", check.ErrInvalid},
		{"two operands", "a b", "unexpected_character", "3", check.ErrInvalid},
		{"percent is no operator", "a * 50%", "unexpected_character", "7", check.ErrInvalid},
		{"a character is one column, however many bytes", "a × b", "unexpected_character", "3", check.ErrInvalid},
		{"columns are characters", "max(a，b)", "unexpected_character", "6", check.ErrInvalid},
		{"IDs are lower case", "Won / b", "unexpected_character", "1", check.ErrInvalid},
		{"not UTF-8", "a + \xff", "unexpected_character", "5", check.ErrInvalid},
		{"not closed", "a * (b + c", "parenthesis_not_closed", "5", check.ErrInvalid},
		{"call not closed", "min(a, b", "parenthesis_not_closed", "4", check.ErrInvalid},
		{"closed twice", "(a))", "unexpected_character", "4", check.ErrInvalid},
		{"empty parentheses", "a + ()", "unexpected_character", "6", check.ErrInvalid},
		{"unknown function", "a + sqrt(b)", "unknown_function", "5", check.ErrUnknown},
		{"an operation is no function", "add(a, b)", "unknown_function", "1", check.ErrUnknown},
		{"too few arguments", "1 + min(a)", "wrong_number_of_arguments", "5", check.ErrInvalid},
		{"too many arguments", "abs(a, b)", "wrong_number_of_arguments", "1", check.ErrInvalid},
		{"growth needs a base", "growth(a)", "wrong_number_of_arguments", "1", check.ErrInvalid},
		{"number without digits behind the point", "a + 1.", "not_a_number", "5", check.ErrInvalid},
		{"two points", "1.2.3", "not_a_number", "1", check.ErrInvalid},
		{"exponent", "1e5", "unexpected_character", "2", check.ErrInvalid},
		{"19 places", "a * 0.0000000000000000001", "number_too_large", "5", check.ErrRange},
		{"a name of 65 bytes", strings.Repeat("a", 65), "id_too_long", "1", check.ErrRange},
		{"65 parentheses", deep, "nested_too_deep", "65", check.ErrRange},
		{"a million parentheses", strings.Repeat("(", 1<<20), "formula_too_long", "", check.ErrRange},
		{"1,001 nodes", strings.Repeat("a+", 500) + "a", "too_many_nodes", "", check.ErrRange},
	} {
		_, err := kpi.ParseFormula(c.text)
		all := check.All(err)
		if len(all) != 1 || all[0].Code != c.code || all[0].Args["column"] != c.column || !errors.Is(err, c.class) || all[0].Op != "kpi.ParseFormula" {
			t.Errorf("%s: %v", c.why, err)
		}
	}
}

// What stands at a limit is read, and read back.
func TestLimits(t *testing.T) {
	for why, text := range map[string]string{
		"64 levels":                 strings.Repeat("(", 63) + "a" + strings.Repeat(")", 63),
		"63 minuses":                strings.Repeat("-", 63) + "a",
		"999 nodes in one chain":    strings.Repeat("a+", 499) + "a",
		"999 nodes in one call":     "min(" + strings.Repeat("a,", 499) + "a)",
		"4,096 bytes":               strings.Repeat(" ", 4095) + "a",
		"64 digits":                 strings.Repeat("9", 64),
		"64 bytes of a name":        strings.Repeat("a", 64),
		"nested to the right by 62": strings.Repeat("a-(", 62) + "a" + strings.Repeat(")", 62),
	} {
		f := parse(t, text)
		if parse(t, f.String()) != f {
			t.Errorf("%s: does not come back", why)
		}
	}
	var node kpi.Node
	for range 100000 { // depth is counted before anything recurses into it
		node = kpi.Node{Op: kpi.OpAbs, Args: []kpi.Node{node}}
	}
	if _, err := kpi.NewFormula(node); !errors.Is(err, check.ErrRange) {
		t.Error(err)
	}
}

func TestNewFormulaReportsEverything(t *testing.T) {
	third := kpi.Node{Number: kpi.Frac(1, 3)}
	_, err := kpi.NewFormula(kpi.Node{Op: kpi.OpAdd, Number: kpi.Int(1), Args: []kpi.Node{
		{Op: kpi.OpRef, Ref: "Won"}, {Op: kpi.OpAbs, Ref: "x", Args: []kpi.Node{third, {}}}, {Op: 99},
	}})
	want := []string{
		"number not_of_this_op", "args[0].ref malformed_id", "args[1].ref not_of_this_op", "args[1].args[0].number not_a_decimal",
		"args[1].args[1].number not_a_decimal", "args[1].args wrong_number_of_arguments", "args[2].op unknown_word", "args wrong_number_of_arguments",
	}
	var got []string
	for _, e := range check.All(err) {
		got = append(got, e.Path+" "+e.Code)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestZeroFormula(t *testing.T) {
	var f kpi.Formula
	u, err := f.Unit(nil)
	_, ratio := f.EvalRatio(nil)
	if !f.IsZero() || f.String() != "" || f.Eval(nil) != (kpi.Value{}) || len(f.References()) != 0 || u != (kpi.Unit{}) || err != nil || ratio {
		t.Errorf("the zero Formula is not empty: %v, %v", u, err)
	}
	text, err := json.Marshal(f)
	if err != nil || string(text) != `""` {
		t.Errorf("%s, %v", text, err)
	}
	g := parse(t, "a")
	if err := json.Unmarshal(text, &g); err != nil || !g.IsZero() {
		t.Errorf("%v, %v", g, err)
	}
	if err := json.Unmarshal([]byte(`"a +"`), &g); !errors.Is(err, check.ErrInvalid) || !g.IsZero() {
		t.Errorf("%v, left %v", err, g)
	}
}

// formulas draws trees of everything that a formula may be.
func formulas() *rapid.Generator[kpi.Formula] {
	return rapid.Custom(func(t *rapid.T) kpi.Formula {
		f, err := kpi.NewFormula(drawNode(t, rapid.IntRange(0, 5).Draw(t, "depth")))
		if err != nil {
			t.Fatal(err)
		}
		return f
	})
}

func drawNode(t *rapid.T, depth int) kpi.Node {
	op := kpi.OpRef
	if depth > 0 {
		op = kpi.Op(rapid.IntRange(0, int(kpi.OpGrowth)).Draw(t, "op"))
	}
	n := kpi.Node{Op: op}
	args := 2
	switch op {
	case kpi.OpNumber:
		scale := rapid.IntRange(0, 4).Draw(t, "scale")
		n.Number, args = kpi.Minor(rapid.Int64Range(-20, 20).Draw(t, "number"), scale), 0
	case kpi.OpRef:
		n.Ref, args = rapid.SampledFrom([]string{"usd", "eur", "cost", "days", "n", "m", "min"}).Draw(t, "ref"), 0
	case kpi.OpNeg, kpi.OpAbs:
		args = 1
	case kpi.OpMin, kpi.OpMax, kpi.OpCoalesce:
		args = rapid.IntRange(2, 4).Draw(t, "args")
	}
	for range args {
		n.Args = append(n.Args, drawNode(t, depth-1))
	}
	return n
}

func TestFormulaRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := formulas().Draw(t, "f")
		if g := parse(t, f.String()); g != f || !g.Equal(f) {
			t.Fatalf("%q is read as %q", f, g)
		}
		if g, err := kpi.NewFormula(f.Tree()); g != f || err != nil {
			t.Fatalf("the tree of %q is %q, %v", f, g, err)
		}
		text, err := json.Marshal(f.Tree())
		if err != nil {
			t.Fatal(err)
		}
		var tree kpi.Node
		if err := check.Decode("test", text, &tree); err != nil {
			t.Fatal(err)
		}
		if g, err := kpi.NewFormula(tree); g != f || err != nil {
			t.Fatalf("the JSON tree of %q is %q, %v", f, g, err)
		}
	})
}

// Without any one of its parentheses a canonical text is another formula.
func TestParenthesesAreNeeded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := formulas().Draw(t, "f")
		text := f.String()
		for open := range text {
			if text[open] != '(' || open > 0 && strings.IndexByte("abcdefghijklmnopqrstuvwxyz", text[open-1]) >= 0 {
				continue
			}
			level, end := 0, open
			for ; ; end++ {
				level += strings.Count(text[end:end+1], "(") - strings.Count(text[end:end+1], ")")
				if level == 0 {
					break
				}
			}
			less := text[:open] + text[open+1:end] + text[end+1:]
			if g, err := kpi.ParseFormula(less); err == nil && g == f {
				t.Fatalf("%q says the same as %q", less, text)
			}
		}
	})
}

func FuzzParseFormula(f *testing.F) {
	for _, seed := range []string{"won_value / won_count", "-(a + 0.5) * max(b, c, 0)", "growth(a, b", "a × b", "min(min(a,b),c)-((1))"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		formula, err := kpi.ParseFormula(text)
		if err != nil {
			if all := check.All(err); len(all) == 0 || all[0].Op != "kpi.ParseFormula" || all[0].Err == nil {
				t.Fatalf("bare problem %+v", all)
			}
			return
		}
		canonical := formula.String()
		again, err := kpi.ParseFormula(canonical)
		if err != nil || again != formula || again.String() != canonical {
			t.Fatalf("%q prints as %q, which is %q, %v", text, canonical, again, err)
		}
		if g, err := kpi.NewFormula(formula.Tree()); err != nil || g != formula {
			t.Fatalf("%q has another tree: %v", text, err)
		}
	})
}
