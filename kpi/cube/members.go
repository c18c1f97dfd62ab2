package cube

import "strings"

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
