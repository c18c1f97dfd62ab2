package cube

import "math/bits"

// pairs numbers pairs of codes in the order in which they are first seen. A
// key of any number of codes is numbered by a chain of them: (first, second)
// becomes one number, that and the third another, and so on. Every record
// goes through the chain, so the tables are plain slices.
type pairs struct {
	used   uint32
	stride int      // how many second codes there can be, where they are few
	rows   []uint32 // then: one row for each first code
	slots  []pair   // else: open addressed, a power of two, at most half of them taken
}

// fewCodes is the longest row that is kept whole: it costs 256 bytes for
// each first code, whatever stands in it.
const fewCodes = 64

type pair struct {
	key    uint64
	number uint32 // counted from 1; 0 is a free slot
}

// number gives the number of a pair, a new one where it is new.
func (p *pairs) number(a, b uint32) uint32 {
	if p.stride > 0 {
		at := int(a)*p.stride + int(b)
		if at >= len(p.rows) {
			p.lengthen(int(a) + 1)
		}
		return p.numbered(&p.rows[at])
	}
	if int(p.used) >= len(p.slots)/2 {
		p.grow()
	}
	key := uint64(a)<<32 | uint64(b)
	s := p.slot(key)
	s.key = key
	return p.numbered(&s.number)
}

func (p *pairs) numbered(number *uint32) uint32 {
	if *number == 0 {
		p.used++
		*number = p.used
	}
	return *number - 1
}

// lengthen makes at least n rows.
func (p *pairs) lengthen(n int) {
	longer := make([]uint32, max(n*p.stride, 2*len(p.rows)))
	copy(longer, p.rows)
	p.rows = longer
}

// slot gives the slot in which the key stands or would stand.
func (p *pairs) slot(key uint64) *pair {
	mask := uint64(len(p.slots) - 1)
	for i := mix(key) & mask; ; i = (i + 1) & mask {
		if s := &p.slots[i]; s.number == 0 || s.key == key {
			return s
		}
	}
}

func (p *pairs) grow() {
	old := p.slots
	p.slots = make([]pair, max(16, 4*len(old)))
	for _, s := range old {
		if s.number != 0 {
			*p.slot(s.key) = s
		}
	}
}

func mix(key uint64) uint64 {
	hi, lo := bits.Mul64(key^0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93)
	return hi ^ lo
}
