package forecast

import (
	"maps"
	"slices"
)

// sortedSizes gives the sizes of new deals in order, so that no sum hangs on
// that of a map.
func sortedSizes(rates map[int64]float64) []int64 { return slices.Sorted(maps.Keys(rates)) }
