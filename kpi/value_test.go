package kpi_test

import (
	"encoding/json"
	"math"
	"math/big"
	"slices"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// rationals draws numbers small and beyond 64 bits, with the edges of int64
// among them, as the model that Value is held against.
func rationals() *rapid.Generator[*big.Rat] {
	return rapid.Custom(func(t *rapid.T) *big.Rat {
		edge := rapid.SampledFrom([]int64{0, 1, -1, math.MaxInt64, math.MinInt64, math.MinInt64 + 1, 1 << 32})
		num := big.NewInt(rapid.OneOf(rapid.Int64Range(-1000, 1000), rapid.Int64(), edge).Draw(t, "num"))
		den := big.NewInt(rapid.OneOf(rapid.Int64Range(1, 1000), rapid.Int64Range(1, math.MaxInt64)).Draw(t, "den"))
		if rapid.Bool().Draw(t, "shares factors") { // with other denominators, and those of sums and products cancel
			den.Mul(den, rapid.SampledFrom([]*big.Int{big.NewInt(6), big.NewInt(1_000_000_000_000_000_000), new(big.Int).Lsh(big.NewInt(9), 80)}).Draw(t, "shared"))
		}
		if rapid.Bool().Draw(t, "wide") {
			num.Mul(num, big.NewInt(rapid.Int64().Draw(t, "times")))
		}
		return new(big.Rat).SetFrac(num, den)
	})
}

func fromRat(t rapid.TB, r *big.Rat) kpi.Value {
	v, err := kpi.Parse(r.String())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestArithmeticAgreesWithBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rationals().Draw(t, "a"), rationals().Draw(t, "b")
		v, w := fromRat(t, a), fromRat(t, b)
		same := func(op string, got kpi.Value, want *big.Rat) {
			if got != fromRat(t, want) {
				t.Fatalf("%v %s %v = %v, want %v", a, op, b, got, want)
			}
		}
		same("+", v.Add(w), new(big.Rat).Add(a, b))
		same("-", v.Sub(w), new(big.Rat).Sub(a, b))
		same("*", v.Mul(w), new(big.Rat).Mul(a, b))
		if b.Sign() != 0 {
			same("/", v.Div(w), new(big.Rat).Quo(a, b))
		} else if v.Div(w) != kpi.Undefined(kpi.ZeroDenominator) {
			t.Fatalf("%v / 0 = %v", a, v.Div(w))
		}
		same("neg", v.Neg(), new(big.Rat).Neg(a))
		same("abs", v.Abs(), new(big.Rat).Abs(a))
		if v.Compare(w) != a.Cmp(b) || v.Sign() != a.Sign() || (v == w) != (a.Cmp(b) == 0) {
			t.Fatalf("%v against %v: compare %d, sign %d, equal %t", a, b, v.Compare(w), v.Sign(), v == w)
		}
		if v.Min(w).Compare(v.Max(w)) > 0 || v.Min(w).Add(v.Max(w)) != v.Add(w) {
			t.Fatalf("min %v, max %v", v.Min(w), v.Max(w))
		}
	})
}

func TestRoundingAgreesWithItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rationals().Draw(t, "r")
		scale := rapid.IntRange(-18, 18).Draw(t, "scale")
		mode := rapid.SampledFrom([]kpi.Rounding{kpi.HalfEven, kpi.HalfUp, kpi.Down, kpi.Up, kpi.Floor, kpi.Ceiling}).Draw(t, "mode")
		want := roundModel(r, scale, mode)
		d, ok := fromRat(t, r).Decimal(scale, mode)
		if !ok || d.Coefficient().Cmp(want) != 0 || int(d.Exponent()) != -scale {
			t.Fatalf("%v at %d by %v = %v e%d, want %v", r, scale, mode, d.Coefficient(), d.Exponent(), want)
		}
		n, ok := fromRat(t, r).Minor(scale, mode)
		if ok != want.IsInt64() || ok && n != want.Int64() {
			t.Fatalf("%v at %d by %v: minor %d, %t, want %v", r, scale, mode, n, ok, want)
		}
	})
}

// roundModel rounds by looking at the two neighbours, which is how the modes
// are defined and not how the package computes them.
func roundModel(r *big.Rat, scale int, mode kpi.Rounding) *big.Int {
	power := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(scale, -scale))), nil))
	x := new(big.Rat).Mul(r, power)
	if scale < 0 {
		x.Quo(r, power)
	}
	floor := new(big.Int).Div(x.Num(), x.Denom()) // Euclidean: the floor, as the denominator is positive
	if x.IsInt() {
		return floor
	}
	ceiling := new(big.Int).Add(floor, big.NewInt(1))
	towardsZero, away := floor, ceiling
	if x.Sign() < 0 {
		towardsZero, away = ceiling, floor
	}
	fraction := new(big.Rat).Sub(x, new(big.Rat).SetInt(floor))
	nearer := fraction.Cmp(big.NewRat(1, 2))
	switch mode {
	case kpi.Floor:
		return floor
	case kpi.Ceiling:
		return ceiling
	case kpi.Down:
		return towardsZero
	case kpi.Up:
		return away
	}
	switch {
	case nearer < 0:
		return floor
	case nearer > 0:
		return ceiling
	case mode == kpi.HalfUp:
		return away
	case floor.Bit(0) == 0:
		return floor
	}
	return ceiling
}

// The classic table of rounding modes at 5.5, 2.5, 1.6 … as printed in the
// documentation of java.math.RoundingMode.
func TestRoundingPublishedTable(t *testing.T) {
	modes := []kpi.Rounding{kpi.Up, kpi.Down, kpi.Ceiling, kpi.Floor, kpi.HalfUp, kpi.HalfEven}
	for in, want := range map[string][6]int64{
		"5.5":  {6, 5, 6, 5, 6, 6},
		"2.5":  {3, 2, 3, 2, 3, 2},
		"1.6":  {2, 1, 2, 1, 2, 2},
		"1.1":  {2, 1, 2, 1, 1, 1},
		"1.0":  {1, 1, 1, 1, 1, 1},
		"-1.0": {-1, -1, -1, -1, -1, -1},
		"-1.1": {-2, -1, -1, -2, -1, -1},
		"-1.6": {-2, -1, -1, -2, -2, -2},
		"-2.5": {-3, -2, -2, -3, -3, -2},
		"-5.5": {-6, -5, -5, -6, -6, -6},
	} {
		for i, mode := range modes {
			if n, ok := kpi.MustParse(in).Minor(0, mode); !ok || n != want[i] {
				t.Errorf("%s by %v = %d, %t, want %d", in, mode, n, ok, want[i])
			}
		}
	}
}

func TestInputs(t *testing.T) {
	huge, _ := new(big.Int).SetString("1234567890123456789012345678901234567890123456789012345678901234", 10)
	for _, c := range []struct {
		why  string
		got  kpi.Value
		want string // worked by hand
	}{
		{"cents", kpi.Minor(123456, 2), "1234.56"},
		{"thousands", kpi.Minor(12, -3), "12000"},
		{"the least int64", kpi.Int(math.MinInt64), "-9223372036854775808"},
		{"the least int64 as denominator", kpi.Frac(1, math.MinInt64), "-1/9223372036854775808"},
		{"signs move to the numerator", kpi.Frac(3, -6), "-0.5"},
		{"wide coefficient", kpi.FromBig(huge, 2), "12345678901234567890123456789012345678901234567890123456789012.34"},
		{"wide with zeros before the point", kpi.FromBig(huge, -2), huge.String() + "00"},
	} {
		if c.got.Exact() != c.want {
			t.Errorf("%s: %s, want %s", c.why, c.got.Exact(), c.want)
		}
	}
	for why, v := range map[string]kpi.Value{
		"scale above 18": kpi.Minor(1, 19), "scale under −18": kpi.Minor(1, -19), "big scale above 18": kpi.FromBig(huge, 19),
	} {
		if v.Reason() != kpi.NotApplicable {
			t.Errorf("%s: %v", why, v)
		}
	}
	if v := kpi.Frac(0, 0); v.Reason() != kpi.ZeroDenominator {
		t.Errorf("0/0 is %v", v)
	}
	if v := kpi.FromBig(nil, 0); v.Reason() != kpi.NoData {
		t.Errorf("nil is %v", v)
	}
	before := huge.String()
	kpi.FromBig(huge, 3).Mul(kpi.Int(7))
	if huge.String() != before {
		t.Error("FromBig changed its argument")
	}
}

func TestFromDecimal(t *testing.T) {
	huge, _ := new(big.Int).SetString("99999999999999999999999999999999999999999999999999999999999999999", 10) // 65 digits
	for _, c := range []struct {
		why  string
		in   decimal.Decimal
		want string // worked by hand
	}{
		{"zero value", decimal.Decimal{}, "0"},
		{"cents", decimal.New(-123450, -2), "-1234.5"},
		{"positive exponent", decimal.New(12, 3), "12000"},
		{"19 digits", decimal.NewFromBigInt(new(big.Int).SetUint64(math.MaxUint64), -2), "184467440737095516.15"},
	} {
		if v, err := kpi.FromDecimal(c.in); err != nil || v.Exact() != c.want {
			t.Errorf("%s: %v, %v, want %s", c.why, v, err, c.want)
		}
	}
	for why, d := range map[string]decimal.Decimal{
		"65 digits": decimal.NewFromBigInt(huge, 0), "exponent −19": decimal.New(1, -19), "exponent 2³⁰": decimal.New(1, 1<<30),
	} {
		if v, err := kpi.FromDecimal(d); err == nil || v != (kpi.Value{}) {
			t.Errorf("%s: %v, %v", why, v, err)
		}
	}
}

func TestDecimalRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, scale := rapid.Int64().Draw(t, "n"), rapid.IntRange(0, 18).Draw(t, "scale")
		v, err := kpi.FromDecimal(decimal.New(n, int32(-scale)))
		if err != nil || v != kpi.Minor(n, scale) {
			t.Fatalf("%v, %v", v, err)
		}
		if back, ok := v.Minor(scale, kpi.Down); !ok || back != n {
			t.Fatalf("back: %d, %t", back, ok)
		}
	})
}

func TestUndefined(t *testing.T) {
	one := kpi.Int(1)
	for i, r := range reasons {
		u := kpi.Undefined(r)
		if u.Defined() || u.Reason() != r || u.Sign() != 0 || u == one {
			t.Errorf("%v: %v", r, u)
		}
		for name, got := range map[string]kpi.Value{
			"+": one.Add(u), "-": u.Sub(one), "*": one.Mul(u), "/": one.Div(u), "by": u.Div(one), "neg": u.Neg(), "abs": u.Abs(),
			"min": one.Min(u), "max": u.Max(one), "growth": kpi.Growth(u, one),
		} {
			if got != u {
				t.Errorf("%s with %v = %v", name, r, got)
			}
		}
		if _, ok := u.Minor(2, kpi.HalfEven); ok {
			t.Errorf("%v has minor units", r)
		}
		if _, ok := u.Decimal(2, kpi.HalfEven); ok {
			t.Errorf("%v has a decimal", r)
		}
		if _, ok := u.Float64(); ok {
			t.Errorf("%v has a float", r)
		}
		if _, ok := u.Int64(); ok {
			t.Errorf("%v has an int", r)
		}
		for _, weaker := range reasons[i:] {
			w := kpi.Undefined(weaker)
			if u.Add(w) != u || w.Add(u) != u {
				t.Errorf("%v against %v = %v", r, weaker, u.Add(w))
			}
		}
		if u.Compare(one) >= 0 || one.Compare(u) <= 0 || u.Less(one) {
			t.Errorf("%v is not before 1", r)
		}
	}
	if (kpi.Value{}).Reason() != kpi.NoData || kpi.Undefined(kpi.NoData) != (kpi.Value{}) {
		t.Error("the zero Value is not no data")
	}
	if kpi.Undefined(0) != (kpi.Value{}) || kpi.Undefined(200) != (kpi.Value{}) {
		t.Error("a reason outside the constants is not no data")
	}
	if kpi.Int(5).Div(kpi.Undefined(kpi.NoAmount)).Reason() != kpi.NoAmount {
		t.Error("an undefined divisor counts as zero")
	}
}

// reasons in the order of DESIGN.md, section 2, contract 3.
var reasons = []kpi.Reason{kpi.Unpriced, kpi.NoTarget, kpi.ZeroDenominator, kpi.BaseNotPositive, kpi.UndefinedMix, kpi.NotYetDue,
	kpi.NoTimeLeft, kpi.Immature, kpi.TooFew, kpi.NotApplicable, kpi.NoAmount, kpi.NoData}

func TestReasonWords(t *testing.T) {
	words := []string{"unpriced", "no_target", "zero_denominator", "base_not_positive", "undefined_mix", "not_yet_due",
		"no_time_left", "immature", "too_few", "not_applicable", "no_amount", "no_data"}
	for i, r := range reasons {
		var back kpi.Reason
		text, err := r.MarshalText()
		if err != nil || string(text) != words[i] || back.UnmarshalText(text) != nil || back != r {
			t.Errorf("%d: %s, %v", i, text, err)
		}
	}
}

func TestSum(t *testing.T) {
	none, undue := kpi.Value{}, kpi.Undefined(kpi.NotYetDue)
	for _, c := range []struct {
		why    string
		values []kpi.Value
		want   kpi.Value
		part   kpi.Partial
	}{
		{"a sum over nothing is no data", nil, none, kpi.Partial{}},
		{"no data adds nothing", []kpi.Value{none, kpi.Int(2), none, kpi.Int(3)}, kpi.Int(5), kpi.Partial{Sum: kpi.Int(5), N: 2, Of: 4}},
		{"another reason stands", []kpi.Value{kpi.Int(2), undue, none}, undue, kpi.Partial{Sum: kpi.Int(2), N: 1, Of: 3}},
		{"a reason comes first", []kpi.Value{undue, kpi.Int(2)}, undue, kpi.Partial{Sum: kpi.Int(2), N: 1, Of: 2}},
		{"only no data", []kpi.Value{none}, none, kpi.Partial{Of: 1}},
	} {
		if got := kpi.Sum(slices.Values(c.values)); got != c.want {
			t.Errorf("%s: %v, want %v", c.why, got, c.want)
		}
		if got := kpi.PartialSum(slices.Values(c.values)); got != c.part {
			t.Errorf("%s: %+v, want %+v", c.why, got, c.part)
		}
	}
}

func TestValueShape(t *testing.T) {
	if size := unsafe.Sizeof(kpi.Value{}); unsafe.Sizeof(uintptr(0)) == 8 && size != 32 {
		t.Errorf("a Value has %d bytes", size)
	}
	a, b := kpi.Minor(123456, 2), kpi.Frac(2, 3)
	if n := testing.AllocsPerRun(100, func() { sink = a.Add(b).Mul(a).Sub(b).Div(a) }); n != 0 {
		t.Errorf("arithmetic that fits allocates %v times", n)
	}
	if !cmp.Equal(a, kpi.MustParse("1234.56")) {
		t.Error("cmp does not see equal values as equal")
	}
}

var sink kpi.Value

func TestText(t *testing.T) {
	for _, c := range []struct {
		in    string
		scale int
		want  string // worked by hand
	}{
		{"1234.565", 2, "1234.56"}, {"1234.575", 2, "1234.58"}, {"0.005", 2, "0.00"}, {"-0.001", 2, "0.00"},
		{"-1.5", 0, "-2"}, {"7", 3, "7.000"}, {"2/3", 4, "0.6667"}, {"-0.05", 1, "0.0"}, {"-0.15", 1, "-0.2"},
		{"5", -3, "5"}, {"1/3", 99, "0.333333333333333333"},
	} {
		if got := kpi.MustParse(c.in).Text(c.scale, kpi.HalfEven); got != c.want {
			t.Errorf("%s at %d = %s, want %s", c.in, c.scale, got, c.want)
		}
	}
	if got := kpi.Undefined(kpi.TooFew).Text(2, kpi.HalfEven); got != "undefined: too_few" {
		t.Errorf("undefined prints %q", got)
	}
}

func TestFloat64(t *testing.T) {
	huge, err := kpi.Parse("9" + string(slices.Repeat([]byte("9"), 400)) + "/1")
	if err != nil {
		t.Fatal(err)
	}
	if f, ok := huge.Float64(); ok {
		t.Errorf("10⁴⁰¹ as float64 is %v", f)
	}
	if f, ok := kpi.Frac(1, 3).Float64(); !ok || f != 1.0/3.0 {
		t.Errorf("1/3 is %v, %t", f, ok)
	}
}

func TestParseErrors(t *testing.T) {
	for _, s := range []string{"", " ", "1 ", "+1", "1e3", "1,000", "NaN", "Inf", "--1", "-", ".5", "5.", "1.2.3", "1/0", "1/-2", "1/",
		"/2", "1/2/3", "1.5/2", "٣", "0x10", "1_000", "-.5",
		"12345678901234567890123456789012345678901234567890123456789012345", "0.1234567890123456789"} {
		if v, err := kpi.Parse(s); err == nil {
			t.Errorf("%q reads as %v", s, v)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"0", "-0", "12.340", "2/3", "-9223372036854775808", "00012", "1/3", "x"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v, err := kpi.Parse(s)
		if err != nil {
			return
		}
		back, err := kpi.Parse(v.Exact())
		if err != nil || back != v {
			t.Fatalf("%q reads as %v and comes back as %v, %v", s, v, back, err)
		}
	})
}

func FuzzValueJSON(f *testing.F) {
	for _, s := range []string{`{"value":"1.5"}`, `{"value":"0.333333333333","exact":"1/3"}`, `{"undefined":"no_data"}`, `12.5`, `"7"`, `null`, `{}`, ``} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var v kpi.Value
		if v.UnmarshalJSON(data) != nil {
			return
		}
		text, err := json.Marshal(v)
		if err != nil {
			return // longer than what is read back
		}
		var back kpi.Value
		if err := json.Unmarshal(text, &back); err != nil || back != v {
			t.Fatalf("%s reads as %v and comes back as %v, %v", data, v, back, err)
		}
	})
}
