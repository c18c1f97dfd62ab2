package cube_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"github.com/shopspring/decimal"
)

// order is a record as a backend scans it: its own string bytes, its own
// decimal.
type order struct {
	Owner, Product string
	Day            calendar.Day
	Amount         decimal.Decimal
}

// makeOrders gives n orders of 1,000 owners and 50 products over 24 months.
func makeOrders(n int) []order {
	random := rand.New(rand.NewPCG(1, 2))
	first := calendar.MustDay("2024-01-01")
	orders := make([]order, n)
	for i := range orders {
		orders[i] = order{
			Owner:   strings.Clone(fmt.Sprintf("owner-%04d", random.IntN(1000))),
			Product: strings.Clone(fmt.Sprintf("product-%02d", random.IntN(50))),
			Day:     first.Add(random.IntN(731)),
			Amount:  decimal.New(random.Int64N(1_000_000), -2),
		}
	}
	return orders
}

func orderDefinition(dimensions ...string) cube.Definition {
	years, _ := calendar.NewPeriod(calendar.MustDay("2024-01-01"), calendar.MustDay("2026-01-01"))
	return cube.Definition{
		ID: "orders", Window: years, Grain: calendar.Monthly, Dimensions: dimensions,
		Measures: []cube.Measure{
			{ID: "order_value", Unit: kpi.Money("USD", 2)},
			{ID: "order_count", Kind: cube.Count},
		},
	}
}

func orderReader(dimensions ...string) cube.Reader[order] {
	all := map[string]func(*order) (string, bool){
		"owner":   func(o *order) (string, bool) { return o.Owner, true },
		"product": func(o *order) (string, bool) { return o.Product, true },
	}
	bound := map[string]func(*order) (string, bool){}
	for _, name := range dimensions {
		bound[name] = all[name]
	}
	return cube.Reader[order]{
		Day:        func(o *order) (calendar.Day, bool) { return o.Day, true },
		Dimensions: bound,
		Measures: map[string]cube.Feed[order]{
			"order_value": {Decimal: func(o *order) (decimal.Decimal, bool) { return o.Amount, true }},
			"order_count": {},
		},
	}
}

// BenchmarkLoad compares a cube with the loop that people write by hand, on
// the same million records: a sum and a count against a sum alone. Read the
// ns/record.
func BenchmarkLoad(b *testing.B) {
	orders := makeOrders(1_000_000)
	perRecord := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(orders)), "ns/record")
	}
	for _, dimensions := range [][]string{{"owner"}, {"owner", "product"}} {
		b.Run("cube/"+strings.Join(dimensions, "+"), func(b *testing.B) {
			for b.Loop() {
				fill(b, orders, dimensions...)
			}
			perRecord(b)
		})
	}
	b.Run("map/owner", func(b *testing.B) {
		type key struct {
			Owner string
			Year  int
			Month time.Month
		}
		for b.Loop() {
			sums := map[key]decimal.Decimal{}
			for i := range orders {
				year, month, _ := orders[i].Day.Date()
				k := key{orders[i].Owner, year, month}
				sums[k] = sums[k].Add(orders[i].Amount)
			}
		}
		perRecord(b)
	})
	b.Run("map/owner+product", func(b *testing.B) {
		type key struct {
			Owner, Product string
			Year           int
			Month          time.Month
		}
		for b.Loop() {
			sums := map[key]decimal.Decimal{}
			for i := range orders {
				year, month, _ := orders[i].Day.Date()
				k := key{orders[i].Owner, orders[i].Product, year, month}
				sums[k] = sums[k].Add(orders[i].Amount)
			}
		}
		perRecord(b)
	})
	b.Run("merge/owner", func(b *testing.B) {
		left, right := fill(b, orders[:500_000], "owner"), fill(b, orders[500_000:], "owner")
		for b.Loop() {
			if _, err := cube.Merge(left, right); err != nil {
				b.Fatal(err)
			}
		}
		perRecord(b)
	})
}

func fill(t testing.TB, orders []order, dimensions ...string) *cube.Cube {
	t.Helper()
	c, err := cube.New(orderDefinition(dimensions...))
	if err != nil {
		t.Fatal(err)
	}
	l, err := cube.Load(c, orderReader(dimensions...))
	if err != nil {
		t.Fatal(err)
	}
	for i := range orders {
		l.Add(&orders[i])
	}
	return c
}
