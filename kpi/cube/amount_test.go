package cube_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"github.com/shopspring/decimal"
)

// Sums are exact where 64 bits, the unit's places and both are too few. The
// figures are sums of powers, worked by hand.
func TestSumsAreExact(t *testing.T) {
	const most, least = math.MaxInt64, math.MinInt64
	for name, test := range map[string]struct {
		why   string
		minor []int64
		want  string
	}{
		"above":     {"2 × (2⁶³−1) cents", []int64{most, most}, "184467440737095516.14"},
		"below":     {"2 × −2⁶³ cents", []int64{least, least}, "-184467440737095516.16"},
		"and back":  {"what went above comes back", []int64{most, most, least, least}, "-0.02"},
		"far above": {"9 × (2⁶³−1) cents", slices.Repeat([]int64{most}, 9), "830103483316929822.63"},
		"zero":      {"a sum of amounts that is zero is zero, not no data", []int64{5, -5}, "0"},
	} {
		t.Run(name, func(t *testing.T) {
			var rows []row
			for _, n := range test.minor {
				rows = append(rows, row{day: day("2026-01-01"), minor: n, amount: decimal.New(n, -2)})
			}
			got := query(t, load(t, rowDefinition(calendar.Monthly), rows), cube.Query{}).Rows[0].Values
			if got[0] != kpi.MustParse(test.want) || got[1] != got[0] {
				t.Errorf("%s: got %v, want %s", test.why, got, test.want)
			}
		})
	}
}

func TestDecimalPlaces(t *testing.T) {
	d := decimal.New
	digits := func(s string) decimal.Decimal {
		n := d(0, 0)
		for _, c := range s {
			n = n.Mul(d(10, 0)).Add(d(int64(c-'0'), 0))
		}
		return n
	}
	nines := strings.Repeat("9", 64)
	for name, test := range map[string]struct {
		why     string
		amounts []decimal.Decimal
		want    string
	}{
		"zero Decimal":   {"has no coefficient inside", []decimal.Decimal{{}}, "0"},
		"fewer places":   {"12 and 12.5", []decimal.Decimal{d(12, 0), d(125, -1)}, "24.5"},
		"trailing zeros": {"1.2300", []decimal.Decimal{d(12300, -4)}, "1.23"},
		"more places":    {"0.001 × 3, to the last digit", []decimal.Decimal{d(1, -3), d(1, -3), d(1, -3)}, "0.003"},
		"finest":         {"18 places", []decimal.Decimal{d(1, -18), d(-1, -2)}, "-0.009999999999999999"},
		"exponent":       {"5 × 10¹⁸", []decimal.Decimal{d(5, 18)}, "5000000000000000000"},
		"64 digits":      {"the longest amount, less 1", []decimal.Decimal{digits(nines), d(-1, 0)}, nines[1:] + "8"},
	} {
		t.Run(name, func(t *testing.T) {
			var rows []row
			for _, a := range test.amounts {
				rows = append(rows, row{day: day("2026-01-01"), amount: a})
			}
			got := query(t, load(t, rowDefinition(calendar.Monthly), rows), cube.Query{}).Rows[0].Values[1]
			if got != kpi.MustParse(test.want) {
				t.Errorf("%s: got %s, want %s", test.why, got, test.want)
			}
		})
	}
}

// What is beyond the limits is refused whatever the unit's scale is, and
// whatever remains of it there.
func TestAmountsTooLarge(t *testing.T) {
	nines := decimal.New(999_999_999_999_999_999, 0)
	long := nines.Mul(nines).Mul(nines).Mul(nines) // 72 digits
	for name, test := range map[string]struct {
		why    string
		amount decimal.Decimal
	}{
		"72 digits":      {"at most 64", long},
		"exponent above": {"at most 18", decimal.New(1, 19)},
		"exponent below": {"at least −18", decimal.New(1, -19)},
		"trailing zeros": {"1 in 18 places, written with 20", decimal.New(100, -20)},
		"zero":           {"even of nothing", decimal.New(0, 19)},
		"far":            {"beyond any power", decimal.New(1, math.MaxInt32)},
	} {
		for _, scale := range []int8{0, 2, 18} {
			def := rowDefinition(calendar.Monthly)
			def.Measures[1].Unit.Scale = scale
			c := load(t, def, []row{{day: day("2026-01-01"), amount: test.amount}})
			if m := c.Report().Measures[1]; m.TooLarge != 1 || m.Used != 0 {
				t.Errorf("%s at scale %d: %s: %+v", name, scale, test.why, m)
			}
			if got := query(t, c, cube.Query{}).Rows[0].Values[1]; got.Defined() {
				t.Errorf("%s at scale %d: %s: got %v", name, scale, test.why, got)
			}
		}
	}
}
