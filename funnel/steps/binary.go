package steps

import (
	"bytes"
	"encoding/binary"
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/internal/wire"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// The binary form, version 1: the mark; the words (names of events, of
// attributes and their values) in the order of their bytes; the sets of
// attributes in the order of their words, each as its pairs; the entities in
// the order of their IDs with their events in canonical order, as instant,
// sequence, name and set (0 for none); and a checksum.
const binaryMark = "saleskpi/journeys/1\n"

// MarshalBinary gives the state in a canonical form: the same events give the
// same bytes, in whatever order and however often they came. The error is
// always nil.
func (j *Journeys) MarshalBinary() ([]byte, error) {
	facts, ends := make([]fact, 0, j.log.n), make([]int, 1, len(j.ids)+1)
	j.each(func(_ uint32, own []fact) {
		facts = append(facts, tidy(own, j.compare)...)
		ends = append(ends, len(facts))
	})
	w := writer{lists: &j.lists, data: []byte(binaryMark)}
	w.vocabulary(facts)
	w.data = binary.AppendUvarint(w.data, uint64(len(j.ids)))
	for _, entity := range j.sorted() {
		w.data = wire.AppendString(w.data, j.ids[entity])
		own := facts[ends[entity]:ends[entity+1]]
		w.data = binary.AppendUvarint(w.data, uint64(len(own)))
		for _, f := range own {
			w.fact(f)
		}
	}
	return wire.Seal(w.data), nil
}

type writer struct {
	*lists
	data  []byte
	words map[string]uint64
	sets  []uint64 // the number of a set in the state, by its code
}

// vocabulary writes the words and sets that the facts need.
func (w *writer) vocabulary(facts []fact) {
	w.words, w.sets = map[string]uint64{}, make([]uint64, len(w.lists.sets.items)+1)
	var used []uint32
	for _, k := range w.used(facts) {
		w.words[w.names.items[k.name]] = 0
		if k.attributes > 0 && w.sets[k.attributes] == 0 {
			w.sets[k.attributes] = 1
			used = append(used, k.attributes)
			for _, p := range w.lists.sets.of(k.attributes) {
				w.words[w.texts.items[p.attribute]], w.words[w.texts.items[p.value]] = 0, 0
			}
		}
	}
	w.data = binary.AppendUvarint(w.data, uint64(len(w.words)))
	for i, word := range slices.Sorted(maps.Keys(w.words)) {
		w.words[word] = uint64(i)
		w.data = wire.AppendString(w.data, word)
	}
	slices.SortFunc(used, w.compareSets)
	w.data = binary.AppendUvarint(w.data, uint64(len(used)))
	for i, code := range used {
		w.sets[code] = uint64(i) + 1
		pairs := w.lists.sets.of(code)
		w.data = binary.AppendUvarint(w.data, uint64(len(pairs)))
		for _, p := range pairs {
			w.data = binary.AppendUvarint(w.data, w.words[w.texts.items[p.attribute]])
			w.data = binary.AppendUvarint(w.data, w.words[w.texts.items[p.value]])
		}
	}
}

// used gives the kinds that facts are of.
func (w *writer) used(facts []fact) []kind {
	seen := make([]bool, len(w.kinds))
	for _, f := range facts {
		seen[f.kind] = true
	}
	var used []kind
	for i, k := range w.kinds {
		if seen[i] {
			used = append(used, k)
		}
	}
	return used
}

func (w *writer) fact(f fact) {
	k := w.kinds[f.kind]
	w.data = binary.AppendVarint(w.data, f.at)
	w.data = binary.AppendVarint(w.data, f.seq)
	w.data = binary.AppendUvarint(w.data, w.words[w.names.items[k.name]])
	w.data = binary.AppendUvarint(w.data, w.sets[k.attributes])
}

// UnmarshalBinary replaces everything that j holds by the state. Data that are
// damaged, cut short, foreign or not in the canonical form are
// check.ErrCorrupt, and leave j as it is.
func (j *Journeys) UnmarshalBinary(data []byte) error {
	corrupt := check.New("steps.Journeys", check.ErrCorrupt, "", "not_a_state_of_journeys", nil)
	r, ok := wire.Open(data, binaryMark)
	if !ok {
		return corrupt
	}
	read := &Journeys{}
	read.read(r)
	if !r.Done() {
		return corrupt
	}
	// Whatever is not canonical (order, doubles, unused words, long varints)
	// would be written otherwise.
	if again, err := read.MarshalBinary(); err != nil || !bytes.Equal(again, data) {
		return corrupt
	}
	read.settled = read.log.n
	*j = *read
	return nil
}

func (j *Journeys) read(r *wire.Reader) {
	words := make([]string, r.Count(1))
	for i := range words {
		words[i] = r.String()
	}
	word := func() string {
		if i := r.Below(len(words)); i < len(words) {
			return words[i]
		}
		return ""
	}
	codes := make([]uint32, 1+r.Count(1))
	for i := 1; i < len(codes); i++ {
		pairs := make([]pair, r.Count(2))
		for k := range pairs {
			pairs[k] = pair{j.texts.code(word()), j.texts.code(word())}
			if k > 0 && j.texts.items[pairs[k-1].attribute] >= j.texts.items[pairs[k].attribute] {
				r.Refuse()
			}
		}
		if len(pairs) == 0 {
			r.Refuse()
		}
		codes[i] = j.sets.code(pairs)
	}
	for range r.Count(2) {
		entity := j.entity(r.String())
		for range r.Count(4) {
			f := fact{at: r.Varint(), seq: r.Varint(), entity: entity}
			f.kind = j.codeOf(kind{j.names.code(word()), codes[r.Below(len(codes))]})
			if f.at > strange && (f.at < firstSecond*1e6 || f.at >= afterSecond*1e6) {
				r.Refuse()
			}
			j.put(f)
		}
	}
}
