package steps

import (
	"cmp"
	"slices"
)

// fact is an event as it is kept: its entity, and its name and attributes, as
// codes.
type fact struct {
	at, seq      int64
	entity, kind uint32
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

// kind is what an event is beside when: its name and its attributes.
type kind struct{ name, attributes uint32 }

// lists are what the codes of facts stand for.
type lists struct {
	names words
	texts words // of attributes and their values
	sets  sets

	kinds []kind
	codes map[kind]uint32
	plain []uint32 // the kind of a name without attributes, counted from 1
}

// kind gives the code of a name with attributes.
func (l *lists) kind(name string, attributes map[string]string) uint32 {
	return l.codeOf(kind{l.names.code(name), l.set(attributes)})
}

func (l *lists) codeOf(k kind) uint32 {
	for int(k.name) >= len(l.plain) {
		l.plain = append(l.plain, 0)
	}
	if k.attributes == 0 {
		if l.plain[k.name] == 0 {
			l.kinds = append(l.kinds, k)
			l.plain[k.name] = uint32(len(l.kinds))
		}
		return l.plain[k.name] - 1
	}
	code, known := l.codes[k]
	if !known {
		if l.codes == nil {
			l.codes = map[kind]uint32{}
		}
		code = uint32(len(l.kinds))
		l.kinds = append(l.kinds, k)
		l.codes[k] = code
	}
	return code
}

// name gives the name of an event.
func (l *lists) name(f fact) string { return l.names.items[l.kinds[f.kind].name] }

// compare orders the facts of an entity by instant, sequence, name and
// attributes. The order does not depend on the codes, and is 0 only for the
// same event.
func (l *lists) compare(a, b fact) int {
	if c := cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.seq, b.seq)); c != 0 || a.kind == b.kind {
		return c
	}
	k, m := l.kinds[a.kind], l.kinds[b.kind]
	if k.name != m.name {
		return cmp.Compare(l.names.items[k.name], l.names.items[m.name])
	}
	return l.compareSets(k.attributes, m.attributes)
}

// byCode orders facts by instant and sequence and then as their codes happen
// to be: enough to find what stands twice, and faster.
func byCode(a, b fact) int {
	switch {
	case a.at != b.at:
		return cmp.Compare(a.at, b.at)
	case a.seq != b.seq:
		return cmp.Compare(a.seq, b.seq)
	default:
		return cmp.Compare(a.kind, b.kind)
	}
}

// tidy sorts the facts of one entity and drops what stands twice, in place.
func tidy(facts []fact, compare func(a, b fact) int) []fact {
	if !slices.IsSortedFunc(facts, compare) {
		slices.SortFunc(facts, compare)
	}
	return slices.Compact(facts)
}

// tidyFew is tidy by code, and several times as fast for the few facts that
// most entities have.
func tidyFew(facts []fact) []fact {
	if len(facts) > 16 {
		return tidy(facts, byCode)
	}
	for i := 1; i < len(facts); i++ {
		for k := i; k > 0 && facts[k].less(facts[k-1]); k-- {
			facts[k], facts[k-1] = facts[k-1], facts[k]
		}
	}
	return slices.Compact(facts)
}

func (f fact) less(g fact) bool {
	return f.at < g.at || f.at == g.at && (f.seq < g.seq || f.seq == g.seq && f.kind < g.kind)
}

// translator gives the facts of other lists in the codes of these.
func (l *lists) translator(from *lists) func(fact) fact {
	sets := make([]uint32, len(from.sets.items)+1)
	for i, pairs := range from.sets.items {
		own := make([]pair, len(pairs))
		for k, p := range pairs {
			own[k] = pair{l.texts.code(from.texts.items[p.attribute]), l.texts.code(from.texts.items[p.value])}
		}
		sets[i+1] = l.sets.code(own)
	}
	kinds := make([]uint32, len(from.kinds))
	for i, k := range from.kinds {
		kinds[i] = l.codeOf(kind{l.names.code(from.names.items[k.name]), sets[k.attributes]})
	}
	return func(f fact) fact {
		f.kind = kinds[f.kind]
		return f
	}
}
