package kpi_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/shopspring/decimal"
)

// A win rate of no closed deals is not 0 %: it is undefined, and says why.
func Example() {
	rate := kpi.RatioOf(0, 0).Value()
	fmt.Println(rate)
	fmt.Println(rate.Reason() == kpi.ZeroDenominator)
	// Output:
	// undefined: zero_denominator
	// true
}

func ExampleValue() {
	third := kpi.Int(100).Div(kpi.Int(3))
	fmt.Println(third)
	fmt.Println(third.Mul(kpi.Int(3)) == kpi.Int(100))
	fmt.Println(third.Add(kpi.Undefined(kpi.Unpriced)))
	// Output:
	// 33.333333333333
	// true
	// undefined: unpriced
}

func ExampleMinor() {
	fmt.Println(kpi.Minor(123456, 2)) // cents, as a database keeps them
	// Output: 1234.56
}

func ExampleFromDecimal() {
	v, err := kpi.FromDecimal(decimal.New(123456, -2))
	fmt.Println(v, err)
	// Output: 1234.56 <nil>
}

// pgtype.Numeric and apd.Decimal hold a big integer and an exponent.
func ExampleFromBig() {
	coefficient, exponent := big.NewInt(123456), -2
	fmt.Println(kpi.FromBig(coefficient, -exponent))
	// Output: 1234.56
}

func ExampleParse() {
	v, err := kpi.Parse("12000000.50")
	fmt.Println(v, err)
	_, err = kpi.Parse("12,000,000")
	fmt.Println(err)
	// Output:
	// 12000000.5 <nil>
	// kpi.Parse: not a number "12,000,000": invalid
}

func ExampleValue_Text() {
	attainment := kpi.Frac(2, 3)
	percent := attainment.Mul(kpi.Int(100))
	fmt.Println(percent.Text(1, kpi.HalfUp) + " %")
	// Output: 66.7 %
}

func ExampleValue_Minor() {
	cents, ok := kpi.MustParse("2/3").Minor(2, kpi.HalfEven)
	fmt.Println(cents, ok)
	// Output: 67 true
}

func ExampleValue_Decimal() {
	d, ok := kpi.MustParse("2/3").Decimal(4, kpi.Floor)
	fmt.Println(d, ok)
	// Output: 0.6666 true
}

func ExampleValue_MarshalJSON() {
	for _, v := range []kpi.Value{kpi.Minor(1250, 2), kpi.Frac(1, 3), kpi.Undefined(kpi.NoTarget)} {
		text, _ := json.Marshal(v)
		fmt.Println(string(text))
	}
	// Output:
	// {"value":"12.5"}
	// {"value":"0.333333333333","exact":"1/3"}
	// {"undefined":"no_target"}
}

func ExampleSum() {
	months := []kpi.Value{kpi.Int(120), {}, kpi.Int(80)} // nothing recorded in the second
	fmt.Println(kpi.Sum(slices.Values(months)))
	fmt.Println(kpi.Sum(slices.Values([]kpi.Value{kpi.Int(120), kpi.Undefined(kpi.Unpriced)})))
	// Output:
	// 200
	// undefined: unpriced
}

func ExamplePartialSum() {
	p := kpi.PartialSum(slices.Values([]kpi.Value{kpi.Int(120), kpi.Undefined(kpi.Unpriced)}))
	fmt.Printf("%v, %d of %d\n", p.Sum, p.N, p.Of)
	// Output: 120, 1 of 2
}

// Rates of two teams combine by their parts. The mean of 50 % and 10 % would
// be 30 %.
func ExampleRatio() {
	east, west := kpi.RatioOf(1, 2), kpi.RatioOf(10, 100)
	fmt.Println(east.Add(west))
	// Output: 11/102 = 0.107843137255
}

func ExampleEstimate() {
	fmt.Println(kpi.NewEstimate(0.1 + 0.2))
	fmt.Println(kpi.NoEstimate(kpi.TooFew))
	// Output:
	// 0.3
	// undefined: too_few
}

func ExampleAttainment() {
	fmt.Println(kpi.Attainment(kpi.HigherIsBetter, kpi.Int(90), kpi.Int(120)))
	fmt.Println(kpi.Attainment(kpi.LowerIsBetter, kpi.Int(40), kpi.Int(50))) // days of sales cycle
	fmt.Println(kpi.Attainment(kpi.HigherIsBetter, kpi.Int(90), kpi.Value{}))
	// Output:
	// 0.75
	// 1.2
	// undefined: no_target
}

func ExampleBandAttainment() {
	discount := kpi.MustParse("0.12")
	fmt.Println(kpi.BandAttainment(discount, kpi.MustParse("0.02"), kpi.MustParse("0.10")))
	// Output: 0.8
}

// A target of zero complaints has no attainment, but it is met or not.
func ExampleMet() {
	met, ok := kpi.Met(kpi.LowerIsBetter, kpi.Int(0), kpi.Int(0))
	fmt.Println(met, ok)
	// Output: true true
}

func ExampleVariance() {
	fmt.Println(kpi.Variance(kpi.Int(80), kpi.Int(100)))
	// Output: -20
}

func ExampleFavourable() {
	fmt.Println(kpi.Favourable(kpi.LowerIsBetter, kpi.Int(40), kpi.Int(50)))
	// Output: 10
}

func ExampleGrowth() {
	fmt.Println(kpi.Growth(kpi.Int(120), kpi.Int(100)))
	fmt.Println(kpi.Growth(kpi.Int(120), kpi.Int(0)))
	// Output:
	// 0.2
	// undefined: base_not_positive
}

func ExampleSignChange() {
	fmt.Println(kpi.SignChange(kpi.Int(5), kpi.Int(-50)))
	// Output: true
}

func ExampleMetric() {
	m := kpi.Metric{ID: "won_value", Name: "Won value", NameZH: "赢单金额", Unit: kpi.Money("CNY", 2)}
	fmt.Println(m.Title("zh"), m.Validate())
	m.ID = "Won value"
	fmt.Println(m.Validate())
	// Output:
	// 赢单金额 <nil>
	// kpi.Metric: id: malformed id "Won value" (form [a-z][a-z0-9_]*): invalid
}

func ExampleUnit() {
	fmt.Println(kpi.Money("USD", 2), kpi.InDays(0), kpi.Unit{Money: 1, Days: -1, Currency: "USD"})
	// Output: USD days USD/days
}

func ExampleFigure() {
	f := kpi.Figure{
		Metric: "won_value", Owner: "ann",
		Period: calendar.Calendar{}.MustParse("2026-03"),
		Value:  kpi.Minor(123456, 2),
	}
	text, _ := json.Marshal(f)
	fmt.Println(string(text))
	// Output: {"metric":"won_value","owner":"ann","period":{"start":"2026-03-01","end":"2026-04-01"},"value":{"value":"1234.56"}}
}

func ExampleUndefined() {
	fmt.Println(kpi.Undefined(kpi.NotYetDue).Or(kpi.Int(0)))
	// Output: 0
}
