package stat

import "slices"

// PoissonBinomial gives the probability of 0, 1, … n successes among n
// independent trials with these probabilities, one for each count. A
// probability outside 0 to 1 counts as the nearer of the two. It adds trial
// by trial and takes n² steps:
//
//	P(k of i) = P(k of i − 1)·(1 − pᵢ) + P(k − 1 of i − 1)·pᵢ
//
// Independent is a strong word: deals of one quarter share a market, and
// their spread is wider than this.
func PoissonBinomial(probabilities []float64) []float64 {
	sorted := slices.Clone(probabilities)
	slices.Sort(sorted)
	mass := make([]float64, 1, len(sorted)+1)
	mass[0] = 1
	for _, p := range sorted {
		p = between(p, 0, 1)
		mass = append(mass, 0)
		for k := len(mass) - 1; k > 0; k-- {
			mass[k] = float64(mass[k]*(1-p)) + float64(mass[k-1]*p)
		}
		mass[0] *= 1 - p
	}
	return mass
}
