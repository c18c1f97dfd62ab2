package stat

import "math"

// BetaCDF gives the probability that a variable of the beta distribution
// with shapes a and b is at most x, the regularised incomplete beta function
// I(x; a, b). It is 0 below 0 and 1 above 1. A shape under 10⁻³⁰⁰ counts as
// that, and one over 10¹² as that.
func BetaCDF(x, a, b float64) float64 { return betaI(x, 1-x, a, b) }

// BetaQuantile gives the x with BetaCDF(x, a, b) = p; 0 at p ≤ 0 and 1 at
// p ≥ 1.
func BetaQuantile(p, a, b float64) float64 {
	switch {
	case !(p > 0):
		return 0
	case p >= 1:
		return 1
	}
	return solve(func(x float64) float64 { return BetaCDF(x, a, b) - p }, 0, 1)
}

// betaI is I(x; a, b) with y = 1 − x, given apart because one of the two may
// be too small to be had from the other. The fractions converge fast below
// the mean, and the symmetry serves above it.
func betaI(x, y, a, b float64) float64 {
	a, b = shape(a), shape(b)
	switch {
	case !(x > 0):
		return 0
	case !(y > 0):
		return 1
	case x > (a+1)/(a+b+2):
		return 1 - betaLower(y, x, b, a)
	}
	return betaLower(x, y, a, b)
}

// shape keeps a parameter where the fractions converge in time.
func shape(a float64) float64 { return between(a, 1e-300, largest) }

const largest = 1e12

// betaLower is the incomplete beta function for x below the mean. It has two
// continued fractions; the near one loses digits where y is small, the far
// one where b is large.
func betaLower(x, y, a, b float64) float64 {
	if float64(b*b) < a {
		return between(betaFront(x, y, a, b)/y*betaFar(x/y, a, b)/a, 0, 1)
	}
	return between(betaFront(x, y, a, b)*betaNear(x, y, a, b)/a, 0, 1)
}

// betaFront gives x^a · y^b / B(a, b).
func betaFront(x, y, a, b float64) float64 {
	n := a + b
	log := stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, float64(n*x)) - deviance(b, float64(n*y))
	return math.Sqrt(a/n*b/(2*math.Pi)) * math.Exp(log)
}

// betaNear is the fraction of Abramowitz and Stegun, 26.5.8.
func betaNear(x, y, a, b float64) float64 {
	first := a + 1 - float64((a+b)*x)
	if y < x { // the same from the smaller of the two
		first = 1 - b + float64((a+b)*y)
	}
	return fraction(first/(a+1), func(m float64) (even, odd float64) {
		return m / (a - 1 + 2*m) * ((b - m) / (a + 2*m)) * x, -(a + m) / (a + 2*m) * ((a + b + m) / (a + 1 + 2*m)) * x
	})
}

// betaFar is the fraction of Abramowitz and Stegun, 26.5.9, in x/y.
func betaFar(odds, a, b float64) float64 {
	even := func(m float64) float64 {
		return float64((a + (m - 1)) / (a + 2*(m-1)) * ((m - b) / (a + 2*m - 1)) * odds)
	}
	return fraction(1+even(1), func(m float64) (float64, float64) {
		return m / (a - 1 + 2*m) * ((a + b - 1 + m) / (a + 2*m)) * odds, even(m + 1)
	})
}

// fraction gives 1/(first + t/(1 + u/(1 + …))), two terms for each m from 1
// on, by Lentz's method.
func fraction(first float64, terms func(m float64) (t, u float64)) float64 {
	c, d := 1.0, 1/awayFromZero(first)
	result := d
	for m := 1.0; m <= 100_000; m++ {
		t, u := terms(m)
		d = 1 / awayFromZero(1+float64(t*d))
		c = awayFromZero(1 + t/c)
		result *= float64(c * d)
		d = 1 / awayFromZero(1+float64(u*d))
		c = awayFromZero(1 + u/c)
		step := float64(c * d)
		result *= step
		if math.Abs(step-1) <= 4*epsilon {
			break
		}
	}
	return result
}

func awayFromZero(v float64) float64 {
	if math.Abs(v) < 1e-300 {
		return 1e-300
	}
	return v
}
