package apportion

import "math/bits"

// greatest turns a best rounding into the one among all best ones that is
// lexicographically greatest: the first cell gets a unit if any best one
// gives it one, then the second, and so on.
//
// With the prices of places added, a line gives its units to the largest
// sums, and best roundings differ only in cells at the sum of the smallest
// that gets a unit, where that is also the largest that gets none. Among
// those, one best rounding becomes another by cycles of moves between equals.
type greatest struct {
	*rounding
	free   []uint64  // by line, the cells whose unit can still move
	stacks [][]int32 // by pair of places, lines that could move a unit from one to the other
	some   []uint64  // by place, the places with a stack that may not be empty
}

func newGreatest(r *rounding) *greatest {
	w := newWays(r.narrow)
	w.look(r)
	prices := w.prices()
	g := &greatest{rounding: r, free: make([]uint64, len(r.on)), stacks: make([][]int32, r.narrow*r.narrow), some: make([]uint64, r.narrow)}
	for line := range r.on {
		g.free[line] = r.equals(line, prices)
		g.stack(line, g.free[line])
	}
	return g
}

// equals gives the places of a line whose sum is the least with a unit and
// the greatest without.
func (r *rounding) equals(line int, prices []int128) (places uint64) {
	with, without := -1, -1
	var least, most int128
	for left := r.can[line]; left != 0; left &= left - 1 {
		place := bits.TrailingZeros64(left)
		switch sum := r.rest(line, place).add(prices[place]); {
		case r.on[line]>>place&1 == 1:
			if with < 0 || sum.less(least) {
				with, least = place, sum
			}
		case without < 0 || most.less(sum):
			without, most = place, sum
		}
	}
	if with < 0 || without < 0 || least != most {
		return 0
	}
	for left := r.can[line]; left != 0; left &= left - 1 {
		if place := bits.TrailingZeros64(left); r.rest(line, place).add(prices[place]) == least {
			places |= 1 << place
		}
	}
	return places
}

// stack puts the line where it can move a unit from or to one of the places.
func (g *greatest) stack(line int, places uint64) {
	on, off := g.on[line]&g.free[line], g.free[line]&^g.on[line]
	for from := on; from != 0; from &= from - 1 {
		j := bits.TrailingZeros64(from)
		to := off
		if places>>j&1 == 0 {
			to &= places
		}
		for g.some[j] |= to; to != 0; to &= to - 1 {
			pair := j*g.narrow + bits.TrailingZeros64(to)
			g.stacks[pair] = append(g.stacks[pair], int32(line))
		}
	}
}

// settle decides one cell: it gets a unit if it can still have one.
func (g *greatest) settle(line, place int) {
	bit := uint64(1) << place
	if g.free[line]&bit == 0 {
		return
	}
	if g.on[line]&bit == 0 {
		g.raise(line, place)
	}
	g.free[line] &^= bit
}

// raise gives the cell a unit of its line if the other lines can make up
// for it between the places.
func (g *greatest) raise(line, place int) {
	targets := g.on[line] & g.free[line]
	var from [maxNarrow]int
	end := g.search(place, targets, &from)
	if end < 0 {
		return
	}
	var movers [maxNarrow]int
	for at := end; at != place; at = from[at] {
		movers[at] = int(g.top(from[at], at))
	}
	g.on[line] ^= 1<<place | 1<<end
	for at := end; at != place; at = from[at] {
		g.on[movers[at]] ^= 1<<from[at] | 1<<at
	}
	g.stack(line, 1<<place|1<<end)
	for at := end; at != place; at = from[at] {
		g.stack(movers[at], 1<<from[at]|1<<at)
	}
}

// search looks for a way of moves from a place to one of the targets, −1
// where there is none.
func (g *greatest) search(place int, targets uint64, from *[maxNarrow]int) (end int) {
	if targets == 0 {
		return -1
	}
	seen := uint64(1) << place
	for todo := seen; todo != 0; {
		j := bits.TrailingZeros64(todo)
		todo &= todo - 1
		for next := g.some[j] &^ seen; next != 0; next &= next - 1 {
			k := bits.TrailingZeros64(next)
			if g.top(j, k) < 0 {
				continue
			}
			from[k] = j
			if targets>>k&1 == 1 {
				return k
			}
			seen |= 1 << k
			todo |= 1 << k
		}
	}
	return -1
}

// top gives a line that can move a unit between two places, −1 where there
// is none, and forgets those that cannot any more.
func (g *greatest) top(from, to int) int32 {
	stack := &g.stacks[from*g.narrow+to]
	both := uint64(1)<<from | 1<<to
	for len(*stack) > 0 {
		line := (*stack)[len(*stack)-1]
		if g.isValid(line, from, to) && g.free[line]&both == both {
			return line
		}
		*stack = (*stack)[:len(*stack)-1]
	}
	g.some[from] &^= 1 << to
	return -1
}
