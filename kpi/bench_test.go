package kpi_test

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
)

// operands gives two numbers as money and ratios are, and two beyond 64 bits.
func operands() map[string][2]kpi.Value {
	wide := kpi.MustParse("12345678901234567890123456789.12")
	return map[string][2]kpi.Value{
		"small": {kpi.Minor(1234567890, 2), kpi.Frac(4238, 6711)},
		"wide":  {wide, wide.Div(kpi.Int(7))},
	}
}

func benchmark(b *testing.B, run func(v, w kpi.Value)) {
	for name, v := range operands() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				run(v[0], v[1])
			}
		})
	}
}

func BenchmarkAdd(b *testing.B)     { benchmark(b, func(v, w kpi.Value) { v.Add(w) }) }
func BenchmarkMul(b *testing.B)     { benchmark(b, func(v, w kpi.Value) { v.Mul(w) }) }
func BenchmarkDiv(b *testing.B)     { benchmark(b, func(v, w kpi.Value) { v.Div(w) }) }
func BenchmarkCompare(b *testing.B) { benchmark(b, func(v, w kpi.Value) { v.Compare(w) }) }
func BenchmarkText(b *testing.B) {
	benchmark(b, func(v, _ kpi.Value) { _ = v.Text(2, kpi.HalfEven) })
}
func BenchmarkString(b *testing.B) { benchmark(b, func(_, w kpi.Value) { _ = w.String() }) }
func BenchmarkExact(b *testing.B)  { benchmark(b, func(_, w kpi.Value) { _ = w.Exact() }) }
func BenchmarkValueJSON(b *testing.B) {
	benchmark(b, func(_, w kpi.Value) {
		if _, err := json.Marshal(w); err != nil {
			b.Fatal(err)
		}
	})
}

// Small numbers, which nearly all are, calculate without allocation and
// print with one.
func TestAllocations(t *testing.T) {
	v, w := kpi.Minor(123456789012, 2), kpi.Frac(4238, 6711)
	for why, test := range map[string]struct {
		most float64
		run  func()
	}{
		"calculating": {0, func() { v.Add(w).Mul(w).Div(v).Sub(w).Compare(v) }},
		"text":        {1, func() { _ = v.Text(2, kpi.HalfUp) }},
		"string":      {1, func() { _ = w.String() }},
		"exact":       {1, func() { _ = w.Exact() }},
		"float64":     {0, func() { v.Float64() }},
	} {
		if got := testing.AllocsPerRun(100, test.run); got > test.most {
			t.Errorf("%s: %v allocations, want at most %v", why, got, test.most)
		}
	}
}

func BenchmarkParseFormula(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := kpi.ParseFormula("(won_value - cost_value) / max(won_count + lost_count, 1)"); err != nil {
			b.Fatal(err)
		}
	}
}

// longProduct is as many factors as a formula of 1,000 bytes holds.
func longProduct(t testing.TB) (f kpi.Formula, factor kpi.Value) {
	t.Helper()
	f, err := kpi.ParseFormula(strings.Repeat("a*", 499) + "a")
	if err != nil {
		t.Fatal(err)
	}
	return f, kpi.MustParse(strings.Repeat("9", 64) + "/" + strings.Repeat("7", 63) + "1")
}

// A product of many long fractions is exact.
func TestLongProduct(t *testing.T) {
	f, factor := longProduct(t)
	num, den, _ := strings.Cut(factor.Exact(), "/")
	power := func(text string) string {
		n, _ := new(big.Int).SetString(text, 10)
		return n.Exp(n, big.NewInt(500), nil).String()
	}
	if got := f.Eval(func(string) kpi.Value { return factor }); got.Exact() != power(num)+"/"+power(den) {
		t.Error("the product is another number")
	}
}

func BenchmarkLongProduct(b *testing.B) {
	f, factor := longProduct(b)
	for b.Loop() {
		f.Eval(func(string) kpi.Value { return factor })
	}
}

func BenchmarkCatalogEval(b *testing.B) {
	catalog := standard(b)
	sums := from(map[string]kpi.Value{
		"open_qualified_count": kpi.Int(50), "won_count": kpi.Int(2), "lost_count": kpi.Int(8),
		"won_value": kpi.Int(20000), "won_valued_count": kpi.Int(2), "cycle_days_won": kpi.Int(60),
	})
	b.ReportAllocs()
	for b.Loop() {
		if _, err := catalog.Eval("velocity", sums); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStandard(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		standard(b)
	}
}
