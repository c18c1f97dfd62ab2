package org

import (
	"math/big"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// overlap is what is wrong with an assignment beside an earlier one.
type overlap struct {
	other    int      // an assignment that holds on the same day
	sameUnit bool     // it is in the same unit; otherwise there is too much
	sum      *big.Rat // the shares on that day
}

func (o overlap) addTo(problems *check.List, i int, assignments []Assignment) {
	a, path, other := assignments[i], check.At("assignments", i), check.At("assignments", o.other)
	on := a.From.String() // empty where both have always been
	if o.sameUnit {
		problems.Add(check.ErrOverlap, path+".unit", "same_unit_twice", a.Unit, "member", a.Member, "from", on, "other", other)
		return
	}
	problems.Add(check.ErrOverlap, path+".share", "shares_exceed_one", o.sum.RatString(), "member", a.Member, "from", on, "other", other)
}

// overlapsOf gives the overlaps of each assignment. An assignment that is
// refused does not count against those after it.
func overlapsOf(assignments []Assignment) map[int][]overlap {
	found := map[int][]overlap{}
	for member, positions := range byMemberAndDay(assignments) {
		if member == "" {
			continue
		}
		held := held{assignments: assignments, sum: new(big.Rat)}
		for _, i := range positions {
			if o := held.take(i); o != nil {
				found[i] = o
			}
		}
	}
	return found
}

// held is what one member holds while the days go by.
type held struct {
	assignments []Assignment
	active      []int
	sum         *big.Rat
}

// take adds the assignment, or gives what speaks against it.
func (h *held) take(i int) []overlap {
	a := h.assignments[i]
	if !a.From.IsZero() && !a.To.IsZero() && a.To <= a.From {
		return nil // holds on no day, and is reported as that
	}
	h.drop(a)
	var found []overlap
	for _, other := range h.active {
		if h.assignments[other].Unit == a.Unit {
			found = append(found, overlap{other: other, sameUnit: true})
		}
	}
	sum := new(big.Rat).Add(h.sum, rat(a.Share))
	if sum.Cmp(big.NewRat(1, 1)) > 0 {
		found = append(found, overlap{other: h.active[0], sum: sum})
	}
	if found == nil {
		h.active, h.sum = append(h.active, i), sum
	}
	return found
}

// drop lets go of what has ended when the next one begins.
func (h *held) drop(next Assignment) {
	kept := h.active[:0]
	for _, i := range h.active {
		if a := h.assignments[i]; !a.To.IsZero() && a.To <= next.From {
			h.sum.Sub(h.sum, rat(a.Share))
		} else {
			kept = append(kept, i)
		}
	}
	h.active = kept
}

func rat(s Share) *big.Rat {
	num, den := s.Frac()
	return big.NewRat(num, den)
}
