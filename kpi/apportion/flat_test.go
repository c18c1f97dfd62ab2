package apportion_test

import (
	"errors"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

// flatCase is one split in whole units. Cases with a repository as source
// are facts of that library's tests or issues; the others are worked by hand
// in why.
type flatCase struct {
	name    string
	total   int64
	weights []int64
	want    []int64
	source  string
	why     string
}

func flatCases() []flatCase {
	const hand = "by hand"
	return []flatCase{
		{"brick thirds", 100, []int64{2, 3, 1}, []int64{33, 50, 17}, "brick/money@34feb8999558 tests/MoneyTest.php",
			"33.33, 50, 16.67: the unit left goes to .67"},
		{"brick halves", 9999, []int64{100, 100}, []int64{5000, 4999}, "brick/money@34feb8999558 tests/MoneyTest.php",
			"equal remainders: the earlier"},
		{"brick ninths", 10000, []int64{30, 20, 40}, []int64{3333, 2222, 4445}, "brick/money@34feb8999558 tests/MoneyTest.php",
			"remainders .33, .22, .44"},
		{"brick thirteenths", 10000, []int64{30, 20, 40, 40}, []int64{2308, 1538, 3077, 3077}, "brick/money@34feb8999558 tests/MoneyTest.php",
			"remainders .69, .46, .92, .92 and three units"},
		{"brick below zero", -10000, []int64{30, 20, 40, 40}, []int64{-2308, -1538, -3077, -3077}, "brick/money@34feb8999558 tests/MoneyTest.php",
			"the opposite of the case above"},
		{"brick two for four", 2, []int64{1, 1, 1, 1}, []int64{1, 1, 0, 0}, "brick/money@34feb8999558 tests/MoneyTest.php",
			"all remainders equal: the first two"},
		{"brick 55", 3, []int64{75, 25}, []int64{2, 1}, "brick/money#55", "2.25 and 0.75"},
		{"moneyphp 436", 5, []int64{0, 7, 3}, []int64{0, 4, 1}, "moneyphp/money#436",
			"3.5 and 1.5 tie; the weight of zero in front gets nothing"},
		{"moneyphp 466", 1, []int64{1, 1}, []int64{1, 0}, "moneyphp/money#466", "one unit, two equal"},
		{"moneyphp 492", 1, []int64{33, 66}, []int64{0, 1}, "moneyphp/money#492", "0.33 and 0.67: not the first, the larger"},
		{"rusty_money 103", 613, []int64{98, 92, 98, 123, 102, 92}, []int64{99, 93, 99, 125, 104, 93}, "varunsrin/rusty_money#103",
			"remainders .296, .218, .296, .626, .349, .218; 613 − 611 units are left: .626 and .349"},
		{"twelfths", 10000000, []int64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
			[]int64{833334, 833334, 833334, 833334, 833333, 833333, 833333, 833333, 833333, 833333, 833333, 833333}, hand,
			"100,000.00 over twelve months: 12 × 833,333 = 9,999,996, four cents left"},
		{"one", 7, []int64{3}, []int64{7}, hand, "one part is the total"},
		{"nothing", 0, []int64{3, 0, 1}, []int64{0, 0, 0}, hand, "a total of zero gives zeros"},
		{"below zero with a tie", -5, []int64{7, 3}, []int64{-4, -1}, hand, "opposite of 5 by 7 and 3, 4 and 1"},
		{"largest int64", math.MaxInt64, []int64{1, 1}, []int64{1 << 62, 1<<62 - 1}, hand, "2^63−1 = 2^62 + (2^62−1)"},
		{"smallest int64", math.MinInt64, []int64{0, 9}, []int64{0, math.MinInt64}, hand, "its opposite does not fit int64"},
		{"weights beyond 64 bits", 10, []int64{math.MaxInt64, math.MaxInt64, math.MaxInt64}, []int64{4, 3, 3}, hand,
			"three equal weights, whose sum is 3 × (2^63−1) > 2^64"},
		{"widest product", math.MaxInt64, []int64{math.MaxInt64, math.MaxInt64}, []int64{1 << 62, 1<<62 - 1}, hand, "equal weights"},
	}
}

func TestFlat(t *testing.T) {
	for _, c := range flatCases() {
		t.Run(c.name, func(t *testing.T) {
			if c.why == "" || c.source == "" {
				t.Fatal("a case needs a why and a source")
			}
			ints, err := apportion.Int64(c.total, c.weights)
			if err != nil || !slices.Equal(ints, c.want) {
				t.Errorf("Int64 = %v, %v; want %v (%s)", ints, err, c.want, c.why)
			}
			decimals, err := apportion.Decimal(decimal.New(c.total, -2), 2, cents(c.weights))
			if want := cents(c.want); err != nil || !slices.EqualFunc(decimals, want, same) {
				t.Errorf("Decimal = %v, %v; want %v (%s)", decimals, err, want, c.why)
			}
			bigs, err := apportion.BigInt(big.NewInt(c.total), wide(c.weights))
			if err != nil || !slices.EqualFunc(bigs, wide(c.want), sameInt) {
				t.Errorf("BigInt = %v, %v; want %v (%s)", bigs, err, c.want, c.why)
			}
		})
	}
}

func cents(numbers []int64) []decimal.Decimal {
	all := make([]decimal.Decimal, len(numbers))
	for i, n := range numbers {
		all[i] = decimal.New(n, -2)
	}
	return all
}

func wide(numbers []int64) []*big.Int {
	all := make([]*big.Int, len(numbers))
	for i, n := range numbers {
		all[i] = big.NewInt(n)
	}
	return all
}

// same asks for the same number of places too.
func same(a, b decimal.Decimal) bool { return a.Cmp(b) == 0 && a.Exponent() == b.Exponent() }

func sameInt(a, b *big.Int) bool { return a.Cmp(b) == 0 }

func decimals(texts ...string) []decimal.Decimal {
	all := make([]decimal.Decimal, len(texts))
	for i, s := range texts {
		all[i] = decimal.RequireFromString(s)
	}
	return all
}

func TestDecimalScales(t *testing.T) {
	nines := strings.Repeat("9", 64)
	for _, c := range []struct {
		name, total string
		scale       int
		weights     []decimal.Decimal
		want        []decimal.Decimal
		why         string
	}{
		{"weights of several scales", "100", 0, decimals("1", "0.5", "0.50"), decimals("50", "25", "25"), "2 : 1 : 1"},
		{"fewer places than scale", "1", 2, decimals("1", "2"), decimals("0.33", "0.67"), "1 = 1.00, shares 33.3 and 66.7 cents"},
		{"more places, all zero", "1.000", 2, decimals("1", "2"), decimals("0.33", "0.67"), "1.000 is 100 cents"},
		{"thousands", "10000", -3, decimals("1", "2"), []decimal.Decimal{decimal.New(3, 3), decimal.New(7, 3)}, "10 thousands: 3.3 and 6.7"},
		{"dinero 50.50", "100", 4, decimals("50.50", "49.5"), []decimal.Decimal{decimal.New(505000, -4), decimal.New(495000, -4)},
			"50.5 % and 49.5 % of 100 (dinero.js allocate.test.ts)"},
		{"no total, no scale problem", "0.000", 2, decimals("1"), []decimal.Decimal{decimal.New(0, -2)}, "zero is a multiple of every unit"},
		{"18 places", "0.000000000000000001", 18, decimals("1", "1"), decimals("0.000000000000000001", "0.000000000000000000"), "one unit"},
		{"64 digits", nines, 0, decimals("1", "1", "1"), decimals(strings.Repeat("3", 64), strings.Repeat("3", 64), strings.Repeat("3", 64)),
			"nines are divisible by three"},
		{"weights far apart", "3", 0, []decimal.Decimal{decimal.New(1, 64), decimal.New(1, -64)}, decimals("3", "0"),
			"the small one's share is 3 × 10^-128"},
		{"weights near 10^18, total near 10^30", "1000000000000000000000000000001", 0,
			decimals("1000000000000000000", "999999999999999999"),
			decimals("500000000000000000250000000001", "499999999999999999750000000000"),
			"total/2 × (1 ± 1/(2·10^18−1)) = 5·10^29 + 0.5 ± (2.5·10^11 + 1.25·10^-7): remainders .500000125 and .499999875"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := apportion.Decimal(decimal.RequireFromString(c.total), c.scale, c.weights)
			if err != nil || !slices.EqualFunc(got, c.want, same) {
				t.Errorf("got %v, %v; want %v (%s)", got, err, c.want, c.why)
			}
		})
	}
}

func TestFlatErrors(t *testing.T) {
	ints := func(weights ...int64) error { _, err := apportion.Int64(100, weights); return err }
	dec := func(total decimal.Decimal, scale int, weights ...string) error {
		_, err := apportion.Decimal(total, scale, decimals(weights...))
		return err
	}
	hundred := decimal.NewFromInt(100)
	for _, c := range []struct {
		name  string
		err   error
		class error
		want  []string // path and code
	}{
		{"no weights", ints(), check.ErrInfeasible, []string{"weights no_weights"}},
		{"all zero", ints(0, 0), check.ErrInfeasible, []string{"weights all_weights_zero"}},
		{"below zero, each", ints(1, -2, 3, -4), check.ErrRange, []string{"weights[1] negative_weight", "weights[3] negative_weight"}},
		{"below zero and zero", ints(0, -1), check.ErrRange, []string{"weights[1] negative_weight"}},
		{"decimal none", dec(hundred, 2), check.ErrInfeasible, []string{"weights no_weights"}},
		{"decimal zeros", dec(hundred, 2, "0", "0.00"), check.ErrInfeasible, []string{"weights all_weights_zero"}},
		{"decimal zeros of zero", dec(decimal.Decimal{}, 2, "0"), check.ErrInfeasible, []string{"weights all_weights_zero"}},
		{"decimal below zero", dec(hundred, 2, "1", "-0.5"), check.ErrRange, []string{"weights[1] negative_weight"}},
		{"finer than the scale", dec(decimal.New(10001, -3), 2, "1"), check.ErrInvalid, []string{"total not_a_multiple_of_unit"}},
		{"no whole thousands", dec(decimal.NewFromInt(1500), -3, "1"), check.ErrInvalid, []string{"total not_a_multiple_of_unit"}},
		{"scale above", dec(hundred, 19, "1"), check.ErrRange, []string{"scale scale_out_of_range"}},
		{"scale below", dec(hundred, -19, "1"), check.ErrRange, []string{"scale scale_out_of_range"}},
		{"65 digits", dec(decimal.RequireFromString("1"+strings.Repeat("0", 64)), 2, "1"), check.ErrRange, []string{"total number_too_large"}},
		{"total without bound", dec(decimal.New(1, math.MaxInt32), 2, "1"), check.ErrRange, []string{"total number_too_large"}},
		{"total without bound below", dec(decimal.New(1, math.MinInt32), 2, "1"), check.ErrRange, []string{"total number_too_large"}},
		{"weight without bound", dec(hundred, 2, "1", "1e9999"), check.ErrRange, []string{"weights[1] number_too_large"}},
		{"all at once", dec(decimal.New(1, 19), 20, "0", "-1", "1e-65"), check.ErrRange,
			[]string{"total number_too_large", "scale scale_out_of_range", "weights[1] negative_weight", "weights[2] number_too_large"}},
	} {
		t.Run(c.name, func(t *testing.T) { wantProblems(t, c.err, c.class, c.want) })
	}
}

func TestBigErrors(t *testing.T) {
	_, missing := apportion.BigInt(nil, []*big.Int{big.NewInt(1), nil, big.NewInt(-1)})
	wantProblems(t, missing, check.ErrMissing, []string{"total missing_total", "weights[1] missing_weight", "weights[2] negative_weight"})
	_, zeros := apportion.BigRat(big.NewInt(1), []*big.Rat{new(big.Rat)})
	wantProblems(t, zeros, check.ErrInfeasible, []string{"weights all_weights_zero"})
	_, none := apportion.BigRat(big.NewInt(1), nil)
	wantProblems(t, none, check.ErrInfeasible, []string{"weights no_weights"})
	_, below := apportion.BigRat(big.NewInt(1), []*big.Rat{nil, big.NewRat(-1, 2)})
	wantProblems(t, below, check.ErrRange, []string{"weights[0] missing_weight", "weights[1] negative_weight"})
}

func wantProblems(t *testing.T, err, class error, want []string) {
	t.Helper()
	if !errors.Is(err, class) {
		t.Errorf("error %v is no %v", err, class)
	}
	var got []string
	for _, e := range check.All(err) {
		got = append(got, e.Path+" "+e.Code)
		if !strings.HasPrefix(e.Op, "apportion.") {
			t.Errorf("operation %q", e.Op)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("problems %q; want %q", got, want)
	}
}

func TestErrorTexts(t *testing.T) {
	_, err := apportion.Decimal(decimal.New(-5, -3), 2, decimals("1"))
	const want = `apportion.Decimal: total: not a multiple of unit "-0.005" (unit 0.01): invalid`
	if err == nil || err.Error() != want {
		t.Errorf("got %v; want %s", err, want)
	}
	_, err = apportion.Decimal(decimal.New(-15, 2), -3, decimals("1"))
	const thousands = `apportion.Decimal: total: not a multiple of unit "-1500" (unit 1000): invalid`
	if err == nil || err.Error() != thousands {
		t.Errorf("got %v; want %s", err, thousands)
	}
}
