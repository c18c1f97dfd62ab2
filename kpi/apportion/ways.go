package apportion

import "math/bits"

// ways are the cheapest moves between places, and the cheapest ways made of
// them.
type ways struct {
	narrow int
	moves  []move   // by pair of places, from × narrow + to; line −1 where there is none
	known  []uint64 // by place, the places with a move from it
	length []int128 // of the way to each place
	from   []int    // the place before on it, −1 at its start
}

func newWays(narrow int) *ways {
	return &ways{narrow: narrow, moves: make([]move, narrow*narrow), known: make([]uint64, narrow),
		length: make([]int128, narrow), from: make([]int, narrow)}
}

func (w *ways) line(from, to int) int32 { return w.moves[from*w.narrow+to].line }

// look takes the best valid move of each pair, and forgets those before it,
// which are valid no more.
func (w *ways) look(r *rounding) {
	for from := range w.narrow {
		w.known[from] = 0
		for to := range w.narrow {
			q := &r.queues[from*w.narrow+to]
			for len(*q) > 0 && !r.isValid((*q)[0].line, from, to) {
				q.pop()
			}
			if len(*q) > 0 {
				w.moves[from*w.narrow+to] = (*q)[0]
				w.known[from] |= 1 << to
			}
		}
	}
}

// shortest finds the least ways from all places with too many units, and
// gives the nearest place with too few, −1 where nothing is too many.
func (w *ways) shortest(spare []int) (end int) {
	reached := uint64(0)
	for place, n := range spare {
		w.from[place], w.length[place] = -1, int128{}
		if n > 0 {
			reached |= 1 << place
		}
	}
	reached = w.relax(reached)
	end = -1
	for place, n := range spare {
		if n < 0 && reached>>place&1 == 1 && (end < 0 || w.length[place].less(w.length[end])) {
			end = place
		}
	}
	return end
}

// relax shortens ways from the places given until none can be shortened
// (Bellman and Ford). Losses can be below zero, but no way around is, for
// the moves made so far are the best.
func (w *ways) relax(reached uint64) uint64 {
	for changed := reached; changed != 0; {
		round := changed
		changed = 0
		for ; round != 0; round &= round - 1 {
			from := bits.TrailingZeros64(round)
			shorter := w.relaxFrom(from, reached)
			changed |= shorter
			reached |= shorter
		}
	}
	return reached
}

// relaxFrom shortens the ways through one place, and gives their ends.
func (w *ways) relaxFrom(from int, reached uint64) (shorter uint64) {
	for left := w.known[from]; left != 0; left &= left - 1 {
		to := bits.TrailingZeros64(left)
		length := w.length[from].add(w.moves[from*w.narrow+to].loss)
		if bit := uint64(1) << to; reached&bit == 0 || length.less(w.length[to]) {
			w.length[to], w.from[to] = length, from
			shorter |= bit
		}
	}
	return shorter
}

// prices gives for every place the length of the least way to it from
// anywhere. With them added to the remainders, no line has a unit at a lesser
// sum than one without.
func (w *ways) prices() []int128 {
	for place := range w.narrow {
		w.from[place], w.length[place] = -1, int128{}
	}
	w.relax(1<<w.narrow - 1)
	return w.length
}
