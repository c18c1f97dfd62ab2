package apportion

import "math/bits"

// maxNarrow is how many keys the shorter side of a table may have: the bits
// of a word.
const maxNarrow = 64

// rounding decides which cells of a table get one unit more than the whole
// units of their share. The longer side are the lines, and the shorter side
// are the places in a line, one bit each. Every line has a number of units to
// give, every place a number to receive.
//
// A unit turns the deviation of a cell from rest into sum − rest, and their
// number is given; so the least sum of deviations is the largest sum of the
// rests of the cells that get a unit.
type rounding struct {
	narrow int
	rests  []int128 // of the cells, line by line
	can    []uint64 // by line, the places with a remainder, which may get a unit
	on     []uint64 // by line, the places that get one
	spare  []int    // by place, the units that it has too many, below zero too few
	queues []queue  // by pair of places (j × narrow + k), the lines that could move a unit from j to k
}

func (r *rounding) rest(line, place int) int128 { return r.rests[line*r.narrow+place] }

// begin gives the units of a line to its largest remainders, which is the
// best for the line by itself.
func (r *rounding) begin(line, units int) {
	for range units {
		best := -1
		for left := r.can[line] &^ r.on[line]; left != 0; left &= left - 1 {
			if place := bits.TrailingZeros64(left); best < 0 || r.rest(line, best).less(r.rest(line, place)) {
				best = place
			}
		}
		r.on[line] |= 1 << best
		r.spare[best]++
	}
}

// balance moves units from places with too many to places with too few, one
// by one, each along the way that loses least remainder. The start is the
// best for what its places have, and a least way leaves it the best for what
// they have then, so the end is the best of all (successive shortest paths:
// R. K. Ahuja, T. L. Magnanti and J. B. Orlin, Network Flows, 1993, section
// 9.7). It takes about as many ways as there are units too many at the
// start, and for each about narrow² steps.
func (r *rounding) balance() {
	r.queues = make([]queue, r.narrow*r.narrow)
	for line := range r.on {
		for from := r.on[line]; from != 0; from &= from - 1 {
			for to := r.can[line] &^ r.on[line]; to != 0; to &= to - 1 {
				r.offer(line, bits.TrailingZeros64(from), bits.TrailingZeros64(to), (*queue).append)
			}
		}
	}
	for i := range r.queues {
		r.queues[i].order()
	}
	w := newWays(r.narrow)
	for {
		w.look(r)
		end := w.shortest(r.spare)
		if end < 0 {
			return
		}
		r.move(w, end)
	}
}

// offer says that a line could move a unit between two places, and what
// remainder that loses.
func (r *rounding) offer(line, from, to int, put func(*queue, move)) {
	loss := r.rest(line, from).sub(r.rest(line, to))
	put(&r.queues[from*r.narrow+to], move{loss, int32(line)})
}

// isValid tells whether the line of a move has a unit at one place and none
// at the other, now.
func (r *rounding) isValid(line int32, from, to int) bool {
	on := r.on[line]
	return on>>from&1 == 1 && on>>to&1 == 0
}

// move moves one unit along the way that ends at a place.
func (r *rounding) move(w *ways, end int) {
	r.spare[end]++
	place := end
	for ; w.from[place] >= 0; place = w.from[place] {
		r.on[w.line(w.from[place], place)] ^= 1<<w.from[place] | 1<<place
	}
	r.spare[place]--
	for place = end; w.from[place] >= 0; place = w.from[place] {
		r.offerAnew(int(w.line(w.from[place], place)), w.from[place], place)
	}
}

// offerAnew offers what a line can do since its unit went between two
// places. An offer that was made before and holds again stands twice, which
// does no harm.
func (r *rounding) offerAnew(line, from, to int) {
	for other := r.can[line] &^ r.on[line]; other != 0; other &= other - 1 {
		r.offer(line, to, bits.TrailingZeros64(other), (*queue).push)
	}
	for other := r.on[line] &^ (1 << to); other != 0; other &= other - 1 {
		r.offer(line, bits.TrailingZeros64(other), from, (*queue).push)
	}
}
