package apportion_test

import (
	"fmt"
	"math/big"

	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

// A team's quota of 1,000,500 by last year's sales, in thousands: Ann is
// promised 300,000 at least, Cid takes 200,000 at most, and Dan's number was
// agreed before.
func ExampleSplit() {
	whole := decimal.NewFromInt
	split := apportion.Split{
		Step:   whole(1000),
		Floors: map[string]decimal.Decimal{"ann": whole(300_000)},
		Caps:   map[string]decimal.Decimal{"cid": whole(200_000)},
		Locked: map[string]decimal.Decimal{"dan": whole(150_000)},
	}
	quotas, err := split.Divide(whole(1_000_500), []apportion.Node{
		{Key: "ann", Weight: whole(20)},
		{Key: "bob", Weight: whole(30)},
		{Key: "cid", Weight: whole(40)},
		{Key: "dan", Weight: whole(10)},
		{Key: "eve", Weight: whole(25)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, quota := range quotas.Parts {
		fmt.Println(quota.Key, quota.Amount)
	}
	for _, finding := range quotas.Findings {
		fmt.Println(apportion.Findings().Text(finding, "en"))
	}
	// Output:
	// ann 300000
	// bob 191000
	// cid 200000
	// dan 150000
	// eve 159500
	// The total is no multiple of 1000: eve, the last open part, also gets the 500 that is left.
}

// What cannot be met names the part and by how much.
func ExampleSplit_infeasible() {
	split := apportion.Split{Floors: map[string]decimal.Decimal{
		"ann": decimal.NewFromInt(70),
		"bob": decimal.NewFromInt(45),
	}}
	_, err := split.Divide(decimal.NewFromInt(100), []apportion.Node{
		{Key: "ann", Weight: decimal.NewFromInt(1)},
		{Key: "bob", Weight: decimal.NewFromInt(1)},
	})
	for _, problem := range check.All(err) {
		fmt.Println(problem.Path, problem.Code, problem.Value, problem.Args["by"])
	}
	// Output: floors.ann limits_beyond_total 70 15
}

// 5 by 1 and 3 is 1.25 and 3.75: the unit left goes to the first under one
// method, to the largest remainder under the other.
func ExampleMethod() {
	for _, method := range []apportion.Method{apportion.FloorToFirst, apportion.LargestRemainder} {
		split := apportion.Split{Method: method}
		division, err := split.Divide(decimal.NewFromInt(5), []apportion.Node{
			{Key: "a", Weight: decimal.NewFromInt(1)},
			{Key: "b", Weight: decimal.NewFromInt(3)},
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(method, division.Parts[0].Amount, division.Parts[1].Amount)
	}
	// Output:
	// floor_to_first 2 3
	// largest_remainder 1 4
}

// Weights that are quotients of sums, by key.
func ExampleSplit_Fractions() {
	split := apportion.Split{Scale: 2}
	division, err := split.Fractions(decimal.NewFromInt(100), map[string]*big.Rat{
		"north": big.NewRat(1, 3),
		"south": big.NewRat(2, 7),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(division.Parts[0].Amount, division.Parts[1].Amount)
	// Output: 53.85 46.15
}

// Under floor_separate what is left stays apart.
func ExampleDivision() {
	split := apportion.Split{Method: apportion.FloorSeparate}
	division, err := split.Divide(decimal.NewFromInt(100), []apportion.Node{
		{Key: "a", Weight: decimal.NewFromInt(1)},
		{Key: "b", Weight: decimal.NewFromInt(2)},
	})
	fmt.Println(division.Parts[0].Amount, division.Parts[1].Amount, division.Rest, err)
	// Output: 33 66 1 <nil>
}
