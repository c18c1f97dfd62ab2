package stat

import "math"

// The intervals of this file take k successes of n, whole or not: n may be a
// count divided by a variance factor, and k with it. conf is the two-sided
// level, such as 0.95. What is no proportion (n not above zero or beyond 10¹², k outside
// 0 to n, conf not between 0 and 1, a number that is not finite) has the
// interval that says nothing, 0 to 1.

// Wilson gives the score interval, with z the normal quantile of
// (1 + conf)/2 and p = k/n:
//
//	centre      (p + z²/2n) / (1 + z²/n)
//	half width  z·√(p(1 − p)/n + z²/4n²) / (1 + z²/n)
//
// Its lower bound is 0 at k = 0 and its upper bound 1 at k = n. Source:
// Wilson, Probable inference, JASA 22 (1927).
func Wilson(k, n, conf float64) (low, high float64) {
	if !isProportion(k, n, conf) {
		return 0, 1
	}
	z := -NormalQuantile((1 - conf) / 2)
	p, square := k/n, float64(z*z)
	scale := 1 + square/n
	centre := (p + square/(2*n)) / scale
	half := z * math.Sqrt(float64(p*(1-p))/n+square/(4*n)/n) / scale
	low, high = between(centre-half, 0, p), between(centre+half, p, 1)
	if k == 0 {
		low = 0
	}
	if k == n {
		high = 1
	}
	return low, high
}

// ClopperPearson gives the interval that covers at least conf whatever the
// truth is; it is wider than need be. With α = 1 − conf:
//
//	low   α/2 quantile of Beta(k, n − k + 1), 0 at k = 0
//	high  1 − α/2 quantile of Beta(k + 1, n − k), 1 at k = n
//
// Source: Clopper and Pearson, Biometrika 26 (1934).
func ClopperPearson(k, n, conf float64) (low, high float64) {
	if !isProportion(k, n, conf) {
		return 0, 1
	}
	low, high = 0, 1
	if k > 0 {
		low = BetaQuantile((1-conf)/2, k, n-k+1)
	}
	if k < n {
		high = upperBeta((1-conf)/2, k+1, n-k)
	}
	return min(low, k/n), max(high, k/n)
}

// Jeffreys gives the equal-tailed interval of Beta(k + ½, n − k + ½), the
// α/2 and 1 − α/2 quantiles. Unlike the other two it does not reach 0 at
// k = 0 nor 1 at k = n: it is the interval as statsmodels gives it
// (proportion_confint, method "jeffreys"), without the amendment of Brown,
// Cai and DasGupta, Statistical Science 16 (2001), and not the highest
// density interval that R's binom calls bayes.
func Jeffreys(k, n, conf float64) (low, high float64) {
	if !isProportion(k, n, conf) {
		return 0, 1
	}
	a, b := k+0.5, n-k+0.5
	low = BetaQuantile((1-conf)/2, a, b)
	return low, max(low, upperBeta((1-conf)/2, a, b))
}

// upperBeta gives the x with 1 − BetaCDF(x, a, b) = tail, by the mirrored
// distribution, whose small tail loses nothing.
func upperBeta(tail, a, b float64) float64 {
	return solve(func(x float64) float64 { return tail - betaI(1-x, x, b, a) }, 0, 1)
}

func isProportion(k, n, conf float64) bool {
	return n > 0 && n <= largest && k >= 0 && k <= n && conf > 0 && conf < 1
}
