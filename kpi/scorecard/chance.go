package scorecard

import (
	"math"
	"slices"

	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi"
)

// compareRates compares each rate with that of the others together, and asks
// whether the rates differ at all.
func (r *Ranking) compareRates(samples []sample, c kpi.Confidence) []against {
	rates, whole := make([]kpi.Ratio, len(samples)), kpi.RatioOf(0, 0)
	for i, s := range samples {
		rates[i] = s.place.Rate
		whole = whole.Add(rates[i])
	}
	all := make([]against, len(samples))
	for i, rate := range rates {
		rest := kpi.NewRatio(whole.Num().Sub(rate.Num()), whole.Den().Sub(rate.Den()))
		d := c.Difference(rate, rest)
		by, _ := d.Difference.Float64()
		all[i] = against{kpi.NoEstimate(d.P.Reason()), d.P}
		if d.P.Defined() {
			all[i].by = kpi.NewEstimate(by)
		}
	}
	spread := c.Homogeneity(rates)
	r.Spread = &spread
	return all
}

// compareScores compares each score with the mean of the others, weighted by
// 1/error², and asks whether the scores differ at all: Q of Cochran.
func (r *Ranking) compareScores(samples []sample, c kpi.Confidence) []against {
	var weights, weighted []float64
	for _, s := range samples {
		if s.error > 0 {
			weights, weighted = append(weights, s.weight()), append(weighted, float64(s.weight()*s.x))
		}
	}
	whole, total := sum(weights), sum(weighted)
	all, parts := make([]against, len(samples)), make([]float64, 0, len(samples))
	for i, s := range samples {
		if !(s.error > 0) {
			all[i] = against{kpi.NoEstimate(kpi.NotApplicable), kpi.NoEstimate(kpi.NotApplicable)}
			continue
		}
		all[i] = s.against(whole, total, len(weights))
		off := (s.x - total/whole) / s.error
		parts = append(parts, float64(off*off))
	}
	r.Spread = spreadOf(sum(parts), len(weights), len(samples), c)
	return all
}

// against compares with the n − 1 others, given the sums of all weights and of
// all weighted scores.
func (s *sample) against(whole, total float64, n int) against {
	if n < 2 {
		return against{kpi.NoEstimate(kpi.TooFew), kpi.NoEstimate(kpi.TooFew)}
	}
	others := whole - s.weight()
	by := s.x - (total-float64(s.weight()*s.x))/others
	t := by / math.Sqrt(float64(s.error*s.error)+1/others)
	return against{kpi.NewEstimate(by), kpi.NewEstimate(2 * stat.StudentCDF(-math.Abs(t), s.free))}
}

func (s *sample) weight() float64 { return 1 / float64(s.error*s.error) }

// spreadOf gives what Q of n scores tells of how they differ; n is less than
// all where the interval of somebody has no width.
func spreadOf(q float64, n, all int, c kpi.Confidence) *kpi.Homogeneity {
	var none kpi.Reason
	switch {
	case all < 2:
		none = kpi.TooFew
	case n < all:
		none = kpi.NotApplicable
	}
	if none != 0 {
		return &kpi.Homogeneity{ChiSquare: kpi.NoEstimate(none), P: kpi.NoEstimate(none), ByChance: kpi.NoEstimate(none)}
	}
	free := float64(n - 1)
	p := kpi.NewEstimate(stat.ChiSquareSurvival(q, free))
	byChance := 1.0
	if q > free {
		byChance = free / q
	}
	return &kpi.Homogeneity{ChiSquare: kpi.NewEstimate(q), Freedom: int64(n - 1), P: p,
		ByChance: kpi.NewEstimate(byChance), Verdict: c.Adjust([]kpi.Estimate{p})[0].Verdict}
}

// sum adds in order of size, so that the order of people does not matter. xs
// is sorted.
func sum(xs []float64) float64 {
	slices.Sort(xs)
	total := 0.0
	for _, x := range xs {
		total += x
	}
	return total
}
