package target

import "math"

// studentCDF gives the probability that Student's t with df degrees of
// freedom is at most x, by the regularised incomplete beta function:
//
//	P(|T| ≤ x) = I(x²/(df + x²); 1/2, df/2)
//
// Source: Abramowitz and Stegun, 26.7.1 and 26.5.2.
func studentCDF(x float64, df int) float64 {
	n, square := float64(df), float64(x*x)
	half := betaI(square/(n+square), 0.5, n/2) / 2
	if x >= 0 {
		return 0.5 + half
	}
	return betaI(n/(n+square), n/2, 0.5) / 2
}

// studentQuantile gives the x with P(T ≤ x) = p, for p inside 0 and 1. It
// halves an interval a fixed number of times, so it ends and gives the same
// bits for the same p.
func studentQuantile(p float64, df int) float64 {
	if p < 0.5 {
		return -studentQuantile(1-p, df)
	}
	low, high := 0.0, 1.0
	for studentCDF(high, df) < p && high < 1e12 {
		high *= 2
	}
	for range 100 {
		if middle := (low + high) / 2; studentCDF(middle, df) < p {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

// betaI is the regularised incomplete beta function I(x; a, b). The fraction
// converges fast below the mean, and the symmetry serves above it.
func betaI(x, a, b float64) float64 {
	switch {
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	case x > (a+1)/(a+b+2):
		return 1 - betaI(1-x, b, a)
	}
	la, _ := math.Lgamma(a)
	lb, _ := math.Lgamma(b)
	lab, _ := math.Lgamma(a + b)
	front := math.Exp(lab - la - lb + float64(a*math.Log(x)) + float64(b*math.Log1p(-x)))
	return front * betaFraction(x, a, b) / a
}

// betaFraction is the continued fraction of the incomplete beta function by
// Lentz's method. Source: Abramowitz and Stegun, 26.5.8.
func betaFraction(x, a, b float64) float64 {
	const tiny, enough = 1e-300, 1e-16
	away := func(v float64) float64 {
		if math.Abs(v) < tiny {
			return tiny
		}
		return v
	}
	c, d := 1.0, 1/away(1-float64((a+b)*x)/(a+1))
	result := d
	for i := 1; i <= 500; i++ {
		m := float64(i)
		even := float64(m*(b-m)) * x / float64((a-1+2*m)*(a+2*m))
		d = 1 / away(1+float64(even*d))
		c = away(1 + even/c)
		result *= float64(c * d)
		odd := -float64((a+m)*(a+b+m)) * x / float64((a+2*m)*(a+1+2*m))
		d = 1 / away(1+float64(odd*d))
		c = away(1 + odd/c)
		step := float64(c * d)
		result *= step
		if math.Abs(step-1) < enough {
			break
		}
	}
	return result
}
