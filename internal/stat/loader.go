package stat

import "math"

// The two functions of this file keep a density exact where its logarithm
// would be the small difference of large numbers. Source: Loader, Fast and
// Accurate Computation of Binomial Probabilities (2000).

// stirlingError gives ln Γ(z+1) − ((z + ½) ln z − z + ½ ln 2π): what
// Stirling's formula is off by.
func stirlingError(z float64) float64 {
	if z < 16 {
		lgamma, _ := math.Lgamma(z + 1)
		return lgamma - float64((z+0.5)*math.Log(z)) + z - halfLog2Pi
	}
	r := 1 / z
	return float64(r * horner(float64(r*r), -691.0/360360, 1.0/1188, -1.0/1680, 1.0/1260, -1.0/360, 1.0/12))
}

const halfLog2Pi = 0.918938533204672741780329736405617639861397473637783

// deviance gives x·ln(x/m) + m − x, which is small where x is near m.
func deviance(x, m float64) float64 {
	if !(math.Abs(x-m) < float64(0.1*(x+m))) {
		log := math.Log(x / m)
		if !finite(log) { // the quotient left the range of float64
			log = math.Log(x) - math.Log(m)
		}
		return float64(x*log) + m - x
	}
	v := (x - m) / (x + m)
	total, term := float64((x-m)*v), float64(2*x*v)
	for i := 3.0; i < 100; i += 2 {
		term *= float64(v * v)
		next := total + term/i
		if next == total {
			break
		}
		total = next
	}
	return total
}
