package cube_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"github.com/saleskpi/saleskpi/kpi/org"
	"github.com/shopspring/decimal"
)

// order is a record as a backend scans it: its own string bytes, its own
// decimal.
type order struct {
	Owner, Product string
	Day            calendar.Day
	Amount         decimal.Decimal
	Cents          int64
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
			Cents:   random.Int64N(1_000_000),
		}
		orders[i].Amount = decimal.New(orders[i].Cents, -2)
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

// inCents reads the same orders in minor units.
func inCents(r cube.Reader[order]) cube.Reader[order] {
	r.Measures["order_value"] = cube.Feed[order]{Minor: func(o *order) (int64, bool) { return o.Cents, true }}
	return r
}

func fill(t testing.TB, def cube.Definition, r cube.Reader[order], orders []order) *cube.Cube {
	c, err := cube.New(def)
	if err != nil {
		t.Fatal(err)
	}
	l, err := cube.Load(c, r)
	if err != nil {
		t.Fatal(err)
	}
	for i := range orders {
		l.Add(&orders[i])
	}
	return c
}

// byHand is the loop that people write.
func byHand(orders []order) int {
	type key struct {
		Owner string
		Year  int
		Month time.Month
	}
	sums := map[key]decimal.Decimal{}
	for i := range orders {
		year, month, _ := orders[i].Day.Date()
		k := key{orders[i].Owner, year, month}
		sums[k] = sums[k].Add(orders[i].Amount)
	}
	return len(sums)
}

func byHandWithProduct(orders []order) int {
	type key struct {
		Owner, Product string
		Year           int
		Month          time.Month
	}
	sums := map[key]decimal.Decimal{}
	for i := range orders {
		year, month, _ := orders[i].Day.Date()
		k := key{orders[i].Owner, orders[i].Product, year, month}
		sums[k] = sums[k].Add(orders[i].Amount)
	}
	return len(sums)
}

// BenchmarkLoad compares a cube with the loop that people write by hand, on
// the same million records: a sum and a count against a sum alone. Every
// round runs the cube and then the loop, so that both see the same machine.
// Read the ratio.
func BenchmarkLoad(b *testing.B) {
	orders := makeOrders(1_000_000)
	one, two := orderDefinition("owner"), orderDefinition("owner", "product")
	for _, bench := range []struct {
		name   string
		cube   func()
		byHand func([]order) int
	}{
		{"owner", func() { fill(b, one, orderReader("owner"), orders) }, byHand},
		{"owner/minor", func() { fill(b, one, inCents(orderReader("owner")), orders) }, byHand},
		{"owner+product", func() { fill(b, two, orderReader("owner", "product"), orders) }, byHandWithProduct},
		{"owner+product/minor", func() { fill(b, two, inCents(orderReader("owner", "product")), orders) }, byHandWithProduct},
		{"credit", creditFill(b, orders), byHand},
		{"team", teamFill(b, orders), byHand},
	} {
		b.Run(bench.name, func(b *testing.B) {
			ours, theirs := time.Duration(0), time.Duration(0)
			for b.Loop() {
				start := time.Now()
				bench.cube()
				middle := time.Now()
				bench.byHand(orders)
				ours, theirs = ours+middle.Sub(start), theirs+time.Since(middle)
			}
			n := float64(b.N) * float64(len(orders))
			b.ReportMetric(float64(ours.Nanoseconds())/n, "cube-ns/record")
			b.ReportMetric(float64(theirs.Nanoseconds())/n, "map-ns/record")
			b.ReportMetric(float64(theirs)/float64(ours), "ratio")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// creditFill splits every order between its owner and another, 60 to 40.
func creditFill(b *testing.B, orders []order) func() {
	sixty, _ := org.NewShare(60, 100)
	forty, _ := org.NewShare(40, 100)
	def, reader := orderDefinition("owner"), orderReader()
	def.Credit = "owner"
	reader.Credits = func(o *order, to []cube.Credit) []cube.Credit {
		return append(to, cube.Credit{Member: o.Owner, Share: sixty}, cube.Credit{Member: "owner-0000", Share: forty})
	}
	return func() { fill(b, def, reader, orders) }
}

// teamFill derives the team of each owner on the day of the order: everybody
// changes in the middle of the two years.
func teamFill(b *testing.B, orders []order) func() {
	s := org.Structure{}
	for i := range 20 {
		s.Units = append(s.Units, org.Unit{ID: fmt.Sprint("team-", i), Kind: "team"})
	}
	change := calendar.MustDay("2025-01-01")
	for i := range 1000 {
		owner := fmt.Sprintf("owner-%04d", i)
		s.Assignments = append(s.Assignments,
			org.Assignment{Member: owner, Unit: fmt.Sprint("team-", i%20), To: change},
			org.Assignment{Member: owner, Unit: fmt.Sprint("team-", i%19), From: change})
	}
	company, err := org.New(s)
	if err != nil {
		b.Fatal(err)
	}
	def, reader := orderDefinition("owner", "team"), orderReader("owner")
	def.Levels = []cube.Level{{Dimension: "team", Of: "owner", Kind: "team"}}
	reader.Org = company
	return func() { fill(b, def, reader, orders) }
}

// BenchmarkTwoCores fills two halves side by side and merges them. Every
// round runs one cube over all records first; read the ratio.
func BenchmarkTwoCores(b *testing.B) {
	orders := makeOrders(1_000_000)
	def := orderDefinition("owner")
	one, two := time.Duration(0), time.Duration(0)
	for b.Loop() {
		start := time.Now()
		fill(b, def, orderReader("owner"), orders)
		middle := time.Now()
		var halves [2]*cube.Cube
		var both sync.WaitGroup
		for i := range halves {
			both.Go(func() { halves[i] = fill(b, def, orderReader("owner"), orders[i*500_000:(i+1)*500_000]) })
		}
		both.Wait()
		if _, err := cube.Merge(halves[0], halves[1]); err != nil {
			b.Fatal(err)
		}
		one, two = one+middle.Sub(start), two+time.Since(middle)
	}
	b.ReportMetric(float64(one)/float64(two), "ratio")
}

// BenchmarkRecords shows what a record costs as there are more of them.
func BenchmarkRecords(b *testing.B) {
	for _, n := range []int{100_000, 1_000_000, 10_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			if testing.Short() && n > 1_000_000 {
				b.Skip("10 million records take 2 GB")
			}
			orders := makeOrders(n)
			for b.Loop() {
				fill(b, orderDefinition("owner"), orderReader("owner"), orders)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/record")
		})
	}
}
