package cube

import "math/bits"

// pairs numbers pairs of codes in the order in which they are first seen. A
// key of any number of codes is numbered by a chain of them: (first, second)
// becomes one number, that and the third another, and so on. Every record
// goes through the chain, so the tables are plain slices: as long as second
// codes are few and rows are not mostly empty, one row for each first code,
// and open addressing after that.
type pairs struct {
	used   uint32
	known  bool     // no second code lies beyond the rows
	stride int      // how long a row is; 0 once there are slots
	rows   []uint32 // one row for each first code
	slots  []pair   // a power of two, at most half of them taken
}

// fewCodes is the longest row that is kept whole: it costs 256 bytes for each
// first code, whatever stands in it. Rows of a dimension beyond fewRows
// numbers, which still fit a processor's cache, must be filled to an eighth:
// then they take no more memory than slots.
const (
	fewCodes = 64
	fewRows  = 1 << 18
)

type pair struct {
	key    uint64
	number uint32 // counted from 1; 0 is a free slot
}

// newPairs begins with rows where n second codes are few enough; 0 says that
// their number is not known.
func newPairs(n int) pairs {
	switch {
	case n == 0:
		return pairs{stride: fewCodes}
	case n <= fewCodes:
		return pairs{stride: n, known: true}
	}
	return pairs{}
}

// number gives the number of a pair, a new one where it is new.
func (p *pairs) number(a, b uint32) uint32 {
	if at := int(a)*p.stride + int(b); int(b) < p.stride && at < len(p.rows) {
		return p.numbered(&p.rows[at])
	}
	if p.stride > 0 && p.lengthen(a, b) {
		return p.number(a, b)
	}
	if int(p.used) >= len(p.slots)/2 {
		p.grow()
	}
	key := uint64(a)<<32 | uint64(b)
	s := p.slot(key)
	s.key = key
	return p.numbered(&s.number)
}

// numbered writes what need not be written, too: whether a pair is new cannot
// be predicted, and so it takes no branch.
func (p *pairs) numbered(number *uint32) uint32 {
	n := *number
	if n == 0 {
		n = p.used + 1
	}
	*number = n
	p.used = max(p.used, n)
	return n - 1
}

// lengthen makes rows up to that of a. Where rows are no use any more it
// puts slots in their place and reports false.
func (p *pairs) lengthen(a, b uint32) bool {
	n := max((int(a)+1)*p.stride, 2*len(p.rows))
	if int(b) >= p.stride || !p.known && n > fewRows && int(p.used) < n/16 {
		p.toSlots()
		return false
	}
	longer := make([]uint32, n)
	copy(longer, p.rows)
	p.rows = longer
	return true
}

func (p *pairs) toSlots() {
	for 2*int(p.used) > len(p.slots) {
		p.grow()
	}
	for at, number := range p.rows {
		if number != 0 {
			key := uint64(at/p.stride)<<32 | uint64(at%p.stride)
			*p.slot(key) = pair{key, number}
		}
	}
	p.stride, p.rows = 0, nil
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
