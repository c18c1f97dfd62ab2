package stat

import "math"

// solve gives the root of a rising f between a and b, to the last bit or
// two, by inverse quadratic steps where they are safe and by halving where
// they are not. f(a) ≤ 0 ≤ f(b). Source: Chandrupatla, A new hybrid
// quadratic/bisection algorithm, Advances in Engineering Software 28 (1997).
func solve(f func(float64) float64, a, b float64) float64 {
	fa, fb := f(a), f(b)
	c, fc, t := a, fa, 0.5
	for range 2000 { // halving alone passes the whole range of float64 in fewer
		x := a + float64(t*(b-a))
		fx := f(x)
		if (fx > 0) == (fa > 0) {
			c, fc = a, fa
		} else {
			c, fc, b, fb = b, fb, a, fa
		}
		a, fa = x, fx
		best, least := a, fa
		if math.Abs(fb) < math.Abs(fa) {
			best, least = b, fb
		}
		nearest := (float64(2*epsilon*math.Abs(best)) + math.SmallestNonzeroFloat64) / math.Abs(b-c)
		if least == 0 || nearest > 0.5 {
			return best
		}
		t = between(quadraticStep(a, b, c, fa, fb, fc), nearest, 1-nearest)
	}
	return a
}

const epsilon = 0x1p-52

// quadraticStep says how far from a towards b the next x lies: by the
// parabola through the three points where it rises all the way, else half.
func quadraticStep(a, b, c, fa, fb, fc float64) float64 {
	x, y := (a-b)/(c-b), (fa-fb)/(fc-fb)
	if !(float64(y*y) < x && float64((1-y)*(1-y)) < 1-x) {
		return 0.5
	}
	return float64(fa/(fb-fa)*(fc/(fb-fc))) + float64((c-a)/(b-a)*(fa/(fc-fa))*(fb/(fc-fb)))
}
