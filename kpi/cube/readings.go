package cube

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
)

// reading is what a balance keeps: the amount of a key as it was read on a
// day.
type reading struct {
	key   uint32
	day   int32 // of the window, from 0
	value kpi.Value
}

func (r reading) compare(o reading) int {
	return cmp.Or(cmp.Compare(r.key, o.key), cmp.Compare(r.day, o.day))
}

// readings are those of a cell. They are appended as they come; whenever
// half may be repetitions, those of one key and day are added up.
type readings struct {
	list   []reading
	single int // how many were left the last time
}

func (s *readings) add(r reading) {
	s.list = append(s.list, r)
	if len(s.list) > 2*s.single+fewKeys {
		s.sort()
	}
}

func (s *readings) sort() {
	slices.SortFunc(s.list, reading.compare)
	kept := s.list[:0]
	for _, r := range s.list {
		if last := len(kept) - 1; last >= 0 && kept[last].compare(r) == 0 {
			kept[last].value = kept[last].value.Add(r.value)
		} else {
			kept = append(kept, r)
		}
	}
	s.list, s.single = kept, len(kept)
}

// absorb adds what o holds; ours gives our code for each of their keys.
func (s *readings) absorb(o *readings, ours []uint32) {
	for _, r := range o.list {
		r.key = ours[r.key]
		s.add(r)
	}
}
