package funnel

import (
	"cmp"
	"hash/maphash"
	"slices"
)

// index numbers the IDs of deals in the order in which they come. Filling
// histories of many deals is mostly waiting for memory here: a slot holds the
// ID itself, so that finding one takes one access, where a Go map of strings
// takes three. No result depends on its random seed.
type index struct {
	text  []byte // of all IDs, one behind the other
	end   []int  // of each ID in text
	slots []slot
	seed  maphash.Seed
	shift uint // how much of a hash is not where to look first
}

// slot is half a cache line.
type slot struct {
	number uint32 // of the ID, from 1; 0 is a free slot
	hash   uint32 // the upper half
	size   uint8  // of the ID, or more than fits into head
	head   [23]byte
}

// short reports whether the whole ID is in the slot.
func (s *slot) short() bool { return int(s.size) <= len(s.head) }

func (x *index) len() int { return len(x.end) }

// id gives the bytes of an ID.
func (x *index) id(number uint32) []byte {
	begin := 0
	if number > 0 {
		begin = x.end[number-1]
	}
	return x.text[begin:x.end[number]]
}

// ids gives all IDs by their numbers.
func (x *index) ids() []string {
	text, begin := string(x.text), 0
	ids := make([]string, len(x.end))
	for i, end := range x.end {
		ids[i], begin = text[begin:end], end
	}
	return ids
}

// number gives the number of an ID, a new one where it is not yet known.
func (x *index) number(id string) uint32 {
	if len(x.end) >= len(x.slots)/8*7 {
		x.grow()
	}
	hash := maphash.String(x.seed, id)
	last := len(x.slots) - 1
	for i := int(hash >> x.shift); ; i++ {
		s := &x.slots[i&last]
		if s.number == 0 {
			return x.add(s, id, uint32(hash>>32))
		}
		if s.hash == uint32(hash>>32) && x.holds(s, id) {
			return s.number - 1
		}
	}
}

func (x *index) holds(s *slot, id string) bool {
	if s.short() {
		return string(s.head[:s.size]) == id
	}
	return string(x.id(s.number-1)) == id
}

// add puts a new ID into a free slot.
func (x *index) add(s *slot, id string, hash uint32) uint32 {
	x.text = append(x.text, id...)
	x.end = append(x.end, len(x.text))
	s.number, s.hash, s.size = uint32(len(x.end)), hash, uint8(min(len(id), len(s.head)+1))
	copy(s.head[:], id)
	return s.number - 1
}

// grow doubles the slots. Where an ID is looked for first depends on the half
// of its hash that its slot holds, so none is hashed again.
func (x *index) grow() {
	old := x.slots
	if len(old) == 0 {
		x.seed, x.shift = maphash.MakeSeed(), 64-3
		x.slots = make([]slot, 8)
		return
	}
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

// sorted gives the numbers in the order of their IDs' bytes.
func (x *index) sorted() []int {
	ids := x.ids()
	numbers := make([]int, len(ids))
	for i := range numbers {
		numbers[i] = i
	}
	slices.SortFunc(numbers, func(i, j int) int { return cmp.Compare(ids[i], ids[j]) })
	return numbers
}
