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

// path gives the arrivals of the deal being read in order, without repeats:
// the dated ones by instant, and each undated one before the first into a
// later stage. An undated arrival in a stage that has a dated one adds
// nothing. What it gives holds until the next deal is read.
func (r *reading) path(birth int64) []entry {
	if !rising(r.dated) {
		slices.SortFunc(r.dated, entry.compare)
	}
	path := collapse(r.dated)
	if len(r.undated) > 0 {
		r.merged = merge(r.merged[:0], path, r.undated)
		path = r.merged
	}
	if len(path) > 0 && path[0].untimed && birth != undated {
		path[0].at, path[0].untimed = birth, false // a deal is created in its first stage
	}
	return path
}

// rising reports whether arrivals are in order.
func rising(path []entry) bool {
	for i := 1; i < len(path); i++ {
		if path[i].at <= path[i-1].at || path[i].order == byBirth {
			return false
		}
	}
	return true
}

// collapse drops the arrivals in the stage where the deal already is, in
// place; one adds at most its instant.
func collapse(path []entry) []entry {
	n := 0
	for i := range path {
		switch {
		case n == 0 || path[n-1].rank != path[i].rank:
			if n < i {
				path[n] = path[i]
			}
			n++
		case path[n-1].untimed && !path[i].untimed:
			path[n-1] = path[i]
		}
	}
	return path[:n]
}

// next appends an arrival to be filled in. It may hold an earlier one.
func next(path *[]entry) *entry {
	n := len(*path)
	if n == cap(*path) {
		*path = append(*path, entry{})
	}
	*path = (*path)[:n+1]
	return &(*path)[n]
}

// merge puts each undated arrival before the first dated one into a later
// stage.
func merge(path, dated, others []entry) []entry {
	slices.SortFunc(others, func(e, f entry) int { return cmp.Compare(e.rank, f.rank) })
	others = withoutDated(others, dated)
	for _, d := range dated {
		for len(others) > 0 && others[0].rank < d.rank {
			path = append(path, others[0])
			others = others[1:]
		}
		path = append(path, d)
	}
	return collapse(append(path, others...))
}

// withoutDated gives the undated arrivals in stages that have no dated one.
func withoutDated(others, dated []entry) []entry {
	var known uint64 // a bit for each rank; there are at most MostStages
	for i := range dated {
		known |= 1 << dated[i].rank
	}
	return slices.DeleteFunc(others, func(e entry) bool { return known&(1<<e.rank) != 0 })
}
