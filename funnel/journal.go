package funnel

import (
	"math"
	"slices"
)

// journal holds facts in the order in which they came, each with the number
// of its deal. It grows by blocks and nothing that was written is moved, so
// adding costs the same however much is there. Whoever reads it lays it out
// by deal.
type journal struct {
	full      []block
	tail      block
	n         int
	first     int64  // the earliest instant, of all that have one
	last      uint32 // the deal of the latest fact
	scattered bool   // some fact came after one of a later deal
}

type block struct {
	facts []fact
	deals []uint32 // of each fact
}

// Sizes of blocks: small histories stay small, and the memory that a block
// leaves unused is little beside what it holds.
const (
	smallestBlock = 16
	largestBlock  = 1 << 14
)

func (j *journal) put(deal uint32, f fact) {
	if len(j.tail.facts) == cap(j.tail.facts) {
		j.extend()
	}
	j.tail.facts = append(j.tail.facts, f)
	j.tail.deals = append(j.tail.deals, deal)
	j.n++
	if f.at < j.first && f.at != undated {
		j.first = f.at
	}
	j.scattered = j.scattered || deal < j.last
	j.last = deal
}

func (j *journal) extend() {
	size := smallestBlock
	if j.n > 0 {
		j.full = append(j.full, j.tail)
		size = min(2*cap(j.tail.facts), largestBlock)
	} else {
		j.first = math.MaxInt64
	}
	j.tail = block{make([]fact, 0, size), make([]uint32, 0, size)}
}

// blocks gives all blocks in order.
func (j *journal) blocks() []block {
	return append(j.full[:len(j.full):len(j.full)], j.tail)
}

// byDeal gives the facts of one deal after another.
type byDeal struct {
	deal   uint32 // the next
	own    bool   // the facts are a copy; else they may not be changed
	blocks []block
	end    []int // of each deal in a copy, which is one block
}

// byDeal begins with the first of so many deals. Facts that came in the order
// of the deals stay where they are.
func (j *journal) byDeal(deals int) byDeal {
	d := byDeal{blocks: j.blocks()}
	if j.scattered {
		d.layOut(deals, j.n)
	}
	return d
}

// layOut copies the facts into one array, deal by deal.
func (d *byDeal) layOut(deals, n int) {
	array, end := make([]fact, n), make([]int, deals+1)
	for _, b := range d.blocks {
		for _, deal := range b.deals {
			end[deal+1]++
		}
	}
	for deal := range deals {
		end[deal+1] += end[deal]
	}
	for _, b := range d.blocks { // end is where each begins until it is full
		for k, deal := range b.deals {
			array[end[deal]] = b.facts[k]
			end[deal]++
		}
	}
	d.own, d.blocks, d.end = true, []block{{facts: array}}, end
}

// next gives the facts of the next deal, in the order in which they came.
func (d *byDeal) next() []fact {
	deal := d.deal
	d.deal++
	if d.own {
		begin, end := 0, d.end[deal]
		if deal > 0 {
			begin = d.end[deal-1]
		}
		return d.blocks[0].facts[begin:end:end]
	}
	facts := d.take(deal)
	for len(d.blocks) > 0 && len(d.blocks[0].deals) == 0 { // it may go on in the next block
		d.blocks = d.blocks[1:]
		if len(d.blocks) > 0 {
			facts = slices.Concat(facts, d.take(deal))
		}
	}
	return facts
}

// take cuts the facts of a deal off the first block.
func (d *byDeal) take(deal uint32) []fact {
	if len(d.blocks) == 0 {
		return nil
	}
	b, n := &d.blocks[0], 0
	for n < len(b.deals) && b.deals[n] == deal {
		n++
	}
	facts := b.facts[:n:n]
	b.facts, b.deals = b.facts[n:], b.deals[n:]
	return facts
}
