package plan

import (
	"bytes"
	"encoding/json"
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Pair is the same thing on both sides.
type Pair[T any] struct {
	From T `json:"from"`
	To   T `json:"to"`
}

// Changes are the members of a list, by ID, that only one side has or that
// differ.
type Changes[T any] struct {
	Added   []T       `json:"added"`
	Removed []T       `json:"removed"`
	Changed []Pair[T] `json:"changed"`
}

// pairOf gives both sides where they differ, and nil where not.
func pairOf[T any](from, to T) *Pair[T] {
	if same(from, to) {
		return nil
	}
	return &Pair[T]{from, to}
}

// changes compares two lists, and gives what differs in the order of its keys.
func changes[T any](from, to []T, key func(T) string) Changes[T] {
	from, to = by(from, key), by(to, key)
	c := Changes[T]{Added: []T{}, Removed: []T{}, Changed: []Pair[T]{}}
	for len(from) > 0 || len(to) > 0 {
		switch {
		case len(to) == 0 || len(from) > 0 && key(from[0]) < key(to[0]):
			c.Removed, from = append(c.Removed, from[0]), from[1:]
		case len(from) == 0 || key(to[0]) < key(from[0]):
			c.Added, to = append(c.Added, to[0]), to[1:]
		default:
			if !same(from[0], to[0]) {
				c.Changed = append(c.Changed, Pair[T]{from[0], to[0]})
			}
			from, to = from[1:], to[1:]
		}
	}
	return c
}

// MarshalJSON writes a list without entries as [].
func (c Changes[T]) MarshalJSON() ([]byte, error) {
	type plain Changes[T]
	return json.Marshal(plain{orEmpty(c.Added), orEmpty(c.Removed), orEmpty(c.Changed)})
}

func (c Changes[T]) empty() bool { return len(c.Added)+len(c.Removed)+len(c.Changed) == 0 }

// apply gives the list with its changes, in the order of keys. It looks every
// entry up once, so that a diff of many is no slower than their number.
func (c Changes[T]) apply(problems *check.List, at string, list []T, key func(T) string) []T {
	there := make(map[string]int, len(list))
	for i, item := range list {
		there[key(item)] = i
	}
	list, gone := slices.Clone(list), map[int]bool{}
	verify := func(path string, item T) (i int, known bool) {
		i, known = there[key(item)]
		switch {
		case !known || gone[i]:
			problems.Add(check.ErrUnknown, path, "not_there", key(item))
		case !same(list[i], item):
			problems.Add(check.ErrInvalid, path, "not_the_same", key(item))
		}
		return i, known
	}
	for i, item := range c.Removed {
		if k, known := verify(check.At(at, "removed", i), item); known {
			gone[k] = true
		}
	}
	for i, pair := range c.Changed {
		if key(pair.To) != key(pair.From) {
			problems.Add(check.ErrInvalid, check.At(at, "changed", i, "to"), "another_one", key(pair.To), "from", key(pair.From))
		}
		if k, known := verify(check.At(at, "changed", i, "from"), pair.From); known {
			list[k] = pair.To
		}
	}
	kept := []T{}
	for i, item := range list {
		if !gone[i] {
			kept = append(kept, item)
		}
	}
	for i, item := range c.Added {
		if k, known := there[key(item)]; known && !gone[k] {
			problems.Add(check.ErrDuplicate, check.At(at, "added", i), "there_already", key(item))
		}
		kept = append(kept, item)
	}
	return by(kept, key)
}

// apply gives the side to which a pair leads.
func (p *Pair[T]) apply(problems *check.List, at string, now T) T {
	if p == nil {
		return now
	}
	if !same(now, p.From) {
		problems.Add(check.ErrInvalid, at+".from", "not_the_same", nil)
	}
	return p.To
}

// same compares what is stored: two records are the same if their JSON is. An
// empty list is none.
func same[T any](a, b T) bool {
	if x, ok := any(a).(*target.Breakdown); ok {
		y := any(b).(*target.Breakdown)
		return x == y || x != nil && y != nil && x.Equal(y)
	}
	x, err := json.Marshal(a)
	if err != nil {
		return false
	}
	y, err := json.Marshal(b)
	return err == nil && bytes.Equal(x, y)
}
