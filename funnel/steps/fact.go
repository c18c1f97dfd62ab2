package steps

import (
	"cmp"
	"slices"
)

// fact is an event as it is kept: names and attributes as codes.
type fact struct {
	at, seq    int64
	name       uint32
	attributes uint32
	entity     uint32
}

// log is a list of facts in the order in which they came. It grows by chunks,
// so that what is there is never copied.
type log struct {
	chunks [][]fact
	n      int
}

const largestChunk = 1 << 14

func (l *log) add(f fact) {
	last := len(l.chunks) - 1
	if last < 0 || len(l.chunks[last]) == cap(l.chunks[last]) {
		l.chunks = append(l.chunks, make([]fact, 0, min(max(16, l.n), largestChunk)))
		last++
	}
	l.chunks[last] = append(l.chunks[last], f)
	l.n++
}

// words numbers the different texts it is given.
type words struct {
	items []string
	codes map[string]uint32
}

func (w *words) code(text string) uint32 {
	if code, ok := w.codes[text]; ok {
		return code
	}
	if w.codes == nil {
		w.codes = map[string]uint32{}
	}
	code := uint32(len(w.items))
	w.items = append(w.items, text)
	w.codes[text] = code
	return code
}

// lists are what the codes of facts stand for.
type lists struct {
	names words
	texts words // of attributes and their values
	sets  sets
}

// compare orders the facts of an entity by instant, sequence, name and
// attributes. The order does not depend on the codes, and is 0 only for the
// same event.
func (l *lists) compare(a, b fact) int {
	if c := cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.seq, b.seq)); c != 0 {
		return c
	}
	if a.name != b.name {
		return cmp.Compare(l.names.items[a.name], l.names.items[b.name])
	}
	if a.attributes == b.attributes {
		return 0
	}
	return l.compareSets(a.attributes, b.attributes)
}

// byCode orders facts by instant and sequence and then as their codes happen
// to be: enough to find what stands twice, and faster.
func byCode(a, b fact) int {
	switch {
	case a.at != b.at:
		return cmp.Compare(a.at, b.at)
	case a.seq != b.seq:
		return cmp.Compare(a.seq, b.seq)
	case a.name != b.name:
		return cmp.Compare(a.name, b.name)
	default:
		return cmp.Compare(a.attributes, b.attributes)
	}
}

// tidy sorts the facts of one entity and drops what stands twice, in place.
func tidy(facts []fact, compare func(a, b fact) int) []fact {
	if !slices.IsSortedFunc(facts, compare) {
		slices.SortFunc(facts, compare)
	}
	return slices.Compact(facts)
}

// translator gives the facts of other lists in the codes of these.
func (l *lists) translator(from *lists) func(fact) fact {
	names := make([]uint32, len(from.names.items))
	for i, name := range from.names.items {
		names[i] = l.names.code(name)
	}
	sets := make([]uint32, len(from.sets.items)+1)
	for i, pairs := range from.sets.items {
		own := make([]pair, len(pairs))
		for k, p := range pairs {
			own[k] = pair{l.texts.code(from.texts.items[p.attribute]), l.texts.code(from.texts.items[p.value])}
		}
		sets[i+1] = l.sets.code(own)
	}
	return func(f fact) fact {
		f.name, f.attributes = names[f.name], sets[f.attributes]
		return f
	}
}
