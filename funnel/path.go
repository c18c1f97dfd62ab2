package funnel

import (
	"cmp"
	"slices"
)

// entry is one arrival in a stage.
type entry struct {
	at, seq int64
	rank    int8
	order   int8 // byBirth, byFrom or byStage
	untimed bool // its position in the path is known, its instant is not
}

const (
	byBirth = iota // first, whatever its instant
	byFrom         // was there until that instant
	byStage
)

func (e entry) compare(f entry) int {
	if e.order != byBirth && f.order != byBirth && e.at != f.at { // as nearly always
		return cmp.Compare(e.at, f.at)
	}
	birth := func(e entry) int8 { return min(e.order, byFrom) }
	return cmp.Or(cmp.Compare(birth(e), birth(f)), cmp.Compare(e.at, f.at), cmp.Compare(e.seq, f.seq),
		cmp.Compare(e.order, f.order), cmp.Compare(e.rank, f.rank))
}

// since gives the instant of the entry, undated where it is not known.
func (e *entry) since() int64 {
	if e.untimed {
		return undated
	}
	return e.at
}

// path appends the arrivals of a deal in order, without repeats: the dated
// ones by instant, and each undated one before the first into a later stage.
// An undated arrival in a stage that has a dated one adds nothing. It sorts
// both in place.
func path(path, dated, others []entry, birth int64) []entry {
	sortFew(dated, entry.compare)
	if len(others) > 0 {
		sortFew(others, func(e, f entry) int { return cmp.Compare(e.rank, f.rank) })
		others = withoutDated(others, dated)
	}
	for i := range dated {
		for len(others) > 0 && others[0].rank < dated[i].rank {
			path = arrive(path, &others[0])
			others = others[1:]
		}
		path = arrive(path, &dated[i])
	}
	for i := range others {
		path = arrive(path, &others[i])
	}
	if len(path) > 0 && path[0].untimed && birth != undated {
		path[0].at, path[0].untimed = birth, false // a deal is created in its first stage
	}
	return path
}

// withoutDated gives the undated arrivals in stages that have no dated one.
func withoutDated(others, dated []entry) []entry {
	var known uint64 // a bit for each rank; there are at most MostStages
	for i := range dated {
		known |= 1 << dated[i].rank
	}
	return slices.DeleteFunc(others, func(e entry) bool { return known&(1<<e.rank) != 0 })
}

// arrive appends an arrival; one in the stage where the deal already is adds
// at most its instant.
func arrive(path []entry, e *entry) []entry {
	if n := len(path); n > 0 && path[n-1].rank == e.rank {
		if path[n-1].untimed && !e.untimed {
			path[n-1] = *e
		}
		return path
	}
	return append(path, *e)
}
