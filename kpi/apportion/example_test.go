package apportion_test

import (
	"encoding/json"
	"fmt"
	"math/big"

	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

// A quota of 10,000.00 for three months, by the share that each month had
// last year, in cents.
func ExampleInt64() {
	months, err := apportion.Int64(1_000_000, []int64{30, 20, 40})
	fmt.Println(months, err)
	// Output: [333333 222222 444445] <nil>
}

// A bonus pool of 100.00 for three sellers with equal weights: the cent that
// is left goes to the first.
func ExampleDecimal() {
	pool := decimal.New(10000, -2)
	equal := []decimal.Decimal{decimal.New(1, 0), decimal.New(1, 0), decimal.New(1, 0)}

	parts, err := apportion.Decimal(pool, 2, equal)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, part := range parts {
		fmt.Println(part.StringFixed(2))
	}
	// Output:
	// 33.34
	// 33.33
	// 33.33
}

// Every problem of an input comes at once, each with its place.
func ExampleDecimal_errors() {
	_, err := apportion.Decimal(decimal.New(100005, -3), 2, []decimal.Decimal{decimal.New(5, 0), decimal.New(-5, -1)})
	for _, problem := range check.All(err) {
		fmt.Println(problem.Path, problem.Code, problem.Value)
	}
	// Output:
	// total not_a_multiple_of_unit 100.005
	// weights[1] negative_weight -0.5
}

// 10^30 units, more than 64 bits hold.
func ExampleBigInt() {
	total := new(big.Int).Exp(big.NewInt(10), big.NewInt(30), nil)
	parts, err := apportion.BigInt(total, []*big.Int{big.NewInt(1), big.NewInt(2)})
	fmt.Println(parts, err)
	// Output: [333333333333333333333333333333 666666666666666666666666666667] <nil>
}

// Weights that are quotients stay exact.
func ExampleBigRat() {
	parts, err := apportion.BigRat(big.NewInt(10_000), []*big.Rat{big.NewRat(1, 3), big.NewRat(2, 7)})
	fmt.Println(parts, err)
	// Output: [5385 4615] <nil>
}

// A year's quota for two regions and their sellers. The regions come back
// sorted by key, and every level adds up to the one above.
func ExampleNested() {
	weight := func(n int64) decimal.Decimal { return decimal.NewFromInt(n) }
	regions := []apportion.Node{
		{Key: "west", Weight: weight(2), Children: []apportion.Node{
			{Key: "ann", Weight: weight(1)},
			{Key: "bob", Weight: weight(1)},
		}},
		{Key: "east", Weight: weight(1)},
	}

	parts, err := apportion.Nested(decimal.New(100000, -2), 2, regions)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, region := range parts {
		fmt.Println(region.Key, region.Amount.StringFixed(2))
		for _, seller := range region.Children {
			fmt.Println("-", seller.Key, seller.Amount.StringFixed(2))
		}
	}
	// Output:
	// east 333.33
	// west 666.67
	// - ann 333.34
	// - bob 333.33
}

// A tree is read from JSON with check.Decode, and the parts go out with
// amounts as strings, so that no reader rounds them.
func ExampleNode() {
	var teams []apportion.Node
	err := check.Decode("quota", []byte(`[{"key":"a","weight":"0.5"},{"key":"b","weight":"0.25"}]`), &teams)
	if err != nil {
		fmt.Println(err)
		return
	}
	parts, err := apportion.Nested(decimal.NewFromInt(1), 2, teams)
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := json.Marshal(parts)
	fmt.Println(string(out), err)
	// Output: [{"key":"a","amount":"0.67"},{"key":"b","amount":"0.33"}] <nil>
}

// A part knows its children; here the sellers of the second team.
func ExamplePart() {
	parts, err := apportion.Nested(decimal.NewFromInt(9), 0, []apportion.Node{
		{Key: "a", Weight: decimal.NewFromInt(1)},
		{Key: "b", Weight: decimal.NewFromInt(2), Children: []apportion.Node{
			{Key: "x", Weight: decimal.NewFromInt(3)},
			{Key: "y", Weight: decimal.NewFromInt(1)},
		}},
	})
	team := parts[1]
	fmt.Println(team.Key, team.Amount, team.Children[0].Amount, team.Children[1].Amount, err)
	// Output: b 6 5 1 <nil>
}
