package funnel

import (
	"cmp"
	"hash/maphash"
	"math/bits"
	"slices"
	"strings"
)

// index numbers the IDs of deals in the order in which they come. Filling
// histories of many deals is mostly waiting for memory here: a slot holds the
// ID itself, so that finding one takes one access, where a Go map of strings
// takes three. No result depends on its random seed.
//
// As long as IDs come in rising order, as from a query that sorts by them,
// there are no slots: one that is greater than all before is new.
type index struct {
	ids   []string
	text  *strings.Builder // the bytes of the latest IDs, side by side
	slots []slot
	seed  maphash.Seed
	shift uint // how much of a hash is not where to look first

	last   string // the ID that was asked for last
	lastIs uint32 // its number
}

// slot is half a cache line.
type slot struct {
	number uint32 // of the ID, from 1; 0 is a free slot
	hash   uint32 // the upper half
	size   uint8  // of the ID, or more than fits into head
	head   [23]byte
}

// number gives the number of an ID, a new one where it is not yet known.
func (x *index) number(id string) uint32 {
	switch {
	case len(x.slots) > 0:
		if id != x.last {
			x.lastIs = x.find(id)
		}
	case id > x.last || len(x.ids) == 0:
		x.lastIs = x.add(id)
	case id < x.last:
		x.begin()
		x.lastIs = x.find(id)
	}
	x.last = id
	return x.lastIs
}

// add gives a new ID the next number. It keeps a copy, and no row of the
// caller's alive.
func (x *index) add(id string) uint32 {
	if x.text == nil || x.text.Cap()-x.text.Len() < len(id) {
		size := min(smallestText<<bits.Len(uint(len(x.ids))), largestText)
		x.text = &strings.Builder{}
		x.text.Grow(max(size, len(id)))
	}
	begin := x.text.Len()
	x.text.WriteString(id)
	if len(x.ids) == cap(x.ids) { // append copies more often where there are many
		x.ids = slices.Grow(x.ids, max(8, len(x.ids)))
	}
	x.ids = append(x.ids, x.text.String()[begin:])
	return uint32(len(x.ids) - 1)
}

// Sizes of texts: those of few IDs stay small.
const (
	smallestText = 32
	largestText  = 1 << 14
)

// find looks an ID up in the slots, and adds it where it is not there.
func (x *index) find(id string) uint32 {
	if len(x.ids) >= len(x.slots)/8*7 {
		x.grow()
	}
	hash := maphash.String(x.seed, id)
	s := x.look(id, hash)
	if s.number == 0 {
		s.fill(id, hash, x.add(id))
	}
	return s.number - 1
}

// look gives the slot of an ID, or the free one where it belongs.
func (x *index) look(id string, hash uint64) *slot {
	last := len(x.slots) - 1
	for i := int(hash >> x.shift); ; i++ {
		s := &x.slots[i&last]
		if s.number == 0 || s.hash == uint32(hash>>32) && x.holds(s, id) {
			return s
		}
	}
}

func (x *index) holds(s *slot, id string) bool {
	if int(s.size) <= len(s.head) {
		return string(s.head[:s.size]) == id
	}
	return x.ids[s.number-1] == id
}

func (s *slot) fill(id string, hash uint64, number uint32) {
	s.number, s.hash, s.size = number+1, uint32(hash>>32), uint8(min(len(id), len(s.head)+1))
	copy(s.head[:], id)
}

// grow doubles the slots. Where an ID is looked for first depends on the half
// of its hash that its slot holds, so none is hashed again.
func (x *index) grow() {
	old := x.slots
	x.slots = make([]slot, 2*len(old))
	x.shift--
	last := len(x.slots) - 1
	for k := range old {
		if old[k].number == 0 {
			continue
		}
		i := int(old[k].hash >> (x.shift - 32))
		for x.slots[i&last].number != 0 {
			i++
		}
		x.slots[i&last] = old[k]
	}
}

// begin makes slots for the IDs that have come in rising order.
func (x *index) begin() {
	size := max(3, bits.Len(uint(len(x.ids)*8/7)))
	x.seed, x.shift, x.slots = maphash.MakeSeed(), uint(64-size), make([]slot, 1<<size)
	for number, id := range x.ids {
		hash := maphash.String(x.seed, id)
		x.look(id, hash).fill(id, hash, uint32(number))
	}
}

// sorted gives the numbers in the order of their IDs' bytes.
func (x *index) sorted() []int {
	numbers := make([]int, len(x.ids))
	for i := range numbers {
		numbers[i] = i
	}
	slices.SortFunc(numbers, func(i, j int) int { return cmp.Compare(x.ids[i], x.ids[j]) })
	return numbers
}
