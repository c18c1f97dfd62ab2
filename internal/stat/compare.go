package stat

import (
	"cmp"
	"math"
	"slices"
)

// Difference is how far one share lies above another, with the interval and
// the two-sided p-value of no difference.
type Difference struct {
	Difference, Low, High, P float64
}

// CompareProportions gives k₁/n₁ − k₂/n₂ with Newcombe's hybrid score
// interval, which is made of the two Wilson intervals (l, u) about p:
//
//	low   d − √((p₁ − l₁)² + (u₂ − p₂)²)
//	high  d + √((u₁ − p₁)² + (p₂ − l₂)²)
//
// and the p-value of z² = d² / (p(1 − p)(1/n₁ + 1/n₂)), p of both together;
// it is 1 where nobody or everybody succeeded. Numbers need not be whole. ok
// is false where either is no proportion. Source: Newcombe, Interval
// estimation for the difference between independent proportions, method 10,
// Statistics in Medicine 17 (1998).
func CompareProportions(k1, n1, k2, n2, conf float64) (result Difference, ok bool) {
	if !isProportion(k1, n1, conf) || !isProportion(k2, n2, conf) {
		return Difference{}, false
	}
	p1, p2 := k1/n1, k2/n2
	low1, high1 := Wilson(k1, n1, conf)
	low2, high2 := Wilson(k2, n2, conf)
	d := p1 - p2
	pooled := (k1 + k2) / (n1 + n2)
	variance := float64(pooled*(1-pooled)) * (1/n1 + 1/n2)
	return Difference{
		Difference: d,
		Low:        between(d-math.Hypot(p1-low1, high2-p2), -1, 1),
		High:       between(d+math.Hypot(high1-p1, p2-low2), -1, 1),
		P:          twoSided(d, variance),
	}, true
}

// twoSided gives the p-value of a difference that is normal about zero; of
// no variance nothing can be told, and it is 1.
func twoSided(d, variance float64) float64 {
	if !(variance > 0) {
		return 1
	}
	return between(math.Erfc(math.Abs(d)/math.Sqrt(2*variance)), 0, 1)
}

// Spread says whether many shares differ by more than chance.
type Spread struct {
	ChiSquare float64
	Freedom   int     // groups with a count, less one
	P         float64 // of a spread as wide as this or wider, were all alike
}

// Homogeneity gives Pearson's chi-square of k of n over the groups, against
// one share p = Σk/Σn for all of them:
//
//	χ² = Σ (k − n·p)² / (n·p·(1 − p))
//
// Groups without n are left out. It is 0 with p-value 1 where all or none
// succeeded. ok is false for fewer than two groups and where a k lies
// outside 0 to n.
func Homogeneity(groups []Pair) (result Spread, ok bool) {
	var ks, ns []float64
	for _, g := range groups {
		if g == (Pair{}) {
			continue
		}
		if !(g.Den > 0 && g.Den <= math.MaxFloat64 && g.Num >= 0 && g.Num <= g.Den) {
			return Spread{}, false
		}
		ks, ns = append(ks, g.Num), append(ns, g.Den)
	}
	if len(ns) < 2 {
		return Spread{}, false
	}
	result = Spread{Freedom: len(ns) - 1, P: 1}
	p := sum(ks) / sum(ns)
	if !(p > 0 && p < 1) {
		return result, true
	}
	var parts []float64
	for _, g := range groups {
		if g.Den > 0 {
			off := g.Num/g.Den - p
			parts = append(parts, float64(off*off/float64(p*(1-p))*g.Den))
		}
	}
	result.ChiSquare = sum(parts)
	result.P = ChiSquareSurvival(result.ChiSquare, float64(result.Freedom))
	return result, true
}

// BenjaminiHochberg gives the q-value of each p-value, in their order: the
// least share of false discoveries at which it counts as one. Of m p-values
// in rising order:
//
//	q(i) = min over j ≥ i of p(j)·m/j, at most 1
//
// A p-value outside 0 to 1 counts as 1. Equal ones have equal q. Source:
// Benjamini and Hochberg, JRSS B 57 (1995).
func BenjaminiHochberg(p []float64) []float64 {
	clean := make([]float64, len(p))
	order := make([]int, len(p))
	for i, x := range p {
		clean[i], order[i] = 1, i
		if x >= 0 && x <= 1 {
			clean[i] = x
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(clean[a], clean[b]) })
	q, least := make([]float64, len(p)), 1.0
	for rank := len(p); rank > 0; rank-- {
		i := order[rank-1]
		least = min(least, clean[i]*(float64(len(p))/float64(rank)))
		q[i] = least
	}
	return q
}
