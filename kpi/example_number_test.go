package kpi_test

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
)

func ExampleValue_Add() {
	a, b := kpi.Int(7), kpi.Frac(1, 2)
	fmt.Println(a.Add(b), a.Sub(b), a.Mul(b), a.Div(b), a.Neg(), a.Neg().Abs())
	fmt.Println(a.Min(b), a.Max(b), b.Less(a))
	// Output:
	// 7.5 6.5 3.5 14 -7 7
	// 0.5 7 true
}

func ExampleValue_Defined() {
	rate := kpi.RatioOf(0, 0).Value()
	fmt.Println(rate.Defined(), rate.Reason(), rate.Reason().Title("zh"))
	// Output: false zero_denominator 分母为零
}

func ExampleValue_Int64() {
	n, ok := kpi.Int(42).Int64()
	fmt.Println(n, ok)
	_, ok = kpi.Frac(1, 3).Int64() // no whole number
	fmt.Println(ok)
	// Output:
	// 42 true
	// false
}

// For a chart; a float64 never comes back in as a Value by itself.
func ExampleValue_Float64() {
	f, ok := kpi.Frac(1, 3).Float64()
	fmt.Printf("%.4f %t\n", f, ok)
	// Output: 0.3333 true
}

func ExampleValue_Exact() {
	fmt.Println(kpi.Frac(5002767, 2119), kpi.Frac(5002767, 2119).Exact())
	// Output: 2360.909391222275 5002767/2119
}

func ExampleRounding() {
	half := kpi.MustParse("2.5")
	for _, mode := range []kpi.Rounding{kpi.HalfEven, kpi.HalfUp, kpi.Down, kpi.Up, kpi.Floor, kpi.Ceiling} {
		fmt.Println(mode, half.Text(0, mode), half.Neg().Text(0, mode))
	}
	// Output:
	// half_even 2 -2
	// half_up 3 -3
	// down 2 -2
	// up 3 -3
	// floor 2 -3
	// ceiling 3 -2
}

// A share of money keeps both amounts.
func ExampleNewRatio() {
	renewed := kpi.NewRatio(kpi.Minor(90_000_00, 2), kpi.Minor(120_000_00, 2))
	fmt.Println(renewed.Num(), renewed.Den(), renewed.Value())
	// Output: 90000 120000 0.75
}

func ExampleEstimate_Float64() {
	low := kpi.NewEstimate(0.615)
	f, ok := low.Float64()
	fmt.Println(f, ok, low.Defined())
	// Output: 0.615 true true
}

func ExampleShare() {
	fmt.Println(kpi.Share(1).Text(kpi.Frac(1, 3)), kpi.Share(1).Show)
	// Output: 33.3 % percent
}

func ExampleScore() {
	fmt.Println(kpi.Score(1).Text(kpi.MustParse("95.55")))
	// Output: 95.6
}

func ExampleUnit_Same() {
	fmt.Println(kpi.Money("USD", 2).Same(kpi.Money("USD", 0)), kpi.Money("USD", 2).Same(kpi.Money("EUR", 2)))
	// Output: true false
}

func ExampleValidID() {
	fmt.Println(kpi.ValidID("won_value"), kpi.ValidID("Won value"))
	// Output: true false
}
