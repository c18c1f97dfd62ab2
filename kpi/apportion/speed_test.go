package apportion_test

import (
	"strconv"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/shopspring/decimal"
)

// year is twelve months' history in cents.
func year() []int64 {
	return []int64{113467200, 72193200, 102571300, 133846600, 69693200, 105005900,
		123526400, 73198000, 93894300, 113157300, 0, 88000000}
}

func TestAllocations(t *testing.T) {
	weights, amounts := year(), cents(year())
	total := decimal.New(1200000000, -2)
	made := testing.AllocsPerRun(100, func() {
		for i := range weights {
			amounts[i] = decimal.New(weights[i], -2)
		}
	})
	for _, c := range []struct {
		name string
		most float64
		why  string
		run  func() error
	}{
		{"Int64", 1, "the result", func() error { _, err := apportion.Int64(1200000000, weights); return err }},
		{"Decimal", made + 1, "the result: a slice, and what decimal.New allocates for each part",
			func() error { _, err := apportion.Decimal(total, 2, amounts); return err }},
	} {
		if got := testing.AllocsPerRun(100, func() {
			if err := c.run(); err != nil {
				t.Fatal(err)
			}
		}); got > c.most {
			t.Errorf("%s: %v allocations; want %v (%s)", c.name, got, c.most, c.why)
		}
	}
}

func BenchmarkInt64(b *testing.B) {
	weights := year()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := apportion.Int64(1200000000, weights); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkInt64Equal(b *testing.B) {
	weights := []int64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}
	for b.Loop() {
		if _, err := apportion.Int64(10000000, weights); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecimal(b *testing.B) {
	weights, total := cents(year()), decimal.New(1200000000, -2)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := apportion.Decimal(total, 2, weights); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDecimalWide is a total beyond 64 bits.
func BenchmarkDecimalWide(b *testing.B) {
	weights, total := cents(year()), decimal.RequireFromString("1000000000000000000000000000000")
	for b.Loop() {
		if _, err := apportion.Decimal(total, 2, weights); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDecimalByHand is what BenchmarkDecimal is measured against: the
// split that is written by hand everywhere, with the remainder to the last.
func BenchmarkDecimalByHand(b *testing.B) {
	weights, total := cents(year()), decimal.New(1200000000, -2)
	b.ReportAllocs()
	for b.Loop() {
		sum := decimal.Decimal{}
		for _, w := range weights {
			sum = sum.Add(w)
		}
		parts, left := make([]decimal.Decimal, len(weights)), total
		for i, w := range weights[:len(weights)-1] {
			parts[i] = total.Mul(w).DivRound(sum, 2)
			left = left.Sub(parts[i])
		}
		parts[len(parts)-1] = left
	}
}

// BenchmarkSplit is a year in steps with a floor, a cap and a lock.
func BenchmarkSplit(b *testing.B) {
	var nodes []apportion.Node
	for i, w := range year() {
		nodes = append(nodes, node(strconv.Itoa(10+i), w))
	}
	split := apportion.Split{Step: decimal.NewFromInt(100), Floors: amounts{"14": 1_000_000}.decimals(),
		Caps: amounts{"13": 1_200_000}.decimals(), Locked: amounts{"10": 999_999}.decimals()}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := split.Divide(decimal.NewFromInt(12_000_000), nodes); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSplitMethod is the same year by another method and nothing else.
func BenchmarkSplitMethod(b *testing.B) {
	var nodes []apportion.Node
	for i, w := range year() {
		nodes = append(nodes, node(strconv.Itoa(10+i), w))
	}
	split := apportion.Split{Method: apportion.FloorToFirst, Scale: 2}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := split.Divide(decimal.NewFromInt(12_000_000), nodes); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkNested is linear in the leaves: the time for each is reported.
func BenchmarkNested(b *testing.B) {
	for _, teams := range []int{10, 100, 1000, 10_000} {
		b.Run(strconv.Itoa(100*teams)+" leaves", func(b *testing.B) {
			nodes := make([]apportion.Node, teams)
			for i := range nodes {
				team := make([]apportion.Node, 100)
				for j := range team {
					team[j] = node(strconv.Itoa(1000+j), int64(j*j%97+1))
				}
				nodes[i] = node(strconv.Itoa(100000+i), int64(i%13+1), team...)
			}
			total := decimal.New(123456789012, -2)
			for b.Loop() {
				if _, err := apportion.Nested(total, 2, nodes); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(100*teams), "ns/leaf")
		})
	}
}
