package stat

import "math"

// ChiSquareSurvival gives the probability that chi-square with df degrees of
// freedom is above x: the p-value of a statistic. It is 1 for x ≤ 0. A df
// under 10⁻³⁰⁰ counts as that, and one over 10¹² as that.
func ChiSquareSurvival(x, df float64) float64 {
	switch {
	case !(x > 0):
		return 1
	case x > math.MaxFloat64:
		return 0
	}
	a, half := shape(df)/2, x/2
	if half < a+1 {
		return between(1-float64(gammaFront(a, half)*gammaSeries(a, half)), 0, 1)
	}
	return between(gammaFront(a, half)*a*gammaFraction(a, half), 0, 1)
}

// gammaFront gives x^a · e^−x / Γ(a+1).
func gammaFront(a, x float64) float64 {
	return math.Exp(-stirlingError(a)-deviance(a, x)) / math.Sqrt(2*math.Pi*a)
}

// gammaSeries gives 1 + x/(a+1) + x²/((a+1)(a+2)) + …, the lower incomplete
// gamma function over its front. Source: Abramowitz and Stegun, 6.5.29.
func gammaSeries(a, x float64) float64 {
	total, term := 1.0, 1.0
	for n := 1.0; n < 1e6; n++ {
		term *= x / (a + n)
		next := total + term
		if next == total {
			break
		}
		total = next
	}
	return total
}

// gammaFraction gives the upper incomplete gamma function over x^a · e^−x as
// a continued fraction, by Lentz's method. Source: Abramowitz and Stegun,
// 6.5.31.
func gammaFraction(a, x float64) float64 {
	const tiny = 1e-300
	b := x + 1 - a
	c, d := 1/tiny, 1/b
	result := d
	for i := 1.0; i < 1e6; i++ {
		n := -float64(i * (i - a))
		b += 2
		d = 1 / (float64(n*d) + b)
		c = b + n/c
		step := float64(c * d)
		result *= step
		if math.Abs(step-1) <= 4*epsilon {
			break
		}
	}
	return result
}
