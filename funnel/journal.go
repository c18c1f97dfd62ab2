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
	last      uint32 // the greatest deal
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
	if f.at != undated && f.at < j.first {
		j.first = f.at
	}
	if deal >= j.last {
		j.last = deal
	} else {
		j.scattered = true
	}
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

// byDeal gives the facts of each of so many deals, those of one in the order
// in which they came. own says that they are a copy; else they may not be
// changed.
func (j *journal) byDeal(deals int) (facts [][]fact, own bool) {
	if j.scattered {
		return j.layout(deals), true
	}
	facts = make([][]fact, deals)
	for _, b := range j.blocks() {
		for begin := 0; begin < len(b.deals); {
			deal, end := b.deals[begin], begin+1
			for end < len(b.deals) && b.deals[end] == deal {
				end++
			}
			run := b.facts[begin:end:end]
			if facts[deal] != nil { // it began in the block before
				run = slices.Concat(facts[deal], run)
			}
			facts[deal], begin = run, end
		}
	}
	return facts, false
}

// layout copies the facts into one array, deal by deal.
func (j *journal) layout(deals int) [][]fact {
	end := make([]int, deals)
	blocks := j.blocks()
	for _, b := range blocks {
		for _, deal := range b.deals {
			end[deal]++
		}
	}
	array, facts := make([]fact, j.n), make([][]fact, deals)
	sum := 0
	for deal, n := range end {
		facts[deal] = array[sum : sum+n : sum+n]
		end[deal] = sum
		sum += n
	}
	for _, b := range blocks {
		for k, deal := range b.deals {
			array[end[deal]] = b.facts[k]
			end[deal]++
		}
	}
	return facts
}
