package stat

import "math"

// Pair is what one group adds to a ratio of sums: its part of the numerator
// and of the denominator.
type Pair struct{ Num, Den float64 }

// Jackknifed is a ratio of sums with what leaving out one group at a time
// tells of it.
type Jackknifed struct {
	Groups    int     // with a numerator or denominator other than zero
	Ratio     float64 // Σ num ÷ Σ den
	Variance  float64
	Low, High float64 // Ratio ± t·√Variance, t of Groups − 1 degrees of freedom
}

// Jackknife gives the delete-one-group jackknife of a ratio of sums. With
// θ the ratio of all g groups, θᵢ that of all but group i, and m the mean of
// the θᵢ:
//
//	variance  (g − 1)/g · Σ (θᵢ − m)²
//
// Groups of 0 and 0 tell nothing and are left out. ok is false for fewer
// than two groups, for a denominator that is not above zero with all or
// without one of the groups, for a number that is not finite, and for a conf
// that is not between 0 and 1. Source: Efron and Stein, The jackknife
// estimate of variance, Annals of Statistics 9 (1981).
func Jackknife(groups []Pair, conf float64) (result Jackknifed, ok bool) {
	nums, dens := make([]float64, 0, len(groups)), make([]float64, 0, len(groups))
	for _, g := range groups {
		if g != (Pair{}) {
			nums, dens = append(nums, g.Num), append(dens, g.Den)
		}
	}
	result.Groups = len(nums)
	num, den := sum(nums), sum(dens)
	if !(result.Groups >= 2 && den > 0 && finite(num/den) && finite(den) && conf > 0 && conf < 1) {
		return Jackknifed{Groups: result.Groups}, false
	}
	result.Ratio = num / den
	shifts := make([]float64, 0, result.Groups)
	for _, g := range groups {
		if g == (Pair{}) {
			continue
		}
		if !(den-g.Den > 0) {
			return Jackknifed{Groups: result.Groups}, false
		}
		// θᵢ − θ without the difference of two near numbers
		shifts = append(shifts, (float64(result.Ratio*g.Den)-g.Num)/(den-g.Den))
	}
	result.Variance = JackknifeVariance(shifts)
	half := float64(-StudentQuantile((1-conf)/2, float64(result.Groups-1)) * math.Sqrt(result.Variance))
	result.Low, result.High = result.Ratio-half, result.Ratio+half
	if !finite(half) {
		return Jackknifed{Groups: result.Groups}, false
	}
	return result, true
}

// JackknifeVariance gives the variance of any estimate from what it is without
// each of the groups, or how far that lies from it with all of them, in any
// order; xs is sorted. It is NaN of none.
//
//	(g − 1)/g · Σ (θᵢ − m)²
func JackknifeVariance(xs []float64) float64 {
	n := float64(len(xs))
	mean := sum(xs) / n
	all := make([]float64, len(xs))
	for i, x := range xs {
		all[i] = float64((x - mean) * (x - mean))
	}
	return (n - 1) / n * sum(all)
}
