package main

import (
	"time"

	"github.com/shopspring/decimal"
)

// What follows is the code that people write today: a struct of what they
// group by as the key of a map, and decimal's Add.

type ownerMonth struct {
	Owner string
	Year  int
	Month time.Month
}

type ownerProductMonth struct {
	Owner, Product string
	Year           int
	Month          time.Month
}

type decimalTally struct {
	Sum   decimal.Decimal
	Count int64
}

func loopOwnerMonth(orders []Order) result {
	sums := map[ownerMonth]decimalTally{}
	for i := range orders {
		o := &orders[i]
		year, month, _ := o.Day.Date()
		k := ownerMonth{o.Owner, year, month}
		t := sums[k]
		sums[k] = decimalTally{t.Sum.Add(o.Amount), t.Count + 1}
	}
	return loopResult[ownerMonth, decimalTally]{sums}
}

func loopOwnerProductMonth(orders []Order) result {
	sums := map[ownerProductMonth]decimalTally{}
	for i := range orders {
		o := &orders[i]
		year, month, _ := o.Day.Date()
		k := ownerProductMonth{o.Owner, o.Product, year, month}
		t := sums[k]
		sums[k] = decimalTally{t.Sum.Add(o.Amount), t.Count + 1}
	}
	return loopResult[ownerProductMonth, decimalTally]{sums}
}

func loopOwnerMonthCents(orders []Order) result {
	sums := map[ownerMonth]tally{}
	for i := range orders {
		o := &orders[i]
		year, month, _ := o.Day.Date()
		k := ownerMonth{o.Owner, year, month}
		t := sums[k]
		sums[k] = tally{t.Cents + o.Cents, t.Count + 1}
	}
	return loopResult[ownerMonth, tally]{sums}
}

func loopOwnerProductMonthCents(orders []Order) result {
	sums := map[ownerProductMonth]tally{}
	for i := range orders {
		o := &orders[i]
		year, month, _ := o.Day.Date()
		k := ownerProductMonth{o.Owner, o.Product, year, month}
		t := sums[k]
		sums[k] = tally{t.Cents + o.Cents, t.Count + 1}
	}
	return loopResult[ownerProductMonth, tally]{sums}
}

// loopSumAlone leaves the count out, the barest form of the loop.
func loopSumAlone(orders []Order) result {
	sums := map[ownerMonth]decimal.Decimal{}
	for i := range orders {
		o := &orders[i]
		year, month, _ := o.Day.Date()
		k := ownerMonth{o.Owner, year, month}
		sums[k] = sums[k].Add(o.Amount)
	}
	return loopResult[ownerMonth, decimal.Decimal]{sums}
}

func loopSumAloneProduct(orders []Order) result {
	sums := map[ownerProductMonth]decimal.Decimal{}
	for i := range orders {
		o := &orders[i]
		year, month, _ := o.Day.Date()
		k := ownerProductMonth{o.Owner, o.Product, year, month}
		sums[k] = sums[k].Add(o.Amount)
	}
	return loopResult[ownerProductMonth, decimal.Decimal]{sums}
}

type loopResult[K interface {
	comparable
	cell() cell
}, V any] struct{ sums map[K]V }

func (k ownerMonth) cell() cell { return cell{k.Owner, "", (k.Year-2024)*12 + int(k.Month) - 1} }

func (k ownerProductMonth) cell() cell {
	return cell{k.Owner, k.Product, (k.Year-2024)*12 + int(k.Month) - 1}
}

func (r loopResult[K, V]) agrees(want map[cell]tally) error {
	all := make(map[cell]tally, len(r.sums))
	for k, v := range r.sums {
		switch v := any(v).(type) {
		case tally:
			all[k.cell()] = v
		case decimalTally:
			all[k.cell()] = tally{centsOf(v.Sum), v.Count}
		case decimal.Decimal: // kept no count
			all[k.cell()] = tally{centsOf(v), want[k.cell()].Count}
		}
	}
	return same(all, want)
}
