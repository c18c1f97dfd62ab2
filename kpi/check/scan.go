package check

import (
	"bytes"
	"encoding/json"
)

// mostLevels is how many objects and arrays may stand inside one another. The
// deepest document of this module, a plan whose owner tree has 64 levels,
// needs about half of it.
const mostLevels = 256

// scan looks for what encoding/json lets pass: a name that stands twice in
// one object, of which it would mix both values, and a depth that makes a
// small text costly. Broken syntax is left to the decoder.
func scan(op string, data []byte) error {
	s := scanner{d: json.NewDecoder(bytes.NewReader(data)), problems: List{Op: op}}
	s.d.UseNumber()
	s.value(0)
	return s.problems.Err()
}

type scanner struct {
	d        *json.Decoder
	at       []any // the way to here, as At takes it
	problems List
}

// value reads one value and reports whether the scan goes on.
func (s *scanner) value(level int) bool {
	token, err := s.d.Token()
	if err != nil {
		return false
	}
	delim, open := token.(json.Delim)
	switch {
	case !open:
		return true
	case level == mostLevels:
		s.problems.Add(ErrRange, "", "too_deep", nil, "most", mostLevels)
		return false
	case delim == '{':
		return s.object(level)
	default:
		return s.array(level)
	}
}

func (s *scanner) object(level int) bool {
	seen := map[string]bool{}
	for s.d.More() {
		token, err := s.d.Token()
		name, ok := token.(string)
		if err != nil || !ok {
			return false
		}
		s.at = append(s.at, name)
		if seen[name] {
			s.problems.Add(ErrDuplicate, At(s.at...), "duplicate_field", nil)
		}
		seen[name] = true
		if !s.value(level + 1) {
			return false
		}
		s.at = s.at[:len(s.at)-1]
	}
	_, err := s.d.Token()
	return err == nil
}

func (s *scanner) array(level int) bool {
	for i := 0; s.d.More(); i++ {
		s.at = append(s.at, i)
		if !s.value(level + 1) {
			return false
		}
		s.at = s.at[:len(s.at)-1]
	}
	_, err := s.d.Token()
	return err == nil
}
