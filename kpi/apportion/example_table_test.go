package apportion_test

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

// A company's 100,000 by sellers and by quarters: both margins come from
// splits of their own, and every cell fits both. Of the units left over, q1
// has one, q2 one, q3 and q4 two, and each goes to the largest remainders of
// its quarter, which happens to suit the sellers.
func ExampleTable() {
	whole := decimal.NewFromInt
	sellers, err := apportion.Nested(whole(100_000), 0, []apportion.Node{
		{Key: "ann", Weight: whole(3)},
		{Key: "bob", Weight: whole(2)},
		{Key: "cid", Weight: whole(2)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	quarters, err := apportion.Nested(whole(100_000), 0, []apportion.Node{
		{Key: "q1", Weight: whole(20)},
		{Key: "q2", Weight: whole(25)},
		{Key: "q3", Weight: whole(22)},
		{Key: "q4", Weight: whole(33)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	table := apportion.Table{Rows: sellers, Columns: quarters}
	cells, err := table.Divide()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, seller := range cells {
		fmt.Print(seller.Key, " ", seller.Amount, ":")
		for _, quarter := range seller.Children {
			fmt.Print(" ", quarter.Amount)
		}
		fmt.Println()
	}
	// Output:
	// ann 42857: 8572 10714 9428 14143
	// bob 28572: 5714 7143 6286 9429
	// cid 28571: 5714 7143 6286 9428
}

// The first quarter is over and keeps what it had; the rest follows.
func ExampleCell() {
	amount := func(n int64) decimal.Decimal { return decimal.NewFromInt(n) }
	table := apportion.Table{
		Rows:    []apportion.Part{{Key: "ann", Amount: amount(60)}, {Key: "bob", Amount: amount(40)}},
		Columns: []apportion.Part{{Key: "q1", Amount: amount(50)}, {Key: "q2", Amount: amount(50)}},
		Locked:  []apportion.Cell{{Row: "ann", Column: "q1", Amount: amount(35)}, {Row: "bob", Column: "q1", Amount: amount(15)}},
	}
	cells, err := table.Divide()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range cells {
		fmt.Println(row.Key, row.Children[0].Amount, row.Children[1].Amount)
	}

	table.Locked = table.Locked[:1] // a lock in the middle leaves no rectangle
	_, err = table.Divide()
	for _, problem := range check.All(err) {
		fmt.Println(problem.Code, problem.Args["row"], problem.Args["column"])
	}
	// Output:
	// ann 35 25
	// bob 15 25
	// not_a_rectangle ann q1
}

// Ten units over two sellers and three months, in minor units.
func ExampleTwoWay() {
	table, err := apportion.TwoWay([]int64{7, 3}, []int64{4, 3, 3})
	for _, row := range table {
		fmt.Println(row)
	}
	fmt.Println(err)
	// Output:
	// [3 2 2]
	// [1 1 1]
	// <nil>
}
