package bridge_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// sizes are products, each sold in 20 regions.
func sizes() []int { return []int{100, 1_000, 10_000} }

// sales draws lines in any order: quantities of 1 to most, prices of cents;
// one line in twenty is missing.
func sales(seed uint64, products, most int) []bridge.Line {
	r := rand.New(rand.NewPCG(seed, 1))
	lines := make([]bridge.Line, 0, products*20)
	for p := range products {
		price := 100 + int64(p%997)*37
		for region := range 20 {
			if r.IntN(20) == 0 {
				continue
			}
			quantity := 1 + r.Int64N(int64(most))
			lines = append(lines, bridge.Line{
				Key: []string{fmt.Sprint("product ", p), fmt.Sprint("region ", region)}, UnitOfMeasure: "pcs",
				Quantity: kpi.Int(quantity), Amount: kpi.Minor(quantity*price+r.Int64N(quantity*10), 2),
			})
		}
	}
	r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
	return lines
}

// Prices are averages of many deals, so nearly every product has a fraction
// of its own: up to 500 pieces they are kept, up to 5,000 they are rounded to
// twelve places.
func BenchmarkPriceVolumeMix(b *testing.B) {
	for _, most := range []int{500, 5_000} {
		for _, products := range sizes() {
			base, current := sales(1, products, most), sales(2, products, most)
			b.Run(fmt.Sprintf("pieces=%d/items=%d", most, products*20), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					got, err := bridge.PriceVolumeMix{Levels: []string{"product", "region"}}.Bridge(budgetAgainstActual(), base, current)
					if err != nil || len(got.Nodes) != products {
						b.Fatal(err)
					}
				}
				perItem(b, products*20)
			})
		}
	}
}

func perItem(b *testing.B, items int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(items), "ns/item")
}

func BenchmarkMembers(b *testing.B) {
	for _, products := range sizes() {
		figures := func(lines []bridge.Line) []kpi.Figure {
			all := make([]kpi.Figure, len(lines))
			for i, l := range lines {
				all[i] = kpi.Figure{Metric: "revenue", Owner: l.Key[0] + l.Key[1], Period: calendar.Calendar{}.MustParse("2026"), Value: l.Amount}
			}
			return all
		}
		base, current := figures(sales(1, products, 500)), figures(sales(2, products, 500))
		b.Run(fmt.Sprintf("items=%d", products*20), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := (bridge.Members{Dimension: "product", Top: 10}).Bridge(budgetAgainstActual(), base, current); err != nil {
					b.Fatal(err)
				}
			}
			perItem(b, products*20)
		})
	}
}

func BenchmarkRateMix(b *testing.B) {
	for _, segments := range []int{100, 1_000, 10_000} {
		rates := func(seed uint64) []bridge.Segment {
			r := rand.New(rand.NewPCG(seed, 2))
			all := make([]bridge.Segment, segments)
			for i := range all {
				den := 1 + r.Int64N(500)
				all[i] = bridge.Segment{Key: fmt.Sprint(i), Rate: kpi.RatioOf(r.Int64N(den+1), den)}
			}
			return all
		}
		base, current := rates(1), rates(2)
		b.Run(fmt.Sprintf("items=%d", segments), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := (bridge.RateMix{Dimension: "seller"}).Bridge(question("win_rate"), base, current); err != nil {
					b.Fatal(err)
				}
			}
			perItem(b, segments)
		})
	}
}

// Every combination of the drivers is computed once: 2ⁿ of them.
func BenchmarkShapley(b *testing.B) {
	for _, n := range []int{3, 6, 12} {
		text := "d0"
		before, now := map[string]kpi.Value{"d0": kpi.Int(3)}, map[string]kpi.Value{"d0": kpi.Int(5)}
		for i := 1; i < n; i++ {
			id := fmt.Sprint("d", i)
			text += " * " + id
			before[id], now[id] = kpi.Frac(int64(i+1), 4), kpi.Frac(int64(i+2), 4)
		}
		d := bridge.Drivers{Formula: formula(text)}
		base, current := figures("x", "2025", before), figures("x", "2026", now)
		b.Run(fmt.Sprintf("drivers=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := d.Bridge(question("won_value"), base, current); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
