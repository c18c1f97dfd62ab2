package stat

import (
	"math"
	"slices"
)

// sum adds numbers so that their order does not matter and little is lost:
// smallest first, with the error of each step carried along. Source:
// Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher
// Summen, ZAMM 54 (1974). xs is sorted.
func sum(xs []float64) float64 {
	slices.Sort(xs)
	total, lost := 0.0, 0.0
	for _, x := range xs {
		next := total + x
		if math.Abs(total) >= math.Abs(x) {
			lost += (total - next) + x
		} else {
			lost += (x - next) + total
		}
		total = next
	}
	return total + lost
}

// finite reports whether x is a number, neither NaN nor infinite.
func finite(x float64) bool { return math.Abs(x) <= math.MaxFloat64 }

// between keeps x from low to high; NaN gives low.
func between(x, low, high float64) float64 {
	switch {
	case x >= high:
		return high
	case x > low:
		return x
	}
	return low
}
