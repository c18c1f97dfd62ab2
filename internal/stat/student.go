package stat

import "math"

// StudentCDF gives the probability that Student's t with df degrees of
// freedom, whole or not, is at most x:
//
//	P(|T| ≤ x) = I(x²/(df + x²); 1/2, df/2)
//
// A df under 10⁻³⁰⁰ counts as that, and one over 10¹² as infinite, which is
// the normal distribution. An x beyond ±10¹⁵⁰ counts as infinite. Source:
// Abramowitz and Stegun, 26.7.1 and 26.5.2.
func StudentCDF(x, df float64) float64 {
	switch {
	case !(x > -furthest):
		return 0
	case x >= furthest:
		return 1
	case df > largest:
		return NormalCDF(x)
	}
	df = shape(df)
	square := float64(x * x)
	if x >= 0 {
		return 0.5 + betaI(part(square, df), part(df, square), 0.5, df/2)/2
	}
	return betaI(part(df, square), part(square, df), df/2, 0.5) / 2
}

const furthest = 1e150 // its square is still a float64

// part gives a/(a + b).
func part(a, b float64) float64 {
	if a == 0 {
		return 0
	}
	return 1 / (1 + b/a)
}

// StudentQuantile gives the x with StudentCDF(x, df) = p. It is −∞ at 0 and
// +∞ at 1, and where it lies beyond ±10¹⁵⁰.
func StudentQuantile(p, df float64) float64 {
	switch {
	case p == 0.5:
		return 0
	case !(p > 0):
		return math.Inf(-1)
	case p > 0.5:
		return -StudentQuantile(1-p, df)
	}
	high := 1.0
	for StudentCDF(-high, df) > p && high < furthest {
		high *= 2
	}
	if high >= furthest {
		return math.Inf(-1)
	}
	return -solve(func(x float64) float64 { return p - StudentCDF(-x, df) }, 0, high)
}
