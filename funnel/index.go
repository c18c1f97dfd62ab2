package funnel

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"
)

// index numbers the IDs of deals in the order in which they come. Filling
// histories of many deals is mostly waiting for memory here, and a Go map,
// whose slots hold whole strings, takes two to three times as long. No result
// depends on its random seed.
type index struct {
	ids   []string
	text  *strings.Builder // the bytes of the latest IDs, side by side
	slots []uint64         // half of a hash, and the number of the ID from 1; 0 is free
	seed  maphash.Seed
	shift uint // how much of a hash is not where to look first
}

// number gives the number of an ID, a new one where it is not yet known.
func (x *index) number(id string) uint32 {
	if len(x.ids) >= len(x.slots)/4*3 {
		x.grow()
	}
	hash := maphash.String(x.seed, id)
	last := len(x.slots) - 1
	for i := int(hash >> x.shift); ; i++ {
		switch slot := &x.slots[i&last]; {
		case *slot == 0:
			x.ids = append(x.ids, x.own(id))
			*slot = hash&^(1<<32-1) | uint64(len(x.ids))
			return uint32(len(x.ids) - 1)
		case *slot>>32 == hash>>32 && x.ids[uint32(*slot)-1] == id:
			return uint32(*slot) - 1
		}
	}
}

// idBytes is how many bytes of IDs lie side by side.
const idBytes = 1 << 12

// own gives a copy of an ID that keeps no row of the caller's alive.
func (x *index) own(id string) string {
	if x.text == nil || x.text.Cap()-x.text.Len() < len(id) {
		x.text = &strings.Builder{}
		x.text.Grow(max(len(id), min(idBytes, 16*len(id)*(len(x.ids)+1))))
	}
	begin := x.text.Len()
	x.text.WriteString(id)
	return x.text.String()[begin:]
}

// grow doubles the slots. Where an ID is looked for first depends on the half
// of its hash that its slot holds, so none has to be read again.
func (x *index) grow() {
	old := x.slots
	if len(old) == 0 {
		x.seed, x.shift = maphash.MakeSeed(), 64-3
		x.slots = make([]uint64, 8)
		return
	}
	x.slots = make([]uint64, 2*len(old))
	x.shift--
	last := len(x.slots) - 1
	for _, slot := range old {
		if slot == 0 {
			continue
		}
		i := int(slot >> x.shift)
		for x.slots[i&last] != 0 {
			i++
		}
		x.slots[i&last] = slot
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
