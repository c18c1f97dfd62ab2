package funnel

import "math"

// journal holds facts in the order in which they came, each with the number
// of its deal. It grows by blocks and nothing that was written is moved, so
// adding costs the same however much is there. Whoever reads it lays it out
// by deal.
type journal struct {
	full  []block
	tail  block
	n     int
	first int64 // the earliest instant, undated where there is none
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

// layout is facts deal by deal.
type layout struct {
	facts []fact
	begin []int // of each deal, and last where all end
}

// layout gives a copy of the facts of so many deals, those of one deal in the
// order in which they came.
func (j *journal) layout(deals int) layout {
	l := layout{make([]fact, j.n), make([]int, deals+1)}
	blocks := j.blocks()
	for _, b := range blocks {
		for _, deal := range b.deals {
			l.begin[deal]++
		}
	}
	sum := 0
	for deal, n := range l.begin {
		sum += n
		l.begin[deal] = sum // where it ends; filling from behind leaves where it begins
	}
	for i := len(blocks) - 1; i >= 0; i-- {
		b := blocks[i]
		for k := len(b.facts) - 1; k >= 0; k-- {
			at := &l.begin[b.deals[k]]
			*at--
			l.facts[*at] = b.facts[k]
		}
	}
	return l
}

// of gives the facts of a deal.
func (l *layout) of(deal int) []fact {
	begin, end := l.begin[deal], l.begin[deal+1]
	return l.facts[begin:end:end]
}
