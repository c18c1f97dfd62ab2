package steps

import (
	"cmp"
	"encoding/binary"
	"slices"
)

// pair is one attribute and its value, as codes of texts.
type pair struct{ attribute, value uint32 }

// sets numbers the different sets of attributes; 0 is the empty one. The
// pairs of a set stand in the order of the attributes' names.
type sets struct {
	items   [][]pair
	codes   map[string]uint32
	scratch []pair
	key     []byte
}

// set gives the code of a set of attributes.
func (l *lists) set(attributes map[string]string) uint32 {
	if len(attributes) == 0 {
		return 0
	}
	pairs := l.sets.scratch[:0]
	for attribute, value := range attributes {
		pairs = append(pairs, pair{l.texts.code(attribute), l.texts.code(value)})
	}
	l.sets.scratch = pairs
	slices.SortFunc(pairs, l.comparePairs)
	return l.sets.code(pairs)
}

func (s *sets) code(pairs []pair) uint32 {
	key := s.key[:0]
	for _, p := range pairs {
		key = binary.LittleEndian.AppendUint32(key, p.attribute)
		key = binary.LittleEndian.AppendUint32(key, p.value)
	}
	s.key = key
	if code, ok := s.codes[string(key)]; ok {
		return code
	}
	if s.codes == nil {
		s.codes = map[string]uint32{}
	}
	s.items = append(s.items, slices.Clone(pairs))
	code := uint32(len(s.items))
	s.codes[string(key)] = code
	return code
}

// of gives the pairs of a set.
func (s *sets) of(code uint32) []pair {
	if code == 0 {
		return nil
	}
	return s.items[code-1]
}

// value gives the value of an attribute in a set.
func (l *lists) value(set uint32, attribute string) (value string, ok bool) {
	for _, p := range l.sets.of(set) {
		if l.texts.items[p.attribute] == attribute {
			return l.texts.items[p.value], true
		}
	}
	return "", false
}

func (l *lists) comparePairs(a, b pair) int {
	return cmp.Or(
		cmp.Compare(l.texts.items[a.attribute], l.texts.items[b.attribute]),
		cmp.Compare(l.texts.items[a.value], l.texts.items[b.value]))
}

// compareSets orders sets by their texts.
func (l *lists) compareSets(a, b uint32) int {
	return slices.CompareFunc(l.sets.of(a), l.sets.of(b), l.comparePairs)
}
