package cube

import (
	"slices"
	"strings"
)

// members numbers the values of a dimension in the order in which they are
// first seen. Code 0 is the missing value.
type members struct {
	codes map[string]uint32
	names []string
}

func newMembers() *members {
	return &members{codes: map[string]uint32{"": 0}, names: []string{""}}
}

// code gives the code of a value, a new one where it is new.
func (m *members) code(name string) uint32 {
	if code, ok := m.codes[name]; ok {
		return code
	}
	return m.add(name)
}

// add keeps a copy of the name: the caller's may be a piece of something
// much larger.
func (m *members) add(name string) uint32 {
	name = strings.Clone(name)
	code := uint32(len(m.names))
	m.codes[name] = code
	m.names = append(m.names, name)
	return code
}

// places gives for every code the place of its name among all names, compared
// as bytes.
func (m *members) places() []int {
	codes := make([]int, len(m.names))
	for i := range codes {
		codes[i] = i
	}
	slices.SortFunc(codes, func(a, b int) int { return strings.Compare(m.names[a], m.names[b]) })
	places := make([]int, len(codes))
	for place, code := range codes {
		places[code] = place
	}
	return places
}

// size gives about how many bytes the members take; none take none.
func (m *members) size() (size int64) {
	if m == nil {
		return 0
	}
	for _, name := range m.names {
		size += int64(len(name)) + 56 // two headers, a code, and the map's own
	}
	return size
}
