package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/shopspring/decimal"
)

const (
	owners   = 1000
	products = 50
	months   = 24
)

// Order is a record as a backend scans it: its own string bytes, its own
// decimal, the day already a day. Cents is the same amount in minor units.
type Order struct {
	Owner, Product string
	Day            calendar.Day
	Amount         decimal.Decimal
	Cents          int64
}

// firstDay begins the 24 months of the records, 2024 and 2025.
func firstDay() calendar.Day { return calendar.MustDay("2024-01-01") }

func endDay() calendar.Day { return calendar.MustDay("2026-01-01") }

// makeOrders gives n orders in the order in which they were made, each with an
// owner, a product, a day and an amount below 10,000.00 drawn evenly. A
// shorter slice is the beginning of a longer one.
func makeOrders(n int) []Order {
	random := rand.New(rand.NewPCG(1, 2))
	first, days := firstDay(), int(endDay()-firstDay())
	ownerNames, productNames := names("owner-%04d", owners), names("product-%02d", products)
	orders := make([]Order, n)
	for i := range orders {
		cents := random.Int64N(1_000_000)
		orders[i] = Order{
			Owner:   strings.Clone(ownerNames[random.IntN(owners)]),
			Product: strings.Clone(productNames[random.IntN(products)]),
			Day:     first.Add(random.IntN(days)),
			Amount:  decimal.New(cents, -2),
			Cents:   cents,
		}
	}
	return orders
}

func names(form string, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf(form, i)
	}
	return all
}

// monthOf counts the months from the first.
func monthOf(d calendar.Day) int {
	year, month, _ := d.Date()
	return (year-2024)*12 + int(month) - 1
}
