package steps

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
)

// Bin counts the times that are at least From and less than the From of the
// next bin; the last bin has no end.
type Bin struct {
	From Span  `json:"from"`
	N    int64 `json:"n"`
}

// Bounds gives the lower bounds of bins in which several groups of times can
// be compared. With least and greatest time of all of them, and n the number
// of times in the largest group,
//
//	bins   the number asked for; for 0 the cube root of n, rounded up
//	width  (greatest − least) / bins, rounded up to whole seconds
//
// and bins + 1 bounds: the last bin holds what is exactly the greatest. Where
// least and greatest are the same whole second there is one bound. Groups
// without times do not count; without any, and for times that no events have,
// there are no bounds. A negative number of bins counts as 0, more than 1,000
// as 1,000.
func Bounds(bins int, groups ...Durations) []Span {
	var least, greatest kpi.Value
	n := int64(0)
	for _, g := range groups {
		if g.N == 0 {
			continue
		}
		least, greatest = g.Min.Min(least.Or(g.Min)), g.Max.Max(greatest.Or(g.Max))
		n = max(n, g.N)
	}
	low, ok := least.Minor(0, kpi.Floor)
	high, fits := greatest.Minor(0, kpi.Ceiling)
	switch {
	case !ok || !fits || low < 0 || high > mostSeconds:
		return []Span{}
	case low == high:
		return []Span{spanOf(low * 1e6)}
	case bins <= 0:
		bins = cubeRoot(n)
	}
	bins = min(bins, mostBins)
	width := (high - low + int64(bins) - 1) / int64(bins)
	bounds := make([]Span, bins+1)
	for i := range bounds {
		bounds[i] = spanOf((low + int64(i)*width) * 1e6)
	}
	return bounds
}

// mostSeconds is more than any two instants of 1900–2200 lie apart.
const mostSeconds = afterSecond - firstSecond

// cubeRoot gives the cube root of n, rounded up.
func cubeRoot(n int64) int {
	root := 1
	for root < mostBins && int64(root)*int64(root)*int64(root) < n {
		root++
	}
	return root
}

// histogram counts times into bins; where the first bound is above the least
// time, a bin from 0 comes first.
func histogram(times []int64, bounds []Span) []Bin {
	bins, from := []Bin{}, []int64{}
	if len(times) > 0 && len(bounds) > 0 && slices.Min(times) < bounds[0].micros() {
		bins, from = append(bins, Bin{}), append(from, 0)
	}
	for _, b := range bounds {
		bins, from = append(bins, Bin{From: b}), append(from, b.micros())
	}
	for _, t := range times {
		i, found := slices.BinarySearch(from, t)
		if !found {
			i--
		}
		bins[i].N++
	}
	return bins
}
