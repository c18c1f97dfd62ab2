package stat

import "math"

// NormalCDF gives the probability that a standard normal variable is at most
// x.
func NormalCDF(x float64) float64 {
	if !(x > math.Inf(-1)) {
		return 0
	}
	return math.Erfc(-x/math.Sqrt2) / 2
}

// NormalQuantile gives the x with NormalCDF(x) = p. It is −∞ at 0 and +∞ at
// 1. Source: Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37
// (1988), about sixteen digits.
func NormalQuantile(p float64) float64 {
	switch {
	case !(p > 0):
		return math.Inf(-1)
	case p >= 1:
		return math.Inf(1)
	}
	q := p - 0.5
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - float64(q*q)
		return q * horner(r, 2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457, 13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608) /
			horner(r, 5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867, 5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1)
	}
	r := math.Sqrt(-math.Log(min(p, 1-p)))
	return math.Copysign(normalTail(r), q)
}

// normalTail is the outer part of AS 241, of r = √(−ln of the smaller tail).
func normalTail(r float64) float64 {
	if r <= 5 {
		r -= 1.6
		return horner(r, 7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258, 3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734) /
			horner(r, 1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459, 0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1)
	}
	r -= 5
	return horner(r, 2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093, 0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772) /
		horner(r, 2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4, 0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1)
}

// horner gives the polynomial with these coefficients, highest first.
func horner(x float64, coefficients ...float64) float64 {
	y := 0.0
	for _, c := range coefficients {
		y = float64(y*x) + c
	}
	return y
}
