package main

import "testing"

// Benchmarks are for a profile of one contender, such as
//
//	go test -run '^$' -bench 'OwnerMonth/cube$' -cpuprofile cpu.out
//
// To compare contenders run the command, in which they take turns.

func bench(b *testing.B, c *contest) {
	short := map[string]string{nameCube: "cube", nameMap: "map", nameDuckDB: "duckdb", nameArray: "array", nameRows: "cube-rows"}
	for _, one := range c.contenders {
		name, ok := short[one.name]
		if !ok {
			name = one.name
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := one.run(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(c.records), "ns/record")
		})
	}
}

func BenchmarkOwnerMonth(b *testing.B) {
	bench(b, testField(b, size(1_000_000)).contest("", false, decimals))
}

func BenchmarkOwnerMonthCents(b *testing.B) {
	bench(b, testField(b, size(1_000_000)).contest("", false, cents))
}

func BenchmarkOwnerProductMonth(b *testing.B) {
	bench(b, testField(b, size(1_000_000)).contest("", true, decimals))
}

func BenchmarkOwnerProductMonthCents(b *testing.B) {
	bench(b, testField(b, size(1_000_000)).contest("", true, cents))
}

// BenchmarkAlone is the cube on two cores, with teams by date, with orders
// that two owners share.
func BenchmarkAlone(b *testing.B) {
	c, err := testField(b, size(1_000_000)).alone("")
	if err != nil {
		b.Fatal(err)
	}
	bench(b, c)
}

func BenchmarkSplit(b *testing.B) {
	for _, c := range splits() {
		b.Run(c.name, func(b *testing.B) { bench(b, c) })
	}
}

// BenchmarkConversion is six stages of a log in random order, and the funnel
// alone.
func BenchmarkConversion(b *testing.B) {
	s := testSales(b, size(1_000_000))
	for _, c := range s.contests() {
		b.Run(c.name, func(b *testing.B) { bench(b, c) })
	}
}
