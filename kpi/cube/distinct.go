package cube

import "slices"

// keySet holds the codes of the keys that a distinct count of a cell has
// met. They are appended as they come; whenever half may be repetitions, they
// are sorted and made single, so that the set stays within a constant of the
// keys it holds.
type keySet struct {
	codes  []uint32
	single int // how many were left the last time
}

const fewKeys = 32

func (s *keySet) add(code uint32) {
	s.codes = append(s.codes, code)
	if len(s.codes) > 2*s.single+fewKeys {
		s.sort()
	}
}

func (s *keySet) sort() {
	slices.Sort(s.codes)
	s.codes = slices.Compact(s.codes)
	s.single = len(s.codes)
}

// absorb adds what o holds; ours gives our code for each of theirs, nil that
// they are the same.
func (s *keySet) absorb(o *keySet, ours []uint32) {
	for _, code := range o.codes {
		if ours != nil {
			code = ours[code]
		}
		s.add(code)
	}
}

// len gives how many keys there are.
func (s *keySet) len() int {
	s.sort()
	return len(s.codes)
}
