package steps

import "slices"

// sortAt brings the times that stand at some places, which rise, to where they
// would stand if all were in order. It is a quicksort that leaves out the
// parts without a place.
func sortAt(times []int64, places []int) {
	sortPart(times, 0, places, 64)
}

// sortPart does so for a part that begins at an offset; after so many rounds
// that did not help it sorts the whole part.
func sortPart(times []int64, offset int, places []int, rounds int) {
	for len(places) > 0 && len(times) > 64 && rounds > 0 {
		low, high := partition(times)
		below, _ := slices.BinarySearch(places, offset+low)
		behind, _ := slices.BinarySearch(places, offset+high)
		rounds--
		sortPart(times[:low], offset, places[:below], rounds)
		times, offset, places = times[high:], offset+high, places[behind:]
	}
	if len(places) > 0 {
		slices.Sort(times)
	}
}

// partition puts what is less than some time first and what is greater last;
// all between low and high are that time.
func partition(times []int64) (low, high int) {
	a, b, c := times[0], times[len(times)/2], times[len(times)-1]
	pivot := max(min(a, b), min(max(a, b), c))
	high = len(times)
	for i := 0; i < high; {
		switch t := times[i]; {
		case t < pivot:
			times[i], times[low] = times[low], t
			low++
			i++
		case t > pivot:
			high--
			times[i], times[high] = times[high], t
		default:
			i++
		}
	}
	return low, high
}
