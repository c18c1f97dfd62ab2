package scorecard_test

import (
	"fmt"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
)

// eight is a scorecard of eight items: what a sales department agrees on in
// practice, with a curve of every kind.
func eight() scorecard.Definition {
	percent := func(n int64) kpi.Value { return kpi.Frac(n, 100) }
	knots := func(points ...int64) (all []scorecard.Knot) {
		for i := 0; i < len(points); i += 2 {
			all = append(all, scorecard.Knot{At: percent(points[i]), Points: kpi.Int(points[i+1])})
		}
		return all
	}
	capped := scorecard.Curve{Cap: kpi.Int(150)}
	return scorecard.Definition{
		ID: "sales_rep",
		Items: []scorecard.Item{
			{Metric: "revenue", Weight: percent(30), Curve: capped},
			{Metric: "gross_profit", Weight: percent(15), Curve: capped},
			{Metric: "collections", Weight: percent(15), Curve: scorecard.Curve{Kind: scorecard.Piecewise, Knots: knots(50, 0, 90, 80, 120, 120)}},
			{Metric: "new_customers", Weight: percent(10), Curve: capped},
			{Metric: "win_rate", Weight: percent(10), Curve: capped, Additivity: kpi.RatioOfSums},
			{Metric: "csat", Weight: percent(10), Curve: scorecard.Curve{Kind: scorecard.Steps, Over: scorecard.OverActual, Knots: knots(70, 50, 80, 80, 90, 100)}},
			{Metric: "cycle_days", Weight: percent(5), Direction: kpi.LowerIsBetter},
			{Metric: "discount_rate", Weight: percent(5), Direction: kpi.InBand, Within: kpi.Band{Low: percent(5), High: percent(12)}},
		},
		Bands: []scorecard.Band{{Name: "A", From: kpi.Int(110)}, {Name: "B", From: kpi.Int(90)}, {Name: "C", From: kpi.Int(70)}, {Name: "D"}},
	}
}

// company gives the figures of n sellers: amounts in cents, rates of counts,
// quotas in whole thousands or, ragged, to the cent.
func company(n int, ragged bool) (actuals, targets []kpi.Figure) {
	state := uint64(20260401)
	draw := func(least, most int64) int64 { // a fixed sequence: xorshift64*
		state ^= state >> 12
		state ^= state << 25
		state ^= state >> 27
		return least + int64((state*2685821657736338717)>>33)%(most-least)
	}
	period := q1()
	for i := range n {
		owner := fmt.Sprintf("seller-%06d", i)
		add := func(metric string, actual, target kpi.Value) {
			actuals = append(actuals, kpi.Figure{Metric: metric, Owner: owner, Period: period, Value: actual})
			if target.Defined() {
				targets = append(targets, kpi.Figure{Metric: metric, Owner: owner, Period: period, Value: target})
			}
		}
		quota := draw(300, 900) * 100_000 // whole thousands, in cents
		closed := draw(10, 60)
		if ragged {
			quota += draw(0, 100_000)
		}
		add("revenue", kpi.Minor(draw(100_000_00, 900_000_00), 2), kpi.Minor(quota, 2))
		add("gross_profit", kpi.Minor(draw(10_000_00, 300_000_00), 2), kpi.Minor(quota/4, 2))
		add("collections", kpi.Minor(draw(100_000_00, 900_000_00), 2), kpi.Minor(quota, 2))
		add("new_customers", kpi.Int(draw(0, 20)), kpi.Int(10))
		add("win_rate", kpi.Frac(draw(0, closed), closed), kpi.Frac(35, 100))
		add("csat", kpi.Frac(draw(60, 100), 100), kpi.Value{})
		add("cycle_days", kpi.Int(draw(20, 120)), kpi.Int(60))
		add("discount_rate", kpi.Frac(draw(0, 300), 1000), kpi.Value{})
	}
	return actuals, targets
}

// A hundred thousand scorecards of eight items, and a tenth and a hundredth of
// that: the time per card must not grow with their number.
func BenchmarkScoreAll(b *testing.B) { benchmarkScoreAll(b, false) }

// With quotas to the cent nothing cancels out, and a score is a fraction of
// dozens of digits: that is what exactness costs.
func BenchmarkScoreAllRagged(b *testing.B) { benchmarkScoreAll(b, true) }

func benchmarkScoreAll(b *testing.B, ragged bool) {
	s := mustNew(b, eight())
	for _, n := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprintf("cards=%d", n), func(b *testing.B) {
			actuals, targets := company(n, ragged)
			b.ReportAllocs()
			for b.Loop() {
				if cards, err := s.ScoreAll(q1(), actuals, targets); err != nil || len(cards) != n {
					b.Fatal(len(cards), err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/card")
		})
	}
}

// A ranking is a sort: a tenth more than linear for ten times the people.
func BenchmarkRank(b *testing.B) {
	s := mustNew(b, eight())
	for _, n := range []int{1_000, 10_000} {
		actuals, targets := company(n, false)
		cards, err := s.ScoreAll(q1(), actuals, targets)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("cards=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if r, err := scorecard.Rank(cards, scorecard.Contest{}); err != nil || len(r.Places) != n {
					b.Fatal(len(r.Places), err)
				}
			}
		})
	}
}
